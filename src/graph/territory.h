// The territory tree (属地层级) on one day, numbered so that "at or below" is two comparisons.
#ifndef JICENG_GRAPH_TERRITORY_H_
#define JICENG_GRAPH_TERRITORY_H_

#include <algorithm>
#include <cstdint>
#include <vector>

#include "base/date.h"
#include "model/node.h"

namespace jiceng::graph {

class Snapshot;

// Narrows a validity to the days around one without an edge in between.
class DaysAround {
 public:
  DaysAround(base::Date day, base::Validity* days) : day_(day), days_(days) {}
  void TurnOn(base::Date edge) {
    if (edge <= day_) {
      days_->from = std::max(days_->from, edge);
    } else {
      days_->to = std::min(days_->to, edge);
    }
  }
  void TurnWith(base::Validity valid) {
    TurnOn(valid.from);
    TurnOn(valid.to);
  }

 private:
  const base::Date day_;
  base::Validity* const days_;
};

// Units by ordinal.  Built in one pass, O(units); immutable.  It is the same on all days until a unit, a level or a tie
// of it begins or ends.
class Territory {
 public:
  static constexpr uint32_t kNone = 0xffffffff;

  Territory(const Snapshot& snapshot, base::Date day);

  base::Validity days() const { return days_; }  // those it is good for
  uint32_t size() const { return static_cast<uint32_t>(parent_.size()); }
  // False for a unit that does not exist on the day.
  bool Exists(uint32_t unit) const { return unit < size() && enter_[unit] != kNone; }
  uint32_t Parent(uint32_t unit) const { return parent_[unit]; }
  model::Level Level(uint32_t unit) const { return level_[unit]; }
  // The unit itself when it is a community (existing or not), else the nearest one above it, else kNone.
  uint32_t Community(uint32_t unit) const { return community_[unit]; }
  bool AtOrBelow(uint32_t unit, uint32_t ancestor) const {
    return unit == ancestor ||
           (Exists(unit) && Exists(ancestor) && enter_[ancestor] <= enter_[unit] && enter_[unit] < leave_[ancestor]);
  }
  // All existing units, every one after its parent; the subtree of `unit` is order()[Enter(unit), Leave(unit)).
  const std::vector<uint32_t>& order() const { return order_; }
  uint32_t Enter(uint32_t unit) const { return enter_[unit]; }
  uint32_t Leave(uint32_t unit) const { return leave_[unit]; }

 private:
  base::Validity days_;
  std::vector<uint32_t> parent_, community_, enter_, leave_, order_;
  std::vector<model::Level> level_;
};

}  // namespace jiceng::graph

#endif  // JICENG_GRAPH_TERRITORY_H_
