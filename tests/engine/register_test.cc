// Chinese registers through the shipped mappings: who a row is, what its names mean, and what it changes (design §8.1).
#include "tests/engine/organization.h"

namespace jiceng::engine {
namespace {

using model::Fact;
using model::PartyStatus;
using model::TieKind;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Pair;
using ::testing::UnorderedElementsAre;

// Two made-up citizen numbers with right check characters (GB 11643-1999, computed by hand from its weights).
constexpr char kFirst[] = "320102198001011238";
constexpr char kSecond[] = "320102198505054565";

// The headers an office keeps, without 人员类别.
Ledgers Roster() {
  return {{"花名册.csv", std::string("姓名,身份证号,所在党支部,工作单位,居住社区,是否在职,入党时间\n") + "王小明," +
                             kFirst + ",第一社区党支部,某公司,第一社区,是,2001年7月1日\n" + "赵大海," + kSecond +
                             ",第二社区党支部,,第二社区,否,1999.10.1\n"}};
}

TEST(RegisterTest, ARosterPutsPeopleWithTheirTies) {
  Organization org;
  org.Import(SmallStreet());
  const ImportReport report = org.Import(Roster());
  ASSERT_EQ(report.outcome, ImportOutcome::kDone) << testing::PrintToString(Problems(report));
  EXPECT_EQ(org.now().Count(model::NodeKind::kPerson), 5u);
  EXPECT_THAT(report.diagnostics.warning_counts(), ElementsAre(Pair("STATUS_ASSUMED", 2)));
  EXPECT_THAT(
      org.Ties({TieKind::kAffiliation, TieKind::kEmployment}),
      UnorderedElementsAre("affiliation person:1 → org:11 [2005-01-01, )",
                           "affiliation person:2 → org:12 [2025-09-01, )", "affiliation person:p15 → org:11 [, )",
                           "affiliation person:p19 → org:12 [, )", "employment person:p15 → org:20 [, )"));
  EXPECT_EQ(org.Fact("person:p15", Fact::kPartyStatus, "2026-01-01"), static_cast<int32_t>(PartyStatus::kFull));
  EXPECT_EQ(org.Fact("person:p15", Fact::kInService, "2026-01-01"), 1);
  EXPECT_EQ(org.Fact("person:p19", Fact::kInService, "2026-01-01"), 0);
}

TEST(RegisterTest, TheSameRosterAgainMakesNoCommit) {
  Organization org;
  org.Import(SmallStreet());
  org.Import(Roster());
  EXPECT_EQ(org.Import(Roster()).seq, 2);
}

TEST(RegisterTest, ACitizenNumberIsKeptOnlyAsAKeyedHash) {
  Organization org;
  org.Import(SmallStreet());
  org.Import(Roster());
  int hashes = 0;
  ASSERT_TRUE(org.store()
                  ->rows()
                  .ReadAllTexts([&](const store::StoredText& text) {
                    EXPECT_THAT(std::string(text.value), testing::Not(HasSubstr(kFirst)));
                    hashes += text.attribute == model::TextAttribute::kCitizenIdHash ? 1 : 0;
                  })
                  .ok());
  EXPECT_EQ(hashes, 2);
}

TEST(RegisterTest, AnotherBranchNeedsTheDayItHoldsFrom) {
  Organization org;
  org.Import(SmallStreet());
  org.Import(Roster());
  Ledgers moved = {{"花名册.csv", std::string("姓名,身份证号,所在党支部\n王小明,") + kFirst + ",第二社区党支部\n"}};
  EXPECT_THAT(Problems(org.Import(moved)), ElementsAre("花名册.csv:2:branch NEEDS_DATE"));
  ImportOptions options;
  options.date = Day("2026-07-01");
  ASSERT_EQ(org.Import(moved, options).outcome, ImportOutcome::kDone);
  EXPECT_THAT(org.Ties({TieKind::kAffiliation}), UnorderedElementsAre("affiliation person:1 → org:11 [2005-01-01, )",
                                                                      "affiliation person:2 → org:12 [2025-09-01, )",
                                                                      "affiliation person:p15 → org:11 [, 2026-07-01)",
                                                                      "affiliation person:p15 → org:12 [2026-07-01, )",
                                                                      "affiliation person:p19 → org:12 [, )"));
}

TEST(RegisterTest, ANameOfSeveralBodiesListsTheirIds) {
  Organization org;
  Ledgers ledgers = SmallStreet();
  ledgers["orgs.csv"] += "13,第一社区党支部,party_branch,10,320102002002,,\n";
  org.Import(ledgers);
  const ImportReport report = org.Import(Roster());
  EXPECT_THAT(Problems(report), ElementsAre("花名册.csv:2:branch AMBIGUOUS_NAME"));
  EXPECT_THAT(report.diagnostics.errors()[0].message, testing::AllOf(HasSubstr("org:11"), HasSubstr("org:13")));
}

TEST(RegisterTest, UnderNarrowsWhereNamesAreLookedFor) {
  Organization org;
  Ledgers ledgers = SmallStreet();
  ledgers["orgs.csv"] += "13,第二社区党支部,party_branch,10,320102002001,,\n";
  org.Import(ledgers);
  ImportOptions options;
  options.under = "unit:320102002001";
  const Ledgers roster = {
      {"花名册.csv", std::string("姓名,身份证号,所在党支部\n王小明,") + kFirst + ",第二社区党支部\n"}};
  ASSERT_EQ(org.Import(roster, options).outcome, ImportOutcome::kDone);
  EXPECT_THAT(org.Ties({TieKind::kAffiliation}), testing::Contains("affiliation person:p15 → org:13 [, )"));
}

TEST(RegisterTest, ARowWithoutAnyIdentityIsRefused) {
  Organization org;
  org.Import(SmallStreet());
  const ImportReport report = org.Import({{"花名册.csv", "姓名,身份证号,所在党支部\n王小明,,第一社区党支部\n"}});
  ASSERT_EQ(report.diagnostics.errors().size(), 1u);
  EXPECT_EQ(report.diagnostics.errors()[0].code, "NO_IDENTITY");
}

}  // namespace
}  // namespace jiceng::engine
