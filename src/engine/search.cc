// Nodes by name.
#include <algorithm>
#include <limits>

#include "base/status.h"
#include "engine/describe.h"
#include "engine/names.h"

namespace jiceng::engine {

using model::NodeNumber;

absl::StatusOr<std::vector<NodeNumber>> Search(Store* store, const Version& version, std::string_view text,
                                               base::Date day, int64_t limit) {
  std::vector<NodeNumber> found;
  if (text.empty() || limit <= 0) return found;
  // The store finds every node that was ever called so, whoever believed it.  All of them are put in order before the
  // first ones are taken, so that the answer does not depend on the order of a store.
  ASSIGN_OR_RETURN(
      std::vector<NodeNumber> candidates,
      store->rows().SearchText(model::TextAttribute::kName, text, false, std::numeric_limits<int64_t>::max()));
  std::sort(candidates.begin(), candidates.end());
  candidates.erase(
      std::remove_if(candidates.begin(), candidates.end(),
                     [&](NodeNumber node) { return !version.graph->In(node) || version.graph->Withdrawn(node); }),
      candidates.end());
  constexpr size_t kChunk = 256;
  for (size_t first = 0; first < candidates.size() && static_cast<int64_t>(found.size()) < limit; first += kChunk) {
    const auto chunk = absl::MakeConstSpan(candidates).subspan(first, kChunk);
    ASSIGN_OR_RETURN(const Names names, ReadNames(store, version, day, chunk));
    for (const NodeNumber node : chunk) {
      const auto name = names.find(node);
      const bool so_called = name != names.end() && name->second.find(text) != std::string::npos;
      if (so_called && static_cast<int64_t>(found.size()) < limit) found.push_back(node);
    }
  }
  return found;
}

}  // namespace jiceng::engine
