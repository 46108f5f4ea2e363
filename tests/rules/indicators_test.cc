#include "rules/indicators.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <random>
#include <set>

#include "base/status.h"
#include "graph/walk.h"
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
using rules::Indicator;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

Lines Rolled(const graph::Snapshot& s, std::string_view name, std::string_view day, std::optional<Level> level = {}) {
  Lines lines;
  for (const auto& row : rules::Rollup(s, FrozenModel(), *rules::FindIndicator(name), Day(day), level)) {
    lines.push_back(std::string(s.Id(row.node)) + " " + std::to_string(row.numerator) +
                    (row.denominator == rules::kNoDenominator ? "" : "/" + std::to_string(row.denominator)));
  }
  return lines;
}

// "a 2→0 gone"
Lines RolledAcross(const graph::Snapshot& s, std::string_view name, std::string_view day, std::string_view territory) {
  Lines lines;
  const auto text = [](const rules::RollupRow& row) {
    return std::to_string(row.numerator) +
           (row.denominator == rules::kNoDenominator ? "" : "/" + std::to_string(row.denominator));
  };
  for (const auto& row :
       rules::RollupAcross(s, FrozenModel(), *rules::FindIndicator(name), Day(day), Day(territory), {})) {
    lines.push_back(std::string(s.Id(row.unit)) + " " + text(row.was) + "→" + text(row.is) + " " +
                    rules::MappingName(row.mapping));
  }
  return lines;
}

class RollupTest : public ::testing::Test {
 protected:
  RollupTest() {
    district_ = b_.Unit("d", Level::kDistrict);
    street1_ = b_.Unit("s1", Level::kStreet, district_);
    street2_ = b_.Unit("s2", Level::kStreet, district_);
    a_ = b_.Unit("a", Level::kCommunity, street1_);
    c_ = b_.Unit("c", Level::kCommunity, street2_);
    grid_ = b_.Unit("g", Level::kGrid, a_);
  }
  OrganizationBuilder b_;
  NodeNumber district_, street1_, street2_, a_, c_, grid_;
};

TEST_F(RollupTest, PersonWithTwoBranchesCountsOnceWhereTheyMeet) {
  const NodeNumber on_grid = b_.Org("o1", kPartyBranch, grid_), on_c = b_.Org("o2", kPartyBranch, c_);
  const NodeNumber p = b_.Person("p"), q = b_.Person("q");
  b_.Formal(p, on_grid);
  b_.Formal(p, on_c);
  b_.Formal(q, on_grid);
  EXPECT_THAT(Rolled(*b_.Build(), "members.full", "2024-01-01"),
              ElementsAre("a 2", "c 1", "d 2", "g 2", "s1 2", "s2 1"));
}

TEST_F(RollupTest, SeatOnAUnitAndOnOneAboveItIsOnePlace) {
  const NodeNumber org = b_.Org("o1", kPartyBranch, grid_);
  b_.Tie(TieKind::kSeat, org, street1_);
  b_.Formal(b_.Person("p"), org);
  EXPECT_THAT(Rolled(*b_.Build(), "members.full", "2024-01-01"), ElementsAre("a 1", "d 1", "g 1", "s1 1"));
}

TEST_F(RollupTest, FullMembersOfPartyOrganisationsOfAnyKindCount) {
  b_.Formal(b_.Person("p"), b_.Org("o1", kPartyCommittee, a_));
  b_.Formal(b_.Person("q", PartyStatus::kProbationary), b_.Org("o2", kPartyBranch, a_));
  b_.Formal(b_.Person("r"), b_.Org("o3", kEmployer, a_));
  EXPECT_THAT(Rolled(*b_.Build(), "members.full", "2024-01-01"), ElementsAre("a 1", "d 1", "s1 1"));
}

