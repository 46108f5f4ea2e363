#include "graph/member_runs.h"

#include <algorithm>

#include "base/sorted.h"

namespace jiceng::graph {

MemberRuns::MemberRuns(const Base& base, const Seating& seating, std::vector<bool> is_asked)
    : is_asked_(std::move(is_asked)), of_(seating.slots()) {
  const MemberColumns columns(base);
  const absl::Span<const uint32_t> bodies = seating.bodies();
  std::vector<uint8_t> asked(bodies.size(), 0);
  for (size_t g = 0; g < is_asked_.size(); ++g) {
    if (!is_asked_[g]) continue;
    for (const uint32_t seat : seating.PlacesOf(seating.groups()[g], {0, static_cast<uint32_t>(bodies.size())}))
      asked[seat] = 1;
  }
  const Territory& territory = seating.territory();
  const auto& order = territory.order();
  std::vector<Range> found;
  // From the last unit to the first, so that what lies below one has been found.
  for (uint32_t slot = seating.slots(); slot-- > 0;) {
    found.clear();
    const auto [first, last] = seating.InSlot(slot);
    for (uint32_t seat = first; seat < last; ++seat) {
      const Range members = asked[seat] != 0 ? columns.PlacesOf(bodies[seat]) : Range();
      if (members.first == members.second) continue;
      if (seating.EachOnce({seat, seat + 1})) {
        Add(members, 0, &found);
      } else {
        several_.push_back(seat);
      }
    }
    if (slot < order.size()) {
      for (uint32_t below = slot + 1; below < territory.Leave(order[slot]); below = territory.Leave(order[below]))
        found.insert(found.end(), pieces_.begin() + of_[below].first, pieces_.begin() + of_[below].second);
    }
    if (!std::is_sorted(found.begin(), found.end())) std::sort(found.begin(), found.end());
    const size_t begin = pieces_.size();
    for (const Range& piece : found) Add(piece, begin, &pieces_);
    of_[slot] = {static_cast<uint32_t>(begin), static_cast<uint32_t>(pieces_.size())};
  }
  std::sort(several_.begin(), several_.end());
}

void MemberRuns::ForEach(const MemberColumns& columns, const Seating& seating, uint32_t unit,
                         absl::FunctionRef<void(Range)> visit) const {
  const uint32_t slot = seating.SlotOf(unit);
  if (slot >= of_.size()) return;  // gone, and without seats
  for (uint32_t i = of_[slot].first; i < of_[slot].second; ++i) visit(pieces_[i]);
  const auto [first, last] = seating.Below(unit);
  std::vector<uint32_t> bodies;
  for (auto seat = std::lower_bound(several_.begin(), several_.end(), first); seat != several_.end() && *seat < last;
       ++seat) {
    bodies.push_back(seating.bodies()[*seat]);
  }
  base::SortUnique(&bodies);
  for (const uint32_t body : bodies) visit(columns.PlacesOf(body));
}

}  // namespace jiceng::graph
