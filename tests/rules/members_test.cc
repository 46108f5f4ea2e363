// Members, officers and people with posts across bodies, against what the ties say one by one.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "graph/walk.h"
#include "rules/indicators.h"
#include "rules/lists.h"
#include "rules/member_count.h"
#include "tests/rules/auditing.h"
#include "tests/rules/random_town.h"

namespace jiceng::testing {
namespace {

using model::NodeKind;
using model::NodeNumber;
using model::Tie;
using model::TieKind;

std::vector<NodeNumber> All(const graph::Snapshot& s, NodeKind kind) {
  std::vector<NodeNumber> nodes;
  for (uint32_t i = 0; i < s.Count(kind); ++i) nodes.emplace_back(kind, i);
  return nodes;
}

int32_t KindOf(const graph::Snapshot& s, NodeNumber org, base::Date day) {
  return s.FactAt(org, model::Fact::kOrgKind, day);
}

// As graph::IsUnder, but that a unit which does not exist has nothing below it, as in lists and counts (a store has no tie
// to such a unit; the town has).
bool IsBelow(const graph::Snapshot& s, NodeNumber node, NodeNumber root, base::Date day) {
  if (root.kind() != NodeKind::kUnit || node == root) return graph::IsUnder(s, node, root, day);
  const auto territory = s.TerritoryOn(day);
  if (node.kind() == NodeKind::kUnit) return territory->AtOrBelow(node.ordinal(), root.ordinal());
  bool below = false;
  s.ForEachOpenFrom(TieKind::kSeat, node, day,
                    [&](const Tie& seat) { below = below || territory->AtOrBelow(seat.to.ordinal(), root.ordinal()); });
  return below;
}

std::string Members(const rules::MemberCount& count) {
  std::string text;
  for (const int64_t n :
       {count.full, count.probationary, count.units, count.organizations, count.branches, count.grids})
    text += std::to_string(n) + " ";
  return text;
}

// Tie by tie and node by node.
std::string MembersByWords(const graph::Snapshot& s, NodeNumber root, base::Date day) {
  rules::MemberCount count;
  std::set<NodeNumber> people;
  for (const NodeNumber unit : All(s, NodeKind::kUnit)) {
    if (!s.Exists(unit, day) || !IsBelow(s, unit, root, day)) continue;
    ++count.units;
    count.grids += s.FactAt(unit, model::Fact::kLevel, day) == static_cast<int32_t>(model::Level::kGrid) ? 1 : 0;
  }
  for (const NodeNumber org : All(s, NodeKind::kOrganization)) {
    if (!IsBelow(s, org, root, day)) continue;
    const model::OrgKind* kind = FrozenModel().FindOrgKind(KindOf(s, org, day));
    const bool branch = kind != nullptr && kind->branch;
    if (s.Exists(org, day)) {
      ++count.organizations;
      count.branches += branch ? 1 : 0;
    }
    if (!branch) continue;
    s.ForEachTie(TieKind::kAffiliation, [&](const Tie& tie) {
      if (tie.to == org && model::IsFormal(tie) && tie.valid.Holds(day)) people.insert(tie.from);
    });
  }
  for (const NodeNumber person : people) {
    const int32_t status = s.FactAt(person, model::Fact::kPartyStatus, day);
    count.full += status == static_cast<int32_t>(model::PartyStatus::kFull) ? 1 : 0;
    count.probationary += status == static_cast<int32_t>(model::PartyStatus::kProbationary) ? 1 : 0;
  }
  return Members(count);
}

using OfficerLine = std::tuple<NodeNumber, NodeNumber, base::Date, uint8_t>;

class MembersPropertyTest : public ::testing::TestWithParam<uint32_t> {
 protected:
  void Check(const graph::Snapshot& s, base::Date day, const std::string& where) {
    std::map<NodeNumber, int64_t> full;
    for (const NodeKind kind : {NodeKind::kUnit, NodeKind::kOrganization, NodeKind::kPerson}) {
      for (const NodeNumber root : All(s, kind)) {
        if (kind == NodeKind::kPerson && root.ordinal() > 3) continue;
        EXPECT_EQ(Members(rules::CountMembers(s, FrozenModel(), root, day)), MembersByWords(s, root, day))
            << s.Text(root) << where;
        if (kind != NodeKind::kPerson) CheckOfficers(s, root, day, where);
        if (kind == NodeKind::kUnit) CheckCross(s, root, day, where);
      }
    }
    CheckOfficers(s, {}, day, where);
    CheckRollup(s, day, where);
  }

