// Indicators at organisations: by hand, and against sets of nodes gathered tie by tie.
#include "rules/party_line.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <random>
#include <set>

#include "base/status.h"
#include "rules/line_rollup.h"
#include "tests/rules/auditing.h"
#include "tests/rules/place_by_words.h"
#include "tests/rules/random_policy.h"
#include "tests/rules/random_town.h"

namespace jiceng::testing {
namespace {

using model::Level;
using model::NodeKind;
using model::NodeNumber;
using model::PartyStatus;
using model::TieKind;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

Lines Written(const graph::Snapshot& s, const std::vector<rules::RollupRow>& rows) {
  Lines lines;
  for (const rules::RollupRow& row : rows) {
    lines.push_back(std::string(s.Id(row.node)) + " " + std::to_string(row.numerator) +
                    (row.denominator == rules::kNoDenominator ? "" : "/" + std::to_string(row.denominator)));
  }
  return lines;
}

Lines OnLine(const graph::Snapshot& s, std::string_view name, std::string_view day = "2024-01-01") {
  return Written(s, rules::RollupOnLine(s, FrozenModel(), *rules::FindIndicator(name), Day(day)));
}

Lines RuleOnLine(const graph::Snapshot& s, std::string_view id, std::string_view day = "2024-01-01") {
  rules::AuditRequest request;
  request.date = Day(day);
  const int rule = RulesWithParameters().Find(id);
  return Written(s, rules::RollupRuleOnLine(s, FrozenModel(), RulesWithParameters(), rule, request).value());
}

class PartyLineTest : public ::testing::Test {
 protected:
  PartyLineTest() {
    committee_ = b_.Org("c", kPartyCommittee);
    general_ = b_.Org("g", kGeneralBranch);
    one_ = b_.Org("o1", kPartyBranch);
    two_ = b_.Org("o2", kPartyBranch);
    Under(general_, committee_);
    Under(one_, general_);
    Under(two_, general_);
  }
  void Under(NodeNumber org, NodeNumber upper, base::Validity valid = {}) {
    b_.Tie(TieKind::kPartyLine, org, upper, valid);
  }

