#include "ledgers/loose_date.h"

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "base/text.h"
#include "ledgers/cell.h"
#include "ledgers/decode.h"
#include "ledgers/strings.h"

namespace jiceng::ledgers {
namespace {

// Spreadsheets count days from 1899-12-30; these serials are the years 1921 to 2064.
constexpr int kSerialMin = 7672, kSerialMax = 60000;

struct Parts {
  int year = 0, month = 0, day = 0;
  int month_digits = 0;
  char separator = '\0';  // '-', '.', '/', 'Y' for 年月日, '\0' for digits alone
};

bool TakeNumber(std::string_view* text, size_t min_digits, size_t max_digits, int* number, int* digits = nullptr) {
  size_t count = 0;
  int value = 0;
  while (count < text->size() && absl::ascii_isdigit(static_cast<unsigned char>((*text)[count]))) {
    if (count == max_digits) return false;
    value = value * 10 + ((*text)[count++] - '0');
  }
  if (count < min_digits) return false;
  text->remove_prefix(count);
  *number = value;
  if (digits != nullptr) *digits = static_cast<int>(count);
  return true;
}

// "0:00", "00:00:00", "00:00:00.0": a date that went through a date-time column.
bool IsMidnight(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0:.") == std::string_view::npos && Contains(text, ":");
}

bool Split(std::string_view text, Parts* parts) {
  if (const size_t space = text.find_first_of(" T"); space != std::string_view::npos) {
    if (!IsMidnight(TrimCell(text.substr(space + 1)))) return false;
    text = text.substr(0, space);
  }
  int number = 0, digits = 0;
  if (!TakeNumber(&text, 4, 8, &number, &digits)) return false;
  if (digits != 4) {
    if (!text.empty() || (digits != 6 && digits != 8)) return false;
    parts->day = digits == 8 ? number % 100 : 0;
    if (digits == 8 && parts->day == 0) return false;
    if (digits == 8) number /= 100;
    parts->year = number / 100;
    parts->month = number % 100;
    parts->month_digits = 2;
    return parts->month != 0;
  }
  parts->year = number;
  if (text.empty() || text == "年") return true;
  const bool han = ConsumePrefix(&text, "年");
  if (!han) {
    parts->separator = text.front();
    if (!Contains("-./", std::string_view(&parts->separator, 1))) return false;
    text.remove_prefix(1);
  } else {
    parts->separator = 'Y';
  }
  if (!TakeNumber(&text, 1, 2, &parts->month, &parts->month_digits) || parts->month == 0) return false;
  if (text.empty()) return true;
  if (han ? !ConsumePrefix(&text, "月") : !ConsumePrefix(&text, std::string_view(&parts->separator, 1))) {
    return false;
  }
  if (text.empty()) return han;  // "2020年7月", but not "2020.7."
  if (!TakeNumber(&text, 1, 2, &parts->day) || parts->day == 0) return false;
  if (han && !ConsumePrefix(&text, "日")) ConsumePrefix(&text, "号");
  return text.empty();
}

}  // namespace

LooseDate ReadLooseDate(std::string_view text, base::PartialDate* date) {
  const std::string narrow = base::NormalizeWidth(text);
  Parts parts;
  if (!Split(narrow, &parts)) return LooseDate::kNotADate;
  if (parts.day == 0 && parts.month == 1 && parts.month_digits == 1 && parts.separator == '.') {
    return LooseDate::kAmbiguous;
  }
  const absl::StatusOr<base::Date> day =
      base::Date::FromCivil(parts.year, parts.month == 0 ? 1 : parts.month, parts.day == 0 ? 1 : parts.day);
  if (!day.ok()) return LooseDate::kNotADay;
  date->date = *day;
  date->precision = parts.month == 0 ? base::PartialDate::kYear
                    : parts.day == 0 ? base::PartialDate::kMonth
                                     : base::PartialDate::kDay;
  return LooseDate::kDate;
}

std::string DateAdvice(std::string_view text, bool partial) {
  const std::string shown = ClipCell(text);
  const std::string_view expected = partial ? "YYYY-MM-DD, YYYY-MM or YYYY" : "YYYY-MM-DD";
  base::PartialDate date;
  switch (ReadLooseDate(text, &date)) {
    case LooseDate::kNotADay:
      return Cat("`", shown, "` is not a day of the calendar; expected ", expected);
    case LooseDate::kAmbiguous:
      return Cat("`", shown, "` may be January or an October that lost its zero; expected ", expected);
    case LooseDate::kNotADate:
      break;
    case LooseDate::kDate:
      if (date.precision == base::PartialDate::kDay || partial) {
        return Cat("`", shown, "` is not written as ", expected, "; write ", date.ToString());
      }
      return Cat("`", shown, "` has no day; expected ", expected);
  }
  int serial = 0;
  if (absl::SimpleAtoi(ToAbsl(text), &serial) && kSerialMin <= serial && serial <= kSerialMax) {
    const base::Date epoch = *base::Date::FromCivil(1899, 12, 30);
    return Cat("`", shown, "` looks like a spreadsheet's day number; expected ", expected, "; write ",
               epoch.AddDays(serial).ToString(), " if that is the day, and format the column as text");
  }
  return Cat("`", shown, "` is not a date; expected ", expected);
}

}  // namespace jiceng::ledgers
