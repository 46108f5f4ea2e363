// Policy packs: what a place sets of the rules, as data, and the packs and waivers that are attached to nodes.
#ifndef JICENG_RULES_POLICY_H_
#define JICENG_RULES_POLICY_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "base/date.h"
#include "model/node.h"
#include "rules/rule.h"

namespace jiceng::rules {

enum class Switch : uint8_t { kUnspecified = 0, kOn = 1, kOff = 2 };
// What becomes of a change set that newly breaks the rule.
enum class Enforcement : uint8_t { kUnspecified = 0, kReport = 1, kBlock = 2 };
const char* EnforcementName(Enforcement enforcement);  // "report", "block"

// What a pack says of one rule; what it leaves unspecified stays as it is.
struct PolicyRule {
  struct Value {
    std::string parameter;
    int64_t value = 0;
  };
  std::string rule;
  std::vector<Value> values;
  Switch turned = Switch::kUnspecified;
  Level level = Level::kUnspecified;
  Enforcement enforcement = Enforcement::kUnspecified;
  std::vector<Citation> citations;  // where this is written; none: where the pack is
};

// The mirror of proto/jiceng/v1/policy.proto.  Words are kept as written; Bind() resolves them.
struct PolicyPack {
  std::string id, version;
  Text title, issuer;
  std::vector<Citation> citations;
  base::Validity in_force;
  int32_t priority = 0;
  std::vector<PolicyRule> rules;
  std::vector<Rule> local_rules;
  std::vector<PolicyRule> procedures;  // figures alone; `rule` is the template's id
  bool of_procedures = false;          // what is named as `rules` here are templates: see AboutProcedures()
};

// What a pack says of procedures, as a pack about the rules that stand for templates (procedures::ProcedureSet::figures()).
// The same machinery resolves, compares and applies both.
PolicyPack AboutProcedures(const PolicyPack& pack);

// What can be set of one rule: its parameters, and these.
enum class Setting : uint8_t { kEnabled = 0, kLevel = 1, kEnforcement = 2 };
inline constexpr int kSettings = 3;
const char* SettingName(Setting setting);                 // "enabled", "level", "enforcement"
std::string SettingText(Setting setting, int64_t value);  // "yes", "should", "block"

// What a pack says of one rule of a rule set.
struct BoundPolicyRule {
  int rule = 0;
  const PolicyRule* said = nullptr;                // in the pack
  std::vector<std::optional<int64_t>> parameters;  // by index in Rule::parameters
  std::optional<int64_t> settings[kSettings];      // kEnabled: 0 or 1; kLevel, kEnforcement: one of theirs
};

// A pack resolved against a rule set.  Immutable, share freely.
struct BoundPolicy {
  PolicyPack pack;
  std::vector<BoundPolicyRule> rules;  // by rule, each once

  const BoundPolicyRule* Find(int rule) const;
};

// Which pack and rule an error is about, and what of the rule: "pack nanjing.grids, rule grid.head-load, parameter
// grid.max_per_head".
std::string PolicyPlace(const PolicyPack& pack, std::string_view rule, std::string_view what);
inline std::string ParameterPlace(std::string_view name) { return "parameter " + std::string(name); }

// `rules` and, behind them, those that the pack carries and that are not among them.
// Errors: those of RuleSet::With(), about `local_rules[3]`; INVALID_ARGUMENT, reason BAD_POLICY, for an id of the
// catalogue; FAILED_PRECONDITION, reason POLICY_CONFLICT, for one that another pack gives to another record.
absl::StatusOr<RuleSet> WithLocalRules(const RuleSet& rules, const PolicyPack& pack, const model::Catalogue& catalogue);
// The same of packs that were attached in the past: what cannot be among the rules by now is left out.
absl::StatusOr<RuleSet> WithKeptRules(const RuleSet& rules, const std::vector<PolicyPack>& packs,
                                      const model::Catalogue& catalogue);

// Resolves a pack against rules, the pack's own among them, which it turns on unless their records are off.
// Errors: INVALID_ARGUMENT with the pack, the rule and the parameter in the message and `rules[3].values[0]` as field:
// BAD_POLICY (no id, no document, a rule or parameter given twice, nothing said), UNKNOWN_RULE, UNKNOWN_PARAMETER,
// BAD_PARAMETER, PARAMETER_LOCKED, PARAMETER_LOOSENED (against the rule's own default).
absl::StatusOr<std::shared_ptr<const BoundPolicy>> BindPolicy(PolicyPack pack, const RuleSet& rules);
// The same of a pack that was attached in the past, for a rule set that may be another one by now: what it says of rules
// and parameters that are no more, and what they would refuse, is left out.
std::shared_ptr<const BoundPolicy> BindKept(PolicyPack pack, const RuleSet& rules);

// Whether `value` asks less than `than` of a parameter; true of any other value where the rule does not tell which way
// is stricter.
bool IsLooser(const RuleSet& rules, int rule, int parameter, int64_t value, int64_t than);

struct AttachedPolicy {
  model::NodeNumber unit;  // no node: the root of all units
  base::Validity valid;    // attached and in force
  int32_t priority = 0;
  std::shared_ptr<const BoundPolicy> policy;
};

// A finding that is known and borne with for a while; it is still listed.
struct Waiver {
  int rule = 0;
  model::NodeNumber subject;
  base::Validity valid;
  std::string reason, basis;
};

// The packs and waivers of one version of a store.  Immutable, share freely.
struct Attached {
  RuleSet rules;                         // the catalogue's, and behind them those the packs carry
  std::vector<AttachedPolicy> policies;  // of one unit the greater priority first, then by id and first day
  std::vector<Waiver> waivers;           // by rule, then subject
  // What the packs say of procedures; null where none says anything.  Its rules stand for templates.
  std::shared_ptr<const Attached> procedures;

  // The waiver of a rule for a node on that day, or null.
  const Waiver* FindWaiver(int rule, model::NodeNumber subject, base::Date day) const;
  // Whether a policy may block anything on that day.
  bool Blocks(base::Date day) const;
  // Whether the same of them hold on both days.
  bool AlikeOn(base::Date a, base::Date b) const;
  void Sort();
};

// Why `policy` cannot stand beside the others: two packs that set one thing at one unit on one day with the same
// priority.  Errors: FAILED_PRECONDITION, reason POLICY_CONFLICT, with both packs, the rule and the parameter.
absl::Status CheckConflicts(const AttachedPolicy& policy, const std::vector<AttachedPolicy>& others,
                            const RuleSet& rules);

}  // namespace jiceng::rules

#endif  // JICENG_RULES_POLICY_H_