// A community that goes over to another street takes its people with it; the figures are those of the day all the same.
TEST_F(RollupTest, AcrossAMove) {
  const NodeNumber moved = b_.Unit("m", Level::kCommunity);
  b_.Tie(TieKind::kTerritory, moved, street1_, Days("", "2025-01-01"));
  b_.Tie(TieKind::kTerritory, moved, street2_, Days("2025-01-01"));
  b_.Formal(b_.Person("p"), b_.Org("o1", kPartyBranch, moved));
  b_.Formal(b_.Person("q"), b_.Org("o2", kPartyBranch, a_));
  b_.Formal(b_.Person("r"), b_.Org("o3", kPartyBranch, moved), Days("2025-06-01"));
  EXPECT_THAT(RolledAcross(*b_.Build(), "members.full", "2024-01-01", "2026-01-01"),
              ElementsAre("a 1→1 exact", "d 2→2 exact", "m 1→1 exact", "s1 2→1 exact", "s2 0→1 exact"));
}

// Where the people of a community went that was merged into a new one, nobody says: they are nowhere, and it is told.
TEST_F(RollupTest, AcrossAMerger) {
  const NodeNumber old = b_.Unit("o", Level::kCommunity, street1_, Days("", "2025-01-01"));
  b_.Unit("n", Level::kCommunity, street1_, Days("2025-01-01"));
  b_.Formal(b_.Person("p"), b_.Org("o1", kPartyBranch, old));
  b_.Formal(b_.Person("q"), b_.Org("o2", kPartyBranch, a_));
  b_.Formal(b_.Person("r"), b_.Org("o3", kPartyBranch, c_));
  const auto s = b_.Build();
  EXPECT_THAT(
      RolledAcross(*s, "members.full", "2024-01-01", "2026-01-01"),
      ElementsAre("a 1→1 exact", "c 1→1 exact", "d 3→2 partial", "o 1→1 gone", "s1 2→1 partial", "s2 1→1 exact"));
  EXPECT_THAT(RolledAcross(*s, "members.full", "2024-01-01", "2024-06-01"),
              ElementsAre("a 1→1 exact", "c 1→1 exact", "d 3→3 exact", "o 1→1 exact", "s1 2→2 exact", "s2 1→1 exact"));
}

TEST_F(RollupTest, OneLevelOnly) {
  b_.Formal(b_.Person("p"), b_.Org("o1", kPartyBranch, grid_));
  EXPECT_THAT(Rolled(*b_.Build(), "members.full", "2024-01-01", Level::kStreet), ElementsAre("s1 1"));
}

TEST_F(RollupTest, ReportRateCountsThoseWhoReportedToTheCommunityOfThatResidence) {
  const NodeNumber p = b_.Person("p", PartyStatus::kFull, true), q = b_.Person("q", PartyStatus::kProbationary, true);
  const NodeNumber r = b_.Person("r", PartyStatus::kFull, false), t = b_.Person("t", PartyStatus::kNone, true);
  for (const NodeNumber person : {p, q, r, t}) b_.Tie(TieKind::kResidence, person, grid_);
  b_.Tie(TieKind::kResidence, p, c_);
  b_.Tie(TieKind::kReport, p, a_);
  b_.Tie(TieKind::kReport, q, c_);
  EXPECT_THAT(Rolled(*b_.Build(), "report.rate", "2024-01-01"),
              ElementsAre("a 1/2", "c 0/1", "d 1/2", "g 1/2", "s1 1/2", "s2 0/1"));
}

TEST_F(RollupTest, ResidenceWithoutCommunityCountsInTheDenominatorOnly) {
  const NodeNumber p = b_.Person("p", PartyStatus::kFull, true);
  b_.Tie(TieKind::kResidence, p, street1_);
  b_.Tie(TieKind::kReport, p, a_);
  EXPECT_THAT(Rolled(*b_.Build(), "report.rate", "2024-01-01"), ElementsAre("d 0/1", "s1 0/1"));
}

