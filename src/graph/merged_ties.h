// The ties of one kind as a new base will have them: a base's columns with rows merged in.
#ifndef JICENG_GRAPH_MERGED_TIES_H_
#define JICENG_GRAPH_MERGED_TIES_H_

#include <algorithm>
#include <cstdint>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/types/span.h"
#include "graph/base.h"

namespace jiceng::graph {

// A list of runs, each of old ties or of rows, in key order.  What is new at the end, as in an import of a further
// province, is one run a kind of from-node; nothing old is looked at to find that out.  Columns and rows must outlive it.
class MergedTies {
 public:
  // `rows` are in key order, one a key; a withdrawn one takes the old tie away.
  MergedTies(model::TieKind kind, const TieColumns& old, absl::Span<const model::Tie> rows);

  uint64_t size() const { return size_; }
  // Gives a value of each tie, some thousands at a time: old(first, count, out) for old ones, fresh(row) for rows.
  template <typename T, typename Old, typename Fresh>
  void ForEachChunk(Old old, Fresh fresh, absl::FunctionRef<void(absl::Span<const T>)> visit) const {
    constexpr uint32_t kChunk = 4096;
    T values[kChunk];
    uint32_t n = 0;
    for (const Run& run : runs_) {
      for (uint32_t done = 0, step; done < run.count; done += step) {
        step = std::min(run.count - done, kChunk - n);
        const uint32_t first = run.first + done;
        if (run.fresh) {
          for (uint32_t k = 0; k < step; ++k) values[n + k] = fresh(rows_[first + k]);
        } else {
          old(first, step, values + n);
        }
        n += step;
        if (n < kChunk) continue;
        visit({values, n});
        n = 0;
      }
    }
    if (n > 0) visit({values, n});
  }
  // The same of a column of plain values.
  template <typename T, typename Fresh>
  void ForEachChunkOf(absl::Span<const T> old, Fresh fresh, absl::FunctionRef<void(absl::Span<const T>)> visit) const {
    ForEachChunk<T>([&](uint32_t first, uint32_t count, T* out) { std::copy_n(old.data() + first, count, out); }, fresh,
                    visit);
  }

  // Old ones and rows beginning at some place of the old columns or of the rows.
  struct Run {
    uint32_t first, count;
    bool fresh;
  };
  absl::Span<const Run> runs() const { return runs_; }
  absl::Span<const model::Tie> rows() const { return rows_; }

 private:
  void Add(uint32_t first, uint32_t count, bool fresh);

  absl::Span<const model::Tie> rows_;
  std::vector<Run> runs_;
  uint64_t size_ = 0;
};

}  // namespace jiceng::graph

#endif  // JICENG_GRAPH_MERGED_TIES_H_
