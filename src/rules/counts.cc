#include "rules/counts.h"

#include <algorithm>
#include <array>

#include "rules/open_ties.h"
#include "rules/scope.h"

namespace jiceng::rules {

using model::NodeKind;
using model::NodeNumber;
using model::Tie;
using model::TieKind;

namespace {

// Whether the tie is one of those the measure looks at on the day, whatever it says: open, or begun by then.
bool InTime(const BoundMeasure& measure, const Tie& tie, const Day& day) {
  return measure.ever ? tie.valid.from <= day.date() : tie.valid.Holds(day.date());
}

// The nodes at which the measure of a node counts: it alone, or those at or below it that fit.
template <typename Visit>
void ForEachSubject(const Day& day, const BoundMeasure& measure, NodeNumber node, Visit visit) {
  if (!measure.below) return visit(node);
  Scope scope(day, node);
  for (const NodeKind kind : {NodeKind::kUnit, NodeKind::kOrganization}) {
    if ((measure.below_kinds >> static_cast<int>(kind) & 1) == 0) continue;
    for (const uint32_t ordinal : scope.Nodes(kind)) {
      const NodeNumber lower(kind, ordinal);
      const bool fits = kind == NodeKind::kUnit
                            ? (measure.below_levels >> static_cast<int>(day.Level(ordinal)) & 1) != 0
                            : measure.below_org_kinds.any || measure.below_org_kinds.Has(day.OrgKind(lower));
      if (fits) visit(lower);
    }
  }
}

template <typename Visit>
void ForEachCounted(const Day& day, const BoundMeasure& measure, NodeNumber node, Visit visit) {
  const auto consider = [&](const Tie& tie) {
    if (InTime(measure, tie, day) && Qualifies(measure, tie, day)) visit(tie);
  };
  ForEachSubject(day, measure, node, [&](NodeNumber subject) {
    if (measure.end == TieEnd::kTo) {
      day.snapshot().ForEachTo(measure.kind, subject, consider);
    } else {
      day.snapshot().ForEachFrom(measure.kind, subject, consider);
    }
  });
}

// Whether `tie` is the first of the ties between its two nodes that count: needed only where ties do not come in order.
bool IsFirst(const Day& day, const BoundMeasure& measure, const OpenTie& tie) {
  bool found = false, is_first = false;
  day.snapshot().ForEachFrom(measure.kind, tie.from, [&](const Tie& other) {
    if (found || other.to != tie.to || !InTime(measure, other, day) || !Qualifies(measure, other, day)) return;
    found = true;
    is_first = other.role == tie.role && other.valid.from == tie.since;
  });
  return is_first;
}
// What comes without the day it began comes in order.
bool IsFirst(const Day&, const BoundMeasure&, const TieEnds&) { return true; }

}  // namespace

std::vector<Tie> CountedTies(const Day& day, const BoundMeasure& measure, NodeNumber node) {
  std::vector<Tie> ties;
  ForEachCounted(day, measure, node, [&](const Tie& tie) { ties.push_back(tie); });
  std::sort(ties.begin(), ties.end(), [](const Tie& a, const Tie& b) { return a.key() < b.key(); });
  if (measure.distinct) {
    // The ties of one node lie together, those of several below it need not.
    const auto by_other = [&](const Tie& a, const Tie& b) { return measure.Other(a) < measure.Other(b); };
    if (measure.below) std::stable_sort(ties.begin(), ties.end(), by_other);
    const auto same = [&](const Tie& a, const Tie& b) { return measure.Other(a) == measure.Other(b); };
    ties.erase(std::unique(ties.begin(), ties.end(), same), ties.end());
  }
  return ties;
}

int64_t Count(const Day& day, const BoundMeasure& measure, NodeNumber node) {
  if (measure.distinct) return static_cast<int64_t>(CountedTies(day, measure, node).size());
  int64_t count = 0;
  ForEachCounted(day, measure, node, [&](const Tie&) { ++count; });
  return count;
}

void Counts::Want(const BoundMeasure& measure, uint8_t node_kinds) {
  for (Slot& slot : slots_) {
    if (slot.measure == measure) {
      slot.node_kinds |= node_kinds;
      return;
    }
  }
  slots_.emplace_back();
  slots_.back().measure = measure;
  slots_.back().node_kinds = node_kinds;
}

void Counts::Run(const Day& day) {
  for (int k = 1; k < model::kTieKinds; ++k) {
    std::vector<Slot*> slots;
    for (Slot& slot : slots_) {
      if (slot.measure.kind != static_cast<TieKind>(k)) continue;
      for (int n = 1; n < model::kNodeKinds; ++n) {
        if ((slot.node_kinds >> n & 1) != 0)
          slot.cells[n].assign(day.snapshot().Count(static_cast<NodeKind>(n)), Cell());
      }
      slots.push_back(&slot);
      if (slots.size() < kAtOnce) continue;
      Walk(day, static_cast<TieKind>(k), slots);
      slots.clear();
    }
    if (!slots.empty()) Walk(day, static_cast<TieKind>(k), slots);
  }
}

[[gnu::flatten]] void Counts::Walk(const Day& day, TieKind kind, const std::vector<Slot*>& slots) {
  // Which slots, as bits, a tie may count for by its role, its manner, and the status of either end.
  std::array<uint64_t, 256> by_role{}, by_manner{};
  uint64_t ever = 0, filtered = 0;
  std::array<uint64_t, 4> by_status_of_from{}, by_status_of_to{};
  for (size_t s = 0; s < slots.size(); ++s) {
    const BoundMeasure& measure = slots[s]->measure;
    const uint64_t bit = uint64_t{1} << s;
    if (measure.ever) ever |= bit;
    if (measure.filtered) filtered |= bit;
    for (int32_t i = 0; i < 256; ++i) {
      if (measure.roles.Has(i)) by_role[static_cast<size_t>(i)] |= bit;
      if ((measure.manners >> (i & 31) & 1) != 0) by_manner[static_cast<size_t>(i)] |= bit;
    }
    for (uint32_t i = 0; i < 4; ++i) {
      const bool to = measure.end == TieEnd::kTo;  // counted there, so the status asked for is the other end's
      if (!to || (measure.statuses >> i & 1) != 0) by_status_of_from[i] |= bit;
      if (to || (measure.statuses >> i & 1) != 0) by_status_of_to[i] |= bit;
    }
  }
  const auto ask_status = [](const std::array<uint64_t, 4>& by_status) {
    return std::any_of(by_status.begin(), by_status.end(), [&](uint64_t bits) { return bits != by_status[0]; });
  };
  const bool ask_from = ask_status(by_status_of_from), ask_to = ask_status(by_status_of_to);

  // The ties of one pair of nodes follow each other, so remembering the node counted last finds the repeats; where ties
  // do not come in order the first is looked up instead.
  const OpenTies ties(day.snapshot(), kind, day.date());
  NodeNumber previous_from, previous_to;
  bool in_order = true;
  const auto visit = [&](const auto& tie, bool holds, bool begun) {
    if (!ties.sorted()) {
      if (tie.from < previous_from || (tie.from == previous_from && tie.to < previous_to)) in_order = false;
      previous_from = tie.from;
      previous_to = tie.to;
    }
    uint64_t bits = by_role[tie.role] & by_manner[tie.manner] & (holds ? ~uint64_t{0} : begun ? ever : 0);
    if (ask_from) bits &= by_status_of_from[static_cast<size_t>(day.Status(tie.from.ordinal()))];
    if (ask_to) bits &= by_status_of_to[static_cast<size_t>(day.Status(tie.to.ordinal()))];
    for (; bits != 0; bits &= bits - 1) {
      Slot& slot = *slots[static_cast<size_t>(__builtin_ctzll(bits))];
      const BoundMeasure& measure = slot.measure;
      if ((bits & (0 - bits) & filtered) != 0 && !OtherFits(measure, measure.Other(tie), day)) continue;
      const NodeNumber subject = measure.Subject(tie);
      std::vector<Cell>& cells = slot.cells[static_cast<int>(subject.kind())];
      if (subject.ordinal() >= cells.size()) continue;
      Cell& cell = cells[subject.ordinal()];
      if (measure.distinct) {
        const uint32_t other = measure.Other(tie).bits();
        if (cell.last == other || (!in_order && !IsFirst(day, measure, tie))) continue;
        cell.last = other;
      }
      ++cell.count;
    }
  };
  if (ever != 0) {
    ties.ScanSince([&](const OpenTie& tie, bool holds) { visit(tie, holds, tie.since <= day.date()); });
  } else {
    ties.Scan([&](const auto& tie, bool holds) { visit(tie, holds, false); });
  }
}

const Counts::Cell* Counts::Of(const BoundMeasure& measure, NodeKind kind) const {
  for (const Slot& slot : slots_) {
    if (slot.measure == measure && !slot.cells[static_cast<int>(kind)].empty())
      return slot.cells[static_cast<int>(kind)].data();
  }
  return nullptr;
}

}  // namespace jiceng::rules
