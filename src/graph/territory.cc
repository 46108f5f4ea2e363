#include "graph/territory.h"

#include <algorithm>

#include "graph/snapshot.h"

namespace jiceng::graph {

using model::NodeKind;
using model::NodeNumber;

Territory::Territory(const Snapshot& snapshot, base::Date day) {
  const uint32_t n = snapshot.Count(NodeKind::kUnit);
  parent_.assign(n, kNone);
  community_.assign(n, kNone);
  enter_.assign(n, kNone);
  leave_.assign(n, kNone);
  level_.assign(n, model::Level::kNone);
  DaysAround around(day, &days_);
  std::vector<uint8_t> exists(n, 0);
  for (uint32_t u = 0; u < n; ++u) {
    const NodeNumber unit(NodeKind::kUnit, u);
    around.TurnWith(snapshot.Life(unit));
    exists[u] = snapshot.Exists(unit, day) ? 1 : 0;
    const int32_t level = snapshot.FactAt(unit, model::Fact::kLevel, day);
    if (level > 0 && level <= static_cast<int32_t>(model::Level::kMicroGrid))
      level_[u] = static_cast<model::Level>(level);
    if (level_[u] == model::Level::kCommunity) community_[u] = u;  // its own, whether or not it still exists
  }
  // Levels that have changed over time, those of units changed since the base once more.
  for (const int32_t step : snapshot.base().Fact(NodeKind::kUnit, model::Fact::kLevel).step_from)
    around.TurnOn(base::Date::FromDays(step));
  if (snapshot.delta() != nullptr) {
    snapshot.delta()->nodes.ForEach([&](NodeNumber node, const auto& state) {
      if (node.kind() != NodeKind::kUnit) return;
      for (const auto& step : state->facts[static_cast<int>(model::Fact::kLevel)].steps()) around.TurnOn(step.from);
    });
  }
  snapshot.ForEachTie(model::TieKind::kTerritory, [&](const model::Tie& tie) {
    const uint32_t lower = tie.from.ordinal(), upper = tie.to.ordinal();
    around.TurnWith(tie.valid);
    if (tie.valid.Holds(day) && lower < n && upper < n && exists[lower] != 0 && exists[upper] != 0)
      parent_[lower] = upper;
  });

  // Children as linked lists in descending order of ordinal, so that a stack gives them back ascending.
  std::vector<uint32_t> first_child(n, kNone), next_sibling(n, kNone), stack;
  for (uint32_t u = 0; u < n; ++u) {
    if (exists[u] == 0) continue;
    if (parent_[u] == kNone) continue;
    next_sibling[u] = first_child[parent_[u]];
    first_child[parent_[u]] = u;
  }
  order_.reserve(n);
  for (uint32_t root = 0; root < n; ++root) {
    if (exists[root] == 0 || parent_[root] != kNone) continue;
    stack.push_back(root);
    while (!stack.empty()) {
      const uint32_t u = stack.back();
      if (enter_[u] != kNone) {  // second visit: the subtree is complete
        leave_[u] = static_cast<uint32_t>(order_.size());
        stack.pop_back();
        continue;
      }
      enter_[u] = static_cast<uint32_t>(order_.size());
      order_.push_back(u);
      if (community_[u] == kNone && parent_[u] != kNone) community_[u] = community_[parent_[u]];
      for (uint32_t child = first_child[u]; child != kNone; child = next_sibling[child]) stack.push_back(child);
    }
  }
}

}  // namespace jiceng::graph
