#include "ledgers/header.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/status.h"
#include "tests/ledgers/fixtures.h"

namespace jiceng::ledgers {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

TEST(Header, CaseWidthAndSpacesDoNotMatter) {
  const Outcome o = ReadText(Ledger::kEmployments, " Person_ID ,ｅｍｐｌｏｙｅｒ＿ｉｄ,FROM,　to\n1,2,,\n");
  EXPECT_TRUE(o.status.ok()) << o.status;
  EXPECT_THAT(o.rows, SizeIs(1));
}

TEST(Header, UnknownColumnsAreWarnedOfAndIgnored) {
  const Outcome o = ReadText(Ledger::kEmployments, "person_id,remark,employer_id,,from,to\n1,x,2,y,,\n");
  ASSERT_THAT(o.rows, SizeIs(1));
  EXPECT_EQ(o.rows[0].cells[kTieTarget].text, "2");
  EXPECT_THAT(o.Warnings(), ElementsAre("1:remark:UNKNOWN_COLUMN", "1::UNKNOWN_COLUMN"));
  EXPECT_THAT(o.diagnostics.warnings()[1].message, HasSubstr("column D"));
}

TEST(Header, EveryMissingColumnIsNamedWithWhatWasFound) {
  const Outcome o = ReadText(Ledger::kEmployments, "person_id,from\n1,\n");
  EXPECT_EQ(base::ErrorReason(o.status), "MISSING_COLUMN");
  EXPECT_THAT(o.Errors(), ElementsAre("1:employer_id:MISSING_COLUMN", "1:to:MISSING_COLUMN"));
  EXPECT_THAT(o.FirstMessage(), HasSubstr("found: person_id, from"));
  EXPECT_THAT(o.rows, IsEmpty());
}

TEST(Header, ANearHeaderIsPointedAt) {
  struct {
    const char *written, *meant;
  } const cases[] = {{"id_person", "person_id"},
                     {"personid", "person_id"},
                     {"person-id", "person_id"},
                     {"preson_id", "person_id"},
                     {"人员编号（必填）", "person_id"}};
  for (const auto& c : cases) {
    const Outcome o = ReadText(Ledger::kEmployments, std::string(c.written) + ",employer_id,from,to\n");
    EXPECT_THAT(o.FirstMessage(),
                AllOf(HasSubstr("looks like it"), HasSubstr(std::string("rename that header to `") + c.meant)))
        << c.written;
  }
  EXPECT_THAT(ReadText(Ledger::kEmployments, "telephone,employer_id,from,to\n").FirstMessage(),
              Not(HasSubstr("looks like it")));
}

TEST(Header, ALedgerUnderAnothersNameIsNoticed) {
  const Outcome o = ReadText(Ledger::kUnits, "person_id,employer_id,from,to\n");
  EXPECT_THAT(o.FirstMessage(), HasSubstr("that of employments.csv"));
}

TEST(Header, ADoubledColumnIsRefusedWithBothPlaces) {
  const Outcome o = ReadText(Ledger::kEmployments, "person_id,employer_id,from,to,From\n");
  EXPECT_EQ(base::ErrorReason(o.status), "DOUBLED_COLUMN");
  EXPECT_THAT(o.FirstMessage(), HasSubstr("in C and E"));
}

TEST(Header, OtherSeparatorsAreNamed) {
  struct {
    const char *header, *name;
  } const cases[] = {{"person_id;employer_id;from;to", "semicolons"},
                     {"person_id\temployer_id\tfrom\tto", "tabs"},
                     {"person_id|employer_id|from|to", "bars"},
                     {"person_id，employer_id，from，to", "full-width commas"}};
  for (const auto& c : cases) {
    const Outcome o = ReadText(Ledger::kEmployments, c.header);
    EXPECT_EQ(base::ErrorReason(o.status), "BAD_SEPARATOR") << c.name;
    EXPECT_THAT(o.FirstMessage(), HasSubstr(c.name));
  }
}

TEST(Header, OddUnitCodesAreWarnedOfWhereTheyAreGivenOnly) {
  const Outcome units =
      ReadText(Ledger::kUnits,
               "code,name,level,parent_code,households,population\nWG-1,甲,grid,X,,\n320102001001,乙,community,,,\n"
               "32010200100101,丙,grid,,,\n320102001001001,丁,grid,,,\n");
  EXPECT_THAT(units.Warnings(), ElementsAre("2:code:ODD_CODE"));
  EXPECT_THAT(units.rows, SizeIs(4));
  EXPECT_THAT(ReadText(Ledger::kResidences, "person_id,unit_code,from,to\n1,WG-1,,\n").Warnings(), IsEmpty());
}

TEST(Header, ColumnLettersAreASpreadsheets) {
  EXPECT_EQ(ColumnLetter(0), "A");
  EXPECT_EQ(ColumnLetter(25), "Z");
  EXPECT_EQ(ColumnLetter(26), "AA");
  EXPECT_EQ(ColumnLetter(701), "ZZ");
  EXPECT_EQ(ColumnLetter(702), "AAA");
}

}  // namespace
}  // namespace jiceng::ledgers
