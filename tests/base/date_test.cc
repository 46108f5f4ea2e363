#include "base/date.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdio>

#include "base/status.h"

namespace jiceng::base {
namespace {

Date D(std::string_view text) { return Date::Parse(text).value(); }

TEST(Date, DaysThatDoNotExistAreRefused) {
  for (const char* text : {"2026-02-30", "1900-02-29", "2100-02-29", "2025-02-29", "2026-04-31", "2026-13-01",
                           "2026-00-10", "2026-01-00", "2026-01-32", "0000-01-01"}) {
    const absl::StatusOr<Date> date = Date::Parse(text);
    EXPECT_EQ(date.status().code(), absl::StatusCode::kInvalidArgument) << text;
    EXPECT_EQ(ErrorReason(date.status()), "BAD_DATE") << text;
  }
}

TEST(Date, LeapDaysOfTheGregorianRuleExist) {
  for (const char* text : {"2024-02-29", "2000-02-29", "1904-02-29"}) EXPECT_EQ(D(text).ToString(), text);
}

TEST(Date, OnlyTheFullFormIsRead) {
  for (const char* text :
       {"", "2026", "2026-1-1", "2026/01/01", "2026/01-01", "2026-01/01", "20260101", "2026-01-01 ", " 2026-01-01",
        "+026-01-01", "2026-01-0a", "２026-01-01", "2026-01-011", "-026-01-01", "2026-01-0\0"}) {
    EXPECT_FALSE(Date::Parse(text).ok()) << text;
  }
  EXPECT_FALSE(Date::Parse(std::string_view("2026-01-0\0", 10)).ok());
}

TEST(Date, MessageSaysWhichDayIsMissing) {
  EXPECT_EQ(Date::Parse("2026-02-30").status().message(), "no such day: year 2026, month 2, day 30");
}

TEST(Date, CountsDaysFromTheUnixEpoch) {
  EXPECT_EQ(D("1970-01-01").days(), 0);
  EXPECT_EQ(D("1969-12-31").days(), -1);
  EXPECT_EQ(D("2000-03-01").days(), 11017);    // 30 years of 365 days, 7 leap days, 31 + 29
  EXPECT_EQ(D("0001-01-01").days(), -719162);  // the proleptic ordinal 1; 1970-01-01 is 719163
  EXPECT_EQ(D("9999-12-31").days(), 2932896);
}

TEST(Date, MondayIsWeekdayZero) {
  EXPECT_EQ(D("1949-10-01").weekday(), 5);  // a Saturday
  EXPECT_EQ(D("2026-11-21").weekday(), 5);  // a Saturday
  EXPECT_EQ(D("2025-01-26").weekday(), 6);  // a Sunday
  EXPECT_EQ(D("1900-01-01").weekday(), 0);  // a Monday
}

TEST(Date, NumbersOfTheCInterface) {
  EXPECT_EQ(Date::FromNumber(20240229, Date::Forever()).value(), D("2024-02-29"));
  EXPECT_EQ(Date::FromNumber(0, Date::Forever()).value(), Date::Forever());
  EXPECT_EQ(Date::FromNumber(0, Date::Beginning()).value(), Date::Beginning());
  for (const int32_t number : {20260230, 2026, 20261301, -20260101, 100000101, 2147483647}) {
    EXPECT_FALSE(Date::FromNumber(number, Date::Forever()).ok()) << number;
  }
  EXPECT_EQ(D("2024-02-29").ToNumber(), 20240229);
  EXPECT_EQ(Date::Beginning().ToNumber(), 0);
  EXPECT_EQ(Date::Forever().ToNumber(), 0);
}

TEST(Date, EndsLieOutsideEveryDay) {
  EXPECT_LT(Date::Beginning(), D("0001-01-01"));
  EXPECT_LT(D("9999-12-31"), Date::Forever());
  EXPECT_FALSE(Date::Forever().IsFinite());
  EXPECT_EQ(Date::Forever().ToString(), "");
  EXPECT_EQ(Date::Beginning().ToString(), "");
  EXPECT_EQ(Date::Beginning().AddMonths(1), Date::Beginning());
  EXPECT_EQ(Date::Forever().AddYears(-1), Date::Forever());
  EXPECT_EQ(Date::Forever().AddDays(-1), Date::Forever());
}

// 民法典 Art. 202: a period in months or years ends on the corresponding day; where there is none, on the last day of
// the month.
TEST(Date, MonthsEndOnTheSameDateOrTheLastOfTheMonth) {
  EXPECT_EQ(D("2026-01-31").AddMonths(1), D("2026-02-28"));
  EXPECT_EQ(D("2024-01-31").AddMonths(1), D("2024-02-29"));
  EXPECT_EQ(D("2026-01-31").AddMonths(2), D("2026-03-31"));
  EXPECT_EQ(D("2026-08-31").AddMonths(1), D("2026-09-30"));
  EXPECT_EQ(D("2026-03-31").AddMonths(-1), D("2026-02-28"));
  EXPECT_EQ(D("2026-11-15").AddMonths(3), D("2027-02-15"));
  EXPECT_EQ(D("2026-01-15").AddMonths(-1), D("2025-12-15"));
  EXPECT_EQ(D("2026-01-15").AddMonths(0), D("2026-01-15"));
}

TEST(Date, YearsFromTheLeapDay) {
  EXPECT_EQ(D("2024-02-29").AddYears(1), D("2025-02-28"));
  EXPECT_EQ(D("2024-02-29").AddYears(3), D("2027-02-28"));
  EXPECT_EQ(D("2024-02-29").AddYears(4), D("2028-02-29"));
  EXPECT_EQ(D("2096-02-29").AddYears(4), D("2100-02-28"));
  EXPECT_EQ(D("2024-02-29").AddYears(-4), D("2020-02-29"));
  EXPECT_EQ(D("2021-05-10").AddYears(5), D("2026-05-10"));
}

TEST(Date, RunningOutOfTheCalendarGivesTheEndOnThatSide) {
  EXPECT_EQ(D("9999-12-31").AddDays(1), Date::Forever());
  EXPECT_EQ(D("0001-01-01").AddDays(-1), Date::Beginning());
  EXPECT_EQ(D("9999-12-01").AddMonths(1), Date::Forever());
  EXPECT_EQ(D("0001-01-31").AddMonths(-1), Date::Beginning());
  EXPECT_EQ(D("2026-01-01").AddYears(std::numeric_limits<int>::max()), Date::Forever());
  EXPECT_EQ(D("2026-01-01").AddYears(std::numeric_limits<int>::min()), Date::Beginning());
  EXPECT_EQ(D("2026-01-01").AddMonths(std::numeric_limits<int>::max()), Date::Forever());
  EXPECT_EQ(D("2026-01-01").AddDays(std::numeric_limits<int>::min()), Date::Beginning());
  EXPECT_EQ(D("9999-11-30").AddMonths(1), D("9999-12-30"));
}

// Every day of the calendar against a counter that knows only the lengths of the months.
TEST(Date, EveryDayRoundTrips) {
  int year = 1, month = 1, day = 1, weekday = 0;  // 0001-01-01 was a Monday in the proleptic calendar
  int mismatches = 0;
  for (int32_t days = -719162; days <= 2932896; ++days) {
    const Date date = Date::FromDays(days);
    if (date.ToNumber() != year * 10000 + month * 100 + day || date.weekday() != weekday) ++mismatches;
    const absl::StatusOr<Date> civil = Date::FromCivil(year, month, day);
    if (!civil.ok() || *civil != date) ++mismatches;
    if (1900 <= year && year <= 2100) {
      char text[48];
      std::snprintf(text, sizeof(text), "%04d-%02d-%02d", year, month, day);
      const absl::StatusOr<Date> parsed = Date::Parse(text);
      if (!parsed.ok() || *parsed != date || date.ToString() != text) ++mismatches;
      if (date.year() != year || date.month() != month || date.day() != day) ++mismatches;
      const absl::StatusOr<Date> number = Date::FromNumber(date.ToNumber(), Date());
      if (!number.ok() || *number != date) ++mismatches;
    }
    ASSERT_EQ(mismatches, 0) << year << " " << month << " " << day;

    weekday = (weekday + 1) % 7;
    const bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    const int length = month == 2                                                ? (leap ? 29 : 28)
                       : (month == 4 || month == 6 || month == 9 || month == 11) ? 30
                                                                                 : 31;
    if (++day > length) {
      day = 1;
      if (++month > 12) {
        month = 1;
        ++year;
      }
    }
  }
  EXPECT_EQ(year, 10000);
}

// The theorem behind every term of office: the day differs from the wanted one only where the month has no such day.
TEST(Date, AddingMonthsKeepsTheDayOrTakesTheLast) {
  for (Date date = D("2019-12-01"); date < D("2025-01-01"); date = date.AddDays(1)) {
    for (int months = -30; months <= 30; ++months) {
      const Date later = date.AddMonths(months);
      ASSERT_EQ(later.year() * 12 + later.month(), date.year() * 12 + date.month() + months);
      if (later.day() != date.day()) {
        ASSERT_LT(later.day(), date.day());
        ASSERT_EQ(later.AddDays(1).day(), 1) << date.ToString() << " + " << months;
      }
    }
  }
}

TEST(Validity, HoldsFromItsFirstDayToTheDayBeforeItsEnd) {
  const Validity validity{D("2026-01-01"), D("2026-02-01")};
  EXPECT_FALSE(validity.Holds(D("2025-12-31")));
  EXPECT_TRUE(validity.Holds(D("2026-01-01")));
  EXPECT_TRUE(validity.Holds(D("2026-01-31")));
  EXPECT_FALSE(validity.Holds(D("2026-02-01")));
  EXPECT_TRUE(Validity().Holds(D("0001-01-01")));
  EXPECT_TRUE(Validity().Holds(D("9999-12-31")));
}

TEST(Validity, MeetingIntervalsDoNotOverlap) {
  const Validity before{D("2026-01-01"), D("2026-02-01")};
  const Validity after{D("2026-02-01"), Date::Forever()};
  EXPECT_TRUE(before.Intersect(after).IsEmpty());
  EXPECT_EQ(before.Intersect(Validity()), before);
  EXPECT_TRUE((Validity{D("2026-01-01"), D("2026-01-01")}).IsEmpty());
}

TEST(PartialDate, KeepsThePrecisionOfItsSource) {
  for (const char* text : {"1998", "1998-07", "1998-07-15", "0001", "9999-12"}) {
    const absl::StatusOr<PartialDate> date = PartialDate::Parse(text);
    ASSERT_TRUE(date.ok()) << text;
    EXPECT_EQ(date->ToString(), text);
    const PartialDate again = PartialDate::Unpack(date->Pack());
    EXPECT_EQ(again.date, date->date);
    EXPECT_EQ(again.precision, date->precision);
  }
}

TEST(PartialDate, MeansItsFirstDay) {
  EXPECT_EQ(PartialDate::Parse("1998")->date, D("1998-01-01"));
  EXPECT_EQ(PartialDate::Parse("1998-07")->date, D("1998-07-01"));
  EXPECT_EQ(PartialDate::Parse("1998")->precision, PartialDate::kYear);
  EXPECT_EQ(PartialDate::Parse("1998-07")->precision, PartialDate::kMonth);
}

TEST(PartialDate, OtherFormsAreRefused) {
  for (const char* text : {"", "199", "1998-", "1998-7", "1998-13", "1998-00", "1998/07", "98-07-1", "1998-07-1",
                           "0000", "199a", "1998-02-29"}) {
    EXPECT_EQ(ErrorReason(PartialDate::Parse(text).status()), "BAD_DATE") << text;
  }
}

}  // namespace
}  // namespace jiceng::base
