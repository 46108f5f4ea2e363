// Branches, their committees, and grids: 支部工作条例 Arts. 4 and 20; 以上 includes the number, 不超过 too (民法典 Art.
// 1259).
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/rules/auditing.h"

namespace jiceng::testing {
namespace {

using model::NodeNumber;
using model::PartyStatus;
using model::TieKind;
using rules::Status;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr const char* kDay = "2024-06-30";

class BranchTest : public ::testing::Test {
 protected:
  BranchTest() : branch_(b_.Org("b", kPartyBranch)) {}
  NodeNumber Member(PartyStatus status = PartyStatus::kFull) {
    const NodeNumber person = b_.Person("p" + std::to_string(people_++), status);
    b_.Formal(person, branch_);
    return person;
  }
  void Members(int full, int probationary = 0) {
    for (int i = 0; i < full; ++i) Member();
    for (int i = 0; i < probationary; ++i) Member(PartyStatus::kProbationary);
  }
  void Post(NodeNumber person, Post role, base::Validity valid = {}) {
    b_.Tie(TieKind::kAppointment, person, branch_, valid, role, 1);
  }
  Lines Of(std::string_view rule) { return Unmet(*b_.Build(), rule, kDay); }

  OrganizationBuilder b_;
  NodeNumber branch_;
  int people_ = 0;
};

TEST_F(BranchTest, TwoFullMembersAndAProbationaryOneAreTooFew) {
  Members(2, 1);
  EXPECT_THAT(Of("branch.min-members"), ElementsAre("org:b"));
}

TEST_F(BranchTest, ThreeFullMembersAreEnough) {
  Members(3);
  EXPECT_THAT(Of("branch.min-members"), IsEmpty());
}

TEST_F(BranchTest, BranchWithoutAnyoneHasTooFew) { EXPECT_THAT(Of("branch.min-members"), ElementsAre("org:b")); }

TEST_F(BranchTest, FiftyMembersAreNotTooMany) {
  Members(49, 1);
  EXPECT_THAT(Of("branch.max-members"), IsEmpty());
}

TEST_F(BranchTest, FiftyOneMembersAreTooMany) {
  Members(50, 1);
  EXPECT_THAT(Of("branch.max-members"), ElementsAre("org:b"));
}

TEST_F(BranchTest, OnlyMembersCountAsMembers) {
  Members(50);
  Member(PartyStatus::kNone);
  EXPECT_THAT(Of("branch.max-members"), IsEmpty());
}

TEST_F(BranchTest, OnlyOpenFormalAffiliationsCount) {
  Members(2);
  const NodeNumber left = b_.Person("left"), comes = b_.Person("comes"), guest = b_.Person("guest");
  b_.Formal(left, branch_, Days("", kDay));  // `to` is the first day it no longer holds
  b_.Formal(comes, branch_, Days("2024-07-01"));
  b_.Tie(TieKind::kAffiliation, guest, branch_, {}, 0, static_cast<uint8_t>(model::AffiliationManner::kTemporary));
  EXPECT_THAT(Of("branch.min-members"), ElementsAre("org:b"));
}

TEST_F(BranchTest, AffiliationOfTheDayItselfCounts) {
  Members(2);
  b_.Formal(b_.Person("new"), branch_, Days(kDay));
  EXPECT_THAT(Of("branch.min-members"), IsEmpty());
}

TEST_F(BranchTest, PeopleCountOnceWhateverTheirTies) {
  const NodeNumber twice = Member();
  b_.Formal(twice, branch_, Days("2020-01-01"));  // another row for the same membership
  Member();
  EXPECT_THAT(Of("branch.min-members"), ElementsAre("org:b"));
}

TEST_F(BranchTest, StatusOfTheDayCounts) {
  Members(2);
  const NodeNumber person = Member(PartyStatus::kProbationary);
  b_.Fact(person, model::Fact::kPartyStatus, Days("2024-06-30"), static_cast<int32_t>(PartyStatus::kFull));
  const auto s = b_.Build();
  EXPECT_THAT(Unmet(*s, "branch.min-members", "2024-06-29"), ElementsAre("org:b"));
  EXPECT_THAT(Unmet(*s, "branch.min-members", "2024-06-30"), IsEmpty());
}

TEST(BranchDomainTest, OnlyLiveBranchesOfTheOneKindAreJudged) {
  OrganizationBuilder b;
  b.Org("closed", kPartyBranch, {}, {}, Days("", "2024-06-30"));
  b.Org("future", kPartyBranch, {}, {}, Days("2024-07-01"));
  b.Org("last-day", kPartyBranch, {}, {}, Days("", "2024-07-01"));
  b.Org("first-day", kPartyBranch, {}, {}, Days("2024-06-30"));
  b.Org("temporary", kTemporaryBranch);
  b.Org("general", kGeneralBranch);
  b.Org("committee", kPartyCommittee);
  EXPECT_THAT(Unmet(*b.Build(), "branch.min-members", kDay), ElementsAre("org:first-day", "org:last-day"));
}

TEST_F(BranchTest, SixFullMembersNeedNoCommittee) {
  Members(6, 3);
  EXPECT_THAT(Of("branch.committee-required"), IsEmpty());
  EXPECT_EQ(Verdict(*b_.Build(), "branch.committee-required", branch_, kDay), Status::kNotApplicable);
}

TEST_F(BranchTest, SevenFullMembersNeedACommittee) {
  Members(7);
  EXPECT_THAT(Of("branch.committee-required"), ElementsAre("org:b"));
}

TEST_F(BranchTest, TwoPeopleInThreePostsAreNoCommittee) {
  Members(5);
  const NodeNumber secretary = Member(), other = Member();
  Post(secretary, kSecretary);
  Post(secretary, kCommitteeMember);
  Post(other, kCommitteeMember);
  EXPECT_THAT(Of("branch.committee-required"), ElementsAre("org:b"));
}

TEST_F(BranchTest, ThreePeopleAreACommitteeMembersOrNot) {
  Members(7);
  Post(b_.Person("x", PartyStatus::kNone), kSecretary);
  Post(b_.Person("y"), kDeputySecretary);
  Post(b_.Person("z"), kCommitteeMember);
  EXPECT_THAT(Of("branch.committee-required"), IsEmpty());
  EXPECT_EQ(Verdict(*b_.Build(), "branch.committee-required", branch_, kDay), Status::kMet);
}

TEST_F(BranchTest, OtherPostsAndClosedOnesDoNotCount) {
  Members(7);
  Post(b_.Person("x"), kSecretary);
  Post(b_.Person("y"), kDirector);
  Post(b_.Person("z"), kCommitteeMember);
  Post(b_.Person("w"), kCommitteeMember, Days("2020-01-01", kDay));
  EXPECT_THAT(Of("branch.committee-required"), ElementsAre("org:b"));
}

TEST_F(BranchTest, SevenPeopleAreNotTooLargeACommittee) {
  Members(10);
  for (int i = 0; i < 7; ++i) Post(b_.Person("c" + std::to_string(i)), kCommitteeMember);
  EXPECT_THAT(Of("branch.committee-size"), IsEmpty());
}

TEST_F(BranchTest, EightPeopleAreTooLargeACommittee) {
  Members(7);
  for (int i = 0; i < 8; ++i) Post(b_.Person("c" + std::to_string(i)), kCommitteeMember);
  EXPECT_THAT(Of("branch.committee-size"), ElementsAre("org:b"));
}

TEST_F(BranchTest, CommitteeOfEightInABranchOfSixIsNotThisRulesBusiness) {
  Members(6);
  for (int i = 0; i < 8; ++i) Post(b_.Person("c" + std::to_string(i)), kCommitteeMember);
  EXPECT_THAT(Of("branch.committee-size"), IsEmpty());
}

TEST_F(BranchTest, FactsLetOneCheckTheVerdictByHand) {
  Members(1, 1);
  const auto s = b_.Build();
  EXPECT_THAT(FactsOf(*s, AuditOf(*s, kDay), "branch.min-members"),
              ElementsAre("count affiliation formal (party_status full) → org:b = 1",
                          "affiliation person:p0 → org:b formal [, )",
                          "missing 2 × affiliation formal (party_status full): ? → org:b"));
}

TEST_F(BranchTest, FactsOfALargeCountAreTheNumberAndTenTies) {
  Members(51);
  const auto s = b_.Build();
  const Lines facts = FactsOf(*s, AuditOf(*s, kDay), "branch.max-members");
  ASSERT_EQ(facts.size(), 11u);
  EXPECT_EQ(facts[0], "count affiliation formal (party_status full/probationary) → org:b = 51");
}

TEST(GridTest, GridWithoutHeadIsVacant) {
  OrganizationBuilder b;
  const NodeNumber community = b.Unit("320102002001", model::Level::kCommunity);
  const NodeNumber headed = b.Unit("32010200200101", model::Level::kGrid, community);
  const NodeNumber worker_only = b.Unit("32010200200102", model::Level::kGrid, community);
  const NodeNumber ended = b.Unit("32010200200103", model::Level::kGrid, community);
  b.Unit("32010200200104", model::Level::kGrid, community, Days("", "2024-06-30"));  // no longer there
  b.Unit("m", model::Level::kMicroGrid, headed);
  b.Tie(TieKind::kAppointment, b.Person("h"), headed, Days(kDay), kGridHead, 2);
  b.Tie(TieKind::kAppointment, b.Person("w"), worker_only, {}, kGridWorker, 2);
  b.Tie(TieKind::kAppointment, b.Person("e"), ended, Days("2020-01-01", kDay), kGridHead, 2);
  const auto s = b.Build();
  EXPECT_THAT(Unmet(*s, "grid.head-vacant", kDay), ElementsAre("unit:32010200200102", "unit:32010200200103"));
  EXPECT_EQ(Verdict(*s, "grid.head-vacant", community, kDay), Status::kNotApplicable);
}

}  // namespace
}  // namespace jiceng::testing