TEST_F(RollupTest, ClosedUnitKeepsWhatLiesOnIt) {
  const NodeNumber closed = b_.Unit("x", Level::kGrid, a_, Days("", "2023-01-01"));
  const NodeNumber p = b_.Person("p", PartyStatus::kFull, true);
  b_.Tie(TieKind::kResidence, p, closed);
  b_.Tie(TieKind::kResidence, p, grid_);
  EXPECT_THAT(Rolled(*b_.Build(), "report.rate", "2024-01-01"),
              ElementsAre("a 0/1", "d 0/1", "g 0/1", "s1 0/1", "x 0/1"));
  EXPECT_THAT(Rolled(*b_.Build(), "report.rate", "2022-01-01"),
              ElementsAre("a 0/1", "d 0/1", "g 0/1", "s1 0/1", "x 0/1"));
}

TEST_F(RollupTest, NothingToCountGivesNoRow) {
  EXPECT_THAT(Rolled(*b_.Build(), "members.full", "2024-01-01"), IsEmpty());
}

TEST(IndicatorTest, NamesAreFound) {
  EXPECT_NE(rules::FindIndicator("members.full"), nullptr);
  EXPECT_NE(rules::FindIndicator("report.rate"), nullptr);
  EXPECT_EQ(rules::FindIndicator("members"), nullptr);
  EXPECT_EQ(rules::Indicators().size(), 2u);
}

// Against a set of people a unit, climbing from every residence and seat.
class RollupPropertyTest : public ::testing::TestWithParam<uint32_t> {};

TEST_P(RollupPropertyTest, EqualsTheSetsOfPeople) {
  std::mt19937 random(GetParam());
  const auto below = [&](uint32_t n) { return random() % n; };
  OrganizationBuilder b;
  std::vector<NodeNumber> units, orgs, people;
  for (int i = 0; i < 25; ++i) {
    const NodeNumber parent = i < 2 ? NodeNumber() : units[below(static_cast<uint32_t>(units.size()))];
    units.push_back(b.Unit("u" + std::to_string(i), i % 3 == 0 ? Level::kCommunity : Level::kGrid, parent));
  }
  for (int i = 0; i < 12; ++i) {
    orgs.push_back(b.Org("o" + std::to_string(i), i % 4 == 0 ? kEmployer : kPartyBranch, units[below(25)]));
    if (below(3) == 0) b.Tie(TieKind::kSeat, orgs.back(), units[below(25)], Days("2000-01-01"));
  }
  for (int i = 0; i < 60; ++i) {
    people.push_back(b.Person("p" + std::to_string(i), static_cast<PartyStatus>(below(3)), below(2) == 0));
    for (uint32_t n = below(4); n > 0; --n)
      b.Formal(people.back(), orgs[below(12)], Days(n == 1 ? "2001-01-01" : n == 2 ? "2002-01-01" : ""));
    for (uint32_t n = below(4); n > 0; --n)
      b.Tie(TieKind::kResidence, people.back(), units[below(25)],
            Days(n == 1   ? "2001-01-01"
                 : n == 2 ? "2002-01-01"
                          : ""));
    for (uint32_t n = below(3); n > 0; --n)
      b.Tie(TieKind::kReport, people.back(), units[3 * below(8)], Days(n == 1 ? "2001-01-01" : "2002-01-01"));
  }
  const auto s = b.Build();
  const base::Date day = Day("2024-01-01");
  std::map<std::string, std::set<uint32_t>> full, residents, reported;
  const auto climb = [&](NodeNumber unit, std::map<std::string, std::set<uint32_t>>* into, uint32_t person) {
    for (const NodeNumber above : units) {
      if (graph::IsUnder(*s, unit, above, day)) (*into)[std::string(s->Id(above))].insert(person);
    }
  };
  const auto territory = s->TerritoryOn(day);
  for (const NodeNumber p : people) {
    const auto status = static_cast<PartyStatus>(s->FactAt(p, model::Fact::kPartyStatus, day));
    s->ForEachOpenFrom(TieKind::kAffiliation, p, day, [&](const model::Tie& tie) {
      const bool party = FrozenModel().IsParty(s->FactAt(tie.to, model::Fact::kOrgKind, day));
      if (status != PartyStatus::kFull || !party) return;
      s->ForEachOpenFrom(TieKind::kSeat, tie.to, day,
                         [&](const model::Tie& seat) { climb(seat.to, &full, p.ordinal()); });
    });
    if (status == PartyStatus::kNone || s->FactAt(p, model::Fact::kInService, day) != 1) continue;
    s->ForEachOpenFrom(TieKind::kResidence, p, day, [&](const model::Tie& home) {
      climb(home.to, &residents, p.ordinal());
      const uint32_t community = territory->Community(home.to.ordinal());
      bool done = false;
      s->ForEachOpenFrom(TieKind::kReport, p, day,
                         [&](const model::Tie& report) { done = done || report.to.ordinal() == community; });
      if (done) climb(home.to, &reported, p.ordinal());
    });
  }
  Lines expected_full, expected_rate;
  for (const auto& [unit, set] : full) expected_full.push_back(unit + " " + std::to_string(set.size()));
  for (const auto& [unit, set] : residents)
    expected_rate.push_back(unit + " " + std::to_string(reported[unit].size()) + "/" + std::to_string(set.size()));
  EXPECT_THAT(Rolled(*s, "members.full", "2024-01-01"), ::testing::ElementsAreArray(expected_full))
      << "seed " << GetParam();
  EXPECT_THAT(Rolled(*s, "report.rate", "2024-01-01"), ::testing::ElementsAreArray(expected_rate))
      << "seed " << GetParam();
}

