#include "graph/packed.h"

#include <algorithm>

namespace jiceng::graph {
namespace {

// What is left of the values of one block when a line of that slope is taken away.
struct Residue {
  uint32_t base = 0, width = 0;
};

Residue Measure(const uint32_t* values, size_t count, uint32_t slope) {
  int32_t least = 0, most = 0;  // of the differences to the first value, modulo 2^32
  for (size_t k = 1; k < count; ++k) {
    const auto rest = static_cast<int32_t>(values[k] - values[0] - slope * static_cast<uint32_t>(k));
    least = std::min(least, rest);
    most = std::max(most, rest);
  }
  const uint32_t range = static_cast<uint32_t>(most) - static_cast<uint32_t>(least);
  uint32_t width = 0;
  while (width < 4 && range >> 8 * width != 0) ++width;
  return {values[0] + static_cast<uint32_t>(least), width};
}

// Calls visit(values, count) for every block.
template <typename Visit>
void ForEachBlock(Chunks<uint32_t> values, Visit visit) {
  values([&](absl::Span<const uint32_t> chunk) {
    for (size_t i = 0; i < chunk.size(); i += BlockColumn::kBlock)
      visit(&chunk[i], std::min(BlockColumn::kBlock, chunk.size() - i));
  });
}

}  // namespace

bool BlockColumn::Read(const ColumnFile& file, uint32_t id, BlockColumn* column) {
  const auto words = file.Column<uint32_t>(id);
  if (words.empty()) return true;
  const uint64_t detail = file.Detail(id);
  const size_t size = static_cast<uint32_t>(detail);
  const size_t rests = (size + kBlock - 1) / kBlock * kBlockWords;
  if (size == 0 || words.size() < rests + kTailWords) return false;
  column->slope_ = static_cast<uint32_t>(detail >> 32);
  column->size_ = size;
  column->blocks_ = words.data();
  column->rests_ = reinterpret_cast<const uint8_t*>(words.data() + rests);
  column->last_ = (words.size() - rests - kTailWords) * sizeof(uint32_t);
  return true;
}

void AddBlocks(uint32_t id, absl::Span<const uint32_t> values, ColumnWriter* writer) {
  AddBlocks(
      id, [&](absl::FunctionRef<void(absl::Span<const uint32_t>)> visit) { visit(values); }, writer);
}

void AddBlocks(uint32_t id, Chunks<uint32_t> values, ColumnWriter* writer) {
  constexpr size_t kBlock = BlockColumn::kBlock;
  size_t size = 0;
  uint32_t front = 0, back = 0;
  // What every block leaves over, and the units of 64 bytes they all take.
  LargeVector<Residue> residues;
  const auto measure = [&](uint32_t slope, LargeVector<Residue>* of) {
    size_t units = 0;
    ForEachBlock(values, [&](const uint32_t* block, size_t count) {
      if (slope == 0) {
        if (size == 0) front = block[0];
        back = block[count - 1];
        size += count;
      }
      of->push_back(Measure(block, count, slope));
      units += of->back().width;
    });
    return units;
  };
  size_t units = measure(0, &residues);
  if (size == 0) return;
  // The slope of the whole column, if that is worth it.
  uint32_t slope = 0;
  if (size > 1 && back > front) {
    const uint32_t mean = static_cast<uint32_t>((back - front + size / 2) / (size - 1));
    LargeVector<Residue> steep;
    steep.reserve(residues.size());
    const size_t steep_units = mean == 0 ? units : measure(mean, &steep);
    if (steep_units < units) {
      slope = mean;
      units = steep_units;
      residues = std::move(steep);
    }
  }
  ColumnAppender<uint32_t> words(id, writer, uint64_t{slope} << 32 | size);
  uint32_t place = 0;
  for (const Residue& residue : residues) {
    words.Add(residue.base);
    words.Add(place << 3 | residue.width);
    place += residue.width;
  }
  size_t next = 0;
  const auto add_rests = [&](const uint32_t* block, size_t count) {
    const Residue residue = residues[next++];
    if (residue.width == 0) return;
    uint32_t rests[kBlock] = {};
    auto* rest = reinterpret_cast<uint8_t*>(rests);
    for (size_t k = 0; k < count; ++k) {
      const uint32_t left = block[k] - residue.base - slope * static_cast<uint32_t>(k);
      std::memcpy(rest + k * residue.width, &left, residue.width);
    }
    words.Add(absl::MakeConstSpan(rests, kBlock * residue.width / sizeof(uint32_t)));
  };
  if (units > 0) ForEachBlock(values, add_rests);
  for (size_t i = 0; i < BlockColumn::kTailWords; ++i) words.Add(uint32_t{0});
  words.End();
}

bool DayColumn::Read(const ColumnFile& file, uint32_t id, size_t size, DayColumn* column) {
  column->codes_ = file.Column<uint16_t>(id);
  column->marks_ = file.Column<uint64_t>(id | kMarksPart);
  column->exceptions_ = file.Column<uint64_t>(id | kExceptionsPart);
  column->size_ = size;
  return column->marks_.empty() ? column->codes_.size() == size
                                : column->marks_.size() == (size + kMarked - 1) / kMarked;
}

void DayColumn::Read(size_t first, size_t count, base::Date* days) const {
  if (marks_.empty()) {
    const uint16_t* codes = codes_.data() + first;
    bool odd = false;
    for (size_t k = 0; k < count; ++k) {
      days[k] = base::Date::FromDays(kEpoch - 1 + codes[k]);
      odd |= static_cast<uint16_t>(codes[k] - 1) >= kElsewhere - 1;
    }
    for (size_t k = 0; odd && k < count; ++k) days[k] = Decode(codes[k], first + k);
    return;
  }
  std::fill_n(days, count, base::Date::Forever());
  for (size_t k = 0; k < count;) {
    const size_t i = first + k, step = std::min(kMarked - i % kMarked, count - k);
    uint64_t bits = (marks_[i / kMarked] & 0xFFFFFFFF) >> i % kMarked & ((uint64_t{1} << step) - 1);
    for (; bits != 0; bits &= bits - 1) {
      const size_t b = static_cast<size_t>(__builtin_ctzll(bits));
      days[k + b] = (*this)[i + b];
    }
    k += step;
  }
}

void DayColumn::NotAfter(size_t first, size_t count, base::Date day, uint8_t (&flags)[kStretch]) const {
  const uint16_t limit = Encode(day);
  if (limit == kElsewhere) {
    for (size_t k = 0; k < count; ++k) flags[k] = (*this)[first + k] <= day;
    return;
  }
  if (marks_.empty()) {
    // Codes are in the order of the days, but for those that lie elsewhere.
    uint16_t codes[kStretch];
    if (count == kStretch) {
      std::memcpy(codes, codes_.data() + first, sizeof(codes));
    } else {
      std::fill(std::copy_n(codes_.data() + first, count, codes), codes + kStretch, kForever);
    }
    uint16_t odd = 0;
    for (size_t k = 0; k < kStretch; ++k) {
      flags[k] = codes[k] <= limit;
      odd = static_cast<uint16_t>(odd | (codes[k] == kElsewhere));
    }
    for (size_t k = 0; odd != 0 && k < count; ++k) flags[k] = Decode(codes[k], first + k) <= day;
    return;
  }
  std::fill_n(flags, kStretch, day == base::Date::Forever());
  for (size_t i = first; i < first + count; i += kMarked) {
    const uint64_t mark = marks_[i / kMarked];
    size_t at = static_cast<size_t>(mark >> 32);
    for (uint32_t bits = static_cast<uint32_t>(mark); bits != 0 && at < codes_.size(); bits &= bits - 1, ++at) {
      const size_t b = i + static_cast<size_t>(__builtin_ctz(bits));
      const uint16_t code = codes_[at];
      flags[b - first] = code == kElsewhere ? Elsewhere(b) <= day : code <= limit;
    }
  }
}

bool DayColumn::ForEachIn(base::Validity days, absl::FunctionRef<bool(size_t)> visit) const {
  if (days.IsEmpty()) return true;
  const auto code_of = [](base::Date day) {
    return static_cast<uint16_t>(std::clamp<int64_t>(int64_t{day.days()} - kEpoch + 1, kBeginning + 1, kElsewhere));
  };
  const uint16_t from = code_of(days.from), width = static_cast<uint16_t>(code_of(days.to) - from);  // to: not included
  const auto is_in = [=](uint16_t code) { return static_cast<uint16_t>(code - from) < width; };
  for (size_t first = 0; first < codes_.size(); first += kStretch) {
    const uint16_t* codes = codes_.data() + first;
    const size_t count = std::min(kStretch, codes_.size() - first);
    uint16_t any = count < kStretch;
    for (size_t k = 0; k < kStretch && count == kStretch; ++k) any = static_cast<uint16_t>(any | is_in(codes[k]));
    for (size_t k = 0; any != 0 && k < count; ++k) {
      if (is_in(codes[k]) && !visit(PlaceOf(first + k))) return false;
    }
  }
  for (const uint64_t exception : exceptions_) {
    if (days.Holds(base::Date::FromDays(static_cast<int32_t>(exception))) && !visit(exception >> 32)) return false;
  }
  return true;
}

size_t DayColumn::PlaceOf(size_t at) const {
  if (marks_.empty()) return at;
  const auto next = std::partition_point(marks_.begin(), marks_.end(), [&](uint64_t mark) { return mark >> 32 <= at; });
  if (next == marks_.begin()) return size_;
  const uint64_t mark = *(next - 1);
  uint32_t bits = static_cast<uint32_t>(mark);
  for (size_t before = mark >> 32; before < at && bits != 0; ++before) bits &= bits - 1;
  if (bits == 0) return size_;
  return static_cast<size_t>(next - 1 - marks_.begin()) * kMarked + static_cast<size_t>(__builtin_ctz(bits));
}

base::Date DayColumn::Elsewhere(size_t i) const {
  const auto it = std::lower_bound(exceptions_.begin(), exceptions_.end(), uint64_t{i} << 32);
  return it != exceptions_.end() && *it >> 32 == i ? base::Date::FromDays(static_cast<int32_t>(*it))
                                                   : base::Date::Forever();
}

void AddDays(uint32_t id, absl::Span<const base::Date> days, ColumnWriter* writer) {
  AddDays(
      id, [&](absl::FunctionRef<void(absl::Span<const base::Date>)> visit) { visit(days); }, writer);
}

void AddDays(uint32_t id, Chunks<base::Date> days, ColumnWriter* writer) {
  size_t size = 0, open = 0;
  days([&](absl::Span<const base::Date> chunk) {
    size += chunk.size();
    open += static_cast<size_t>(std::count(chunk.begin(), chunk.end(), base::Date::Forever()));
  });
  const bool marked = open > size - size / 4;
  LargeVector<uint64_t> marks, exceptions;
  if (marked) marks.reserve((size + DayColumn::kMarked - 1) / DayColumn::kMarked);
  ColumnAppender<uint16_t> codes(id, writer);
  uint64_t i = 0;
  days([&](absl::Span<const base::Date> chunk) {
    for (const base::Date day : chunk) {
      const uint16_t code = DayColumn::Encode(day);
      if (code == DayColumn::kElsewhere) exceptions.push_back(i << 32 | static_cast<uint32_t>(day.days()));
      if (marked && i % DayColumn::kMarked == 0) marks.push_back((codes.size()) << 32);
      if (!marked || code != DayColumn::kForever) codes.Add(code);
      if (marked && code != DayColumn::kForever) marks.back() |= uint64_t{1} << i % DayColumn::kMarked;
      ++i;
    }
  });
  codes.End();
  writer->Add(id | kMarksPart, marks);
  writer->Add(id | kExceptionsPart, exceptions);
}

uint64_t DictionaryHash(std::string_view text) {
  // Multiply and fold, eight bytes at a time; constants are fractional parts of square roots of primes (as in
  // SHA-512's).
  uint64_t h = 0x6a09e667f3bcc908ull ^ text.size() * 0xbb67ae8584caa73bull;
  const char* p = text.data();
  size_t n = text.size();
  while (n > 0) {
    uint64_t word = 0;
    const size_t step = n < 8 ? n : 8;
    std::memcpy(&word, p, step);
    const unsigned __int128 product = static_cast<unsigned __int128>(h ^ word) * 0x3c6ef372fe94f82bull;
    h = static_cast<uint64_t>(product) ^ static_cast<uint64_t>(product >> 64);
    p += step;
    n -= step;
  }
  return h ^ h >> 32;
}

bool SlotTable::Read(const ColumnFile& file, uint32_t id, size_t count, SlotTable* table) {
  table->slots_ = file.Column<uint32_t>(id);
  table->count_ = count;
  table->mask_ = MaskFor(count);
  return table->slots_.size() > count;
}

}  // namespace jiceng::graph
