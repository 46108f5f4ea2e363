// Taking commits back: what was before is again, and nothing later is lost.
#include "base/status.h"
#include "tests/engine/organization.h"

namespace jiceng::engine {
namespace {

using model::Fact;
using model::TieKind;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

const std::vector<TieKind> kAll = {TieKind::kTerritory,   TieKind::kPartyLine, TieKind::kAdminLine,
                                   TieKind::kGuidance,    TieKind::kSeat,      TieKind::kCovers,
                                   TieKind::kAffiliation, TieKind::kResidence};

TEST(RevertTest, TakingBackTheFirstImportLeavesNothing) {
  Organization org;
  org.Import(SmallStreet());
  const auto seq = org.Revert(1);
  ASSERT_TRUE(seq.ok()) << seq.status();
  EXPECT_EQ(*seq, 2);
  EXPECT_THAT(org.Ties(kAll), IsEmpty());
  EXPECT_FALSE(org.now().Exists(org.Node("person:1"), Day("2026-01-01")));
}

TEST(RevertTest, TakingBackTheRevertBringsAllBack) {
  Organization org;
  org.Import(SmallStreet());
  const std::vector<std::string> before = org.Ties(kAll);
  ASSERT_TRUE(org.Revert(1).ok());
  ASSERT_TRUE(org.Revert(2).ok());
  EXPECT_EQ(org.Ties(kAll), before);
  EXPECT_EQ(org.Fact("org:11", Fact::kOrgKind, "2026-01-01"),
            org.store()->catalogue().model.FindOrgKind("party_branch")->number);
}

TEST(RevertTest, TheSameImportAfterARevertIsTheSameOrganization) {
  Organization org;
  org.Import(SmallStreet());
  const std::vector<std::string> before = org.Ties(kAll);
  const model::NodeNumber person = org.Node("person:1");
  ASSERT_TRUE(org.Revert(1).ok());
  EXPECT_EQ(org.Import(SmallStreet()).seq, 3);
  EXPECT_EQ(org.Ties(kAll), before);
  EXPECT_EQ(org.Node("person:1"), person);  // ids are never reused: the same id is the same node
}

TEST(RevertTest, AmendmentsGoBackToWhatTheyAmended) {
  Organization org;
  org.Import(SmallStreet());
  const std::vector<std::string> before = org.Ties(kAll);
  Ledgers changed = SmallStreet();
  changed["affiliations.csv"] =
      "person_id,branch_id,kind,from,to\n1,11,formal,2005-01-01,2020-01-01\n1,12,formal,2020-01-01,\n";
  changed["orgs.csv"] =
      "org_id,name,kind,parent_id,unit_code,founded,dissolved\n12,改名,party_branch,11,320102002001,2005-03-01,2026-01-"
      "01\n";
  ImportOptions options;
  options.date = Day("2025-06-01");
  ASSERT_EQ(org.Import(changed, options).seq, 2);
  ASSERT_NE(org.Ties(kAll), before);
  ASSERT_TRUE(org.Revert(2).ok());
  EXPECT_EQ(org.Ties(kAll), before);
  EXPECT_EQ(org.now().Life(org.Node("org:12")).to, base::Date::Forever());
}

TEST(RevertTest, LaterChangesOfTheSameAreNamed) {
  Organization org;
  org.Import(SmallStreet());
  Ledgers first = {{"affiliations.csv", "person_id,branch_id,kind,from,to\n1,11,formal,2005-01-01,2020-01-01\n"}};
  Ledgers second = {{"affiliations.csv", "person_id,branch_id,kind,from,to\n1,11,formal,2005-01-01,2021-01-01\n"}};
  org.Import(first);
  org.Import(second);
  const auto seq = org.Revert(2);
  EXPECT_EQ(seq.status().code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(base::ErrorReason(seq.status()), "LATER_CHANGES");
  EXPECT_THAT(std::string(seq.status().message()), ::testing::HasSubstr("commit 3"));
}

TEST(RevertTest, WhatOthersHaveBuiltOnIsInUse) {
  Organization org;
  org.Import(SmallStreet());
  org.Import({{"people.csv", "person_id,name,party_status,joined_on,in_service\n7,赵六,full,2001,1\n"}});
  org.Import({{"affiliations.csv", "person_id,branch_id,kind,from,to\n7,11,formal,2005-01-01,\n"}});
  const auto seq = org.Revert(2);
  EXPECT_EQ(base::ErrorReason(seq.status()), "IN_USE");
}

TEST(RevertTest, ACommitThatIsNotThereIsOutOfRange) {
  Organization org;
  EXPECT_EQ(base::ErrorReason(org.Revert(1).status()), "NO_SUCH_SEQ");
}

}  // namespace
}  // namespace jiceng::engine
