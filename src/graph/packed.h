// Columns that take fewer bytes than their values: numbers that follow a line, days, and tables of hashed keys.
#ifndef JICENG_GRAPH_PACKED_H_
#define JICENG_GRAPH_PACKED_H_

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <utility>

#include "absl/functional/function_ref.h"
#include "absl/types/span.h"
#include "base/date.h"
#include "graph/column_writer.h"
#include "graph/columns.h"

namespace jiceng::graph {

// A column's parts beside the one of its own id.
constexpr uint32_t kMarksPart = 0x20, kExceptionsPart = 0x40;

// Not the compiler's, which without the instruction for it is a call into a library: this is on every look-up's way.
inline uint32_t CountBits(uint64_t bits) {
  bits -= bits >> 1 & 0x5555555555555555u;
  bits = (bits & 0x3333333333333333u) + (bits >> 2 & 0x3333333333333333u);
  return static_cast<uint32_t>(((bits + (bits >> 4)) & 0x0f0f0f0f0f0f0f0fu) * 0x0101010101010101u >> 56);
}

// Values that are made as they are written: calls visit(span) with all of them in order, kBlock at a time or a multiple of
// it, but for the last; as often as it is asked, always the same.
template <typename T>
using Chunks = absl::FunctionRef<void(absl::FunctionRef<void(absl::Span<const T>)> visit)>;

// Numbers that mostly rise evenly: offsets, nodes in order, numbers given out one after the other.  They are cut into
// blocks of 64; a value is its block's base, plus the column's slope for each place in the block, plus what is left
// over, in as few bytes (none to four) as the block needs.  All of it modulo 2^32, so nothing is out of range, and
// without a branch.  Layout, in words: two a block (base; place of what is left over in units of 64 bytes, times 8,
// plus its width); what is left over; a word nothing refers to, so that four bytes can be read anywhere.  Slope and
// number of values (slope << 32 | number) are the column's detail in the directory.
class BlockColumn {
 public:
  static constexpr size_t kBlock = 64;
  static constexpr size_t kBlockWords = 2, kTailWords = 1;

  // An absent column is empty; false for one that is cut off.
  static bool Read(const ColumnFile& file, uint32_t id, BlockColumn* column);

  size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }
  uint32_t operator[](size_t i) const {
    const uint32_t* block = blocks_ + i / kBlock * kBlockWords;
    const uint32_t k = i % kBlock, width = block[1] & 7;
    const size_t at = std::min((block[1] >> 3) * kBlock + k * width, last_);  // a damaged block must not lead us out
    uint32_t rest;
    std::memcpy(&rest, rests_ + at, sizeof(rest));
    return block[0] + slope_ * k + (rest & static_cast<uint32_t>((uint64_t{1} << 8 * width) - 1));
  }
  // The values at i and i + 1, both there: mostly of one block, which is then looked at once.
  std::pair<uint32_t, uint32_t> Two(size_t i) const {
    const uint32_t* block = blocks_ + i / kBlock * kBlockWords;
    const uint32_t k = i % kBlock, width = block[1] & 7;
    const size_t at = (block[1] >> 3) * kBlock + k * width;
    if (k == kBlock - 1 || at + width > last_) return {(*this)[i], (*this)[i + 1]};
    uint32_t rests[2];
    std::memcpy(&rests[0], rests_ + at, sizeof(uint32_t));
    std::memcpy(&rests[1], rests_ + at + width, sizeof(uint32_t));
    const uint32_t mask = static_cast<uint32_t>((uint64_t{1} << 8 * width) - 1), line = block[0] + slope_ * k;
    return {line + (rests[0] & mask), line + slope_ + (rests[1] & mask)};
  }

 private:
  const uint32_t* blocks_ = nullptr;
  const uint8_t* rests_ = nullptr;
  size_t size_ = 0, last_ = 0;  // last_: the last place in rests_ where four bytes lie within the column
  uint32_t slope_ = 0;
};
void AddBlocks(uint32_t id, Chunks<uint32_t> values, ColumnWriter* writer);
void AddBlocks(uint32_t id, absl::Span<const uint32_t> values, ColumnWriter* writer);

// Days in 16 bits, 1900-01-01 to 2079-06-03 and both ends; the few outside lie beside, by index.  Where nearly all are
// Forever() only the others are kept, and a bit a value says which those are.
class DayColumn {
 public:
  static bool Read(const ColumnFile& file, uint32_t id, size_t size, DayColumn* column);

  size_t size() const { return size_; }
  base::Date operator[](size_t i) const {
    if (marks_.empty()) return Decode(codes_[i], i);
    const uint64_t mark = marks_[i / kMarked];
    const uint32_t bits = static_cast<uint32_t>(mark);
    if ((bits >> i % kMarked & 1) == 0) return base::Date::Forever();
    const uint32_t before = bits & ((uint32_t{1} << i % kMarked) - 1);
    const size_t at = static_cast<size_t>(mark >> 32) + CountBits(before);
    return at < codes_.size() ? Decode(codes_[at], i) : base::Date::Forever();
  }
  // The days [first, first + count), which must be there; a good deal faster than one by one.
  void Read(size_t first, size_t count, base::Date* days) const;
  // How many days NotAfter() looks at.
  static constexpr size_t kStretch = 64;
  // Of the days [first, first + count), count <= kStretch, whether each is `day` or before it: 1 or 0.  Compares what is
  // packed as it lies.  `first` is a multiple of kStretch.
  void NotAfter(size_t first, size_t count, base::Date day, uint8_t (&flags)[kStretch]) const;
  // Calls visit(i) for the places whose day is one of `days`, in any order, each once, for as long as it returns true;
  // false when it did not.  Beginning() and Forever() are no days.  Compares what is packed as it lies, many at a time.
  bool ForEachIn(base::Validity days, absl::FunctionRef<bool(size_t)> visit) const;

