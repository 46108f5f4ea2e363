// The docket by days: a day sees its matters as the day's last step left them.
#include <algorithm>

#include "procedures/docket.h"

namespace jiceng::procedures {
namespace {

using base::Date;
using rules::MatterClock;

constexpr int64_t kDay = 1440;  // minutes

// The first day at whose end a period that is over at `due` is over: 24:00 of a day belongs to the next.
Date LateFrom(Moment due) {
  return due == kNever ? Date::Forever() : due.minute == kEndOfDay ? due.day.AddDays(1) : due.day;
}

MatterClock ByDays(uint32_t matter, int32_t place, const Docket::Line& line, const Stretch& stretch) {
  MatterClock clock;
  clock.matter = matter;
  clock.place = place;
  clock.procedure = line.procedure->id;
  clock.clock = line.procedure->clocks[static_cast<size_t>(stretch.clock)].id;
  clock.about = line.about;
  clock.runs = {stretch.since.day, stretch.until.day};
  clock.late_from = std::max(LateFrom(stretch.due), stretch.since.day);
  return clock;
}

}  // namespace

void Docket::ForEachClock(model::NodeNumber about, absl::FunctionRef<void(const MatterClock&)> visit) const {
  by_node_.ForEachFrom(std::pair(about, uint32_t{0}), [&](const auto& key, std::monostate) {
    if (key.first != about) return false;
    const Line& line = *lines_.Find(key.second);
    for (size_t i = 0; i < line.stretches->size(); ++i)
      visit(ByDays(key.second, static_cast<int32_t>(i), line, (*line.stretches)[i]));
    return true;
  });
}

void Docket::ForEachLate(Date day, absl::FunctionRef<void(const MatterClock&)> visit) const {
  const int64_t midnight = (int64_t{day.days()} + 1) * kDay;
  const auto show = [&](const Key& key, const Stretch& stretch) {
    const MatterClock clock = ByDays(std::get<1>(key), std::get<2>(key), *lines_.Find(std::get<1>(key)), stretch);
    if (clock.Late(day)) visit(clock);
  };
  open_.ForEachFrom(Key(INT64_MIN, 0, 0), [&](const Key& key, const Stretch& stretch) {
    if (std::get<0>(key) >= midnight) return false;
    show(key, stretch);
    return true;
  });
  ended_.ForEachFrom(Key(midnight, 0, 0), [&](const Key& key, const Stretch& stretch) {
    show(key, stretch);
    return true;
  });
}

void Docket::ForEachTurn(base::Validity days, absl::FunctionRef<void(Date, const MatterClock&)> visit) const {
  lines_.ForEach([&](uint32_t matter, const Line& line) {
    for (size_t i = 0; i < line.stretches->size(); ++i) {
      const MatterClock clock = ByDays(matter, static_cast<int32_t>(i), line, (*line.stretches)[i]);
      if (clock.runs.Intersect({days.from.AddDays(-1), days.to}).IsEmpty()) continue;
      for (const Date day : {clock.runs.from, clock.late_from, clock.runs.to}) {
        if (days.Holds(day)) visit(day, clock);
      }
      if (line.former == nullptr) continue;
      for (const Played& played : *line.former) {
        if (days.Holds(played.until.day)) visit(played.until.day, clock);
      }
    }
  });
}

rules::MatterFact Docket::Tell(const MatterClock& clock) const {
  const Line& line = *lines_.Find(clock.matter);
  const Stretch& stretch = (*line.stretches)[static_cast<size_t>(clock.place)];
  const Clock& record = line.procedure->clocks[static_cast<size_t>(stretch.clock)];
  return {line.id,
          line.procedure->id,
          record.id,
          line.procedure->title,
          record.title,
          MomentText(stretch.begun),
          MomentText(stretch.due),
          clock.late_from,
          record.stops_with};
}

model::NodeNumber Docket::PlayerOf(const Line& line, int part, Date day) {
  if (line.former != nullptr) {
    for (const Played& played : *line.former) {
      if (played.part == part && day < played.until.day) return played.node;
    }
  }
  return line.subjects[static_cast<size_t>(part)];
}

model::NodeNumber Docket::Responsible(const MatterClock& clock, Date day) const {
  const Line& line = *lines_.Find(clock.matter);
  const Stretch& stretch = (*line.stretches)[static_cast<size_t>(clock.place)];
  const int part = line.procedure->clocks[static_cast<size_t>(stretch.clock)].responsible_part;
  return part < 0 ? model::NodeNumber() : PlayerOf(line, part, day);
}

}  // namespace jiceng::procedures
