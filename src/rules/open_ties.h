// The ties of one kind that hold on a day, read straight from the columns of the base.
#ifndef JICENG_RULES_OPEN_TIES_H_
#define JICENG_RULES_OPEN_TIES_H_

#include <algorithm>
#include <cstdint>

#include "base/date.h"
#include "graph/snapshot.h"
#include "model/tie.h"

namespace jiceng::rules {

// What a count or a comparison looks at.  A whole model::Tie has twice the fields, and a pass over a million ties costs
// what it reads.
struct OpenTie {
  model::NodeNumber from, to;
  model::RoleNumber role = 0;
  uint8_t manner = 0;
  base::Date since;
};

// Whether all hold, without a branch for each: in a pass over millions of ties a branch that is mispredicted for every
// tenth costs more than looking at the rest.
template <typename... Bool>
constexpr bool All(Bool... conditions) {
  return (static_cast<int>(conditions) & ...) != 0;
}

// The same ties, in the same order, as the snapshot's ForEachOpen…(); faster while no commit has followed the base.
// Visit: void(const OpenTie&).
class OpenTies {
 public:
  OpenTies(const graph::Snapshot& snapshot, model::TieKind kind, base::Date day)
      : snapshot_(snapshot),
        columns_(snapshot.base().Ties(kind)),
        kind_(kind),
        day_(day),
        only_base_(snapshot.delta_rows() == 0) {}

  // Whether ForEach() goes by from-node, then to-node, throughout; what commits since the base have changed comes after
  // the rest, in order again.
  bool sorted() const { return only_base_; }

  template <typename Visit>
  void ForEach(Visit visit) const {
    Scan([&](const OpenTie& tie, bool holds) {
      if (holds) visit(tie);
    });
  }

  // Calls visit(tie, holds) for all ties, those that do not hold too: see All().
  template <typename Visit>
  void Scan(Visit visit) const {
    if (!only_base_) {
      // A copy of its own, so that what the loop below uses is known to nobody else.
      snapshot_.ForEachTie(kind_,
                           [this, visit](const model::Tie& tie) mutable { visit(View(tie), tie.valid.Holds(day_)); });
      return;
    }
    // Column by column, a stretch at a time: what is unpacked stays in the nearest cache.
    constexpr uint32_t kStretch = 64;
    base::Date since[kStretch], until[kStretch];
    const uint32_t *from = columns_.from.data(), *to = columns_.to.data();
    for (uint32_t first = 0; first < columns_.size; first += kStretch) {
      const uint32_t count = std::min(kStretch, columns_.size - first);
      columns_.since.Read(first, count, since);
      columns_.until.Read(first, count, until);
      for (uint32_t k = 0; k < count; ++k) {
        const uint32_t i = first + k;
        visit(OpenTie{model::NodeNumber::FromBits(from[i]), model::NodeNumber::FromBits(to[i]), RoleOf(i), MannerOf(i),
                      since[k]},
              All(since[k] <= day_, day_ < until[k]));
      }
    }
  }

  // False when at most one tie leaves the node, whatever the day.
  bool MayHaveSeveral(model::NodeNumber node) const {
    if (!only_base_) return true;
    const auto [first, last] = columns_.Range(columns_.forward[static_cast<int>(node.kind())], node.ordinal());
    return last - first > 1;
  }

  template <typename Visit>
  void ForEachFrom(model::NodeNumber node, Visit visit) const {
    if (!only_base_) {
      snapshot_.ForEachOpenFrom(kind_, node, day_, [&](const model::Tie& tie) { visit(View(tie)); });
      return;
    }
    const auto [first, last] = columns_.Range(columns_.forward[static_cast<int>(node.kind())], node.ordinal());
    for (uint32_t i = first; i < last; ++i) {
      if (Holds(i)) visit(At(i, node, model::NodeNumber::FromBits(columns_.to.data()[i])));
    }
  }

  template <typename Visit>
  void ForEachTo(model::NodeNumber node, Visit visit) const {
    if (!only_base_) {
      snapshot_.ForEachOpenTo(kind_, node, day_, [&](const model::Tie& tie) { visit(View(tie)); });
      return;
    }
    const auto [first, last] = columns_.Range(columns_.backward[static_cast<int>(node.kind())], node.ordinal());
    for (uint32_t p = first; p < last; ++p) {
      const uint32_t i = columns_.permutation[p];
      if (i < columns_.size && Holds(i)) visit(At(i, model::NodeNumber::FromBits(columns_.from[i]), node));
    }
  }

 private:
  static OpenTie View(const model::Tie& tie) { return {tie.from, tie.to, tie.role, tie.manner, tie.valid.from}; }

  bool Holds(uint32_t i) const { return columns_.since[i] <= day_ && day_ < columns_.until[i]; }
  model::RoleNumber RoleOf(uint32_t i) const { return columns_.role.empty() ? 0 : columns_.role.data()[i]; }
  uint8_t MannerOf(uint32_t i) const { return columns_.manner.empty() ? 0 : columns_.manner.data()[i]; }
  OpenTie At(uint32_t i, model::NodeNumber from, model::NodeNumber to) const {
    return {from, to, RoleOf(i), MannerOf(i), columns_.since[i]};
  }

  const graph::Snapshot& snapshot_;
  const graph::TieColumns& columns_;
  const model::TieKind kind_;
  const base::Date day_;
  const bool only_base_;
};

}  // namespace jiceng::rules

#endif  // JICENG_RULES_OPEN_TIES_H_
