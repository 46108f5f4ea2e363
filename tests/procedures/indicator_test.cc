// Records about matters that ask for what is not there are refused when they are loaded, with the place.
#include "procedures/indicator.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/status.h"
#include "wire/catalogue.h"

namespace jiceng::testing {
namespace {

using procedures::MatterIndicator;
using ::testing::HasSubstr;

const wire::Catalogue& Catalogue() {
  static const auto* const kCatalogue = new wire::Catalogue(wire::DecodeCatalogue(wire::BuiltinCatalogue()).value());
  return *kCatalogue;
}

MatterIndicator Rate() {
  MatterIndicator indicator;
  indicator.id = "local.rate";
  indicator.title = indicator.numerator = indicator.denominator = {"率", "rate"};
  indicator.procedure = "report.member";
  indicator.part = "community";
  indicator.among = {{{}, {}, "feedback", ""}};
  indicator.counted = {{{}, {"feed_back"}, "", "feedback"}};
  return indicator;
}

// Where it is refused; "" when it is not.
std::string Refused(const MatterIndicator& indicator) {
  const auto set = procedures::IndicatorSet::Create({indicator}, Catalogue().procedures);
  if (set.ok()) return "";
  EXPECT_EQ(base::ErrorReason(set.status()), "BAD_INDICATOR");
  return base::ErrorField(set.status());
}

template <typename Change>
std::string Refused(Change change) {
  MatterIndicator indicator = Rate();
  change(&indicator);
  return Refused(indicator);
}

TEST(MatterIndicatorTest, OneOfKnownWordsIsTaken) {
  EXPECT_EQ(Refused(Rate()), "");
  for (const MatterIndicator& indicator : Catalogue().indicators.indicators()) {
    EXPECT_FALSE(indicator.title.zh.empty() || indicator.title.en.empty());
    EXPECT_EQ(Catalogue().indicators.Find(indicator.id), &indicator);
    EXPECT_LT(Catalogue().rules.Find(indicator.id), 0) << "a rule of the same name would never be rolled up";
  }
}

TEST(MatterIndicatorTest, WhatIsNotThereIsNamed) {
  EXPECT_EQ(Refused([](MatterIndicator* i) { i->id = "report.rate"; }), "matter_indicators[0].id");
  EXPECT_EQ(Refused([](MatterIndicator* i) { i->procedure = "report"; }), "matter_indicators[0].procedure");
  EXPECT_EQ(Refused([](MatterIndicator* i) { i->part = "member"; }), "matter_indicators[0].part") << "no unit";
  EXPECT_EQ(Refused([](MatterIndicator* i) { i->line_part = "boss"; }), "matter_indicators[0].line_part");
  EXPECT_EQ(Refused([](MatterIndicator* i) { i->line_part = "member"; }), "") << "a person has a formal affiliation";
  EXPECT_EQ(Refused([](MatterIndicator* i) { i->among[0].due = "answer"; }), "matter_indicators[0].among[0].due");
  EXPECT_EQ(Refused([](MatterIndicator* i) { i->counted[0].in_time = "x"; }),
            "matter_indicators[0].counted[0].in_time");
  EXPECT_EQ(Refused([](MatterIndicator* i) {
              i->counted[0].taken = {"feed_back", "x"};
            }),
            "matter_indicators[0].counted[0].taken[1]");
  EXPECT_EQ(Refused([](MatterIndicator* i) { i->counted[0].states = {"x"}; }),
            "matter_indicators[0].counted[0].states[0]");
  EXPECT_EQ(Refused([](MatterIndicator* i) { i->denominator = {}; }), "matter_indicators[0].denominator");
  EXPECT_EQ(Refused([](MatterIndicator* i) { i->steps = {"serve"}; }), "matter_indicators[0].steps") << "of a ratio";
  const auto sum = [](const char* step, const char* field) {
    return [=](MatterIndicator* i) {
      i->among.clear();
      i->denominator = {};
      i->steps = {step};
      i->field = field;
    };
  };
  EXPECT_EQ(Refused(sum("serve", "hours")), "");
  EXPECT_EQ(Refused(sum("serve", "served_on")), "matter_indicators[0].field") << "a day cannot be added up";
  EXPECT_EQ(Refused(sum("file", "hours")), "matter_indicators[0].field");
}

TEST(MatterRuleTest, IsAboutATemplateItsClocksAndWhatItIsAbout) {
  const auto refused = [](const char* procedure, std::vector<std::string> clocks, const char* kind) {
    rules::Rule rule;
    rule.id = "local.overdue";
    rule.level = rules::Level::kShould;
    rule.domain.node_kinds = {kind};
    rule.shape = rules::MatterOverdue{procedure, std::move(clocks)};
    const auto set = rules::RuleSet::Create({rule}, Catalogue().model, Catalogue().procedures.Words());
    if (!set.ok()) return std::string(set.status().message());
    return std::string((*set)[0].citations.at(0).document);
  };
  EXPECT_EQ(refused("deliberation", {"meeting"}, "unit"), "《中华人民共和国城市居民委员会组织法》") << "the template's";
  EXPECT_THAT(refused("deliberations", {}, "unit"), HasSubstr("'deliberations' is not a word"));
  EXPECT_THAT(refused("deliberation", {"meet"}, "unit"), HasSubstr("'meet' is not a word"));
  EXPECT_THAT(refused("deliberation", {}, "person"), HasSubstr("about nodes of the kind unit"));
  EXPECT_THAT(refused("appointment.part-time-member", {}, "person"), HasSubstr("has no clocks"));
}

}  // namespace
}  // namespace jiceng::testing
