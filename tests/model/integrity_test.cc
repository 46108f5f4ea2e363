#include "model/integrity.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace jiceng::model {
namespace {

using base::Date;
using base::Validity;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

Validity Days(const char* from, const char* to) {
  Validity valid;
  if (*from != '\0') valid.from = *Date::Parse(from);
  if (*to != '\0') valid.to = *Date::Parse(to);
  return valid;
}

NodeNumber Unit(uint32_t ordinal) { return {NodeKind::kUnit, ordinal}; }
NodeNumber Org(uint32_t ordinal) { return {NodeKind::kOrganization, ordinal}; }
NodeNumber Person(uint32_t ordinal) { return {NodeKind::kPerson, ordinal}; }

Tie MakeTie(TieKind kind, NodeNumber from, NodeNumber to, Validity valid) {
  Tie tie;
  tie.kind = kind;
  tie.from = from;
  tie.to = to;
  tie.valid = valid;
  if (kind == TieKind::kAppointment) tie.role = 1;
  return tie;
}

Catalogue OneRole() {
  Role secretary;
  secretary.number = 1;
  secretary.id = "secretary";
  return *Catalogue::Create({}, {secretary});
}

// A graph as plain as can be: the ties in a row.
class TieList {
 public:
  const Tie& Add(TieKind kind, NodeNumber from, NodeNumber to, Validity valid) {
    ties_.push_back(MakeTie(kind, from, to, valid));
    return ties_.back();
  }
  std::optional<Violation> Acyclic(const Tie& tie) const {
    return CheckAcyclic(tie, [&](NodeNumber node, auto visit) { Upward(tie.kind, node, visit); });
  }
  std::optional<Violation> OneParent(const Tie& tie) const {
    return CheckOneParent(tie, [&](NodeNumber node, auto visit) { Upward(tie.kind, node, visit); });
  }
  // Whether any tie of the list closes a circle: what a caller asks who checks them all.
  bool AnyCycle() const {
    return std::any_of(ties_.begin(), ties_.end(), [&](const Tie& tie) { return Acyclic(tie).has_value(); });
  }

