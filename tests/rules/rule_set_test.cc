#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/status.h"
#include "tests/rules/frozen_catalogue.h"

namespace jiceng::testing {
namespace {

using rules::Rule;
using rules::RuleSet;

// What Create says of the frozen rules after one change to one of them.
std::string Refusal(std::string_view id, void (*change)(Rule*)) {
  std::vector<Rule> records = FrozenRecords();
  for (Rule& rule : records) {
    if (rule.id == id) {
      change(&rule);
      break;
    }
  }
  const auto set = RuleSet::Create(records, FrozenModel());
  if (set.ok()) return "accepted";
  EXPECT_EQ(base::ErrorReason(set.status()), "BAD_RULE");
  EXPECT_THAT(base::ErrorField(set.status()), ::testing::StartsWith("rules["));
  return std::string(set.status().message());
}

TEST(RuleSetTest, FindsByIdAndAlias) {
  std::vector<Rule> records = FrozenRecords();
  records[0].aliases = {"branch.minimum"};
  const RuleSet set = RuleSet::Create(records, FrozenModel()).value();
  EXPECT_EQ(set.Find("branch.min-members"), 0);
  EXPECT_EQ(set.Find("branch.minimum"), 0);
  EXPECT_EQ(set.Find("nothing"), -1);
  EXPECT_EQ(RuleSet().size(), 0);
  EXPECT_EQ(RuleSet().Find("branch.min-members"), -1);
}

TEST(RuleSetTest, WordsTheCatalogueDoesNotHaveAreRefused) {
  EXPECT_THAT(Refusal("branch.min-members", [](Rule* r) { r->domain.org_kinds = {"party_brunch"}; }),
              ::testing::HasSubstr("party_brunch"));
  EXPECT_THAT(
      Refusal("grid.head-vacant", [](Rule* r) { std::get<rules::CountBounds>(r->shape).measure.roles = {"boss"}; }),
      ::testing::HasSubstr("boss"));
  EXPECT_THAT(Refusal("grid.head-vacant", [](Rule* r) { r->domain.unit_levels = {"gird"}; }),
              ::testing::HasSubstr("gird"));
  EXPECT_THAT(Refusal("report.duplicate", [](Rule* r) { std::get<rules::Uniqueness>(r->shape).tie_kind = "raport"; }),
              ::testing::HasSubstr("raport"));
  EXPECT_THAT(Refusal("branch.min-members",
                      [](Rule* r) { std::get<rules::CountBounds>(r->shape).measure.manners = {"normal"}; }),
              ::testing::HasSubstr("normal"));
  EXPECT_THAT(Refusal("branch.min-members",
                      [](Rule* r) { std::get<rules::CountBounds>(r->shape).measure.party_statuses = {"entire"}; }),
              ::testing::HasSubstr("entire"));
}

TEST(RuleSetTest, ShapesThatCannotFitTheDomainAreRefused) {
  EXPECT_NE(Refusal("branch.min-members", [](Rule* r) { r->domain.node_kinds = {"person"}; }),
            "accepted");  // nobody is affiliated to a person
  EXPECT_NE(Refusal("term.expired", [](Rule* r) { r->domain.node_kinds = {"unit"}; }), "accepted");
  EXPECT_NE(Refusal("report.duplicate", [](Rule* r) { r->domain.node_kinds = {"unit"}; }), "accepted");
  EXPECT_NE(Refusal("report.duplicate",
                    [](Rule* r) {
                      r->domain.node_kinds = {"org"};
                      std::get<rules::Uniqueness>(r->shape).tie_kind = "pairing";
                    }),
            "accepted");
  EXPECT_NE(Refusal("report.member-unreported",
                    [](Rule* r) { std::get<rules::Deadline>(r->shape).required_tie_kind = "employment"; }),
            "accepted");
}

TEST(RuleSetTest, RecordsWithoutWhatARuleNeedsAreRefused) {
  EXPECT_NE(Refusal("branch.min-members", [](Rule* r) { r->citations.clear(); }), "accepted");
  EXPECT_NE(Refusal("branch.min-members", [](Rule* r) { r->level = rules::Level::kUnspecified; }), "accepted");
  EXPECT_NE(Refusal("branch.min-members", [](Rule* r) { r->shape = {}; }), "accepted");
  EXPECT_NE(Refusal("branch.min-members", [](Rule* r) { r->domain.node_kinds.clear(); }), "accepted");
  EXPECT_NE(Refusal("branch.min-members", [](Rule* r) { r->id = "branch.max-members"; }), "accepted");
  EXPECT_NE(Refusal("branch.min-members", [](Rule* r) { std::get<rules::CountBounds>(r->shape).bounds.clear(); }),
            "accepted");
  EXPECT_NE(Refusal("report.member-unreported", [](Rule* r) { r->parameters.clear(); }), "accepted");
}

TEST(RuleSetTest, NormWithoutDataNeedsNoShape) {
  EXPECT_EQ(Refusal("branch.min-members",
                    [](Rule* r) {
                      r->shape = {};
                      r->not_evaluable = true;
                    }),
            "accepted");
}

TEST(RuleSetTest, ParameterIsCheckedAgainstItsDeclaration) {
  rules::Parameters set;
  const RuleSet& rules = FrozenRules();
  EXPECT_TRUE(rules.SetParameter("report.deadline_days", "30", &set).ok());
  EXPECT_EQ(set.at("report.deadline_days"), 30);
  for (const char* bad : {"", "-1", "3.5", "30 days", " 30", "99999999999999999999"}) {
    EXPECT_EQ(base::ErrorReason(rules.SetParameter("report.deadline_days", bad, &set)), "BAD_PARAMETER") << bad;
  }
  const absl::Status unknown = rules.SetParameter("report.deadline", "30", &set);
  EXPECT_EQ(base::ErrorReason(unknown), "UNKNOWN_PARAMETER");
  EXPECT_THAT(std::string(unknown.message()), ::testing::HasSubstr("report.deadline_days"));
}

TEST(RuleSetTest, LockedParameterCannotBeSet) {
  std::vector<Rule> records = FrozenRecords();
  for (Rule& rule : records) {
    for (rules::Parameter& parameter : rule.parameters) parameter.override_ = rules::Override::kLocked;
  }
  rules::Parameters set;
  EXPECT_EQ(
      base::ErrorReason(RuleSet::Create(records, FrozenModel())->SetParameter("report.deadline_days", "30", &set)),
      "PARAMETER_LOCKED");
}

TEST(ComparatorTest, YiShangIncludesTheFigureAndChaoGuoDoesNot) {
  using rules::Comparator;
  EXPECT_TRUE(rules::Satisfies(50, Comparator::kAtLeast, 50));
  EXPECT_FALSE(rules::Satisfies(49, Comparator::kAtLeast, 50));
  EXPECT_FALSE(rules::Satisfies(50, Comparator::kMoreThan, 50));
  EXPECT_TRUE(rules::Satisfies(51, Comparator::kMoreThan, 50));
  EXPECT_TRUE(rules::Satisfies(50, Comparator::kAtMost, 50));
  EXPECT_FALSE(rules::Satisfies(51, Comparator::kAtMost, 50));
  EXPECT_TRUE(rules::Satisfies(49, Comparator::kLessThan, 50));
  EXPECT_FALSE(rules::Satisfies(50, Comparator::kLessThan, 50));
}

}  // namespace
}  // namespace jiceng::testing
