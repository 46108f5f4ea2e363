// Random organisations, the same for the same seed, and random changes to them.
#ifndef JICENG_TESTS_RULES_RANDOM_TOWN_H_
#define JICENG_TESTS_RULES_RANDOM_TOWN_H_

#include <random>
#include <set>
#include <string>
#include <vector>

#include "tests/graph/organization_builder.h"
#include "tests/rules/frozen_catalogue.h"

namespace jiceng::testing {

// A crowded little town in which every rule finds something.
class RandomTown {
  using Level = model::Level;
  using NodeKind = model::NodeKind;
  using NodeNumber = model::NodeNumber;
  using PartyStatus = model::PartyStatus;
  using TieKind = model::TieKind;

 public:
  explicit RandomTown(uint32_t seed) : random_(seed) {}

  void Fill(OrganizationBuilder* b) {
    std::vector<NodeNumber> streets;
    std::vector<NodeNumber>& communities = communities_;
    const NodeNumber district = Add(b->Unit("320102", Level::kDistrict));
    for (int i = 0; i < 2; ++i) streets.push_back(Add(b->Unit(Id("3201020", i), Level::kStreet, district)));
    for (int i = 0; i < 4; ++i)
      communities.push_back(Add(b->Unit(Id("32010200", i), Level::kCommunity, streets[Below(2)])));
    for (int i = 0; i < 8; ++i)
      Add(b->Unit(Id("g", i), Level::kGrid, communities[Below(4)], Below(6) == 0 ? Some() : base::Validity{}));
    b->Take();
    constexpr int32_t kKinds[] = {kPartyBranch,    kPartyBranch,        kPartyBranch, kGeneralBranch,
                                  kPartyCommittee, kResidentsCommittee, kEmployer};
    for (int i = 0; i < 14; ++i) {
      const NodeNumber parent =
          orgs_.empty() || Below(3) == 0 ? NodeNumber() : orgs_[Below(static_cast<int>(orgs_.size()))];
      const NodeNumber org = b->Org(Id("o", i), kKinds[Below(7)], Below(8) == 0 ? NodeNumber() : Any(units_), parent,
                                    Below(6) == 0 ? Some() : base::Validity{});
      if (parent && Below(2) == 0) b->Tie(TieKind::kPartyLine, org, parent, Some());
      if (Below(6) == 0) Once(b, TieKind::kSeat, org, Any(units_), Some());
      if (Below(5) == 0)
        b->Term({org, 1, Some().from, Below(5), Below(2) == 0 ? Some().from : base::Date::Forever(),
                 base::Date::Forever(), false});
      orgs_.push_back(org);
    }
    for (int round = 0; round < 4; ++round) {
      b->Take();
      for (int i = 0; i < 25; ++i)
        people_.push_back(b->Person(Id("p", static_cast<int>(people_.size())),
                                    static_cast<PartyStatus>(Below(4) == 0 ? Below(3) : 2), Below(2) == 0));
      for (int i = 0; i < 15; ++i)
        b->Fact(Any(people_), Below(3) == 0 ? model::Fact::kInService : model::Fact::kPartyStatus, Some(), Below(3));
      for (int i = 0; i < 60; ++i)
        Once(b, TieKind::kAffiliation, Any(people_), orgs_[Below(5)], Some(), 0,
             static_cast<uint8_t>(Below(4) == 0 ? 2 : 1));
      for (int i = 0; i < 30; ++i) Once(b, TieKind::kResidence, Any(people_), Any(units_), Some());
      for (int i = 0; i < 30; ++i)
        Once(b, TieKind::kReport, Below(5) == 0 ? Any(orgs_) : Any(people_), Any(communities), Some());
      constexpr Post kPosts[] = {kSecretary, kDeputySecretary, kCommitteeMember, kDirector};
      for (int i = 0; i < 20; ++i)
        Once(b, TieKind::kAppointment, Any(people_), orgs_[Below(8)], Some(), kPosts[Below(4)], 1);
      for (int i = 0; i < 3; ++i) Once(b, TieKind::kAppointment, Any(people_), Any(units_), Some(), kGridHead, 2);
      for (int i = 0; i < 8; ++i) Recuse(b);
      for (int i = 0; i < 20; ++i) SayOfAPerson(b);
    }
    for (const NodeNumber unit : units_) {
      if (Below(3) != 0) b->Fact(unit, model::Fact::kHouseholds, {}, 200 + Below(400));
    }
    // Terms that follow each other, extended now and then.
    for (int i = 0; i < 6; ++i) {
      const base::Date first = Day("2016-01-01").AddDays(Below(1500));
      const NodeNumber org = Any(orgs_);
      for (int n = 2; n < 4; ++n) {
        const base::Date elected = n == 2 ? first : first.AddYears(3).AddDays(Below(1200) - 600);
        b->Term({org, n, elected, 3, base::Date::Forever(),
                 Below(2) == 0 ? elected.AddYears(3).AddDays(Below(700)) : base::Date::Forever(), false});
      }
    }
    b->Take();
  }

  // One more batch: a few rows of the sorts that small commits have.  About one in twelve changes the territory.
  void Change(OrganizationBuilder* b) {
    for (int rows = 1 + Below(3); rows > 0; --rows) ChangeOne(b);
    b->Take();
  }

