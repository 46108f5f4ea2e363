#include "access/actor.h"

#include <memory>
#include <string>
#include <vector>

#include "base/status.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace jiceng::access {
namespace {

using base::Date;
using model::NodeKind;
using model::NodeNumber;
using model::Tie;
using model::TieKind;
using testing::ElementsAre;
using testing::IsEmpty;

const Date kToday = Date::FromCivil(2026, 6, 1).value();
const Date kMoved = Date::FromCivil(2026, 1, 1).value();

// Two streets of one district; community 3 moved from street 1 to street 2 at the beginning of 2026.  A committee on
// street 2 with a branch on community 3 below it; a member of that branch who lives in community 3, and one whose home
// is not known.
struct Place {
  NodeNumber district{NodeKind::kUnit, 0}, street1{NodeKind::kUnit, 1}, street2{NodeKind::kUnit, 2},
      community{NodeKind::kUnit, 3};
  NodeNumber committee{NodeKind::kOrganization, 0}, branch{NodeKind::kOrganization, 1};
  NodeNumber resident{NodeKind::kPerson, 0}, stranger{NodeKind::kPerson, 1};
  std::shared_ptr<const graph::Snapshot> snapshot;

  Place() {
    model::Batch batch;
    const std::pair<NodeNumber, const char*> nodes[] = {
        {district, "320102"}, {street1, "320102001"}, {street2, "320102002"}, {community, "320102001003"},
        {committee, "c"},     {branch, "b"},          {resident, "r"},        {stranger, "s"}};
    for (const auto& [node, id] : nodes) {
      model::NodeRow row;
      row.node = node;
      batch.nodes.push_back(row);
      batch.identities.push_back({node, id, id});
    }
    const auto tie = [&](TieKind kind, NodeNumber from, NodeNumber to, base::Validity valid, uint8_t manner) {
      Tie t;
      t.kind = kind;
      t.from = from;
      t.to = to;
      t.valid = valid;
      t.manner = manner;
      t.number = static_cast<uint32_t>(batch.ties.size() + 1);
      batch.ties.push_back(t);
    };
    const auto formal = static_cast<uint8_t>(model::AffiliationManner::kFormal);
    tie(TieKind::kTerritory, street1, district, {}, 0);
    tie(TieKind::kTerritory, street2, district, {}, 0);
    tie(TieKind::kTerritory, community, street1, {Date::Beginning(), kMoved}, 0);
    tie(TieKind::kTerritory, community, street2, {kMoved, Date::Forever()}, 0);
    tie(TieKind::kPartyLine, branch, committee, {}, 0);
    tie(TieKind::kSeat, committee, street2, {}, 0);
    tie(TieKind::kSeat, branch, community, {}, 0);
    tie(TieKind::kAffiliation, resident, branch, {}, formal);
    tie(TieKind::kAffiliation, stranger, branch, {}, formal);
    tie(TieKind::kResidence, resident, community, {}, 0);
    snapshot = graph::Snapshot::Empty()->With(batch);
  }
};

TEST(Actor, IsNamedAndBoundToAUnitOrAnOrganisation) {
  EXPECT_TRUE(Actor::Create("街道组织科", "unit:320102002").ok());
  EXPECT_EQ(base::ErrorReason(Actor::Create("x", "street two").status()), "BAD_NODE");
  EXPECT_EQ(base::ErrorReason(Actor::Create("x", "person:r").status()), "BAD_NODE");
  EXPECT_EQ(base::ErrorReason(Actor::Create("", "unit:1").status()), "BAD_NAME");
  EXPECT_EQ(base::ErrorReason(Actor::Create("a\nb", "unit:1").status()), "BAD_NAME");
}

TEST(MaySee, WhatLiesAtOrBelowTheScopeAndNothingElse) {
  const Place place;
  const Actor actor = Actor::Create("clerk", "unit:320102002").value();
  EXPECT_TRUE(MaySee(*place.snapshot, actor, place.street2, kToday));
  EXPECT_TRUE(MaySee(*place.snapshot, actor, place.community, kToday));
  EXPECT_TRUE(MaySee(*place.snapshot, actor, place.branch, kToday));
  EXPECT_TRUE(MaySee(*place.snapshot, actor, place.resident, kToday));
  EXPECT_FALSE(MaySee(*place.snapshot, actor, place.stranger, kToday));
  EXPECT_FALSE(MaySee(*place.snapshot, actor, place.street1, kToday));
  EXPECT_FALSE(MaySee(*place.snapshot, actor, place.district, kToday));
}

TEST(MaySee, FollowsTheStructureOfTheDayAskedFor) {
  const Place place;
  const Actor actor = Actor::Create("clerk", "unit:320102001").value();
  EXPECT_TRUE(MaySee(*place.snapshot, actor, place.community, kMoved.AddDays(-1)));
  EXPECT_FALSE(MaySee(*place.snapshot, actor, place.community, kMoved));
}

TEST(MaySee, BelowAnOrganisationItIsThePartyLine) {
  const Place place;
  const Actor actor = Actor::Create("clerk", "org:c").value();
  EXPECT_TRUE(MaySee(*place.snapshot, actor, place.branch, kToday));
  EXPECT_TRUE(MaySee(*place.snapshot, actor, place.stranger, kToday));
  EXPECT_FALSE(MaySee(*place.snapshot, actor, place.community, kToday));
}

TEST(MaySee, NothingForAScopeOrANodeThatIsNotThere) {
  const Place place;
  EXPECT_FALSE(MaySee(*place.snapshot, Actor::Create("clerk", "unit:999999").value(), place.district, kToday));
  EXPECT_FALSE(
      MaySee(*place.snapshot, Actor::Create("clerk", "unit:320102").value(), NodeNumber(NodeKind::kUnit, 99), kToday));
  EXPECT_FALSE(MaySee(*place.snapshot, Actor::Create("clerk", "unit:320102").value(), NodeNumber(), kToday));
}

TEST(WhyMaySee, IsTheWayUpToTheScope) {
  const Place place;
  const Actor actor = Actor::Create("clerk", "unit:320102").value();
  EXPECT_THAT(WhyMaySee(*place.snapshot, actor, place.branch, kToday),
              ElementsAre(place.branch, place.community, place.street2, place.district));
  EXPECT_THAT(WhyMaySee(*place.snapshot, actor, place.stranger, kToday), IsEmpty());
  EXPECT_THAT(WhyMaySee(*place.snapshot, actor, place.district, kToday), ElementsAre(place.district));
}

TEST(EffectiveRoot, WithoutAnActorIsWhatWasAskedFor) {
  const Place place;
  EXPECT_EQ(EffectiveRoot(*place.snapshot, nullptr, std::nullopt, kToday).value(), std::nullopt);
  EXPECT_EQ(EffectiveRoot(*place.snapshot, nullptr, place.street1, kToday).value(), place.street1);
}

TEST(EffectiveRoot, IsTheScopeWhereNothingWasAskedFor) {
  const Place place;
  const Actor actor = Actor::Create("clerk", "unit:320102002").value();
  EXPECT_EQ(EffectiveRoot(*place.snapshot, &actor, std::nullopt, kToday).value(), place.street2);
  EXPECT_EQ(EffectiveRoot(*place.snapshot, &actor, place.community, kToday).value(), place.community);
}

TEST(EffectiveRoot, RefusesWhatLiesOutsideTheScope) {
  const Place place;
  const Actor actor = Actor::Create("clerk", "unit:320102002").value();
  for (NodeNumber node : {place.district, place.street1, place.stranger}) {
    const absl::Status status = EffectiveRoot(*place.snapshot, &actor, node, kToday).status();
    EXPECT_EQ(status.code(), absl::StatusCode::kPermissionDenied);
    EXPECT_EQ(base::ErrorReason(status), "OUT_OF_SCOPE");
  }
  const Actor lost = Actor::Create("clerk", "unit:999999").value();
  EXPECT_EQ(base::ErrorReason(EffectiveRoot(*place.snapshot, &lost, std::nullopt, kToday).status()), "OUT_OF_SCOPE");
}

}  // namespace
}  // namespace jiceng::access
