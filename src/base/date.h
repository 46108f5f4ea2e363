// Civil dates and half-open intervals of whole days, the only notion of time the organisation itself knows.
#ifndef JICENG_BASE_DATE_H_
#define JICENG_BASE_DATE_H_

#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <utility>

#include "absl/status/statusor.h"

namespace jiceng::base {

// A day of the proleptic Gregorian calendar, years 1 to 9999, or one of two ends that lie outside it: Beginning() is
// before every day (an empty `from`), Forever() after every day (an empty `to`).  Cheap to copy; no time of day, no
// zone.
class Date {
 public:
  constexpr Date() : days_(0) {}
  static constexpr Date Beginning() { return Date(std::numeric_limits<int32_t>::min()); }
  static constexpr Date Forever() { return Date(std::numeric_limits<int32_t>::max()); }
  static constexpr Date FromDays(int32_t days_since_1970) { return Date(days_since_1970); }

  // Returns the day, or INVALID_ARGUMENT, reason BAD_DATE, where there is none: 2026-02-30 is refused, not rolled over.
  static absl::StatusOr<Date> FromCivil(int year, int month, int day);
  // Reads `YYYY-MM-DD` and nothing else.
  static absl::StatusOr<Date> Parse(std::string_view text);
  // Reads the YYYYMMDD number of the C interface; 0 gives `none`.
  static absl::StatusOr<Date> FromNumber(int32_t yyyymmdd, Date none);

  constexpr int32_t days() const { return days_; }
  constexpr bool IsFinite() const { return *this != Beginning() && *this != Forever(); }
  // 0 for either end outside the calendar.
  int year() const;
  int month() const;
  int day() const;
  // 0 is Monday, 6 is Sunday; without meaning for an end.
  int weekday() const;

  // `YYYY-MM-DD`, or "" for either end outside the calendar.
  std::string ToString() const;
  // YYYYMMDD, or 0 for either end outside the calendar.
  int32_t ToNumber() const;

  // The same date n months or years on; where the month has no such day, its last one (民法典 Art. 202).  Ends stay
  // ends, and a count that runs out of the calendar gives the end on that side.
  Date AddMonths(int months) const;
  Date AddYears(int years) const;
  Date AddDays(int days) const;

  friend constexpr bool operator==(Date a, Date b) { return a.days_ == b.days_; }
  friend constexpr bool operator!=(Date a, Date b) { return a.days_ != b.days_; }
  friend constexpr bool operator<(Date a, Date b) { return a.days_ < b.days_; }
  friend constexpr bool operator<=(Date a, Date b) { return a.days_ <= b.days_; }
  friend constexpr bool operator>(Date a, Date b) { return a.days_ > b.days_; }
  friend constexpr bool operator>=(Date a, Date b) { return a.days_ >= b.days_; }

 private:
  explicit constexpr Date(int32_t days) : days_(days) {}
  int32_t days_;  // since 1970-01-01
};

// The days on which something holds: [from, to), so the day of `to` is the first on which it no longer does.
struct Validity {
  Date from = Date::Beginning();
  Date to = Date::Forever();

  constexpr bool Holds(Date day) const { return from <= day && day < to; }
  constexpr bool IsEmpty() const { return !(from < to); }
  constexpr Validity Intersect(Validity other) const {
    return {from < other.from ? other.from : from, other.to < to ? other.to : to};
  }
  friend constexpr bool operator==(Validity a, Validity b) { return a.from == b.from && a.to == b.to; }
  friend constexpr bool operator!=(Validity a, Validity b) { return !(a == b); }
};

// A date written with the precision its source had: `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.  It means its first day; the
// precision is kept so that an export writes what was read.
struct PartialDate {
  enum Precision : uint8_t { kDay = 0, kMonth = 1, kYear = 2 };
  Date date;
  Precision precision = kDay;

  static absl::StatusOr<PartialDate> Parse(std::string_view text);
  std::string ToString() const;
  // One number for both, for columns of dates: 4 * days + precision.
  constexpr int32_t Pack() const { return date.days() * 4 + precision; }
  static constexpr PartialDate Unpack(int32_t packed) {
    return {Date::FromDays(packed >> 2), static_cast<Precision>(packed & 3)};
  }
};

}  // namespace jiceng::base

#endif  // JICENG_BASE_DATE_H_
