#include "cli/moment.h"

#include <gtest/gtest.h>

namespace jiceng::cli {
namespace {

TEST(Moment, KnownInstants) {
  // POSIX: 1e9 seconds is 2001-09-09T01:46:40Z.
  EXPECT_EQ(ParseTime("2001-09-09T01:46:40Z", BareDate::kStartOfDay), 1000000000);
  EXPECT_EQ(FormatTime(1000000000), "2001-09-09T01:46:40Z");
  EXPECT_EQ(ParseTime("1970-01-01", BareDate::kStartOfDay), 0);
  EXPECT_EQ(ParseTime("1970-01-01", BareDate::kEndOfDay), 86399);
  EXPECT_EQ(FormatTime(-1), "1969-12-31T23:59:59Z");
  EXPECT_EQ(DayOf(-1), 19691231);
  EXPECT_EQ(DayOf(1000000000), 20010909);
}

TEST(Moment, OffsetsAreTakenOff) {
  EXPECT_EQ(ParseTime("2001-09-09T09:46:40+08:00", BareDate::kStartOfDay), 1000000000);
  EXPECT_EQ(ParseTime("2001-09-08T20:46:40-05:00", BareDate::kStartOfDay), 1000000000);
  EXPECT_EQ(ParseTime("2001-09-09 01:46:40", BareDate::kStartOfDay), 1000000000);
}

TEST(Moment, EveryDayOfFourHundredYearsComesBack) {
  for (int64_t day = -150000; day <= 150000; day += 7) {
    const std::string text = FormatTime(day * 86400);
    EXPECT_EQ(ParseTime(text, BareDate::kStartOfDay), day * 86400) << text;
    EXPECT_EQ(FormatDate(DayOf(day * 86400)), text.substr(0, 10));
  }
}

TEST(Moment, OtherSpellingsAreRefused) {
  for (const char* bad : {"2026-06-30T", "2026-06-30T8:00", "2026-06-30T08:60", "2026-06-30T08:00z",
                          "2026-06-30T08:00+8", "2026-06-31", "now"}) {
    EXPECT_FALSE(ParseTime(bad, BareDate::kStartOfDay).has_value()) << bad;
  }
}

}  // namespace
}  // namespace jiceng::cli
