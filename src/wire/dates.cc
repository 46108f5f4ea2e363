#include "wire/dates.h"

#include "base/status.h"

namespace jiceng::wire {
namespace {

bool IsNone(const pb::Date& date) { return date.year() == 0 && date.month() == 0 && date.day() == 0; }

}  // namespace

absl::StatusOr<base::Date> ReadDay(const pb::Date& date, const Place& place) {
  if (IsNone(date)) return place.Error("BAD_DATE", "the date is missing");
  absl::StatusOr<base::Date> day = base::Date::FromCivil(date.year(), date.month(), date.day());
  if (!day.ok()) return place.Name(day.status());
  return day;
}

absl::StatusOr<base::Date> ReadDay(const pb::Date& date, base::Date none, const Place& place) {
  if (IsNone(date)) return none;
  return ReadDay(date, place);
}

absl::StatusOr<base::PartialDate> ReadPartialDate(const pb::Date& date, base::Date none, const Place& place) {
  base::PartialDate partial;
  if (IsNone(date)) {
    partial.date = none;
    return partial;
  }
  if (date.day() != 0) {
    ASSIGN_OR_RETURN(partial.date, ReadDay(date, place));
    return partial;
  }
  // A day is not given without its month; FromCivil refuses a month or year that is none.
  partial.precision = date.month() != 0 ? base::PartialDate::kMonth : base::PartialDate::kYear;
  const absl::StatusOr<base::Date> first = base::Date::FromCivil(date.year(), date.month() != 0 ? date.month() : 1, 1);
  if (!first.ok()) return place.Name(first.status());
  partial.date = *first;
  return partial;
}

void WriteDay(base::Date day, pb::Date* date) { WritePartialDate({day, base::PartialDate::kDay}, date); }

void WritePartialDate(base::PartialDate partial, pb::Date* date) {
  date->Clear();
  if (!partial.date.IsFinite()) return;
  date->set_year(partial.date.year());
  if (partial.precision == base::PartialDate::kYear) return;
  date->set_month(partial.date.month());
  if (partial.precision == base::PartialDate::kMonth) return;
  date->set_day(partial.date.day());
}

}  // namespace jiceng::wire
