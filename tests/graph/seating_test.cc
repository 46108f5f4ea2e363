#include "graph/seating.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <set>

#include "graph/member_columns.h"
#include "graph/member_runs.h"
#include "graph/snapshot.h"
#include "tests/graph/organization_builder.h"
#include "tests/graph/random_organization.h"

namespace jiceng::graph {
namespace {

using model::Level;
using model::NodeKind;
using model::NodeNumber;
using model::TieKind;
using testing::Day;
using testing::Days;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::OrganizationBuilder;

std::vector<uint32_t> Bodies(const Seating& seating, NodeNumber unit) {
  std::vector<uint32_t> bodies;
  seating.AppendBodies(seating.Below(unit.ordinal()), &bodies);
  return bodies;
}

TEST(SeatingTest, WhatIsSeatedBelowIsInTheOrderOfTheTerritory) {
  OrganizationBuilder b;
  const NodeNumber city = b.Unit("c", Level::kCity), east = b.Unit("e", Level::kStreet, city),
                   west = b.Unit("w", Level::kStreet, city),
                   gone = b.Unit("g", Level::kStreet, city, Days("", "2020-01-01"));
  const NodeNumber of_west = b.Org("o0", 10, west), of_east = b.Org("o1", 10, east), of_city = b.Org("o2", 20, city),
                   both = b.Org("o3", 10, east), of_gone = b.Org("o4", 20, gone), nowhere = b.Org("o5", 10),
                   dissolved = b.Org("o6", 10, east, {}, Days("", "2021-01-01"));
  b.Tie(TieKind::kSeat, both, west);
  b.Tie(TieKind::kSeat, dissolved, west);  // a seat that outlasts its body
  const auto s = b.Build();
  const auto seating = s->SeatingOn(Day("2024-01-01"));
  EXPECT_THAT(Bodies(*seating, east), ElementsAre(of_east.ordinal(), both.ordinal()));
  EXPECT_THAT(Bodies(*seating, west), ElementsAre(of_west.ordinal(), dissolved.ordinal(), both.ordinal()));
  EXPECT_THAT(Bodies(*seating, city), ElementsAre(of_city.ordinal(), of_east.ordinal(), of_west.ordinal(),
                                                  dissolved.ordinal(), both.ordinal()));
  EXPECT_THAT(Bodies(*seating, gone), ElementsAre(of_gone.ordinal()));
  std::map<std::pair<int32_t, bool>, uint32_t> counts;
  for (const Seating::Group& group : seating->groups())
    counts[{group.kind, group.exists}] = seating->CountBodies(seating->PlacesOf(group, seating->Below(city.ordinal())));
  EXPECT_EQ(counts, (std::map<std::pair<int32_t, bool>, uint32_t>{{{10, false}, 1}, {{10, true}, 3}, {{20, true}, 1}}));
  static_cast<void>(nowhere);
}

TEST(SeatingTest, MadeOnceAndKeptUntilASeatTurns) {
  OrganizationBuilder b;
  const NodeNumber unit = b.Unit("u", Level::kStreet), person = b.Person("p");
  const NodeNumber body = b.Org("o", 10, unit);
  const auto s = b.Build();
  const auto seating = s->SeatingOn(Day("2024-01-01"));
  EXPECT_EQ(s->SeatingOn(Day("2020-01-01")), seating);  // nothing turns in between
  b.Formal(person, body);
  b.Take();
  const auto same = b.Add(*s, 1);
  EXPECT_EQ(same->SeatingOn(Day("2024-01-01")), seating);
  b.Fact(body, model::Fact::kOrgKind, Days("2023-01-01"), 20);
  b.Take();
  const auto other = b.Add(*same, 2)->SeatingOn(Day("2024-01-01"));
  EXPECT_NE(other, seating);
  EXPECT_EQ(other->days().from, Day("2023-01-01"));
  EXPECT_EQ(other->groups()[0].kind, 20);
}

// Whoever asks about little goes without until it would have paid.
TEST(SeatingTest, IsNotMadeForOneSmallQuestion) {
  OrganizationBuilder b;
  const NodeNumber unit = b.Unit("u", Level::kStreet);
  for (int i = 0; i < 79; ++i) b.Org("o" + std::to_string(i), 10, unit);
  const auto s = b.Build();
  for (int i = 0; i < 10; ++i) EXPECT_EQ(s->SeatingOn(Day("2024-01-01"), 1), nullptr) << i;
  EXPECT_NE(s->SeatingOn(Day("2024-01-01"), 1), nullptr);
}

class SeatingPropertyTest : public ::testing::TestWithParam<uint32_t> {
 protected:
  SeatingPropertyTest() {
    testing::RandomOrganization random(GetParam());
    for (int i = 0; i < 14; ++i) random.Commit(&rows_);
  }
  OrganizationBuilder rows_;
};

// Theorem: at or below a unit are seated the bodies with an open seat on a unit that is; after any commits, on any day.
TEST_P(SeatingPropertyTest, AgreesWithTheSeats) {
  auto s = rows_.BuildWithDelta(4, 4);
  for (size_t batch = 4; batch <= rows_.batches(); ++batch) {
    for (const char* on : {"2017-06-01", "2020-03-01", "2022-06-30", "2030-01-01"}) {
      const base::Date day = Day(on);
      const auto seating = s->SeatingOn(day);
      ASSERT_TRUE(seating->days().Holds(day));
      const Territory& territory = seating->territory();
      for (uint32_t u = 0; u < s->Count(NodeKind::kUnit); ++u) {
        std::set<uint32_t> expected;
        s->ForEachTie(TieKind::kSeat, [&](const model::Tie& tie) {
          if (tie.valid.Holds(day) && territory.AtOrBelow(tie.to.ordinal(), u)) expected.insert(tie.from.ordinal());
        });
        const std::vector<uint32_t> found = Bodies(*seating, NodeNumber(NodeKind::kUnit, u));
        EXPECT_EQ(found.size(), expected.size());
        EXPECT_EQ(std::set<uint32_t>(found.begin(), found.end()), expected) << on << " unit " << u;
        std::set<uint32_t> in_groups;
        for (const Seating::Group& group : seating->groups()) {
          std::vector<uint32_t> bodies;
          const auto places = seating->PlacesOf(group, seating->Below(u));
          seating->AppendBodies(places, &bodies);
          EXPECT_EQ(bodies.size(), seating->CountBodies(places));
          for (const uint32_t body : bodies) {
            const NodeNumber org(NodeKind::kOrganization, body);
            const int32_t kind = s->FactAt(org, model::Fact::kOrgKind, day);
            EXPECT_EQ(group.kind, kind == model::kNoValue ? 0 : kind);
            EXPECT_EQ(group.exists, s->Exists(org, day));
            EXPECT_TRUE(in_groups.insert(body).second);
          }
        }
        EXPECT_EQ(in_groups, expected);
        // The members are those of the bodies of the kinds asked for.
        const MemberColumns columns(s->base());
        std::multiset<uint32_t> members, of_bodies;
        std::vector<bool> is_asked;
        for (const Seating::Group& group : seating->groups()) is_asked.push_back(group.kind != 20);
        seating->MembersIn(s->base(), is_asked)->ForEach(columns, *seating, u, [&](MemberRuns::Range range) {
          for (uint32_t place = range.first; place < range.second; ++place) members.insert(place);
        });
        for (const uint32_t body : expected) {
          if (s->FactAt(NodeNumber(NodeKind::kOrganization, body), model::Fact::kOrgKind, day) == 20) continue;
          const auto [first, last] = columns.PlacesOf(body);
          for (uint32_t place = first; place < last; ++place) of_bodies.insert(place);
        }
        EXPECT_EQ(members, of_bodies);
      }
    }
    if (batch < rows_.batches()) s = rows_.Add(*s, batch);
  }
}

// Theorem: on any day the places counted as full or probationary are open formal affiliations of such people, one a
// person; an open formal affiliation of a member is counted or asked.
TEST_P(SeatingPropertyTest, MembersAreWhatTheTiesSay) {
  const auto s = rows_.Build();
  const MemberColumns columns(s->base());
  ASSERT_EQ(columns.size(), s->base().Ties(TieKind::kAffiliation).size);
  for (base::Date day = Day("2017-11-15"); day < Day("2028-01-01"); day = day.AddMonths(2)) {
    std::set<NodeNumber> counted, asked;
    for (uint32_t place = 0; place < columns.size(); ++place) {
      const MemberColumns::Open open = columns.At(place / 64, day);
      const auto is_in = [&](uint64_t bits) { return (bits >> place % 64 & 1) != 0; };
      const model::Tie tie = columns.ties().At(TieKind::kAffiliation, columns.TieAt(place));
      const bool holds = model::IsFormal(tie) && tie.valid.Holds(day);
      const int32_t status = s->FactAt(tie.from, model::Fact::kPartyStatus, day);
      EXPECT_TRUE(!is_in(open.full) || status == static_cast<int32_t>(model::PartyStatus::kFull));
      EXPECT_TRUE(!is_in(open.probationary) || status == static_cast<int32_t>(model::PartyStatus::kProbationary));
      if (is_in(open.full) || is_in(open.probationary)) {
        EXPECT_TRUE(counted.insert(tie.from).second);
      }
      if (is_in(open.asked)) asked.insert(tie.from);
      EXPECT_EQ(is_in(open.full) + is_in(open.probationary) + is_in(open.asked),
                holds && (is_in(open.asked) || status == static_cast<int32_t>(model::PartyStatus::kFull) ||
                          status == static_cast<int32_t>(model::PartyStatus::kProbationary)));
    }
    for (const NodeNumber person : asked) EXPECT_EQ(counted.count(person), 0u);
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, SeatingPropertyTest, ::testing::Range(0u, 40u));

}  // namespace
}  // namespace jiceng::graph