  OrganizationBuilder b_;
  NodeNumber committee_, general_, one_, two_;
};

TEST_F(PartyLineTest, PersonWithTwoBranchesCountsOnceAboveThem) {
  const NodeNumber p = b_.Person("p"), q = b_.Person("q");
  b_.Formal(p, one_);
  b_.Formal(p, two_);
  b_.Formal(q, one_);
  EXPECT_THAT(OnLine(*b_.Build(), "members.full"), ElementsAre("c 2", "g 2", "o1 2", "o2 1"));
}

TEST_F(PartyLineTest, WaysThatMeetAgainCountOnce) {
  const NodeNumber other = b_.Org("h", kGeneralBranch);
  Under(other, committee_);
  Under(one_, other);
  b_.Formal(b_.Person("p"), one_);
  b_.Formal(b_.Person("q"), two_);
  EXPECT_THAT(OnLine(*b_.Build(), "members.full"), ElementsAre("c 2", "g 2", "h 1", "o1 1", "o2 1"));
}

TEST_F(PartyLineTest, TheLineIsThatOfTheDay) {
  const NodeNumber late = b_.Org("o3", kPartyBranch);
  Under(late, two_, Days("2025-01-01", "2026-01-01"));
  b_.Formal(b_.Person("p"), late);
  const auto s = b_.Build();
  EXPECT_THAT(OnLine(*s, "members.full", "2024-12-31"), ElementsAre("o3 1"));
  EXPECT_THAT(OnLine(*s, "members.full", "2025-01-01"), ElementsAre("c 1", "g 1", "o2 1", "o3 1"));
  EXPECT_THAT(OnLine(*s, "members.full", "2026-01-01"), ElementsAre("o3 1"));
}

TEST_F(PartyLineTest, FormalAffiliationToAPartyOrganisationIsWhatCounts) {
  b_.Formal(b_.Person("p"), b_.Org("e", kEmployer));
  b_.Tie(TieKind::kAffiliation, b_.Person("q"), one_, {}, 0, 2);
  b_.Formal(b_.Person("r", PartyStatus::kProbationary), one_);
  b_.Formal(b_.Person("t"), committee_);
  EXPECT_THAT(OnLine(*b_.Build(), "members.full"), ElementsAre("c 1"));
}

TEST_F(PartyLineTest, ReportRateIsOfWhoResidesSomewhereWhereverTheirBranchIs) {
  const NodeNumber a = b_.Unit("a", Level::kCommunity), d = b_.Unit("d", Level::kCommunity);
  const NodeNumber p = b_.Person("p", PartyStatus::kFull, true), q = b_.Person("q", PartyStatus::kProbationary, true);
  const NodeNumber nowhere = b_.Person("n", PartyStatus::kFull, true), retired = b_.Person("r");
  for (const NodeNumber person : {p, nowhere}) b_.Formal(person, one_);
  for (const NodeNumber person : {q, retired}) b_.Formal(person, two_);
  for (const NodeNumber person : {p, q, retired}) b_.Tie(TieKind::kResidence, person, a);
  b_.Tie(TieKind::kResidence, p, d);
  b_.Tie(TieKind::kReport, p, d);
  b_.Tie(TieKind::kReport, q, d);  // does not live there
  EXPECT_THAT(OnLine(*b_.Build(), "report.rate"), ElementsAre("c 1/2", "g 1/2", "o1 1/1", "o2 0/1"));
}

TEST_F(PartyLineTest, UnitBelongsToWhoCoversItOrTheNearestAbove) {
  const NodeNumber street = b_.Unit("s", Level::kStreet), community = b_.Unit("a", Level::kCommunity, street);
  const NodeNumber own = b_.Unit("x", Level::kGrid, community), other = b_.Unit("y", Level::kGrid, community);
  b_.Tie(TieKind::kCovers, committee_, street);
  b_.Tie(TieKind::kCovers, general_, community);
  b_.Tie(TieKind::kCovers, one_, own);
  b_.Tie(TieKind::kSeat, two_, other);  // a seat does not say who answers for a unit
  b_.Unit("z", Level::kGrid);           // covered by nobody
  b_.Tie(TieKind::kAppointment, b_.Person("p"), other, {}, kGridHead, 2);
  EXPECT_THAT(RuleOnLine(*b_.Build(), "grid.head-vacant"), ElementsAre("c 1/2", "g 1/2", "o1 0/1"));
}

TEST_F(PartyLineTest, BodyBelongsToWhoCoversItElseByItsSeat) {
  const NodeNumber community = b_.Unit("a", Level::kCommunity), grid = b_.Unit("x", Level::kGrid, community);
  b_.Tie(TieKind::kCovers, general_, community);
  const NodeNumber covered = b_.Org("e1", kEmployer, grid), seated = b_.Org("e2", kEmployer, grid);
  const NodeNumber nowhere = b_.Org("e3", kEmployer);
  b_.Tie(TieKind::kCovers, two_, covered);
  b_.Tie(TieKind::kCovers, one_, covered, Days("2025-01-01"));
  const auto s = b_.Build();
  const rules::Day day(*s, Day("2024-01-01"));
  const rules::PartyLine line(day, FrozenModel());
  const auto of = [&](NodeNumber node) {
    std::vector<uint32_t> orgs;
    line.AppendOf(node, &orgs);
    return orgs;
  };
  EXPECT_THAT(of(covered), ElementsAre(two_.ordinal()));
  EXPECT_THAT(of(seated), ElementsAre(general_.ordinal()));
  EXPECT_THAT(of(nowhere), IsEmpty());
  EXPECT_THAT(of(NodeNumber()), IsEmpty());
}

// Every set by itself, with nothing but passes over all ties.
class ByWords {
 public:
  ByWords(const graph::Snapshot& s, base::Date day) : s_(s), day_(day) {}

