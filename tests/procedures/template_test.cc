// Templates that cannot be run are refused when they are loaded, with the place.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>

#include "base/status.h"
#include "procedures/procedure.h"
#include "wire/catalogue.h"

namespace jiceng::testing {
namespace {

using procedures::Procedure;
using procedures::ProcedureSet;
using ::testing::HasSubstr;

const wire::Catalogue& Catalogue() {
  static const auto* const kCatalogue = new wire::Catalogue(wire::DecodeCatalogue(wire::BuiltinCatalogue()).value());
  return *kCatalogue;
}

// A body is asked and answers within five working days.
Procedure Inquiry() {
  Procedure p;
  p.id = "inquiry";
  p.version = 1;
  procedures::Subject body;
  body.id = "body";
  body.node_kind = "org";
  p.subjects = {body};
  p.openers = {procedures::Actor{}};
  p.states = {{"asked", {}, false, false}, {"answered", {}, true, false}};
  procedures::Transition answer;
  answer.id = "answer";
  answer.from = {"asked"};
  answer.to = "answered";
  procedures::Actor secretary;
  secretary.subject = "body";
  secretary.roles = {"secretary"};
  answer.actors = {secretary};
  p.transitions = {answer};
  procedures::Clock clock;
  clock.id = "answer-in-time";
  clock.amount = 5;
  clock.unit = procedures::LimitUnit::kWorkingDays;
  clock.begins_with = {"open"};
  p.clocks = {clock};
  return p;
}

std::string Refused(Procedure procedure) {
  const auto set = ProcedureSet::Create({std::move(procedure)}, Catalogue().model);
  if (set.ok()) return "";
  EXPECT_EQ(base::ErrorReason(set.status()), "BAD_PROCEDURE");
  return base::ErrorField(set.status()) + " " + std::string(set.status().message());
}

TEST(TemplateTest, OneThatRunsIsTaken) { EXPECT_EQ(Refused(Inquiry()), ""); }

TEST(TemplateTest, BuiltInOnesAreThere) {
  for (const char* id : {"report.member", "report.unit", "appointment.part-time-member", "secondment",
                         "case.four-orders", "case.whistle", "deliberation"})
    EXPECT_NE(Catalogue().procedures.Find(id), nullptr) << id;
  EXPECT_EQ(Catalogue().procedures.Find("report.member", 2), nullptr);
}

TEST(TemplateTest, StateNobodyReaches) {
  Procedure p = Inquiry();
  p.states.push_back({"lost", {}, true, false});
  EXPECT_THAT(Refused(p), HasSubstr("procedures[0].states[2] "));
  EXPECT_THAT(Refused(p), HasSubstr("no step leads to 'lost'"));
}

TEST(TemplateTest, WayThatEndsNowhere) {
  Procedure p = Inquiry();
  p.states.push_back({"shelved", {}, false, true});
  procedures::Transition shelve = p.transitions[0];
  shelve.id = "shelve";
  shelve.to = "shelved";
  p.transitions.push_back(shelve);
  EXPECT_THAT(Refused(p), HasSubstr("no way leads from 'shelved' to a final state"));
}

TEST(TemplateTest, WaitingWithoutAClock) {
  Procedure p = Inquiry();
  p.clocks.clear();
  EXPECT_THAT(Refused(p), HasSubstr("no clock is sure to run in 'asked'"));
  p.states[0].untimed = true;
  EXPECT_EQ(Refused(p), "");
}

TEST(TemplateTest, ClockThatOneOfTwoWaysStops) {
  Procedure p = Inquiry();
  p.states.push_back({"read", {}, false, false});
  procedures::Transition read = p.transitions[0], skim = p.transitions[0];
  read.id = "read";
  skim.id = "skim";
  read.to = skim.to = "read";
  p.transitions[0].from = {"asked", "read"};
  p.transitions.push_back(read);
  p.transitions.push_back(skim);
  EXPECT_EQ(Refused(p), "");
  p.clocks[0].stops_with = {"skim"};
  EXPECT_THAT(Refused(p), HasSubstr("no clock is sure to run in 'read'"));
}

TEST(TemplateTest, ChoicesHaveATitleEachOrNone) {
  Procedure p = Inquiry();
  procedures::Field field;
  field.id = "tone";
  field.type = procedures::FieldType::kChoice;
  field.choices = {"kind", "curt"};
  p.transitions[0].evidence.push_back(field);
  EXPECT_EQ(Refused(p), "");
  std::vector<procedures::Text>& titles = p.transitions[0].evidence.back().choice_titles;
  titles = {{"和气", "kind"}};
  EXPECT_THAT(Refused(p), HasSubstr("choice_titles: every word has one, or none has"));
  titles.push_back({"生硬", "curt"});
  EXPECT_EQ(Refused(p), "");
  EXPECT_EQ(p.transitions[0].evidence.back().TitleOf("curt")->zh, "生硬");
  EXPECT_EQ(p.transitions[0].evidence.back().TitleOf("rude"), nullptr);
}

// People who read a table are shown what a choice is called, never its word.
TEST(TemplateTest, BuiltInChoicesHaveTitles) {
  for (const Procedure& procedure : Catalogue().procedures.procedures()) {
    for (const procedures::Transition& transition : procedure.transitions) {
      for (const procedures::Field& field : transition.evidence) {
        for (const std::string& choice : field.choices)
          EXPECT_NE(field.TitleOf(choice), nullptr) << procedure.id << " " << field.id << " " << choice;
      }
    }
  }
}

TEST(TemplateTest, RoleNobodyKnows) {
  Procedure p = Inquiry();
  p.transitions[0].actors[0].roles = {"mayor"};
  EXPECT_THAT(Refused(p), HasSubstr("procedures[0].transitions[0].actors[0].roles[0] "));
}

TEST(TemplateTest, FieldNoStepTellsOf) {
  Procedure p = Inquiry();
  procedures::Guard guard;
  guard.id = "enough";
  procedures::Count count;
  count.fields = {"pages"};
  count.comparator = procedures::Comparator::kAtLeast;
  guard.test = count;
  p.transitions[0].guards = {guard};
  EXPECT_THAT(Refused(p), HasSubstr("no step tells of 'pages'"));
}

// The inquiry with the days to answer as a parameter.
Procedure Parametrized(std::optional<int64_t> days) {
  Procedure p = Inquiry();
  rules::Parameter parameter;
  parameter.name = "inquiry.days";
  parameter.type = rules::ParameterType::kCount;
  parameter.override_ = rules::Override::kReplace;
  parameter.default_value = days;
  p.parameters = {parameter};
  p.clocks[0].amount = 0;
  p.clocks[0].parameter = "inquiry.days";
  rules::Citation citation;
  citation.document = "test";
  citation.confidence = rules::Confidence::kHouse;
  p.citations = {citation};
  return p;
}

TEST(TemplateTest, ParameterInPlaceOfAFigure) {
  EXPECT_EQ(Refused(Parametrized(5)), "");
  EXPECT_THAT(Refused(Parametrized(std::nullopt)), HasSubstr("no clock is sure to run in 'asked'"));
  EXPECT_THAT(Refused(Parametrized(10001)), HasSubstr("procedures[0].parameters[0].default_value "));
  Procedure p = Parametrized(5);
  p.clocks[0].parameter = "inquiry.weeks";
  EXPECT_THAT(Refused(p), HasSubstr("the template has no parameter 'inquiry.weeks'"));
  p = Parametrized(5);
  p.clocks[0].amount = 5;
  EXPECT_THAT(Refused(p), HasSubstr("procedures[0].clocks[0].amount "));
  p = Parametrized(5);
  p.parameters.push_back(p.parameters[0]);
  EXPECT_THAT(Refused(p), HasSubstr("procedures[0].parameters[1].name "));
  p = Parametrized(5);
  p.parameters[0].override_ = rules::Override::kTighten;
  EXPECT_THAT(Refused(p), HasSubstr("procedures[0].parameters[0].override "));
  p = Parametrized(5);
  p.place = "court";
  EXPECT_THAT(Refused(p), HasSubstr("procedures[0].place "));
}

TEST(TemplateTest, FiguresAreThoseOfAllEditions) {
  Procedure first = Parametrized(5), second = Parametrized(7);
  second.version = 2;
  first.parameters.push_back(first.parameters[0]);
  first.parameters[1].name = "inquiry.old";
  const auto set = ProcedureSet::Create({first, second}, Catalogue().model);
  ASSERT_TRUE(set.ok()) << set.status();
  const rules::RuleSet& figures = set->figures();
  ASSERT_EQ(figures.size(), 1);
  ASSERT_EQ(figures[0].parameters.size(), 2u);
  EXPECT_EQ(figures[0].parameters[0].default_value, 7);
  EXPECT_EQ(figures[0].parameters[1].name, "inquiry.old");
}

TEST(TemplateTest, StepFromAStateThatIsOver) {
  Procedure p = Inquiry();
  p.transitions[0].from = {"asked", "answered"};
  EXPECT_THAT(Refused(p), HasSubstr("procedures[0].transitions[0].from[1] "));
}

TEST(TemplateTest, TieNoSuchNodesHave) {
  Procedure p = Inquiry();
  procedures::Effect effect;
  effect.kind = procedures::EffectKind::kOpen;
  effect.tie_kind = "residence";
  effect.from = effect.to = "body";
  p.transitions[0].effects = {effect};
  EXPECT_THAT(Refused(p), HasSubstr("effects[0].from"));
}

TEST(TemplateTest, TheSameEditionTwice) {
  const auto set = ProcedureSet::Create({Inquiry(), Inquiry()}, Catalogue().model);
  EXPECT_THAT(std::string(set.status().message()), HasSubstr("'inquiry' 1 is given twice"));
}

}  // namespace
}  // namespace jiceng::testing
