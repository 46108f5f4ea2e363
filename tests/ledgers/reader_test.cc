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
using ::testing::SizeIs;

TEST(Reader, RowsComeInTheSpecsOrderWhateverTheFiles) {
  const Outcome o = ReadText(Ledger::kUnits,
                             "parent_code,population,level,households,name,code\n3201,52,district,20,玄武区,320102\n");
  ASSERT_TRUE(o.status.ok()) << o.status;
  ASSERT_THAT(o.rows, SizeIs(1));
  const KeptRow& r = o.rows[0];
  EXPECT_EQ(r.row, 2);
  EXPECT_EQ(r.cells[kUnitCode].text, "320102");
  EXPECT_EQ(r.cells[kUnitName].text, "玄武区");
  EXPECT_EQ(r.cells[kUnitLevel].number, static_cast<int64_t>(model::Level::kDistrict));
  EXPECT_EQ(r.cells[kUnitParentCode].text, "3201");
  EXPECT_EQ(r.cells[kUnitHouseholds].number, 20);
  EXPECT_EQ(r.cells[kUnitPopulation].number, 52);
  EXPECT_FALSE(r.cells[kUnitId].present);
  EXPECT_THAT(o.Errors(), IsEmpty());
  EXPECT_THAT(o.Warnings(), IsEmpty());
}

TEST(Reader, EveryColumnOfTheContractHasItsPlace) {
  struct {
    Ledger ledger;
    int column;
    const char* name;
  } const cases[] = {
      {Ledger::kUnits, kUnitTo, "to"},
      {Ledger::kUnits, kUnitId, "id"},
      {Ledger::kOrgs, kOrgKindColumn, "kind"},
      {Ledger::kOrgs, kOrgPartyCode, "party_code"},
      {Ledger::kPeople, kPersonJoinedOn, "joined_on"},
      {Ledger::kPeople, kPersonSex, "sex"},
      {Ledger::kAffiliations, kTieTarget, "branch_id"},
      {Ledger::kAffiliations, kTieManner, "kind"},
      {Ledger::kEmployments, kTieTarget, "employer_id"},
      {Ledger::kResidences, kTieTarget, "unit_code"},
      {Ledger::kResidences, kTieTo, "to"},
      {Ledger::kAppointments, kPostUnit, "unit_code"},
      {Ledger::kAppointments, kPostRole, "post"},
      {Ledger::kAppointments, kPostManner, "kind"},
      {Ledger::kAppointments, kPostExOfficioOf, "ex_officio_of"},
      {Ledger::kReports, kReportCommunity, "community_code"},
      {Ledger::kReports, kReportTo, "ended_on"},
      {Ledger::kTerms, kTermExtendedTo, "extended_to"},
      {Ledger::kTies, kAnyAttributes, "attributes"},
      {Ledger::kHistory, kHistoryTo, "to"},
  };
  for (const auto& c : cases) EXPECT_STREQ(SpecOf(c.ledger).columns[static_cast<size_t>(c.column)].name, c.name);
  for (int i = 0; i < kLedgers; ++i) EXPECT_EQ(SpecOf(static_cast<Ledger>(i)).ledger, static_cast<Ledger>(i));
}

TEST(Reader, RowNumbersAreASpreadsheets) {
  const Outcome o = ReadText(Ledger::kEmployments,
                             "person_id,employer_id,from,to\n"
                             "1,\n"                 // row 2
                             "\n"                   // row 3
                             "\"2\n\",9,,\n"        // row 4, two lines
                             ",,,\n"                // row 5
                             "3,9,2024-13-01,\n");  // row 6
  EXPECT_THAT(o.Errors(), ElementsAre("2::ROW_TOO_SHORT", "6:from:BAD_DATE"));
  ASSERT_THAT(o.rows, SizeIs(1));
  EXPECT_EQ(o.rows[0].row, 4);
  EXPECT_EQ(o.rows[0].cells[kTiePerson].text, "2");
}

