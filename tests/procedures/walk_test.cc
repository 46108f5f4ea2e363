// Random walks through every template there is: no step leads to a state that is none, and what a matter looked like at a
// moment is what its rows say of that moment ever after.
#include <gtest/gtest.h>

#include <random>
#include <set>

#include "procedures/matter.h"
#include "tests/graph/organization_builder.h"
#include "wire/catalogue.h"

namespace jiceng::testing {
namespace {

using model::NodeKind;
using model::NodeNumber;
using procedures::Field;
using procedures::FieldType;
using procedures::Matter;
using procedures::Moment;
using procedures::Procedure;
using procedures::Step;
using procedures::Stretch;
using procedures::View;

const wire::Catalogue& Catalogue() {
  static const auto* const kCatalogue = new wire::Catalogue(wire::DecodeCatalogue(wire::BuiltinCatalogue()).value());
  return *kCatalogue;
}

// Everything a view says; a stretch that goes on says nothing yet of its end.
std::string Described(const View& view) {
  std::string text = "state " + std::to_string(view.state()) + " since " + MomentText(view.entered()) + "\n";
  for (const NodeNumber node : view.subjects()) text += std::to_string(node.bits()) + " ";
  text += procedures::EncodeEvidence(view.values()) + procedures::EncodeEvidence(view.sums());
  for (size_t t = 0; t < view.procedure().transitions.size(); ++t)
    text += std::to_string(view.times(static_cast<int>(t))) + " ";
  for (const Stretch& s : view.stretches()) {
    text += "\nclock " + std::to_string(s.clock) + " " + std::to_string(s.why) + " " + MomentText(s.begun) + " " +
            MomentText(s.since);
    if (s.until != procedures::kNever) text += " until " + MomentText(s.until);
    if (s.due != procedures::kNever) text += " due " + MomentText(s.due);
  }
  return text;
}

class Walk {
 public:
  Walk(const Procedure& procedure, uint64_t seed) : p_(procedure), random_(seed) {
    // Everybody may do everything, or nobody: who acts is drawn from both.
    const NodeNumber city = b_.Unit("32", model::Level::kProvince);
    const NodeNumber unit = b_.Unit("320102001001", model::Level::kCommunity, city);
    officer_ = b_.Person("officer");
    stranger_ = b_.Person("stranger");
    b_.Tie(model::TieKind::kResidence, stranger_, unit);
    for (const procedures::Subject& subject : p_.subjects) {
      NodeNumber node;
      if (subject.kind == NodeKind::kPerson) node = stranger_;
      if (subject.kind == NodeKind::kUnit) node = unit;
      if (subject.kind == NodeKind::kOrganization) {
        node = b_.Org(subject.id, subject.kind_numbers.empty() ? 150 : subject.kind_numbers[0], unit);
        for (const model::Role& role : Catalogue().model.roles())
          b_.Tie(model::TieKind::kAppointment, officer_, node, {}, static_cast<model::RoleNumber>(role.number), 1);
        // Who a matter is about may have a post or work there.
        const model::Role* secretary = Catalogue().model.FindRole("secretary");
        if (Chance(2))
          b_.Tie(model::TieKind::kAppointment, stranger_, node, {}, static_cast<model::RoleNumber>(secretary->number),
                 1);
        if (Chance(2)) b_.Tie(model::TieKind::kEmployment, stranger_, node);
        orgs_.push_back(node);
      }
      subjects_.push_back(subject.optional && Chance(3) ? NodeNumber() : node);
    }
    for (const NodeNumber a : orgs_) {
      for (const NodeNumber b : orgs_) {
        if (a != b && Chance(2)) b_.Tie(model::TieKind::kAlliance, a, b);
      }
    }
    graph_ = b_.Build();
  }

  void Run() {
    Moment at{Day("2025-09-25"), static_cast<int32_t>(random_() % 1440)};
    Matter matter;
    matter.id = "walk";
    matter.subjects = subjects_;
    Step opening{at, "", Actor(), Evidence(p_.opening), Figures()};
    if (!JudgeOpening(p_, subjects_, opening, Around()).empty()) return;
    matter.steps.push_back(opening);
    View view = View::Open(p_, subjects_, opening, Catalogue().calendar);
    std::vector<std::string> described = {Described(view)};
    int refused = 0;
    while (!view.over() && refused < 200 && matter.steps.size() < 60) {
      at = Later(at);
      const size_t pick = random_() % p_.transitions.size();
      const procedures::Transition& t = p_.transitions[pick];
      const Step step{at, t.id, Actor(), Evidence(t.evidence), Figures()};
      const auto refusals = JudgeStep(view, step, Around());
      if (!refusals.empty()) {
        for (const auto& refusal : refusals) {
          EXPECT_FALSE(refusal.text.zh.empty() || refusal.text.en.empty()) << refusal.code;
          EXPECT_EQ(refusal.text.en.find('{'), std::string::npos) << refusal.text.en;
        }
        ++refused;
        continue;
      }
      EXPECT_TRUE(t.LeadsFrom(view.state()));
      EffectsOf(view, step, *graph_);
      view.Take(static_cast<int>(pick), step, Catalogue().calendar);
      ASSERT_TRUE(view.state() >= 0 && view.state() < static_cast<int>(p_.states.size()));
      if (matter.steps.back().at == at) described.pop_back();  // of a minute the last step speaks
      if (matter.steps.back().at == at && !moments_.empty()) moments_.pop_back();
      matter.steps.push_back(step);
      described.push_back(Described(view));
      moments_.push_back(at);
      states_.insert(view.state());
    }
    moments_.insert(moments_.begin(), matter.steps[0].at);
    if (moments_.size() > described.size()) moments_.erase(moments_.begin());  // a step in the minute of the opening
    CheckKept(matter, described);
  }
  const std::set<int>& states() const { return states_; }

