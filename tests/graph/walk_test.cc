#include "graph/walk.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/graph/organization_builder.h"

namespace jiceng::graph {
namespace {

using model::Level;
using model::NodeNumber;
using model::TieKind;
using testing::Day;
using testing::Days;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::OrganizationBuilder;

constexpr int32_t kCommittee = 10, kBranch = 40;

// A street with a community and its grid; a committee on the street, a branch on the grid; a person who lives in the
// grid and belongs to the branch.
class WalkTest : public ::testing::Test {
 protected:
  WalkTest() {
    street_ = b_.Unit("320102002", Level::kStreet);
    community_ = b_.Unit("320102002001", Level::kCommunity, street_);
    grid_ = b_.Unit("32010200200101", Level::kGrid, community_);
    committee_ = b_.Org("1", kCommittee, street_);
    branch_ = b_.Org("2", kBranch, grid_, committee_);
    b_.Tie(TieKind::kPartyLine, branch_, committee_, Days("2020-01-01", "2025-01-01"));
    person_ = b_.Person("p");
    b_.Tie(TieKind::kResidence, person_, grid_, Days("2021-01-01"));
    b_.Formal(person_, branch_, Days("2022-01-01"));
  }
  OrganizationBuilder b_;
  NodeNumber street_, community_, grid_, committee_, branch_, person_;
};

TEST_F(WalkTest, NodeIsUnderItself) {
  const auto s = b_.Build();
  for (const NodeNumber node : {street_, branch_, person_}) {
    EXPECT_TRUE(IsUnder(*s, node, node, Day("2024-01-01")));
    EXPECT_THAT(Path(*s, node, node, Day("2024-01-01"), std::nullopt), ElementsAre(node));
  }
}

TEST_F(WalkTest, EveryKindOfNodeHasItsWay) {
  const auto s = b_.Build();
  const base::Date day = Day("2024-01-01");
  EXPECT_THAT(Path(*s, grid_, street_, day, std::nullopt), ElementsAre(grid_, community_, street_));
  EXPECT_THAT(Path(*s, branch_, street_, day, std::nullopt), ElementsAre(branch_, grid_, community_, street_));
  EXPECT_THAT(Path(*s, branch_, committee_, day, std::nullopt), ElementsAre(branch_, committee_));
  EXPECT_THAT(Path(*s, person_, street_, day, std::nullopt), ElementsAre(person_, grid_, community_, street_));
  EXPECT_THAT(Path(*s, person_, committee_, day, std::nullopt), ElementsAre(person_, branch_, committee_));
  EXPECT_TRUE(IsUnder(*s, person_, committee_, day));
}

TEST_F(WalkTest, NothingElseIsUnderAnything) {
  const auto s = b_.Build();
  const base::Date day = Day("2024-01-01");
  EXPECT_FALSE(IsUnder(*s, street_, grid_, day));
  EXPECT_FALSE(IsUnder(*s, grid_, branch_, day));
  EXPECT_FALSE(IsUnder(*s, branch_, person_, day));
  EXPECT_THAT(Path(*s, grid_, branch_, day, std::nullopt), IsEmpty());
}

TEST_F(WalkTest, TieCountsFromItsFirstDayUntilTheDayItEnds) {
  const auto s = b_.Build();
  EXPECT_FALSE(IsUnder(*s, branch_, committee_, Day("2019-12-31")));
  EXPECT_TRUE(IsUnder(*s, branch_, committee_, Day("2020-01-01")));
  EXPECT_TRUE(IsUnder(*s, branch_, committee_, Day("2024-12-31")));
  EXPECT_FALSE(IsUnder(*s, branch_, committee_, Day("2025-01-01")));
}

// Commits refuse cycles; the bytes of a damaged base can hold any.  Without a bound on all steps together this takes
// 2^64 of them.
TEST_F(WalkTest, CyclesOfADamagedBaseEnd) {
  const NodeNumber a = b_.Org("11", kCommittee), c = b_.Org("12", kCommittee), d = b_.Org("13", kCommittee);
  for (const NodeNumber from : {a, c, d}) {
    for (const NodeNumber to : {a, c, d}) {
      if (from != to) b_.Tie(TieKind::kPartyLine, from, to);
    }
  }
  const auto snapshot = b_.Build();
  EXPECT_FALSE(IsUnder(*snapshot, a, committee_, Day("2023-01-01")));
  EXPECT_TRUE(IsUnder(*snapshot, a, d, Day("2023-01-01")));
  EXPECT_THAT(Path(*snapshot, a, committee_, Day("2023-01-01"), std::nullopt), IsEmpty());
}

TEST_F(WalkTest, OnlyFormalAffiliationLeadsUp) {
  const NodeNumber other = b_.Person("q");
  b_.Tie(TieKind::kAffiliation, other, branch_, {}, 0, static_cast<uint8_t>(model::AffiliationManner::kTemporary));
  const auto s = b_.Build();
  EXPECT_FALSE(IsUnder(*s, other, branch_, Day("2024-01-01")));
  EXPECT_FALSE(IsUnder(*s, person_, branch_, Day("2021-12-31")));
  EXPECT_TRUE(IsUnder(*s, person_, branch_, Day("2022-01-01")));
}

TEST_F(WalkTest, OfSeveralPathsTheBytewiseSmallestIsGiven) {
  const NodeNumber first = b_.Unit("1", Level::kCommunity, street_), tenth = b_.Unit("10", Level::kCommunity, street_);
  const NodeNumber person = b_.Person("r");
  b_.Tie(TieKind::kResidence, person, tenth);
  b_.Tie(TieKind::kResidence, person, first);
  const auto s = b_.Build();
  EXPECT_THAT(Path(*s, person, street_, Day("2024-01-01"), std::nullopt), ElementsAre(person, first, street_));
}

TEST_F(WalkTest, ViaOneKindOfTieOnly) {
  const auto s = b_.Build();
  EXPECT_THAT(Path(*s, branch_, committee_, Day("2024-01-01"), TieKind::kPartyLine), ElementsAre(branch_, committee_));
  EXPECT_THAT(Path(*s, branch_, committee_, Day("2024-01-01"), TieKind::kAdminLine), IsEmpty());
}

TEST_F(WalkTest, BelowOnPartyLineListsEachOnce) {
  const NodeNumber middle = b_.Org("3", kCommittee), leaf = b_.Org("4", kBranch);
  b_.Tie(TieKind::kPartyLine, middle, committee_);
  b_.Tie(TieKind::kPartyLine, leaf, middle);
  b_.Tie(TieKind::kPartyLine, leaf, committee_);  // two superiors on one day are a finding, not an error
  const auto s = b_.Build();
  EXPECT_THAT(BelowOnPartyLine(*s, committee_, Day("2024-01-01")),
              ::testing::UnorderedElementsAre(committee_, branch_, middle, leaf));
  EXPECT_THAT(BelowOnPartyLine(*s, leaf, Day("2024-01-01")), ElementsAre(leaf));
}

}  // namespace
}  // namespace jiceng::graph
