#include "ledgers/register.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/status.h"
#include "model/node.h"
#include "tests/ledgers/fixtures.h"

namespace jiceng::ledgers {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using F = RegisterField;

const RegisterMapping& Roster() { return FrozenRegisters()[0]; }
const RegisterMapping& Posts() { return FrozenRegisters()[1]; }
const KeptCell& Of(const KeptRow& row, F field) { return row.cells[static_cast<size_t>(field)]; }

// 11010519491231002X is the example of GB 11643-1999.
const char kRoster[] =
    "锁金村街道党员花名册,,,,,,,,\n"
    "序号,姓 名,身份证号（18位）,性别,人员类别,是否在职,入党时间（年月）,所在党支部,工作单位,居住社区\n"
    "1,王　伟,11010519491231002x,男,正式党员,否,1975.07,锁金村第一党支部,,锁金村社区\n";

TEST(Register, ARosterIsRecognisedBelowItsTitle) {
  const Source source("党员.csv", std::string_view(kRoster));
  EXPECT_EQ(MatchRegister(source, FrozenRegisters()), &Roster());
}

TEST(Register, FieldsComeByMeaning) {
  const Outcome o = ReadRegisterText(Roster(), kRoster);
  ASSERT_TRUE(o.status.ok()) << o.status;
  ASSERT_THAT(o.rows, SizeIs(1));
  const KeptRow& r = o.rows[0];
  EXPECT_EQ(r.row, 3);
  EXPECT_EQ(Of(r, F::kName).text, "王伟");
  EXPECT_EQ(Of(r, F::kCitizenId).text, "11010519491231002X");
  EXPECT_EQ(Of(r, F::kSex).number, 1);
  EXPECT_EQ(Of(r, F::kPartyStatus).number, static_cast<int64_t>(model::PartyStatus::kFull));
  EXPECT_EQ(Of(r, F::kInService).number, 0);
  EXPECT_TRUE(Of(r, F::kInService).present);
  EXPECT_EQ(Of(r, F::kJoinedOn).date, Day(1975, 7, 1));
  EXPECT_EQ(Of(r, F::kJoinedOn).precision, base::PartialDate::kMonth);
  EXPECT_EQ(Of(r, F::kBranch).text, "锁金村第一党支部");
  EXPECT_FALSE(Of(r, F::kEmployer).present);
  EXPECT_EQ(Of(r, F::kCommunity).text, "锁金村社区");
  EXPECT_THAT(o.Warnings(), ElementsAre("2:序号:UNKNOWN_COLUMN"));
}

TEST(Register, DatesOfAllOfficeSpellings) {
  for (const char* written :
       {"2020-07-01", "2020.07.01", "2020/7/1", "2020年7月1日", "20200701", "２０２０年７月１日", "2020.7", "202007"}) {
    const Outcome o = ReadRegisterText(Posts(), std::string("姓名,工号,职务,任职时间\n王伟,7,书记,") + written + "\n");
    ASSERT_THAT(o.rows, SizeIs(1)) << written;
    EXPECT_EQ(Of(o.rows[0], F::kPostFrom).date, Day(2020, 7, 1)) << written;
  }
}

// The last day in office belongs to the appointment; [from, to) ends on the day after.
TEST(Register, AnInclusiveEndBecomesTheDayAfter) {
  struct {
    const char* written;
    base::Date to;
  } const cases[] = {{"2024-12-31", Day(2025, 1, 1)},
                     {"2024年2月", Day(2024, 3, 1)},
                     {"2024", Day(2025, 1, 1)},
                     {"2024-02-28", Day(2024, 2, 29)}};
  for (const auto& c : cases) {
    const Outcome o =
        ReadRegisterText(Posts(), std::string("姓名,工号,职务,任职截止\n王伟,7,书记,") + c.written + "\n");
    ASSERT_THAT(o.rows, SizeIs(1)) << c.written;
    EXPECT_EQ(Of(o.rows[0], F::kPostTo).date, c.to) << c.written;
  }
}

TEST(Register, OneDayInOfficeIsAnIntervalButANegativeOneIsNot) {
  const Outcome o = ReadRegisterText(
      Posts(),
      "姓名,工号,职务,任职时间,任职截止\n王伟,7,书记,2024-05-01,2024-05-01\n王伟,7,书记,2024-05-02,2024-05-01\n");
  EXPECT_THAT(o.rows, SizeIs(1));
  EXPECT_THAT(o.Errors(), ElementsAre("3:任职截止:EMPTY_INTERVAL"));
}

TEST(Register, ASpellingOfNothingIsAnEmptyCell) {
  const Outcome o = ReadRegisterText(Posts(), "姓名,工号,职务,任职截止\n王伟,7,书记,至今\n");
  ASSERT_THAT(o.rows, SizeIs(1));
  EXPECT_FALSE(Of(o.rows[0], F::kPostTo).present);
}

TEST(Register, PostsByIdTitleOrSpelling) {
  const Outcome o =
      ReadRegisterText(Posts(), "姓名,工号,职务\n甲,1,secretary\n乙,2,书记\n丙,3,党支部书记\n丁,4,处长\n");
  ASSERT_THAT(o.rows, SizeIs(3));
  for (const KeptRow& row : o.rows) EXPECT_EQ(Of(row, F::kPost).number, 1);
  EXPECT_THAT(o.Errors(), ElementsAre("5:职务:BAD_KIND"));
  EXPECT_THAT(o.FirstMessage(), HasSubstr("secretary, deputy_secretary, grid_head"));
}

TEST(Register, ARowThatNamesNobodyIsRefused) {
  const Outcome o = ReadRegisterText(
      Roster(), "姓名,身份证号,工号,人员类别,所在党支部\n王伟,,,正式党员,一支部\n合计,,,,\n,,7,正式党员,一支部\n");
  EXPECT_THAT(o.rows, IsEmpty());
  EXPECT_THAT(o.Errors(), ElementsAre("2::NO_IDENTITY", "3::NO_IDENTITY", "4:姓名:EMPTY_CELL"));
}

TEST(Register, AWrongCitizenNumberIsRefusedAndNotRepeated) {
  const Outcome o =
      ReadRegisterText(Roster(), "姓名,身份证号,人员类别,所在党支部\n王伟,110105194912310021,正式党员,一支部\n");
  ASSERT_THAT(o.Errors(), ElementsAre("2:身份证号:BAD_CITIZEN_ID"));
  EXPECT_THAT(o.diagnostics.errors()[0].cell, Not(HasSubstr("19491231")));
  EXPECT_THAT(o.diagnostics.errors()[0].message, Not(HasSubstr("19491231")));
}

TEST(Register, NamesKeepTheSpacesThatAreTheirs) {
  const Outcome o = ReadRegisterText(Posts(), "姓名,工号,职务\n李　 娜,1,书记\nAnna Li,2,书记\n");
  ASSERT_THAT(o.rows, SizeIs(2));
  EXPECT_EQ(Of(o.rows[0], F::kName).text, "李娜");
  EXPECT_EQ(Of(o.rows[1], F::kName).text, "Anna Li");
}

TEST(Register, OfTwoHeadersForOneFieldTheBetterCounts) {
  const Outcome o =
      ReadRegisterText(Roster(), "姓名,工号,政治面貌,人员类别,所在党支部\n王伟,7,中共党员,预备党员,一支部\n");
  ASSERT_THAT(o.rows, SizeIs(1));
  EXPECT_EQ(Of(o.rows[0], F::kPartyStatus).number, static_cast<int64_t>(model::PartyStatus::kProbationary));
  EXPECT_THAT(o.Warnings(), ElementsAre("1:政治面貌:SPARE_COLUMN"));
  EXPECT_EQ(base::ErrorReason(ReadRegisterText(Posts(), "姓名,姓名,工号,职务\n").status), "DOUBLED_COLUMN");
}

TEST(Register, ASheetThatIsNoRegisterSaysWhatIsMissing) {
  const Source source("x.csv", std::string_view("姓名,电话\n王伟,1\n"));
  EXPECT_EQ(MatchRegister(source, FrozenRegisters()), nullptr);
  const Outcome o = ReadRegisterText(Posts(), "姓名,电话\n王伟,1\n");
  EXPECT_EQ(base::ErrorReason(o.status), "MISSING_COLUMN");
  EXPECT_THAT(o.FirstMessage(), HasSubstr("missing: 职务"));
  EXPECT_EQ(base::ErrorReason(ReadRegisterText(Posts(), "姓名;工号;职务\n").status), "BAD_SEPARATOR");
}

TEST(Register, EveryFieldHasANameAndBack) {
  for (int i = 0; i < kRegisterFields; ++i) {
    RegisterField field{};
    ASSERT_TRUE(RegisterFieldFromName(RegisterFieldName(static_cast<F>(i)), &field));
    EXPECT_EQ(field, static_cast<F>(i));
  }
  RegisterField field{};
  EXPECT_FALSE(RegisterFieldFromName("kinship", &field));
}

}  // namespace
}  // namespace jiceng::ledgers
