// The values of one fact for all nodes of a kind on a day.
#ifndef JICENG_GRAPH_FACTS_ON_H_
#define JICENG_GRAPH_FACTS_ON_H_

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

#include "graph/snapshot.h"

namespace jiceng::graph {

// Puts pack(value) for every node of the kind through `put`, a void(size_t ordinal, T packed).  Straight from the columns;
// the few values that change over time lie together, in order, so no search either.
template <typename T, typename Pack, typename Put>
void PackFacts(const Snapshot& snapshot, model::NodeKind kind, model::Fact fact, base::Date date, Pack pack, Put put) {
  const FactColumn& column = snapshot.base().Fact(kind, fact);
  std::array<T, 256> packed;
  for (int32_t v = 0; v < 256; ++v) {
    packed[static_cast<size_t>(v)] = pack(v < FactColumn::kNarrowDated ? v : model::kNoValue);
  }
  for (size_t i = 0; i < column.narrow.size(); ++i) put(i, packed[column.narrow[i]]);
  for (size_t i = 0; i < column.wide.size(); ++i) {
    put(i, pack(column.wide[i] == FactColumn::kWideDated ? model::kNoValue : column.wide[i]));
  }
  for (size_t d = 0; d < column.dated.size(); ++d) {
    if (column.dated[d] >= column.narrow.size() + column.wide.size()) continue;
    const size_t last = std::min<size_t>(column.steps[d + 1], column.step_from.size());
    int32_t value = model::kNoValue;
    for (size_t s = column.steps[d]; s < last && column.step_from[s] <= date.days(); ++s) value = column.step_value[s];
    put(column.dated[d], pack(value));
  }
  // What has changed since the base, and what is new.
  if (snapshot.delta() == nullptr) return;
  for (uint32_t i = snapshot.base().Count(kind); i < snapshot.Count(kind); ++i) put(i, pack(model::kNoValue));
  snapshot.delta()->nodes.ForEach([&](model::NodeNumber node, const auto& state) {
    if (node.kind() == kind) put(node.ordinal(), pack(state->facts[static_cast<size_t>(fact)].At(date)));
  });
}

// As they are, by ordinal.
inline std::vector<int32_t> FactsOn(const Snapshot& snapshot, model::NodeKind kind, model::Fact fact, base::Date date) {
  std::vector<int32_t> values(snapshot.Count(kind));
  PackFacts<int32_t>(
      snapshot, kind, fact, date, [](int32_t value) { return value; },
      [to = values.data()](size_t i, int32_t value) { to[i] = value; });
  return values;
}

}  // namespace jiceng::graph

#endif  // JICENG_GRAPH_FACTS_ON_H_
