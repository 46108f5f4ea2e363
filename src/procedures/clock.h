// Clocks: when a period set by a rule or a procedure is over (民法典 Arts. 200 to 204).
#ifndef JICENG_PROCEDURES_CLOCK_H_
#define JICENG_PROCEDURES_CLOCK_H_

#include <cstdint>

#include "absl/status/statusor.h"
#include "base/calendar.h"
#include "base/date.h"

namespace jiceng::procedures {

// A point in civil time: whole minutes into a day, 0 to 1439, or 1440 for the end of a period at 24:00, which equals
// 00:00 of the day after.  Of the place where the matter runs; no zone, no summer time (China has had none since 1992).
struct Moment {
  base::Date day;
  int32_t minute = 0;

  constexpr int64_t Minutes() const { return int64_t{day.days()} * 1440 + minute; }
  friend constexpr bool operator==(Moment a, Moment b) { return a.Minutes() == b.Minutes(); }
  friend constexpr bool operator!=(Moment a, Moment b) { return a.Minutes() != b.Minutes(); }
  friend constexpr bool operator<(Moment a, Moment b) { return a.Minutes() < b.Minutes(); }
  friend constexpr bool operator<=(Moment a, Moment b) { return a.Minutes() <= b.Minutes(); }
};
inline constexpr int32_t kEndOfDay = 1440;  // Art. 203: a period's last day ends at 24:00

inline constexpr int32_t kMostUnits = 10000;  // of one period

enum class LimitUnit : uint8_t { kHours = 1, kDays = 2, kWorkingDays = 3, kMonths = 4, kYears = 5 };

// A period allowed, as a norm states it: 24 hours, 15 days, 5 working days, 3 months.  Immutable.
class Limit {
 public:
  // Errors: INVALID_ARGUMENT, reason BAD_LIMIT, for an amount not in 1..10,000 or an unknown unit.
  static absl::StatusOr<Limit> Create(int32_t amount, LimitUnit unit);

  int32_t amount() const { return amount_; }
  LimitUnit unit() const { return unit_; }

 private:
  constexpr Limit(int32_t amount, LimitUnit unit) : amount_(amount), unit_(unit) {}
  int32_t amount_;
  LimitUnit unit_;
};

// What becomes of a last day that is a day off (法定休假日, weekends included).
enum class LastDayOff : uint8_t {
  kStays = 1,      // the norm counts differently (Art. 204), or the deadline is a technical one
  kRollsOver = 2,  // the day after the days off is the last (Art. 203)
};

// When a period that begins at `from` is over; what is done at that moment is still in time.
//
// Hours run from the moment itself (Art. 201 para. 2) and never roll over.  Days, months and years leave out the day
// they begin on (Art. 201 para. 1) and end at 24:00 of the last day, months and years on the day of the same number or,
// where the month has none, its last (Art. 202).  Working days are those of `calendar`.
//
// Errors: INVALID_ARGUMENT, reason BAD_MOMENT, for a `from` outside the calendar or a minute not in 0..1439;
// OUT_OF_RANGE, reason NO_SCHEDULE, where a working day is asked for in a year whose schedule is not known;
// OUT_OF_RANGE, reason BEYOND_CALENDAR, past the year 9999.
absl::StatusOr<Moment> Due(const Limit& limit, Moment from, const base::Calendar& calendar, LastDayOff last_day_off);

}  // namespace jiceng::procedures

#endif  // JICENG_PROCEDURES_CLOCK_H_
