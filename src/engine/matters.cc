#include "engine/matters.h"

#include <algorithm>
#include <utility>

#include "base/status.h"
#include "base/strings.h"
#include "rules/effective.h"

namespace jiceng::engine {

using base::StrCat;
using model::NodeNumber;
using procedures::KeptMatter;
using procedures::Procedure;
using procedures::Step;

std::optional<KeptMatter> ReadMatter(const graph::Snapshot& graph, const procedures::ProcedureSet& set, uint32_t matter,
                                     const std::vector<model::StepRow>& more) {
  KeptMatter kept;
  bool good = true;
  const auto take = [&](const model::StepRow& row) {
    if (!good) return;
    const procedures::Moment at{row.day, row.minute};
    if (row.number == 0) {
      kept.procedure = procedures::FindEdition(set, row.word);
      kept.about = row.about;
      good = kept.procedure != nullptr && !row.content.empty();
      if (!good) return;
      absl::StatusOr<procedures::Matter> opened = procedures::DecodeOpening(*kept.procedure, row.content);
      good = opened.ok();
      if (!good) return;
      kept.matter = *std::move(opened);
      kept.matter.steps[0].at = at;
      kept.matter.steps[0].actor = row.actor;
      return;
    }
    std::string_view content = row.content;
    absl::StatusOr<std::vector<procedures::Figure>> figures = procedures::DecodeFigures(&content);
    absl::StatusOr<procedures::Values> evidence = procedures::DecodeEvidence(content);
    good = figures.ok() && evidence.ok() && kept.procedure != nullptr;
    if (good) kept.matter.steps.push_back({at, row.word, row.actor, *std::move(evidence), *std::move(figures)});
  };
  graph.ForEachStepOf(matter, take);
  for (const model::StepRow& row : more) take(row);
  return good && kept.procedure != nullptr ? std::optional(std::move(kept)) : std::nullopt;
}

absl::StatusOr<KeptMatter> FindMatter(Store* store, const Version& version, std::string_view id) {
  const std::shared_ptr<const procedures::Docket> docket = store->DocketOf(version);
  const std::optional<uint32_t> number = docket->Find(id);
  std::optional<KeptMatter> kept;
  if (number.has_value()) kept = ReadMatter(*version.graph, store->catalogue().procedures, *number);
  if (kept.has_value()) return *std::move(kept);
  return base::Error(absl::StatusCode::kNotFound, "UNKNOWN_MATTER", StrCat("no matter '", id, "' in the store"));
}

std::shared_ptr<const procedures::Docket> Store::DocketOf(const Version& version) {
  std::shared_ptr<const graph::Snapshot> from;
  std::shared_ptr<const procedures::Docket> known;
  {
    std::lock_guard<std::mutex> lock(mutex_);
    if (docket_.docket != nullptr && docket_.version.graph == version.graph) return docket_.docket;
    // A version that was tried is one step on from the head of its seq, so that of a later head says nothing of it.
    if (docket_.docket != nullptr && docket_.version.seq <= version.seq &&
        docket_.version.graph->SharesBase(*version.graph)) {
      from = docket_.version.graph;
      known = docket_.docket;
    }
  }
  std::vector<uint32_t> matters;
  if (from != nullptr) {
    version.graph->ForEachTouchedMatter(from->matter_touches(), [&](uint32_t matter) { matters.push_back(matter); });
  } else {
    version.graph->ForEachMatter([&](uint32_t matter) { matters.push_back(matter); });
    known = std::make_shared<const procedures::Docket>();
  }
  if (from != nullptr && matters.empty()) {  // whatever has come since is about none
    std::lock_guard<std::mutex> lock(mutex_);
    if (version.graph == head_.graph) docket_ = {version, known};
    return known;
  }
  auto docket = std::make_shared<const procedures::Docket>(known->With(
      matters, [&](uint32_t matter) { return ReadMatter(*version.graph, catalogue_.procedures, matter); },
      catalogue_.calendar));
  std::lock_guard<std::mutex> lock(mutex_);
  if (version.graph == head_.graph) docket_ = {version, docket};
  return docket;
}

absl::StatusOr<NodeNumber> MatterApplier::FindNode(const std::string& text) const {
  ASSIGN_OR_RETURN(const model::NodeText node, model::ParseNodeText(text));
  const auto found = graph_.Find(node.kind, node.id, base::Date::Forever());
  if (!found || graph_.Withdrawn(*found))
    return base::Error(absl::StatusCode::kNotFound, "UNKNOWN_NODE", StrCat("no node ", text, " in the store"));
  return *found;
}

absl::StatusOr<procedures::Values> MatterApplier::Read(const model::Told& told,
                                                       const std::vector<procedures::Field>& fields) const {
  procedures::Values values;
  for (const auto& [name, text] : told) {
    const procedures::Field* known = nullptr;
    std::string names;
    for (const procedures::Field& field : fields) {
      if (field.id == name) known = &field;
      absl::StrAppend(&names, names.empty() ? "" : ", ", field.id);
    }
    if (known == nullptr) {
      return base::Error(absl::StatusCode::kInvalidArgument, "UNKNOWN_FIELD",
                         StrCat("the step does not take '", name, "'; it takes: ", names.empty() ? "nothing" : names));
    }
    ASSIGN_OR_RETURN(procedures::Value value, procedures::ParseValue(*known, text, graph_, &matters()));
    procedures::Put(name, std::move(value), &values);
  }
  return values;
}

const procedures::Docket& MatterApplier::docket() const {
  if (docket_ == nullptr) docket_ = store_->DocketOf(version_);
  return *docket_;
}

std::optional<uint32_t> MatterApplier::Find(std::string_view id) const {
  const auto opened = opened_.find(id);
  return opened != opened_.end() ? std::optional(opened->second) : docket().Find(id);
}

std::optional<KeptMatter> MatterApplier::Read(uint32_t matter) const {
  const auto drafted = drafted_.find(matter);
  return ReadMatter(*version_.graph, store_->catalogue().procedures, matter,
                    drafted == drafted_.end() ? std::vector<model::StepRow>() : drafted->second);
}

std::string MatterApplier::IdOf(uint32_t matter) const {
  const std::optional<KeptMatter> kept = Read(matter);
  return kept.has_value() ? kept->matter.id : std::string();
}

std::optional<procedures::View> MatterApplier::At(uint32_t matter, procedures::Moment at) const {
  const std::optional<KeptMatter> kept = Read(matter);
  if (!kept.has_value()) return std::nullopt;
  absl::StatusOr<procedures::View> view = Replay(*kept->procedure, kept->matter, at, store_->catalogue().calendar);
  return view.ok() ? std::optional(*std::move(view)) : std::nullopt;
}

// Of a matter with steps in the draft these say what it refers to, of any other the docket.
int64_t MatterApplier::Count(const procedures::Tally& tally, uint32_t matter, procedures::Moment at,
                             uint32_t except) const {
  int64_t count = 0;
  docket().ForEachReferring(matter, at, [&](const procedures::Referring& one) {
    if (one.matter != except && told_by_.count(one.matter) == 0 && Counts(tally, *one.procedure, one.reference))
      ++count;
  });
  const auto drafted = referring_to_.find(matter);
  if (drafted == referring_to_.end()) return count;
  for (const procedures::Referring& one : drafted->second) {
    if (one.matter != except && one.reference.Holds(at) && Counts(tally, *one.procedure, one.reference)) ++count;
  }
  return count;
}

void MatterApplier::PutReferences(uint32_t matter, const procedures::View& view) {
  if (view.procedure().matter_fields.empty()) return;
  std::vector<uint32_t>& told = told_by_[matter];
  for (const uint32_t to : told) {
    std::vector<procedures::Referring>& referring = referring_to_[to];
    const auto is = [&](const procedures::Referring& one) { return one.matter == matter; };
    referring.erase(std::remove_if(referring.begin(), referring.end(), is), referring.end());
  }
  told.clear();
  for (const procedures::Reference& reference : view.references()) {
    referring_to_[reference.to].push_back({matter, &view.procedure(), reference});
    told.push_back(reference.to);
  }
}

// What packs set of procedures on a day; making it looks at every unit.
struct MatterApplier::Effective {
  Effective(const graph::Snapshot& graph, base::Date date, const std::shared_ptr<const rules::Attached>& packs)
      : day(graph, date), rules(day, packs->rules, none, packs) {}

