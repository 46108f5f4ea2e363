#include "procedures/clock.h"

#include "base/status.h"
#include "gtest/gtest.h"

namespace jiceng::procedures {
namespace {

using base::Date;

Date Day(int year, int month, int day) { return Date::FromCivil(year, month, day).value(); }

// National Day of 2025 as published: off 1 to 8 October, worked on Sunday 28 September and Saturday 11 October.
base::Calendar Autumn2025() {
  base::YearSchedule schedule;
  schedule.year = 2025;
  for (int day = 1; day <= 8; ++day) schedule.days_off.push_back(Day(2025, 10, day));
  schedule.working_weekend_days = {Day(2025, 9, 28), Day(2025, 10, 11)};
  return base::Calendar::Create({schedule}).value();
}

Limit Of(int amount, LimitUnit unit) { return Limit::Create(amount, unit).value(); }

Moment DueOf(int amount, LimitUnit unit, Moment from, LastDayOff off = LastDayOff::kStays) {
  return Due(Of(amount, unit), from, Autumn2025(), off).value();
}

Moment EndOf(Date day) { return {day, kEndOfDay}; }

TEST(Moment, TheEndOfADayIsTheBeginningOfTheNext) {
  EXPECT_EQ(EndOf(Day(2025, 9, 30)), (Moment{Day(2025, 10, 1), 0}));
  EXPECT_LT((Moment{Day(2025, 9, 30), 1439}), EndOf(Day(2025, 9, 30)));
}

// Art. 201 para. 1: the day of the beginning is not counted.
TEST(Due, DaysLeaveOutTheDayTheyBeginOn) {
  EXPECT_EQ(DueOf(15, LimitUnit::kDays, {Day(2025, 9, 1), 600}), EndOf(Day(2025, 9, 16)));
  EXPECT_EQ(DueOf(1, LimitUnit::kDays, {Day(2025, 9, 1), 0}), EndOf(Day(2025, 9, 2)));
}

// Art. 201 para. 2: hours run from the time itself.
TEST(Due, HoursRunFromTheMinute) {
  EXPECT_EQ(DueOf(24, LimitUnit::kHours, {Day(2025, 9, 1), 615}), (Moment{Day(2025, 9, 2), 615}));
  EXPECT_EQ(DueOf(2, LimitUnit::kHours, {Day(2025, 12, 31), 23 * 60}), (Moment{Day(2026, 1, 1), 60}));
}

TEST(Due, HoursDoNotRollOver) {
  EXPECT_EQ(DueOf(24, LimitUnit::kHours, {Day(2025, 9, 30), 540}, LastDayOff::kRollsOver),
            (Moment{Day(2025, 10, 1), 540}));
}

// Art. 202: the day of the same number, else the last of the month.
TEST(Due, MonthsEndOnTheSameDateOrTheLastDayOfTheMonth) {
  EXPECT_EQ(DueOf(3, LimitUnit::kMonths, {Day(2025, 6, 15), 0}), EndOf(Day(2025, 9, 15)));
  EXPECT_EQ(DueOf(1, LimitUnit::kMonths, {Day(2025, 1, 31), 0}), EndOf(Day(2025, 2, 28)));
  EXPECT_EQ(DueOf(1, LimitUnit::kMonths, {Day(2024, 1, 31), 0}), EndOf(Day(2024, 2, 29)));
}

TEST(Due, YearsEndOnTheSameDateAndLeapDayOnThe28th) {
  EXPECT_EQ(DueOf(3, LimitUnit::kYears, {Day(2024, 2, 29), 0}), EndOf(Day(2027, 2, 28)));
  EXPECT_EQ(DueOf(1, LimitUnit::kYears, {Day(2024, 9, 1), 0}), EndOf(Day(2025, 9, 1)));
}

// From Friday 26 September 2025: Sunday 28 is worked, then 29 and 30; the holiday; then 9, 10 and Saturday 11 October.
TEST(Due, WorkingDaysFollowThePublishedSchedule) {
  EXPECT_EQ(DueOf(1, LimitUnit::kWorkingDays, {Day(2025, 9, 26), 0}), EndOf(Day(2025, 9, 28)));
  EXPECT_EQ(DueOf(3, LimitUnit::kWorkingDays, {Day(2025, 9, 26), 0}), EndOf(Day(2025, 9, 30)));
  EXPECT_EQ(DueOf(4, LimitUnit::kWorkingDays, {Day(2025, 9, 26), 0}), EndOf(Day(2025, 10, 9)));
  EXPECT_EQ(DueOf(6, LimitUnit::kWorkingDays, {Day(2025, 9, 26), 0}), EndOf(Day(2025, 10, 11)));
}

// Art. 203 para. 1: the day after the days off is the last.
TEST(Due, ALastDayOffRollsOverWhereTheNormSaysSo) {
  const Moment from{Day(2025, 9, 18), 0};
  EXPECT_EQ(DueOf(15, LimitUnit::kDays, from), EndOf(Day(2025, 10, 3)));
  EXPECT_EQ(DueOf(15, LimitUnit::kDays, from, LastDayOff::kRollsOver), EndOf(Day(2025, 10, 9)));
}

TEST(Due, AWeekendRollsOverToMondayButAWorkedOneStays) {
  EXPECT_EQ(DueOf(1, LimitUnit::kDays, {Day(2025, 9, 5), 0}, LastDayOff::kRollsOver), EndOf(Day(2025, 9, 8)));
  EXPECT_EQ(DueOf(1, LimitUnit::kDays, {Day(2025, 9, 27), 0}, LastDayOff::kRollsOver), EndOf(Day(2025, 9, 28)));
}

TEST(Due, AYearWithoutAScheduleIsNeverGuessed) {
  const base::Calendar calendar = Autumn2025();
  const Moment from{Day(2025, 12, 30), 0};
  const absl::Status working = Due(Of(5, LimitUnit::kWorkingDays), from, calendar, LastDayOff::kStays).status();
  EXPECT_EQ(working.code(), absl::StatusCode::kOutOfRange);
  EXPECT_EQ(base::ErrorReason(working), "NO_SCHEDULE");
  EXPECT_EQ(base::ErrorReason(Due(Of(5, LimitUnit::kDays), from, calendar, LastDayOff::kRollsOver).status()),
            "NO_SCHEDULE");
  EXPECT_TRUE(Due(Of(5, LimitUnit::kDays), from, calendar, LastDayOff::kStays).ok());
}

TEST(Due, EndsWithTheCalendar) {
  const base::Calendar calendar = Autumn2025();
  const Moment last{Day(9999, 12, 31), 1439};
  for (LimitUnit unit : {LimitUnit::kHours, LimitUnit::kDays, LimitUnit::kMonths, LimitUnit::kYears}) {
    EXPECT_EQ(base::ErrorReason(Due(Of(1, unit), last, calendar, LastDayOff::kStays).status()), "BEYOND_CALENDAR");
  }
}

TEST(Due, RefusesABeginningThatIsNone) {
  const base::Calendar calendar = Autumn2025();
  for (Moment from : {Moment{Date::Beginning(), 0}, Moment{Date::Forever(), 0}, Moment{Day(2025, 1, 1), -1},
                      Moment{Day(2025, 1, 1), 1440}}) {
    EXPECT_EQ(base::ErrorReason(Due(Of(1, LimitUnit::kDays), from, calendar, LastDayOff::kStays).status()),
              "BAD_MOMENT");
  }
}

TEST(Limit, IsAPositiveNumberOfAKnownUnit) {
  EXPECT_EQ(base::ErrorReason(Limit::Create(0, LimitUnit::kDays).status()), "BAD_LIMIT");
  EXPECT_EQ(base::ErrorReason(Limit::Create(-3, LimitUnit::kDays).status()), "BAD_LIMIT");
  EXPECT_EQ(base::ErrorReason(Limit::Create(10001, LimitUnit::kDays).status()), "BAD_LIMIT");
  EXPECT_EQ(base::ErrorReason(Limit::Create(1, static_cast<LimitUnit>(0)).status()), "BAD_LIMIT");
  EXPECT_TRUE(Limit::Create(10000, LimitUnit::kHours).ok());
}

}  // namespace
}  // namespace jiceng::procedures
