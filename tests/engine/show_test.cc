// One node whole, on one day.
#include "engine/describe.h"
#include "tests/engine/answers.h"

namespace jiceng::engine {
namespace {

using base::Date;
using model::Fact;
using model::TextAttribute;
using rules::Language;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::Not;

// "section key value other-node [from, to)" of every line.
std::vector<std::string> Lines(Organization& organization, const std::string& node, const char* day,
                               Language language = Language::kChinese) {
  const auto details = Show(organization.store(), organization.version(), organization.Node(node), Day(day), language);
  EXPECT_TRUE(details.ok()) << details.status();
  std::vector<std::string> lines;
  for (const Detail& d : *details) {
    lines.push_back(d.section + " " + d.key + " " + d.value + " " + (d.node ? organization.now().Text(d.node) : "-") +
                    " " + Days(d.valid));
  }
  return lines;
}

TEST(ShowTest, PartyBranchInChinese) {
  Ledgers ledgers = SmallStreet();
  ledgers["appointments.csv"] =
      "person_id,org_id,unit_code,post,kind,from,to\n1,11,,secretary,elected,2020-01-01,\n3,11,,deputy_secretary,"
      "elected,2010-01-01,2020-01-01\n";
  Organization street;
  street.Import(ledgers);
  EXPECT_THAT(
      Lines(street, "org:11", "2026-01-01"),
      ElementsAre("node name 第一社区党支部 - [, )", "node node_kind 组织 - [, )",
                  "node lifetime 存续 - [2005-01-01, )", "fact kind 党支部 - [, )", "fact parent_id  org:10 [, )",
                  "fact unit_code  unit:320102002001 [, )", "tie party_line  org:10 [2005-01-01, )",
                  "tie seat  unit:320102002001 [2005-01-01, )", "tie affiliation ← 正式 person:1 [2005-01-01, )",
                  "tie appointment ← 书记 选举 person:1 [2020-01-01, )"));
}

TEST(ShowTest, PersonInEnglish) {
  Organization street;
  street.Import(SmallStreet());
  EXPECT_THAT(Lines(street, "person:2", "2026-01-01", Language::kEnglish),
              ElementsAre("node name 李四 - [, )", "node node_kind person - [, )",
                          "fact party_status probationary member - [, )", "fact in_service not in service - [, )",
                          "fact joined_on 2025-09 - [, )", "tie affiliation formal org:12 [2025-09-01, )",
                          "tie residence  unit:320102002002 [, )"));
}

TEST(ShowTest, WhatHoldsOnTheDayIsShownWithItsDays) {
  Organization street;
  street.Import(SmallStreet());
  Apply(street, {model::AmendFact{
                     "unit:320102002001", {Day("2020-01-01"), Date::Forever()}, {Fact::kHouseholds, 1500, ""}, false},
                 model::Recode{"unit:320102002001", {TextAttribute::kCode, "320102003001"}, Day("2021-01-01")}});
  EXPECT_THAT(Lines(street, "unit:320102002001", "2019-12-31"), Contains("fact households 1200 - [, 2020-01-01)"));
  EXPECT_THAT(Lines(street, "unit:320102002001", "2020-01-01"), Contains("fact households 1500 - [2020-01-01, )"));
  EXPECT_THAT(Lines(street, "unit:320102002001", "2021-01-01"), Contains("text code 320102003001 - [2021-01-01, )"));
  EXPECT_THAT(Lines(street, "unit:320102002001", "2020-12-31"), Not(Contains(::testing::StartsWith("text"))));
}

TEST(ShowTest, NodeBeforeItsTimeSaysSo) {
  Organization street;
  street.Import(SmallStreet());
  EXPECT_THAT(Lines(street, "org:20", "1998-12-31"), Contains("node lifetime 尚未设立 - [1999-01-01, )"));
}

TEST(ShowTest, SymmetricTieHasNoDirection) {
  Ledgers ledgers = SmallStreet();
  ledgers["ties.csv"] = "kind,from_node,to_node,from,to,attributes\npairing,org:12,org:11,2024-01-01,,\n";
  Organization street;
  street.Import(ledgers);
  EXPECT_THAT(Lines(street, "org:11", "2026-01-01"), Contains("tie pairing  org:12 [2024-01-01, )"));
  EXPECT_THAT(Lines(street, "org:12", "2026-01-01"), Contains("tie pairing  org:11 [2024-01-01, )"));
}

TEST(ShowTest, UnknownNodeIsNotFound) {
  Organization street;
  street.Import(SmallStreet());
  EXPECT_TRUE(absl::IsNotFound(Show(street.store(), street.version(), model::NodeNumber(model::NodeKind::kUnit, 99),
                                    Day("2026-01-01"), Language::kChinese)
                                   .status()));
}

}  // namespace
}  // namespace jiceng::engine
