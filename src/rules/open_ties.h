// The ties of one kind that hold on a day, read straight from the columns of the base.
#ifndef JICENG_RULES_OPEN_TIES_H_
#define JICENG_RULES_OPEN_TIES_H_

#include <algorithm>
#include <cstdint>
#include <variant>
#include <vector>

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

// The same ties, in the same order, as the snapshot's ForEachOpen…(), and faster.
class OpenTies {
 public:
  OpenTies(const graph::Snapshot& snapshot, model::TieKind kind, base::Date day)
      : snapshot_(snapshot),
        columns_(snapshot.base().Ties(kind)),
        changed_(snapshot.Changed(kind)),
        kind_(kind),
        day_(day) {}

  // Whether ForEach() goes by from-node, then to-node, throughout; what commits since the base have changed comes after
  // the rest, in order again.
  bool sorted() const { return changed_ == nullptr; }

  template <typename Visit>  // void(const OpenTie&)
  void ForEach(Visit visit) const {
    ScanSince([&](const OpenTie& tie, bool holds) {
      if (holds) visit(tie);
    });
  }

  // Calls visit(const TieEnds&, holds) for all ties, those that do not hold too: see All().
  template <typename Visit>
  void Scan(Visit visit) const {
    Stretches([&](uint32_t, const TieEnds& ends, bool holds) { visit(ends, holds); }, [](uint32_t, uint32_t) {},
              [](uint32_t) {});
    ForEachChanged(visit);
  }
  // The same with visit(const OpenTie&, holds).
  template <typename Visit>
  void ScanSince(Visit visit) const {
    base::Date since[graph::DayColumn::kStretch];
    Stretches([&](uint32_t k, const TieEnds& ends, bool holds) { visit(OpenTie(ends, since[k]), holds); },
              [&](uint32_t first, uint32_t count) { columns_.since.Read(first, count, since); },
              [&](uint32_t k) { since[k] = base::Date::Forever(); });
    ForEachChanged(visit);
  }

  // False when at most one tie leaves the node, whatever the day.
  bool MayHaveSeveral(model::NodeNumber node) const {
    if (snapshot_.Changed(kind_, node) != nullptr) return true;
    const auto [first, last] = columns_.Range(columns_.forward[static_cast<int>(node.kind())], node.ordinal());
    return last - first > 1;
  }

  template <typename Visit>
  void ForEachFrom(model::NodeNumber node, Visit visit) const {
    if (snapshot_.Changed(kind_, node) != nullptr) {
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
    ForEachTo(
        node, [](model::RoleNumber) { return true; }, visit);
  }
  // Those of the roles asked for: a role is read sooner than two days.
  template <typename HasRole, typename Visit>
  void ForEachTo(model::NodeNumber node, HasRole has_role, Visit visit) const {
    if (snapshot_.Changed(kind_, node) != nullptr) {
      snapshot_.ForEachOpenTo(kind_, node, day_, [&](const model::Tie& tie) {
        if (has_role(tie.role)) visit(View(tie));
      });
      return;
    }
    const auto [first, last] = columns_.Range(columns_.backward[static_cast<int>(node.kind())], node.ordinal());
    for (uint32_t p = first; p < last; ++p) {
      const uint32_t i = columns_.permutation[p];
      if (i < columns_.size && has_role(RoleOf(i)) && Holds(i))
        visit(At(i, model::NodeNumber::FromBits(columns_.from[i]), node));
    }
  }

 private:
  static OpenTie View(const model::Tie& tie) { return {{tie.from, tie.to, tie.role, tie.manner}, tie.valid.from}; }
  // What has changed since the base, after all that has not.
  template <typename Visit>
  void ForEachChanged(Visit visit) const {
    if (changed_ == nullptr) return;
    changed_->by_from.ForEach([&](const model::TieKey&, const model::Tie& tie) {
      if (!tie.withdrawn) visit(View(tie), tie.valid.Holds(day_));
    });
  }
  // The places of the base's ties that no longer are, ascending.
  std::vector<uint32_t> Hidden() const {
    std::vector<uint32_t> hidden;
    if (changed_ != nullptr) changed_->hidden.ForEach([&](uint32_t i, std::monostate) { hidden.push_back(i); });
    return hidden;
  }

  // The base's, column by column, a stretch at a time: what is unpacked stays in the nearest cache.  Calls begin(first,
  // count) for each, drop(k) for those in it that no longer are, and visit(k, ends, holds) for every tie, the k-th of its
  // stretch.
  template <typename Visit, typename Begin, typename Drop>
  void Stretches(Visit visit, Begin begin, Drop drop) const {
    constexpr uint32_t kStretch = graph::DayColumn::kStretch;
    static constexpr uint8_t kZero[kStretch] = {};
    uint8_t begun[kStretch], over[kStretch];
    const uint32_t size = columns_.size;
    const std::vector<uint32_t> hidden = Hidden();
    auto next_hidden = hidden.begin();
    for (uint32_t first = 0; first < size; first += kStretch) {
      const uint32_t count = std::min(kStretch, size - first);
      // Pointers of its own: what the visitor writes cannot be they.
      const uint32_t *const from = columns_.from.data() + first, *const to = columns_.to.data() + first;
      const uint8_t* const role = columns_.role.empty() ? kZero : columns_.role.data() + first;
      const uint8_t* const manner = columns_.manner.empty() ? kZero : columns_.manner.data() + first;
      begin(first, count);
      columns_.since.NotAfter(first, count, day_, begun);
      columns_.until.NotAfter(first, count, day_, over);
      for (; next_hidden != hidden.end() && *next_hidden < first + count; ++next_hidden) {
        begun[*next_hidden - first] = 0;
        drop(*next_hidden - first);
      }
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
  const graph::DeltaTies* const changed_;  // null when the base has them all
  const model::TieKind kind_;
  const base::Date day_;
};

}  // namespace jiceng::rules

#endif  // JICENG_RULES_OPEN_TIES_H_