  void CheckOfficers(const graph::Snapshot& s, rules::Root root, base::Date day, const std::string& at) {
    rules::PostClass grids, branches, residents;
    grids.level = model::Level::kGrid;
    branches.org_kind = kPartyBranch;
    residents.org_kind = kResidentsCommittee;
    const std::optional<rules::PostClass> classes[] = {std::nullopt, grids, branches, residents};
    for (const uint8_t role : {kSecretary, kGridHead}) {
      for (const auto& where : classes) {
        std::multiset<OfficerLine> expected, found;
        s.ForEachTie(TieKind::kAppointment, [&](const Tie& tie) {
          if (tie.role != role || !tie.valid.Holds(day)) return;
          if (root.has_value() && !IsBelow(s, tie.to, *root, day)) return;
          const bool unit = tie.to.kind() == NodeKind::kUnit;
          if (where.has_value() && where->level != model::Level::kNone &&
              !(unit && s.FactAt(tie.to, model::Fact::kLevel, day) == static_cast<int32_t>(where->level)))
            return;
          if (where.has_value() && where->level == model::Level::kNone &&
              (unit || KindOf(s, tie.to, day) != where->org_kind))
            return;
          expected.emplace(tie.from, tie.to, tie.valid.from, tie.manner);
        });
        for (const rules::Officer& row : rules::Officers(s, root, role, day, where))
          found.emplace(row.person, row.body, row.from, row.manner);
        EXPECT_EQ(found, expected) << (root ? s.Text(*root) : "everything") << at;
      }
    }
  }

  void CheckCross(const graph::Snapshot& s, NodeNumber root, base::Date day, const std::string& at) {
    const auto territory = s.TerritoryOn(day);
    std::map<std::pair<NodeNumber, NodeNumber>, std::set<int32_t>> kinds;
    s.ForEachTie(TieKind::kAppointment, [&](const Tie& post) {
      if (!post.valid.Holds(day) || post.to.kind() != NodeKind::kOrganization) return;
      s.ForEachTie(TieKind::kSeat, [&](const Tie& seat) {
        if (seat.from != post.to || !seat.valid.Holds(day)) return;
        const uint32_t community = territory->Community(seat.to.ordinal());
        if (community != graph::Territory::kNone && territory->AtOrBelow(community, root.ordinal()))
          kinds[{post.from, NodeNumber(NodeKind::kUnit, community)}].insert(KindOf(s, post.to, day));
      });
    });
    std::map<std::pair<NodeNumber, NodeNumber>, std::set<int32_t>> expected, found;
    for (const auto& [who, of] : kinds) {
      if (of.size() > 1) expected[who] = of;
    }
    for (const auto& row : rules::CrossAppointments(s, FrozenModel(), root, day))
      found[{row.person, row.community}] = std::set<int32_t>(row.kinds.begin(), row.kinds.end());
    EXPECT_EQ(found, expected) << s.Text(root) << at;
  }

