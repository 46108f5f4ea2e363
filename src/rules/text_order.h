// The bytewise order of node texts, found without making the texts.
#ifndef JICENG_RULES_TEXT_ORDER_H_
#define JICENG_RULES_TEXT_ORDER_H_

#include <cstdint>
#include <vector>

#include "absl/types/span.h"
#include "graph/snapshot.h"
#include "model/node.h"

namespace jiceng::rules {

// The order of "org:…" < "person:…" < "store:" (no node) < "unit:…", then of the ids.
bool TextBefore(const graph::Snapshot& snapshot, model::NodeNumber a, model::NodeNumber b);

// The indexes of `nodes` ordered bytewise by their texts; equal nodes keep their order.
std::vector<uint32_t> TextOrder(const graph::Snapshot& snapshot, absl::Span<const model::NodeNumber> nodes);

}  // namespace jiceng::rules

#endif  // JICENG_RULES_TEXT_ORDER_H_
