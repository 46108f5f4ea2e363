// What an import keeps, amends, warns of and rejects (design §8.1).
#include "tests/engine/organization.h"

namespace jiceng::engine {
namespace {

using model::Fact;
using model::PartyStatus;
using model::TieKind;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;
using ::testing::UnorderedElementsAre;

TEST(ImportTest, FirstImportIsOneCommit) {
  Organization org;
  const ImportReport report = org.Import(SmallStreet());
  EXPECT_EQ(report.outcome, ImportOutcome::kDone);
  EXPECT_EQ(report.seq, 1);
  EXPECT_EQ(report.rejected, 0);
  EXPECT_THAT(report.rows, ElementsAre(Pair("affiliations.csv", 2), Pair("orgs.csv", 5), Pair("people.csv", 3),
                                       Pair("residences.csv", 2), Pair("units.csv", 4)));
}

TEST(ImportTest, TheSameFilesAgainMakeNoCommit) {
  Organization org;
  org.Import(SmallStreet());
  const ImportReport again = org.Import(SmallStreet());
  EXPECT_EQ(again.outcome, ImportOutcome::kDone);
  EXPECT_EQ(again.seq, 1);
  EXPECT_THAT(again.rows, ElementsAre(Pair("affiliations.csv", 2), Pair("orgs.csv", 5), Pair("people.csv", 3),
                                      Pair("residences.csv", 2), Pair("units.csv", 4)));
}

TEST(ImportTest, ParentsAndSeatsBecomeTiesWhileBothNodesExist) {
  Organization org;
  org.Import(SmallStreet());
  EXPECT_THAT(
      org.Ties({TieKind::kTerritory, TieKind::kPartyLine, TieKind::kCovers, TieKind::kAdminLine}),
      UnorderedElementsAre("territory unit:320102002001 → unit:320102002 [, )",
                           "territory unit:320102002002 → unit:320102002 [, )",
                           "territory unit:320102002001001 → unit:320102002001 [, )",
                           "party_line org:11 → org:10 [2005-01-01, )", "party_line org:12 → org:10 [2005-03-01, )",
                           // the company's branch covers it, and has no Party ancestor above the company
                           "covers org:21 → org:20 [2010-01-01, )"));
}

TEST(ImportTest, BranchInACompanyHangsBelowTheCompanysNearestPartyAncestor) {
  Ledgers ledgers = SmallStreet();
  ledgers["orgs.csv"] =
      "org_id,name,kind,parent_id,unit_code,founded,dissolved\n"
      "10,街道党工委,party_work_committee,,320102002,2001-07,\n"
      "20,某集团,employer,10,,1999-01-01,\n"
      "22,子公司,employer,20,,2003-01-01,2024-01-01\n"
      "21,子公司党支部,party_branch,22,,2010-01-01,\n";
  ledgers["affiliations.csv"] = "person_id,branch_id,kind,from,to\n";
  Organization org;
  ASSERT_EQ(org.Import(ledgers).outcome, ImportOutcome::kDone);
  EXPECT_THAT(org.Ties({TieKind::kPartyLine, TieKind::kCovers, TieKind::kAdminLine}),
              UnorderedElementsAre(
                  "covers org:10 → org:20 [2001-07-01, )", "admin_line org:22 → org:20 [2003-01-01, 2024-01-01)",
                  "covers org:21 → org:22 [2010-01-01, 2024-01-01)", "party_line org:21 → org:10 [2010-01-01, )"));
}

TEST(ImportTest, OwnersCommitteeUnderResidentsCommitteeIsGuided) {
  Ledgers ledgers = SmallStreet();
  ledgers["orgs.csv"] =
      "org_id,name,kind,parent_id,unit_code,founded,dissolved\n"
      "11,第一社区党支部,party_branch,,320102002001,,\n12,b,party_branch,,,,\n"
      "30,居委会,residents_committee,11,320102002001,,\n"
      "31,业委会,owners_committee,30,320102002001,,\n"
      "32,服务中心,service_center,30,320102002001,,\n";
  Organization org;
  ASSERT_EQ(org.Import(ledgers).outcome, ImportOutcome::kDone);
  EXPECT_THAT(org.Ties({TieKind::kGuidance, TieKind::kAdminLine, TieKind::kCovers}),
              UnorderedElementsAre("guidance org:31 → org:30 [, )", "admin_line org:32 → org:30 [, )",
                                   "covers org:11 → org:30 [, )"));
}

TEST(ImportTest, ZeroPaddedAndShortCodesAreOneUnit) {
  Ledgers ledgers = SmallStreet();
  ledgers["units.csv"] =
      "code,name,level,parent_code,households,population\n"
      "320102002000,梅园街道,street,,,\n"
      "320102002001,第一社区,community,320102002,,\n320102002002,第二社区,community,320102002000,,\n";
  Organization org;
  ASSERT_EQ(org.Import(ledgers).outcome, ImportOutcome::kDone);
  EXPECT_EQ(org.now().Text(org.Node("unit:320102002")), "unit:320102002000");
  EXPECT_TRUE(org.Under("unit:320102002001", "unit:320102002", "2026-01-01"));
}

TEST(ImportTest, OneBadRowRejectsAllAndNamesItsCell) {
  Ledgers ledgers = SmallStreet();
  ledgers["affiliations.csv"] =
      "person_id,branch_id,kind,from,to\n1,11,formal,2026-02-30,\n9,11,formal,2020-01-01,\n2,99,formal,2020-01-01,\n";
  Organization org;
  const ImportReport report = org.Import(ledgers);
  EXPECT_EQ(report.outcome, ImportOutcome::kRejected);
  EXPECT_EQ(report.rejected, 3);
  EXPECT_EQ(report.seq, 0);
  EXPECT_THAT(Problems(report),
              ElementsAre("affiliations.csv:2:from BAD_DATE", "affiliations.csv:3:person_id UNKNOWN_REFERENCE",
                          "affiliations.csv:4:branch_id UNKNOWN_REFERENCE"));
}

TEST(ImportTest, GoodRowsAreKeptWhenBadOnesAreLeftOut) {
  Ledgers ledgers = SmallStreet();
  ledgers["affiliations.csv"] = "person_id,branch_id,kind,from,to\n1,11,formal,2005-01-01,\n9,11,formal,2020-01-01,\n";
  Organization org;
  ImportOptions options;
  options.keep_good = true;
  const ImportReport report = org.Import(ledgers, options);
  EXPECT_EQ(report.outcome, ImportOutcome::kDone);
  EXPECT_EQ(report.rejected, 1);
  EXPECT_THAT(org.Ties({TieKind::kAffiliation}), ElementsAre("affiliation person:1 → org:11 [2005-01-01, )"));
}

TEST(ImportTest, ConflictingRowsFallTogetherWithThoseThatNeedThem) {
  Ledgers ledgers = SmallStreet();
  ledgers["orgs.csv"] += "11,另一个名称,party_branch,10,320102002001,2005,\n";
  ledgers["orgs.csv"] += "13,分支,party_branch,11,,,\n";
  Organization org;
  EXPECT_THAT(
      Problems(org.Import(ledgers)),
      UnorderedElementsAre("orgs.csv:3: CONFLICTING_ROWS", "orgs.csv:7: CONFLICTING_ROWS",
                           "orgs.csv:8:parent_id UNKNOWN_REFERENCE", "affiliations.csv:2:branch_id UNKNOWN_REFERENCE"));
}

TEST(ImportTest, TiesOfOneKeyAndDifferentContentConflict) {
  Ledgers ledgers = SmallStreet();
  ledgers["affiliations.csv"] =
      "person_id,branch_id,kind,from,to\n1,11,formal,2005-01-01,\n1,11,formal,2005-01-01,2020-01-01\n";
  Organization org;
  EXPECT_THAT(Problems(org.Import(ledgers)),
              ElementsAre("affiliations.csv:2: CONFLICTING_ROWS", "affiliations.csv:3: CONFLICTING_ROWS"));
}

TEST(ImportTest, IdenticalRowsAreOneTieWithAWarning) {
  Ledgers ledgers = SmallStreet();
  ledgers["affiliations.csv"] += "1,11,formal,2005-01-01,\n";
  Organization org;
  const ImportReport report = org.Import(ledgers);
  EXPECT_EQ(report.outcome, ImportOutcome::kDone);
  EXPECT_THAT(report.diagnostics.warning_counts(), ElementsAre(Pair("DUPLICATE_ROW", 1)));
  EXPECT_THAT(report.rows[0], Pair("affiliations.csv", 3));
  EXPECT_EQ(org.Ties({TieKind::kAffiliation}).size(), 2u);
}

TEST(ImportTest, CircleOfPartyLinesIsRejectedWithItsPath) {
  Ledgers ledgers = SmallStreet();
  ledgers["orgs.csv"] =
      "org_id,name,kind,parent_id,unit_code,founded,dissolved\n"
      "11,甲,party_branch,12,,,\n12,乙,party_committee,13,,,\n13,丙,party_committee,11,,,\n";
  Organization org;
  const ImportReport report = org.Import(ledgers);
  EXPECT_EQ(report.outcome, ImportOutcome::kRejected);
  EXPECT_THAT(Problems(report), ElementsAre("orgs.csv:2: CYCLE", "orgs.csv:3: CYCLE", "orgs.csv:4: CYCLE"));
  EXPECT_THAT(report.diagnostics.errors()[0].message, ::testing::HasSubstr("org:11 → org:12 → org:13 → org:11"));
}

TEST(ImportTest, LevelsMustDescend) {
  Ledgers ledgers = SmallStreet();
  ledgers["units.csv"] += "320102003,另一街道,street,320102002001,,\n";
  Organization org;
  EXPECT_THAT(Problems(org.Import(ledgers)), ElementsAre("units.csv:6: LEVEL_ORDER"));
}

TEST(ImportTest, AffiliationNeedsAPartyOrganization) {
  Ledgers ledgers = SmallStreet();
  ledgers["affiliations.csv"] += "2,20,formal,2020-01-01,\n";
  Organization org;
  EXPECT_THAT(Problems(org.Import(ledgers)), ElementsAre("affiliations.csv:4: NOT_A_PARTY_ORGANIZATION"));
}

TEST(ImportTest, AnEmptyEndDoesNotReopen) {
  Organization org;
  Ledgers closed = SmallStreet();
  closed["affiliations.csv"] = "person_id,branch_id,kind,from,to\n1,11,formal,2005-01-01,2020-01-01\n";
  org.Import(closed);
  Ledgers open = SmallStreet();
  open["affiliations.csv"] = "person_id,branch_id,kind,from,to\n1,11,formal,2005-01-01,\n";
  const ImportReport report = org.Import(open);
  EXPECT_THAT(report.diagnostics.warning_counts(), ElementsAre(Pair("WOULD_REOPEN", 1)));
  EXPECT_EQ(report.seq, 1);
  EXPECT_THAT(org.Ties({TieKind::kAffiliation}), ElementsAre("affiliation person:1 → org:11 [2005-01-01, 2020-01-01)"));
}

TEST(ImportTest, AChangedEndAmendsTheTie) {
  Organization org;
  org.Import(SmallStreet());
  const uint32_t ties = org.now().next_tie();
  Ledgers ledgers = SmallStreet();
  ledgers["affiliations.csv"] =
      "person_id,branch_id,kind,from,to\n1,11,formal,2005-01-01,2026-03-01\n2,12,formal,2025-09-01,\n";
  EXPECT_EQ(org.Import(ledgers).seq, 2);
  EXPECT_EQ(org.now().next_tie(), ties);  // amended, not opened anew
  EXPECT_THAT(org.Ties({TieKind::kAffiliation}), ElementsAre("affiliation person:1 → org:11 [2005-01-01, 2026-03-01)",
                                                             "affiliation person:2 → org:12 [2025-09-01, )"));
}

TEST(ImportTest, AChangedFactHoldsFromTheDateGiven) {
  Organization org;
  org.Import(SmallStreet());
  Ledgers ledgers = {{"people.csv", "person_id,name,party_status,joined_on,in_service\n2,李四,full,2025-09,0\n"}};
  ImportOptions options;
  options.date = Day("2026-09-15");
  EXPECT_EQ(org.Import(ledgers, options).seq, 2);
  EXPECT_EQ(org.Fact("person:2", Fact::kPartyStatus, "2026-09-14"), static_cast<int32_t>(PartyStatus::kProbationary));
  EXPECT_EQ(org.Fact("person:2", Fact::kPartyStatus, "2026-09-15"), static_cast<int32_t>(PartyStatus::kFull));
}

TEST(ImportTest, AChangedFactWithoutADateCorrectsTheBelief) {
  Organization org;
  org.Import(SmallStreet());
  org.Import({{"people.csv", "person_id,name,party_status,joined_on,in_service\n2,李四,full,2025-09,0\n"}});
  EXPECT_EQ(org.Fact("person:2", Fact::kPartyStatus, "2020-01-01"), static_cast<int32_t>(PartyStatus::kFull));
}

TEST(ImportTest, StatusHoldsFromStatusFrom) {
  Organization org;
  Ledgers ledgers = SmallStreet();
  ledgers["people.csv"] =
      "person_id,name,party_status,joined_on,in_service,status_from\n1,张三,full,1998,1,1999-05-04\n2,李四,"
      "probationary,2025-09,0,\n";
  org.Import(ledgers);
  EXPECT_EQ(org.Fact("person:1", Fact::kPartyStatus, "1999-05-03"), model::kNoValue);
  EXPECT_EQ(org.Fact("person:1", Fact::kPartyStatus, "1999-05-04"), static_cast<int32_t>(PartyStatus::kFull));
  EXPECT_EQ(org.Import(ledgers).seq, 1);
}

TEST(ImportTest, AChangedParentMovesFromTheDateGiven) {
  Organization org;
  org.Import(SmallStreet());
  Ledgers ledgers = {{"orgs.csv",
                      "org_id,name,kind,parent_id,unit_code,founded,dissolved\n12,第二社区党支部,party_branch,11,"
                      "320102002002,2005-03-01,\n"}};
  ImportOptions options;
  options.date = Day("2026-01-01");
  EXPECT_EQ(org.Import(ledgers, options).seq, 2);
  EXPECT_THAT(org.Ties({TieKind::kPartyLine}), ElementsAre("party_line org:11 → org:10 [2005-01-01, )",
                                                           "party_line org:12 → org:10 [2005-03-01, 2026-01-01)",
                                                           "party_line org:12 → org:11 [2026-01-01, )"));
  EXPECT_EQ(org.Import(ledgers, options).seq, 2);
}

TEST(ImportTest, AChangedParentWithoutADateCorrectsTheTie) {
  Organization org;
  org.Import(SmallStreet());
  org.Import({{"orgs.csv",
               "org_id,name,kind,parent_id,unit_code,founded,dissolved\n12,第二社区党支部,party_branch,11,320102002002,"
               "2005-03-01,\n"}});
  EXPECT_THAT(org.Ties({TieKind::kPartyLine}),
              ElementsAre("party_line org:11 → org:10 [2005-01-01, )", "party_line org:12 → org:11 [2005-03-01, )"));
}

TEST(ImportTest, DissolvingANodeEndsItsStructure) {
  Organization org;
  org.Import(SmallStreet());
  org.Import({{"orgs.csv",
               "org_id,name,kind,parent_id,unit_code,founded,dissolved\n10,街道党工委,party_work_committee,,320102002,"
               "2001-07,2025-01-01\n"}});
  EXPECT_THAT(
      org.Ties({TieKind::kPartyLine, TieKind::kSeat}),
      UnorderedElementsAre(
          "party_line org:11 → org:10 [2005-01-01, 2025-01-01)", "party_line org:12 → org:10 [2005-03-01, 2025-01-01)",
          "seat org:10 → unit:320102002 [2001-07-01, 2025-01-01)", "seat org:11 → unit:320102002001 [2005-01-01, )",
          "seat org:12 → unit:320102002002 [2005-03-01, )", "seat org:20 → unit:320102002001 [1999-01-01, )",
          "seat org:21 → unit:320102002001 [2010-01-01, )"));
}

TEST(ImportTest, HistoryGivesEarlierParentsAndTheCurrentOneFollows) {
  Ledgers ledgers = SmallStreet();
  ledgers["history.csv"] =
      "node,attribute,value,from,to\norg:12,parent_id,11,,2015-01-01\nperson:2,party_status,none,,2025-09-01\n";
  Organization org;
  ASSERT_EQ(org.Import(ledgers).outcome, ImportOutcome::kDone);
  EXPECT_THAT(org.Ties({TieKind::kPartyLine}),
              ElementsAre("party_line org:11 → org:10 [2005-01-01, )", "party_line org:12 → org:10 [2015-01-01, )",
                          "party_line org:12 → org:11 [2005-03-01, 2015-01-01)"));
  EXPECT_EQ(org.Fact("person:2", Fact::kPartyStatus, "2025-08-31"), static_cast<int32_t>(PartyStatus::kNone));
  EXPECT_EQ(org.Import(ledgers).seq, 1);
}

TEST(ImportTest, SubjectThatIsBothPersonAndOrganizationIsAmbiguous) {
  Ledgers ledgers = SmallStreet();
  ledgers["people.csv"] += "20,王五,full,2001,1\n";
  ledgers["reports.csv"] =
      "subject_id,community_code,reported_on,ended_on\n20,320102002001,2026-01-01,\nperson:20,320102002001,2026-01-01,"
      "\norg:20,320102002001,2026-01-01,\n";
  Organization org;
  EXPECT_THAT(Problems(org.Import(ledgers)), ElementsAre("reports.csv:2:subject_id AMBIGUOUS_SUBJECT"));
}

TEST(ImportTest, DryRunKeepsNothing) {
  Organization org;
  ImportOptions options;
  options.dry_run = true;
  const ImportReport report = org.Import(SmallStreet(), options);
  EXPECT_EQ(report.outcome, ImportOutcome::kChecked);
  EXPECT_EQ(report.seq, 0);
  EXPECT_EQ(org.now().Count(model::NodeKind::kPerson), 0u);
}

TEST(ImportTest, SnapshotModeEndsWhatIsNotListed) {
  Organization org;
  org.Import(SmallStreet());
  ImportOptions options;
  options.snapshot_mode = true;
  options.scope = "unit:320102002001";
  options.date = Day("2026-07-01");
  const Ledgers listed = {{"residences.csv", "person_id,unit_code,from,to\n2,320102002002,,\n"}};
  const ImportReport report = org.Import(listed, options);
  ASSERT_EQ(report.outcome, ImportOutcome::kDone);
  ASSERT_EQ(report.closures.size(), 1u);  // person 1 lives in scope and is not listed; person 2 lives outside it
  EXPECT_EQ(report.closures[0].from, "person:1");
  EXPECT_THAT(org.Ties({TieKind::kResidence}),
              ElementsAre("residence person:1 → unit:320102002001 [2010-01-01, 2026-07-01)",
                          "residence person:2 → unit:320102002002 [, )"));
  EXPECT_EQ(org.Ties({TieKind::kAffiliation}).size(), 2u);  // its ledger was not given
}

TEST(ImportTest, MoreClosuresThanAllowedIsRefused) {
  Organization org;
  org.Import(SmallStreet());
  ImportOptions options;
  options.snapshot_mode = true;
  options.scope = "unit:320102002";
  options.date = Day("2026-07-01");
  options.max_closures = 1;
  const ImportReport report = org.Import({{"residences.csv", "person_id,unit_code,from,to\n"}}, options);
  EXPECT_EQ(report.outcome, ImportOutcome::kRefused);
  EXPECT_EQ(report.closures.size(), 2u);
  EXPECT_EQ(report.seq, 1);
}

TEST(ImportTest, RowOrderDoesNotMatter) {
  Ledgers reversed = SmallStreet();
  for (auto& [name, text] : reversed) {
    std::vector<std::string> rows;
    for (size_t start = 0; start < text.size();) {
      const size_t end = text.find('\n', start) + 1;
      rows.push_back(text.substr(start, end - start));
      start = end;
    }
    std::reverse(rows.begin() + 1, rows.end());
    text.clear();
    for (const std::string& row : rows) text += row;
  }
  Organization straight, backwards;
  straight.Import(SmallStreet());
  backwards.Import(reversed);
  const std::vector<TieKind> kinds = {TieKind::kTerritory, TieKind::kPartyLine,   TieKind::kSeat,
                                      TieKind::kCovers,    TieKind::kAffiliation, TieKind::kResidence};
  EXPECT_EQ(straight.Ties(kinds), backwards.Ties(kinds));
}

}  // namespace
}  // namespace jiceng::engine
