// Every shape: passes over everything say what one look at each node says, and rules are judged when they are in force.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "base/status.h"
#include "tests/rules/auditing.h"
#include "tests/rules/frozen_shapes.h"
#include "tests/rules/random_town.h"

namespace jiceng::testing {
namespace {

using model::Level;
using model::NodeKind;
using model::NodeNumber;
using model::TieKind;
using ::testing::ElementsAre;
using ::testing::ElementsAreArray;
using ::testing::IsEmpty;

rules::AuditRequest RequestOn(std::string_view day) {
  rules::AuditRequest request;
  request.date = Day(day);
  request.parameters = {{"report.deadline_days", 30}, {"posts.max", 1}};
  return request;
}

Lines Audited(const graph::Snapshot& s, const rules::AuditRequest& request) {
  return ToLines(s, rules::Audit(s, FrozenModel(), RulesOfAllShapes(), request).value(), RulesOfAllShapes());
}

// The same by asking of every node by itself.
Lines Explained(const graph::Snapshot& s, const rules::AuditRequest& request) {
  std::multiset<std::pair<std::string, std::string>> found;
  for (int r = 0; r < RulesOfAllShapes().size(); ++r) {
    for (const NodeKind kind : {NodeKind::kUnit, NodeKind::kOrganization, NodeKind::kPerson}) {
      for (uint32_t i = 0; i < s.Count(kind); ++i) {
        const NodeNumber node(kind, i);
        const auto one =
            rules::Explain(s, FrozenModel(), RulesOfAllShapes(), r, node, request.date, request.parameters);
        if (one->rows.at(0).status == rules::Status::kUnmet)
          found.emplace(s.Text(node), s.Text(node) + " " + RulesOfAllShapes()[r].id + " unmet");
      }
    }
  }
  Lines lines;
  for (const auto& [subject, line] : found) lines.push_back(line);
  return lines;
}

class ShapesPropertyTest : public ::testing::TestWithParam<uint32_t> {};

TEST_P(ShapesPropertyTest, PassesSayWhatEveryNodeSays) {
  OrganizationBuilder b;
  RandomTown town(GetParam());
  town.Fill(&b);
  const size_t filled = b.batches();
  for (int i = 0; i < 20; ++i) town.Change(&b);
  for (const auto& s : {b.Build(), b.BuildWithDelta(filled)}) {
    for (const char* day : {"2020-02-29", "2022-06-30", "2023-03-01"}) {
      const rules::AuditRequest request = RequestOn(day);
      ASSERT_THAT(Audited(*s, request), ElementsAreArray(Explained(*s, request)))
          << "seed " << GetParam() << " on " << day << (s->delta_rows() > 0 ? ", delta" : "");
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, ShapesPropertyTest, ::testing::Range(0u, 30u));

// The towns are crowded enough for the comparison to mean something.
TEST(ShapesTest, EveryRuleFindsSomethingInSomeTown) {
  std::set<std::string> found;
  for (uint32_t seed = 0; seed < 30; ++seed) {
    OrganizationBuilder b;
    RandomTown(seed).Fill(&b);
    for (const char* day : {"2022-06-30", "2023-03-01"}) {
      const auto s = b.Build();
      const auto findings = rules::Audit(*s, FrozenModel(), RulesOfAllShapes(), RequestOn(day)).value();
      for (const auto& f : findings.rows) found.insert(RulesOfAllShapes()[f.rule].id);
    }
  }
  for (const rules::Rule& rule : RulesOfAllShapes().rules()) {
    if (rule.id == "branch.max-members" || rule.id == "branch.committee-size") continue;  // as large as no town is
    EXPECT_EQ(found.count(rule.id), 1u) << rule.id;
  }
}

TEST(ShapesTest, ARuleThatIsOffSaysNothingUntilItIsNamedOrSet) {
  OrganizationBuilder b;
  const NodeNumber org = b.Org("o", kEmployer), person = b.Person("p");
  for (const Post post : {kSecretary, kDirector}) b.Tie(TieKind::kAppointment, person, org, {}, post, 1);
  const auto s = b.Build();
  const int off = RulesOfAllShapes().Find("off.parameter");
  rules::AuditRequest request = RequestOn("2024-01-01");
  const auto about = [&] {
    Lines lines;
    for (const std::string& line : Audited(*s, request)) {
      if (line.find("off.parameter") != std::string::npos) lines.push_back(line);
    }
    return lines;
  };
  EXPECT_THAT(about(), ElementsAre("person:p off.parameter unmet"));
  request.parameters.erase("posts.max");
  EXPECT_THAT(about(), IsEmpty());
  request.rules = {off};
  EXPECT_THAT(about(), ElementsAre("store: off.parameter unknown"));
}

TEST(ShapesTest, TwoVersionsOfANormMeetOnADay) {
  const auto& set = RulesOfAllShapes();
  const std::vector<int> both = {set.Find("dated.before"), set.Find("dated.after")};
  EXPECT_THAT(set.Select(both, {}, Day("2022-06-30")), ElementsAre(both[0]));
  EXPECT_THAT(set.Select(both, {}, Day("2022-07-01")), ElementsAre(both[1]));
}

TEST(ShapesTest, TheDayOfTheElectionGovernsHowABodyIsFormed) {
  OrganizationBuilder b;
  const base::Date none = base::Date::Forever();
  const NodeNumber before = b.Org("before", kEmployer), after = b.Org("after", kEmployer),
                   never = b.Org("n", kEmployer);
  b.Term({before, 1, Day("2019-12-31"), 5, none, none, false});
  b.Term({after, 1, Day("2020-01-01"), 5, none, none, false});
  const auto s = b.Build();
  const int rule = RulesOfAllShapes().Find("dated.election");
  const auto verdict = [&](NodeNumber node) {
    return rules::Explain(*s, FrozenModel(), RulesOfAllShapes(), rule, node, Day("2024-01-01"), {})->rows[0].status;
  };
  EXPECT_EQ(verdict(before), rules::Status::kNotApplicable);
  EXPECT_EQ(verdict(after), rules::Status::kUnmet);
  EXPECT_EQ(verdict(never), rules::Status::kNotApplicable);
}

// What a record must not say.
TEST(ShapesTest, RecordsThatMeanNothingAreRefused) {
  using namespace rules;
  const Domain people{{"person"}, {}, {}, false, {}, false};
  const Bound none{Comparator::kAtMost, {0, ""}};
  Measure households, no_date, inward{"affiliation", TieEnd::kTo, {}, {}, {}, false},
      women{"affiliation", TieEnd::kFrom, {}, {}, {}, false};
  households.fact = "households";
  no_date.fact = "sex";
  women.sexes = {"female"};
  Domain both{{"org"}, {}, {}, true, {}, false};
  both.gone = true;
  Rule by_election = Named("r", people, CountBounds{PostsFrom({}, {}), {none}, {}});
  by_election.governing_day = GoverningDay::kElection;
  const std::vector<Rule> bad = {
      Named("r", people, CountBounds{households, {none}, {}}),
      Named("r", people, CountBounds{women, {none}, {}}),
      Named("r", both, CountBounds{inward, {none}, {}}),
      Named("r", people, Duration{no_date, {1, ""}, Period::kYears}),
      Named("r", people, Duration{PostsFrom({}, {}), {1, ""}, Period::kUnspecified}),
      Named("r", people, TiePair{PostsFrom({}, {}), {}, PairRelation::kExcludes, PairPlace::kAnywhere, ""}),
      Named("r", people,
            TiePair{
                PostsFrom({}, {}), {PostsFrom({}, {})}, PairRelation::kExcludes, PairPlace::kAnywhere, "affiliation"}),
      Named("r", people, TermShift{TermShiftKind::kExtension, {1, ""}}),
      by_election,
  };
  for (size_t i = 0; i < bad.size(); ++i) {
    const auto set = RuleSet::Create({bad[i]}, FrozenModel());
    EXPECT_EQ(base::ErrorReason(set.status()), "BAD_RULE") << i;
  }
}

}  // namespace
}  // namespace jiceng::testing
