#include "rules/lists.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "rules/member_count.h"
#include "tests/rules/auditing.h"

namespace jiceng::testing {
namespace {

using model::Level;
using model::NodeNumber;
using model::PartyStatus;
using model::TieKind;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

// Two streets; communities a, b under the first, c under the second; a grid in each of a and b.
class ListsTest : public ::testing::Test {
 protected:
  ListsTest() {
    street1_ = b_.Unit("s1", Level::kStreet);
    street2_ = b_.Unit("s2", Level::kStreet);
    a_ = b_.Unit("ca", Level::kCommunity, street1_);
    bb_ = b_.Unit("cb", Level::kCommunity, street1_);
    c_ = b_.Unit("cc", Level::kCommunity, street2_);
    grid_a_ = b_.Unit("ga", Level::kGrid, a_);
    grid_b_ = b_.Unit("gb", Level::kGrid, bb_);
  }
  NodeNumber Member(std::string_view id, PartyStatus status = PartyStatus::kFull, bool in_service = true) {
    return b_.Person(id, status, in_service);
  }
  void Lives(NodeNumber person, NodeNumber unit, base::Validity valid = {}) {
    b_.Tie(TieKind::kResidence, person, unit, valid);
  }
  void Reports(NodeNumber person, NodeNumber unit, base::Validity valid = {}) {
    b_.Tie(TieKind::kReport, person, unit, valid);
  }
  void Post(NodeNumber person, NodeNumber body, uint8_t role = kSecretary, base::Validity valid = {}) {
    b_.Tie(TieKind::kAppointment, person, body, valid, role, 1);
  }
  Lines Unreported(rules::Root root, std::string_view day = "2024-01-01") {
    const auto s = b_.Build();
    Lines lines;
    for (const NodeNumber node : rules::Unreported(*s, root, Day(day))) lines.push_back(s->Text(node));
    return lines;
  }
  Lines Cross(rules::Root root, std::string_view day = "2024-01-01") {
    const auto s = b_.Build();
    Lines lines;
    for (const auto& row : rules::CrossAppointments(*s, FrozenModel(), root, Day(day))) {
      std::string line = s->Text(row.person) + " " + s->Text(row.community);
      for (const int32_t kind : row.kinds) line += " " + FrozenModel().FindOrgKind(kind)->id;
      lines.push_back(line);
    }
    return lines;
  }
  Lines Heads(rules::Root root, uint8_t role = kSecretary) {
    const auto s = b_.Build();
    Lines lines;
    for (const auto& row : rules::Officers(*s, root, role, Day("2024-01-01"))) {
      lines.push_back(s->Text(row.person) + " " + s->Text(row.body) + " " + row.from.ToString());
    }
    return lines;
  }

