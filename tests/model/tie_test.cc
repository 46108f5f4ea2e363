#include "model/tie.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

namespace jiceng::model {
namespace {

using ::testing::ElementsAre;

constexpr uint8_t Mask(NodeKind kind) { return static_cast<uint8_t>(1 << static_cast<int>(kind)); }
constexpr uint8_t kU = Mask(NodeKind::kUnit), kO = Mask(NodeKind::kOrganization), kP = Mask(NodeKind::kPerson);

// The table of docs/model.md, kind by kind: who may be tied to whom, and in what shape.
struct Law {
  const char* name;
  int number;
  uint8_t from, to;
  TieLaw::Shape shape;
  bool party_from, party_to, role, manner;
};
constexpr Law kDocumented[] = {
    {"territory", 1, kU, kU, TieLaw::kTree, false, false, false, false},
    {"party_line", 2, kO, kO, TieLaw::kAcyclic, true, true, false, false},
    {"admin_line", 3, kO, kO, TieLaw::kAcyclic, false, false, false, false},
    {"guidance", 4, kO, kO, TieLaw::kAcyclic, false, false, false, false},
    {"supervision", 5, kO, kO, TieLaw::kAcyclic, false, false, false, false},
    {"dispatch", 6, kO, kO, TieLaw::kAcyclic, false, false, false, false},
    {"seat", 7, kO, kU, TieLaw::kFree, false, false, false, false},
    {"covers", 8, kO, kU | kO, TieLaw::kFree, true, false, false, false},
    {"overlay", 9, kU, kU, TieLaw::kFree, false, false, false, false},
    {"grid_mapping", 10, kU, kU, TieLaw::kFree, false, false, false, false},
    {"alliance", 11, kO, kO, TieLaw::kFree, false, false, false, false},
    {"pairing", 12, kO, kO, TieLaw::kSymmetric, false, false, false, false},
    {"service", 13, kO, kU, TieLaw::kFree, false, false, false, false},
    {"affiliation", 14, kP, kO, TieLaw::kFree, false, true, false, true},
    {"employment", 15, kP, kO, TieLaw::kFree, false, false, false, false},
    {"residence", 16, kP, kU, TieLaw::kFree, false, false, false, false},
    {"appointment", 17, kP, kU | kO, TieLaw::kFree, false, false, true, true},
    {"report", 18, kP | kO, kU, TieLaw::kFree, false, false, false, false},
    {"liaison", 19, kP, kU | kO, TieLaw::kFree, false, false, false, false},
    {"recusal", 20, kP, kP, TieLaw::kSymmetric, false, false, false, false},
};

class TieLawTest : public ::testing::TestWithParam<Law> {};

TEST_P(TieLawTest, IsAsDocumented) {
  const Law& law = GetParam();
  const TieKind kind = TieKindFromName(law.name);
  EXPECT_EQ(static_cast<int>(kind), law.number) << "numbers are stored and never change";
  EXPECT_STREQ(TieKindName(kind), law.name);
  const TieLaw& real = LawOf(kind);
  EXPECT_EQ(real.kind, kind);
  EXPECT_EQ(real.from_kinds, law.from);
  EXPECT_EQ(real.to_kinds, law.to);
  EXPECT_EQ(real.shape, law.shape);
  EXPECT_EQ(real.party_org_from, law.party_from);
  EXPECT_EQ(real.party_org_to, law.party_to);
  EXPECT_EQ(real.with_role, law.role);
  EXPECT_EQ(real.with_manner, law.manner);
  EXPECT_STRNE(real.title_zh, "");
}

INSTANTIATE_TEST_SUITE_P(Kinds, TieLawTest, ::testing::ValuesIn(kDocumented),
                         [](const auto& p) { return std::string(p.param.name); });

TEST(TieLawTest, EveryKindIsDocumented) {
  EXPECT_EQ(static_cast<int>(sizeof(kDocumented) / sizeof(kDocumented[0])), kTieKinds - 1);
}

TEST(TieLawTest, OnlyTheTerritoryIsATree) {
  // A community service centre has four superiors of four kinds, and may have two of one kind.
  std::set<std::string> trees;
  for (int k = 1; k < kTieKinds; ++k) {
    if (LawOf(static_cast<TieKind>(k)).shape == TieLaw::kTree) trees.insert(TieKindName(static_cast<TieKind>(k)));
  }
  EXPECT_THAT(trees, ElementsAre("territory"));
}

TEST(TieLawTest, UnknownNameOrNumberIsNoKind) {
  EXPECT_EQ(TieKindFromName(""), TieKind::kNone);
  EXPECT_EQ(TieKindFromName("kinship"), TieKind::kNone) << "kinship registers are not built";
  EXPECT_EQ(LawOf(static_cast<TieKind>(200)).kind, TieKind::kNone);
}

std::vector<std::string> Manners(TieKind kind) {
  std::vector<std::string> names;
  for (uint8_t m = 1; *MannerName(kind, m) != '\0'; ++m) names.push_back(MannerName(kind, m));
  return names;
}

TEST(MannerTest, ClosedListsOfTheContract) {
  EXPECT_THAT(Manners(TieKind::kAffiliation), ElementsAre("formal", "temporary", "floating", "functional"));
  EXPECT_THAT(Manners(TieKind::kAppointment),
              ElementsAre("elected", "appointed", "part_time", "acting", "seconded", "ex_officio"));
  EXPECT_THAT(Manners(TieKind::kReport), ElementsAre());
}

TEST(MannerTest, OfOneKindIsNoneOfAnother) {
  uint8_t manner = 0;
  ASSERT_TRUE(MannerFromName(TieKind::kAffiliation, "formal", &manner));
  EXPECT_EQ(manner, static_cast<uint8_t>(AffiliationManner::kFormal));
  EXPECT_FALSE(MannerFromName(TieKind::kAppointment, "formal", &manner));
  EXPECT_FALSE(MannerFromName(TieKind::kResidence, "formal", &manner));
  EXPECT_FALSE(MannerFromName(TieKind::kAffiliation, "", &manner)) << "0 is not given, and has no name";
}

TEST(TieKeyTest, TheDayItBeginsIsPartOfTheIdentityAndTheDayItEndsIsNot) {
  Tie tie;
  tie.kind = TieKind::kResidence;
  tie.from = NodeNumber(NodeKind::kPerson, 1);
  tie.to = NodeNumber(NodeKind::kUnit, 1);
  tie.valid = {*base::Date::Parse("2020-01-01"), base::Date::Forever()};
  Tie closed = tie;
  closed.valid.to = *base::Date::Parse("2024-01-01");
  closed.manner = 3;
  EXPECT_TRUE(tie.key() == closed.key());
  Tie later = tie;
  later.valid.from = *base::Date::Parse("2020-01-02");
  EXPECT_FALSE(tie.key() == later.key());
  EXPECT_TRUE(tie.key() < later.key());
}

TEST(TieKeyTest, TwoPostsOfOnePersonInOneBodyAreTwoTies) {
  TieKey secretary, director;
  secretary.role = 1;
  director.role = 5;
  EXPECT_FALSE(secretary == director);
  EXPECT_TRUE(secretary < director);
  EXPECT_FALSE(director < secretary);
}

}  // namespace
}  // namespace jiceng::model
