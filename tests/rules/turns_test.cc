// Verdicts that turn by time alone, against audits of every single day.
#include "rules/turns.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <set>
#include <string>
#include <utility>

#include "rules/bound_rule.h"
#include "tests/rules/auditing.h"
#include "tests/rules/frozen_shapes.h"
#include "tests/rules/random_policy.h"
#include "tests/rules/random_town.h"

namespace jiceng::testing {
namespace {

using base::Date;
using model::NodeNumber;

// Those of all shapes, and some that look beyond a node's own ties.
const rules::RuleSet& Rules() {
  static const auto* const kRules = [] {
    using namespace rules;
    std::vector<Rule> records = RecordsOfAllShapes();
    const Domain orgs{{"org"}, {}, {}, true, {}, false}, communities{{"unit"}, {}, {"community"}, true, {}, false};
    Measure members = FullMembers(), posts = Committee(), seats, grids, named;
    members.below.emplace();
    records.push_back(Named("deep.members", orgs, CountBounds{members, {{Comparator::kAtMost, {3, ""}}}, {}}));
    posts.below.emplace();
    posts.below->org_kinds = {"party_branch"};
    grids.tie_kind = "territory";
    grids.end = TieEnd::kTo;
    grids.unit_levels = {"grid"};
    grids.below.emplace();
    CountBounds share{posts, {{Comparator::kLessThan, {1, ""}}}, {}};
    share.per = grids;
    records.push_back(Named("deep.share", communities, share));
    named.tie_kind = "party_line";
    named.end = TieEnd::kFrom;
    seats.tie_kind = "seat";
    seats.end = TieEnd::kTo;
    seats.org_kinds = {"party_committee"};
    records.push_back(Named("deep.resolution", orgs,
                            Resolution{{{{"一", "one"}, named, ResolutionParent::kAnybody, false},
                                        {{"二", "two"}, seats, ResolutionParent::kParty, true}}}));
    return new RuleSet(RuleSet::Create(std::move(records), FrozenModel()).value());
  }();
  return *kRules;
}

rules::AuditRequest RequestOn(Date day) {
  rules::AuditRequest request;
  request.date = day;
  request.parameters = {{"report.deadline_days", 30}, {"posts.max", 1}};
  return request;
}

using Verdicts = std::set<std::pair<int, NodeNumber>>;
Verdicts UnmetOn(const graph::Snapshot& s, const rules::RuleSet& set, rules::AuditRequest request, Date day) {
  request.date = day;
  const rules::Findings audited = rules::Audit(s, FrozenModel(), set, request).value();
  Verdicts unmet;
  for (const rules::Finding& finding : audited.rows) {
    if (finding.status == rules::Status::kUnmet) unmet.emplace(finding.rule, finding.subject);
  }
  return unmet;
}

std::string Say(const graph::Snapshot& s, const rules::RuleSet& set, Date day, int rule, NodeNumber node, bool unmet) {
  return day.ToString() + " " + set[rule].id + " " + s.Text(node) + (unmet ? " unmet" : " no longer");
}

// That the turns up to `until` are what an audit of every day says anew; how many there are.
size_t ExpectTurnsOfEveryDay(const graph::Snapshot& s, const rules::RuleSet& set, const rules::AuditRequest& request,
                             Date until) {
  std::set<std::string> expected, found;
  Verdicts yesterday = UnmetOn(s, set, request, request.date);
  for (Date day = request.date.AddDays(1); day <= until; day = day.AddDays(1)) {
    Verdicts today = UnmetOn(s, set, request, day);
    for (const auto& [rule, node] : today) {
      if (yesterday.count({rule, node}) == 0) expected.insert(Say(s, set, day, rule, node, true));
    }
    for (const auto& [rule, node] : yesterday) {
      if (today.count({rule, node}) == 0) expected.insert(Say(s, set, day, rule, node, false));
    }
    yesterday = std::move(today);
  }
  const auto turns = rules::Turns(s, FrozenModel(), set, request, until).value();
  for (const rules::Turn& turn : turns) found.insert(Say(s, set, turn.day, turn.rule, turn.node, turn.unmet));
  EXPECT_EQ(found, expected);
  EXPECT_EQ(found.size(), turns.size()) << "each once";
  return found.size();
}

class TurnsTest : public ::testing::TestWithParam<uint32_t> {};

TEST_P(TurnsTest, AreTheDifferencesOfOneDayFromTheNext) {
  OrganizationBuilder b;
  RandomTown town(GetParam());
  town.Fill(&b);
  const size_t filled = b.batches();
  for (int i = 0; i < 30; ++i) town.Change(&b);
  const auto s = GetParam() % 2 == 0 ? b.Build() : b.BuildWithDelta(filled, b.batches());
  EXPECT_GT(ExpectTurnsOfEveryDay(*s, Rules(), RequestOn(Day("2021-03-01")), Day("2022-09-30")), 20u);
}

// Packs that begin and end on the way, and hold in parts of the territory only.
TEST_P(TurnsTest, ByPacksAreTheDifferencesOfOneDayFromTheNext) {
  OrganizationBuilder b;
  RandomTown town(GetParam());
  town.Fill(&b);
  for (int i = 0; i < 30; ++i) town.Change(&b);
  const auto s = b.Build();
  const rules::RuleSet& set = RulesWithParameters();
  rules::AuditRequest request;
  request.date = Day("2021-09-01");
  request.attached = RandomPolicies(GetParam(), set).Attach(s->Count(model::NodeKind::kUnit));
  EXPECT_GT(ExpectTurnsOfEveryDay(*s, set, request, Day("2023-03-31")), 5u);
}

TEST_P(TurnsTest, SinceIsTheFirstOfTheDaysWithoutABreak) {
  OrganizationBuilder b;
  RandomTown town(GetParam());
  town.Fill(&b);
  const auto s = b.Build();
  const Date first = Day("2014-01-01"), last = Day("2022-06-30");
  std::map<std::pair<int, NodeNumber>, Date> since;  // of what is unmet: the first day without a break
  for (Date day = first; day <= last; day = day.AddDays(1)) {
    const Verdicts today = UnmetOn(*s, Rules(), RequestOn(day), day);
    for (auto it = since.begin(); it != since.end();)
      it = today.count(it->first) == 0 ? since.erase(it) : std::next(it);
    for (const auto& verdict : today) since.emplace(verdict, day);
  }
  int known = 0;
  for (const auto& [verdict, day] : since) {
    const auto [rule, node] = verdict;
    const auto told = rules::UnmetSince(*s, FrozenModel(), Rules(), rule, node, last, RequestOn(last).parameters);
    if (Rules().bound(rule).deep) {
      EXPECT_EQ(told, std::nullopt);
      continue;
    }
    ASSERT_TRUE(told.has_value());
    ++known;
    if (day == first) {
      EXPECT_LE(*told, first) << Say(*s, Rules(), *told, rule, node, true);
    } else {
      EXPECT_EQ(*told, day) << Say(*s, Rules(), day, rule, node, true);
    }
  }
  EXPECT_GT(known, 20);
}

INSTANTIATE_TEST_SUITE_P(Seeds, TurnsTest, ::testing::Range(0u, 6u));

}  // namespace
}  // namespace jiceng::testing
