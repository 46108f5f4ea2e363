// Formal affiliations by body, each with the person's status: who are members where, without a look at the people.
#ifndef JICENG_GRAPH_MEMBER_COLUMNS_H_
#define JICENG_GRAPH_MEMBER_COLUMNS_H_

#include <cstdint>
#include <utility>

#include "absl/types/span.h"
#include "graph/base.h"

namespace jiceng::graph {

class ColumnWriter;
class MergedTies;

// The affiliations of a base in the order of their to-nodes, that of TieColumns::permutation; a place is one in that
// order.  Their days lie there once more, and for 64 places each two words: bit k of the first says that the person of the
// k-th is full, of the second that it is a probationary member, on whatever day; both, that the person has to be asked:
// the status has changed over time, or another formal affiliation of the person holds on some of the days, so that one
// must not be counted twice.  Neither: not formal, or no member.
// Views into the base, which must outlive it.  Cheap to make.
class MemberColumns {
 public:
  explicit MemberColumns(const Base& base);

  static constexpr uint32_t kPlaces = 64;  // of a block
  // The places of a block whose affiliations hold on a day, as bits.
  struct Open {
    uint64_t full = 0, probationary = 0, asked = 0;
  };
  Open At(uint32_t block, base::Date day) const;

  // [first, last) of the places of a body.
  std::pair<uint32_t, uint32_t> PlacesOf(uint32_t body) const {
    return ties_.Range(ties_.backward[static_cast<int>(model::NodeKind::kOrganization)], body);
  }
  // The affiliation at a place; what a damaged base has there may be none.
  uint32_t TieAt(uint32_t place) const { return ties_.permutation[place]; }
  uint32_t size() const { return ties_.size; }
  const TieColumns& ties() const { return ties_; }

  // Writes those of the ties given: what each is comes from `statuses`, the people's facts as FactColumn has them narrow.
  static void Write(const TieColumns& old, const MergedTies& ties, absl::Span<const uint32_t> permutation,
                    absl::Span<const uint8_t> statuses, ColumnWriter* writer);
  // Whether the base has them as long as its affiliations are many; for Base::Open().
  static bool AreWhole(const ColumnFile& file, uint32_t size);

 private:
  const TieColumns& ties_;
  DayColumn since_, until_;
  absl::Span<const uint64_t> statuses_;
};

}  // namespace jiceng::graph

#endif  // JICENG_GRAPH_MEMBER_COLUMNS_H_
