// Whether two snapshots say the same.
#ifndef JICENG_ENGINE_COMPARE_H_
#define JICENG_ENGINE_COMPARE_H_

#include <optional>
#include <string>

#include "graph/snapshot.h"

namespace jiceng::engine {

// The first thing two snapshots of one log disagree about, numbers of ties included; nothing when they agree.  O(nodes
// + ties).
std::optional<std::string> FirstDifference(const graph::Snapshot& a, const graph::Snapshot& b);

}  // namespace jiceng::engine

#endif  // JICENG_ENGINE_COMPARE_H_
