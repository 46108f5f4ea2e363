#include "model/timeline.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <random>
#include <string>

#include "model/node.h"

namespace jiceng::model {
namespace {

using base::Date;
using base::Validity;

Date Day(int days) { return Date::FromDays(days); }
Validity Days(int from, int to) { return {Day(from), Day(to)}; }

TEST(TimelineTest, NothingIsSaidAtFirst) {
  const FactTimeline timeline(kNoValue);
  EXPECT_EQ(timeline.At(Day(0)), kNoValue);
  EXPECT_EQ(timeline.Last(), kNoValue);
  EXPECT_EQ(timeline.LastFrom(), Date::Beginning());
  EXPECT_TRUE(timeline.steps().empty());
}

TEST(TimelineTest, ValueHoldsFromItsDayToTheDayBeforeItsEnd) {
  FactTimeline timeline(kNoValue);
  timeline.Assign(Days(10, 20), 7);
  EXPECT_EQ(timeline.At(Day(9)), kNoValue);
  EXPECT_EQ(timeline.At(Day(10)), 7);
  EXPECT_EQ(timeline.At(Day(19)), 7);
  EXPECT_EQ(timeline.At(Day(20)), kNoValue);
  EXPECT_EQ(timeline.Last(), kNoValue) << "in the end nothing is said";
}

TEST(TimelineTest, LaterWordCoversAnEarlierOne) {
  FactTimeline timeline(kNoValue);
  timeline.Assign({}, 1);
  timeline.Assign({Day(100), Date::Forever()}, 2);
  EXPECT_EQ(timeline.At(Day(99)), 1);
  EXPECT_EQ(timeline.At(Day(100)), 2);
  EXPECT_EQ(timeline.Last(), 2);
  EXPECT_EQ(timeline.LastFrom(), Day(100));
}

TEST(TimelineTest, WhatLiesOnBothSidesOfACorrectionStays) {
  FactTimeline timeline(kNoValue);
  timeline.Assign({}, 1);
  timeline.Assign(Days(10, 20), 2);
  EXPECT_EQ(timeline.At(Day(9)), 1);
  EXPECT_EQ(timeline.At(Day(15)), 2);
  EXPECT_EQ(timeline.At(Day(20)), 1);
}

TEST(TimelineTest, EqualNeighboursAreOneStep) {
  FactTimeline timeline(kNoValue);
  timeline.Assign(Days(0, 10), 5);
  timeline.Assign(Days(10, 20), 5);
  timeline.Assign(Days(3, 4), 5);
  ASSERT_EQ(timeline.steps().size(), 2u);
  EXPECT_EQ(timeline.steps()[0].from, Day(0));
  EXPECT_EQ(timeline.steps()[1].from, Day(20));
}

TEST(TimelineTest, NoDaysChangeNothing) {
  FactTimeline timeline(kNoValue);
  timeline.Assign(Days(10, 20), 5);
  const FactTimeline before = timeline;
  timeline.Assign(Days(15, 15), 9);
  timeline.Assign(Days(15, 12), 9);
  EXPECT_EQ(timeline, before);
}

TEST(TimelineTest, TakingAllAwayLeavesNothing) {
  FactTimeline timeline(kNoValue);
  timeline.Assign(Days(10, 20), 5);
  timeline.Assign({}, kNoValue);
  EXPECT_TRUE(timeline.steps().empty());
}

TEST(TimelineTest, StretchesWithAValueAreVisitedAndGapsAreNot) {
  Timeline<std::string> names{std::string()};
  names.Assign({Date::Beginning(), Day(5)}, "first");
  names.Assign({Day(8), Date::Forever()}, "second");
  std::map<Date, std::pair<Date, std::string>> seen;
  names.ForEach([&](Validity valid, const std::string& value) { seen[valid.from] = {valid.to, value}; });
  ASSERT_EQ(seen.size(), 2u);
  EXPECT_EQ(seen[Date::Beginning()], std::make_pair(Day(5), std::string("first")));
  EXPECT_EQ(seen[Day(8)], std::make_pair(Date::Forever(), std::string("second")));
}

// The same thing said day by day in an array, which nobody can get wrong.
TEST(TimelineTest, AgreesWithAnArrayOfDays) {
  for (uint32_t seed = 1; seed <= 300; ++seed) {
    std::mt19937 random(seed);
    constexpr int kDays = 30;
    FactTimeline timeline(kNoValue);
    int32_t days[kDays + 1];
    std::fill(std::begin(days), std::end(days), kNoValue);
    for (int n = 0; n < 12; ++n) {
      int from = static_cast<int>(random() % kDays), to = static_cast<int>(random() % (kDays + 1));
      const int32_t value = random() % 4 == 0 ? kNoValue : static_cast<int32_t>(random() % 3);
      Validity valid = Days(from, to);
      if (random() % 5 == 0) {
        valid.from = Date::Beginning();
        from = 0;
      }
      if (random() % 5 == 0) {
        valid.to = Date::Forever();
        to = kDays + 1;
      }
      timeline.Assign(valid, value);
      for (int d = from; d < to; ++d) days[d] = value;
      for (int d = 0; d <= kDays; ++d) ASSERT_EQ(timeline.At(Day(d)), days[d]) << "seed " << seed << " day " << d;
      int32_t before = kNoValue;
      for (const auto& step : timeline.steps()) {
        ASSERT_NE(step.value, before) << "two steps say the same, seed " << seed;
        before = step.value;
      }
    }
  }
}

}  // namespace
}  // namespace jiceng::model
