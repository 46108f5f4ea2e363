#include "cli/errors.h"

#include <gtest/gtest.h>

namespace jiceng::cli {
namespace {

// design: 0 done · 1 change set refused · 2 usage · 3 input rejected, nothing kept · 4 store trouble.
TEST(ExitCodes, FollowTheContract) {
  EXPECT_EQ(ExitCodeOf(JICENG_NOT_FOUND, "STORE_NOT_FOUND", "", Phase::kOpen), 4);
  EXPECT_EQ(ExitCodeOf(JICENG_ALREADY_EXISTS, "STORE_EXISTS", "", Phase::kOpen), 4);
  EXPECT_EQ(ExitCodeOf(JICENG_UNAVAILABLE, "STORE_LOCKED", "", Phase::kOpen), 4);
  EXPECT_EQ(ExitCodeOf(JICENG_FAILED_PRECONDITION, "STORE_NEWER", "", Phase::kOpen), 4);
  EXPECT_EQ(ExitCodeOf(JICENG_DATA_LOSS, "STORE_TRUNCATED", "", Phase::kOpen), 4);
  EXPECT_EQ(ExitCodeOf(JICENG_NOT_FOUND, "UNKNOWN_NODE", "", Phase::kQuery), 2);
  EXPECT_EQ(ExitCodeOf(JICENG_INVALID_ARGUMENT, "UNKNOWN_RULE", "", Phase::kQuery), 2);
  EXPECT_EQ(ExitCodeOf(JICENG_OUT_OF_RANGE, "NO_SCHEDULE", "", Phase::kQuery), 3);
  EXPECT_EQ(ExitCodeOf(JICENG_OUT_OF_RANGE, "NO_SUCH_SEQ", "", Phase::kQuery), 2);
  EXPECT_EQ(ExitCodeOf(JICENG_NOT_FOUND, "NOT_FOUND", "", Phase::kInput), 3);
  EXPECT_EQ(ExitCodeOf(JICENG_INVALID_ARGUMENT, "NO_LEDGER", "", Phase::kInput), 3);
  EXPECT_EQ(ExitCodeOf(JICENG_ABORTED, "SEQ_MOVED", "", Phase::kInput), 1);
  EXPECT_EQ(ExitCodeOf(JICENG_FAILED_PRECONDITION, "LATER_CHANGES", "", Phase::kChange), 1);
  EXPECT_EQ(ExitCodeOf(JICENG_FAILED_PRECONDITION, "NOT_EVALUABLE", "", Phase::kQuery), 2);
  EXPECT_EQ(ExitCodeOf(JICENG_INVALID_ARGUMENT, "RECORDED_BEFORE_HEAD", "", Phase::kInput), 2);
  EXPECT_EQ(ExitCodeOf(JICENG_NOT_FOUND, "UNKNOWN_NODE", "scope", Phase::kInput), 2);
  EXPECT_EQ(ExitCodeOf(JICENG_NOT_FOUND, "UNKNOWN_NODE", "changes[0].rename.node", Phase::kInput), 3);
  EXPECT_EQ(ExitCodeOf(JICENG_FAILED_PRECONDITION, "STORE_READ_ONLY", "", Phase::kInput), 4);
  EXPECT_EQ(ExitCodeOf(JICENG_DATA_LOSS, "STORE_CORRUPT", "", Phase::kInput), 4);
}

}  // namespace
}  // namespace jiceng::cli