  const rules::Day day;
  const rules::Parameters none;
  const rules::EffectiveRules rules;
};

MatterApplier::MatterApplier(Store* store, const Version& version, Draft* draft, const graph::Snapshot& graph)
    : store_(store), version_(version), draft_(draft), graph_(graph) {}
MatterApplier::~MatterApplier() = default;

absl::StatusOr<std::vector<procedures::Figure>> MatterApplier::FiguresOn(base::Date day, const Procedure& procedure,
                                                                         const std::vector<NodeNumber>& subjects) {
  std::vector<procedures::Figure> figures;
  if (procedure.parameters.empty()) return figures;
  ASSIGN_OR_RETURN(const std::shared_ptr<const rules::Attached> attached, store_->AttachedTo(graph_));
  if (attached == nullptr || attached->procedures == nullptr) return figures;
  const rules::RuleSet& set = attached->procedures->rules;
  const int rule = set.Find(procedure.id);
  if (effective_ == nullptr || effective_->day.date() != day)
    effective_ = std::make_unique<const Effective>(graph_, day, attached->procedures);
  const rules::EffectiveRules& effective = effective_->rules;
  const NodeNumber place = subjects[static_cast<size_t>(procedure.place_part)];
  const rules::EffectiveRule values = effective.Of(rule, effective.ZoneOf(rule, place));
  for (size_t i = 0; i < values.parameters.size(); ++i) {
    const std::string& name = set[rule].parameters[i].name;
    const rules::EffectiveValue& value = values.parameters[i];
    if (value.source >= 0 && procedure.FindParameter(name) != nullptr) figures.push_back({name, *value.value});
  }
  return figures;
}

procedures::Surroundings MatterApplier::Around(uint32_t matter) const {
  return {graph_, store_->catalogue().model, store_->catalogue().calendar, &ties_, &matters(), matter};
}

void MatterApplier::Put(uint32_t matter, int32_t number, NodeNumber about, const Step& step, std::string word,
                        std::string content) {
  model::StepRow row;
  row.matter = matter;
  row.number = number;
  row.about = about;
  row.day = step.at.day;
  row.minute = step.at.minute;
  row.actor = step.actor;
  row.word = std::move(word);
  row.content = std::move(content);
  draft_->PutStep(row);
  drafted_[matter].push_back(std::move(row));
}

absl::Status MatterApplier::Open(const model::OpenMatter& change) {
  ASSIGN_OR_RETURN(const Procedure* procedure, store_->catalogue().procedures.Get(change.procedure));
  if (Find(change.id).has_value()) {
    return base::Error(absl::StatusCode::kAlreadyExists, "MATTER_EXISTS",
                       StrCat("there is a matter '", change.id, "' already"));
  }
  procedures::Matter matter;
  matter.id = change.id;
  matter.subjects.resize(procedure->subjects.size());
  for (const auto& [name, text] : change.subjects) {
    const int part = procedure->FindSubject(name);
    if (part < 0) {
      return base::Error(absl::StatusCode::kInvalidArgument, "UNKNOWN_FIELD",
                         StrCat("'", change.procedure, "' has no part '", name, "'"));
    }
    ASSIGN_OR_RETURN(matter.subjects[static_cast<size_t>(part)], FindNode(text));
  }
  Step opening;
  opening.at = {change.day, change.minute};
  if (!change.actor.empty()) {
    ASSIGN_OR_RETURN(opening.actor, FindNode(change.actor));
  }
  ASSIGN_OR_RETURN(opening.evidence, Read(change.evidence, procedure->opening));
  matter.steps.push_back(std::move(opening));
  return Open(*procedure, std::move(matter));
}

absl::Status MatterApplier::Open(const Procedure& procedure, procedures::Matter matter) {
  Step& opening = matter.steps[0];
  ASSIGN_OR_RETURN(opening.figures, FiguresOn(opening.at.day, procedure, matter.subjects));
  refusals_ = JudgeOpening(procedure, matter.subjects, opening, Around(0));
  if (!refusals_.empty()) return absl::OkStatus();
  const uint32_t number = draft_->CreateMatter();
  opened_[matter.id] = number;
  Put(number, 0, matter.subjects[0], opening, procedures::EditionName(procedure),
      procedures::EncodeOpening(procedure, matter));
  PutReferences(number, procedures::View::Open(procedure, matter.subjects, opening, store_->catalogue().calendar));
  return absl::OkStatus();
}

absl::Status MatterApplier::Take(const model::TakeStep& change, Origin origin) {
  const std::optional<uint32_t> number = Find(change.matter);
  std::optional<KeptMatter> kept;
  if (number.has_value()) kept = Read(*number);
  if (!kept.has_value()) {
    return base::Error(
        absl::StatusCode::kNotFound, "UNKNOWN_MATTER",
        StrCat(number.has_value() ? "cannot be read: matter '" : "no matter '", change.matter, "' in the store"));
  }
  Step step;
  step.at = {change.day, change.minute};
  step.transition = change.transition;
  if (!change.actor.empty()) {
    ASSIGN_OR_RETURN(step.actor, FindNode(change.actor));
  }
  const int transition = kept->procedure->FindTransition(change.transition);
  if (transition >= 0) {
    ASSIGN_OR_RETURN(step.evidence,
                     Read(change.evidence, kept->procedure->transitions[static_cast<size_t>(transition)].evidence));
  }
  return Take(*number, *kept, std::move(step), origin);
}

absl::Status MatterApplier::Take(uint32_t matter, const KeptMatter& kept, Step step, Origin origin) {
  ASSIGN_OR_RETURN(procedures::View view,
                   Replay(*kept.procedure, kept.matter, procedures::kNever, store_->catalogue().calendar));
  ASSIGN_OR_RETURN(step.figures, FiguresOn(step.at.day, *kept.procedure, view.subjects()));
  refusals_ = JudgeStep(view, step, Around(matter));
  if (!refusals_.empty()) return absl::OkStatus();
  Put(matter, static_cast<int32_t>(kept.matter.steps.size()), kept.about, step, step.transition,
      procedures::EncodeFigures(step.figures) + procedures::EncodeEvidence(step.evidence));
  for (const procedures::TieChange& effect : EffectsOf(view, step, Around(matter))) {
    if (effect.withdraw) {
      draft_->WithdrawTie(effect.tie, origin);
    } else {
      const std::optional<model::Tie> known = graph_.FindTie(effect.tie.key());
      draft_->PutTie(effect.tie, known.has_value() ? graph_.Extra(*known) : std::string_view(), origin);
    }
    ties_.Put(effect);
  }
  if (!kept.procedure->matter_fields.empty()) {
    view.Take(kept.procedure->FindTransition(step.transition), step, store_->catalogue().calendar);
    PutReferences(matter, view);
  }
  return absl::OkStatus();
}

}  // namespace jiceng::engine
