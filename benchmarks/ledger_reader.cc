#include "benchmarks/ledger_reader.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <functional>

namespace jiceng::benchmarks {

int32_t DateOf(std::string_view cell, int32_t empty) {
  if (cell.empty()) return empty;
  int32_t parts[3] = {0, 1, 1};
  size_t part = 0;
  int32_t value = 0;
  for (char c : cell) {
    if (c == '-') {
      parts[part++] = value;
      value = 0;
      if (part > 2) return empty;
    } else {
      value = value * 10 + (c - '0');
    }
  }
  parts[part] = value;
  return parts[0] * 10000 + parts[1] * 100 + parts[2];
}

LedgerReader::LedgerReader(const std::string& path) {
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return;
  struct stat info;
  if (::fstat(file, &info) == 0 && info.st_size > 0) {
    void* mapped = ::mmap(nullptr, info.st_size, PROT_READ, MAP_PRIVATE | MAP_POPULATE, file, 0);
    if (mapped != MAP_FAILED) {
      data_ = static_cast<const char*>(mapped);
      size_ = info.st_size;
    }
  }
  ::close(file);
  at_ = data_;
  end_ = data_ + size_;
  if (size_ >= 3 && std::memcmp(data_, "\xEF\xBB\xBF", 3) == 0) at_ += 3;
  if (ReadRow()) header_.assign(cells_.begin(), cells_.end());
}

LedgerReader::~LedgerReader() {
  if (data_ != nullptr) ::munmap(const_cast<char*>(data_), size_);
}

size_t LedgerReader::Column(std::string_view name) const {
  return std::find(header_.begin(), header_.end(), name) - header_.begin();
}

bool LedgerReader::Next() { return ReadRow(); }

bool LedgerReader::ReadRow() {
  cells_.clear();
  if (at_ == end_) return false;
  while (true) {
    if (at_ != end_ && *at_ == '"') {
      cells_.push_back(ReadQuoted());
    } else {
      const char* begin = at_;
      while (at_ != end_ && *at_ != ',' && *at_ != '\n') ++at_;
      const char* stop = at_;
      if (stop != begin && stop[-1] == '\r' && (at_ == end_ || *at_ == '\n')) --stop;
      cells_.emplace_back(begin, stop - begin);
    }
    if (at_ == end_) return true;
    if (*at_++ == '\n') return true;
  }
}

std::string_view LedgerReader::ReadQuoted() {
  std::string text;
  ++at_;
  while (at_ != end_) {
    if (*at_ != '"') {
      text += *at_++;
    } else if (at_ + 1 != end_ && at_[1] == '"') {
      text += '"';
      at_ += 2;
    } else {
      ++at_;
      break;
    }
  }
  while (at_ != end_ && *at_ != ',' && *at_ != '\n') ++at_;
  unquoted_.push_back(std::move(text));
  return unquoted_.back();
}

size_t TextNumbers::Slot(std::string_view text) const {
  const size_t mask = slots_.size() - 1;
  size_t slot = std::hash<std::string_view>()(text) & mask;
  while (slots_[slot] != 0 && texts_[slots_[slot] - 1] != text) slot = (slot + 1) & mask;
  return slot;
}

void TextNumbers::Grow() {
  slots_.assign(std::max<size_t>(1024, slots_.size() * 4), 0);
  for (size_t i = 0; i < texts_.size(); ++i) slots_[Slot(texts_[i])] = static_cast<int32_t>(i + 1);
}

int32_t TextNumbers::Add(std::string_view text) {
  if (texts_.size() * 2 >= slots_.size()) Grow();
  const size_t slot = Slot(text);
  if (slots_[slot] == 0) {
    texts_.push_back(text);
    slots_[slot] = static_cast<int32_t>(texts_.size());
  }
  return slots_[slot];
}

int32_t TextNumbers::Find(std::string_view text) const { return slots_.empty() ? 0 : slots_[Slot(text)]; }

}  // namespace jiceng::benchmarks
