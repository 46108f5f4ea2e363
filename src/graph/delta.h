// The delta: what commits since the base was built have changed, small and in memory.
#ifndef JICENG_GRAPH_DELTA_H_
#define JICENG_GRAPH_DELTA_H_

#include <array>
#include <map>
#include <memory>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "graph/base.h"
#include "model/rows.h"
#include "model/timeline.h"

namespace jiceng::graph {

// All that is known of a node whose rows lie in the delta; stands instead of the base's.
struct NodeState {
  base::Validity life;
  uint8_t precision = 0;
  bool withdrawn = false;
  std::vector<model::FactTimeline> facts;
};

// Ties of one kind that are new or amended since the base.
struct DeltaTies {
  std::vector<model::Tie> ties;             // in key order; a withdrawn one only hides the base's
  std::vector<uint32_t> by_to;              // indexes into `ties` ordered by to-node
  std::unordered_set<uint32_t> superseded;  // indexes in the base's columns that `ties` replaces

  // [first, last) in `ties` of those leaving the node; in `by_to` of those reaching it.
  std::pair<size_t, size_t> From(model::NodeNumber node) const;
  std::pair<size_t, size_t> To(model::NodeNumber node) const;
};

// Immutable once published in a snapshot.  Each commit makes a new one from the last: O(size of the delta), which
// `optimize` folds away.
struct Delta {
  uint32_t count[model::kNodeKinds] = {};  // nodes in all, base included
  uint32_t next_tie = 1;
  std::unordered_map<model::NodeNumber, NodeState> nodes;
  std::vector<std::string> ids[model::kNodeKinds];                              // of nodes beyond the base's count
  std::unordered_map<std::string, model::NodeNumber> by_id[model::kNodeKinds];  // by canonical id
  std::array<DeltaTies, model::kTieKinds> ties;
  std::unordered_map<uint32_t, std::string> extras;  // attributes JSON by tie number
  std::map<std::pair<model::NodeNumber, model::TextAttribute>, model::Timeline<std::string>>
      codes;  // instead of the base's for that node
  std::map<std::pair<model::NodeNumber, int32_t>, model::TermRow> terms;
  int64_t rows = 0;  // how many rows have come since the base: when folding pays
};

// Adds the rows of a batch to what `base` and `before` (may be null) hold.
std::shared_ptr<const Delta> Apply(const Base& base, const Delta* before, const model::Batch& batch);

}  // namespace jiceng::graph

#endif  // JICENG_GRAPH_DELTA_H_
