#include "base/date.h"

#include "absl/strings/str_cat.h"
#include "base/status.h"

namespace jiceng::base {
namespace {

constexpr int kMinYear = 1;
constexpr int kMaxYear = 9999;

struct Civil {
  int year;
  int month;  // 1 to 12
  int day;    // 1 to 31
};

// Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms" (days_from_civil, civil_from_days): the year is taken
// to begin on 1 March, so that the leap day is its last, and 400 years are 146097 days.
constexpr int32_t DaysFromCivil(int year, int month, int day) {
  const int y = year - (month <= 2 ? 1 : 0);
  const int era = (y >= 0 ? y : y - 399) / 400;
  const unsigned yoe = static_cast<unsigned>(y - era * 400);
  const unsigned doy = static_cast<unsigned>((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1);
  const unsigned doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
  return era * 146097 + static_cast<int32_t>(doe) - 719468;
}

constexpr Civil CivilFromDays(int32_t days) {
  const int64_t z = static_cast<int64_t>(days) + 719468;
  const int64_t era = (z >= 0 ? z : z - 146096) / 146097;
  const unsigned doe = static_cast<unsigned>(z - era * 146097);
  const unsigned yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
  const unsigned doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
  const unsigned mp = (5 * doy + 2) / 153;
  const int day = static_cast<int>(doy - (153 * mp + 2) / 5 + 1);
  const int month = static_cast<int>(mp < 10 ? mp + 3 : mp - 9);
  return {static_cast<int>(era * 400) + static_cast<int>(yoe) + (month <= 2 ? 1 : 0), month, day};
}

constexpr int32_t kFirstDay = DaysFromCivil(kMinYear, 1, 1);
constexpr int32_t kLastDay = DaysFromCivil(kMaxYear, 12, 31);
static_assert(DaysFromCivil(1970, 1, 1) == 0);

constexpr bool InCalendar(int32_t days) { return kFirstDay <= days && days <= kLastDay; }

constexpr bool IsLeap(int year) { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }

constexpr int DaysInMonth(int year, int month) {
  constexpr int kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return month == 2 && IsLeap(year) ? 29 : kDays[month - 1];
}

constexpr bool IsCivil(int year, int month, int day) {
  return kMinYear <= year && year <= kMaxYear && 1 <= month && month <= 12 && 1 <= day &&
         day <= DaysInMonth(year, month);
}

// The number written by `count` ASCII digits, or -1.
int ReadDigits(const char* p, int count) {
  int value = 0;
  for (int i = 0; i < count; ++i) {
    const unsigned digit = static_cast<unsigned char>(p[i]) - static_cast<unsigned>('0');
    if (digit > 9) return -1;
    value = value * 10 + static_cast<int>(digit);
  }
  return value;
}

void WriteDigits(char* p, int count, int value) {
  for (int i = count - 1; i >= 0; --i, value /= 10) p[i] = static_cast<char>('0' + value % 10);
}

// The day on or next to which a count ends; beyond the calendar lie only its two ends.
Date Saturate(int64_t days) {
  if (days < kFirstDay) return Date::Beginning();
  if (days > kLastDay) return Date::Forever();
  return Date::FromDays(static_cast<int32_t>(days));
}

absl::Status NoSuchDay(int year, int month, int day) {
  return Error(absl::StatusCode::kInvalidArgument, "BAD_DATE",
               absl::StrCat("no such day: year ", year, ", month ", month, ", day ", day));
}

absl::Status BadForm(std::string_view form) {
  return Error(absl::StatusCode::kInvalidArgument, "BAD_DATE",
               absl::StrCat("not a date of the form ", absl::string_view(form.data(), form.size())));
}

}  // namespace

absl::StatusOr<Date> Date::FromCivil(int year, int month, int day) {
  if (!IsCivil(year, month, day)) return NoSuchDay(year, month, day);
  return Date(DaysFromCivil(year, month, day));
}

absl::StatusOr<Date> Date::Parse(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return BadForm("YYYY-MM-DD");
  const int year = ReadDigits(text.data(), 4);
  const int month = ReadDigits(text.data() + 5, 2);
  const int day = ReadDigits(text.data() + 8, 2);
  if ((year | month | day) < 0) return BadForm("YYYY-MM-DD");
  return FromCivil(year, month, day);
}

absl::StatusOr<Date> Date::FromNumber(int32_t yyyymmdd, Date none) {
  if (yyyymmdd == 0) return none;
  if (yyyymmdd < 0) return BadForm("YYYYMMDD");
  return FromCivil(yyyymmdd / 10000, yyyymmdd / 100 % 100, yyyymmdd % 100);
}

int Date::year() const { return InCalendar(days_) ? CivilFromDays(days_).year : 0; }
int Date::month() const { return InCalendar(days_) ? CivilFromDays(days_).month : 0; }
int Date::day() const { return InCalendar(days_) ? CivilFromDays(days_).day : 0; }

int Date::weekday() const {
  const int since_thursday = days_ % 7;  // 1970-01-01 was a Thursday
  return (since_thursday + 7 + 3) % 7;
}

std::string Date::ToString() const {
  if (!InCalendar(days_)) return "";
  const Civil civil = CivilFromDays(days_);
  char text[10];
  WriteDigits(text, 4, civil.year);
  text[4] = '-';
  WriteDigits(text + 5, 2, civil.month);
  text[7] = '-';
  WriteDigits(text + 8, 2, civil.day);
  return std::string(text, sizeof(text));
}

int32_t Date::ToNumber() const {
  if (!InCalendar(days_)) return 0;
  const Civil civil = CivilFromDays(days_);
  return civil.year * 10000 + civil.month * 100 + civil.day;
}

Date Date::AddMonths(int months) const {
  if (!InCalendar(days_)) return *this;
  const Civil civil = CivilFromDays(days_);
  const int64_t index = static_cast<int64_t>(civil.year) * 12 + (civil.month - 1) + months;
  if (index < kMinYear * 12) return Beginning();
  if (index >= (kMaxYear + 1) * 12) return Forever();
  const int year = static_cast<int>(index / 12);
  const int month = static_cast<int>(index % 12) + 1;
  const int last = DaysInMonth(year, month);
  return Date(DaysFromCivil(year, month, civil.day < last ? civil.day : last));
}

Date Date::AddYears(int years) const {
  // Any count beyond the calendar's length leaves it; cutting it here keeps the product below from overflowing.
  constexpr int kSpan = kMaxYear + 1;
  if (years > kSpan) years = kSpan;
  if (years < -kSpan) years = -kSpan;
  return AddMonths(years * 12);
}

Date Date::AddDays(int days) const {
  if (!IsFinite()) return *this;
  return Saturate(static_cast<int64_t>(days_) + days);
}

absl::StatusOr<PartialDate> PartialDate::Parse(std::string_view text) {
  Precision precision = kDay;
  char whole[10] = {'0', '0', '0', '0', '-', '0', '1', '-', '0', '1'};
  if (text.size() == 4) {
    precision = kYear;
  } else if (text.size() == 7) {
    precision = kMonth;
  } else if (text.size() != 10) {
    return BadForm("YYYY, YYYY-MM or YYYY-MM-DD");
  }
  text.copy(whole, sizeof(whole));
  ASSIGN_OR_RETURN(const Date date, Date::Parse({whole, sizeof(whole)}));
  return PartialDate{date, precision};
}

std::string PartialDate::ToString() const {
  std::string text = date.ToString();
  if (text.empty() || precision == kDay) return text;
  text.resize(precision == kYear ? 4 : 7);
  return text;
}

}  // namespace jiceng::base