  void CheckRollup(const graph::Snapshot& s, base::Date day, const std::string& at) {
    std::map<NodeNumber, std::set<NodeNumber>> full;
    const auto territory = s.TerritoryOn(day);
    s.ForEachTie(TieKind::kAffiliation, [&](const Tie& tie) {
      if (!model::IsFormal(tie) || !tie.valid.Holds(day) || !FrozenModel().IsParty(KindOf(s, tie.to, day))) return;
      if (s.FactAt(tie.from, model::Fact::kPartyStatus, day) != static_cast<int32_t>(model::PartyStatus::kFull)) return;
      s.ForEachOpenFrom(TieKind::kSeat, tie.to, day, [&](const Tie& seat) {
        for (const NodeNumber unit : All(s, NodeKind::kUnit)) {
          if (territory->AtOrBelow(seat.to.ordinal(), unit.ordinal())) full[unit].insert(tie.from);
        }
      });
    });
    std::map<NodeNumber, int64_t> expected, found;
    for (const auto& [unit, people] : full) expected[unit] = static_cast<int64_t>(people.size());
    for (const auto& row : rules::Rollup(s, FrozenModel(), *rules::FindIndicator("members.full"), day, {}))
      found[row.node] = row.numerator;
    EXPECT_EQ(found, expected) << at;
  }
};

// Theorem: what is answered from columns, ranges and what is kept is what the ties say, whatever lies in the base, in the
// delta, or has been asked before.
TEST_P(MembersPropertyTest, AgreeWithTheTies) {
  OrganizationBuilder b;
  RandomTown town(GetParam());
  town.Fill(&b);
  const size_t filled = b.batches();
  for (int i = 0; i < 10; ++i) town.Change(&b);
  // All in the base, then commit after commit over it; and some of the town in the delta from the start.
  for (const size_t in_base : {filled, filled - 1, size_t{1}}) {
    auto s = b.BuildWithDelta(in_base, filled);
    for (size_t batch = filled; batch <= b.batches(); batch += 1) {
      const bool last = batch == b.batches();
      if (batch == filled || last || batch % 4 == GetParam() % 4) {
        for (const char* on : {"2019-05-01", "2022-06-30", "2031-01-01"})
          Check(*s, Day(on),
                " on " + std::string(on) + ", " + std::to_string(in_base) + " in the base, after " +
                    std::to_string(batch));
      }
      if (!last) s = b.Add(*s, batch);
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, MembersPropertyTest, ::testing::Range(0u, 16u));

// A member counts once wherever seats and affiliations meet, and on the days of each affiliation alone.
TEST(MembersTest, OverlapsAndSeveralSeatsCountOnce) {
  OrganizationBuilder b;
  const NodeNumber city = b.Unit("c", model::Level::kCity), east = b.Unit("e", model::Level::kStreet, city),
                   west = b.Unit("w", model::Level::kStreet, city);
  const NodeNumber one = b.Org("o1", kPartyBranch, east), two = b.Org("o2", kPartyBranch, west);
  b.Tie(TieKind::kSeat, one, west);
  const NodeNumber p = b.Person("p"), q = b.Person("q", model::PartyStatus::kProbationary);
  b.Formal(p, one, Days("2020-01-01", "2022-01-01"));
  b.Formal(p, two, Days("2021-01-01"));
  b.Formal(q, one, Days("2020-01-01", "2021-01-01"));
  b.Formal(q, two, Days("2021-01-01"));
  b.Fact(q, model::Fact::kPartyStatus, Days("2023-01-01"), static_cast<int32_t>(model::PartyStatus::kFull));
  const auto s = b.Build();
  const auto count = [&](NodeNumber node, std::string_view day) {
    const auto found = rules::CountMembers(*s, FrozenModel(), node, Day(day));
    return std::pair(found.full, found.probationary);
  };
  EXPECT_EQ(count(city, "2020-06-01"), std::pair(int64_t{1}, int64_t{1}));
  EXPECT_EQ(count(city, "2021-06-01"), std::pair(int64_t{1}, int64_t{1}));
  EXPECT_EQ(count(east, "2021-06-01"), std::pair(int64_t{1}, int64_t{0}));
  EXPECT_EQ(count(east, "2022-01-01"), std::pair(int64_t{0}, int64_t{0}));
  EXPECT_EQ(count(west, "2023-01-01"), std::pair(int64_t{2}, int64_t{0}));
}

}  // namespace
}  // namespace jiceng::testing
