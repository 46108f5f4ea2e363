#include "rules/message.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/rules/auditing.h"

namespace jiceng::testing {
namespace {

using model::NodeNumber;
using model::TieKind;
using rules::Language;

// The message of the only finding of a rule.
std::string MessageOf(const graph::Snapshot& s, std::string_view rule, std::string_view day, Language language,
                      const rules::Parameters& parameters = {}) {
  const rules::Findings findings = AuditOf(s, day, parameters);
  const int index = FrozenRules().Find(rule);
  for (const rules::Finding& f : findings.rows) {
    if (f.rule == index)
      return rules::RenderMessage(FrozenRules()[index], findings, f, language, [&](NodeNumber n) { return s.Text(n); });
  }
  return "no such finding";
}

TEST(MessageTest, PlaceholdersAreFilledInBothLanguages) {
  OrganizationBuilder b;
  const NodeNumber branch = b.Org("b", kPartyBranch);
  b.Formal(b.Person("p"), branch);
  const auto s = b.Build();
  EXPECT_EQ(MessageOf(*s, "branch.min-members", "2024-01-01", Language::kChinese), "有正式党员 1 人,还差 2 人");
  EXPECT_EQ(MessageOf(*s, "branch.min-members", "2024-01-01", Language::kEnglish), "1 full members; 2 missing");
}

TEST(MessageTest, TermIsWordedByWhatItIsJudgedBy) {
  OrganizationBuilder b;
  const NodeNumber branch = b.Org("b", kPartyBranch);
  b.Tie(TieKind::kAppointment, b.Person("s"), branch, Days("2020-02-29"), kSecretary, 1);
  EXPECT_EQ(MessageOf(*b.Build(), "term.expired", "2023-03-10", Language::kChinese), "2023-02-28 届满,逾期 10 天");
  b.Term({branch, 1, Day("2018-01-01"), 3, base::Date::Forever(), base::Date::Forever(), false});
  EXPECT_EQ(MessageOf(*b.Build(), "term.expired", "2023-03-10", Language::kEnglish),
            "the latest term ended on 2021-01-01");
}

TEST(MessageTest, NodesAreNamedByTheirTextOnly) {
  OrganizationBuilder b;
  const NodeNumber community = b.Unit("320102002001", model::Level::kCommunity);
  const NodeNumber person = b.Person("p", model::PartyStatus::kFull, true);
  b.Tie(TieKind::kResidence, person, community, Days("2024-01-01"));
  EXPECT_EQ(MessageOf(*b.Build(), "report.member-unreported", "2024-03-01", Language::kChinese,
                      {{"report.deadline_days", 30}}),
            "在 unit:320102002001 居住 60 天未报到");
}

TEST(MessageTest, CaseTheRuleDoesNotWordIsWordedByDefault) {
  const auto s = OrganizationBuilder().Build();
  EXPECT_EQ(MessageOf(*s, "report.member-unreported", "2024-01-01", Language::kChinese),
            "无法判断:未设定参数 report.deadline_days");
  EXPECT_EQ(MessageOf(*s, "report.member-unreported", "2024-01-01", Language::kEnglish),
            "cannot be judged: parameter report.deadline_days has no value");
}

TEST(MessageTest, BracesThatNameNothingStayAsTheyAre) {
  rules::Rule rule = FrozenRecords()[0];
  rule.messages = {{rules::MessageCase::kUnmet, {"{nothing} {value", "{}"}}};
  rules::Findings findings;
  rules::Finding finding;
  finding.message = rules::MessageCase::kUnmet;
  const auto text = [](NodeNumber) { return std::string("node"); };
  EXPECT_EQ(rules::RenderMessage(rule, findings, finding, Language::kChinese, text), "{nothing} {value");
  EXPECT_EQ(rules::RenderMessage(rule, findings, finding, Language::kEnglish, text), "{}");
}

TEST(MessageTest, CitationSaysDocumentVersionArticleAndConfidence) {
  rules::Citation citation;
  citation.document = "《中国共产党支部工作条例(试行)》";
  citation.version = base::PartialDate::Parse("2018-10-28").value();
  citation.article = "Art. 20";
  citation.confidence = rules::Confidence::kVerifiedMirror;
  EXPECT_EQ(rules::RenderCitation(citation), "《中国共产党支部工作条例(试行)》 (2018-10-28) Art. 20 [V-]");
  citation.version = base::PartialDate::Parse("2018-07").value();
  citation.article = "";
  citation.confidence = rules::Confidence::kHouse;
  EXPECT_EQ(rules::RenderCitation(citation), "《中国共产党支部工作条例(试行)》 (2018-07) [house]");
}

TEST(MessageTest, FactsOfANodeOutsideTheDomainSayWhy) {
  OrganizationBuilder b;
  const NodeNumber employer = b.Org("e", kEmployer),
                   closed = b.Org("c", kPartyBranch, {}, {}, Days("2010-01-01", "2020-01-01"));
  const auto s = b.Build();
  const int rule = FrozenRules().Find("branch.min-members");
  const auto facts = [&](NodeNumber node) {
    const auto findings = rules::Explain(*s, FrozenModel(), FrozenRules(), rule, node, Day("2024-01-01"), {}).value();
    return rules::RenderFacts(FrozenRules()[rule], findings, findings.rows[0], FrozenModel(),
                              [&](NodeNumber n) { return s->Text(n); });
  };
  EXPECT_THAT(facts(employer), ::testing::ElementsAre("org:e kind = employer"));
  EXPECT_THAT(facts(closed), ::testing::ElementsAre("org:c exists in [2010-01-01, 2020-01-01)"));
}

}  // namespace
}  // namespace jiceng::testing
