// Terms: 任期意见 2018 item 1, counted by 民法典 Arts. 201 and 202.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/rules/auditing.h"

namespace jiceng::testing {
namespace {

using model::Level;
using model::NodeNumber;
using model::TieKind;
using rules::Status;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

class TermTest : public ::testing::Test {
 protected:
  TermTest() {
    street_ = b_.Unit("320102002", Level::kStreet);
    community_ = b_.Unit("320102002001", Level::kCommunity, street_);
    grid_ = b_.Unit("32010200200101", Level::kGrid, community_);
  }
  void Secretary(NodeNumber org, std::string_view from, std::string_view to = "", uint8_t manner = 1) {
    b_.Tie(TieKind::kAppointment, b_.Person("s" + std::to_string(people_++)), org, Days(from, to), kSecretary, manner);
  }
  // The day on which the term has run out for the first time, or "" if not within a day of it.
  void ExpectLastDay(NodeNumber org, std::string_view last_day) {
    const auto s = b_.Build();
    EXPECT_EQ(Verdict(*s, "term.expired", org, last_day), Status::kMet) << last_day;
    EXPECT_EQ(Verdict(*s, "term.expired", org, Day(last_day).AddDays(1).ToString()), Status::kUnmet) << last_day;
    EXPECT_THAT(Unmet(*s, "term.expired", last_day), IsEmpty());
    EXPECT_THAT(Unmet(*s, "term.expired", Day(last_day).AddDays(1).ToString()), ElementsAre(s->Text(org)));
  }
  static model::TermRow Term(NodeNumber org, int number, std::string_view elected, int years,
                             std::string_view ends = "", std::string_view extended = "") {
    return {org,  number, Day(elected), years, Day(ends, base::Date::Forever()), Day(extended, base::Date::Forever()),
            false};
  }