  std::set<NodeNumber> To(TieKind kind, NodeNumber from, bool formal = false) const {
    std::set<NodeNumber> found;
    s_.ForEachTie(kind, [&](const model::Tie& tie) {
      if (tie.from == from && tie.valid.Holds(day_) && (!formal || tie.manner == 1)) found.insert(tie.to);
    });
    return found;
  }
  bool IsParty(NodeNumber org) const { return FrozenModel().IsParty(s_.FactAt(org, model::Fact::kOrgKind, day_)); }
  std::set<NodeNumber> Covering(NodeNumber node) const {
    std::set<NodeNumber> found;
    s_.ForEachTie(TieKind::kCovers, [&](const model::Tie& tie) {
      if (tie.to == node && tie.valid.Holds(day_)) found.insert(tie.from);
    });
    return found;
  }
  std::set<NodeNumber> OfUnit(NodeNumber unit) const {
    std::vector<NodeNumber> way = Above(s_, unit, day_);
    if (way.empty()) way = {unit};
    for (const NodeNumber one : way) {
      std::set<NodeNumber> found = Covering(one);
      if (!found.empty()) return found;
    }
    return {};
  }
  std::set<NodeNumber> Of(NodeNumber node) const {
    if (node.kind() == NodeKind::kUnit) return OfUnit(node);
    std::set<NodeNumber> found;
    if (node.kind() == NodeKind::kPerson) {
      for (const NodeNumber org : To(TieKind::kAffiliation, node, true)) {
        if (IsParty(org)) found.insert(org);
      }
      return found;
    }
    if (IsParty(node)) return {node};
    found = Covering(node);
    if (!found.empty()) return found;
    for (const NodeNumber unit : To(TieKind::kSeat, node)) {
      for (const NodeNumber org : OfUnit(unit)) found.insert(org);
    }
    return found;
  }
  std::set<NodeNumber> AtOrAbove(std::set<NodeNumber> orgs) const {
    for (size_t before = 0; before != orgs.size();) {
      before = orgs.size();
      for (const NodeNumber org : std::set<NodeNumber>(orgs)) {
        for (const NodeNumber upper : To(TieKind::kPartyLine, org)) orgs.insert(upper);
      }
    }
    return orgs;
  }

