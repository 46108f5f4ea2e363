// A file of columns: written once, mapped back without parsing.
#ifndef JICENG_GRAPH_COLUMNS_H_
#define JICENG_GRAPH_COLUMNS_H_

#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "base/digest.h"
#include "graph/large_memory.h"

namespace jiceng::graph {

// What binds a base file to the store it is a cache of: a file whose stamp is not the store's own is ignored.
struct Stamp {
  std::array<uint8_t, 16> uuid{};
  int64_t seq = 0;
  base::Digest hash{};  // of the commit `seq`
  friend bool operator==(const Stamp& a, const Stamp& b) {
    return a.uuid == b.uuid && a.seq == b.seq && a.hash == b.hash;
  }
};

// Layout, little-endian: a header (magic, version, stamp, size, number of columns, digest of the directory), the
// directory (id, element width, offset, count, detail, digest of each column), then the columns, each at a multiple of
// 64 bytes.  Header and directory are checked on opening, so every column lies within the file; the columns' digests
// are checked by Verify() only.

// Columns in one block of memory, mapped or on the heap.  Immutable, share freely.
class ColumnFile {
 public:
  // Errors: NOT_FOUND; DATA_LOSS with reason BASE_UNREADABLE for anything that is not a whole base file of this
  // version.
  static absl::StatusOr<std::shared_ptr<const ColumnFile>> Open(const std::string& path, bool map);
  static absl::StatusOr<std::shared_ptr<const ColumnFile>> FromBytes(ByteBlock bytes);
  static absl::StatusOr<std::shared_ptr<const ColumnFile>> FromBytes(absl::Span<const uint8_t> bytes);  // a copy
  ~ColumnFile();
  ColumnFile(const ColumnFile&) = delete;
  ColumnFile& operator=(const ColumnFile&) = delete;

  const Stamp& stamp() const { return stamp_; }
  // The column, or an empty span when there is none of that id and width.
  template <typename T>
  absl::Span<const T> Column(uint32_t id) const {
    const auto it = directory_.find(id);
    if (it == directory_.end() || it->second.width != sizeof(T)) return {};
    return {reinterpret_cast<const T*>(data_ + it->second.offset), it->second.count};
  }
  // What the directory says of a column beside its size, so that opening need not touch the column; 0 for none.
  uint64_t Detail(uint32_t id) const {
    const auto it = directory_.find(id);
    return it == directory_.end() ? 0 : it->second.detail;
  }
  absl::Span<const uint8_t> bytes() const { return {data_, size_}; }
  // Tells that single places of a column are read, far apart: reading from the disk what lies around each is a waste.
  void ExpectScattered(uint32_t id) const;
  // Compares every column with its digest.  Errors: DATA_LOSS, reason BASE_CORRUPT.
  absl::Status Verify() const;
  // Writes the block as a file under the stamp given: beside `path`, synced, then renamed over it.
  absl::Status WriteTo(const std::string& path, const Stamp& stamp) const;

 private:
  struct Entry {
    uint32_t width = 0;
    uint64_t offset = 0, count = 0, detail = 0;
    base::Digest digest{};
  };
  ColumnFile() = default;
  absl::Status ReadDirectory();

  const uint8_t* data_ = nullptr;
  size_t size_ = 0;
  void* mapped_ = nullptr;
  ByteBlock owned_;
  Stamp stamp_;
  std::unordered_map<uint32_t, Entry> directory_;
};

// Lays columns out, one after the other, in the block they stay in.  One thread at a time.
class ColumnWriter {
 public:
  ColumnWriter();
  // A new column of so many values, all zero, to be filled in place; valid until the next call.  One without values
  // leaves no trace: reading it gives none.
  template <typename T>
  absl::Span<T> New(uint32_t id, size_t count, uint64_t detail = 0) {
    return {reinterpret_cast<T*>(NewBytes(id, sizeof(T), count, detail)), count};
  }
  template <typename T>
  void Add(uint32_t id, absl::Span<const T> values) {
    std::copy(values.begin(), values.end(), New<T>(id, values.size()).begin());
  }
  template <typename T, typename Allocator>
  void Add(uint32_t id, const std::vector<T, Allocator>& values) {
    Add(id, absl::Span<const T>(values));
  }
  // The finished block; the writer is of no use afterwards.
  ByteBlock Finish(const Stamp& stamp);

 private:
  struct Entry {
    uint32_t id = 0, width = 0;
    uint64_t offset = 0, count = 0, detail = 0;
  };
  uint8_t* NewBytes(uint32_t id, uint32_t width, size_t count, uint64_t detail);

  std::vector<Entry> entries_;
  ByteBlock body_;
};

}  // namespace jiceng::graph

#endif  // JICENG_GRAPH_COLUMNS_H_
