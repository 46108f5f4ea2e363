#include "graph/member_runs.h"

#include <algorithm>

namespace jiceng::graph {

MemberRuns::MemberRuns(const Base& base, const Seating& seating) {
  const MemberColumns columns(base);
  const absl::Span<const uint32_t> bodies = seating.bodies();
  std::vector<int32_t> kinds(bodies.size());
  for (const Seating::Group& group : seating.groups()) {
    for (const uint32_t seat : seating.PlacesOf(group, {0, static_cast<uint32_t>(bodies.size())}))
      kinds[seat] = group.kind;
  }
  for (uint32_t seat = 0; seat < bodies.size(); ++seat) {
    const Range members = columns.PlacesOf(bodies[seat]);
    if (members.first == members.second) continue;
    const bool several = !seating.EachOnce({seat, seat + 1});
    Run* const last = runs_.empty() ? nullptr : &runs_.back();
    if (last != nullptr && !several && !last->several && last->kind == kinds[seat] &&
        last->members.second == members.first) {
      last->last_seat = seat + 1;
      last->members.second = members.second;
    } else {
      runs_.push_back({seat, seat + 1, members, kinds[seat], several});
    }
  }
}

void MemberRuns::ForEach(const MemberColumns& columns, const Seating& seating, uint32_t unit,
                         absl::FunctionRef<bool(int32_t)> is_asked, absl::FunctionRef<void(Range)> visit) const {
  const auto [first, last] = seating.Below(unit);
  const auto members_of = [&](uint32_t seat) { return columns.PlacesOf(seating.bodies()[seat]); };
  std::vector<uint32_t> several;
  auto run = std::partition_point(runs_.begin(), runs_.end(),
                                  [&, begin = first](const Run& one) { return one.last_seat <= begin; });
  for (; run != runs_.end() && run->first_seat < last; ++run) {
    if (!is_asked(run->kind)) continue;
    if (run->several) {
      several.push_back(seating.bodies()[run->first_seat]);
      continue;
    }
    // A run may reach over the ends; in it, every body with members is one of the run's.
    Range members = run->members;
    uint32_t seat = std::max(run->first_seat, first), end = std::min(run->last_seat, last);
    if (seat > run->first_seat) {
      while (seat < end && members_of(seat).first == members_of(seat).second) ++seat;
      if (seat == end) continue;
      members.first = members_of(seat).first;
    }
    if (end < run->last_seat) {
      while (members_of(end - 1).first == members_of(end - 1).second) --end;  // ends at `seat` or before: one has some
      members.second = members_of(end - 1).second;
    }
    visit(members);
  }
  std::sort(several.begin(), several.end());
  several.erase(std::unique(several.begin(), several.end()), several.end());
  for (const uint32_t body : several) visit(columns.PlacesOf(body));
}

}  // namespace jiceng::graph
