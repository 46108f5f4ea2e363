#include "cli/moment.h"

#include <cstdio>

namespace jiceng::cli {
namespace {

constexpr int64_t kSecondsPerDay = 86400;

struct Civil {
  int64_t year;
  int month, day;
};

bool IsLeap(int64_t year) { return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0; }

int DaysInMonth(int64_t year, int month) {
  constexpr int kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return month == 2 && IsLeap(year) ? 29 : kDays[month - 1];
}

// Days since 1970-01-01 of the proleptic Gregorian calendar, counted in 400-year cycles that begin on 1 March.
int64_t DaysFromCivil(const Civil& c) {
  const int64_t y = c.month <= 2 ? c.year - 1 : c.year;
  const int64_t era = (y >= 0 ? y : y - 399) / 400;
  const int64_t year_of_era = y - era * 400;
  const int64_t day_of_year = (153 * (c.month + (c.month > 2 ? -3 : 9)) + 2) / 5 + c.day - 1;
  return era * 146097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719468;
}

Civil CivilFromDays(int64_t days) {
  const int64_t shifted = days + 719468;
  const int64_t era = (shifted >= 0 ? shifted : shifted - 146096) / 146097;
  const int64_t day_of_era = shifted - era * 146097;
  const int64_t year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  const int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const int month_from_march = static_cast<int>((5 * day_of_year + 2) / 153);
  const int month = month_from_march < 10 ? month_from_march + 3 : month_from_march - 9;
  return {year_of_era + era * 400 + (month <= 2 ? 1 : 0), month,
          static_cast<int>(day_of_year - (153 * month_from_march + 2) / 5 + 1)};
}

// Exactly `count` digits at the front of `text`, which is shortened by them.
bool TakeDigits(std::string_view* text, int count, int* out) {
  if (text->size() < static_cast<size_t>(count)) return false;
  *out = 0;
  for (int i = 0; i < count; ++i) {
    const char c = (*text)[i];
    if (c < '0' || c > '9') return false;
    *out = *out * 10 + (c - '0');
  }
  text->remove_prefix(count);
  return true;
}

bool Take(std::string_view* text, char c) {
  if (text->empty() || text->front() != c) return false;
  text->remove_prefix(1);
  return true;
}

bool TakeDate(std::string_view* text, Civil* out) {
  int year = 0;
  if (!TakeDigits(text, 4, &year) || !Take(text, '-') || !TakeDigits(text, 2, &out->month) || !Take(text, '-') ||
      !TakeDigits(text, 2, &out->day)) {
    return false;
  }
  out->year = year;
  return year >= 1 && out->month >= 1 && out->month <= 12 && out->day >= 1 && out->day <= DaysInMonth(year, out->month);
}

}  // namespace

std::optional<int32_t> ParseDate(std::string_view text) {
  Civil c{};
  if (!TakeDate(&text, &c) || !text.empty()) return std::nullopt;
  return static_cast<int32_t>(c.year * 10000 + c.month * 100 + c.day);
}

std::string FormatDate(int64_t yyyymmdd) {
  char buffer[40];
  std::snprintf(buffer, sizeof(buffer), "%04d-%02d-%02d", static_cast<int>(yyyymmdd / 10000),
                static_cast<int>(yyyymmdd / 100 % 100), static_cast<int>(yyyymmdd % 100));
  return buffer;
}

std::optional<int64_t> ParseTime(std::string_view text, BareDate bare_date) {
  Civil c{};
  if (!TakeDate(&text, &c)) return std::nullopt;
  const int64_t midnight = DaysFromCivil(c) * kSecondsPerDay;
  if (text.empty()) return bare_date == BareDate::kEndOfDay ? midnight + kSecondsPerDay - 1 : midnight;

  int hour = 0, minute = 0, second = 0;
  if (!Take(&text, 'T') && !Take(&text, ' ')) return std::nullopt;
  if (!TakeDigits(&text, 2, &hour) || !Take(&text, ':') || !TakeDigits(&text, 2, &minute)) return std::nullopt;
  if (Take(&text, ':') && !TakeDigits(&text, 2, &second)) return std::nullopt;
  if (hour > 23 || minute > 59 || second > 59) return std::nullopt;

  int64_t offset = 0;
  if (!text.empty() && !Take(&text, 'Z')) {
    const bool east = text.front() == '+';
    int offset_hours = 0, offset_minutes = 0;
    if (!Take(&text, '+') && !Take(&text, '-')) return std::nullopt;
    if (!TakeDigits(&text, 2, &offset_hours) || !Take(&text, ':') || !TakeDigits(&text, 2, &offset_minutes)) {
      return std::nullopt;
    }
    if (offset_hours > 23 || offset_minutes > 59) return std::nullopt;
    offset = (offset_hours * 3600 + offset_minutes * 60) * (east ? 1 : -1);
  }
  if (!text.empty()) return std::nullopt;
  return midnight + hour * 3600 + minute * 60 + second - offset;
}

std::string FormatTime(int64_t seconds) {
  int64_t days = seconds / kSecondsPerDay, rest = seconds % kSecondsPerDay;
  if (rest < 0) {
    rest += kSecondsPerDay;
    --days;
  }
  const Civil c = CivilFromDays(days);
  char buffer[80];
  std::snprintf(buffer, sizeof(buffer), "%04d-%02d-%02dT%02d:%02d:%02dZ", static_cast<int>(c.year), c.month, c.day,
                static_cast<int>(rest / 3600), static_cast<int>(rest / 60 % 60), static_cast<int>(rest % 60));
  return buffer;
}

int32_t DayOf(int64_t seconds) {
  const int64_t days = (seconds >= 0 ? seconds : seconds - (kSecondsPerDay - 1)) / kSecondsPerDay;
  const Civil c = CivilFromDays(days);
  return static_cast<int32_t>(c.year * 10000 + c.month * 100 + c.day);
}

}  // namespace jiceng::cli