  OrganizationBuilder b_;
  NodeNumber street_, community_, grid_;
  int people_ = 0;
};

TEST_F(TermTest, BranchHasThreeYears) {
  const NodeNumber branch = b_.Org("b", kPartyBranch);
  Secretary(branch, "2021-03-01");
  ExpectLastDay(branch, "2024-03-01");
}

TEST_F(TermTest, TwentyNinthOfFebruaryEndsOnTheTwentyEighth) {
  const NodeNumber branch = b_.Org("b", kPartyBranch);
  Secretary(branch, "2020-02-29");
  ExpectLastDay(branch, "2023-02-28");
}

TEST_F(TermTest, CommitteeHasFiveYears) {
  const NodeNumber committee = b_.Org("c", kPartyCommittee, grid_);
  Secretary(committee, "2020-02-29");
  ExpectLastDay(committee, "2025-02-28");
}

TEST_F(TermTest, BranchOfTheCommunityHasFiveYears) {
  const NodeNumber above = b_.Org("w", kPartyCommittee, street_);
  const NodeNumber branch = b_.Org("b", kPartyBranch, community_, above);
  Secretary(branch, "2019-05-06");
  ExpectLastDay(branch, "2024-05-06");
}

TEST_F(TermTest, GeneralBranchOfTheCommunityHasFiveYearsAndOthersThree) {
  const NodeNumber above = b_.Org("w", kPartyCommittee, street_);
  const NodeNumber community_body = b_.Org("g", kGeneralBranch, community_, above);
  const NodeNumber other = b_.Org("h", kGeneralBranch, street_, above);
  Secretary(community_body, "2020-01-01");
  Secretary(other, "2020-01-01");
  EXPECT_THAT(Unmet(*b_.Build(), "term.expired", "2024-01-01"), ElementsAre("org:h"));
}

// Each lacks one thing the class asks for, so each has 3 years.
TEST_F(TermTest, BodiesThatOnlyResembleACommunitysHaveThreeYears) {
  const NodeNumber street_body = b_.Org("w", kPartyCommittee, street_),
                   on_community = b_.Org("x", kPartyCommittee, community_);
  const NodeNumber employer = b_.Org("e", kEmployer, street_), seatless = b_.Org("n", kPartyCommittee);
  Secretary(b_.Org("b1", kPartyBranch, community_, employer), "2020-01-01");  // the parent is no Party organisation
  Secretary(b_.Org("b2", kPartyBranch, community_), "2020-01-01");            // no parent
  Secretary(b_.Org("b3", kPartyBranch, community_, on_community),
            "2020-01-01");                                                    // the parent sits on the community itself
  Secretary(b_.Org("b4", kPartyBranch, grid_, street_body), "2020-01-01");    // seated on a grid
  Secretary(b_.Org("b5", kPartyBranch, community_, seatless), "2020-01-01");  // the parent has no seat
  const auto s = b_.Build();
  EXPECT_THAT(Unmet(*s, "term.expired", "2023-01-02"), ElementsAre("org:b1", "org:b2", "org:b3", "org:b4", "org:b5"));
  EXPECT_THAT(Unmet(*s, "term.expired", "2023-01-01"), IsEmpty());
}

TEST_F(TermTest, ParentAndSeatOfTheDayDecide) {
  const NodeNumber above = b_.Org("w", kPartyCommittee, street_), employer = b_.Org("e", kEmployer, street_);
  const NodeNumber branch = b_.Org("b", kPartyBranch, community_, employer);
  b_.Fact(branch, model::Fact::kOrgParent, Days("2023-06-01"), static_cast<int32_t>(above.bits()));
  Secretary(branch, "2020-01-01");
  const auto s = b_.Build();
  EXPECT_THAT(Unmet(*s, "term.expired", "2023-05-31"), ElementsAre("org:b"));
  EXPECT_THAT(Unmet(*s, "term.expired", "2023-06-01"), IsEmpty());
  EXPECT_THAT(Unmet(*s, "term.expired", "2025-01-02"), ElementsAre("org:b"));
}

TEST_F(TermTest, AnyKindOfSecretaryPostCountsAndTheOldestDecides) {
  const NodeNumber branch = b_.Org("b", kPartyBranch);
  Secretary(branch, "2019-01-01", "", static_cast<uint8_t>(model::AppointmentManner::kActing));
  Secretary(branch, "2023-01-01");
  EXPECT_THAT(Unmet(*b_.Build(), "term.expired", "2024-01-01"), ElementsAre("org:b"));
}

TEST_F(TermTest, ClosedPostsAndOtherRolesAreNoEvidence) {
  const NodeNumber branch = b_.Org("b", kPartyBranch);
  Secretary(branch, "2015-01-01", "2024-01-01");
  b_.Tie(TieKind::kAppointment, b_.Person("d"), branch, Days("2015-01-01"), kDeputySecretary, 1);
  const auto s = b_.Build();
  EXPECT_THAT(Unmet(*s, "term.expired", "2023-12-31"), ElementsAre("org:b"));
  EXPECT_THAT(Unmet(*s, "term.expired", "2024-01-01"), IsEmpty());
  EXPECT_EQ(Verdict(*s, "term.expired", branch, "2024-01-01"), Status::kNotApplicable);
}

TEST_F(TermTest, PostWithoutBeginningBeganLongAgo) {
  const NodeNumber branch = b_.Org("b", kPartyBranch);
  Secretary(branch, "");
  EXPECT_THAT(Unmet(*b_.Build(), "term.expired", "2024-01-01"), ElementsAre("org:b"));
}

TEST_F(TermTest, DissolvedBodyWithAnOpenPostIsStillFound) {
  const NodeNumber branch = b_.Org("b", kPartyBranch, {}, {}, Days("2010-01-01", "2022-01-01"));
  Secretary(branch, "2015-01-01");
  EXPECT_THAT(Unmet(*b_.Build(), "term.expired", "2024-01-01"), ElementsAre("org:b"));
}

TEST_F(TermTest, BodiesOfOtherKindsAreJudgedByTheirTermsOnly) {
  const NodeNumber residents = b_.Org("r", kResidentsCommittee), temporary = b_.Org("t", kTemporaryBranch);
  Secretary(temporary, "2010-01-01");
  b_.Term(Term(residents, 1, "2018-01-01", 5));
  EXPECT_THAT(Unmet(*b_.Build(), "term.expired", "2024-01-01"), ElementsAre("org:r"));
}

TEST_F(TermTest, TermOnRecordStandsBeforeThePost) {
  const NodeNumber branch = b_.Org("b", kPartyBranch);
  Secretary(branch, "2015-01-01");
  b_.Term(Term(branch, 1, "2022-06-01", 3, "2025-05-31"));
  ExpectLastDay(branch, "2025-05-31");
}

TEST_F(TermTest, ExtensionStandsBeforeTheEnd) {
  const NodeNumber branch = b_.Org("b", kPartyBranch);
  b_.Term(Term(branch, 1, "2020-06-01", 3, "2023-05-31", "2024-05-31"));
  ExpectLastDay(branch, "2024-05-31");
}

TEST_F(TermTest, TermWithYearsOnlyEndsOnTheSameDate) {
  const NodeNumber branch = b_.Org("b", kPartyBranch);
  b_.Term(Term(branch, 1, "2020-02-29", 3));
  ExpectLastDay(branch, "2023-02-28");
}

TEST_F(TermTest, LatestTermBegunDecides) {
  const NodeNumber branch = b_.Org("b", kPartyBranch);
  b_.Term(Term(branch, 2, "2017-01-01", 3));
  b_.Term(Term(branch, 1, "2020-02-01", 3));
  b_.Term(Term(branch, 3, "2024-01-01", 3));
  const auto s = b_.Build();
  EXPECT_THAT(Unmet(*s, "term.expired", "2020-01-02"), ElementsAre("org:b"));
  EXPECT_THAT(Unmet(*s, "term.expired", "2020-02-01"), IsEmpty());
  EXPECT_THAT(Unmet(*s, "term.expired", "2023-12-31"), ElementsAre("org:b"));
  EXPECT_THAT(Unmet(*s, "term.expired", "2024-01-01"), IsEmpty());
}

TEST_F(TermTest, OfTwoTermsOfOneDayTheGreaterNumberDecides) {
  const NodeNumber branch = b_.Org("b", kPartyBranch);
  b_.Term(Term(branch, 1, "2020-01-01", 3, "2021-01-01"));
  b_.Term(Term(branch, 2, "2020-01-01", 3, "2026-01-01"));
  b_.Term(Term(branch, 9, "", 0, "2001-01-01"));  // a day not given is the earliest
  EXPECT_THAT(Unmet(*b_.Build(), "term.expired", "2024-01-01"), IsEmpty());
}

TEST_F(TermTest, BodyWhoseTermsAllBeginLaterIsJudgedByThePost) {
  const NodeNumber branch = b_.Org("b", kPartyBranch);
  Secretary(branch, "2015-01-01");
  b_.Term(Term(branch, 1, "2024-01-01", 3));
  const auto s = b_.Build();
  EXPECT_THAT(Unmet(*s, "term.expired", "2023-12-31"), ElementsAre("org:b"));
  EXPECT_THAT(Unmet(*s, "term.expired", "2024-01-01"), IsEmpty());
}

TEST_F(TermTest, TermThatSaysNeitherEndNorYearsDoesNotRunOut) {
  const NodeNumber branch = b_.Org("b", kPartyBranch);
  Secretary(branch, "2015-01-01");
  b_.Term(Term(branch, 1, "2016-01-01", 0));
  const auto s = b_.Build();
  EXPECT_THAT(Unmet(*s, "term.expired", "2024-01-01"), IsEmpty());
  EXPECT_EQ(Verdict(*s, "term.expired", branch, "2024-01-01"), Status::kNotApplicable);
}

TEST_F(TermTest, FindingSaysSinceWhenAndByWhat) {
  const NodeNumber branch = b_.Org("b", kPartyBranch);
  Secretary(branch, "2019-03-01");
  const auto s = b_.Build();
  const rules::Findings by_post = AuditOf(*s, "2022-03-11");
  EXPECT_THAT(FactsOf(*s, by_post, "term.expired"),
              ElementsAre("appointment person:s0 → org:b secretary elected [2019-03-01, )", "last day 2022-03-01"));
  b_.Term(Term(branch, 4, "2018-01-01", 3, "2021-01-31"));
  const auto t = b_.Build();
  EXPECT_THAT(FactsOf(*t, AuditOf(*t, "2022-03-11"), "term.expired"),
              ElementsAre("term org:b no. 4 elected 2018-01-01 for 3 years ends 2021-01-31", "last day 2021-01-31"));
  for (const rules::Finding& f : by_post.rows) {
    if (FrozenRules()[f.rule].id != "term.expired") continue;
    EXPECT_EQ(f.since, Day("2022-03-02"));
    EXPECT_EQ(f.value, 3);
    EXPECT_EQ(f.threshold, 10);
  }
}

}  // namespace
}  // namespace jiceng::testing
