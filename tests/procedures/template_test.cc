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
  for (const char* id : {"report.member", "report.post", "report.unit", "appointment.part-time-member", "secondment",
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

// Books that are lent: an order names a book, and a book knows how many have it.
std::vector<Procedure> Library() {
  const auto field = [](const char* id, procedures::FieldType type) {
    procedures::Field made;
    made.id = id;
    made.type = type;
    return made;
  };
  Procedure book = Inquiry(), order = Inquiry();
  book.id = "book";
  book.opening = {field("copies", procedures::FieldType::kCount), field("shelf", procedures::FieldType::kChoice)};
  book.opening[1].choices = {"open", "closed"};
  procedures::Tally lent;
  lent.id = "lent";
  lent.procedure = "order";
  lent.field = "book";
  lent.states = {"asked"};
  book.tallies = {lent};
  order.id = "order";
  order.opening = {field("book", procedures::FieldType::kMatter)};
  order.opening[0].procedures = {"book"};
  procedures::Guard left;
  left.id = "left";
  left.refusal = {"{book} {value}/{figure}", "{book} {book.copies}"};
  procedures::Count count;
  count.fields = {"book.lent"};
  count.comparator = procedures::Comparator::kLessThan;
  count.amount.field = "book.copies";
  left.test = count;
  order.transitions[0].guards = {left};
  return {book, order};
}

std::string Refused(const std::vector<Procedure>& procedures) {
  const auto set = ProcedureSet::Create(procedures, Catalogue().model);
  if (set.ok()) return "";
  EXPECT_EQ(base::ErrorReason(set.status()), "BAD_PROCEDURE");
  return base::ErrorField(set.status()) + " " + std::string(set.status().message());
}

TEST(TemplateTest, MattersThatReferToOthers) {
  EXPECT_EQ(Refused(Library()), "");
  std::vector<Procedure> p = Library();
  std::swap(p[0], p[1]);  // in any order
  EXPECT_EQ(Refused(p), "");
  p = Library();
  p[0].tallies.clear();
  p[1].transitions[0].guards.clear();
  p[1].opening[0].procedures = {"film"};
  EXPECT_THAT(Refused(p), HasSubstr("procedures[1].opening[0].procedures[0] "));
  p[1].opening[0].procedures.clear();
  EXPECT_THAT(Refused(p), HasSubstr("procedures[1].opening[0].procedures "));
  p = Library();
  p[0].opening[0].procedures = {"order"};
  EXPECT_THAT(Refused(p), HasSubstr("procedures[0].opening[0].procedures "));
  p = Library();
  p[1].transitions[0].evidence = p[1].opening;
  p[1].transitions[0].evidence[0].procedures = {"book", "order"};
  EXPECT_THAT(Refused(p), HasSubstr("'book' is of other templates elsewhere"));
}

TEST(TemplateTest, TalliesCountWhatIsThere) {
  const auto refused = [](auto change) {
    std::vector<Procedure> p = Library();
    change(&p[0].tallies[0]);
    return Refused(p);
  };
  using procedures::Tally;
  EXPECT_THAT(refused([](Tally* t) { t->procedure = "film"; }), HasSubstr("procedures[0].tallies[0].procedure "));
  EXPECT_THAT(refused([](Tally* t) { t->field = "copies"; }), HasSubstr("procedures[0].tallies[0].field "));
  EXPECT_THAT(refused([](Tally* t) { t->states = {"lost"}; }), HasSubstr("procedures[0].tallies[0].states[0] "));
  EXPECT_THAT(refused([](Tally* t) { t->states = {"answered"}; }), HasSubstr("is over and refers to nothing"));
  EXPECT_THAT(refused([](Tally* t) { t->id = "copies"; }), HasSubstr("procedures[0].tallies[0].id "));
  EXPECT_THAT(refused([](Tally* t) { t->id = "state"; }), HasSubstr("procedures[0].tallies[0].id "));
  EXPECT_THAT(refused([](Tally* t) { t->id = "a.b"; }), HasSubstr("procedures[0].tallies[0].id "));
}

TEST(TemplateTest, WordsOfAnotherMatter) {
  const auto refused = [](auto change) {
    std::vector<Procedure> p = Library();
    procedures::Guard& guard = p[1].transitions[0].guards[0];
    change(&guard, &std::get<procedures::Count>(guard.test));
    return Refused(p);
  };
  using procedures::Count;
  using procedures::Guard;
  const std::string guard = "procedures[1].transitions[0].guards[0]";
  EXPECT_THAT(refused([](Guard*, Count* c) { c->fields = {"book.pages"}; }), HasSubstr(guard + ".count.fields "));
  EXPECT_THAT(refused([](Guard*, Count* c) { c->fields = {"book.shelf"}; }), HasSubstr("is a choice, not a count"));
  EXPECT_THAT(refused([](Guard*, Count* c) { c->fields = {"film.copies"}; }), HasSubstr("no step tells of 'film'"));
  EXPECT_THAT(refused([](Guard*, Count* c) { c->amount.field = "book.book"; }),
              HasSubstr(guard + ".count.amount.field "));
  EXPECT_THAT(refused([](Guard* g, Count*) { g->refusal.en = "{pages}"; }), HasSubstr(guard + ".refusal.en "));
  EXPECT_THAT(refused([](Guard* g, Count*) { g->refusal.zh = "{value"; }), HasSubstr(guard + ".refusal.zh "));
  EXPECT_EQ(refused([](Guard* g, Count*) { g->when = procedures::OneOf{"book.state", {"asked", "answered"}}; }), "");
  EXPECT_THAT(refused([](Guard* g, Count*) {
                g->when = procedures::OneOf{"book.state", {"lost"}};
              }),
              HasSubstr(guard + ".when.words "));
  EXPECT_EQ(refused([](Guard* g, Count*) { g->when = procedures::OneOf{"body.kind", {"party_branch"}}; }), "");
  EXPECT_EQ(refused([](Guard* g, Count*) { g->when = procedures::OneOf{"book.body.kind", {"party_branch"}}; }), "");
  EXPECT_THAT(refused([](Guard* g, Count*) {
                g->when = procedures::OneOf{"body.parent_id", {"x"}};
              }),
              HasSubstr("is no fact that may be asked of a org"));
  EXPECT_EQ(refused([](Guard* g, Count*) { g->test = procedures::Same{"body", "book.body"}; }), "");
  EXPECT_THAT(refused([](Guard* g, Count*) {
                g->test = procedures::Same{"body", "actor"};
              }),
              HasSubstr(guard + ".same.other "));
  EXPECT_THAT(refused([](Guard* g, Count*) {
                g->test = procedures::Same{"body", "book.copies"};
              }),
              HasSubstr("is a count, not a node"));
  EXPECT_EQ(refused([](Guard* g, Count*) {
              procedures::TieTest any;
              any.tie_kind = "appointment";
              any.from = "actor";
              g->test = any;
            }),
            "");
  EXPECT_THAT(refused([](Guard* g, Count*) {
                procedures::TieTest any;
                any.tie_kind = "pairing";  // leads both ways
                any.from = "body";
                g->test = any;
              }),
              HasSubstr(guard + ".tie.to "));
}

// All editions of what is named are looked at.
TEST(TemplateTest, AnEditionWithoutTheWord) {
  std::vector<Procedure> p = Library();
  p.push_back(p[0]);
  p[2].version = 2;
  EXPECT_EQ(Refused(p), "");
  p[2].opening.erase(p[2].opening.begin());
  EXPECT_THAT(Refused(p), HasSubstr("of 'book' 2: no step tells of 'copies'"));
}

TEST(TemplateTest, OneMatterAndNotOneBehindIt) {
  std::vector<Procedure> p = Library();
  Procedure reader = Inquiry();
  reader.id = "reader";
  reader.opening = p[1].opening;
  reader.opening[0].id = "order";
  reader.opening[0].procedures = {"order"};
  procedures::Guard guard = p[1].transitions[0].guards[0];
  guard.refusal = {};
  std::get<procedures::Count>(guard.test).fields = {"order.book.copies"};
  std::get<procedures::Count>(guard.test).amount = {1, "", ""};
  reader.transitions[0].guards = {guard};
  p.push_back(reader);
  EXPECT_THAT(Refused(p), HasSubstr("a word looks at one other matter, not at one behind it"));
}

TEST(TemplateTest, TheSameEditionTwice) {
  const auto set = ProcedureSet::Create({Inquiry(), Inquiry()}, Catalogue().model);
  EXPECT_THAT(std::string(set.status().message()), HasSubstr("'inquiry' 1 is given twice"));
}

}  // namespace
}  // namespace jiceng::testing
