// Writing a file of columns from front to back, into memory or straight into a file.
#ifndef JICENG_GRAPH_COLUMN_WRITER_H_
#define JICENG_GRAPH_COLUMN_WRITER_H_

#include <algorithm>
#include <cstdint>
#include <memory>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "base/digest.h"
#include "graph/columns.h"
#include "graph/large_memory.h"
#include "graph/new_file.h"

namespace jiceng::graph {

// Takes columns one after the other, each in pieces of any size; digests are made on the way, so nothing is
// read again.  A failed write is remembered and told by Finish().  One thread at a time.
class ColumnWriter {
 public:
  ColumnWriter();                                        // into memory
  explicit ColumnWriter(std::unique_ptr<NewFile> file);  // into that file

  // Begins a column; its values follow, then End().  One without values leaves no trace: reading it gives none.
  template <typename T>
  void Begin(uint32_t id, uint64_t detail = 0) {
    BeginColumn(id, sizeof(T), detail);
  }
  template <typename T>
  void Append(absl::Span<const T> values) {
    AppendBytes(reinterpret_cast<const uint8_t*>(values.data()), values.size() * sizeof(T));
  }
  void End();

  template <typename T>
  void Add(uint32_t id, absl::Span<const T> values, uint64_t detail = 0) {
    Begin<T>(id, detail);
    Append(values);
    End();
  }
  template <typename T, typename Allocator>
  void Add(uint32_t id, const std::vector<T, Allocator>& values, uint64_t detail = 0) {
    Add(id, absl::Span<const T>(values), detail);
  }

  // The columns as they can be read; the writer is of no use afterwards.  Errors: UNAVAILABLE (DISK).
  absl::StatusOr<std::shared_ptr<const ColumnFile>> Finish(const Stamp& stamp);

 private:
  struct Entry {
    uint32_t id = 0, width = 0;
    uint64_t offset = 0, count = 0, detail = 0;
    base::Digest digest{};
  };
  void BeginColumn(uint32_t id, uint32_t width, uint64_t detail);
  void AppendBytes(const uint8_t* bytes, size_t size);
  void Flush();
  void Put(const uint8_t* bytes, size_t size);  // behind what was put before

  std::vector<Entry> entries_;
  base::Hasher hasher_;
  std::vector<uint8_t> buffer_;  // of the column being written
  uint64_t size_ = 0;            // of all that was put
  ByteBlock body_;               // in memory
  std::unique_ptr<NewFile> file_;
};

// A column given value by value.  Begins it; End() must be called before the writer is used otherwise.
template <typename T>
class ColumnAppender {
 public:
  ColumnAppender(uint32_t id, ColumnWriter* writer, uint64_t detail = 0) : writer_(writer) {
    writer->Begin<T>(id, detail);
  }
  uint64_t size() const { return flushed_ + size_; }  // values so far
  void Add(T value) {
    values_[size_++] = value;
    if (size_ == kValues) Flush();
  }
  void Add(absl::Span<const T> values) {
    Flush();
    writer_->Append(values);
    flushed_ += values.size();
  }
  void End() {
    Flush();
    writer_->End();
  }

 private:
  static constexpr size_t kValues = 4096 / sizeof(T);
  void Flush() {
    writer_->Append(absl::Span<const T>(values_, size_));
    flushed_ += size_;
    size_ = 0;
  }

  ColumnWriter* writer_;
  size_t size_ = 0;
  uint64_t flushed_ = 0;
  T values_[kValues];
};

}  // namespace jiceng::graph

#endif  // JICENG_GRAPH_COLUMN_WRITER_H_
