// Templates that cannot be run are refused when they are loaded, with the place.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

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
