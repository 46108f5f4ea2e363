#include "ledgers/csv.h"

#include <cstring>

#include "absl/base/config.h"
#include "absl/base/optimization.h"
#include "absl/numeric/bits.h"

namespace jiceng::ledgers {
namespace {

constexpr size_t kBlock = 64;
constexpr uint64_t kLow7 = 0x7f7f7f7f7f7f7f7fu;

constexpr uint64_t Repeat(char c) { return 0x0101010101010101u * static_cast<unsigned char>(c); }

uint64_t Load8(const char* p) {
  uint64_t word;
  std::memcpy(&word, p, sizeof(word));
#ifdef ABSL_IS_BIG_ENDIAN
  word = __builtin_bswap64(word);
#endif
  return word;
}

// High bit of each byte clear exactly where the byte of x is zero; the other bits mean nothing.
constexpr uint64_t NonZero(uint64_t x) { return ((x & kLow7) + kLow7) | x; }

}  // namespace

CsvReader::CsvReader(std::string_view text, char separator) : text_(text), separator_(separator) { Seek(0); }

// Eight bytes at a time in plain 64-bit arithmetic: as fast here as vector instructions, and the same on every
// processor.
uint64_t CsvReader::StopsAt(size_t block) const {
  const char* p = text_.data() + block;
  uint64_t stops = 0;
  if (ABSL_PREDICT_TRUE(text_.size() - block >= kBlock)) {
    const uint64_t separator = Repeat(separator_);
    for (size_t i = 0; i < kBlock; i += 8) {
      const uint64_t word = Load8(p + i);
      const uint64_t other = NonZero(word ^ separator) & NonZero(word ^ Repeat('\n')) & NonZero(word ^ Repeat('\r'));
      const uint64_t found = ~(other | kLow7);  // 0x80 in each byte that is a stop
      // Gathers the eight high bits into the top byte: bit 8k moves to 56 + k.
      stops |= (((found >> 7) * 0x0102040810204080u) >> 56) << i;
    }
    return stops;
  }
  for (size_t i = 0; i < text_.size() - block; ++i) {
    if (p[i] == separator_ || p[i] == '\n' || p[i] == '\r') stops |= uint64_t{1} << i;
  }
  return stops;
}

void CsvReader::Seek(size_t position) {
  block_ = position;
  stops_ = position < text_.size() ? StopsAt(position) : 0;
}

// Takes the next stop: its offset, or the text's size.
size_t CsvReader::NextStop() {
  while (stops_ == 0) {
    block_ += kBlock;
    if (block_ >= text_.size()) {
      block_ = text_.size();
      return text_.size();
    }
    stops_ = StopsAt(block_);
  }
  const size_t stop = block_ + static_cast<size_t>(absl::countr_zero(stops_));
  stops_ &= stops_ - 1;
  return stop;
}

std::string_view CsvReader::ReadQuoted(CsvRecord* record) {
  const size_t begin = position_ + 1;
  std::string* unescaped = nullptr;
  size_t piece = begin;
  for (size_t from = begin;;) {
    const size_t quote = text_.find('"', from);
    if (quote == std::string_view::npos) {
      record->defect = CsvRecord::kUnclosedQuote;
      record->defect_cell = record->cells.size();
      position_ = text_.size();
      Seek(position_);
      return text_.substr(begin);
    }
    if (quote + 1 < text_.size() && text_[quote + 1] == '"') {
      if (unescaped == nullptr) {
        if (unescaped_used_ == unescaped_.size()) unescaped_.emplace_back();
        unescaped = &unescaped_[unescaped_used_++];
        unescaped->clear();
      }
      unescaped->append(text_.substr(piece, quote + 1 - piece));
      piece = from = quote + 2;
      continue;
    }
    position_ = quote + 1;
    Seek(position_);
    if (unescaped == nullptr) return text_.substr(begin, quote - begin);
    unescaped->append(text_.substr(piece, quote - piece));
    return *unescaped;
  }
}

bool CsvReader::Next(CsvRecord* record) {
  if (position_ >= text_.size()) return false;
  record->row = ++row_;
  record->cells.clear();
  record->defect = CsvRecord::kNone;
  unescaped_used_ = 0;
  for (;;) {
    std::string_view cell;
    size_t stop;
    if (ABSL_PREDICT_FALSE(position_ < text_.size() && text_[position_] == '"')) {
      cell = ReadQuoted(record);
      stop = NextStop();
      if (stop != position_ && record->defect == CsvRecord::kNone) {
        record->defect = CsvRecord::kTextAfterQuote;
        record->defect_cell = record->cells.size();
      }
    } else {
      stop = NextStop();
      cell = text_.substr(position_, stop - position_);
    }
    record->cells.push_back(cell);
    if (stop >= text_.size()) {
      position_ = text_.size();
      return true;
    }
    position_ = stop + 1;
    if (text_[stop] == separator_) continue;
    if (text_[stop] == '\r' && position_ < text_.size() && text_[position_] == '\n') {
      NextStop();
      ++position_;
    }
    return true;
  }
}

}  // namespace jiceng::ledgers
