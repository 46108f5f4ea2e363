// Double reporting (双报到): the deadline is a local parameter, nothing national stands behind a number of days.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/rules/auditing.h"

namespace jiceng::testing {
namespace {

using model::Level;
using model::NodeNumber;
using model::PartyStatus;
using model::TieKind;
using rules::Status;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

const rules::Parameters kThirtyDays = {{"report.deadline_days", 30}};

class ReportTest : public ::testing::Test {
 protected:
  ReportTest() {
    street_ = b_.Unit("320102002", Level::kStreet);
    community_ = b_.Unit("320102002001", Level::kCommunity, street_);
    other_ = b_.Unit("320102002002", Level::kCommunity, street_);
    grid_ = b_.Unit("32010200200101", Level::kGrid, community_);
  }
  NodeNumber Resident(std::string_view id, NodeNumber unit, base::Validity valid,
                      PartyStatus status = PartyStatus::kFull, bool in_service = true) {
    const NodeNumber person = b_.Person(id, status, in_service);
    b_.Tie(TieKind::kResidence, person, unit, valid);
    return person;
  }
  Lines Unreported(std::string_view day, rules::Parameters parameters = kThirtyDays) {
    return Unmet(*b_.Build(), "report.member-unreported", day, parameters);
  }

  OrganizationBuilder b_;
  NodeNumber street_, community_, other_, grid_;
};

TEST_F(ReportTest, DeadlineDayByDay) {
  Resident("p", grid_, Days("2024-01-01"));
  EXPECT_THAT(Unreported("2024-01-30"), IsEmpty());
  EXPECT_THAT(Unreported("2024-01-31"), IsEmpty());                // 30 days
  EXPECT_THAT(Unreported("2024-02-01"), ElementsAre("person:p"));  // 31
  EXPECT_THAT(Unreported("2024-01-01", {{"report.deadline_days", 0}}), IsEmpty());
  EXPECT_THAT(Unreported("2024-01-02", {{"report.deadline_days", 0}}), ElementsAre("person:p"));
}

TEST_F(ReportTest, OpenReportToTheCommunityOfTheResidenceCounts) {
  const NodeNumber p = Resident("p", grid_, Days("2023-01-01")), q = Resident("q", grid_, Days("2023-01-01"));
  const NodeNumber r = Resident("r", grid_, Days("2023-01-01")), t = Resident("t", grid_, Days("2023-01-01"));
  b_.Tie(TieKind::kReport, p, community_, Days("2022-01-01"));                // before moving in: still open
  b_.Tie(TieKind::kReport, q, other_, Days("2023-01-02"));                    // another community
  b_.Tie(TieKind::kReport, r, grid_, Days("2023-01-02"));                     // the grid is not the community
  b_.Tie(TieKind::kReport, t, community_, Days("2023-01-02", "2024-02-01"));  // ended
  EXPECT_THAT(Unreported("2024-02-01"), ElementsAre("person:q", "person:r", "person:t"));
}

TEST_F(ReportTest, OnlyInServiceMembersAreJudged) {
  Resident("retired", grid_, Days("2023-01-01"), PartyStatus::kFull, false);
  Resident("none", grid_, Days("2023-01-01"), PartyStatus::kNone);
  Resident("probationary", grid_, Days("2023-01-01"), PartyStatus::kProbationary);
  EXPECT_THAT(Unreported("2024-02-01"), ElementsAre("person:probationary"));
}

TEST_F(ReportTest, ResidenceWithoutCommunityAboveItIsNotJudged) {
  const NodeNumber p = Resident("p", street_, Days("2023-01-01"));
  const auto s = b_.Build();
  EXPECT_THAT(Unmet(*s, "report.member-unreported", "2024-02-01", kThirtyDays), IsEmpty());
  EXPECT_EQ(Verdict(*s, "report.member-unreported", p, "2024-02-01", kThirtyDays), Status::kNotApplicable);
}

TEST_F(ReportTest, EachOfSeveralResidencesHasToBeReported) {
  const NodeNumber p = Resident("p", grid_, Days("2023-01-01"));
  b_.Tie(TieKind::kResidence, p, other_, Days("2023-06-01"));
  b_.Tie(TieKind::kReport, p, community_, Days("2023-01-10"));
  const auto s = b_.Build();
  EXPECT_THAT(Unmet(*s, "report.member-unreported", "2023-07-01", kThirtyDays), IsEmpty());
  EXPECT_THAT(Unmet(*s, "report.member-unreported", "2023-07-02", kThirtyDays), ElementsAre("person:p"));
  const rules::Findings findings = AuditOf(*s, "2023-07-02", kThirtyDays);
  EXPECT_THAT(FactsOf(*s, findings, "report.member-unreported"),
              ElementsAre("residence person:p → unit:320102002002 [2023-06-01, )",
                          "missing report person:p → unit:320102002002"));
  for (const rules::Finding& f : findings.rows) {
    if (FrozenRules()[f.rule].id != "report.member-unreported") continue;
    EXPECT_EQ(f.since, Day("2023-07-02"));
    EXPECT_EQ(f.value, 31);
    EXPECT_EQ(f.threshold, 30);
    EXPECT_EQ(f.object, other_);
  }
}

TEST_F(ReportTest, ResidenceWithoutBeginningIsLate) {
  Resident("p", grid_, {});
  EXPECT_THAT(Unreported("2024-02-01"), ElementsAre("person:p"));
}

TEST_F(ReportTest, FutureAndClosedResidencesDoNotStartTheClock) {
  Resident("future", grid_, Days("2024-02-02"));
  Resident("gone", grid_, Days("2020-01-01", "2024-02-01"));
  EXPECT_THAT(Unreported("2024-02-01"), IsEmpty());
}

TEST_F(ReportTest, CommunityIsFoundByTheTerritoryOfTheDay) {
  const NodeNumber moved = b_.Unit("g", Level::kGrid);
  b_.Tie(TieKind::kTerritory, moved, community_, Days("", "2024-01-01"));
  b_.Tie(TieKind::kTerritory, moved, other_, Days("2024-01-01"));
  const NodeNumber p = Resident("p", moved, Days("2023-01-01"));
  b_.Tie(TieKind::kReport, p, community_, Days("2023-01-02"));
  EXPECT_THAT(Unreported("2023-12-31"), IsEmpty());
  EXPECT_THAT(Unreported("2024-01-01"), ElementsAre("person:p"));
}

TEST_F(ReportTest, WithoutTheParameterTheAnswerIsUnknownOnce) {
  Resident("p", grid_, Days("2023-01-01"));
  Resident("q", grid_, Days("2023-01-01"));
  for (const NodeNumber head : {grid_}) b_.Tie(TieKind::kAppointment, b_.Person("h"), head, {}, kGridHead, 1);
  const auto s = b_.Build();
  EXPECT_THAT(ToLines(*s, AuditOf(*s, "2024-02-01")), ElementsAre("store: report.member-unreported unknown"));
  EXPECT_THAT(ToLines(*s, AuditOf(*s, "2024-02-01", {}, street_)),
              ElementsAre("unit:320102002 report.member-unreported unknown"));
  EXPECT_THAT(FactsOf(*s, AuditOf(*s, "2024-02-01"), "report.member-unreported"),
              ElementsAre("parameter report.deadline_days has no value"));
}

TEST_F(ReportTest, TwoOpenReportsToOneCommunityAreOneTooMany) {
  const NodeNumber p = b_.Person("p"), q = b_.Person("q"), r = b_.Person("r"), org = b_.Org("o", kEmployer);
  for (const NodeNumber subject : {p, org}) {
    b_.Tie(TieKind::kReport, subject, community_, Days("2022-01-01"));
    b_.Tie(TieKind::kReport, subject, community_, Days("2023-01-01"));
  }
  b_.Tie(TieKind::kReport, q, community_, Days("2022-01-01"));
  b_.Tie(TieKind::kReport, q, other_, Days("2023-01-01"));  // another community
  b_.Tie(TieKind::kReport, r, community_, Days("2022-01-01", "2023-01-01"));
  b_.Tie(TieKind::kReport, r, community_, Days("2023-01-01"));  // one after the other
  const auto s = b_.Build();
  EXPECT_THAT(Unmet(*s, "report.duplicate", "2022-12-31"), IsEmpty());
  EXPECT_THAT(Unmet(*s, "report.duplicate", "2023-01-01"), ElementsAre("org:o", "person:p"));
  const rules::Findings findings = AuditOf(*s, "2024-01-01");
  EXPECT_THAT(FactsOf(*s, findings, "report.duplicate"),
              ElementsAre("report org:o → unit:320102002001 [2022-01-01, )",
                          "report org:o → unit:320102002001 [2023-01-01, )"));
  for (const rules::Finding& f : findings.rows) {
    if (FrozenRules()[f.rule].id == "report.duplicate") {
      EXPECT_EQ(f.since, Day("2023-01-01"));
    }
  }
}

}  // namespace
}  // namespace jiceng::testing