 private:
  void ChangeOne(OrganizationBuilder* b) {
    switch (Below(14)) {
      case 0:
        people_.push_back(
            b->Person(Id("p", static_cast<int>(people_.size())), static_cast<PartyStatus>(Below(3)), Below(2) == 0));
        [[fallthrough]];
      case 1:
        return Put(b, {TieKind::kAffiliation, 0, people_.back(), orgs_[Below(5)], Some().from}, 1);
      case 2:
        return b->Fact(Any(people_), Below(3) == 0 ? model::Fact::kInService : model::Fact::kPartyStatus, Some(),
                       Below(3));
      case 3:
        return Put(b, {TieKind::kReport, 0, Any(people_), Any(communities_), Some().from}, 0);
      case 4:
        return Put(b, {TieKind::kResidence, 0, Any(people_), Any(units_), Some().from}, 0);
      case 5:
        return Put(b,
                   {TieKind::kAppointment, Below(2) == 0 ? kSecretary : kCommitteeMember, Any(people_), orgs_[Below(8)],
                    Some().from},
                   1);
      case 6: {  // an old tie corrected, ended or taken back
        model::TieKey key = *std::next(keys_.begin(), Below(static_cast<int>(keys_.size())));
        const uint8_t manner = key.kind == TieKind::kAffiliation || key.kind == TieKind::kAppointment ? 1 : 0;
        return b->Tie(key.kind, key.from, key.to, {key.since, End(key.since)}, key.role, manner, Below(3) == 0);
      }
      case 7:
        return b->Fact(Any(orgs_), model::Fact::kOrgKind, Some(), Below(2) == 0 ? kPartyBranch : kEmployer);
      case 8:
        return Put(b, {TieKind::kSeat, 0, Any(orgs_), Any(units_), Some().from}, 0);
      case 9:
        return b->Term(
            {Any(orgs_), Below(3), Some().from, Below(5), base::Date::Forever(), base::Date::Forever(), Below(5) == 0});
      case 10: {
        model::NodeRow row;
        row.node = Below(2) == 0 ? Any(people_) : Any(orgs_);
        row.action = Below(3) == 0 ? model::NodeRow::kWithdraw : model::NodeRow::kLifetime;
        row.life = row.node.kind() == NodeKind::kPerson ? base::Validity{} : Some();
        return b->Node(row);
      }
      case 12:
        return Recuse(b);
      case 13:
        return SayOfAPerson(b);
      case 11:
        if (Below(3) != 0) return b->Fact(Any(units_), model::Fact::kHouseholds, Some(), Below(900));
        if (Below(2) == 0) {
          Add(b->Unit(Id("n", static_cast<int>(units_.size())), Level::kGrid, Any(communities_)));
          return;
        }
        model::NodeRow row;
        row.node = Any(units_);
        row.action = model::NodeRow::kLifetime;
        row.life = Some();
        return b->Node(row);
    }
  }
  // Symmetric: kept with the smaller number first.
  void Recuse(OrganizationBuilder* b) {
    NodeNumber one = Any(people_), other = Any(people_);
    if (other < one) std::swap(one, other);
    if (one != other) Once(b, TieKind::kRecusal, one, other, Some());
  }
  void SayOfAPerson(OrganizationBuilder* b) {
    const NodeNumber person = Any(people_);
    if (Below(2) == 0) return b->Fact(person, model::Fact::kSex, {}, 1 + Below(2));
    const base::PartialDate joined{Day("2019-01-01").AddDays(Below(1500)), base::PartialDate::kDay};
    b->Fact(person, model::Fact::kJoinedOn, {}, joined.Pack());
  }
  void Put(OrganizationBuilder* b, model::TieKey key, uint8_t manner) {
    keys_.insert(key);
    b->Tie(key.kind, key.from, key.to, {key.since, End(key.since)}, key.role, manner);
  }
  base::Date End(base::Date from) {
    return Below(2) == 0 ? base::Date::Forever()
                         : (from.IsFinite() ? from : Day("2018-01-01")).AddDays(1 + Below(1500));
  }

  std::string Id(const char* head, int i) { return head + std::to_string(i); }
  int Below(int n) { return static_cast<int>(random_() % static_cast<uint32_t>(n)); }
  NodeNumber Any(const std::vector<NodeNumber>& nodes) { return nodes[random_() % nodes.size()]; }
  NodeNumber Add(NodeNumber unit) {
    units_.push_back(unit);
    return unit;
  }
  base::Validity Some() {
    base::Validity valid{Below(6) == 0 ? base::Date::Beginning() : Day("2018-01-01").AddDays(Below(2300)),
                         base::Date::Forever()};
    if (Below(3) == 0) valid.to = (valid.from.IsFinite() ? valid.from : Day("2018-01-01")).AddDays(1 + Below(1500));
    return valid;
  }
  void Once(OrganizationBuilder* b, TieKind kind, NodeNumber from, NodeNumber to, base::Validity valid,
            uint8_t role = 0, uint8_t manner = 0) {
    if (keys_.insert({kind, role, from, to, valid.from}).second) b->Tie(kind, from, to, valid, role, manner);
  }

  std::mt19937 random_;
  std::vector<NodeNumber> units_, communities_, orgs_, people_;
  std::set<model::TieKey> keys_;
};

}  // namespace jiceng::testing

#endif  // JICENG_TESTS_RULES_RANDOM_TOWN_H_
