// What the rules are where a node lies: the catalogue's own values, what the packs above the place make of them, and what
// the caller sets.
#ifndef JICENG_RULES_EFFECTIVE_H_
#define JICENG_RULES_EFFECTIVE_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "rules/day.h"
#include "rules/policy.h"
#include "rules/rule.h"

namespace jiceng::rules {

inline constexpr int kFromCatalogue = -1, kFromCaller = -2;

struct EffectiveValue {
  std::optional<int64_t> value;
  int source = kFromCatalogue;  // or kFromCaller, or an index in Attached::policies
};

// One rule at one place.
struct EffectiveRule {
  std::vector<EffectiveValue> parameters;  // by index in Rule::parameters
  EffectiveValue settings[kSettings];      // by Setting

  const EffectiveValue& Of(Setting setting) const { return settings[static_cast<size_t>(setting)]; }
  bool enabled() const { return Of(Setting::kEnabled).value == 1; }
  Level level() const { return static_cast<Level>(Of(Setting::kLevel).value.value_or(0)); }
  bool blocks() const { return Of(Setting::kEnforcement).value == static_cast<int64_t>(Enforcement::kBlock); }
};

// A rule with one set of values, and where it has them: judging goes once over the nodes for each.
struct Variant {
  int rule = 0;
  EffectiveRule values;     // of all its zones; the sources are those of the first
  std::vector<bool> zones;  // empty: everywhere

  bool In(int zone) const { return zones.empty() || zones[static_cast<size_t>(zone)]; }
};

// The rules of one day of a snapshot.  The territory falls into zones, the stretches that the same units with packs lie
// above; values are found once a zone.  Nearest first: of a parameter that may be replaced the value of the nearest unit
// with a pack that sets it, at one unit the pack of the highest priority; of one that may only be tightened the
// strictest on the way from the catalogue down to the place.  Without packs there is one zone and nothing to find.
// Lives no longer than the day, the rules and the parameters.  Immutable, share freely.
class EffectiveRules {
 public:
  // `attached` may be null: no packs.
  EffectiveRules(const Day& day, const RuleSet& rules, const Parameters& set, std::shared_ptr<const Attached> attached);

  // The rules to judge by, in the order of their ids, those with several variants more than once: those `asked` for,
  // else all that are on somewhere; see RuleSet::Select().  Naming a rule does not turn it on where a pack has turned it
  // off.
  std::vector<Variant> Variants(const std::vector<int>& asked) const;
  EffectiveRule Of(int rule, int zone) const;
  int zones() const { return static_cast<int>(zones_.size()); }

  // The unit where a node lies as the rule looks at it: a unit itself; an organisation where it is seated; a person
  // where the ties lead that the rule looks at (a residence, a body they hold a post in), else where they reside.  Of
  // several the one whose id is bytewise the smallest; no node for none.
  model::NodeNumber PlaceOf(int rule, model::NodeNumber node) const;
  int ZoneAt(model::NodeNumber place) const {
    return place && place.ordinal() < zone_of_unit_.size() ? zone_of_unit_[place.ordinal()] : 0;
  }
  // Zone 0 is where no unit above has a pack.
  int ZoneOf(int rule, model::NodeNumber node) const { return zones() == 1 ? 0 : ZoneAt(PlaceOf(rule, node)); }

 private:
  struct Zone {
    int parent = -1;
    std::vector<int> policies;  // indexes in Attached::policies, the greater priority first
  };
  void Apply(int policy, const BoundPolicyRule& said, const Rule& rule, EffectiveRule* values) const;
  EffectiveRule Values(int rule, int zone, bool asked) const;

  const Day& day_;
  const RuleSet& rules_;
  const Parameters& set_;
  const std::shared_ptr<const Attached> attached_;
  std::vector<Zone> zones_;        // every one behind its parent; the first is the root of all units
  std::vector<int> zone_of_unit_;  // empty where there is one zone
  std::vector<bool> touched_;      // the rules that some pack of the day speaks of
};

}  // namespace jiceng::rules

#endif  // JICENG_RULES_EFFECTIVE_H_
