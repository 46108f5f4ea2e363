#include "rules/effective.h"

#include <algorithm>
#include <map>
#include <utility>

#include "rules/bound_rule.h"
#include "rules/counts.h"

namespace jiceng::rules {
namespace {

using model::NodeKind;
using model::NodeNumber;
using model::TieKind;

// Whether two sets of values give the same findings; what becomes of those is no part of them.
bool JudgeAlike(const EffectiveRule& a, const EffectiveRule& b) {
  const auto same = [](const EffectiveValue& x, const EffectiveValue& y) { return x.value == y.value; };
  return std::equal(a.parameters.begin(), a.parameters.end(), b.parameters.begin(), same) && a.level() == b.level();
}

// The ties of a person that a rule looks at first, or null.
const BoundMeasure* LookedAt(const BoundRule& rule) {
  const BoundMeasure* measure = nullptr;
  if (const auto* counts = std::get_if<BoundCountBounds>(&rule.shape)) measure = &counts->measures.front();
  if (const auto* duration = std::get_if<BoundDuration>(&rule.shape)) measure = &duration->start;
  if (const auto* pair = std::get_if<BoundTiePair>(&rule.shape)) measure = &pair->first;
  return measure == nullptr || measure->IsFact() || measure->end != TieEnd::kFrom ? nullptr : measure;
}

TieKind KindLookedAt(const BoundRule& rule) {
  if (const auto* deadline = std::get_if<BoundDeadline>(&rule.shape)) return deadline->start;
  if (const auto* uniqueness = std::get_if<BoundUniqueness>(&rule.shape)) return uniqueness->kind;
  return TieKind::kNone;
}

// Keeps of the units it is given the one with the bytewise smallest id.
class Smallest {
 public:
  explicit Smallest(const graph::Snapshot& snapshot) : snapshot_(snapshot) {}
  void Take(NodeNumber unit) {
    if (!snapshot_.In(unit) || unit == found_) return;
    if (!found_ || snapshot_.Id(unit) < snapshot_.Id(found_)) found_ = unit;
  }
  NodeNumber found() const { return found_; }

