#include "ledgers/cell.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "ledgers/loose_date.h"
#include "tests/ledgers/fixtures.h"

namespace jiceng::ledgers {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

struct Read {
  bool ok = false;
  std::string text, code, message;
  Cell cell;
};

Read ReadOne(CellType type, std::string_view text, model::TieKind tie = model::TieKind::kNone) {
  CellReader reader(type, &FrozenCatalogue(), tie);
  Read read;
  CellFault fault;
  read.ok = reader.Read(text, &read.cell, &fault);
  read.text = std::string(read.cell.text);
  read.code = fault.code;
  read.message = fault.message;
  return read;
}

TEST(Cell, TrimsWhatNobodySees) {
  EXPECT_EQ(TrimCell(" \t320102\r\n"), "320102");
  EXPECT_EQ(TrimCell("\xE3\x80\x80王伟\xC2\xA0"), "王伟");
  EXPECT_EQ(TrimCell("\xEF\xBB\xBF \xE2\x80\x8B王 伟"), "王 伟");
  EXPECT_EQ(TrimCell(" \xE3\x80\x80 "), "");
}

TEST(Cell, DatesAreDaysOfTheCalendar) {
  EXPECT_EQ(ReadOne(CellType::kDate, "2024-02-29").cell.date, Day(2024, 2, 29));
  const Read none = ReadOne(CellType::kDate, "2026-02-30");
  EXPECT_EQ(none.code, "BAD_DATE");
  EXPECT_EQ(none.message, "`2026-02-30` is not a day of the calendar; expected YYYY-MM-DD");
}

TEST(Cell, OtherSpellingsOfADateAreToldTheIsoOne) {
  struct {
    const char *written, *iso;
  } const cases[] = {{"2024/1/5", "2024-01-05"},     {"2024.01.05", "2024-01-05"},
                     {"2024年1月5日", "2024-01-05"}, {"20240105", "2024-01-05"},
                     {"2024-1-5", "2024-01-05"},     {"２０２４－０１－０５", "2024-01-05"},
                     {"2024/1/5 0:00", "2024-01-05"}};
  for (const auto& c : cases) {
    const Read read = ReadOne(CellType::kDate, c.written);
    EXPECT_EQ(read.code, "BAD_DATE") << c.written;
    EXPECT_THAT(read.message, HasSubstr(std::string("write ") + c.iso)) << c.written;
  }
}

// 45292 is 2024-01-01 in the 1900 date system of spreadsheets.
TEST(Cell, ASpreadsheetsDayNumberIsRecognised) {
  EXPECT_THAT(ReadOne(CellType::kDate, "45292").message, HasSubstr("2024-01-01"));
}

TEST(Cell, PartialDatesAreOnlyForTheColumnsThatAllowThem) {
  const Read year = ReadOne(CellType::kPartialDate, "1998");
  ASSERT_TRUE(year.ok);
  EXPECT_EQ(year.cell.date, Day(1998, 1, 1));
  EXPECT_EQ(year.cell.precision, base::PartialDate::kYear);
  EXPECT_EQ(ReadOne(CellType::kPartialDate, "1998-07").cell.precision, base::PartialDate::kMonth);
  EXPECT_EQ(ReadOne(CellType::kDate, "1998-07").code, "BAD_DATE");
  EXPECT_THAT(ReadOne(CellType::kDate, "1998-07").message, HasSubstr("no day"));
  EXPECT_THAT(ReadOne(CellType::kPartialDate, "1998.7").message, HasSubstr("write 1998-07"));
}

TEST(Cell, KindsAreTheCataloguesAndTheErrorListsThem) {
  EXPECT_EQ(ReadOne(CellType::kOrgKind, "party_branch").cell.number, 4);
  const Read bad = ReadOne(CellType::kOrgKind, "branch");
  EXPECT_EQ(bad.code, "BAD_KIND");
  EXPECT_THAT(bad.message, HasSubstr("party_branch, residents_committee, employer"));
  EXPECT_THAT(ReadOne(CellType::kOrgKind, "党支部").message, HasSubstr("write `party_branch`"));
  EXPECT_THAT(ReadOne(CellType::kOrgKind, "party_brnach").message, HasSubstr("write `party_branch`"));
  EXPECT_THAT(ReadOne(CellType::kRole, "书记").message, HasSubstr("write `secretary`"));
}

TEST(Cell, ClosedListsOfTheModel) {
  EXPECT_EQ(ReadOne(CellType::kLevel, "micro_grid").cell.number, 7);
  EXPECT_THAT(ReadOne(CellType::kLevel, "镇").message,
              AllOf(HasSubstr("province, city, district"), HasSubstr("write `street`")));
  EXPECT_EQ(ReadOne(CellType::kPartyStatus, "none").cell.number, 0);
  EXPECT_EQ(ReadOne(CellType::kPartyStatus, "probationary").cell.number, 1);
  EXPECT_EQ(ReadOne(CellType::kPartyStatus, "full").cell.number, 2);
  EXPECT_EQ(ReadOne(CellType::kSex, "女").cell.number, 2);
  EXPECT_EQ(ReadOne(CellType::kSex, "male").cell.number, 1);
  EXPECT_EQ(ReadOne(CellType::kTieKind, "grid_mapping").cell.number, 10);
  EXPECT_EQ(ReadOne(CellType::kManner, "floating", model::TieKind::kAffiliation).cell.number, 3);
  EXPECT_EQ(ReadOne(CellType::kManner, "ex_officio", model::TieKind::kAppointment).cell.number, 6);
  EXPECT_THAT(ReadOne(CellType::kManner, "elected", model::TieKind::kAffiliation).message,
              HasSubstr("formal, temporary, floating, functional"));
}

TEST(Cell, FlagsAndCountsAreDigits) {
  EXPECT_EQ(ReadOne(CellType::kFlag, "1").cell.number, 1);
  EXPECT_EQ(ReadOne(CellType::kFlag, "是").code, "BAD_FLAG");
  EXPECT_EQ(ReadOne(CellType::kCount, "2147483647").cell.number, 2147483647);
  for (const char* bad : {"2147483648", "-1", "1,234", "12.0", "1e3", "99999999999999999999999", "＋5"}) {
    EXPECT_EQ(ReadOne(CellType::kCount, bad).code, "BAD_NUMBER") << bad;
  }
}

TEST(Cell, IdsAreHostIds) {
  EXPECT_TRUE(ReadOne(CellType::kId, std::string(64, 'a')).ok);
  EXPECT_TRUE(ReadOne(CellType::kId, "党支部-1").ok);
  EXPECT_EQ(ReadOne(CellType::kId, std::string(65, 'a')).code, "BAD_ID");
  EXPECT_EQ(ReadOne(CellType::kId, "a\nb").code, "BAD_ID");
  EXPECT_EQ(ReadOne(CellType::kId, "a\x7f").code, "BAD_ID");
}

TEST(Cell, LongNumbersASpreadsheetCutAreRefused) {
  for (CellType type : {CellType::kId, CellType::kUnitCode, CellType::kUnitRef}) {
    const Read read = ReadOne(type, "3.20102E+11");
    EXPECT_EQ(read.code, "BAD_ID");
    EXPECT_THAT(read.message, HasSubstr("spreadsheet"));
  }
  EXPECT_EQ(ReadOne(CellType::kId, "=\"320102\"").code, "BAD_ID");
  EXPECT_TRUE(ReadOne(CellType::kId, "A+B").ok);
}

TEST(Cell, FullWidthDigitsOfAUnitCodeBecomeDigits) {
  EXPECT_EQ(ReadOne(CellType::kUnitRef, "３２０１０２").text, "320102");
  EXPECT_EQ(ReadOne(CellType::kUnitRef, "Ａ区").text, "Ａ区");
}

TEST(Cell, ASubjectMayBeWrittenAsANode) {
  EXPECT_TRUE(ReadOne(CellType::kSubject, "person:" + std::string(64, '1')).ok);
  EXPECT_TRUE(ReadOne(CellType::kSubject, "org:1").ok);
  EXPECT_EQ(ReadOne(CellType::kSubject, "org:").code, "BAD_ID");
}

TEST(Cell, NodesNameTheirKind) {
  EXPECT_TRUE(ReadOne(CellType::kNode, "unit:320102").ok);
  EXPECT_EQ(ReadOne(CellType::kNode, "320102").code, "BAD_NODE");
  EXPECT_EQ(ReadOne(CellType::kNode, "people:1").code, "BAD_NODE");
}

TEST(Cell, NamesOfPeopleHaveTheMiddleDotOfNames) {
  EXPECT_TRUE(ReadOne(CellType::kPersonName, "王伟").ok);
  EXPECT_TRUE(ReadOne(CellType::kPersonName, "买买提·艾力").ok);
  EXPECT_TRUE(ReadOne(CellType::kPersonName, "𠮷田").ok);
  const Read bullet = ReadOne(CellType::kPersonName, "买买提•艾力");
  EXPECT_EQ(bullet.code, "BAD_NAME");
  EXPECT_THAT(bullet.message, HasSubstr("U+2022"));
  EXPECT_EQ(ReadOne(CellType::kPersonName, "王\n伟").code, "BAD_NAME");
}

TEST(Cell, TextHasNoControlCharacters) {
  EXPECT_TRUE(ReadOne(CellType::kText, "锁金村第一社区（筹）").ok);
  EXPECT_THAT(ReadOne(CellType::kText, "a\nb").message, HasSubstr("line break"));
  EXPECT_THAT(ReadOne(CellType::kText, "a\x01").message, HasSubstr("U+0001"));
  EXPECT_THAT(ReadOne(CellType::kText, "a\xC2\x85").message, HasSubstr("U+0085"));
  EXPECT_THAT(ReadOne(CellType::kText, "a\xE2\x80\xA8z").message, HasSubstr("U+2028"));
}

TEST(Cell, AttributesAreCanonicalJson) {
  EXPECT_EQ(ReadOne(CellType::kJsonObject, "{ \"b\" : [1, 2.50], \"a\": {\"z\":\"党\", \"y\":null} }").text,
            "{\"a\":{\"y\":null,\"z\":\"党\"},\"b\":[1,2.5]}");
  const Read empty = ReadOne(CellType::kJsonObject, " { } ");
  EXPECT_TRUE(empty.ok);
  EXPECT_EQ(empty.text, "");
}

TEST(Cell, WhatIsNoObjectIsBadJson) {
  for (const char* bad : {"{", "[1]", "1", "{\"a\":1,\"a\":2}", "{\"a\":1e999}", "{'a':1}", "{\"a\":1}x"}) {
    EXPECT_EQ(ReadOne(CellType::kJsonObject, bad).code, "BAD_JSON") << bad;
  }
  std::string deep;
  for (int i = 0; i < 100000; ++i) deep += "{\"a\":";
  EXPECT_THAT(ReadOne(CellType::kJsonObject, deep).message, HasSubstr("nested deeper"));
}

TEST(LooseDate, MonthWithOneDigitAfterADotMayHaveLostItsZero) {
  base::PartialDate date;
  EXPECT_EQ(ReadLooseDate("2020.1", &date), LooseDate::kAmbiguous);
  EXPECT_EQ(ReadLooseDate("2020.01", &date), LooseDate::kDate);
  EXPECT_EQ(ReadLooseDate("2020.7", &date), LooseDate::kDate);
  EXPECT_EQ(ReadLooseDate("2020年1月", &date), LooseDate::kDate);
}

}  // namespace
}  // namespace jiceng::ledgers
