// Random walks through every template there is: no step leads to a state that is none, and what a matter looked like at a
// moment is what its rows say of that moment ever after.
#include <gtest/gtest.h>

#include <algorithm>
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
  for (const procedures::Reference& reference : view.references()) {
    text += "\nrefers " + std::to_string(reference.field) + " " + std::to_string(reference.to) + " in " +
            std::to_string(reference.state) + " " + MomentText(reference.since);
    if (reference.until != procedures::kNever) text += " until " + MomentText(reference.until);
  }
  return text;
}

// The matters beside the one that walks: those it may name, and others that name them too.  Numbered from 1.
class Others : public procedures::OtherMatters {
 public:
  std::optional<uint32_t> Find(std::string_view id) const override {
    for (size_t i = 0; i < all_.size(); ++i) {
      if (all_[i].second.id == id) return static_cast<uint32_t>(i + 1);
    }
    return std::nullopt;
  }
  std::string IdOf(uint32_t matter) const override { return Is(matter) ? all_[matter - 1].second.id : ""; }
  std::optional<View> At(uint32_t matter, Moment at) const override {
    if (!Is(matter)) return std::nullopt;
    const auto& [procedure, kept] = all_[matter - 1];
    auto view = Replay(*procedure, kept, at, Catalogue().calendar);
    return view.ok() ? std::optional(*std::move(view)) : std::nullopt;
  }
  // From how each of them stood then, and not from when it came to that.
  int64_t Count(const procedures::Tally& tally, uint32_t matter, Moment at, uint32_t except) const override {
    int64_t count = 0;
    for (uint32_t i = 1; i <= all_.size(); ++i) {
      const std::optional<View> view = i == except ? std::nullopt : At(i, at);
      if (!view.has_value() || view->over() || view->procedure().id != tally.procedure) continue;
      const procedures::Value* told = Find(view->values(), tally.field);
      if (told == nullptr || told->number != matter) continue;
      const std::string& state = view->procedure().states[static_cast<size_t>(view->state())].id;
      count += tally.states.empty() || std::count(tally.states.begin(), tally.states.end(), state) > 0 ? 1 : 0;
    }
    return count;
  }
  static const procedures::Value* Find(const procedures::Values& values, std::string_view field) {
    return procedures::Find(values, field);
  }
  bool Is(uint32_t matter) const { return matter >= 1 && matter <= all_.size(); }
  uint32_t Add(const Procedure& procedure, Matter matter) {
    matter.id = "M" + std::to_string(all_.size() + 1);
    all_.emplace_back(&procedure, std::move(matter));
    return static_cast<uint32_t>(all_.size());
  }
  Matter& Of(uint32_t matter) { return all_[matter - 1].second; }
  std::vector<uint32_t> Those(const std::vector<std::string>& procedures) const {
    std::vector<uint32_t> those;
    for (size_t i = 0; i < all_.size(); ++i) {
      if (std::count(procedures.begin(), procedures.end(), all_[i].first->id) > 0)
        those.push_back(static_cast<uint32_t>(i + 1));
    }
    return those;
  }

 private:
  std::vector<std::pair<const Procedure*, Matter>> all_;
};

// The templates that a matter of this one may name.
std::vector<const Procedure*> Named(const Procedure& procedure) {
  std::vector<const Procedure*> named;
  const auto add = [&](const std::vector<Field>& fields) {
    for (const Field& field : fields) {
      for (const std::string& id : field.procedures) named.push_back(Catalogue().procedures.Find(id));
    }
  };
  add(procedure.opening);
  for (const procedures::Transition& transition : procedure.transitions) add(transition.evidence);
  return named;
}

class Walk {
 public:
  Walk(const Procedure& procedure, uint64_t seed) : p_(procedure), random_(seed) {
    // Everybody may do everything, or nobody: who acts is drawn from both.
    const NodeNumber city = b_.Unit("32", model::Level::kProvince);
    const NodeNumber unit = b_.Unit("320102001001", model::Level::kCommunity, city);
    officer_ = b_.Person("officer");
    stranger_ = b_.Person("stranger", Chance(4) ? model::PartyStatus::kNone : model::PartyStatus::kFull, Chance(2));
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
    const std::vector<const Procedure*> named = Named(p_);
    for (int i = 0; !named.empty() && i < 4; ++i) Wander(*named[random_() % named.size()], 8);
    for (int i = 0; !named.empty() && i < 3; ++i) Wander(p_, 60);
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
      EffectsOf(view, step, Around());
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
  procedures::Surroundings Around(uint32_t matter = 0) const {
    return {*graph_, Catalogue().model, Catalogue().calendar, nullptr, &others_, matter};
  }
  // Another matter that goes some way, about the nodes of this one.
  void Wander(const Procedure& procedure, int tries) {
    Matter matter;
    for (const procedures::Subject& subject : procedure.subjects) {
      NodeNumber node;
      for (const NodeNumber one : {stranger_, subjects_[0], subjects_.back()})
        node = one.kind() == subject.kind ? one : node;
      for (size_t i = 0; i < p_.subjects.size(); ++i) {
        if (p_.subjects[i].kind == subject.kind && p_.subjects[i].kind_numbers == subject.kind_numbers && subjects_[i])
          node = subjects_[i];
      }
      matter.subjects.push_back(node);
    }
    Moment at{Day("2025-09-10").AddDays(static_cast<int>(random_() % 20)), 0};
    matter.steps = {{at, "", officer_, Evidence(procedure.opening)}};
    if (!JudgeOpening(procedure, matter.subjects, matter.steps[0], Around()).empty()) return;
    const uint32_t number = others_.Add(procedure, std::move(matter));
    for (int i = 0; i < tries; ++i) {
      at = Moment{at.day.AddDays(Chance(4) ? 1 : 0), at.minute};
      const procedures::Transition& t = procedure.transitions[random_() % procedure.transitions.size()];
      const Step step{at, t.id, Actor(), Evidence(t.evidence)};
      const std::optional<View> view = others_.At(number, procedures::kNever);
      if (JudgeStep(*view, step, Around(number)).empty()) others_.Of(number).steps.push_back(step);
    }
  }
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
        case FieldType::kMatter: {
          const std::vector<uint32_t> those = others_.Those(field.procedures);
          value.number = those.empty() || Chance(40) ? 99 : those[random_() % those.size()];
          break;
        }
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
  Others others_;
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
