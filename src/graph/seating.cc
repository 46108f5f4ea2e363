#include "graph/seating.h"

#include <algorithm>

#include "base/sorted.h"
#include "graph/facts_on.h"
#include "graph/member_runs.h"
#include "graph/snapshot.h"

namespace jiceng::graph {

using model::NodeKind;
using model::NodeNumber;

namespace {

// Which organisations exist on the day, and when that changes.
std::vector<uint8_t> WhoExists(const Snapshot& snapshot, base::Date day, DaysAround* around) {
  constexpr NodeKind kOrg = NodeKind::kOrganization;
  std::vector<uint8_t> exists(snapshot.Count(kOrg), 0);
  const Base& base = snapshot.base();
  const uint32_t in_base = base.Count(kOrg);
  base::Date from[DayColumn::kStretch], to[DayColumn::kStretch];
  for (uint32_t first = 0; first < in_base; first += DayColumn::kStretch) {
    const uint32_t count = std::min<uint32_t>(DayColumn::kStretch, in_base - first);
    base.LifeFrom(kOrg).Read(first, count, from);
    base.LifeTo(kOrg).Read(first, count, to);
    for (uint32_t k = 0; k < count; ++k) {
      const base::Validity life{from[k], to[k]};
      around->TurnWith(life);
      exists[first + k] = life.Holds(day) && !base.Withdrawn(NodeNumber(kOrg, first + k)) ? 1 : 0;
    }
  }
  if (snapshot.delta() == nullptr) return exists;
  snapshot.delta()->nodes.ForEach([&](NodeNumber node, const auto& state) {
    if (node.kind() != kOrg) return;
    around->TurnWith(state->life);
    exists[node.ordinal()] = state->life.Holds(day) && !state->withdrawn ? 1 : 0;
    for (const auto& step : state->facts[static_cast<int>(model::Fact::kOrgKind)].steps()) around->TurnOn(step.from);
  });
  return exists;
}

}  // namespace

Seating::Seating(const Snapshot& snapshot, std::shared_ptr<const Territory> territory, base::Date day)
    : territory_(std::move(territory)), days_(territory_->days()) {
  struct Seat {
    uint32_t body, unit;
  };
  DaysAround around(day, &days_);
  std::vector<Seat> seats;
  seats.reserve(snapshot.Count(NodeKind::kOrganization));
  snapshot.ForEachTie(model::TieKind::kSeat, [&](const model::Tie& tie) {
    around.TurnWith(tie.valid);
    const Seat seat{tie.from.ordinal(), tie.to.ordinal()};
    // A damaged base may name anything.
    if (!tie.valid.Holds(day) || !snapshot.In(tie.from) || tie.to.kind() != NodeKind::kUnit ||
        seat.unit >= territory_->size()) {
      return;
    }
    seats.push_back(seat);
    if (!territory_->Exists(seat.unit)) gone_.push_back(seat.unit);
  });
  base::SortUnique(&gone_);

  // Counted by unit, then put where each unit's begin.
  first_of_.assign(territory_->order().size() + gone_.size() + 1, 0);
  for (const Seat& seat : seats) ++first_of_[SlotOf(seat.unit) + 1];
  for (size_t slot = 1; slot < first_of_.size(); ++slot) first_of_[slot] += first_of_[slot - 1];
  std::vector<uint32_t> next(first_of_.begin(), first_of_.end() - 1);
  bodies_.resize(seats.size());
  std::vector<uint8_t> seen(snapshot.Count(NodeKind::kOrganization), 0);
  bool in_order = true;
  for (const Seat& seat : seats) {
    const uint32_t slot = SlotOf(seat.unit), place = next[slot]++;
    bodies_[place] = seat.body;
    in_order = in_order && (place == first_of_[slot] || bodies_[place - 1] < seat.body);
    seen[seat.body] = static_cast<uint8_t>(std::min(seen[seat.body] + 1, 2));
  }
  for (size_t slot = 0; !in_order && slot + 1 < first_of_.size(); ++slot)
    std::sort(bodies_.begin() + first_of_[slot], bodies_.begin() + first_of_[slot + 1]);
  for (uint32_t place = 0; place < bodies_.size(); ++place) {
    if (seen[bodies_[place]] > 1) several_.push_back(place);
  }
  FindGroups(snapshot, day);
}

std::shared_ptr<const MemberRuns> Seating::MembersIn(const Base& base, const std::vector<bool>& is_asked) const {
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (members_ != nullptr && members_->is_asked() == is_asked) return members_;
  }
  auto members = std::make_shared<const MemberRuns>(base, *this, is_asked);
  const std::lock_guard<std::mutex> lock(mutex_);
  return members_ = std::move(members);
}

