// Working days by tables given as data: the yearly schedules of the State Council.
#ifndef JICENG_BASE_CALENDAR_H_
#define JICENG_BASE_CALENDAR_H_

#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "base/date.h"

namespace jiceng::base {

// One year's published schedule: the days off and the weekend days made working days by it (调休).  A day off may fall
// in the year before (2022-12-31 belongs to the schedule of 2023).
struct YearSchedule {
  int year = 0;
  std::string notice;  // the document, e.g. "国办发明电〔2025〕7号" or its gov.cn id
  std::vector<Date> days_off;
  std::vector<Date> working_weekend_days;
};

// A set of schedules.  A day in a year without one is *unknown*: nothing is ever guessed from weekdays.  Immutable
// after building.
class Calendar {
 public:
  // Errors: INVALID_ARGUMENT, reason BAD_SCHEDULE, for a year given twice, a make-up day that is not a Saturday or
  // Sunday, a day both off and made up for, or one neither in the year of its schedule nor in the year before.
  static absl::StatusOr<Calendar> Create(const std::vector<YearSchedule>& schedules);

  bool Knows(int year) const { return years_.count(year) > 0; }
  // Errors: OUT_OF_RANGE, reason NO_SCHEDULE, for a day whose year has no schedule.
  absl::StatusOr<bool> IsWorkingDay(Date day) const;
  // The n-th working day after `from`, which itself does not count (民法典 Art. 201).  n = 0 gives `from`.
  // Errors: INVALID_ARGUMENT for n < 0; OUT_OF_RANGE, reason NO_SCHEDULE, when the count runs into a year without a
  // schedule.
  absl::StatusOr<Date> AddWorkingDays(Date from, int n) const;
  // The working days in [from, to).  Errors as above; `to` before `from` is INVALID_ARGUMENT.
  absl::StatusOr<int> CountWorkingDays(Date from, Date to) const;

 private:
  std::set<int> years_;
  std::set<int32_t> off_, working_;  // days since 1970-01-01
};

}  // namespace jiceng::base

#endif  // JICENG_BASE_CALENDAR_H_
