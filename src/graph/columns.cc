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
constexpr uint32_t kVersion = 2;  // 1: offsets, nodes and numbers in four bytes each
constexpr uint64_t kAlignment = 64;
constexpr uint32_t kMostColumns =
    512;  // room for so many is kept before the first column, so that the block is laid out once

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

constexpr size_t kFetchedAtOnce = size_t{24} << 20;  // a city's units, homes and reports; some 25 ms of a plain disk

constexpr uint64_t kHeadSize =
    (sizeof(FileHeader) + kMostColumns * sizeof(FileEntry) + kAlignment - 1) / kAlignment * kAlignment;

absl::Status Unreadable(std::string_view why) {
  return base::Error(absl::StatusCode::kDataLoss, "BASE_UNREADABLE", base::StrCat("base file: ", why));
}

std::string_view View(const void* data, size_t size) { return {static_cast<const char*>(data), size}; }

absl::Status SystemError(std::string_view what, const std::string& path) {
  return base::Error(errno == ENOENT ? absl::StatusCode::kNotFound : absl::StatusCode::kUnavailable, "DISK",
                     base::StrCat(what, " ", path, ": ", std::strerror(errno)));
}

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

bool WriteAll(int fd, const void* data, size_t size) {
  const char* bytes = static_cast<const char*>(data);
  while (size > 0) {
    const ssize_t n = write(fd, bytes, size);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return false;
    bytes += n;
    size -= static_cast<size_t>(n);
  }
  return true;
}

}  // namespace

ColumnFile::~ColumnFile() {
  if (mapped_ != nullptr) munmap(mapped_, size_);
}

absl::StatusOr<std::shared_ptr<const ColumnFile>> ColumnFile::Open(const std::string& path, bool map) {
  const base::Descriptor fd(open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!fd.ok()) return SystemError("cannot open", path);
  struct stat info {};
  if (fstat(fd.get(), &info) != 0 || info.st_size < static_cast<off_t>(sizeof(FileHeader)))
    return Unreadable("shorter than its header");
  std::shared_ptr<ColumnFile> file(new ColumnFile());
  file->size_ = static_cast<size_t>(info.st_size);
  if (map) {
    file->mapped_ = mmap(nullptr, file->size_, PROT_READ, MAP_SHARED, fd.get(), 0);
    if (file->mapped_ == MAP_FAILED) {
      file->mapped_ = nullptr;
      return SystemError("cannot map", path);
    }
    file->data_ = static_cast<const uint8_t*>(file->mapped_);
    // Columns lie in the order of need: the first are fetched at once and in one go, while the caller goes on, instead
    // of page by page when a question comes to each.
    madvise(file->mapped_, std::min(file->size_, kFetchedAtOnce), MADV_WILLNEED);
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

void ColumnFile::ExpectScattered(uint32_t id) const {
  const auto it = directory_.find(id);
  if (mapped_ == nullptr || it == directory_.end()) return;
  // Whole pages within the column.
  const uint64_t page = static_cast<uint64_t>(sysconf(_SC_PAGESIZE));
  const uint64_t first = (it->second.offset + page - 1) / page * page;
  const uint64_t last = (it->second.offset + it->second.count * it->second.width) / page * page;
  if (first < last) madvise(static_cast<char*>(mapped_) + first, last - first, MADV_RANDOM);
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
    if (!width_ok || raw.offset % kAlignment != 0 || raw.offset > size_ ||
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
  const std::string temporary = base::StrCat(path, ".", getpid(), ".tmp");
  const base::Descriptor fd(open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600));
  if (!fd.ok()) return SystemError("cannot create", temporary);
  if (WriteAll(fd.get(), &header, sizeof(header)) &&
      WriteAll(fd.get(), data_ + sizeof(header), size_ - sizeof(header)) && fsync(fd.get()) == 0 &&
      rename(temporary.c_str(), path.c_str()) == 0) {
    return absl::OkStatus();
  }
  const int error = errno;
  unlink(temporary.c_str());
  errno = error;
  return SystemError("cannot write", path);
}

ColumnWriter::ColumnWriter() { body_.Grow(kHeadSize); }

uint8_t* ColumnWriter::NewBytes(uint32_t id, uint32_t width, size_t count, uint64_t detail) {
  const size_t offset = body_.size();
  if (count == 0) return body_.data() + offset;
  entries_.push_back({id, width, offset, count, detail});
  body_.Grow((offset + count * width + kAlignment - 1) / kAlignment * kAlignment);
  return body_.data() + offset;
}

ByteBlock ColumnWriter::Finish(const Stamp& stamp) {
  FileHeader header{};
  std::memcpy(header.magic, kMagic, sizeof(kMagic));
  header.byte_order = kByteOrder;
  header.version = kVersion;
  header.file_size = body_.size();
  header.columns = static_cast<uint32_t>(entries_.size());

  std::vector<FileEntry> directory;
  directory.reserve(entries_.size());
  for (const Entry& entry : entries_) {
    FileEntry raw{entry.id, entry.width, entry.offset, entry.count, entry.detail, {}};
    const base::Digest digest = base::Sha256(View(body_.data() + entry.offset, entry.count * entry.width));
    std::memcpy(raw.digest, digest.data(), digest.size());
    directory.push_back(raw);
  }
  Seal(stamp, View(directory.data(), directory.size() * sizeof(FileEntry)), &header);
  std::memcpy(body_.data(), &header, sizeof(header));
  std::memcpy(body_.data() + sizeof(header), directory.data(), directory.size() * sizeof(FileEntry));
  body_.ShrinkToFit();
  return std::move(body_);
}

}  // namespace jiceng::graph
