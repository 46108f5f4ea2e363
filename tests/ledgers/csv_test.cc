#include "ledgers/csv.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

namespace jiceng::ledgers {
namespace {

using ::testing::ElementsAre;

std::vector<std::vector<std::string>> Cut(std::string_view text, char separator = ',') {
  CsvReader reader(text, separator);
  CsvRecord record;
  std::vector<std::vector<std::string>> rows;
  while (reader.Next(&record)) rows.emplace_back(record.cells.begin(), record.cells.end());
  return rows;
}

TEST(Csv, AllThreeLineEndsEndARecord) {
  for (const char* end : {"\n", "\r\n", "\r"}) {
    const std::string text = std::string("a,b") + end + "1,2" + end;
    EXPECT_THAT(Cut(text), ElementsAre(ElementsAre("a", "b"), ElementsAre("1", "2")));
  }
}

TEST(Csv, LastLineNeedsNoEnd) { EXPECT_THAT(Cut("a\n1"), ElementsAre(ElementsAre("a"), ElementsAre("1"))); }

TEST(Csv, SeparatorAtTheEndMakesAnEmptyLastCell) {
  EXPECT_THAT(Cut("a,\n,"), ElementsAre(ElementsAre("a", ""), ElementsAre("", "")));
}

TEST(Csv, EmptyLineIsARecordOfOneEmptyCell) {
  EXPECT_THAT(Cut("a\n\nb"), ElementsAre(ElementsAre("a"), ElementsAre(""), ElementsAre("b")));
}

// RFC 4180, section 2, rules 5 to 7.
TEST(Csv, QuotedCellsHoldSeparatorsLineEndsAndDoubledQuotes) {
  EXPECT_THAT(Cut("\"a,b\",\"c\r\nd\",\"e\"\"f\"\n\"\",x"),
              ElementsAre(ElementsAre("a,b", "c\r\nd", "e\"f"), ElementsAre("", "x")));
}

TEST(Csv, QuoteInsideAnUnquotedCellIsALetter) {
  EXPECT_THAT(Cut("5\" pipe,x"), ElementsAre(ElementsAre("5\" pipe", "x")));
}

TEST(Csv, RecordNumberCountsACellOfSeveralLinesOnce) {
  CsvReader reader("h\n\"1\n2\n3\"\nlast");
  CsvRecord record;
  while (reader.Next(&record)) {
  }
  EXPECT_EQ(record.row, 3);
}

TEST(Csv, UnclosedQuoteSwallowsTheRestAndSaysWhere) {
  CsvReader reader("a,b\n1,\"2\n3,4\n");
  CsvRecord record;
  ASSERT_TRUE(reader.Next(&record));
  ASSERT_TRUE(reader.Next(&record));
  EXPECT_EQ(record.defect, CsvRecord::kUnclosedQuote);
  EXPECT_EQ(record.defect_cell, 1u);
  EXPECT_FALSE(reader.Next(&record));
}

TEST(Csv, TextAfterAClosingQuoteIsADefectOfThatRecordOnly) {
  CsvReader reader("\"a\"b,c\nd,e\n");
  CsvRecord record;
  ASSERT_TRUE(reader.Next(&record));
  EXPECT_EQ(record.defect, CsvRecord::kTextAfterQuote);
  EXPECT_EQ(record.cells.size(), 2u);
  ASSERT_TRUE(reader.Next(&record));
  EXPECT_EQ(record.defect, CsvRecord::kNone);
  EXPECT_THAT(record.cells, ElementsAre("d", "e"));
}

// The obvious reader, one byte at a time, for texts without quotes.
std::vector<std::vector<std::string>> CutSlowly(std::string_view text) {
  std::vector<std::vector<std::string>> rows;
  size_t i = 0;
  while (i < text.size()) {
    rows.emplace_back(1, "");
    for (; i < text.size() && text[i] != '\n' && text[i] != '\r'; ++i) {
      if (text[i] == ',') {
        rows.back().emplace_back();
      } else {
        rows.back().back().push_back(text[i]);
      }
    }
    if (i < text.size()) i += text.substr(i, 2) == "\r\n" ? 2 : 1;
  }
  return rows;
}

// Blocks of 64 bytes begin anywhere, so every distance between stops and block ends must come up.
TEST(Csv, AgreesWithAReaderOfOneByteAtATime) {
  std::mt19937 random(20260101);
  for (int round = 0; round < 3000; ++round) {
    std::string text;
    const size_t size = random() % 300;
    const unsigned density = 1 + random() % 40;
    while (text.size() < size)
      text.push_back(random() % density == 0 ? ",\n\r"[random() % 3] : static_cast<char>(random() % 220 + 36));
    for (char& c : text) c = c == '"' ? 'q' : c;
    ASSERT_EQ(Cut(text), CutSlowly(text)) << "round " << round;
  }
}

TEST(Csv, QuotedCellsOfAnyLengthMeetBlockEndsUnharmed) {
  for (size_t length = 0; length < 200; ++length) {
    const std::string inside(length, 'x');
    const std::string text = "a,\"" + inside + ",\n\"\"\"," + inside + "\nb,c,d\n";
    ASSERT_THAT(Cut(text), ElementsAre(ElementsAre("a", inside + ",\n\"", inside), ElementsAre("b", "c", "d")))
        << length;
  }
}

TEST(Csv, AnotherSeparatorCanBeAsked) { EXPECT_THAT(Cut("a;b,c", ';'), ElementsAre(ElementsAre("a", "b,c"))); }

}  // namespace
}  // namespace jiceng::ledgers
