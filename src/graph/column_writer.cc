#include "graph/column_writer.h"

#include <cstring>
#include <utility>

#include "base/status.h"

namespace jiceng::graph {
namespace {

constexpr size_t kBuffer = size_t{1} << 16;  // hashed and written while it lies in the cache

std::string_view View(const void* data, size_t size) { return {static_cast<const char*>(data), size}; }

}  // namespace

ColumnWriter::ColumnWriter() : ColumnWriter(nullptr) {}

ColumnWriter::ColumnWriter(std::unique_ptr<NewFile> file) : file_(std::move(file)) {
  buffer_.reserve(kBuffer);
  const std::vector<uint8_t> head(kHeadSize, 0);
  Put(head.data(), head.size());
}

void ColumnWriter::Put(const uint8_t* bytes, size_t size) {
  if (file_ != nullptr) {
    file_->Append(bytes, size);
  } else {
    body_.Grow(size_ + size);
    std::memcpy(body_.data() + size_, bytes, size);
  }
  size_ += size;
}

void ColumnWriter::BeginColumn(uint32_t id, uint32_t width, uint64_t detail) {
  entries_.push_back({id, width, size_, 0, detail, {}});
}

void ColumnWriter::AppendBytes(const uint8_t* bytes, size_t size) {
  entries_.back().count += size / entries_.back().width;
  while (size > 0) {
    const size_t step = std::min(size, kBuffer - buffer_.size());
    buffer_.insert(buffer_.end(), bytes, bytes + step);
    if (buffer_.size() == kBuffer) Flush();
    bytes += step;
    size -= step;
  }
}

void ColumnWriter::Flush() {
  hasher_.Update(View(buffer_.data(), buffer_.size()));
  Put(buffer_.data(), buffer_.size());
  buffer_.clear();
}

void ColumnWriter::End() {
  Entry& entry = entries_.back();
  if (entry.count == 0) {
    entries_.pop_back();
    return;
  }
  Flush();
  entry.digest = hasher_.Finish();
  static constexpr uint8_t kPadding[kColumnAlignment] = {};
  Put(kPadding, (kColumnAlignment - size_ % kColumnAlignment) % kColumnAlignment);
}

absl::StatusOr<std::shared_ptr<const ColumnFile>> ColumnWriter::Finish(const Stamp& stamp) {
  std::vector<FileEntry> directory;
  directory.reserve(entries_.size());
  for (const Entry& entry : entries_) {
    FileEntry raw{entry.id, entry.width, entry.offset, entry.count, entry.detail, {}};
    std::memcpy(raw.digest, entry.digest.data(), entry.digest.size());
    directory.push_back(raw);
  }
  const FileHeader header = MakeHeader(stamp, size_, directory);
  const size_t directory_size = directory.size() * sizeof(FileEntry);
  if (file_ != nullptr) {
    file_->WriteAt(0, &header, sizeof(header));
    file_->WriteAt(sizeof(header), directory.data(), directory_size);
    RETURN_IF_ERROR(file_->status());
    return ColumnFile::FromNew(std::move(file_));
  }
  std::memcpy(body_.data(), &header, sizeof(header));
  std::memcpy(body_.data() + sizeof(header), directory.data(), directory_size);
  body_.ShrinkToFit();
  return ColumnFile::FromBytes(std::move(body_));
}

}  // namespace jiceng::graph