void Seating::FindGroups(const Snapshot& snapshot, base::Date day) {
  constexpr NodeKind kOrg = NodeKind::kOrganization;
  constexpr uint32_t kKinds = 1000;  // numbers of kinds are less; what a damaged base says beyond is no kind
  DaysAround around(day, &days_);
  for (const int32_t step : snapshot.base().Fact(kOrg, model::Fact::kOrgKind).step_from)
    around.TurnOn(base::Date::FromDays(step));
  std::vector<uint16_t> group(snapshot.Count(kOrg));
  PackFacts<uint16_t>(
      snapshot, kOrg, model::Fact::kOrgKind, day,
      [](int32_t kind) { return static_cast<uint16_t>(static_cast<uint32_t>(kind) < kKinds ? kind * 2 : 0); },
      [to = group.data()](size_t i, uint16_t kind) { to[i] = kind; });
  const std::vector<uint8_t> exists = WhoExists(snapshot, day, &around);
  for (size_t i = 0; i < group.size(); ++i) group[i] = static_cast<uint16_t>(group[i] + exists[i]);

  std::vector<uint32_t> next(2 * kKinds, 0);
  for (const uint32_t body : bodies_) ++next[group[body]];
  uint32_t first = 0;
  for (uint32_t g = 0; g < next.size(); ++g) {
    const uint32_t count = std::exchange(next[g], first);
    if (count > 0) groups_.push_back({static_cast<int32_t>(g / 2), g % 2 != 0, first, first + count});
    first += count;
  }
  by_group_.resize(bodies_.size());
  for (uint32_t place = 0; place < bodies_.size(); ++place) by_group_[next[group[bodies_[place]]]++] = place;
}

uint32_t Seating::SlotOf(uint32_t unit) const {
  if (territory_->Exists(unit)) return territory_->Enter(unit);
  const auto found = std::lower_bound(gone_.begin(), gone_.end(), unit);
  const size_t slot = territory_->order().size() + static_cast<size_t>(found - gone_.begin());
  return static_cast<uint32_t>(found != gone_.end() && *found == unit ? slot : first_of_.size() - 1);
}

Seating::Range Seating::Below(uint32_t unit) const {
  if (!territory_->Exists(unit)) {
    const uint32_t slot = SlotOf(unit);
    return slot < slots() ? InSlot(slot) : Range(first_of_.back(), first_of_.back());
  }
  return {first_of_[territory_->Enter(unit)], first_of_[territory_->Leave(unit)]};
}

std::vector<uint32_t> Seating::Units() const {
  std::vector<uint32_t> units(bodies_.size());
  const auto fill = [&](const std::vector<uint32_t>& some, size_t first_slot) {
    for (size_t i = 0; i < some.size(); ++i) {
      const size_t slot = first_slot + i;
      std::fill(units.begin() + first_of_[slot], units.begin() + first_of_[slot + 1], some[i]);
    }
  };
  fill(territory_->order(), 0);
  fill(gone_, territory_->order().size());
  return units;
}

bool Seating::EachOnce(Range places) const {
  const auto found = std::lower_bound(several_.begin(), several_.end(), places.first);
  return found == several_.end() || *found >= places.second;
}

absl::Span<const uint32_t> Seating::PlacesOf(const Group& group, Range places) const {
  const auto begin = by_group_.begin() + group.first, end = by_group_.begin() + group.last;
  const auto first = std::lower_bound(begin, end, places.first), last = std::lower_bound(first, end, places.second);
  return absl::MakeConstSpan(by_group_).subspan(static_cast<size_t>(first - by_group_.begin()),
                                                static_cast<size_t>(last - first));
}

// `place_at` ascends.
template <typename PlaceAt>
void Seating::Append(uint32_t count, PlaceAt place_at, std::vector<uint32_t>* bodies) const {
  if (count == 0) return;
  bodies->reserve(bodies->size() + count);
  auto next = std::lower_bound(several_.begin(), several_.end(), place_at(0));
  std::vector<uint32_t> several;
  for (uint32_t i = 0; i < count; ++i) {
    const uint32_t place = place_at(i);
    while (next != several_.end() && *next < place) ++next;
    (next != several_.end() && *next == place ? several : *bodies).push_back(bodies_[place]);
  }
  base::SortUnique(&several);
  bodies->insert(bodies->end(), several.begin(), several.end());
}

void Seating::AppendBodies(absl::Span<const uint32_t> places, std::vector<uint32_t>* bodies) const {
  Append(
      static_cast<uint32_t>(places.size()), [&](uint32_t i) { return places[i]; }, bodies);
}

void Seating::AppendBodies(Range places, std::vector<uint32_t>* bodies) const {
  Append(
      places.second - places.first, [&](uint32_t i) { return places.first + i; }, bodies);
}

uint32_t Seating::CountBodies(absl::Span<const uint32_t> places) const {
  if (places.empty() || EachOnce({places.front(), places.back() + 1})) return static_cast<uint32_t>(places.size());
  std::vector<uint32_t> bodies;
  AppendBodies(places, &bodies);
  return static_cast<uint32_t>(bodies.size());
}

}  // namespace jiceng::graph
