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
#include "graph/new_file.h"

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
  // Maps a file that has been written whole and not been published yet.
  static absl::StatusOr<std::shared_ptr<const ColumnFile>> FromNew(std::unique_ptr<NewFile> file);
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
  // A column is about to be read from front to back, or has been: it is fetched in one go, and its pages no longer count
  // as this process's.  Others who read it do not notice.
  void Fetch(uint32_t id) const;
  void LetGo(uint32_t id) const;
  // Tells that single places of a column are read, far apart: reading from the disk what lies around each is a waste.
  void ExpectScattered(uint32_t id) const;
  // Compares every column with its digest.  Errors: DATA_LOSS, reason BASE_CORRUPT.
  absl::Status Verify() const;
  // Puts the block as a file under the stamp given in the place of `path`, synced.  One made with FromNew() is that file
  // already and is published, once; any other is written.  Errors: UNAVAILABLE (DISK).
  absl::Status WriteTo(const std::string& path, const Stamp& stamp) const;

 private:
  struct Entry {
    uint32_t width = 0;
    uint64_t offset = 0, count = 0, detail = 0;
    base::Digest digest{};
  };
  ColumnFile() = default;
  absl::Status Map(int fd, const std::string& path);
  absl::Status ReadDirectory();
  void Advise(uint32_t id, int advice) const;

  const uint8_t* data_ = nullptr;
  size_t size_ = 0;
  void* mapped_ = nullptr;
  ByteBlock owned_;
  mutable std::unique_ptr<NewFile> unpublished_;
  Stamp stamp_;
  std::unordered_map<uint32_t, Entry> directory_;
};

// How a file begins; for those who write one.
inline constexpr uint64_t kColumnAlignment = 64;
inline constexpr uint32_t kMostColumns = 512;
struct FileHeader {
  char magic[8];
  uint32_t byte_order, version;
  uint8_t uuid[16];
  int64_t seq;
  uint8_t hash[32];
  uint64_t file_size;
  uint32_t columns, reserved;
  uint8_t directory_digest[32];
};
static_assert(sizeof(FileHeader) == 120, "the header is part of the format");
struct FileEntry {
  uint32_t id, width;
  uint64_t offset, count, detail;
  uint8_t digest[32];
};
static_assert(sizeof(FileEntry) == 64, "the directory is part of the format");
// Room for so many columns is kept before the first one, so that the directory can be written last.
inline constexpr uint64_t kHeadSize = (sizeof(FileHeader) + kMostColumns * sizeof(FileEntry) + kColumnAlignment - 1) /
                                      kColumnAlignment * kColumnAlignment;
// A header for a file of that size and those columns.
FileHeader MakeHeader(const Stamp& stamp, uint64_t file_size, absl::Span<const FileEntry> directory);

}  // namespace jiceng::graph

#endif  // JICENG_GRAPH_COLUMNS_H_