INSTANTIATE_TEST_SUITE_P(Seeds, RollupPropertyTest, ::testing::Range(0u, 60u));

// A rule as an indicator: every node explained by itself, put where the words say it lies, and counted at all above.
class RuleRollupTest : public ::testing::TestWithParam<uint32_t> {};

TEST_P(RuleRollupTest, CountsWhoMeetsTheRule) {
  OrganizationBuilder b;
  RandomTown town(GetParam());
  town.Fill(&b);
  const auto s = b.Build();
  const rules::RuleSet& set = RulesWithParameters();
  rules::AuditRequest request;
  request.date = Day("2022-06-30");
  int64_t unmet = 0, met = 0;
  for (int rule = 0; rule < set.size(); ++rule) {
    std::map<std::string, std::pair<int64_t, int64_t>> expected;
    ForEachNode(*s, [&](NodeNumber node) {
      const auto said = rules::Explain(*s, FrozenModel(), set, rule, node, request.date, {}).value();
      const rules::Status status = said.rows[0].status;
      if (status != rules::Status::kMet && status != rules::Status::kUnmet) return;
      const NodeNumber place = PlaceByWords(*s, set[rule], node, request.date);
      std::vector<NodeNumber> units = Above(*s, place, request.date);
      if (units.empty() && place) units = {place};  // one that is gone has what lies on it
      for (const NodeNumber unit : units) {
        auto& [numerator, denominator] = expected[s->Text(unit)];
        ++denominator;
        if (status == rules::Status::kMet) ++numerator;
      }
      ++(status == rules::Status::kMet ? met : unmet);
    });
    std::map<std::string, std::pair<int64_t, int64_t>> found;
    const auto rolled = rules::RollupRule(*s, FrozenModel(), set, rule, request, {}).value();
    for (const rules::RollupRow& row : rolled) found[s->Text(row.node)] = {row.numerator, row.denominator};
    EXPECT_EQ(found, expected) << set[rule].id << ", seed " << GetParam();
  }
  EXPECT_GT(met, 0);
  EXPECT_GT(unmet, 0);
}

INSTANTIATE_TEST_SUITE_P(Seeds, RuleRollupTest, ::testing::Range(0u, 20u));

TEST(RuleRollup, OfNoRuleThereIsOrCanBeJudged) {
  OrganizationBuilder b;
  b.Unit("d", Level::kDistrict);
  const auto s = b.Build();
  rules::AuditRequest request;
  request.date = Day("2024-01-01");
  EXPECT_EQ(base::ErrorReason(rules::RollupRule(*s, FrozenModel(), FrozenRules(), 9999, request, {}).status()),
            "UNKNOWN_RULE");
}

}  // namespace
}  // namespace jiceng::testing