TEST(Reader, EveryBadCellOfARowIsNamed) {
  const Outcome o =
      ReadText(Ledger::kPeople, "person_id,name,party_status,joined_on,in_service\n,王伟,member,2026-02-30,yes\n");
  EXPECT_THAT(o.rows, IsEmpty());
  EXPECT_THAT(o.Errors(), ElementsAre("2:person_id:EMPTY_CELL", "2:party_status:BAD_KIND", "2:joined_on:BAD_DATE",
                                      "2:in_service:BAD_FLAG"));
  EXPECT_EQ(o.diagnostics.errors()[2].cell, "2026-02-30");
}

TEST(Reader, BadRowsLeaveTheStatusOkAndTheGoodRowsIn) {
  const Outcome o =
      ReadText(Ledger::kResidences, "person_id,unit_code,from,to\n1,320102001001,,\n2,,,\n3,320102001001,,\n");
  EXPECT_TRUE(o.status.ok());
  EXPECT_THAT(o.rows, SizeIs(2));
}

TEST(Reader, AnIntervalMustNotBeEmpty) {
  const Outcome o = ReadText(Ledger::kEmployments,
                             "person_id,employer_id,from,to\n1,9,2024-05-01,2024-05-01\n1,9,2024-05-02,2024-05-01\n1,9,"
                             "2024-05-01,2024-05-02\n1,9,,2024-05-02\n");
  EXPECT_THAT(o.Errors(), ElementsAre("2:to:EMPTY_INTERVAL", "3:to:EMPTY_INTERVAL"));
  EXPECT_THAT(o.rows, SizeIs(2));
}

TEST(Reader, TheLastDayOfATermMayBeItsFirst) {
  const Outcome o = ReadText(Ledger::kTerms,
                             "org_id,term_no,elected_on,years,ends_on,extended_to\n1,1,2024-05-01,0,2024-05-01,\n1,2,"
                             "2024-05-01,5,2024-04-30,\n");
  EXPECT_THAT(o.Errors(), ElementsAre("3:ends_on:EMPTY_INTERVAL"));
}

TEST(Reader, AnAppointmentIsToOneOfBodyAndUnit) {
  const Outcome o = ReadText(Ledger::kAppointments,
                             "person_id,org_id,unit_code,post,kind,from,to\n1,10,,secretary,elected,2024-01-01,\n1,,"
                             "32010200100101,grid_head,appointed,,\n"
                             "1,,,secretary,elected,,\n1,10,320102,secretary,elected,,\n");
  EXPECT_THAT(o.rows, SizeIs(2));
  EXPECT_THAT(o.Errors(), ElementsAre("4:org_id:ONE_TARGET", "5:org_id:ONE_TARGET"));
  EXPECT_THAT(o.diagnostics.errors()[0].message, HasSubstr("neither"));
  EXPECT_THAT(o.diagnostics.errors()[1].message, HasSubstr("both"));
  EXPECT_EQ(o.rows[1].cells[kPostRole].number, 12);
  EXPECT_EQ(o.rows[1].cells[kPostManner].number, static_cast<int64_t>(model::AppointmentManner::kAppointed));
}

TEST(Reader, EmptyCellsBeyondTheHeaderAreNothing) {
  const Outcome o = ReadText(Ledger::kEmployments, "person_id,employer_id,from,to,,\n1,9,,,,\n2,9,\n3,9,,,,,,\n");
  EXPECT_THAT(o.Errors(), ElementsAre("3::ROW_TOO_SHORT"));
  EXPECT_THAT(o.rows, SizeIs(2));
  EXPECT_THAT(o.Warnings(), IsEmpty());
}

