// An import of an export is equal in every valid-time answer (design §8.1).
#include "tests/engine/answers.h"

namespace jiceng::engine {
namespace {

using base::Date;
using model::Fact;
using model::TextAttribute;
using model::TieKind;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr uint8_t kElected = static_cast<uint8_t>(model::AppointmentManner::kElected);
constexpr uint8_t kExOfficio = static_cast<uint8_t>(model::AppointmentManner::kExOfficio);

base::Validity From(const char* from) { return {Day(from), Date::Forever()}; }
base::Validity Between(const char* from, const char* to) { return {Day(from), Day(to)}; }

// Imports what the organisation exports into a new store and compares all answers, and the second export with the
// first.
void ExpectSurvives(Organization& original, bool with_references = true) {
  const Ledgers ledgers = Exported(original);
  Organization copy;
  const ImportReport report = copy.Import(ledgers);
  ASSERT_EQ(report.outcome, ImportOutcome::kDone) << ::testing::PrintToString(Problems(report));
  EXPECT_EQ(Answers(copy, with_references), Answers(original, with_references));
  EXPECT_EQ(Exported(copy), ledgers);
}

TEST(ExportTest, SmallStreetSurvives) {
  Organization street;
  street.Import(SmallStreet());
  ExpectSurvives(street);
}

TEST(ExportTest, SurvivesInAFileAsInMemory) {
  TemporaryFolder folder;
  Organization in_file(folder.Path("store.jiceng")), in_memory;
  in_file.Import(SmallStreet());
  in_memory.Import(SmallStreet());
  Apply(in_file, {model::Rename{"org:11", "新名", Day("2020-01-01")},
                  model::Rename{"unit:320102002", "新街", Day("2020-01-01")}});
  Apply(in_memory, {model::Rename{"org:11", "新名", Day("2020-01-01")},
                    model::Rename{"unit:320102002", "新街", Day("2020-01-01")}});
  EXPECT_EQ(Exported(in_file), Exported(in_memory));
  ExpectSurvives(in_file);
}

TEST(ExportTest, PartialDatesAreWrittenAsTheyWereRead) {
  Organization street;
  street.Import(SmallStreet());
  const Ledgers ledgers = Exported(street);
  EXPECT_THAT(ledgers.at("orgs.csv"), HasSubstr("10,街道党工委,party_work_committee,,320102002,2001-07,\n"));
  EXPECT_THAT(ledgers.at("orgs.csv"), HasSubstr("11,第一社区党支部,party_branch,10,320102002001,2005,\n"));
  EXPECT_THAT(ledgers.at("people.csv"), HasSubstr("1,张三,full,1998,1\n"));
}

TEST(ExportTest, ColumnsAreInTheOrderOfTheContract) {
  Organization street;
  street.Import(SmallStreet());
  const Ledgers ledgers = Exported(street);
  EXPECT_THAT(ledgers.at("affiliations.csv"), HasSubstr("person_id,branch_id,kind,from,to\n1,11,formal,2005-01-01,\n"));
  EXPECT_THAT(ledgers.at("appointments.csv"), HasSubstr("person_id,org_id,unit_code,post,kind,from,to\n"));
  EXPECT_THAT(ledgers.at("residences.csv"), HasSubstr("person_id,unit_code,from,to\n"));
}

TEST(ExportTest, OptionalColumnsAreThereOnlyWhenARowHasThem) {
  Organization street;
  street.Import(SmallStreet());
  Ledgers ledgers = Exported(street);
  EXPECT_THAT(ledgers.at("units.csv"), HasSubstr("code,name,level,parent_code,households,population\n"));
  EXPECT_THAT(ledgers.at("people.csv"), HasSubstr("person_id,name,party_status,joined_on,in_service\n"));
  EXPECT_EQ(ledgers.at("ties.csv"), "kind,from_node,to_node,from,to,attributes\n");
  EXPECT_EQ(ledgers.at("history.csv"), "node,attribute,value,from,to\n");
  Apply(street, {model::AmendFact{"person:1", {}, {Fact::kSex, 2, ""}, false}});
  EXPECT_THAT(Exported(street).at("people.csv"),
              HasSubstr("person_id,name,party_status,joined_on,in_service,sex\n1,张三,full,1998,1,female\n2,李四,"
                        "probationary,2025-09,0,\n"));
}

TEST(ExportTest, ImportingTheExportAgainChangesNothing) {
  Organization street;
  street.Import(SmallStreet());
  Apply(street, {model::AmendFact{"person:2", From("2026-09-01"), {Fact::kPartyStatus, 2, ""}, false},
                 model::Rename{"org:11", "新名", Day("2020-01-01")},
                 model::Recode{"unit:320102002001", {TextAttribute::kCode, "320102002901"}, Day("2022-01-01")},
                 model::Move{"unit:320102002001001", TieKind::kTerritory, "", "unit:320102002002", Day("2023-01-01")}});
  const int64_t head = street.version().seq;
  const ImportReport report = street.Import(Exported(street));
  EXPECT_EQ(report.outcome, ImportOutcome::kDone) << ::testing::PrintToString(Problems(report));
  EXPECT_EQ(report.seq, head);
}

TEST(ExportTest, RecodedUnitKeepsItsId) {
  Organization street;
  street.Import(SmallStreet());
  Apply(street, {model::Recode{"unit:320102002001", {TextAttribute::kCode, "320102003001"}, Day("2021-06-01")}});
  const Ledgers ledgers = Exported(street);
  EXPECT_THAT(ledgers.at("units.csv"), HasSubstr("320102003001,第一社区,community,320102002,1200,3000,320102002001\n"));
  EXPECT_THAT(ledgers.at("residences.csv"), HasSubstr("1,320102003001,2010-01-01,\n"));
  EXPECT_THAT(ledgers.at("history.csv"), HasSubstr("unit:320102002001,code,,,2021-06-01\n"));
  ExpectSurvives(street);
}

TEST(ExportTest, CodesThatPassFromUnitToUnitSurvive) {
  Organization street;
  street.Import(SmallStreet());
  // The second community takes a code the first had for a while; the first goes back to its own; the grid takes the id
  // of the second.
  Apply(street, {model::Recode{"unit:320102002001", {TextAttribute::kCode, "320102002777"}, Day("2015-01-01")}});
  Apply(street, {model::Recode{"unit:320102002001", {TextAttribute::kCode, "320102002001"}, Day("2018-01-01")}});
  Apply(street, {model::Recode{"unit:320102002002", {TextAttribute::kCode, "320102002777"}, Day("2019-01-01")}});
  Apply(street, {model::SetText{"unit:320102002001001", From("2020-01-01"), {TextAttribute::kCode, "320102002002"}}});
  ExpectSurvives(street);
}

TEST(ExportTest, OneCodeOnTwoUnitsSurvives) {
  Organization street;
  street.Import(SmallStreet());
  Apply(street, {model::SetText{"unit:320102002001", From("2020-01-01"), {TextAttribute::kCode, "320102002888"}},
                 model::SetText{"unit:320102002002", From("2021-01-01"), {TextAttribute::kCode, "320102002888"}}});
  ExpectSurvives(street);
}

TEST(ExportTest, MovedCommunitySurvives) {
  Ledgers ledgers = SmallStreet();
  ledgers["units.csv"] += "320102003,新街,street,,,\n";
  Organization street;
  street.Import(ledgers);
  Apply(street, {model::Move{"unit:320102002002", TieKind::kTerritory, "", "unit:320102003", Day("2019-07-01")}});
  const Ledgers exported = Exported(street);
  EXPECT_THAT(exported.at("units.csv"), HasSubstr("320102002002,第二社区,community,320102003,900,2500\n"));
  EXPECT_THAT(exported.at("history.csv"), HasSubstr("unit:320102002002,parent_code,320102002,,2019-07-01\n"));
  ExpectSurvives(street);
}

TEST(ExportTest, NamesWithGapsSurvive) {
  Organization street;
  street.Import(SmallStreet());
  Apply(
      street,
      {model::Rename{"org:11", "梅园支部", Day("2010-01-01")}, model::Rename{"org:11", "大悲巷支部", Day("2020-01-01")},
       model::SetText{"org:11", Between("2012-01-01", "2013-01-01"), {TextAttribute::kName, ""}},
       model::SetText{"unit:320102002001", {Date::Beginning(), Day("2000-01-01")}, {TextAttribute::kName, ""}},
       model::Rename{"person:1", "张叁", Day("2011-01-01")}});
  ExpectSurvives(street);
}

TEST(ExportTest, NodeWithoutAnythingToSaySurvives) {
  Organization street;
  street.Import(SmallStreet());
  Apply(street, {model::PutNode{"person:p9", "", {}, 0, 0, {}, {}}, model::PutNode{"org:o9", "", {}, 0, 0, {}, {}},
                 model::PutNode{"unit:u9", "", {}, 0, 0, {}, {}}});
  ExpectSurvives(street);
}

TEST(ExportTest, GapsInFactsSurvive) {
  Organization street;
  street.Import(SmallStreet());
  Apply(
      street,
      {// a value that ended, one that began late, one with a gap before the last, one with a gap earlier on
       model::AmendFact{"unit:320102002001", From("2020-01-01"), {Fact::kHouseholds, 0, ""}, true},
       model::AmendFact{"unit:320102002001", {Date::Beginning(), Day("2018-01-01")}, {Fact::kPopulation, 0, ""}, true},
       model::AmendFact{"unit:320102002002", Between("2015-01-01", "2016-01-01"), {Fact::kPopulation, 0, ""}, true},
       model::AmendFact{"unit:320102002002", {Date::Beginning(), Day("2010-01-01")}, {Fact::kHouseholds, 7, ""}, false},
       model::AmendFact{"unit:320102002002", Between("2011-01-01", "2012-01-01"), {Fact::kHouseholds, 0, ""}, true},
       model::AmendFact{"unit:320102002002", From("2014-01-01"), {Fact::kHouseholds, 9, ""}, false},
       model::AmendFact{"unit:320102002001001", From("2024-01-01"), {Fact::kLevel, 0, ""}, true},
       model::AmendFact{"person:3", From("2024-01-01"), {Fact::kInService, 0, ""}, true}});
  ExpectSurvives(street);
}

TEST(ExportTest, StatusOverTimeSurvives) {
  Organization street;
  street.Import(SmallStreet());
  Apply(street,
        {model::AmendFact{"person:1", {Date::Beginning(), Day("1998-07-01")}, {Fact::kPartyStatus, 0, ""}, true},
         model::AmendFact{"person:1", Between("1998-07-01", "1999-07-01"), {Fact::kPartyStatus, 1, ""}, false},
         model::AmendFact{"person:2", {Date::Beginning(), Day("2025-09-01")}, {Fact::kPartyStatus, 0, ""}, false},
         model::AmendFact{"person:3", From("2020-01-01"), {Fact::kPartyStatus, 0, ""}, true},
         model::AmendFact{"person:1", {}, {Fact::kFullOn, base::PartialDate::Parse("1999-07-01")->Pack(), ""}, false},
         model::AmendFact{"person:3", {}, {Fact::kFullOn, base::PartialDate::Parse("1999-07")->Pack(), ""}, false}});
  EXPECT_THAT(Exported(street).at("people.csv"), HasSubstr("1,张三,full,1998,1,1999-07-01,1999-07-01\n"));
  ExpectSurvives(street);
}

TEST(ExportTest, PairingIsWrittenOnce) {
  Ledgers ledgers = SmallStreet();
  ledgers["ties.csv"] =
      "kind,from_node,to_node,from,to,attributes\npairing,org:12,org:11,2024-01-01,,\"{\"\"tier\"\":2}\"\nrecusal,"
      "person:3,person:1,,,\n";
  Organization street;
  street.Import(ledgers);
  EXPECT_EQ(Exported(street).at("ties.csv"),
            "kind,from_node,to_node,from,to,attributes\npairing,org:11,org:12,2024-01-01,,\"{\"\"tier\"\":2}"
            "\"\nrecusal,person:1,person:3,,,\n");
  ExpectSurvives(street);
}

TEST(ExportTest, AttributesOfAppointmentsGoToTheirColumnsWhereTheseCanSayThem) {
  Ledgers ledgers = SmallStreet();
  ledgers["appointments.csv"] =
      "person_id,org_id,unit_code,post,kind,from,to,ex_officio_of\n"
      "1,11,,secretary,elected,2020-01-01,,\n"
      "1,10,,part_time_member,ex_officio,2020-01-01,,org:11\n"
      "3,,320102002001001,grid_head,appointed,,2024-01-01,\n";
  Organization street;
  street.Import(ledgers);
  Apply(street, {model::OpenTie{{TieKind::kAppointment, "person:2", "org:12", "secretary", Day("2021-01-01")},
                                Date::Forever(),
                                kElected,
                                R"({"share":50})"},
                 model::OpenTie{{TieKind::kAppointment, "person:2", "org:10", "member", Day("2021-01-01")},
                                Date::Forever(),
                                kExOfficio,
                                R"({"on_behalf_of":"org:nobody"})"},
                 model::OpenTie{{TieKind::kAffiliation, "person:3", "org:12", "", Date::Beginning()},
                                Date::Forever(),
                                2,
                                R"({"note":"借"})"}});
  const Ledgers exported = Exported(street);
  EXPECT_THAT(exported.at("appointments.csv"),
              HasSubstr("person_id,org_id,unit_code,post,kind,from,to,ex_officio_of\n"));
  EXPECT_THAT(exported.at("appointments.csv"), HasSubstr("1,10,,part_time_member,ex_officio,2020-01-01,,org:11\n"));
  EXPECT_THAT(exported.at("ties.csv"),
              HasSubstr("\"{\"\"kind\"\":\"\"elected\"\",\"\"role\"\":\"\"secretary\"\",\"\"share\"\":50}\""));
  EXPECT_THAT(exported.at("ties.csv"), HasSubstr("\"{\"\"kind\"\":\"\"temporary\"\",\"\"note\"\":\"\"借\"\"}\""));
  ExpectSurvives(street);
}

TEST(ExportTest, SubjectsThatShareAnIdAreToldApart) {
  Ledgers ledgers = SmallStreet();
  ledgers["people.csv"] += "11,王五,full,2001-01-01,1\n";
  ledgers["reports.csv"] =
      "subject_id,community_code,reported_on,ended_on\nperson:11,320102002001,2024-01-01,\norg:11,320102002002,2024-01-"
      "01,2025-01-01\n1,320102002001,,\n";
  Organization street;
  street.Import(ledgers);
  EXPECT_EQ(Exported(street).at("reports.csv"),
            "subject_id,community_code,reported_on,ended_on\norg:11,320102002002,2024-01-01,2025-01-01\n1,320102002001,"
            ",\nperson:11,320102002001,2024-01-01,\n");
  ExpectSurvives(street);
}

TEST(ExportTest, BodyCoveredInTwoWaysAndOrganisationWithTwoSeatsSurvive) {
  Ledgers ledgers = SmallStreet();
  ledgers["orgs.csv"] =
      "org_id,name,kind,parent_id,unit_code,founded,dissolved\n"
      "10,街道党工委,party_work_committee,,320102002,2001-07,\n"
      "11,第一社区党支部,party_branch,10,320102002001,2005,\n"
      "12,第二社区党支部,party_branch,10,320102002002,2005-03-01,\n"
      "20,某公司,employer,10,320102002001,1999-01-01,\n"
      "21,某公司党支部,party_branch,20,320102002001,2010-01-01,\n";
  ledgers["ties.csv"] =
      "kind,from_node,to_node,from,to,attributes\n"
      "covers,org:11,org:20,2012-01-01,,\ncovers,org:11,unit:320102002001001,2012-01-01,,\nseat,org:20,unit:"
      "320102002002,2015-01-01,,\n"
      "dispatch,org:12,org:20,2012-01-01,2030-01-01,\ngrid_mapping,unit:320102002001001,unit:320102002001,,,\"{"
      "\"\"share\"\":100}\"\n";
  Organization street;
  ASSERT_EQ(street.Import(ledgers).outcome, ImportOutcome::kDone);
  const Ledgers exported = Exported(street);
  EXPECT_EQ(exported.at("ties.csv"),
            "kind,from_node,to_node,from,to,attributes\n"
            "dispatch,org:12,org:20,2012-01-01,2030-01-01,\nseat,org:20,unit:320102002002,2015-01-01,,\n"
            "covers,org:11,unit:320102002001001,2012-01-01,,\ncovers,org:11,org:20,2012-01-01,,\n"
            "grid_mapping,unit:320102002001001,unit:320102002001,,,\"{\"\"share\"\":100}\"\n");
  ExpectSurvives(street);
}

TEST(ExportTest, ReferenceWhoseTieWasClosedByItselfGivesWayToTheRealTies) {
  Organization street;
  street.Import(SmallStreet());
  Apply(street,
        {model::CloseTie{{TieKind::kSeat, "org:20", "unit:320102002001", "", Day("1999-01-01")}, Day("2015-01-01")},
         model::CloseTie{{TieKind::kTerritory, "unit:320102002001001", "unit:320102002001", "", Date::Beginning()},
                         Day("2020-01-01")}});
  const Ledgers exported = Exported(street);
  EXPECT_THAT(exported.at("orgs.csv"), HasSubstr("20,某公司,employer,,,1999-01-01,\n"));
  EXPECT_THAT(exported.at("ties.csv"), HasSubstr("seat,org:20,unit:320102002001,1999-01-01,2015-01-01,\n"));
  EXPECT_THAT(exported.at("ties.csv"), HasSubstr("territory,unit:320102002001001,unit:320102002001,,2020-01-01,\n"));
  ExpectSurvives(street, /*with_references=*/false);
}

TEST(ExportTest, WhatOthersDeriveThroughAReferenceLeftOutSurvives) {
  Ledgers ledgers = SmallStreet();
  ledgers["orgs.csv"] =
      "org_id,name,kind,parent_id,unit_code,founded,dissolved\n"
      "10,街道党工委,party_work_committee,,320102002,2001-07-01,\n"
      "20,某公司,employer,10,320102002001,1999-01-01,\n"
      "22,子公司,employer,20,320102002001,1999-01-01,\n"
      "21,子公司党支部,party_branch,22,320102002001,2010-01-01,\n"
      "11,第一社区党支部,party_branch,10,320102002001,2005,\n12,b,party_branch,10,,,\n";
  Organization street;
  ASSERT_EQ(street.Import(ledgers).outcome, ImportOutcome::kDone);
  // The Party line of the branch climbs through both companies; the tie by which the committee covers the upper one is
  // taken back.
  Apply(street, {model::WithdrawTie{{TieKind::kCovers, "org:10", "org:20", "", Day("2001-07-01")}}});
  const Ledgers exported = Exported(street);
  EXPECT_THAT(exported.at("ties.csv"), HasSubstr("party_line,org:21,org:10,2010-01-01,,\n"));
  EXPECT_THAT(exported.at("ties.csv"), Not(HasSubstr("covers,org:10,org:20")));
  ExpectSurvives(street, /*with_references=*/false);
}

TEST(ExportTest, AttributesOfADerivedTieSurvive) {
  Organization street;
  street.Import(SmallStreet());
  Apply(street, {model::AmendTie{{TieKind::kSeat, "org:12", "unit:320102002002", "", Day("2005-03-01")},
                                 Date::Forever(),
                                 0,
                                 R"({"floor":3})"}});
  EXPECT_THAT(Exported(street).at("ties.csv"),
              HasSubstr("seat,org:12,unit:320102002002,2005-03-01,,\"{\"\"floor\"\":3}\"\n"));
  ExpectSurvives(street, /*with_references=*/false);
}

TEST(ExportTest, OrganisationThatChangedItsKindAndPlaceSurvives) {
  Ledgers ledgers = SmallStreet();
  ledgers["history.csv"] =
      "node,attribute,value,from,to\n"
      "org:12,kind,party_general_branch,,2011-01-01\norg:12,unit_code,320102002001,,2009-01-01\norg:12,unit_code,,2009-"
      "01-01,2010-01-01\n"
      "org:21,parent_id,10,,2016-01-01\norg:21,party_code,001,2012-01-01,2014-01-01\norg:20,uscc,91350100M000100Y43,,"
      "2015-10-01\n";
  Organization street;
  ASSERT_EQ(street.Import(ledgers).outcome, ImportOutcome::kDone);
  ExpectSurvives(street);
}

TEST(ExportTest, DissolvedAndFutureNodesSurvive) {
  Ledgers ledgers = SmallStreet();
  ledgers["units.csv"] =
      "code,name,level,parent_code,households,population,from,to\n"
      "320102002,梅园街道,street,,,,,\n320102002001,第一社区,community,320102002,1200,3000,1999-01-01,\n"
      "320102002002,第二社区,community,320102002,900,2500,,2024-05-01\n320102002001001,一号网格,grid,320102002001,300,"
      "800,2030-01-01,2031-01-01\n";
  Organization street;
  ASSERT_EQ(street.Import(ledgers).outcome, ImportOutcome::kDone);
  ExpectSurvives(street);
}

TEST(ExportTest, TermsSurvive) {
  Ledgers ledgers = SmallStreet();
  ledgers["terms.csv"] =
      "org_id,term_no,elected_on,years,ends_on,extended_to\n12,2,2024-02-29,3,2027-02-28,2027-05-31\n12,1,,,,\n11,1,"
      "2023-01-01,3,,\n";
  Organization street;
  street.Import(ledgers);
  EXPECT_EQ(Exported(street).at("terms.csv"),
            "org_id,term_no,elected_on,years,ends_on,extended_to\n11,1,2023-01-01,3,,\n12,1,,,,\n12,2,2024-02-29,3,"
            "2027-02-28,2027-05-31\n");
  ExpectSurvives(street);
}

TEST(ExportTest, WhatWasTakenBackIsNotExported) {
  Organization street;
  street.Import(SmallStreet());
  const std::vector<std::string> before = Answers(street);
  Ledgers more;
  more["people.csv"] = "person_id,name,party_status,joined_on,in_service\n5,赵六,full,2001-01-01,1\n";
  more["orgs.csv"] =
      "org_id,name,kind,parent_id,unit_code,founded,dissolved\n13,错支部,party_branch,10,320102002001,,\n";
  more["affiliations.csv"] = "person_id,branch_id,kind,from,to\n5,13,formal,2005-01-01,\n";
  const int64_t seq = street.Import(more).seq;
  ASSERT_TRUE(street.Revert(seq).ok());
  EXPECT_EQ(Answers(street), before);
  EXPECT_THAT(Exported(street).at("people.csv"), Not(HasSubstr("赵六")));
  ExpectSurvives(street);
}

TEST(ExportTest, AnEarlierBeliefIsExportedAsItWas) {
  Organization street;
  street.Import(SmallStreet());
  const Ledgers before = Exported(street);
  Apply(street, {model::Rename{"org:11", "新名", Day("2020-01-01")},
                 model::SetText{"unit:320102002001", {}, {TextAttribute::kCode, "320102002999"}}});
  TemporaryFolder folder;
  ASSERT_TRUE(Export(street.store(), *street.store()->At(1), folder.path(), nullptr).ok());
  Organization copy;
  ImportOptions options;
  options.paths = {folder.path()};
  copy.Import({}, options);
  EXPECT_EQ(Exported(copy), before);
}

TEST(ExportTest, FolderThatCannotBeMadeIsAnError) {
  Organization street;
  street.Import(SmallStreet());
  TemporaryFolder folder;
  folder.Write("file", "");
  EXPECT_FALSE(Export(street.store(), street.version(), folder.Path("file/below"), nullptr).ok());
}

TEST(ExportTest, EmptyStoreGivesHeadersOnly) {
  Organization nothing;
  const Ledgers ledgers = Exported(nothing);
  EXPECT_EQ(ledgers.size(), 11u);
  EXPECT_EQ(ledgers.at("orgs.csv"), "org_id,name,kind,parent_id,unit_code,founded,dissolved\n");
}

}  // namespace
}  // namespace jiceng::engine
