// Builds a base from rows in log order, on top of a snapshot or of nothing.
#ifndef JICENG_GRAPH_BASE_BUILDER_H_
#define JICENG_GRAPH_BASE_BUILDER_H_

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "graph/base.h"
#include "graph/column_writer.h"
#include "model/timeline.h"

namespace jiceng::graph {

class MergedTies;
class Snapshot;

// Whether a value held before everything and still does.
inline bool IsConstant(const model::FactTimeline& timeline) {
  return timeline.steps().empty() || (timeline.steps().size() == 1 && timeline.LastFrom() == base::Date::Beginning());
}

// Takes rows, keeps of each node and tie the last belief, and merges them into the columns of the base below, which are
// read in order where they lie and never copied as a whole.  The result does not depend on how the rows are spread over
// base, delta and builder, byte for byte.  Memory: 28 bytes a tie and 62 a new node given row by row, nothing a tie and
// 62 a new node of a batch; then for one column at a time four bytes a node, or four a tie and eight a to-node.
// One thread at a time.
class BaseBuilder {
 public:
  BaseBuilder() = default;

  // Begins on top of a snapshot, before any row; its base must outlive the builder.
  void Load(const Snapshot& snapshot);
  void OnNode(const model::NodeRow& row);
  void OnFact(const model::FactRow& row);
  void OnText(model::NodeNumber node, model::TextAttribute attribute, base::Validity valid, std::string_view value);
  void OnTerm(const model::TermRow& row);
  void OnAttachment(const model::AttachmentRow& row);
  void OnStep(const model::StepRow& row);
  void OnTie(const model::Tie& tie, std::string_view attributes);
  // All rows of a batch, which must outlive the builder.
  void OnBatch(const model::Batch& batch);

  // Writes the columns into `file`, or into memory without one; to be called once.
  // Errors: RESOURCE_EXHAUSTED (LIMIT_REACHED), UNAVAILABLE (DISK), DATA_LOSS (BASE_CORRUPT) when the base below does not
  // fit together.
  absl::StatusOr<std::shared_ptr<const Base>> Finish(const Stamp& stamp, std::unique_ptr<NewFile> file = nullptr);

 private:
  using CodeOwner = std::pair<model::NodeNumber, model::TextAttribute>;
  struct Life {
    base::Validity days;
    uint8_t precision = 0;
  };
  // Nodes of one kind.  Those of the base keep their columns but for what the maps say; the others' lie in the vectors.
  struct Nodes {
    uint32_t in_base = 0;
    std::map<uint32_t, Life> lives;
    std::map<uint32_t, bool> withdrawn;  // of any node a row has withdrawn or restored
    std::vector<Life> fresh_lives;       // of kinds that have lifetimes
    LargeVector<int32_t> facts[model::kMaxFacts];
    LargeVector<std::pair<uint64_t, uint32_t>> ids;  // offset and length in id_bytes_
    uint32_t count() const { return in_base + static_cast<uint32_t>(ids.size()); }
  };
  // Ties of one kind: rows in log order, or those of the only batch where they lie.
  struct Ties {
    LargeVector<model::Tie> rows;
    absl::Span<const model::Tie> batch;
  };

  const Base& Below() const;  // one of nothing where there is none
  void Grow(model::NodeNumber node);
  void SetLife(model::NodeNumber node, const Life& life);
  void SetFact(model::NodeNumber node, model::Fact fact, base::Validity valid, int32_t value);
  void SetTimeline(model::NodeNumber node, model::Fact fact, model::FactTimeline timeline);
  // The rows of one kind in key order, the last word on each key.
  absl::Span<const model::Tie> Sorted(model::TieKind kind);
  std::string_view Attributes(const model::Tie& row) const;
  void TakeOver(Ties* ties);

  // base_columns.cc; they let go of what they have written.
  std::string_view IdOf(model::NodeKind kind, uint32_t ordinal) const;
  absl::Status WriteNodes(model::NodeKind kind, ColumnWriter* writer);
  void WriteIds(model::NodeKind kind, ColumnWriter* writer);
  absl::Status WriteFacts(model::NodeKind kind, ColumnWriter* writer);
  absl::Status WriteTies(model::TieKind kind, ColumnWriter* writer);
  absl::Status WriteCodes(ColumnWriter* writer);
  void WriteTerms(ColumnWriter* writer);
  void WriteAttachments(ColumnWriter* writer);
  // base_tie_ends.cc
  absl::Status WriteTieEnds(model::TieKind kind, const MergedTies& ties, ColumnWriter* writer);
  absl::Status WriteTieAttributes(model::TieKind kind, const MergedTies& ties, ColumnWriter* writer);

  const Base* below_ = nullptr;
  Nodes nodes_[model::kNodeKinds];
  LargeVector<char> id_bytes_;
  LargeVector<uint8_t> statuses_;  // of all people, narrow, from when they are written until affiliations are
  // Of facts that have changed over time, and of all a row has touched of a node of the base.
  std::map<std::pair<model::NodeNumber, model::Fact>, model::FactTimeline> timelines_;
  Ties ties_[model::kTieKinds];
  std::vector<std::string> extras_;
  const model::Batch* batch_ = nullptr;                      // the one that lends rows
  std::map<CodeOwner, model::Timeline<std::string>> codes_;  // instead of the base's for that owner
  std::map<std::pair<model::NodeNumber, int32_t>, model::TermRow> terms_;
  std::optional<model::Attachments> attachments_;        // instead of the base's
  std::map<model::StepRow::Key, model::StepRow> steps_;  // over the base's
  uint32_t next_tie_ = 1, next_matter_ = 1;
};

}  // namespace jiceng::graph

#endif  // JICENG_GRAPH_BASE_BUILDER_H_