 private:
  bool Chance(uint64_t one_in) { return random_() % one_in == 0; }
  procedures::Surroundings Around() const { return {*graph_, Catalogue().model, Catalogue().calendar}; }
  NodeNumber Actor() { return Chance(8) ? NodeNumber() : Chance(4) ? stranger_ : officer_; }
  Moment Later(Moment at) {
    const int64_t minutes = at.Minutes() + static_cast<int64_t>(random_() % (Chance(4) ? 14400 : 900));
    return {base::Date::FromDays(static_cast<int32_t>(minutes / 1440)), static_cast<int32_t>(minutes % 1440)};
  }
  procedures::Values Evidence(const std::vector<Field>& fields) {
    procedures::Values values;
    for (const Field& field : fields) {
      if (field.optional ? Chance(2) : Chance(40)) continue;
      procedures::Value value;
      value.type = field.type;
      switch (field.type) {
        case FieldType::kCount:
          value.number = static_cast<int64_t>(random_() % 6);
          break;
        case FieldType::kFlag:
          value.number = static_cast<int64_t>(random_() % 2);
          break;
        case FieldType::kDate:
          value.number = Day("2025-09-20").days() + static_cast<int64_t>(random_() % 90);
          break;
        case FieldType::kChoice:
          value.text = field.choices[random_() % field.choices.size()];
          break;
        case FieldType::kNode:
          value.number = orgs_[random_() % orgs_.size()].ToInt64();
          break;
        default:
          value.text = "说明=一 @x";
      }
      procedures::Put(field.id, value, &values);
    }
    return values;
  }

  // As if packs came and went from step to step.
  std::vector<procedures::Figure> Figures() {
    std::vector<procedures::Figure> figures;
    for (const rules::Parameter& parameter : p_.parameters) {
      if (Chance(4)) figures.push_back({parameter.name, static_cast<int64_t>(random_() % 5)});
    }
    return figures;
  }

  // From the bytes that are kept alone, whenever it is asked.
  void CheckKept(const Matter& matter, const std::vector<std::string>& described) {
    Matter kept = procedures::DecodeOpening(p_, procedures::EncodeOpening(p_, matter)).value();
    kept.steps[0].at = matter.steps[0].at;
    for (size_t i = 1; i < matter.steps.size(); ++i) {
      const Step& step = matter.steps[i];
      const std::string bytes = procedures::EncodeFigures(step.figures) + procedures::EncodeEvidence(step.evidence);
      std::string_view content = bytes;
      std::vector<procedures::Figure> figures = procedures::DecodeFigures(&content).value();
      EXPECT_EQ(figures, step.figures);
      kept.steps.push_back(
          {step.at, step.transition, step.actor, procedures::DecodeEvidence(content).value(), std::move(figures)});
    }
    EXPECT_EQ(kept.id, "walk");
    ASSERT_EQ(moments_.size(), described.size());
    for (size_t i = 0; i < moments_.size(); ++i) {
      const auto view = Replay(p_, kept, moments_[i], Catalogue().calendar);
      ASSERT_TRUE(view.ok()) << view.status();
      EXPECT_EQ(Described(*view), described[i]) << "as of " << MomentText(moments_[i]);
    }
  }

  const Procedure& p_;
  std::mt19937_64 random_;
  OrganizationBuilder b_;
  std::shared_ptr<const graph::Snapshot> graph_;
  NodeNumber officer_, stranger_;
  std::vector<NodeNumber> subjects_, orgs_;
  std::vector<Moment> moments_;
  std::set<int> states_;
};

TEST(WalkTest, EveryTemplateAnyWay) {
  for (const Procedure& procedure : Catalogue().procedures.procedures()) {
    std::set<int> states;
    for (uint64_t seed = 1; seed <= 1000; ++seed) {
      SCOPED_TRACE(procedure.id + " seed " + std::to_string(seed));
      Walk walk(procedure, seed);
      walk.Run();
      if (HasFatalFailure()) return;
      states.insert(walk.states().begin(), walk.states().end());
    }
    EXPECT_GE(states.size() + 1, procedure.states.size()) << procedure.id << ": the walks do not get everywhere";
  }
}

}  // namespace
}  // namespace jiceng::testing
