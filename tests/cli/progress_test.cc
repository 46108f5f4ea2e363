#include "cli/progress.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>

#include "cli/width.h"

namespace jiceng::cli {
namespace {

using ::testing::HasSubstr;

TEST(Progress, TellsStageShareRateAndTimeLeft) {
  const std::string line = ProgressLine("write", 250000, 1000000, 10, 0, Lang::kZh);
  for (const char* part : {"写入", "25%", "25,000 行/秒", "还剩 0:30"}) EXPECT_THAT(line, HasSubstr(part));
  EXPECT_THAT(ProgressLine("read", 250000000, 1000000000, 10, 0, Lang::kZh), HasSubstr("25.0 MB/秒"));
  EXPECT_THAT(ProgressLine("write", 250000, 1000000, 10, 0, Lang::kEn), HasSubstr("0:30 left"));
}

TEST(Progress, WithoutATotalThereIsNoBar) {
  EXPECT_EQ(ProgressLine("check", 1234567, 0, 0, 0, Lang::kZh), "检查  1,234,567 行");
}

TEST(Progress, FitsTheTerminal) { EXPECT_LE(DisplayWidth(ProgressLine("read", 1, 2, 1, 40, Lang::kZh)), 39); }

TEST(Progress, OddCountsDoNotBreakTheBar) {
  EXPECT_THAT(ProgressLine("read", 5, 2, 1, 0, Lang::kZh), HasSubstr("100%"));
  EXPECT_THAT(ProgressLine("read", -5, 2, 1, 0, Lang::kZh), HasSubstr("0%"));
}

TEST(Progress, CtrlCStopsTheWorkAtItsNextStep) {
  Progress progress(Lang::kZh, Terminal());
  EXPECT_EQ(Progress::Callback("read", 0, 1, &progress), 0);
  raise(SIGINT);
  EXPECT_EQ(Progress::Callback("read", 1, 1, &progress), 1);
  EXPECT_TRUE(Progress::Interrupted());
}

}  // namespace
}  // namespace jiceng::cli
