#include "base/calendar.h"

#include "absl/strings/str_cat.h"
#include "base/status.h"

namespace jiceng::base {
namespace {

constexpr int kSaturday = 5;  // of Date::weekday()

absl::Status BadSchedule(const YearSchedule& schedule, absl::string_view what) {
  return Error(absl::StatusCode::kInvalidArgument, "BAD_SCHEDULE",
               absl::StrCat("schedule of ", schedule.year, ": ", what), absl::StrCat("calendars[", schedule.year, "]"));
}

// A schedule arranges its own year and, around New Year's Day, the last days of the year before.
bool Arranges(const YearSchedule& schedule, Date day) {
  const int year = day.year();
  return year == schedule.year || year == schedule.year - 1;
}

}  // namespace

absl::StatusOr<Calendar> Calendar::Create(const std::vector<YearSchedule>& schedules) {
  Calendar calendar;
  for (const YearSchedule& schedule : schedules) {
    if (!Date::FromCivil(schedule.year, 1, 1).ok()) return BadSchedule(schedule, "no such year");
    if (!calendar.years_.insert(schedule.year).second) return BadSchedule(schedule, "given twice");
    for (const Date day : schedule.days_off) {
      if (!Arranges(schedule, day)) return BadSchedule(schedule, absl::StrCat("does not reach ", day.ToString()));
      calendar.off_.insert(day.days());
    }
    for (const Date day : schedule.working_weekend_days) {
      if (!Arranges(schedule, day)) return BadSchedule(schedule, absl::StrCat("does not reach ", day.ToString()));
      if (day.weekday() < kSaturday) {
        return BadSchedule(schedule, absl::StrCat("make-up day ", day.ToString(), " is not a Saturday or Sunday"));
      }
      calendar.working_.insert(day.days());
    }
  }
  for (const YearSchedule& schedule : schedules) {
    for (const Date day : schedule.working_weekend_days) {
      if (calendar.off_.count(day.days()) > 0) {
        return BadSchedule(schedule, absl::StrCat(day.ToString(), " is both a day off and a make-up day"));
      }
    }
  }
  return calendar;
}

absl::StatusOr<bool> Calendar::IsWorkingDay(Date day) const {
  const int year = day.year();
  if (!Knows(year)) {
    return Error(absl::StatusCode::kOutOfRange, "NO_SCHEDULE",
                 year == 0 ? std::string("no schedule for a day outside the calendar")
                           : absl::StrCat("no schedule of working days for the year ", year));
  }
  if (day.weekday() >= kSaturday) return working_.count(day.days()) > 0;
  return off_.count(day.days()) == 0;
}

absl::StatusOr<Date> Calendar::AddWorkingDays(Date from, int n) const {
  if (n < 0) return Error(absl::StatusCode::kInvalidArgument, "NEGATIVE_COUNT", "a count of working days is negative");
  Date day = from;
  while (n > 0) {
    day = day.AddDays(1);
    ASSIGN_OR_RETURN(const bool working, IsWorkingDay(day));
    if (working) --n;
  }
  return day;
}

absl::StatusOr<int> Calendar::CountWorkingDays(Date from, Date to) const {
  if (to < from)
    return Error(absl::StatusCode::kInvalidArgument, "REVERSED_INTERVAL", "the interval ends before it begins");
  int count = 0;
  for (Date day = from; day < to; day = day.AddDays(1)) {
    ASSIGN_OR_RETURN(const bool working, IsWorkingDay(day));
    if (working) ++count;
  }
  return count;
}

}  // namespace jiceng::base
