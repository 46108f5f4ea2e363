#include "rules/member_count.h"

#include <algorithm>
#include <memory>
#include <utility>
#include <vector>

#include "base/sorted.h"
#include "graph/member_runs.h"
#include "graph/seating.h"
#include "rules/day.h"
#include "rules/members_by_body.h"
#include "rules/open_ties.h"
#include "rules/scope.h"

namespace jiceng::rules {
namespace {

using model::NodeKind;
using model::NodeNumber;
using model::TieKind;
using Range = graph::MemberRuns::Range;

class Counting {
 public:
  Counting(const Day& day, const model::Catalogue& catalogue, NodeNumber root)
      : day_(day),
        snapshot_(day.snapshot()),
        catalogue_(catalogue),
        root_(root),
        affiliations_(day.snapshot(), TieKind::kAffiliation, day.date()),
        members_(day.snapshot(), day.date()) {}

  MemberCount Run() {
    CountUnits();
    CountBodies();
    uint64_t size = 0;
    for (const auto& [first, last] : ranges_) size += last - first;
    if (members_.Pays(size)) {
      CountByBody();
    } else {
      CountOneByOne();
    }
    return count_;
  }

 private:
  bool IsBranch(int32_t kind) const {
    const model::OrgKind* record = catalogue_.FindOrgKind(kind);
    return record != nullptr && record->branch;
  }

  void CountUnits() {
    const graph::Territory& territory = day_.territory();
    if (root_.kind() != NodeKind::kUnit || !territory.Exists(root_.ordinal())) return;
    const uint32_t first = territory.Enter(root_.ordinal()), last = territory.Leave(root_.ordinal());
    count_.units = last - first;
    for (uint32_t i = first; i < last; ++i)
      count_.grids += territory.Level(territory.order()[i]) == model::Level::kGrid ? 1 : 0;
  }

  // What exists, and where the members of the branches are: those of the base in ranges_, all branches in branches_.
  void CountBodies() {
    Scope scope(day_, root_);
    if (root_.kind() == NodeKind::kUnit) {
      // Going from unit to unit and from body to body takes some eight times what finding the bodies takes.
      seating_ = snapshot_.SeatingOn(day_.date(), uint64_t{8} * scope.Size(NodeKind::kUnit));
    }
    if (seating_ != nullptr) {
      const graph::Seating::Range below = seating_->Below(root_.ordinal());
      std::vector<bool> of_branches;
      for (const graph::Seating::Group& group : seating_->groups()) {
        of_branches.push_back(IsBranch(group.kind));
        if (group.exists) Exist(of_branches.back(), seating_->CountBodies(seating_->PlacesOf(group, below)));
      }
      seating_->MembersIn(snapshot_.base(), of_branches)
          ->ForEach(members_.columns(), *seating_, root_.ordinal(), [&](Range range) { ranges_.push_back(range); });
      return;
    }
    for (const uint32_t org : scope.Nodes(NodeKind::kOrganization)) {
      const NodeNumber body(NodeKind::kOrganization, org);
      const bool branch = IsBranch(day_.OrgKind(body));
      if (branch) branches_.push_back(org);
      if (snapshot_.Exists(body, day_.date())) Exist(branch, 1);
    }
    for (const uint32_t branch : branches_) graph::MemberRuns::Add(members_.columns().PlacesOf(branch), 0, &ranges_);
  }
  void Exist(bool branch, int64_t bodies) {
    count_.organizations += bodies;
    if (branch) count_.branches += bodies;
  }

  // Whether a body is one of the branches.
  bool Counts(NodeNumber body) const {
    if (body.kind() != NodeKind::kOrganization || !snapshot_.In(body)) return false;
    if (root_.kind() != NodeKind::kUnit) return std::binary_search(branches_.begin(), branches_.end(), body.ordinal());
    bool below = false;
    if (IsBranch(day_.OrgKind(body))) {
      snapshot_.ForEachUpper(TieKind::kSeat, body, day_.date(), [&](const graph::Snapshot::Upper& seat) {
        below = below || day_.territory().AtOrBelow(seat.to.ordinal(), root_.ordinal());
      });
    }
    return below;
  }

  void CountPerson(NodeNumber person) {
    const int status = day_.Status(person.ordinal());
    count_.full += status == static_cast<int>(model::PartyStatus::kFull);
    count_.probationary += status == static_cast<int>(model::PartyStatus::kProbationary);
  }

  void CountByBody() {
    MemberSum sum;
    std::vector<uint32_t> asked;
    const std::vector<NodeNumber> changed = members_.Changed();
    for (const auto& [first, last] : ranges_) members_.Add(first, last, &sum, &asked);
    std::vector<NodeNumber> again = members_.PeopleAt(std::move(asked), changed);
    for (const NodeNumber person : changed) {
      members_.ForEachCounted(person, [&](NodeNumber body, bool is_full) {
        if (Counts(body)) --(is_full ? sum.full : sum.probationary);
      });
      bool counts = false;
      affiliations_.ForEachFrom(
          person, [&](const OpenTie& tie) { counts = counts || (model::IsFormal(tie) && Counts(tie.to)); });
      if (counts) again.push_back(person);
    }
    for (const NodeNumber person : again) CountPerson(person);
    count_.full += sum.full;
    count_.probationary += sum.probationary;
  }

  void CountOneByOne() {
    if (seating_ != nullptr) {
      const graph::Seating::Range below = seating_->Below(root_.ordinal());
      for (const graph::Seating::Group& group : seating_->groups()) {
        if (IsBranch(group.kind)) seating_->AppendBodies(seating_->PlacesOf(group, below), &branches_);
      }
    }
    std::vector<NodeNumber> several;  // who may be met again
    const auto add = [&](const OpenTie& tie) {
      if (!model::IsFormal(tie) || !snapshot_.In(tie.from)) return;
      if (affiliations_.MayHaveSeveral(tie.from)) {
        several.push_back(tie.from);
      } else {
        CountPerson(tie.from);
      }
    };
    const uint32_t bodies = snapshot_.Count(NodeKind::kOrganization);
    if (branches_.size() > bodies / 8) {
      std::vector<uint8_t> is_branch(bodies, 0);
      for (const uint32_t branch : branches_) is_branch[branch] = 1;
      affiliations_.ForEach([&](const OpenTie& tie) {
        if (tie.to.ordinal() < is_branch.size() && is_branch[tie.to.ordinal()] != 0) add(tie);
      });
    } else {
      for (const uint32_t branch : branches_) affiliations_.ForEachTo(NodeNumber(NodeKind::kOrganization, branch), add);
    }
    base::SortUnique(&several);
    for (const NodeNumber person : several) CountPerson(person);
  }

  const Day& day_;
  const graph::Snapshot& snapshot_;
  const model::Catalogue& catalogue_;
  const NodeNumber root_;
  const OpenTies affiliations_;
  MembersByBody members_;
  std::shared_ptr<const graph::Seating> seating_;  // of a unit, where there is one
  std::vector<uint32_t> branches_;                 // ascending; with a seating only when they are asked for
  std::vector<Range> ranges_;
  MemberCount count_;
};

}  // namespace

MemberCount CountMembers(const graph::Snapshot& snapshot, const model::Catalogue& catalogue, NodeNumber node,
                         base::Date date) {
  const Day day(snapshot, date);
  return Counting(day, catalogue, node).Run();
}

}  // namespace jiceng::rules