 private:
  const graph::Snapshot& s_;
  const base::Date day_;
};

// A random town with a line that branches and meets again, and bodies and units that are covered.
std::shared_ptr<const graph::Snapshot> Town(uint32_t seed) {
  OrganizationBuilder b;
  RandomTown(seed).Fill(&b);
  std::mt19937 random(seed);
  const auto below = [&](uint32_t n) { return random() % n; };
  const auto org = [](uint32_t n) { return NodeNumber(NodeKind::kOrganization, n); };
  const auto some = [&] { return below(3) == 0 ? Days("2019-01-01", "2021-01-01") : Days("2019-01-01"); };
  const NodeNumber branch = b.Org("o14", kPartyBranch);
  for (uint32_t i = 0; i < 20; ++i) b.Formal(NodeNumber(NodeKind::kPerson, i), branch, some());
  std::set<std::pair<NodeNumber, NodeNumber>> ties;
  for (uint32_t i = 1; i < 15; ++i) {
    for (uint32_t n = below(3); n > 0; --n) {
      const NodeNumber upper = org(below(i));
      if (ties.emplace(org(i), upper).second) b.Tie(TieKind::kPartyLine, org(i), upper, some());
    }
  }
  for (int i = 0; i < 10; ++i) {
    const NodeNumber covered = below(2) == 0 ? org(below(14)) : NodeNumber(NodeKind::kUnit, below(15));
    const NodeNumber by = org(below(14));
    if (by != covered && ties.emplace(by, covered).second) b.Tie(TieKind::kCovers, by, covered, some());
  }
  return seed % 2 == 0 ? b.Build() : b.BuildWithDelta(3);
}

using Sums = std::map<std::string, std::pair<int64_t, int64_t>>;

Sums SumsOf(const graph::Snapshot& s, const std::vector<rules::RollupRow>& rows) {
  Sums sums;
  for (const rules::RollupRow& row : rows) sums[s.Text(row.node)] = {row.numerator, row.denominator};
  return sums;
}

class LinePropertyTest : public ::testing::TestWithParam<uint32_t> {};

TEST_P(LinePropertyTest, RulesEqualEveryNodeExplainedByItself) {
  const auto s = Town(GetParam());
  rules::AuditRequest request;
  request.date = Day("2022-06-30");
  const ByWords words(*s, request.date);
  const rules::RuleSet& set = RulesWithParameters();
  int64_t rows = 0;
  for (int rule = 0; rule < set.size(); ++rule) {
    Sums expected;
    ForEachNode(*s, [&](NodeNumber node) {
      const auto said = rules::Explain(*s, FrozenModel(), set, rule, node, request.date, {}).value();
      const rules::Status status = said.rows[0].status;
      if (status != rules::Status::kMet && status != rules::Status::kUnmet) return;
      for (const NodeNumber org : words.AtOrAbove(words.Of(node))) {
        auto& [met, governed] = expected[s->Text(org)];
        ++governed;
        met += status == rules::Status::kMet;
      }
    });
    const auto found = rules::RollupRuleOnLine(*s, FrozenModel(), set, rule, request).value();
    EXPECT_EQ(SumsOf(*s, found), expected) << set[rule].id << ", seed " << GetParam();
    rows += static_cast<int64_t>(found.size());
  }
  EXPECT_GT(rows, 0);
}

TEST_P(LinePropertyTest, PeopleEqualTheSetsOfPeople) {
  const auto s = Town(GetParam());
  const base::Date day = Day("2022-06-30");
  const ByWords words(*s, day);
  const auto territory = s->TerritoryOn(day);
  std::map<std::string, std::set<NodeNumber>> full, residents, reported;
  for (uint32_t i = 0; i < s->Count(NodeKind::kPerson); ++i) {
    const NodeNumber p(NodeKind::kPerson, i);
    const int32_t status = s->FactAt(p, model::Fact::kPartyStatus, day);
    const bool member = status == 1 || status == 2;
    const std::set<NodeNumber> homes = words.To(TieKind::kResidence, p), reports = words.To(TieKind::kReport, p);
    const bool resides = member && s->FactAt(p, model::Fact::kInService, day) == 1 && !homes.empty();
    bool done = false;
    for (const NodeNumber home : homes) {
      const uint32_t community = territory->Community(home.ordinal());
      done = done || (community != rules::kNone && reports.count(NodeNumber(NodeKind::kUnit, community)) != 0);
    }
    for (const NodeNumber org : words.AtOrAbove(words.Of(p))) {
      if (status == 2) full[s->Text(org)].insert(p);
      if (resides) residents[s->Text(org)].insert(p);
      if (resides && done) reported[s->Text(org)].insert(p);
    }
  }
  Sums members, rates;
  for (const auto& [org, people] : full) members[org] = {people.size(), rules::kNoDenominator};
  for (const auto& [org, people] : residents) rates[org] = {reported[org].size(), people.size()};
  const auto found = [&](std::string_view name) {
    return SumsOf(*s, rules::RollupOnLine(*s, FrozenModel(), *rules::FindIndicator(name), day));
  };
  EXPECT_EQ(found("members.full"), members) << "seed " << GetParam();
  EXPECT_EQ(found("report.rate"), rates) << "seed " << GetParam();
  EXPECT_FALSE(members.empty() || rates.empty());
}

INSTANTIATE_TEST_SUITE_P(Seeds, LinePropertyTest, ::testing::Range(0u, 20u));

TEST(LineRollup, OfNoRuleThereIs) {
  OrganizationBuilder b;
  b.Org("o", kPartyBranch);
  const auto s = b.Build();
  rules::AuditRequest request;
  request.date = Day("2024-01-01");
  EXPECT_EQ(base::ErrorReason(rules::RollupRuleOnLine(*s, FrozenModel(), FrozenRules(), 9999, request).status()),
            "UNKNOWN_RULE");
}

}  // namespace
}  // namespace jiceng::testing