 private:
  friend void AddDays(uint32_t id, Chunks<base::Date> days, ColumnWriter* writer);
  static constexpr int32_t kEpoch = -25567;  // 1900-01-01, code 1
  static constexpr uint16_t kBeginning = 0, kElsewhere = 65534, kForever = 65535;
  static constexpr size_t kMarked = 32;  // values a mark: their bits, and above them how many bits are set before

  static uint16_t Encode(base::Date day) {
    if (day == base::Date::Beginning()) return kBeginning;
    if (day == base::Date::Forever()) return kForever;
    const int64_t code = int64_t{day.days()} - kEpoch + 1;
    return code > kBeginning && code < kElsewhere ? static_cast<uint16_t>(code) : kElsewhere;
  }
  base::Date Decode(uint16_t code, size_t i) const {
    if (static_cast<uint16_t>(code - 1) < kElsewhere - 1) return base::Date::FromDays(kEpoch - 1 + code);
    if (code == kForever) return base::Date::Forever();
    return code == kBeginning ? base::Date::Beginning() : Elsewhere(i);
  }
  base::Date Elsewhere(size_t i) const;
  // The place whose day has the code at `at`; size() where a damaged column has none.
  size_t PlaceOf(size_t at) const;

  absl::Span<const uint16_t> codes_;
  absl::Span<const uint64_t> marks_;       // empty: a code for every value
  absl::Span<const uint64_t> exceptions_;  // index << 32 | days, ascending
  size_t size_ = 0;
};
void AddDays(uint32_t id, Chunks<base::Date> days, ColumnWriter* writer);
void AddDays(uint32_t id, absl::Span<const base::Date> days, ColumnWriter* writer);

// The hash of the slots below: part of the file format, so fixed.
uint64_t DictionaryHash(std::string_view text);

// An open-addressing table of indexes by the hash of their keys.  A slot is 0 when free, else index + 1 in as many bits
// as the count of keys needs and bits of the hash above: hardly a key is compared in vain.
class SlotTable {
 public:
  static bool Read(const ColumnFile& file, uint32_t id, size_t count, SlotTable* table);

  // Calls visit(index) for every key that may be the one, in the order of the indexes, for as long as it returns true.
  template <typename Visit>
  void Probe(std::string_view key, Visit visit) const {
    const uint64_t hash = DictionaryHash(key);
    size_t s = Home(hash, slots_.size());
    const uint32_t wanted = static_cast<uint32_t>(hash) & ~mask_;
    for (size_t probes = slots_.size(); probes > 0 && slots_[s] != 0; --probes) {
      const uint32_t index = (slots_[s] & mask_) - 1;
      if ((slots_[s] & ~mask_) == wanted && index < count_ && !visit(index)) return;
      if (++s == slots_.size()) s = 0;
    }
  }
  bool empty() const { return slots_.empty(); }

 private:
  template <typename KeyOf>
  friend void AddSlots(uint32_t id, uint32_t count, KeyOf key_of, ColumnWriter* writer);
  static size_t Home(uint64_t hash, size_t slots) {
    return static_cast<size_t>(static_cast<unsigned __int128>(hash) * slots >> 64);
  }
  // The bits that hold 0 to `count`.
  static uint32_t MaskFor(size_t count) {
    uint32_t mask = 1;
    while (mask < count) mask = mask << 1 | 1;
    return mask;
  }

  absl::Span<const uint32_t> slots_;
  size_t count_ = 0;
  uint32_t mask_ = 0;
};
// Seven slots of eight are taken.  The keys are asked for in order, once.
template <typename KeyOf>
void AddSlots(uint32_t id, uint32_t count, KeyOf key_of, ColumnWriter* writer) {
  LargeVector<uint32_t> slots(count + size_t{count} / 7 + 1, 0);
  const uint32_t mask = SlotTable::MaskFor(count);
  // Where the next few will lie is fetched while their neighbours are put: the table is larger than any cache.
  constexpr uint32_t kAhead = 32;
  uint64_t hashes[kAhead];
  for (uint32_t first = 0; first < count; first += kAhead) {
    const uint32_t step = std::min(kAhead, count - first);
    for (uint32_t k = 0; k < step; ++k) {
      hashes[k] = DictionaryHash(key_of(first + k));
      __builtin_prefetch(&slots[SlotTable::Home(hashes[k], slots.size())], 1);
    }
    for (uint32_t k = 0; k < step; ++k) {
      size_t s = SlotTable::Home(hashes[k], slots.size());
      while (slots[s] != 0) s = s + 1 == slots.size() ? 0 : s + 1;
      slots[s] = (static_cast<uint32_t>(hashes[k]) & ~mask) | (first + k + 1);
    }
  }
  writer->Add(id, slots);
}

}  // namespace jiceng::graph

#endif  // JICENG_GRAPH_PACKED_H_
