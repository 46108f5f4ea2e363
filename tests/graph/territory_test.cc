#include "graph/territory.h"

#include <gtest/gtest.h>

#include "tests/graph/organization_builder.h"

namespace jiceng::graph {
namespace {

using model::Level;
using model::NodeNumber;
using testing::Day;
using testing::Days;
using testing::OrganizationBuilder;

TEST(TerritoryTest, AtOrBelowFollowsTheParents) {
  OrganizationBuilder b;
  const NodeNumber city = b.Unit("3201", Level::kCity);
  const NodeNumber street_a = b.Unit("320102002", Level::kStreet, city),
                   street_b = b.Unit("320102003", Level::kStreet, city);
  const NodeNumber community = b.Unit("320102002001", Level::kCommunity, street_b);  // by its parent, not by its code
  const auto s = b.Build();
  const auto t = s->TerritoryOn(Day("2024-01-01"));
  EXPECT_TRUE(t->AtOrBelow(community.ordinal(), street_b.ordinal()));
  EXPECT_FALSE(t->AtOrBelow(community.ordinal(), street_a.ordinal()));
  EXPECT_TRUE(t->AtOrBelow(community.ordinal(), city.ordinal()));
  EXPECT_TRUE(t->AtOrBelow(city.ordinal(), city.ordinal()));
  EXPECT_FALSE(t->AtOrBelow(city.ordinal(), community.ordinal()));
  EXPECT_EQ(t->order().size(), 4u);
  EXPECT_EQ(t->Leave(street_b.ordinal()) - t->Enter(street_b.ordinal()), 2u);
}

TEST(TerritoryTest, CommunityIsTheUnitItselfOrTheNearestAbove) {
  OrganizationBuilder b;
  const NodeNumber city = b.Unit("4419", Level::kCity);
  const NodeNumber community = b.Unit("441900003001", Level::kCommunity, city);  // 东莞 has no districts
  const NodeNumber grid = b.Unit("44190000300101", Level::kGrid, community);
  const NodeNumber micro = b.Unit("m", Level::kMicroGrid, grid);
  const auto s = b.Build();
  const auto t = s->TerritoryOn(Day("2024-01-01"));
  EXPECT_EQ(t->Community(community.ordinal()), community.ordinal());
  EXPECT_EQ(t->Community(micro.ordinal()), community.ordinal());
  EXPECT_EQ(t->Community(city.ordinal()), Territory::kNone);
}

TEST(TerritoryTest, MoveAndClosureTakeEffectOnTheirDay) {
  OrganizationBuilder b;
  const NodeNumber a = b.Unit("a", Level::kStreet), c = b.Unit("c", Level::kStreet, {}, Days("", "2025-01-01"));
  const NodeNumber unit = b.Unit("u", Level::kCommunity);
  b.Tie(model::TieKind::kTerritory, unit, a, Days("", "2024-06-01"));
  b.Tie(model::TieKind::kTerritory, unit, c, Days("2024-06-01"));
  const auto s = b.Build();
  EXPECT_EQ(s->TerritoryOn(Day("2024-05-31"))->Parent(unit.ordinal()), a.ordinal());
  EXPECT_EQ(s->TerritoryOn(Day("2024-06-01"))->Parent(unit.ordinal()), c.ordinal());
  const auto later = s->TerritoryOn(Day("2025-01-01"));
  EXPECT_FALSE(later->Exists(c.ordinal()));
  EXPECT_EQ(later->Parent(unit.ordinal()), Territory::kNone);
  EXPECT_EQ(later->Community(c.ordinal()), Territory::kNone);
}

}  // namespace
}  // namespace jiceng::graph
