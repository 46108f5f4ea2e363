#include "model/node.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <vector>

#include "base/status.h"

namespace jiceng::model {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

TEST(NodeNumberTest, HoldsKindAndOrdinal) {
  const NodeNumber person(NodeKind::kPerson, 11757);
  EXPECT_EQ(person.kind(), NodeKind::kPerson);
  EXPECT_EQ(person.ordinal(), 11757u);
  EXPECT_EQ(person.ToInt64(), 4 * 11757 + 3) << "as the SQL views document it: node & 3 is the kind";
}

TEST(NodeNumberTest, RoomForAThousandMillionOfEachKind) {
  constexpr uint32_t kLast = (1u << 30) - 1;
  const NodeNumber last(NodeKind::kPerson, kLast);
  EXPECT_EQ(last.ordinal(), kLast);
  EXPECT_EQ(last.ToInt64(), 0xffffffffll);
  EXPECT_EQ(NodeNumber::FromInt64(last.ToInt64()), last);
}

TEST(NodeNumberTest, NoNodeIsZeroAndFalse) {
  EXPECT_FALSE(NodeNumber());
  EXPECT_EQ(NodeNumber().ToInt64(), 0);
  EXPECT_TRUE(NodeNumber(NodeKind::kUnit, 0)) << "the first unit is a node";
}

TEST(NodeNumberTest, NumbersFromOutsideThatAreNoneGiveNoNode) {
  for (int64_t number : {int64_t{-1}, int64_t{0}, int64_t{1} << 32, INT64_MAX, INT64_MIN}) {
    EXPECT_FALSE(NodeNumber::FromInt64(number)) << number;
  }
  EXPECT_TRUE(NodeNumber::FromInt64(1));
}

TEST(NodeNumberTest, SortedByKindThenOrdinal) {
  std::vector<NodeNumber> nodes = {{NodeKind::kPerson, 0},
                                   {NodeKind::kUnit, 7},
                                   {NodeKind::kOrganization, 1},
                                   {NodeKind::kUnit, 2},
                                   {NodeKind::kOrganization, (1u << 30) - 1}};
  std::sort(nodes.begin(), nodes.end());
  EXPECT_THAT(nodes,
              ElementsAre(NodeNumber(NodeKind::kUnit, 2), NodeNumber(NodeKind::kUnit, 7),
                          NodeNumber(NodeKind::kOrganization, 1), NodeNumber(NodeKind::kOrganization, (1u << 30) - 1),
                          NodeNumber(NodeKind::kPerson, 0)));
}

TEST(LevelTest, NamesGoBothWaysOutermostFirst) {
  const char* const kNames[] = {"province", "city", "district", "street", "community", "grid", "micro_grid"};
  Level above = Level::kNone;
  for (const char* name : kNames) {
    const Level level = LevelFromName(name);
    EXPECT_STREQ(LevelName(level), name);
    EXPECT_LT(above, level);
    above = level;
  }
  EXPECT_EQ(LevelFromName(""), Level::kNone);
  EXPECT_EQ(LevelFromName("Community"), Level::kNone) << "names are written as the contract writes them";
  EXPECT_EQ(LevelFromName("社区"), Level::kNone);
}

TEST(FactTest, NamesAreTheLedgersColumnsAndGoBothWays) {
  const std::pair<NodeKind, std::vector<const char*>> kFacts[] = {
      {NodeKind::kUnit, {"level", "households", "population", "parent_code"}},
      {NodeKind::kOrganization, {"kind", "parent_id", "unit_code"}},
      {NodeKind::kPerson, {"party_status", "in_service", "joined_on", "full_on", "sex"}}};
  for (const auto& [kind, names] : kFacts) {
    ASSERT_EQ(FactCount(kind), static_cast<int>(names.size()));
    for (const char* name : names) {
      Fact fact{};
      ASSERT_TRUE(FactFromName(kind, name, &fact)) << name;
      EXPECT_STREQ(FactName(kind, fact), name);
    }
  }
}

TEST(FactTest, FactOfOneKindIsNoneOfAnother) {
  Fact fact{};
  EXPECT_FALSE(FactFromName(NodeKind::kUnit, "party_status", &fact));
  EXPECT_FALSE(FactFromName(NodeKind::kPerson, "parent_code", &fact));
  EXPECT_FALSE(FactFromName(NodeKind::kPerson, "name", &fact)) << "a name is a text, not a fact";
}

TEST(TextAttributeTest, NamesGoBothWaysAndOnlyCodesAreCodes) {
  std::set<std::string> codes;
  for (const char* name : {"id", "name", "code", "uscc", "party_code", "staff_number", "citizen_id_hash"}) {
    TextAttribute attribute{};
    ASSERT_TRUE(TextAttributeFromName(name, &attribute)) << name;
    EXPECT_STREQ(TextAttributeName(attribute), name);
    if (IsCode(attribute)) codes.insert(name);
  }
  EXPECT_THAT(codes, ElementsAre("code", "party_code", "uscc"));
  TextAttribute attribute{};
  EXPECT_FALSE(TextAttributeFromName("citizen_id", &attribute)) << "a citizen number has no place to be kept in";
}

TEST(NodeTextTest, KindBeforeTheFirstColonIdAfterIt) {
  const auto node = ParseNodeText("org:a:b");
  ASSERT_TRUE(node.ok()) << node.status();
  EXPECT_EQ(node->kind, NodeKind::kOrganization);
  EXPECT_EQ(node->id, "a:b");
  ASSERT_TRUE(ParseNodeText("unit:320102002001").ok());
  ASSERT_TRUE(ParseNodeText("person:张三-01").ok());
}

TEST(NodeTextTest, WhatIsNoNodeIsRefused) {
  for (const char* text : {"", "1000001", ":1", "body:1", "Org:1", " org:1", "store:"}) {
    const auto node = ParseNodeText(text);
    ASSERT_FALSE(node.ok()) << text;
    EXPECT_EQ(base::ErrorReason(node.status()), "BAD_NODE") << text;
  }
  EXPECT_THAT(std::string(ParseNodeText("body:1").status().message()), HasSubstr("unit:ID, org:ID or person:ID"));
}

TEST(NodeTextTest, IdMustBeAHostId) {
  for (const std::string& text :
       {std::string("org:"), std::string("org: 1"), std::string("org:1\n"), "org:" + std::string(65, '1')}) {
    EXPECT_FALSE(ParseNodeText(text).ok()) << text;
  }
  EXPECT_TRUE(ParseNodeText("org:" + std::string(64, '1')).ok());
}

}  // namespace
}  // namespace jiceng::model
