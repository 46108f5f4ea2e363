// Counts of a rule's measures for all nodes at once: each kind of tie is walked once, whatever the number of measures.
#ifndef JICENG_RULES_COUNTS_H_
#define JICENG_RULES_COUNTS_H_

#include <cstdint>
#include <vector>

#include "model/node.h"
#include "rules/bound_rule.h"
#include "rules/day.h"

namespace jiceng::rules {

// Whether the node at the other end is what the measure asks for besides a status.
inline bool OtherFits(const BoundMeasure& measure, model::NodeNumber other, const Day& day) {
  if (!measure.filtered) return true;
  if ((measure.other_kinds >> static_cast<int>(other.kind()) & 1) == 0) return false;
  switch (other.kind()) {
    case model::NodeKind::kOrganization:
      return measure.org_kinds.any || measure.org_kinds.Has(day.OrgKind(other));
    case model::NodeKind::kUnit:
      return measure.levels == kAnyLevel || (measure.levels >> static_cast<int>(day.Level(other.ordinal())) & 1) != 0;
    case model::NodeKind::kPerson:
      return measure.sexes == kAnySex || (measure.sexes >> day.Sex(other) & 1) != 0;
    case model::NodeKind::kNone:
      break;
  }
  return false;
}

// Whether an open tie counts for the measure.
template <typename AnyTie>
bool Qualifies(const BoundMeasure& measure, const AnyTie& tie, const Day& day) {
  if ((measure.manners >> (tie.manner & 31) & 1) == 0 || !measure.roles.Has(tie.role)) return false;
  const model::NodeNumber other = measure.Other(tie);
  if (measure.statuses != kAnyStatus && (measure.statuses >> day.Status(other.ordinal()) & 1) == 0) return false;
  return OtherFits(measure, other, day);
}

// The measure of one node, through the indexes.
int64_t Count(const Day& day, const BoundMeasure& measure, model::NodeNumber node);

// The ties that count for one node, in key order; with `distinct` the first one a node at the other end (in the order of
// these nodes where the measure reaches below).
std::vector<model::Tie> CountedTies(const Day& day, const BoundMeasure& measure, model::NodeNumber node);

// Of measures that stay with the node.  All measures of one kind of tie are tested at once: what a tie says selects the measures it does not rule out.
class Counts {
 public:
  // Asks for the measure of all nodes of these kinds; equal measures share their counts.
  void Want(const BoundMeasure& measure, uint8_t node_kinds);
  // Walks the ties.
  void Run(const Day& day);
  struct Cell {
    uint32_t count = 0;
    uint32_t last = 0;  // of the distinct: the node last counted
  };
  // The counts by ordinal, or nullptr when the measure was not asked for nodes of that kind.  Valid as long as nothing
  // more is asked for.
  const Cell* Of(const BoundMeasure& measure, model::NodeKind kind) const;

 private:
  struct Slot {
    BoundMeasure measure;
    uint8_t node_kinds = 0;
    std::vector<Cell> cells[model::kNodeKinds];
  };
  // Of up to kAtOnce slots.
  static void Walk(const Day& day, model::TieKind kind, const std::vector<Slot*>& slots);
  static constexpr size_t kAtOnce = 64;

  std::vector<Slot> slots_;
};

}  // namespace jiceng::rules

#endif  // JICENG_RULES_COUNTS_H_
