// Counts at units, and at all above them.
#ifndef JICENG_RULES_TREE_COUNT_H_
#define JICENG_RULES_TREE_COUNT_H_

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

#include "graph/territory.h"
#include "rules/day.h"

namespace jiceng::rules {

// Counts people, or other nodes, over the units they are in and all above, each once a unit.  Each is entered on the units
// themselves; where two of them meet further up it is taken out once, so that adding the tree up counts each once.
class TreeCount {
 public:
  explicit TreeCount(const graph::Territory& territory) : territory_(territory), count_(territory.size(), 0) {}

  // `people` who are all in the same units.
  void Add(std::vector<uint32_t>* units, int64_t people = 1) {
    if (units->size() == 1) return AddTo(units->front(), people);
    const auto enter = [&](uint32_t u) { return territory_.Exists(u) ? territory_.Enter(u) : kNone; };
    std::sort(units->begin(), units->end(), [&](uint32_t a, uint32_t b) {
      const uint32_t ea = enter(a), eb = enter(b);
      return ea != eb ? ea < eb : a < b;
    });
    units->erase(std::unique(units->begin(), units->end()), units->end());
    for (size_t i = 0; i < units->size(); ++i) {
      const uint32_t unit = (*units)[i];
      if (unit >= count_.size()) continue;
      count_[unit] += people;
      if (i == 0 || !territory_.Exists(unit)) continue;
      // Neighbours in the order of the tree meet no higher than any two others do.
      uint32_t meet = (*units)[i - 1];
      while (meet != kNone && !territory_.AtOrBelow(unit, meet)) meet = territory_.Parent(meet);
      if (meet != kNone) count_[meet] -= people;
    }
  }

  // People who are in one unit only.
  void AddTo(uint32_t unit, int64_t people) {
    if (unit < count_.size()) count_[unit] += people;
  }

  // Adds every unit's count to all above it; once, at the end.
  std::vector<int64_t> Finish() {
    const std::vector<uint32_t>& order = territory_.order();
    for (size_t i = order.size(); i-- > 0;) {
      const uint32_t parent = territory_.Parent(order[i]);
      if (parent != kNone) count_[parent] += count_[order[i]];
    }
    return std::move(count_);
  }

 private:
  const graph::Territory& territory_;
  std::vector<int64_t> count_;
};

}  // namespace jiceng::rules

#endif  // JICENG_RULES_TREE_COUNT_H_
