#include "cli/width.h"

#include <gtest/gtest.h>

namespace jiceng::cli {
namespace {

TEST(Width, ChineseTakesTwo) {
  EXPECT_EQ(DisplayWidth("abc"), 3);
  EXPECT_EQ(DisplayWidth("党支部"), 6);
  EXPECT_EQ(DisplayWidth("（试行）"), 8);
  EXPECT_EQ(DisplayWidth("阿依·古丽"), 9);         // U+00B7 takes one
  EXPECT_EQ(DisplayWidth("\xF0\xA0\xAE\xB7"), 2);  // 𠮷, beyond the first plane
  EXPECT_EQ(DisplayWidth("e\xCC\x81"), 1);         // a combining accent takes none
  EXPECT_EQ(DisplayWidth("─…"), 2);
}

TEST(Width, WhatIsNotUtf8TakesOneByte) { EXPECT_EQ(DisplayWidth("a\xFF\xE5\x85"), 4); }

TEST(Width, CutsBetweenCharactersAndSaysSo) {
  EXPECT_EQ(CutToWidth("党支部工作", 10), "党支部工作");
  EXPECT_EQ(CutToWidth("党支部工作", 7), "党支部…");
  EXPECT_EQ(CutToWidth("党支部工作", 6), "党支…");
  EXPECT_EQ(CutToWidth("abcdef", 1), "…");
  EXPECT_EQ(CutToWidth("abc", 0), "");
}

}  // namespace
}  // namespace jiceng::cli
