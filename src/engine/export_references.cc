// Which parents and seats the ledgers may name, so that an import derives the ties there are and no others.
#include <algorithm>

#include "engine/exporter.h"
#include "engine/structure.h"

namespace jiceng::engine {

using model::Fact;
using model::NodeKind;
using model::NodeNumber;
using model::Tie;
using model::TieKind;

namespace {

bool IsStructural(TieKind kind) {
  switch (kind) {
    case TieKind::kTerritory:
    case TieKind::kPartyLine:
    case TieKind::kAdminLine:
    case TieKind::kGuidance:
    case TieKind::kSeat:
    case TieKind::kCovers:
      return true;
    default:
      return false;
  }
}

bool Same(const Tie& a, const Tie& b) { return a.key() == b.key() && a.valid == b.valid; }

}  // namespace

ReferencePlan::ReferencePlan(const graph::Snapshot& graph, const model::Catalogue& catalogue)
    : graph_(graph), draft_(graph, catalogue) {
  // Leaving a reference out can take away what others derive through it, so all are looked at again until nothing
  // changes.
  for (bool changed = true; changed;) {
    changed = false;
    for (const NodeKind kind : {NodeKind::kUnit, NodeKind::kOrganization}) {
      for (uint32_t i = 0; i < graph_.Count(kind); ++i) {
        const NodeNumber node(kind, i);
        for (const Tie& tie : DerivedTies(draft_, node)) {
          if (IsThere(tie, node)) continue;
          LeaveOut(node, tie.kind);
          changed = true;
        }
      }
    }
  }
}

bool ReferencePlan::IsThere(const Tie& derived, NodeNumber seen_from) const {
  bool found = false;
  const auto compare = [&](const Tie& tie) { found = found || (Same(tie, derived) && graph_.Extra(tie).empty()); };
  // From the side of the node itself: at the other end thousands may meet.
  if (derived.from == seen_from) {
    graph_.ForEachFrom(derived.kind, seen_from, compare);
  } else {
    graph_.ForEachTo(derived.kind, seen_from, compare);
  }
  return found;
}

void ReferencePlan::LeaveOut(NodeNumber node, TieKind because_of) {
  const Fact fact = because_of == TieKind::kTerritory ? Fact::kUnitParent
                    : because_of == TieKind::kSeat    ? Fact::kOrgSeat
                                                      : Fact::kOrgParent;
  draft_.AssignFact(node, fact, {}, model::kNoValue);
}

model::FactTimeline ReferencePlan::Reference(NodeNumber node, Fact fact) const {
  model::FactTimeline timeline = draft_.Timeline(node, fact);
  const model::FactTimeline all = timeline;
  all.ForEach([&](base::Validity valid, int32_t bits) {
    const NodeNumber target = NodeNumber::FromBits(static_cast<uint32_t>(bits));
    if (!graph_.In(target) || graph_.Withdrawn(target)) timeline.Assign(valid, model::kNoValue);
  });
  return timeline;
}

bool ReferencePlan::Derives(const Tie& tie) {
  if (!IsStructural(tie.kind)) return false;
  const auto has = [&](const std::vector<Tie>& ties) {
    return std::any_of(ties.begin(), ties.end(), [&](const Tie& derived) { return Same(derived, tie); });
  };
  if (tie.from != last_) {
    last_ = tie.from;
    derived_ = DerivedTies(draft_, tie.from);
  }
  // A body is covered by the Party organisation it names as parent: that tie follows from its upper end.
  return has(derived_) || (tie.kind == TieKind::kCovers && has(DerivedTies(draft_, tie.to)));
}

}  // namespace jiceng::engine
