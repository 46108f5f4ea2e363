// Civil days as numbers, for arithmetic while drawing dates.
#ifndef JICENG_CLI_SYNTH_DATES_H_
#define JICENG_CLI_SYNTH_DATES_H_

#include <cstdint>

namespace jiceng::cli {

using Day = int32_t;                      // days since 1970-01-01
inline constexpr Day kNoDay = INT32_MIN;  // an open end

struct Civil {
  int year, month, day;
};

// Proleptic Gregorian day numbers after Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms".
constexpr Day DayOf(int year, int month, int day) {
  const int y = month <= 2 ? year - 1 : year;
  const int era = (y >= 0 ? y : y - 399) / 400;
  const int year_of_era = y - era * 400;
  const int day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  return era * 146097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719468;
}

constexpr Civil CivilOf(Day day) {
  const int z = day + 719468;
  const int era = (z >= 0 ? z : z - 146096) / 146097;
  const int day_of_era = z - era * 146097;
  const int year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  const int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const int month = (5 * day_of_year + 2) / 153;
  return {year_of_era + era * 400 + (month >= 10), month < 10 ? month + 3 : month - 9,
          day_of_year - (153 * month + 2) / 5 + 1};
}

constexpr bool IsLeap(int year) { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }

// The same date some years on, 29 February giving 28 (民法典 Art. 202).
constexpr Day YearsAfter(Day day, int years) {
  const Civil c = CivilOf(day);
  return DayOf(c.year + years, c.month, c.month == 2 && c.day == 29 && !IsLeap(c.year + years) ? 28 : c.day);
}

inline constexpr Day kReference = DayOf(2026, 6, 30);  // kSynthReferenceDay

}  // namespace jiceng::cli

#endif  // JICENG_CLI_SYNTH_DATES_H_
