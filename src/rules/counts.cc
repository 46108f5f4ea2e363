#include "rules/counts.h"

#include <algorithm>

namespace jiceng::rules {

using model::NodeKind;
using model::NodeNumber;
using model::Tie;
using model::TieKind;

namespace {

template <typename Visit>
void ForEachCounted(const Day& day, const BoundMeasure& measure, NodeNumber node, Visit visit) {
  const auto consider = [&](const Tie& tie) {
    if (Qualifies(measure, tie, day)) visit(tie);
  };
  if (measure.end == TieEnd::kTo) {
    day.snapshot().ForEachOpenTo(measure.kind, node, day.date(), consider);
  } else {
    day.snapshot().ForEachOpenFrom(measure.kind, node, day.date(), consider);
  }
}

// Whether `tie` is the first of the ties between its two nodes that count: needed only where ties do not come in order.
bool IsFirst(const Day& day, const BoundMeasure& measure, const Tie& tie) {
  bool found = false, is_first = false;
  day.snapshot().ForEachOpenFrom(tie.kind, tie.from, day.date(), [&](const Tie& other) {
    if (found || other.to != tie.to || !Qualifies(measure, other, day)) return;
    found = true;
    is_first = other.key() == tie.key();
  });
  return is_first;
}

}  // namespace

std::vector<Tie> CountedTies(const Day& day, const BoundMeasure& measure, NodeNumber node) {
  std::vector<Tie> ties;
  ForEachCounted(day, measure, node, [&](const Tie& tie) { ties.push_back(tie); });
  std::sort(ties.begin(), ties.end(), [](const Tie& a, const Tie& b) { return a.key() < b.key(); });
  if (measure.distinct) {
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

void Counts::RunKind(const Day& day, TieKind kind) {
  std::vector<Slot*> slots;
  for (Slot& slot : slots_) {
    if (slot.measure.kind != kind) continue;
    for (int k = 1; k < model::kNodeKinds; ++k) {
      if ((slot.node_kinds >> k & 1) == 0) continue;
      const uint32_t nodes = day.snapshot().Count(static_cast<NodeKind>(k));
      slot.count[k].assign(nodes, 0);
      if (slot.measure.distinct) slot.last[k].assign(nodes, 0);
    }
    slots.push_back(&slot);
  }
  if (slots.empty()) return;

  // Ties come in order of their from-nodes, then of their to-nodes, so the ties of one pair follow each other and
  // remembering the last node counted finds the repeats; what commits since the base have changed comes after it, in
  // order again, and is looked up instead.
  const base::Date date = day.date();
  NodeNumber previous_from, previous_to;
  bool in_order = true;
  day.snapshot().ForEachTie(kind, [&](const Tie& tie) {
    if (tie.from < previous_from || (tie.from == previous_from && tie.to < previous_to)) in_order = false;
    previous_from = tie.from;
    previous_to = tie.to;
    if (!tie.valid.Holds(date)) return;
    for (Slot* slot : slots) {
      const BoundMeasure& measure = slot->measure;
      const NodeNumber subject = measure.Subject(tie);
      std::vector<uint32_t>& count = slot->count[static_cast<int>(subject.kind())];
      if (subject.ordinal() >= count.size() || !Qualifies(measure, tie, day)) continue;
      if (measure.distinct) {
        uint32_t& last = slot->last[static_cast<int>(subject.kind())][subject.ordinal()];
        const uint32_t other = measure.Other(tie).bits();
        if (last == other || (!in_order && !IsFirst(day, measure, tie))) continue;
        last = other;
      }
      ++count[subject.ordinal()];
    }
  });
}

const uint32_t* Counts::Of(const BoundMeasure& measure, NodeKind kind) const {
  for (const Slot& slot : slots_) {
    if (slot.measure == measure && !slot.count[static_cast<int>(kind)].empty())
      return slot.count[static_cast<int>(kind)].data();
  }
  return nullptr;
}

}  // namespace jiceng::rules
