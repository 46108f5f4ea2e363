#include "cli/report/text_pool.h"

#include <gtest/gtest.h>

#include <string>

namespace jiceng::cli {
namespace {

// What page/script/model.js does with a pattern.
std::string Fill(const TextPool& pool, const TextPool::Entry& entry, const std::string& name, const std::string& node) {
  std::string out;
  size_t at = 0;
  for (const char c : pool.patterns()[entry.pattern]) {
    if (c == '\x01') {
      const size_t end = std::min(entry.digits.find(' ', at), entry.digits.size());
      out += entry.digits.substr(at, end - at);
      at = end + 1;
    } else if (c == '\x02') {
      out += name;
    } else if (c == '\x03') {
      out += node;
    } else {
      out += c;
    }
  }
  return out;
}

TEST(TextPool, TextsThatDifferInNumbersShareAPattern) {
  TextPool pool;
  const TextPool::Entry a = pool.Add("正式党员 2 名，少于 3 名", "", "");
  const TextPool::Entry b = pool.Add("正式党员 1 名，少于 3 名", "", "");
  EXPECT_EQ(a.pattern, b.pattern);
  EXPECT_EQ(a.digits, "2 3");
  EXPECT_EQ(Fill(pool, a, "", ""), "正式党员 2 名，少于 3 名");
  EXPECT_EQ(Fill(pool, b, "", ""), "正式党员 1 名，少于 3 名");
}

TEST(TextPool, NamesAndNodesAreTakenOutWhole) {
  TextPool pool;
  const TextPool::Entry a = pool.Add("第2网格 (unit:32010200200102) 自 2024-01-01", "第2网格", "unit:32010200200102");
  const TextPool::Entry b = pool.Add("甲 (unit:320102002001010) 自 2023-12-31", "甲", "unit:320102002001010");
  EXPECT_EQ(a.pattern, b.pattern);
  EXPECT_EQ(a.digits, "2024 01 01");
  EXPECT_EQ(Fill(pool, b, "甲", "unit:320102002001010"), "甲 (unit:320102002001010) 自 2023-12-31");
}

TEST(TextPool, ANodeThatBeginsALongerOneStillGivesTheTextBack) {
  TextPool pool;
  const TextPool::Entry entry = pool.Add("unit:320102002001", "", "unit:320102");
  EXPECT_EQ(Fill(pool, entry, "", "unit:320102"), "unit:320102002001");
}

TEST(TextPool, SignsInATextBecomeSpaces) {
  TextPool pool;
  EXPECT_EQ(pool.patterns()[pool.Add("a\x01"
                                     "b\x02"
                                     "c\x03"
                                     "d",
                                     "", "")
                                .pattern],
            "a b c d");
  EXPECT_EQ(pool.patterns()[pool.Whole("a\x01"
                                       "b 7")],
            "a b 7");
}

TEST(TextPool, EmptyTextIsAPattern) {
  TextPool pool;
  EXPECT_EQ(pool.patterns()[pool.Add("", "", "").pattern], "");
}

}  // namespace
}  // namespace jiceng::cli
