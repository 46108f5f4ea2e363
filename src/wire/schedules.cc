#include "wire/schedules.h"

#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "base/status.h"
#include "wire/dates.h"
#include "wire/place.h"

namespace jiceng::wire {
namespace {

constexpr int kLongestRun = 31;  // days off in a row; beyond any holiday, and a bound on what a few bytes can ask for

absl::StatusOr<base::YearSchedule> ReadSchedule(const pb::YearSchedule& message, const Place& place) {
  base::YearSchedule schedule;
  schedule.year = message.year();
  RETURN_IF_ERROR(place.In("notice").CheckUtf8(message.notice()));
  schedule.notice = message.notice();
  if (schedule.year < 1 || schedule.year > 9999)
    return place.In("year").Error("BAD_CATALOGUE", "the year is not in 1..9999");
  for (int i = 0; i < message.days_off_size(); ++i) {
    const Place run = place.In("days_off", i);
    ASSIGN_OR_RETURN(const base::Date first, ReadDay(message.days_off(i).first(), run.In("first")));
    ASSIGN_OR_RETURN(const base::Date last, ReadDay(message.days_off(i).last(), run.In("last")));
    if (last < first) return run.In("last").Error("EMPTY_INTERVAL", "the last day is before the first");
    if (last.days() - first.days() >= kLongestRun) {
      return run.In("last").Error("BAD_CATALOGUE", absl::StrCat("more than ", kLongestRun, " days off in a row"));
    }
    for (int32_t day = first.days(); day <= last.days(); ++day) schedule.days_off.push_back(base::Date::FromDays(day));
  }
  for (int i = 0; i < message.working_weekend_days_size(); ++i) {
    ASSIGN_OR_RETURN(const base::Date day,
                     ReadDay(message.working_weekend_days(i), place.In("working_weekend_days", i)));
    schedule.working_weekend_days.push_back(day);
  }
  return schedule;
}

}  // namespace

absl::StatusOr<base::Calendar> ReadCalendar(const pb::Catalogue& catalogue) {
  std::vector<base::YearSchedule> schedules;
  std::set<int> years;
  for (int i = 0; i < catalogue.calendars_size(); ++i) {
    const Place place("calendars", i);
    ASSIGN_OR_RETURN(base::YearSchedule schedule, ReadSchedule(catalogue.calendars(i), place));
    // Each year alone first: a mistake within it can then be named.
    const absl::StatusOr<base::Calendar> alone = base::Calendar::Create({schedule});
    if (!alone.ok()) return place.Error(base::ErrorReason(alone.status()), std::string(alone.status().message()));
    if (!years.insert(schedule.year).second) {
      return place.In("year").Error("BAD_SCHEDULE", absl::StrCat("the year ", schedule.year, " is given twice"));
    }
    schedules.push_back(std::move(schedule));
  }
  return base::Calendar::Create(schedules);
}

}  // namespace jiceng::wire
