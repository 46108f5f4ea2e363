// The ties of one kind that hold on a day, read straight from the columns of the base.
#ifndef JICENG_RULES_OPEN_TIES_H_
#define JICENG_RULES_OPEN_TIES_H_

#include <algorithm>
#include <cstdint>

#include "base/date.h"
#include "graph/snapshot.h"
#include "model/tie.h"

namespace jiceng::rules {

// What a count looks at.  A whole model::Tie has twice the fields, and a pass over a million ties costs what it reads.
struct TieEnds {
  model::NodeNumber from, to;
  model::RoleNumber role = 0;
  uint8_t manner = 0;
};
struct OpenTie : TieEnds {
  OpenTie(const TieEnds& ends, base::Date begun) : TieEnds(ends), since(begun) {}
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

  template <typename Visit>  // void(const OpenTie&)
  void ForEach(Visit visit) const {
    ScanSince([&](const OpenTie& tie, bool holds) {
      if (holds) visit(tie);
    });
  }

  // Calls visit(const TieEnds&, holds) for all ties, those that do not hold too: see All().
  template <typename Visit>
  void Scan(Visit visit) const {
    if (!only_base_) return ScanAll(visit);
    Stretches([&](uint32_t, const TieEnds& ends, bool holds) { visit(ends, holds); }, [](uint32_t, uint32_t) {});
  }
  // The same with visit(const OpenTie&, holds).
  template <typename Visit>
  void ScanSince(Visit visit) const {
    if (!only_base_) return ScanAll(visit);
    base::Date since[graph::DayColumn::kStretch];
    Stretches([&](uint32_t k, const TieEnds& ends, bool holds) { visit(OpenTie(ends, since[k]), holds); },
              [&](uint32_t first, uint32_t count) { columns_.since.Read(first, count, since); });
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
  static OpenTie View(const model::Tie& tie) { return {{tie.from, tie.to, tie.role, tie.manner}, tie.valid.from}; }
  template <typename Visit>
  void ScanAll(Visit visit) const {
    // A copy of its own, so that what the loop below uses is known to nobody else.
    snapshot_.ForEachTie(kind_,
                         [this, visit](const model::Tie& tie) mutable { visit(View(tie), tie.valid.Holds(day_)); });
  }

  // Column by column, a stretch at a time: what is unpacked stays in the nearest cache.  Calls begin(first, count) for
  // each and visit(k, ends, holds) for every tie, the k-th of its stretch.
  template <typename Visit, typename Begin>
  void Stretches(Visit visit, Begin begin) const {
    constexpr uint32_t kStretch = graph::DayColumn::kStretch;
    static constexpr uint8_t kZero[kStretch] = {};
    uint8_t begun[kStretch], over[kStretch];
    const uint32_t size = columns_.size;
    for (uint32_t first = 0; first < size; first += kStretch) {
      const uint32_t count = std::min(kStretch, size - first);
      // Pointers of its own: what the visitor writes cannot be they.
      const uint32_t *const from = columns_.from.data() + first, *const to = columns_.to.data() + first;
      const uint8_t* const role = columns_.role.empty() ? kZero : columns_.role.data() + first;
      const uint8_t* const manner = columns_.manner.empty() ? kZero : columns_.manner.data() + first;
      begin(first, count);
      columns_.since.NotAfter(first, count, day_, begun);
      columns_.until.NotAfter(first, count, day_, over);
      for (uint32_t k = 0; k < count; ++k) {
        const TieEnds ends{model::NodeNumber::FromBits(from[k]), model::NodeNumber::FromBits(to[k]), role[k],
                           manner[k]};
        visit(k, ends, (begun[k] & ~over[k]) != 0);
      }
    }
  }

  bool Holds(uint32_t i) const { return columns_.since[i] <= day_ && day_ < columns_.until[i]; }
  model::RoleNumber RoleOf(uint32_t i) const { return columns_.role.empty() ? 0 : columns_.role.data()[i]; }
  uint8_t MannerOf(uint32_t i) const { return columns_.manner.empty() ? 0 : columns_.manner.data()[i]; }
  OpenTie At(uint32_t i, model::NodeNumber from, model::NodeNumber to) const {
    return {{from, to, RoleOf(i), MannerOf(i)}, columns_.since[i]};
  }

  const graph::Snapshot& snapshot_;
  const graph::TieColumns& columns_;
  const model::TieKind kind_;
  const base::Date day_;
  const bool only_base_;
};

}  // namespace jiceng::rules

#endif  // JICENG_RULES_OPEN_TIES_H_