TEST(Reader, FilledCellsBeyondTheHeaderAreAnError) {
  const Outcome o = ReadText(Ledger::kEmployments, "person_id,employer_id,from,to\n1,9,,,note\n");
  EXPECT_THAT(o.Errors(), ElementsAre("2::ROW_TOO_LONG"));
  EXPECT_THAT(o.FirstMessage(), HasSubstr("expected 4"));
}

TEST(Reader, QuoteTroubleNamesTheColumn) {
  const Outcome o =
      ReadText(Ledger::kEmployments, "person_id,employer_id,from,to\n1,\"9\"x,,\n2,9,,\n3,\"9,,\n4,9,,\n");
  EXPECT_THAT(o.Errors(), ElementsAre("2::BAD_QUOTE", "4::UNCLOSED_QUOTE"));
  EXPECT_THAT(o.diagnostics.errors()[1].message, HasSubstr("column B"));
  EXPECT_THAT(o.rows, SizeIs(1));
}

TEST(Reader, AFileWithoutAHeaderIsRefused) {
  for (const char* text : {"", "\xEF\xBB\xBF", "\n\n", ",,,\r\n"}) {
    const Outcome o = ReadText(Ledger::kUnits, text);
    EXPECT_EQ(base::ErrorReason(o.status), "EMPTY_FILE");
    EXPECT_THAT(o.diagnostics.errors(), SizeIs(1));
  }
}

TEST(Reader, AHeaderAloneIsALedgerWithoutRows) {
  const Outcome o = ReadText(Ledger::kEmployments, "person_id,employer_id,from,to");
  EXPECT_TRUE(o.status.ok());
  EXPECT_THAT(o.rows, IsEmpty());
}

TEST(Reader, ProgressReachesTheFilesSizeAndCanStop) {
  std::string text = "person_id,employer_id,from,to\n";
  while (text.size() < (3u << 20)) text += "1000000001,2000000001,2024-01-01,\n";
  const Source source("employments.csv", std::string_view(text));
  Diagnostics diagnostics;
  std::vector<int64_t> seen;
  int64_t rows = 0;
  const auto count = [&](int64_t, absl::Span<const Cell>) { ++rows; };
  ASSERT_TRUE(ReadLedger(Ledger::kEmployments, source, FrozenCatalogue(), &diagnostics, count, [&](int64_t bytes) {
                seen.push_back(bytes);
                return true;
              }).ok());
  EXPECT_EQ(seen.back(), static_cast<int64_t>(text.size()));
  EXPECT_TRUE(std::is_sorted(seen.begin(), seen.end()));
  EXPECT_GE(seen.size(), 3u);
  const int64_t all = rows;
  rows = 0;
  const absl::Status stopped =
      ReadLedger(Ledger::kEmployments, source, FrozenCatalogue(), &diagnostics, count, [](int64_t) { return false; });
  EXPECT_EQ(stopped.code(), absl::StatusCode::kCancelled);
  EXPECT_LT(rows, all);
}

TEST(Diagnostics, KeepsTheFirstErrorsAndCountsAll) {
  Diagnostics diagnostics(2);
  for (int i = 0; i < 5; ++i) diagnostics.AddError({"a.csv", i, "", "", "X", "y"});
  EXPECT_EQ(diagnostics.error_count(), 5);
  EXPECT_THAT(diagnostics.errors(), SizeIs(2));
}

TEST(Diagnostics, CountsWarningsByCodeAndKeepsAFewOfEach) {
  Diagnostics diagnostics;
  for (int i = 0; i < 1000; ++i) diagnostics.AddWarning({"a.csv", i, "", "", "MANY", "y"});
  diagnostics.AddWarning({"a.csv", 1, "", "", "ONE", "y"});
  EXPECT_EQ(diagnostics.warning_counts().at("MANY"), 1000);
  EXPECT_EQ(diagnostics.warning_counts().at("ONE"), 1);
  EXPECT_THAT(diagnostics.warnings(), SizeIs(Diagnostics::kKeptWarnings + 1));
}

}  // namespace
}  // namespace jiceng::ledgers
