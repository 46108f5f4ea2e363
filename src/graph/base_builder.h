// Builds a base from rows in log order, on top of a snapshot or of nothing.
#ifndef JICENG_GRAPH_BASE_BUILDER_H_
#define JICENG_GRAPH_BASE_BUILDER_H_

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "graph/base.h"
#include "model/timeline.h"

namespace jiceng::graph {

class Snapshot;

// Takes rows, keeps of each node and tie the last belief, and lays them out as columns.  Memory: about 30 bytes a tie
// and 40 a node while building, and the finished columns.  One thread at a time.
class BaseBuilder {
 public:
  BaseBuilder() = default;

  void Load(const Snapshot& snapshot);
  void OnNode(const model::NodeRow& row);
  void OnFact(const model::FactRow& row);
  void OnText(model::NodeNumber node, model::TextAttribute attribute, base::Validity valid, std::string_view value);
  void OnTerm(const model::TermRow& row);
  void OnTie(const model::Tie& tie, std::string_view attributes);
  void OnBatch(const model::Batch& batch);

  // Errors: none of its own; what Base::Open says of the result.
  absl::StatusOr<std::shared_ptr<const Base>> Finish(const Stamp& stamp);

 private:
  struct Nodes {
    std::vector<base::Date> life_from, life_to;
    std::vector<uint8_t> precision;
    std::vector<uint32_t> withdrawn;  // unsorted; an ordinal may be taken out again
    LargeVector<int32_t> facts[model::kMaxFacts];
    LargeVector<std::pair<uint64_t, uint32_t>> ids;  // offset and length in id_bytes_
    uint32_t count() const { return static_cast<uint32_t>(ids.size()); }
  };
  struct Code {
    model::NodeNumber node;
    model::TextAttribute attribute;
    base::Validity valid;
    std::string value;
  };

  void Grow(model::NodeNumber node);
  void SetFact(model::NodeNumber node, model::Fact fact, base::Validity valid, int32_t value);
  // The writers let go of what they have written.
  void WriteNodes(model::NodeKind kind, ColumnWriter* writer);
  void WriteIds(model::NodeKind kind, ColumnWriter* writer);
  void WriteFacts(model::NodeKind kind, ColumnWriter* writer);
  void WriteTies(model::TieKind kind, ColumnWriter* writer);
  void WriteCodes(ColumnWriter* writer);
  void WriteTerms(ColumnWriter* writer);

  Nodes nodes_[model::kNodeKinds];
  LargeVector<char> id_bytes_;
  std::map<std::pair<model::NodeNumber, model::Fact>, model::FactTimeline> dated_;
  LargeVector<model::Tie> ties_[model::kTieKinds];
  std::vector<std::string> extras_;
  std::vector<Code> codes_;  // in log order: later ones overrule
  std::vector<model::TermRow> terms_;
  uint32_t next_tie_ = 1;
};

}  // namespace jiceng::graph

#endif  // JICENG_GRAPH_BASE_BUILDER_H_