 private:
  void Upward(TieKind kind, NodeNumber node, absl::FunctionRef<void(NodeNumber, Validity)> visit) const {
    for (const Tie& tie : ties_) {
      if (tie.kind == kind && tie.from == node) visit(tie.to, tie.valid);
    }
  }
  std::vector<Tie> ties_;
};

// --- What a tie says of itself

TEST(CheckTieTest, TieOfTheRightNodesPasses) {
  const Catalogue catalogue = OneRole();
  EXPECT_FALSE(CheckTie(MakeTie(TieKind::kTerritory, Unit(1), Unit(0), {}), catalogue));
  EXPECT_FALSE(CheckTie(MakeTie(TieKind::kAffiliation, Person(0), Org(0), {}), catalogue));
  EXPECT_FALSE(CheckTie(MakeTie(TieKind::kAppointment, Person(0), Unit(0), {}), catalogue));
  EXPECT_FALSE(CheckTie(MakeTie(TieKind::kReport, Org(0), Unit(0), {}), catalogue));
}

TEST(CheckTieTest, OneDayIsAnIntervalAndNoDayIsNot) {
  const Catalogue catalogue = OneRole();
  EXPECT_FALSE(CheckTie(MakeTie(TieKind::kResidence, Person(0), Unit(0), Days("2024-02-29", "2024-03-01")), catalogue));
  for (const Validity& valid : {Days("2024-03-01", "2024-03-01"), Days("2024-03-01", "2024-02-29")}) {
    const auto violation = CheckTie(MakeTie(TieKind::kResidence, Person(0), Unit(0), valid), catalogue);
    ASSERT_TRUE(violation.has_value());
    EXPECT_STREQ(violation->code, "EMPTY_INTERVAL");
    EXPECT_THAT(violation->message, HasSubstr("2024-03-01"));
  }
}

TEST(CheckTieTest, NodesOfTheWrongKindAreNamed) {
  const auto violation = CheckTie(MakeTie(TieKind::kAffiliation, Person(0), Unit(0), {}), OneRole());
  ASSERT_TRUE(violation.has_value());
  EXPECT_STREQ(violation->code, "WRONG_NODE_KIND");
  EXPECT_THAT(violation->message, HasSubstr("a person to a unit"));
}

TEST(CheckTieTest, NodeIsNotTiedToItself) {
  for (TieKind kind : {TieKind::kPartyLine, TieKind::kPairing, TieKind::kAlliance}) {
    const auto violation = CheckTie(MakeTie(kind, Org(3), Org(3), {}), OneRole());
    ASSERT_TRUE(violation.has_value());
    EXPECT_STREQ(violation->code, "SELF_TIE");
  }
}

TEST(CheckTieTest, AppointmentNeedsARoleOfTheCatalogueAndNothingElseHasOne) {
  const Catalogue catalogue = OneRole();
  Tie post = MakeTie(TieKind::kAppointment, Person(0), Org(0), {});
  post.role = 0;
  ASSERT_TRUE(CheckTie(post, catalogue).has_value());
  EXPECT_STREQ(CheckTie(post, catalogue)->code, "UNKNOWN_ROLE");
  post.role = 2;
  ASSERT_TRUE(CheckTie(post, catalogue).has_value());
  EXPECT_STREQ(CheckTie(post, catalogue)->code, "UNKNOWN_ROLE");

  Tie home = MakeTie(TieKind::kAffiliation, Person(0), Org(0), {});
  home.role = 1;
  ASSERT_TRUE(CheckTie(home, catalogue).has_value());
  EXPECT_STREQ(CheckTie(home, catalogue)->code, "UNKNOWN_ROLE");
}

TEST(CheckTieTest, TieWithoutAKindIsNone) {
  EXPECT_STREQ(CheckTie(MakeTie(TieKind::kNone, Org(0), Org(1), {}), OneRole())->code, "UNKNOWN_TIE_KIND");
}

// --- Cycles exist on days

TEST(AcyclicTest, ChainHasNoCycle) {
  TieList ties;
  ties.Add(TieKind::kPartyLine, Org(0), Org(1), {});
  ties.Add(TieKind::kPartyLine, Org(1), Org(2), {});
  ties.Add(TieKind::kPartyLine, Org(2), Org(3), {});
  EXPECT_FALSE(ties.AnyCycle());
}

TEST(AcyclicTest, TwoBodiesAboveEachOtherOnOneDayAreACycle) {
  TieList ties;
  ties.Add(TieKind::kPartyLine, Org(0), Org(1), Days("2020-01-01", "2021-01-01"));
  const Tie& back = ties.Add(TieKind::kPartyLine, Org(1), Org(0), Days("2020-12-31", ""));
  const auto violation = ties.Acyclic(back);
  ASSERT_TRUE(violation.has_value());
  EXPECT_STREQ(violation->code, "CYCLE");
  EXPECT_THAT(violation->message, HasSubstr("2 party_line ties"));
  EXPECT_THAT(violation->path, ElementsAre(Org(1), Org(0), Org(1)));
}

TEST(AcyclicTest, TurningALineRoundOnADayIsNoCycle) {
  TieList ties;
  ties.Add(TieKind::kPartyLine, Org(0), Org(1), Days("2020-01-01", "2021-01-01"));
  ties.Add(TieKind::kPartyLine, Org(1), Org(0), Days("2021-01-01", ""));
  EXPECT_FALSE(ties.AnyCycle());
}

TEST(AcyclicTest, CircleWhoseTiesNeverHoldOnOneDayIsNoCycle) {
  // Any two neighbours overlap for a year; no day has all three.
  TieList ties;
  ties.Add(TieKind::kAdminLine, Org(0), Org(1), Days("2020-01-01", "2022-01-01"));
  ties.Add(TieKind::kAdminLine, Org(1), Org(2), Days("2021-01-01", "2023-01-01"));
  ties.Add(TieKind::kAdminLine, Org(2), Org(0), Days("2022-01-01", "2024-01-01"));
  EXPECT_FALSE(ties.AnyCycle());
}

TEST(AcyclicTest, CircleOfThreeOnASingleDayIsFoundFromEachOfItsTies) {
  TieList ties;
  ties.Add(TieKind::kGuidance, Org(0), Org(1), Days("2020-01-01", "2022-01-02"));
  ties.Add(TieKind::kGuidance, Org(1), Org(2), Days("2021-01-01", "2023-01-01"));
  const Tie last = ties.Add(TieKind::kGuidance, Org(2), Org(0), Days("2022-01-01", "2024-01-01"));
  const auto violation = ties.Acyclic(last);
  ASSERT_TRUE(violation.has_value());
  EXPECT_THAT(violation->path, ElementsAre(Org(2), Org(0), Org(1), Org(2)));
  for (uint32_t i = 0; i < 3; ++i) {
    EXPECT_TRUE(ties.Acyclic(MakeTie(TieKind::kGuidance, Org(i), Org((i + 1) % 3), {})).has_value());
  }
}

TEST(AcyclicTest, OpenEndsMeet) {
  TieList ties;
  ties.Add(TieKind::kTerritory, Unit(0), Unit(1), Days("", "2000-01-01"));
  EXPECT_FALSE(ties.Acyclic(MakeTie(TieKind::kTerritory, Unit(1), Unit(0), Days("2000-01-01", ""))));
  EXPECT_TRUE(ties.Acyclic(MakeTie(TieKind::kTerritory, Unit(1), Unit(0), Days("", "1900-01-01"))));
}

TEST(AcyclicTest, KindsDoNotMix) {
  // 业务指导 one way and 隶属 the other: two graphs over the same bodies.
  TieList ties;
  ties.Add(TieKind::kPartyLine, Org(0), Org(1), {});
  ties.Add(TieKind::kGuidance, Org(1), Org(0), {});
  EXPECT_FALSE(ties.AnyCycle());
}

TEST(AcyclicTest, TwoWaysUpToOneBodyAreNoCycle) {
  TieList ties;
  ties.Add(TieKind::kAdminLine, Org(0), Org(1), {});
  ties.Add(TieKind::kAdminLine, Org(0), Org(2), {});
  ties.Add(TieKind::kAdminLine, Org(1), Org(3), {});
  ties.Add(TieKind::kAdminLine, Org(2), Org(3), {});
  EXPECT_FALSE(ties.AnyCycle());
}

TEST(AcyclicTest, CircleFurtherUpDoesNotHoldTheCheckOfATieBelowIt) {
  TieList ties;
  ties.Add(TieKind::kPartyLine, Org(1), Org(2), {});
  ties.Add(TieKind::kPartyLine, Org(2), Org(1), {});
  EXPECT_FALSE(ties.Acyclic(MakeTie(TieKind::kPartyLine, Org(0), Org(1), {}))) << "Org 0 is on no circle";
  EXPECT_TRUE(ties.AnyCycle());
}

// --- One parent at a time

TEST(OneParentTest, TwoParentsOnOneDayAreNamed) {
  TieList ties;
  ties.Add(TieKind::kTerritory, Unit(5), Unit(1), Days("", "2024-01-02"));
  const Tie second = ties.Add(TieKind::kTerritory, Unit(5), Unit(2), Days("2024-01-01", ""));
  const auto violation = ties.OneParent(second);
  ASSERT_TRUE(violation.has_value());
  EXPECT_STREQ(violation->code, "TWO_PARENTS");
  EXPECT_THAT(violation->path, ElementsAre(Unit(1)));
}

TEST(OneParentTest, ParentsThatFollowEachOtherAreOneAtATime) {
  TieList ties;
  ties.Add(TieKind::kTerritory, Unit(5), Unit(1), Days("", "2024-01-01"));
  const Tie second = ties.Add(TieKind::kTerritory, Unit(5), Unit(2), Days("2024-01-01", ""));
  EXPECT_FALSE(ties.OneParent(second));
}

TEST(OneParentTest, ParentLeftAndTakenAgainIsOneParent) {
  TieList ties;
  ties.Add(TieKind::kTerritory, Unit(5), Unit(1), Days("", "2020-01-01"));
  ties.Add(TieKind::kTerritory, Unit(5), Unit(2), Days("2020-01-01", "2022-01-01"));
  const Tie again = ties.Add(TieKind::kTerritory, Unit(5), Unit(1), Days("2022-01-01", ""));
  EXPECT_FALSE(ties.OneParent(again));
}

}  // namespace
}  // namespace jiceng::model
