#include "graph/merged_ties.h"

namespace jiceng::graph {
namespace {

// The first old tie that is not before the key.
uint32_t PlaceOf(model::TieKind kind, const TieColumns& old, const model::TieKey& key) {
  const BlockColumn& offsets = old.forward[static_cast<int>(key.from.kind())];
  if (offsets.empty()) return 0;
  if (key.from.ordinal() + size_t{1} >= offsets.size()) return std::min(offsets[offsets.size() - 1], old.size);
  auto [first, last] = old.Range(offsets, key.from.ordinal());
  while (first < last) {
    const uint32_t middle = first + (last - first) / 2;
    if (old.At(kind, middle).key() < key) {
      first = middle + 1;
    } else {
      last = middle;
    }
  }
  return first;
}

}  // namespace

MergedTies::MergedTies(model::TieKind kind, const TieColumns& old, absl::Span<const model::Tie> rows) : rows_(rows) {
  uint32_t next = 0;  // of the old ones
  for (uint32_t i = 0; i < rows.size(); ++i) {
    const model::TieKey key = rows[i].key();
    const uint32_t place = old.size == 0 ? 0 : std::max(PlaceOf(kind, old, key), next);  // a damaged file may turn back
    Add(next, place - next, false);
    next = place;
    if (next < old.size && old.At(kind, next).key() == key) ++next;
    if (!rows[i].withdrawn) Add(i, 1, true);
  }
  Add(next, old.size - next, false);
}

void MergedTies::Add(uint32_t first, uint32_t count, bool fresh) {
  if (count == 0) return;
  size_ += count;
  if (!runs_.empty() && runs_.back().fresh == fresh && runs_.back().first + runs_.back().count == first) {
    runs_.back().count += count;
  } else {
    runs_.push_back({first, count, fresh});
  }
}

}  // namespace jiceng::graph
