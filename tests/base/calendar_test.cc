#include "base/calendar.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/status.h"

namespace jiceng::base {
namespace {

Date D(std::string_view text) { return Date::Parse(text).value(); }

struct Days {
  const char* first;
  const char* last;
};

YearSchedule Schedule(int year, const std::vector<Days>& off, const std::vector<const char*>& working) {
  YearSchedule schedule;
  schedule.year = year;
  schedule.notice = "as published";
  for (const Days& days : off) {
    for (Date day = D(days.first); day <= D(days.last); day = day.AddDays(1)) schedule.days_off.push_back(day);
  }
  for (const char* day : working) schedule.working_weekend_days.push_back(D(day));
  return schedule;
}

// The notices of the General Office of the State Council for 2023 to 2026, typed from them and not read from the data
// shipped.
std::vector<YearSchedule> Published() {
  return {
      Schedule(2023,
               {{"2022-12-31", "2023-01-02"},
                {"2023-01-21", "2023-01-27"},
                {"2023-04-05", "2023-04-05"},
                {"2023-04-29", "2023-05-03"},
                {"2023-06-22", "2023-06-24"},
                {"2023-09-29", "2023-10-06"}},
               {"2023-01-28", "2023-01-29", "2023-04-23", "2023-05-06", "2023-06-25", "2023-10-07", "2023-10-08"}),
      Schedule(2024,
               {{"2024-01-01", "2024-01-01"},
                {"2024-02-10", "2024-02-17"},
                {"2024-04-04", "2024-04-06"},
                {"2024-05-01", "2024-05-05"},
                {"2024-06-10", "2024-06-10"},
                {"2024-09-15", "2024-09-17"},
                {"2024-10-01", "2024-10-07"}},
               {"2024-02-04", "2024-02-18", "2024-04-07", "2024-04-28", "2024-05-11", "2024-09-14", "2024-09-29",
                "2024-10-12"}),
      Schedule(2025,
               {{"2025-01-01", "2025-01-01"},
                {"2025-01-28", "2025-02-04"},
                {"2025-04-04", "2025-04-06"},
                {"2025-05-01", "2025-05-05"},
                {"2025-05-31", "2025-06-02"},
                {"2025-10-01", "2025-10-08"}},
               {"2025-01-26", "2025-02-08", "2025-04-27", "2025-09-28", "2025-10-11"}),
      Schedule(2026,
               {{"2026-01-01", "2026-01-03"},
                {"2026-02-15", "2026-02-23"},
                {"2026-04-04", "2026-04-06"},
                {"2026-05-01", "2026-05-05"},
                {"2026-06-19", "2026-06-21"},
                {"2026-09-25", "2026-09-27"},
                {"2026-10-01", "2026-10-07"}},
               {"2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10"}),
  };
}

class CalendarTest : public testing::Test {
 protected:
  const Calendar calendar_ = Calendar::Create(Published()).value();
};

TEST_F(CalendarTest, WorkingDaysOfEachYear) {
  EXPECT_EQ(calendar_.CountWorkingDays(D("2023-01-01"), D("2024-01-01")).value(), 249);
  EXPECT_EQ(calendar_.CountWorkingDays(D("2024-01-01"), D("2025-01-01")).value(), 251);
  EXPECT_EQ(calendar_.CountWorkingDays(D("2025-01-01"), D("2026-01-01")).value(), 248);
  EXPECT_EQ(calendar_.CountWorkingDays(D("2026-01-01"), D("2027-01-01")).value(), 248);
}

// Due dates computed outside this project from the holiday-cn data; the day of the event does not count (民法典 Art.
// 201).
TEST_F(CalendarTest, DueDatesAcrossHolidays) {
  struct Row {
    const char* start;
    const char* due[5];
  };
  constexpr int kCounts[5] = {1, 3, 5, 7, 15};
  constexpr Row kRows[] = {
      {"2025-01-24", {"2025-01-26", "2025-02-05", "2025-02-07", "2025-02-10", "2025-02-20"}},
      {"2025-09-26", {"2025-09-28", "2025-09-30", "2025-10-10", "2025-10-13", "2025-10-23"}},
      {"2025-09-30", {"2025-10-09", "2025-10-11", "2025-10-14", "2025-10-16", "2025-10-28"}},
      {"2025-12-31", {"2026-01-04", "2026-01-06", "2026-01-08", "2026-01-12", "2026-01-22"}},
      {"2026-02-13", {"2026-02-14", "2026-02-25", "2026-02-27", "2026-03-02", "2026-03-12"}},
      {"2026-09-24", {"2026-09-28", "2026-09-30", "2026-10-09", "2026-10-12", "2026-10-22"}},
      {"2026-09-30", {"2026-10-08", "2026-10-10", "2026-10-13", "2026-10-15", "2026-10-27"}},
  };
  for (const Row& row : kRows) {
    for (int i = 0; i < 5; ++i) {
      EXPECT_EQ(calendar_.AddWorkingDays(D(row.start), kCounts[i]).value().ToString(), row.due[i])
          << row.start << " + " << kCounts[i];
    }
  }
}

TEST_F(CalendarTest, NewYearsEveOf2024WasAWorkingDay) {
  EXPECT_TRUE(calendar_.IsWorkingDay(D("2024-02-09")).value());
  EXPECT_FALSE(calendar_.IsWorkingDay(D("2024-02-10")).value());
  EXPECT_TRUE(calendar_.IsWorkingDay(D("2024-02-18")).value());   // a Sunday, made up for
  EXPECT_FALSE(calendar_.IsWorkingDay(D("2024-02-25")).value());  // a Sunday like any other
}

TEST_F(CalendarTest, NoDaysGiveTheStartItself) {
  EXPECT_EQ(calendar_.AddWorkingDays(D("2026-10-01"), 0).value(), D("2026-10-01"));
  EXPECT_EQ(calendar_.AddWorkingDays(D("2031-10-01"), 0).value(), D("2031-10-01"));
  EXPECT_EQ(calendar_.CountWorkingDays(D("2026-10-01"), D("2026-10-01")).value(), 0);
}

TEST_F(CalendarTest, CountAgreesWithDueDate) {
  // n working days after `from` means n working days in (from, due].
  for (Date from = D("2025-01-01"); from < D("2025-12-31"); from = from.AddDays(1)) {
    const Date due = calendar_.AddWorkingDays(from, 15).value();
    EXPECT_EQ(calendar_.CountWorkingDays(from.AddDays(1), due.AddDays(1)).value(), 15) << from.ToString();
    EXPECT_TRUE(calendar_.IsWorkingDay(due).value());
  }
}

TEST_F(CalendarTest, AYearWithoutScheduleIsAnErrorAndNeverAGuess) {
  EXPECT_FALSE(calendar_.Knows(2027));
  const absl::Status statuses[] = {
      calendar_.IsWorkingDay(D("2027-01-04")).status(),
      calendar_.IsWorkingDay(D("2022-12-31")).status(),  // named by the schedule of 2023, but its own year is unknown
      calendar_.AddWorkingDays(D("2026-12-31"), 1).status(),
      calendar_.AddWorkingDays(D("2026-12-20"), 15).status(),
      calendar_.CountWorkingDays(D("2026-12-01"), D("2027-01-02")).status(),
      calendar_.CountWorkingDays(D("2022-12-31"), D("2023-01-02")).status(),
  };
  for (const absl::Status& status : statuses) {
    EXPECT_EQ(status.code(), absl::StatusCode::kOutOfRange);
    EXPECT_EQ(ErrorReason(status), "NO_SCHEDULE");
  }
  EXPECT_EQ(statuses[0].message(), "no schedule of working days for the year 2027");
  EXPECT_TRUE(calendar_.CountWorkingDays(D("2026-12-01"), D("2027-01-01")).ok());
}

TEST_F(CalendarTest, TheDayBeforeTheFirstScheduleMayBeAStart) {
  EXPECT_EQ(calendar_.AddWorkingDays(D("2022-12-30"), 0).value(), D("2022-12-30"));
  EXPECT_EQ(calendar_.AddWorkingDays(D("2022-12-31"), 1).value(), D("2023-01-03"));
}

TEST_F(CalendarTest, OpenEndsHaveNoSchedule) {
  EXPECT_EQ(ErrorReason(calendar_.IsWorkingDay(Date::Forever()).status()), "NO_SCHEDULE");
  EXPECT_EQ(ErrorReason(calendar_.AddWorkingDays(Date::Forever(), 1).status()), "NO_SCHEDULE");
  EXPECT_EQ(ErrorReason(calendar_.CountWorkingDays(Date::Beginning(), D("2026-01-01")).status()), "NO_SCHEDULE");
  EXPECT_EQ(ErrorReason(calendar_.CountWorkingDays(D("2026-01-01"), Date::Forever()).status()), "NO_SCHEDULE");
}

TEST_F(CalendarTest, MisuseIsRefused) {
  EXPECT_EQ(calendar_.AddWorkingDays(D("2026-01-05"), -1).status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(calendar_.CountWorkingDays(D("2026-01-05"), D("2026-01-04")).status().code(),
            absl::StatusCode::kInvalidArgument);
}

TEST(Calendar, WithoutAnyScheduleEverythingIsUnknown) {
  EXPECT_EQ(ErrorReason(Calendar().IsWorkingDay(D("2026-01-05")).status()), "NO_SCHEDULE");
  EXPECT_TRUE(Calendar::Create({}).ok());
}

TEST(Calendar, SchedulesThatContradictThemselvesAreRefused) {
  const std::vector<std::vector<YearSchedule>> bad = {
      {Schedule(2026, {}, {}), Schedule(2026, {}, {})},                  // a year twice
      {Schedule(2026, {}, {"2026-01-05"})},                              // a Monday "made up"
      {Schedule(2026, {{"2026-01-03", "2026-01-04"}}, {"2026-01-04"})},  // off and worked
      {Schedule(2026, {{"2027-01-01", "2027-01-01"}}, {})},              // of another year
      {Schedule(2026, {}, {"2024-01-06"})},                              // of another year
      {Schedule(0, {}, {})},                                             // no year
  };
  for (const std::vector<YearSchedule>& schedules : bad) {
    const absl::Status status = Calendar::Create(schedules).status();
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
    EXPECT_EQ(ErrorReason(status), "BAD_SCHEDULE");
  }
}

}  // namespace
}  // namespace jiceng::base
