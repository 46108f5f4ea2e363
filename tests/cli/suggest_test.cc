#include "cli/suggest.h"

#include <gtest/gtest.h>

namespace jiceng::cli {
namespace {

TEST(Suggest, DistanceCountsSlips) {
  EXPECT_EQ(EditDistance("", "abc"), 3);
  EXPECT_EQ(EditDistance("audit", "audit"), 0);
  EXPECT_EQ(EditDistance("audti", "audit"), 1);  // a swap is one
  EXPECT_EQ(EditDistance("kitten", "sitting"), 3);
}

TEST(Suggest, NearEnoughOrNothing) {
  EXPECT_EQ(Nearest("improt", {"import", "export", "init"}), "import");
  EXPECT_EQ(Nearest("work", {"working-days", "from"}), "working-days");
  EXPECT_EQ(Nearest("xyzzy", {"import", "export"}), "");
  EXPECT_EQ(Nearest("", {"from", "to"}), "");
}

}  // namespace
}  // namespace jiceng::cli
