#include "procedures/clock.h"

#include "absl/strings/str_cat.h"
#include "base/status.h"

namespace jiceng::procedures {
namespace {

using base::Date;

constexpr int64_t kMinutesADay = 1440;

// The last day of a period of anything but hours that begins on `from`.
absl::StatusOr<Date> LastDay(const Limit& limit, Date from, const base::Calendar& calendar) {
  switch (limit.unit()) {
    case LimitUnit::kDays:
      return from.AddDays(limit.amount());
    case LimitUnit::kWorkingDays:
      return calendar.AddWorkingDays(from, limit.amount());
    case LimitUnit::kMonths:
      return from.AddMonths(limit.amount());
    case LimitUnit::kYears:
      return from.AddYears(limit.amount());
    case LimitUnit::kHours:
      break;
  }
  return base::Error(absl::StatusCode::kInternal, "BAD_LIMIT", "hours have no last day");
}

absl::StatusOr<Date> RollOver(Date day, const base::Calendar& calendar) {
  for (;; day = day.AddDays(1)) {
    ASSIGN_OR_RETURN(const bool working, calendar.IsWorkingDay(day));
    if (working) return day;
  }
}

absl::Status BeyondCalendar() {
  return base::Error(absl::StatusCode::kOutOfRange, "BEYOND_CALENDAR", "the period ends after the year 9999");
}

}  // namespace

absl::StatusOr<Limit> Limit::Create(int32_t amount, LimitUnit unit) {
  if (amount < 1 || amount > kMostUnits) {
    return base::Error(absl::StatusCode::kInvalidArgument, "BAD_LIMIT",
                       absl::StrCat("a period of ", amount, " is not in 1..", kMostUnits));
  }
  if (unit < LimitUnit::kHours || unit > LimitUnit::kYears) {
    return base::Error(absl::StatusCode::kInvalidArgument, "BAD_LIMIT", "the unit of the period is unknown");
  }
  return Limit(amount, unit);
}

absl::StatusOr<Moment> Due(const Limit& limit, Moment from, const base::Calendar& calendar, LastDayOff last_day_off) {
  if (!from.day.IsFinite() || from.minute < 0 || from.minute >= kEndOfDay) {
    return base::Error(absl::StatusCode::kInvalidArgument, "BAD_MOMENT",
                       "a period begins on a day and at a minute of it");
  }
  if (limit.unit() == LimitUnit::kHours) {
    const int64_t minutes = from.minute + int64_t{limit.amount()} * 60;
    const Date day = from.day.AddDays(static_cast<int>(minutes / kMinutesADay));
    if (!day.IsFinite()) return BeyondCalendar();
    return Moment{day, static_cast<int32_t>(minutes % kMinutesADay)};
  }
  ASSIGN_OR_RETURN(Date last, LastDay(limit, from.day, calendar));
  if (!last.IsFinite()) return BeyondCalendar();
  if (last_day_off == LastDayOff::kRollsOver) {
    ASSIGN_OR_RETURN(last, RollOver(last, calendar));
  }
  return Moment{last, kEndOfDay};
}

}  // namespace jiceng::procedures
