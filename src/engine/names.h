// Names, read through the store when someone asks: none of them is resident.
#ifndef JICENG_ENGINE_NAMES_H_
#define JICENG_ENGINE_NAMES_H_

#include <string>
#include <unordered_map>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "engine/store.h"

namespace jiceng::engine {

using Names = std::unordered_map<model::NodeNumber, std::string>;

// The names of the nodes as believed at version.seq for `day`; a node without one is left out.  Few nodes are read one
// by one, many in one pass.
absl::StatusOr<Names> ReadNames(Store* store, const Version& version, base::Date day,
                                absl::Span<const model::NodeNumber> nodes);

// All text timelines of one node as believed at version.seq.
absl::StatusOr<std::vector<std::pair<model::TextAttribute, model::Timeline<std::string>>>> ReadTextTimelines(
    Store* store, const Version& version, model::NodeNumber node);

}  // namespace jiceng::engine

#endif  // JICENG_ENGINE_NAMES_H_
