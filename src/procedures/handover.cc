#include "procedures/handover.h"

#include <algorithm>

namespace jiceng::procedures {
namespace {

bool MayBeTakenBy(const Transition& transition, int part) {
  return std::any_of(transition.actors.begin(), transition.actors.end(),
                     [&](const Actor& actor) { return actor.part == part; });
}

// Who plays a part, and what has become of it since.
struct Holding {
  model::NodeNumber node;
  int depth = 0;
  bool has_worked = false;
};

}  // namespace

std::vector<Handover> HandoversOf(const Procedure& procedure, const Matter& matter, Moment until) {
  std::vector<Handover> handovers;
  std::vector<Holding> holdings(procedure.subjects.size());
  for (size_t part = 0; part < holdings.size() && part < matter.subjects.size(); ++part)
    holdings[part].node = matter.subjects[part];
  for (size_t i = 1; i < matter.steps.size(); ++i) {
    const Step& step = matter.steps[i];
    if (until < step.at) break;
    const int found = procedure.FindTransition(step.transition);
    if (found < 0) break;
    const Transition& transition = procedure.transitions[static_cast<size_t>(found)];
    std::vector<int> given;  // parts
    for (const Binding& binding : transition.bindings) {
      const Value* told = Find(step.evidence, binding.field);
      if (told == nullptr) continue;
      given.push_back(binding.part);
      Holding& holding = holdings[static_cast<size_t>(binding.part)];
      const Holding next{model::NodeNumber::FromInt64(told->number), 0, false};
      if (!holding.node || !MayBeTakenBy(transition, binding.part)) {
        holding = next;
        continue;
      }
      Handover handover;
      handover.step = static_cast<int>(i);
      handover.part = binding.part;
      handover.depth = holding.depth + 1;
      handover.at = step.at;
      handover.from = holding.node;
      handover.to = next.node;
      handover.only_relayed = !holding.has_worked;
      for (const auto& [field, value] : step.evidence) {
        if (value.type == FieldType::kFlag && value.number == 0) handover.withheld.push_back(field);
      }
      holding = next;
      holding.depth = handover.depth;
      handovers.push_back(std::move(handover));
    }
    if (step.evidence.empty()) continue;
    for (size_t part = 0; part < holdings.size(); ++part) {
      const bool passed = std::find(given.begin(), given.end(), static_cast<int>(part)) != given.end();
      if (!passed && MayBeTakenBy(transition, static_cast<int>(part))) holdings[part].has_worked = true;
    }
  }
  return handovers;
}

}  // namespace jiceng::procedures