  OrganizationBuilder b_;
  NodeNumber street1_, street2_, a_, bb_, c_, grid_a_, grid_b_;
};

TEST_F(ListsTest, UnreportedAreTheInServiceMembersWithoutReportToTheirCommunity) {
  const NodeNumber p1 = Member("p1"), p2 = Member("p2"), p3 = Member("p3", PartyStatus::kProbationary);
  const NodeNumber p4 = Member("p4", PartyStatus::kNone), p5 = Member("p5", PartyStatus::kFull, false),
                   p6 = Member("p6");
  for (const NodeNumber p : {p1, p2, p3, p4, p5}) Lives(p, grid_a_);
  Lives(p6, c_);
  Reports(p1, a_);
  Reports(p2, bb_);
  EXPECT_THAT(Unreported(street1_), ElementsAre("person:p2", "person:p3"));
  EXPECT_THAT(Unreported(grid_a_), ElementsAre("person:p2", "person:p3"));
  EXPECT_THAT(Unreported(bb_), IsEmpty());
  EXPECT_THAT(Unreported({}), ElementsAre("person:p2", "person:p3", "person:p6"));
}

TEST_F(ListsTest, UnreportedLooksAtTheResidencesBelowTheRootOnly) {
  const NodeNumber p = Member("p");
  Lives(p, grid_a_);
  Lives(p, c_);
  Reports(p, a_);
  EXPECT_THAT(Unreported(street1_), IsEmpty());
  EXPECT_THAT(Unreported(street2_), ElementsAre("person:p"));
}

TEST_F(ListsTest, ResidenceOutsideAnyCommunityCannotBeReportedFor) {
  Lives(Member("p"), street1_);
  EXPECT_THAT(Unreported(street1_), ElementsAre("person:p"));
}

TEST_F(ListsTest, ReportHasToBeOpen) {
  const NodeNumber p = Member("p");
  Lives(p, a_);
  Reports(p, a_, Days("2023-01-01", "2024-01-01"));
  EXPECT_THAT(Unreported(a_, "2023-12-31"), IsEmpty());
  EXPECT_THAT(Unreported(a_, "2024-01-01"), ElementsAre("person:p"));
}

TEST_F(ListsTest, CrossAppointmentNeedsTwoKindsInOneCommunity) {
  const NodeNumber branch = b_.Org("o1", kPartyBranch, a_), residents = b_.Org("o2", kResidentsCommittee, a_);
  const NodeNumber owners = b_.Org("o3", kOwnersCommittee, grid_a_), branch2 = b_.Org("o4", kPartyBranch, grid_a_);
  const NodeNumber residents_b = b_.Org("o5", kResidentsCommittee, bb_),
                   street_body = b_.Org("o6", kEmployer, street1_);
  const NodeNumber x = Member("x"), y = Member("y"), z = Member("z"), w = Member("w");
  for (const NodeNumber body : {branch, residents, owners}) Post(x, body);
  Post(y, branch);
  Post(y, branch2);  // one kind
  Post(z, branch);
  Post(z, residents_b);  // two communities
  Post(w, branch);
  Post(w, street_body);  // not in a community
  Post(w, grid_a_, kGridHead);
  EXPECT_THAT(Cross({}), ElementsAre("person:x unit:ca owners_committee party_branch residents_committee"));
  EXPECT_THAT(Cross(street1_), ElementsAre("person:x unit:ca owners_committee party_branch residents_committee"));
  EXPECT_THAT(Cross(street2_), IsEmpty());
  EXPECT_THAT(Cross(grid_a_), IsEmpty());  // the community is not at or below its grid
}

TEST_F(ListsTest, CrossAppointmentsOfOnePersonAreOrderedByCommunity) {
  const NodeNumber x = Member("x");
  for (const NodeNumber unit : {c_, a_}) {
    Post(x, b_.Org("b" + std::to_string(unit.ordinal()), kPartyBranch, unit));
    Post(x, b_.Org("r" + std::to_string(unit.ordinal()), kResidentsCommittee, unit));
  }
  EXPECT_THAT(Cross({}), ElementsAre("person:x unit:ca party_branch residents_committee",
                                     "person:x unit:cc party_branch residents_committee"));
}

TEST_F(ListsTest, ClosedPostIsNoCrossAppointment) {
  const NodeNumber x = Member("x");
  Post(x, b_.Org("o1", kPartyBranch, a_), kSecretary, Days("2020-01-01", "2024-01-01"));
  Post(x, b_.Org("o2", kResidentsCommittee, a_), kDirector);
  EXPECT_THAT(Cross({}, "2023-12-31"), ElementsAre("person:x unit:ca party_branch residents_committee"));
  EXPECT_THAT(Cross({}, "2024-01-01"), IsEmpty());
}

TEST_F(ListsTest, OfficersAreFoundBySeatTerritoryAndPartyLine) {
  const NodeNumber committee = b_.Org("o1", kPartyCommittee, street1_), branch = b_.Org("o2", kPartyBranch, grid_a_);
  b_.Tie(TieKind::kPartyLine, branch, committee);
  const NodeNumber x = Member("x"), y = Member("y");
  Post(y, branch, kSecretary, Days("2020-01-01"));
  Post(x, committee);
  Post(x, branch, kSecretary, Days("2021-01-01"));
  Post(x, branch, kDirector);
  Post(x, grid_a_, kGridHead);
  EXPECT_THAT(Heads({}), ElementsAre("person:x org:o1 ", "person:x org:o2 2021-01-01", "person:y org:o2 2020-01-01"));
  EXPECT_THAT(Heads(committee),
              ElementsAre("person:x org:o1 ", "person:x org:o2 2021-01-01", "person:y org:o2 2020-01-01"));
  EXPECT_THAT(Heads(a_), ElementsAre("person:x org:o2 2021-01-01", "person:y org:o2 2020-01-01"));
  EXPECT_THAT(Heads(street2_), IsEmpty());
  EXPECT_THAT(Heads(street1_, kGridHead), ElementsAre("person:x unit:ga "));
}

TEST_F(ListsTest, MembersAreCountedOnceInBranchesOfAnyKind) {
  const NodeNumber committee = b_.Org("o1", kPartyCommittee, street1_), branch = b_.Org("o2", kPartyBranch, grid_a_);
  const NodeNumber temporary = b_.Org("o3", kTemporaryBranch, a_),
                   closed = b_.Org("o4", kPartyBranch, {}, {}, Days("", "2020-01-01"));
  for (const NodeNumber org : {branch, closed}) b_.Tie(TieKind::kPartyLine, org, committee);
  const NodeNumber p1 = Member("p1"), p2 = Member("p2", PartyStatus::kProbationary), p3 = Member("p3"),
                   p4 = Member("p4", PartyStatus::kNone);
  b_.Formal(p1, branch);
  b_.Formal(p1, temporary);  // two formal affiliations: still one person
  b_.Formal(p2, temporary);
  b_.Formal(p3, committee);  // no branch
  b_.Formal(p4, branch);
  b_.Tie(TieKind::kAffiliation, p3, branch, {}, 0, static_cast<uint8_t>(model::AffiliationManner::kFloating));
  const auto s = b_.Build();
  const auto count = [&](NodeNumber node) { return rules::CountMembers(*s, FrozenModel(), node, Day("2024-01-01")); };
  EXPECT_EQ(count(street1_).full, 1);
  EXPECT_EQ(count(street1_).probationary, 1);
  EXPECT_EQ(count(street1_).units, 5);
  EXPECT_EQ(count(street1_).grids, 2);
  EXPECT_EQ(count(street1_).organizations, 3);
  EXPECT_EQ(count(street1_).branches, 2);
  EXPECT_EQ(count(grid_a_).full, 1);
  EXPECT_EQ(count(grid_a_).probationary, 0);
  EXPECT_EQ(count(committee).full, 1);
  EXPECT_EQ(count(committee).probationary, 0);
  EXPECT_EQ(count(committee).organizations, 2);  // the closed one is not there any more
  EXPECT_EQ(count(committee).branches, 1);
  EXPECT_EQ(count(street2_).full, 0);
}

}  // namespace
}  // namespace jiceng::testing
