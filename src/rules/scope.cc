#include "rules/scope.h"

#include <algorithm>
#include <iterator>

#include "base/sorted.h"
#include "graph/seating.h"
#include "graph/walk.h"
#include "rules/open_ties.h"

namespace jiceng::rules {

using model::NodeKind;
using model::NodeNumber;
using model::TieKind;

const std::vector<uint32_t>& Scope::Nodes(NodeKind kind) {
  auto& nodes = nodes_[static_cast<int>(kind)];
  if (!nodes.has_value()) nodes = Find(kind);
  return *nodes;
}

uint32_t Scope::Size(NodeKind kind) {
  if (whole()) return snapshot_.Count(kind);
  if (kind == NodeKind::kUnit && root_->kind() == NodeKind::kUnit) {
    const uint32_t root = root_->ordinal();
    return territory_.Exists(root) ? territory_.Leave(root) - territory_.Enter(root) : 1;
  }
  return static_cast<uint32_t>(Nodes(kind).size());
}

std::vector<uint32_t> Scope::Within(NodeKind kind, std::vector<uint32_t> ordinals) {
  if (whole()) return ordinals;
  const std::vector<uint32_t>& nodes = Nodes(kind);
  std::vector<uint32_t> common;
  std::set_intersection(ordinals.begin(), ordinals.end(), nodes.begin(), nodes.end(), std::back_inserter(common));
  return common;
}

std::vector<uint32_t> Scope::Find(NodeKind kind) {
  std::vector<uint32_t> found;
  const NodeNumber root = *root_;
  if (root.kind() == NodeKind::kUnit) {
    switch (kind) {
      case NodeKind::kUnit:
        if (territory_.Exists(root.ordinal())) {
          const auto first = territory_.order().begin();
          found.assign(first + territory_.Enter(root.ordinal()), first + territory_.Leave(root.ordinal()));
        } else {
          found.push_back(root.ordinal());  // a node is under itself, existing or not
        }
        break;
      case NodeKind::kOrganization:
        if (const auto seating = Seating()) {
          seating->AppendBodies(seating->Below(root.ordinal()), &found);
          break;
        }
        return FindByTie(kind, TieKind::kSeat, NodeKind::kUnit);
      case NodeKind::kPerson:
        return FindByTie(kind, TieKind::kResidence, NodeKind::kUnit);
      case NodeKind::kNone:
        break;
    }
  } else if (root.kind() == NodeKind::kOrganization) {
    if (kind == NodeKind::kOrganization) {
      for (const NodeNumber org : graph::BelowOnPartyLine(snapshot_, root, date_)) found.push_back(org.ordinal());
    } else if (kind == NodeKind::kPerson) {
      return FindByTie(kind, TieKind::kAffiliation, NodeKind::kOrganization);
    }
  } else if (kind == root.kind()) {
    found.push_back(root.ordinal());
  }
  if (!std::is_sorted(found.begin(), found.end())) std::sort(found.begin(), found.end());
  return found;
}

std::shared_ptr<const graph::Seating> Scope::Seating() {
  if (whole() || root_->kind() != NodeKind::kUnit) return nullptr;
  return snapshot_.SeatingOn(date_, Size(NodeKind::kUnit));
}

std::vector<uint32_t> Scope::Organizations(int32_t kind) {
  std::vector<uint32_t> found;
  if (const auto seating = Seating()) {
    const graph::Seating::Range below = seating->Below(root_->ordinal());
    for (const graph::Seating::Group& group : seating->groups()) {
      if (group.kind == kind) seating->AppendBodies(seating->PlacesOf(group, below), &found);
    }
    return found;
  }
  for (const uint32_t org : Nodes(NodeKind::kOrganization)) {
    if (snapshot_.FactAt(NodeNumber(NodeKind::kOrganization, org), model::Fact::kOrgKind, date_) == kind)
      found.push_back(org);
  }
  return found;
}

std::vector<uint32_t> Scope::FindByTie(NodeKind kind, TieKind tie_kind, NodeKind to_kind) {
  const OpenTies ties(snapshot_, tie_kind, date_);
  const auto counts = [&](const OpenTie& tie) { return tie_kind != TieKind::kAffiliation || model::IsFormal(tie); };
  std::vector<uint32_t> found;
  const std::vector<uint32_t>& uppers = Nodes(to_kind);
  if (Wide(to_kind)) {
    std::vector<uint8_t> is_upper(snapshot_.Count(to_kind), 0), is_found(snapshot_.Count(kind), 0);
    for (const uint32_t upper : uppers) {
      if (upper < is_upper.size()) is_upper[upper] = 1;
    }
    ties.ForEach([&](const OpenTie& tie) {
      const uint32_t lower = tie.from.ordinal(), upper = tie.to.ordinal();
      if (tie.from.kind() != kind || tie.to.kind() != to_kind || lower >= is_found.size() || upper >= is_upper.size())
        return;
      if (is_upper[upper] != 0 && counts(tie)) is_found[lower] = 1;
    });
    for (uint32_t i = 0; i < is_found.size(); ++i) {
      if (is_found[i] != 0) found.push_back(i);
    }
    return found;
  }
  for (const uint32_t upper : uppers) {
    ties.ForEachTo(NodeNumber(to_kind, upper), [&](const OpenTie& tie) {
      if (tie.from.kind() == kind && counts(tie)) found.push_back(tie.from.ordinal());
    });
  }
  base::SortUnique(&found);
  return found;
}

}  // namespace jiceng::rules
