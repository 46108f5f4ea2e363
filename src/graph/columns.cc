#include "graph/columns.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <utility>

#include "base/descriptor.h"
#include "base/status.h"
#include "base/strings.h"

namespace jiceng::graph {
namespace {

constexpr char kMagic[8] = {'J', 'I', 'C', 'E', 'N', 'G', 'B', '1'};
constexpr uint32_t kByteOrder = 0x01020304;
constexpr uint32_t kVersion = 3;  // 1: offsets, nodes and numbers in four bytes each; 2: no MemberColumns
constexpr size_t kFetchedAtOnce = size_t{24} << 20;  // a city's units, homes and reports; some 25 ms of a plain disk

absl::Status Unreadable(std::string_view why) {
  return base::Error(absl::StatusCode::kDataLoss, "BASE_UNREADABLE", base::StrCat("base file: ", why));
}

std::string_view View(const void* data, size_t size) { return {static_cast<const char*>(data), size}; }

// Puts the stamp into the header and the digest over it and the directory.
void Seal(const Stamp& stamp, std::string_view directory, FileHeader* header) {
  std::memcpy(header->uuid, stamp.uuid.data(), sizeof(header->uuid));
  std::memcpy(header->hash, stamp.hash.data(), sizeof(header->hash));
  header->seq = stamp.seq;
  base::Hasher hasher;
  hasher.Update(View(header, offsetof(FileHeader, directory_digest)));
  hasher.Update(directory);
  const base::Digest digest = hasher.Finish();
  std::memcpy(header->directory_digest, digest.data(), digest.size());
}

}  // namespace

FileHeader MakeHeader(const Stamp& stamp, uint64_t file_size, absl::Span<const FileEntry> directory) {
  FileHeader header{};
  std::memcpy(header.magic, kMagic, sizeof(kMagic));
  header.byte_order = kByteOrder;
  header.version = kVersion;
  header.file_size = file_size;
  header.columns = static_cast<uint32_t>(directory.size());
  Seal(stamp, View(directory.data(), directory.size() * sizeof(FileEntry)), &header);
  return header;
}

ColumnFile::~ColumnFile() {
  if (mapped_ != nullptr) munmap(mapped_, size_);
}

absl::StatusOr<std::shared_ptr<const ColumnFile>> ColumnFile::Open(const std::string& path, bool map) {
  const base::Descriptor fd(open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!fd.ok()) return DiskError("cannot open", path, errno);
  struct stat info {};
  if (fstat(fd.get(), &info) != 0 || info.st_size < static_cast<off_t>(sizeof(FileHeader)))
    return Unreadable("shorter than its header");
  std::shared_ptr<ColumnFile> file(new ColumnFile());
  file->size_ = static_cast<size_t>(info.st_size);
  if (map) {
    RETURN_IF_ERROR(file->Map(fd.get(), path));
  } else {
    file->owned_.Grow(file->size_);
    size_t done = 0;
    while (done < file->size_) {
      const ssize_t n = read(fd.get(), file->owned_.data() + done, file->size_ - done);
      if (n < 0 && errno == EINTR) continue;
      if (n <= 0) break;
      done += static_cast<size_t>(n);
    }
    if (done != file->size_) return Unreadable("could not be read whole");
    file->data_ = file->owned_.data();
  }
  RETURN_IF_ERROR(file->ReadDirectory());
  return std::shared_ptr<const ColumnFile>(std::move(file));
}

absl::Status ColumnFile::Map(int fd, const std::string& path) {
  mapped_ = mmap(nullptr, size_, PROT_READ, MAP_SHARED, fd, 0);
  if (mapped_ == MAP_FAILED) {
    mapped_ = nullptr;
    return DiskError("cannot map", path, errno);
  }
  data_ = static_cast<const uint8_t*>(mapped_);
  // Columns lie in the order of need: the first are fetched at once and in one go, while the caller goes on, instead of
  // page by page when a question comes to each.
  madvise(mapped_, std::min(size_, kFetchedAtOnce), MADV_WILLNEED);
  return absl::OkStatus();
}

absl::StatusOr<std::shared_ptr<const ColumnFile>> ColumnFile::FromNew(std::unique_ptr<NewFile> file) {
  std::shared_ptr<ColumnFile> columns(new ColumnFile());
  columns->size_ = file->size();
  RETURN_IF_ERROR(columns->Map(file->fd(), "a new base file"));
  columns->unpublished_ = std::move(file);
  RETURN_IF_ERROR(columns->ReadDirectory());
  return std::shared_ptr<const ColumnFile>(std::move(columns));
}

absl::StatusOr<std::shared_ptr<const ColumnFile>> ColumnFile::FromBytes(ByteBlock bytes) {
  std::shared_ptr<ColumnFile> file(new ColumnFile());
  file->owned_ = std::move(bytes);
  file->data_ = file->owned_.data();
  file->size_ = file->owned_.size();
  if (file->size_ < sizeof(FileHeader)) return Unreadable("shorter than its header");
  RETURN_IF_ERROR(file->ReadDirectory());
  return std::shared_ptr<const ColumnFile>(std::move(file));
}

absl::StatusOr<std::shared_ptr<const ColumnFile>> ColumnFile::FromBytes(absl::Span<const uint8_t> bytes) {
  ByteBlock block;
  if (bytes.empty()) return Unreadable("empty");
  block.Grow(bytes.size());
  std::memcpy(block.data(), bytes.data(), bytes.size());
  return FromBytes(std::move(block));
}

void ColumnFile::ExpectScattered(uint32_t id) const { Advise(id, MADV_RANDOM); }
void ColumnFile::Fetch(uint32_t id) const { Advise(id, MADV_WILLNEED); }
void ColumnFile::LetGo(uint32_t id) const { Advise(id, MADV_DONTNEED); }

void ColumnFile::Advise(uint32_t id, int advice) const {
  const auto it = directory_.find(id);
  if (mapped_ == nullptr || it == directory_.end()) return;
  // Whole pages within the column.
  const uint64_t page = static_cast<uint64_t>(sysconf(_SC_PAGESIZE));
  const uint64_t first = (it->second.offset + page - 1) / page * page;
  const uint64_t last = (it->second.offset + it->second.count * it->second.width) / page * page;
  if (first < last) madvise(static_cast<char*>(mapped_) + first, last - first, advice);
}

absl::Status ColumnFile::ReadDirectory() {
  FileHeader header;
  std::memcpy(&header, data_, sizeof(header));
  if (std::memcmp(header.magic, kMagic, sizeof(kMagic)) != 0) return Unreadable("not a base file");
  if (header.byte_order != kByteOrder) return Unreadable("written in another byte order");
  if (header.version != kVersion)
    return Unreadable(base::StrCat("version ", header.version, ", this library reads ", kVersion));
  if (header.file_size != size_) return Unreadable(base::StrCat("has ", size_, " bytes instead of ", header.file_size));
  const uint64_t directory_size = uint64_t{header.columns} * sizeof(FileEntry);
  if (header.columns > kMostColumns || sizeof(header) + directory_size > size_)
    return Unreadable("directory is cut off");
  const std::string_view directory = View(data_ + sizeof(header), directory_size);
  base::Hasher hasher;
  hasher.Update(View(&header, offsetof(FileHeader, directory_digest)));
  hasher.Update(directory);
  if (base::Bytes(hasher.Finish()) != View(header.directory_digest, 32))
    return Unreadable("directory does not match its digest");

  std::memcpy(stamp_.uuid.data(), header.uuid, 16);
  std::memcpy(stamp_.hash.data(), header.hash, 32);
  stamp_.seq = header.seq;
  for (uint32_t i = 0; i < header.columns; ++i) {
    FileEntry raw;
    std::memcpy(&raw, directory.data() + i * sizeof(FileEntry), sizeof(raw));
    const bool width_ok = raw.width == 1 || raw.width == 2 || raw.width == 4 || raw.width == 8;
    if (!width_ok || raw.offset % kColumnAlignment != 0 || raw.offset > size_ ||
        raw.count > (size_ - raw.offset) / raw.width) {
      return Unreadable("a column lies outside the file");
    }
    Entry entry{raw.width, raw.offset, raw.count, raw.detail, {}};
    std::memcpy(entry.digest.data(), raw.digest, 32);
    directory_.emplace(raw.id, entry);
  }
  return absl::OkStatus();
}

absl::Status ColumnFile::Verify() const {
  for (const auto& [id, entry] : directory_) {
    if (base::Sha256(View(data_ + entry.offset, entry.count * entry.width)) != entry.digest) {
      return base::Error(
          absl::StatusCode::kDataLoss, "BASE_CORRUPT",
          base::StrCat("base file: column ", id, " does not match its digest; delete the file, it is rebuilt"));
    }
  }
  return absl::OkStatus();
}

absl::Status ColumnFile::WriteTo(const std::string& path, const Stamp& stamp) const {
  FileHeader header;
  std::memcpy(&header, data_, sizeof(header));
  const size_t head = sizeof(header) + size_t{header.columns} * sizeof(FileEntry);
  Seal(stamp, View(data_ + sizeof(header), head - sizeof(header)), &header);
  std::unique_ptr<NewFile> file = std::move(unpublished_);
  if (file == nullptr) {
    ASSIGN_OR_RETURN(file, NewFile::Create(path));
    file->Append(data_, size_);
  }
  file->WriteAt(0, &header, sizeof(header));
  return file->Publish();
}

}  // namespace jiceng::graph
