#include "graph/member_columns.h"

#include <cstring>
#include <vector>

#include "graph/column_writer.h"
#include "graph/large_memory.h"
#include "graph/merged_ties.h"

namespace jiceng::graph {
namespace {

using base::Date;
using model::Tie;
using model::TieKind;

// Beside the fields of ties (base_columns.cc).
enum Field : uint32_t { kSince = 12, kUntil = 13, kStatuses = 14 };
uint32_t IdOf(Field field) { return ColumnId(kGroupTie, static_cast<uint32_t>(TieKind::kAffiliation), field); }

// Bits of a place.
enum Bits : uint8_t { kNone = 0, kFull = 1, kProbationary = 2, kAsked = kFull | kProbationary };

uint8_t BitsOf(uint8_t status) {
  if (status == FactColumn::kNarrowDated) return kAsked;
  if (status == static_cast<uint8_t>(model::PartyStatus::kFull)) return kFull;
  return status == static_cast<uint8_t>(model::PartyStatus::kProbationary) ? kProbationary : kNone;
}

// What is to be known of an affiliation to tell its bits.
struct Affiliation {
  uint32_t from;
  uint8_t manner;
  base::Validity days;
};

// The bits of affiliations that come person by person.
class BitsByTie {
 public:
  BitsByTie(absl::Span<const uint8_t> statuses, LargeVector<uint8_t>* bits) : statuses_(statuses), bits_(bits) {}

  void Add(const Affiliation& tie) {
    if (tie.from != from_) formal_.clear();
    from_ = tie.from;
    uint8_t bits = kNone;
    if (model::IsFormal(tie)) {
      const uint32_t person = model::NodeNumber::FromBits(tie.from).ordinal();
      bits = person < statuses_.size() ? BitsOf(statuses_[person]) : uint8_t{kAsked};
      for (const auto& [place, days] : formal_) {
        if (bits == kNone || !(days.from < tie.days.to && tie.days.from < days.to)) continue;
        bits = kAsked;
        (*bits_)[place] = kAsked;
      }
      formal_.emplace_back(bits_->size(), tie.days);
    }
    bits_->push_back(bits);
  }

 private:
  const absl::Span<const uint8_t> statuses_;
  LargeVector<uint8_t>* const bits_;
  uint32_t from_ = 0;
  std::vector<std::pair<size_t, base::Validity>> formal_;  // of this person so far
};

// The values of ties as they lie by to-node.
void AddDaysByPlace(uint32_t id, const LargeVector<Date>& days, absl::Span<const uint32_t> permutation,
                    ColumnWriter* writer) {
  AddDays(
      id,
      [&](absl::FunctionRef<void(absl::Span<const Date>)> visit) {
        Date chunk[4096];
        for (size_t first = 0; first < permutation.size();) {
          const size_t count = std::min(std::size(chunk), permutation.size() - first);
          for (size_t k = 0; k < count; ++k) chunk[k] = days[permutation[first + k]];
          visit({chunk, count});
          first += count;
        }
      },
      writer);
}

// Bit k for the k-th of 64 bytes, each 0 or 1.
uint64_t Gather(const uint8_t* flags) {
  uint64_t bits = 0;
  for (size_t i = 0; i < 8; ++i) {
    uint64_t eight;
    std::memcpy(&eight, flags + 8 * i, sizeof(eight));
    bits |= (eight * 0x0102040810204080u >> 56) << 8 * i;
  }
  return bits;
}

}  // namespace

MemberColumns::MemberColumns(const Base& base) : ties_(base.Ties(TieKind::kAffiliation)) {
  DayColumn::Read(base.file(), IdOf(kSince), ties_.size, &since_);
  DayColumn::Read(base.file(), IdOf(kUntil), ties_.size, &until_);
  statuses_ = base.file().Column<uint64_t>(IdOf(kStatuses));
}

bool MemberColumns::AreWhole(const ColumnFile& file, uint32_t size) {
  DayColumn days;
  return DayColumn::Read(file, IdOf(kSince), size, &days) && DayColumn::Read(file, IdOf(kUntil), size, &days) &&
         file.Column<uint64_t>(IdOf(kStatuses)).size() == 2 * ((size_t{size} + kPlaces - 1) / kPlaces);
}

MemberColumns::Open MemberColumns::At(uint32_t block, Date day) const {
  static_assert(kPlaces == DayColumn::kStretch, "a word is a stretch of days");
  const uint32_t first = block * kPlaces, count = std::min(kPlaces, ties_.size - first);
  uint8_t begun[kPlaces] = {}, over[kPlaces] = {};
  since_.NotAfter(first, count, day, begun);
  until_.NotAfter(first, count, day, over);
  for (size_t k = 0; k < kPlaces; ++k) begun[k] = static_cast<uint8_t>(begun[k] & ~over[k]);
  const uint64_t there = ~uint64_t{0} >> (kPlaces - count);
  const uint64_t open = Gather(begun) & there, full = statuses_[2 * size_t{block}] & open,
                 probationary = statuses_[2 * size_t{block} + 1] & open, asked = full & probationary;
  return {full & ~asked, probationary & ~asked, asked};
}

void MemberColumns::Write(const TieColumns& old, const MergedTies& ties, absl::Span<const uint32_t> permutation,
                          absl::Span<const uint8_t> statuses, ColumnWriter* writer) {
  for (const Field field : {kSince, kUntil}) {
    const DayColumn& column = field == kSince ? old.since : old.until;
    const auto end = field == kSince ? &base::Validity::from : &base::Validity::to;
    LargeVector<Date> days;
    days.reserve(ties.size());
    ties.ForEachChunk<Date>([&](uint32_t first, uint32_t count, Date* out) { column.Read(first, count, out); },
                            [&](const Tie& tie) { return tie.valid.*end; },
                            [&](absl::Span<const Date> chunk) { days.insert(days.end(), chunk.begin(), chunk.end()); });
    AddDaysByPlace(IdOf(field), days, permutation, writer);
  }
  LargeVector<uint8_t> bits;
  bits.reserve(ties.size());
  BitsByTie by_tie(statuses, &bits);
  ties.ForEachChunk<Affiliation>(
      [&](uint32_t first, uint32_t count, Affiliation* out) {
        for (uint32_t k = 0; k < count; ++k) {
          const uint32_t i = first + k;
          out[k] = {old.from[i], old.manner[i], {old.since[i], old.until[i]}};
        }
      },
      [](const Tie& tie) {
        return Affiliation{tie.from.bits(), tie.manner, tie.valid};
      },
      [&](absl::Span<const Affiliation> chunk) {
        for (const Affiliation& tie : chunk) by_tie.Add(tie);
      });
  ColumnAppender<uint64_t> words(IdOf(kStatuses), writer);
  for (size_t first = 0; first < permutation.size(); first += kPlaces) {
    uint64_t full = 0, probationary = 0;
    for (size_t k = 0; k < std::min<size_t>(kPlaces, permutation.size() - first); ++k) {
      const uint64_t of = bits[permutation[first + k]];
      full |= (of & 1) << k;
      probationary |= (of >> 1 & 1) << k;
    }
    words.Add(full);
    words.Add(probationary);
  }
  words.End();
}

}  // namespace jiceng::graph
