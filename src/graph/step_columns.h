// The steps of matters in a base file: where each lies, read when it is asked for.
#ifndef JICENG_GRAPH_STEP_COLUMNS_H_
#define JICENG_GRAPH_STEP_COLUMNS_H_

#include <cstdint>
#include <map>
#include <string>

#include "absl/types/span.h"
#include "graph/columns.h"
#include "model/step_row.h"

namespace jiceng::graph {

class ColumnWriter;

// In the order of the keys.  Immutable; views into the file.
class StepColumns {
 public:
  // False when the columns do not fit together.
  static bool Read(const ColumnFile& file, StepColumns* columns);

  size_t size() const { return offsets_.size(); }
  model::StepRow At(size_t index) const;
  model::StepRow::Key KeyAt(size_t index) const;
  size_t LowerBound(const model::StepRow::Key& key) const;
  // More than that of every matter that was ever opened.
  uint32_t next_matter() const { return next_matter_.empty() ? 1 : next_matter_[0]; }

 private:
  static constexpr size_t kFields = 8;  // matter, number, about, day, minute, actor, bytes of word and of content

  absl::Span<const int32_t> fields_;
  absl::Span<const uint64_t> offsets_;  // of each word; its content follows
  absl::Span<const char> bytes_;
  absl::Span<const uint32_t> next_matter_;
};

// Puts the rows over those of `below` and writes them.
void WriteSteps(const StepColumns& below, const std::map<model::StepRow::Key, model::StepRow>& rows,
                uint32_t next_matter, ColumnWriter* writer);

}  // namespace jiceng::graph

#endif  // JICENG_GRAPH_STEP_COLUMNS_H_