 private:
  const graph::Snapshot& snapshot_;
  NodeNumber found_;
};

}  // namespace

EffectiveRules::EffectiveRules(const Day& day, const RuleSet& rules, const Parameters& set,
                               std::shared_ptr<const Attached> attached)
    : day_(day), rules_(rules), set_(set), attached_(std::move(attached)), zones_(1) {
  if (attached_ == nullptr) return;
  const graph::Territory& territory = day.territory();
  std::map<uint32_t, std::vector<int>> at;  // by the place of the unit in the territory, those above first
  for (size_t i = 0; i < attached_->policies.size(); ++i) {
    const AttachedPolicy& policy = attached_->policies[i];
    if (!policy.valid.Holds(day.date())) continue;
    if (!policy.unit) {
      zones_[0].policies.push_back(static_cast<int>(i));
    } else if (territory.Exists(policy.unit.ordinal())) {
      at[territory.Enter(policy.unit.ordinal())].push_back(static_cast<int>(i));
    } else {
      continue;  // of a unit that does not exist on the day there is nothing below
    }
    touched_.resize(static_cast<size_t>(rules.size()), false);
    for (const BoundPolicyRule& said : policy.policy->rules) touched_[static_cast<size_t>(said.rule)] = true;
  }
  if (!at.empty()) zone_of_unit_.assign(territory.size(), 0);
  for (auto& [enter, policies] : at) {
    const uint32_t unit = territory.order()[enter];
    const int zone = zones();
    zones_.push_back({zone_of_unit_[unit], std::move(policies)});
    for (uint32_t i = enter; i < territory.Leave(unit); ++i) zone_of_unit_[territory.order()[i]] = zone;
  }
}

void EffectiveRules::Apply(int policy, const BoundPolicyRule& said, const Rule& rule, EffectiveRule* values) const {
  for (size_t i = 0; i < said.parameters.size(); ++i) {
    const std::optional<int64_t>& value = said.parameters[i];
    EffectiveValue& to = values->parameters[i];
    if (!value.has_value()) continue;
    // Whatever was attached when: no place loosens what stands above it.
    if (rule.parameters[i].override_ == Override::kTighten && to.value.has_value() &&
        IsLooser(rules_, said.rule, static_cast<int>(i), *value, *to.value))
      continue;
    to = {value, policy};
  }
  for (size_t s = 0; s < kSettings; ++s) {
    if (said.settings[s].has_value()) values->settings[s] = {said.settings[s], policy};
  }
}

EffectiveRule EffectiveRules::Of(int rule, int zone) const { return Values(rule, zone, false); }

EffectiveRule EffectiveRules::Values(int index, int zone, bool asked) const {
  const Rule& rule = rules_[index];
  EffectiveRule values;
  for (const Parameter& parameter : rule.parameters) values.parameters.push_back({parameter.default_value});
  values.settings[static_cast<size_t>(Setting::kEnabled)].value = !rule.is_local() && (asked || !rule.off) ? 1 : 0;
  values.settings[static_cast<size_t>(Setting::kLevel)].value = static_cast<int64_t>(rule.level);
  values.settings[static_cast<size_t>(Setting::kEnforcement)].value = static_cast<int64_t>(Enforcement::kReport);
  if (!touched_.empty() && touched_[static_cast<size_t>(index)]) {
    std::vector<int> way;  // from the place up
    for (int z = zone; z >= 0; z = zones_[static_cast<size_t>(z)].parent) way.push_back(z);
    for (auto z = way.rbegin(); z != way.rend(); ++z) {
      const std::vector<int>& policies = zones_[static_cast<size_t>(*z)].policies;
      EffectiveValue& enabled = values.settings[static_cast<size_t>(Setting::kEnabled)];
      bool said_so = false;  // a pack here turns the rule on or off in so many words
      for (auto policy = policies.rbegin(); policy != policies.rend(); ++policy) {  // the last word is the highest's
        const BoundPolicyRule* said = attached_->policies[static_cast<size_t>(*policy)].policy->Find(index);
        if (said == nullptr) continue;
        Apply(*policy, *said, rule, &values);
        said_so = said_so || said->settings[static_cast<size_t>(Setting::kEnabled)].has_value();
      }
      if (said_so || enabled.value == 1) continue;
      // Who gives a parameter wants the rule judged.
      for (const int policy : policies) {
        const BoundPolicyRule* said = attached_->policies[static_cast<size_t>(policy)].policy->Find(index);
        if (said == nullptr || said->said->values.empty()) continue;
        enabled = {1, policy};
        break;
      }
    }
  }
  for (size_t i = 0; i < rule.parameters.size(); ++i) {
    const auto it = set_.find(rule.parameters[i].name);
    if (it == set_.end()) continue;
    values.parameters[i] = {it->second, kFromCaller};
    if (rule.is_local()) continue;  // of a place where nobody carries it a caller does not ask either
    values.settings[static_cast<size_t>(Setting::kEnabled)] = {1, kFromCaller};
  }
  return values;
}

std::vector<Variant> EffectiveRules::Variants(const std::vector<int>& asked) const {
  std::vector<int> candidates = asked;
  const auto touched = [&](int rule) { return !touched_.empty() && touched_[static_cast<size_t>(rule)]; };
  if (asked.empty() && !touched_.empty()) {
    for (int i = 0; i < rules_.size(); ++i) {
      if (!rules_[i].off || touched(i)) candidates.push_back(i);
    }
    for (const int rule : rules_.Select({}, set_, day_.date())) candidates.push_back(rule);
  }
  std::vector<Variant> variants;
  for (const int rule : rules_.Select(candidates, set_, day_.date())) {
    const bool named = !asked.empty();
    if (!touched(rule)) {
      if (rules_[rule].is_local()) continue;
      variants.push_back({rule, Values(rule, 0, named), {}});
      continue;
    }
    const size_t first = variants.size();
    for (int zone = 0; zone < zones(); ++zone) {
      EffectiveRule values = Values(rule, zone, named);
      if (!values.enabled()) continue;
      const auto same = std::find_if(variants.begin() + static_cast<ptrdiff_t>(first), variants.end(),
                                     [&](const Variant& variant) { return JudgeAlike(variant.values, values); });
      if (same != variants.end()) {
        same->zones[static_cast<size_t>(zone)] = true;
        continue;
      }
      Variant variant;
      variant.rule = rule;
      variant.values = std::move(values);
      variant.zones.assign(zones_.size(), false);
      variant.zones[static_cast<size_t>(zone)] = true;
      variants.push_back(std::move(variant));
    }
    if (variants.size() == first + 1) {
      std::vector<bool>& only = variants[first].zones;
      if (std::all_of(only.begin(), only.end(), [](bool in) { return in; })) only.clear();
    }
  }
  return variants;
}

NodeNumber EffectiveRules::PlaceOf(int rule, NodeNumber node) const {
  const graph::Snapshot& snapshot = day_.snapshot();
  Smallest smallest(snapshot);
  const auto seats = [&](NodeNumber org) {
    snapshot.ForEachOpenFrom(TieKind::kSeat, org, day_.date(), [&](const model::Tie& tie) { smallest.Take(tie.to); });
  };
  const auto place = [&](NodeNumber other) {
    if (other.kind() == NodeKind::kUnit) {
      smallest.Take(other);
    } else if (other.kind() == NodeKind::kOrganization && snapshot.In(other)) {
      seats(other);
    }
  };
  switch (node.kind()) {
    case NodeKind::kUnit:
      return node;
    case NodeKind::kOrganization:
      seats(node);
      break;
    case NodeKind::kPerson: {
      const BoundRule& bound = rules_.bound(rule);
      if (const BoundMeasure* measure = LookedAt(bound)) {
        for (const model::Tie& tie : CountedTies(day_, *measure, node)) place(measure->Other(tie));
      } else if (const TieKind kind = KindLookedAt(bound); kind != TieKind::kNone) {
        snapshot.ForEachOpenFrom(kind, node, day_.date(), [&](const model::Tie& tie) { place(tie.to); });
      }
      if (!smallest.found()) {
        snapshot.ForEachOpenFrom(TieKind::kResidence, node, day_.date(),
                                 [&](const model::Tie& tie) { smallest.Take(tie.to); });
      }
      break;
    }
    case NodeKind::kNone:
      break;
  }
  return smallest.found();
}

}  // namespace jiceng::rules
