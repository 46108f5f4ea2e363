// matters.csv and matter_steps.csv: a row for each opening and each step, a column for each part and field they fill.
#include <algorithm>
#include <map>
#include <set>

#include "base/status.h"
#include "engine/exporter.h"
#include "engine/matters.h"

namespace jiceng::engine {

using ledgers::Ledger;
using model::NodeNumber;
using procedures::KeptMatter;
using procedures::Procedure;
using TakenStep = procedures::Step;
using procedures::Values;

namespace {

// The columns beyond a ledger's own, in the order in which the templates name what is in them.
class FurtherColumns {
 public:
  explicit FurtherColumns(Ledger ledger) : first_(static_cast<int>(ledgers::SpecOf(ledger).columns.size())) {}

  void Use(const std::string& name) { used_.emplace(name, 0); }
  // The next of the templates' words; it becomes a column when it is used and none yet.
  void Name(const std::string& name) {
    const auto used = used_.find(name);
    if (used == used_.end() || used->second != 0) return;
    used->second = first_ + static_cast<int>(names_.size());
    names_.push_back(name);
  }
  int Of(const std::string& name) const { return used_.at(name); }
  const std::vector<std::string>& names() const { return names_; }

 private:
  int first_;
  std::map<std::string, int> used_;  // the column; 0: not placed yet
  std::vector<std::string> names_;
};

// One that tells another matter which stays out stays out as well, and so does one that tells that.
void LeaveOutDangling(std::map<uint32_t, KeptMatter>* matters) {
  const auto dangles = [&](const TakenStep& step) {
    return std::any_of(step.evidence.begin(), step.evidence.end(), [&](const auto& told) {
      return told.second.type == procedures::FieldType::kMatter &&
             matters->count(static_cast<uint32_t>(told.second.number)) == 0;
    });
  };
  for (bool more = true; more;) {
    more = false;
    for (auto it = matters->begin(); it != matters->end();) {
      const std::vector<TakenStep>& steps = it->second.matter.steps;
      const bool goes = std::any_of(steps.begin(), steps.end(), dangles);
      more = more || goes;
      it = goes ? matters->erase(it) : std::next(it);
    }
  }
}

}  // namespace

absl::Status Exporter::WriteMatters() {
  // One that names a node which is not in the ledgers, or was erased, could not be read back: it stays out.
  const auto exported = [&](const KeptMatter& kept) {
    const auto there = [&](NodeNumber node) { return !node || IsExported(node); };
    const auto all = [&](const Values& values) {
      return std::all_of(values.begin(), values.end(), [&](const auto& told) {
        return told.second.type != procedures::FieldType::kNode || there(NodeNumber::FromInt64(told.second.number));
      });
    };
    return std::all_of(kept.matter.subjects.begin(), kept.matter.subjects.end(), there) &&
           std::all_of(kept.matter.steps.begin(), kept.matter.steps.end(),
                       [&](const TakenStep& step) { return there(step.actor) && all(step.evidence); });
  };
  std::map<uint32_t, KeptMatter> all;
  graph_.ForEachMatter([&](uint32_t number) {
    std::optional<KeptMatter> kept = ReadMatter(graph_, store_->catalogue().procedures, number);
    if (kept.has_value() && exported(*kept)) all.emplace(number, *std::move(kept));
  });
  LeaveOutDangling(&all);
  std::map<std::pair<int64_t, std::string>, KeptMatter> matters;  // by when they were opened
  std::set<const Procedure*> in_use;
  FurtherColumns opening(Ledger::kMatters), told(Ledger::kMatterSteps);
  for (auto& [number, kept] : all) {
    in_use.insert(kept.procedure);
    for (size_t i = 0; i < kept.matter.subjects.size(); ++i) {
      if (kept.matter.subjects[i]) opening.Use(kept.procedure->subjects[i].id);
    }
    for (const TakenStep& step : kept.matter.steps) {
      for (const auto& [field, value] : step.evidence) (step.transition.empty() ? opening : told).Use(field);
    }
    const std::pair<int64_t, std::string> key(kept.matter.steps[0].at.Minutes(), kept.matter.id);
    matters.emplace(key, std::move(kept));
  }
  if (matters.empty()) return absl::OkStatus();
  for (const Procedure& procedure : store_->catalogue().procedures.procedures()) {
    if (in_use.count(&procedure) == 0) continue;
    for (const procedures::Subject& subject : procedure.subjects) opening.Name(subject.id);
    for (const procedures::Field& field : procedure.opening) opening.Name(field.id);
    for (const procedures::Transition& transition : procedure.transitions) {
      for (const procedures::Field& field : transition.evidence) told.Name(field.id);
    }
  }

  ASSIGN_OR_RETURN(LedgerFile openings, LedgerFile::Create(target_, Ledger::kMatters, {}, opening.names()));
  ASSIGN_OR_RETURN(LedgerFile steps, LedgerFile::Create(target_, Ledger::kMatterSteps, {}, told.names()));
  const auto text = [&](NodeNumber node) { return node ? graph_.Text(node) : std::string(); };
  for (const auto& [key, kept] : matters) {
    const procedures::Matter& matter = kept.matter;
    openings.Cell(ledgers::kMatterId) = matter.id;
    openings.Cell(ledgers::kMatterProcedure) = kept.procedure->id;
    openings.Cell(ledgers::kMatterVersion) = std::to_string(kept.procedure->version);
    openings.Cell(ledgers::kMatterOpened) = procedures::MomentText(matter.steps[0].at);
    openings.Cell(ledgers::kMatterActor) = text(matter.steps[0].actor);
    for (size_t i = 0; i < matter.subjects.size(); ++i) {
      if (matter.subjects[i]) openings.Cell(opening.Of(kept.procedure->subjects[i].id)) = text(matter.subjects[i]);
    }
    for (const auto& [field, value] : matter.steps[0].evidence)
      openings.Cell(opening.Of(field)) = procedures::ValueText(value, graph_);
    openings.EndRow();
    for (size_t i = 1; i < matter.steps.size(); ++i) {
      const TakenStep& step = matter.steps[i];
      steps.Cell(ledgers::kStepMatter) = matter.id;
      steps.Cell(ledgers::kStepNumber) = std::to_string(i);
      steps.Cell(ledgers::kStepAt) = procedures::MomentText(step.at);
      steps.Cell(ledgers::kStepName) = step.transition;
      steps.Cell(ledgers::kStepActor) = text(step.actor);
      for (const auto& [field, value] : step.evidence)
        steps.Cell(told.Of(field)) = procedures::ValueText(value, graph_);
      steps.EndRow();
    }
    if (!Step()) return fault_;
  }
  RETURN_IF_ERROR(Done(&openings));
  return Done(&steps);
}

}  // namespace jiceng::engine
