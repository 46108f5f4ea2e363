#include "rules/policy.h"

#include <algorithm>
#include <set>
#include <tuple>
#include <utility>

#include "base/status.h"
#include "base/strings.h"
#include "rules/bound_rule.h"

namespace jiceng::rules {
namespace {

absl::Status Bad(const char* reason, const std::string& message, const std::string& field) {
  return base::Error(absl::StatusCode::kInvalidArgument, reason, message, field);
}

int FindParameter(const Rule& rule, std::string_view name) {
  for (size_t i = 0; i < rule.parameters.size(); ++i) {
    if (rule.parameters[i].name == name) return static_cast<int>(i);
  }
  return -1;
}

std::string Names(const Rule& rule) {
  std::string names;
  for (const Parameter& parameter : rule.parameters) names += (names.empty() ? "" : ", ") + parameter.name;
  return names.empty() ? "none" : names;
}

// Whether a place may give the parameter this value at all.
absl::Status CheckValue(const PolicyPack& pack, const RuleSet& rules, int rule, int index, int64_t value,
                        const std::string& field) {
  const Parameter& parameter = rules[rule].parameters[static_cast<size_t>(index)];
  const std::string place = PolicyPlace(pack, rules[rule].id, ParameterPlace(parameter.name));
  if (value < 0 || value > parameter.most) {
    return Bad("BAD_PARAMETER",
               base::StrCat(place, ": takes a whole number from 0 to ", parameter.most, ", not ", value), field);
  }
  if (parameter.override_ == Override::kLocked)
    return Bad("PARAMETER_LOCKED", base::StrCat(place, ": it is fixed by its norm"), field);
  if (parameter.override_ == Override::kTighten && parameter.default_value.has_value() &&
      IsLooser(rules, rule, index, value, *parameter.default_value)) {
    return Bad("PARAMETER_LOOSENED",
               base::StrCat(place, ": a place may only tighten it, and ", value, " is looser than the catalogue's ",
                            *parameter.default_value),
               field);
  }
  return absl::OkStatus();
}

absl::Status CheckRecord(const PolicyPack& pack) {
  const auto bad = [&](std::string_view what, const char* field) {
    return Bad("BAD_POLICY", base::StrCat("pack '", pack.id, "': ", what), field);
  };
  if (pack.id.empty()) return bad("it has no id", "id");
  if (pack.citations.empty()) return bad("it names no document it rests on", "citations");
  if (pack.in_force.IsEmpty()) return bad("it ends before it is in force", "in_force_to");
  if (pack.rules.empty() && pack.local_rules.empty() && pack.procedures.empty())
    return bad("it says nothing of any rule or procedure", "rules");
  return absl::OkStatus();
}

// What carrying a rule says of it: it is judged, and written where its record says.
void SpeakOfLocalRules(const RuleSet& rules, PolicyPack* pack) {
  for (const Rule& rule : pack->local_rules) {
    const int index = rules.Find(rule.id);
    if (index < 0 || !rules[index].is_local()) continue;
    const auto is_of = [&](const PolicyRule& said) { return rules.Find(said.rule) == index; };
    auto said = std::find_if(pack->rules.begin(), pack->rules.end(), is_of);
    if (said == pack->rules.end()) {
      if (rule.off) continue;
      said = pack->rules.emplace(pack->rules.end());
      said->rule = rule.id;
    }
    if (said->turned == Switch::kUnspecified && !rule.off) said->turned = Switch::kOn;
    if (said->citations.empty()) said->citations = rule.citations;
  }
}

absl::StatusOr<BoundPolicyRule> BindRule(const PolicyPack& pack, const PolicyRule& said, const RuleSet& rules,
                                         const std::string& field) {
  BoundPolicyRule bound;
  bound.said = &said;
  bound.rule = rules.Find(said.rule);
  const char* const noun = pack.of_procedures ? "procedure" : "rule";
  if (bound.rule < 0) {
    return Bad(pack.of_procedures ? "UNKNOWN_PROCEDURE" : "UNKNOWN_RULE",
               base::StrCat(PolicyPlace(pack, said.rule, ""), ": the catalogue has no such ", noun), field);
  }
  const Rule& rule = rules[bound.rule];
  bound.parameters.resize(rule.parameters.size());
  for (size_t i = 0; i < said.values.size(); ++i) {
    const PolicyRule::Value& value = said.values[i];
    const std::string at = base::StrCat(field, ".values[", i, "]");
    const int index = FindParameter(rule, value.parameter);
    const std::string place = PolicyPlace(pack, rule.id, ParameterPlace(value.parameter));
    if (index < 0) {
      return Bad("UNKNOWN_PARAMETER",
                 base::StrCat(place, ": the ", noun, " has no such parameter; it has: ", Names(rule)), at);
    }
    RETURN_IF_ERROR(CheckValue(pack, rules, bound.rule, index, value.value, at));
    auto& to = bound.parameters[static_cast<size_t>(index)];
    if (to.has_value()) return Bad("BAD_POLICY", base::StrCat(place, ": it is given twice"), at);
    to = value.value;
  }
  const auto set = [&](Setting setting, auto word, int64_t value) {
    if (word != decltype(word)::kUnspecified) bound.settings[static_cast<size_t>(setting)] = value;
  };
  set(Setting::kEnabled, said.turned, said.turned == Switch::kOn ? 1 : 0);
  set(Setting::kLevel, said.level, static_cast<int64_t>(said.level));
  set(Setting::kEnforcement, said.enforcement, static_cast<int64_t>(said.enforcement));
  const auto given = [](const std::optional<int64_t>& value) { return value.has_value(); };
  if (said.values.empty() && std::none_of(std::begin(bound.settings), std::end(bound.settings), given))
    return Bad("BAD_POLICY", base::StrCat(PolicyPlace(pack, rule.id, ""), ": nothing is said of it"), field);
  return bound;
}

void Finish(BoundPolicy* policy) {
  std::sort(policy->rules.begin(), policy->rules.end(), [](const auto& a, const auto& b) { return a.rule < b.rule; });
}

// What two packs both say of one rule, in words, or "".
std::string BothSay(const Rule& rule, const BoundPolicyRule& a, const BoundPolicyRule& b) {
  for (size_t i = 0; i < rule.parameters.size(); ++i) {
    if (a.parameters[i].has_value() && b.parameters[i].has_value()) return ParameterPlace(rule.parameters[i].name);
  }
  for (size_t i = 0; i < kSettings; ++i) {
    if (a.settings[i].has_value() && b.settings[i].has_value()) return SettingName(static_cast<Setting>(i));
  }
  return "";
}

}  // namespace

const char* EnforcementName(Enforcement enforcement) {
  return enforcement == Enforcement::kBlock ? "block" : enforcement == Enforcement::kReport ? "report" : "";
}

const char* SettingName(Setting setting) {
  constexpr const char* kNames[kSettings] = {"enabled", "level", "enforcement"};
  return kNames[static_cast<size_t>(setting)];
}

std::string SettingText(Setting setting, int64_t value) {
  switch (setting) {
    case Setting::kEnabled:
      return value == 1 ? "yes" : "no";
    case Setting::kLevel:
      return LevelName(static_cast<Level>(value));
    case Setting::kEnforcement:
      return EnforcementName(static_cast<Enforcement>(value));
  }
  return "";
}

const BoundPolicyRule* BoundPolicy::Find(int rule) const {
  const auto it = std::lower_bound(rules.begin(), rules.end(), rule,
                                   [](const auto& said, int wanted) { return said.rule < wanted; });
  return it != rules.end() && it->rule == rule ? &*it : nullptr;
}

std::string PolicyPlace(const PolicyPack& pack, std::string_view rule, std::string_view what) {
  return base::StrCat("pack ", pack.id, pack.of_procedures ? ", procedure " : ", rule ", rule, what.empty() ? "" : ", ",
                      what);
}

PolicyPack AboutProcedures(const PolicyPack& pack) {
  PolicyPack about = pack;
  about.rules = std::move(about.procedures);
  about.procedures.clear();
  about.local_rules.clear();
  about.of_procedures = true;
  return about;
}

absl::StatusOr<RuleSet> WithLocalRules(const RuleSet& rules, const PolicyPack& pack,
                                       const model::Catalogue& catalogue) {
  std::vector<Rule> more;
  for (size_t i = 0; i < pack.local_rules.size(); ++i) {
    const Rule& rule = pack.local_rules[i];
    const int there = rules.Find(rule.id);
    if (there < 0) {
      more.push_back(rule);
      continue;
    }
    const std::string field = base::StrCat("local_rules[", i, "]"), place = PolicyPlace(pack, rule.id, "");
    if (!rules[there].is_local()) {
      return Bad("BAD_POLICY", place + ": the catalogue has a rule of that id; a local rule needs one of its own",
                 field);
    }
    if (rules[there].record == rule.record) continue;
    return base::Error(absl::StatusCode::kFailedPrecondition, "POLICY_CONFLICT",
                       base::StrCat(place, ": pack ", rules[there].pack,
                                    " carries another rule of that id; one that changes gets a new id"),
                       field);
  }
  return rules.With(std::move(more), catalogue, "local_rules");
}

absl::StatusOr<RuleSet> WithKeptRules(const RuleSet& rules, const std::vector<PolicyPack>& packs,
                                      const model::Catalogue& catalogue) {
  std::vector<Rule> more;
  std::set<std::string> ids;
  for (const PolicyPack& pack : packs) {
    for (const Rule& rule : pack.local_rules) {
      std::vector<std::string> names = rule.aliases;
      names.push_back(rule.id);
      const auto is_taken = [&](const std::string& id) { return rules.Find(id) >= 0 || ids.count(id) != 0; };
      if (std::any_of(names.begin(), names.end(), is_taken) || !Bind(rule, catalogue).ok()) continue;
      ids.insert(names.begin(), names.end());
      more.push_back(rule);
    }
  }
  return rules.With(std::move(more), catalogue);
}

absl::StatusOr<std::shared_ptr<const BoundPolicy>> BindPolicy(PolicyPack pack, const RuleSet& rules) {
  RETURN_IF_ERROR(CheckRecord(pack));
  auto policy = std::make_shared<BoundPolicy>();
  policy->pack = std::move(pack);
  SpeakOfLocalRules(rules, &policy->pack);
  std::set<int> seen;
  for (size_t i = 0; i < policy->pack.rules.size(); ++i) {
    const std::string field = base::StrCat(policy->pack.of_procedures ? "procedures[" : "rules[", i, "]");
    ASSIGN_OR_RETURN(BoundPolicyRule bound, BindRule(policy->pack, policy->pack.rules[i], rules, field));
    if (!seen.insert(bound.rule).second) {
      return Bad("BAD_POLICY", PolicyPlace(policy->pack, rules[bound.rule].id, "") + ": it is given twice", field);
    }
    policy->rules.push_back(std::move(bound));
  }
  Finish(policy.get());
  return std::shared_ptr<const BoundPolicy>(std::move(policy));
}

std::shared_ptr<const BoundPolicy> BindKept(PolicyPack pack, const RuleSet& rules) {
  auto policy = std::make_shared<BoundPolicy>();
  policy->pack = std::move(pack);
  SpeakOfLocalRules(rules, &policy->pack);
  for (PolicyRule& said : policy->pack.rules) {
    const int rule = rules.Find(said.rule);
    if (rule < 0) continue;
    const auto refused = [&](const PolicyRule::Value& value) {
      const int index = FindParameter(rules[rule], value.parameter);
      return index < 0 || !CheckValue(policy->pack, rules, rule, index, value.value, "").ok();
    };
    said.values.erase(std::remove_if(said.values.begin(), said.values.end(), refused), said.values.end());
    absl::StatusOr<BoundPolicyRule> bound = BindRule(policy->pack, said, rules, "");
    if (bound.ok()) policy->rules.push_back(*std::move(bound));
  }
  Finish(policy.get());
  return policy;
}

bool IsLooser(const RuleSet& rules, int rule, int parameter, int64_t value, int64_t than) {
  switch (rules.bound(rule).stricter[static_cast<size_t>(parameter)]) {
    case Stricter::kGreater:
      return value < than;
    case Stricter::kSmaller:
      return value > than;
    case Stricter::kUnknown:
      break;
  }
  return value != than;
}

const Waiver* Attached::FindWaiver(int rule, model::NodeNumber subject, base::Date day) const {
  const auto key = [](const Waiver& waiver) { return std::pair(waiver.rule, waiver.subject); };
  const std::pair wanted(rule, subject);
  auto it = std::lower_bound(waivers.begin(), waivers.end(), wanted,
                             [&](const Waiver& waiver, const auto& to) { return key(waiver) < to; });
  for (; it != waivers.end() && key(*it) == wanted; ++it) {
    if (it->valid.Holds(day)) return &*it;
  }
  return nullptr;
}

bool Attached::AlikeOn(base::Date a, base::Date b) const {
  const auto is_alike = [&](const auto& one) { return one.valid.Holds(a) == one.valid.Holds(b); };
  return std::all_of(policies.begin(), policies.end(), is_alike) &&
         std::all_of(waivers.begin(), waivers.end(), is_alike);
}

bool Attached::Blocks(base::Date day) const {
  return std::any_of(policies.begin(), policies.end(), [&](const AttachedPolicy& policy) {
    return policy.valid.Holds(day) &&
           std::any_of(policy.policy->rules.begin(), policy.policy->rules.end(), [](const BoundPolicyRule& said) {
             return said.settings[static_cast<size_t>(Setting::kEnforcement)] ==
                    static_cast<int64_t>(Enforcement::kBlock);
           });
  });
}

void Attached::Sort() {
  std::sort(policies.begin(), policies.end(), [](const AttachedPolicy& a, const AttachedPolicy& b) {
    if (a.unit != b.unit) return a.unit < b.unit;
    if (a.priority != b.priority) return a.priority > b.priority;
    return std::tie(a.policy->pack.id, a.valid.from) < std::tie(b.policy->pack.id, b.valid.from);
  });
  std::sort(waivers.begin(), waivers.end(), [](const Waiver& a, const Waiver& b) {
    return std::tie(a.rule, a.subject, a.valid.from) < std::tie(b.rule, b.subject, b.valid.from);
  });
}

absl::Status CheckConflicts(const AttachedPolicy& policy, const std::vector<AttachedPolicy>& others,
                            const RuleSet& rules) {
  for (const AttachedPolicy& other : others) {
    if (other.unit != policy.unit || other.priority != policy.priority) continue;
    const base::Validity both = policy.valid.Intersect(other.valid);
    if (both.IsEmpty()) continue;
    for (const BoundPolicyRule& said : policy.policy->rules) {
      const BoundPolicyRule* there = other.policy->Find(said.rule);
      if (there == nullptr) continue;
      const Rule& rule = rules[said.rule];
      const std::string what = BothSay(rule, said, *there);
      if (what.empty()) continue;
      return base::Error(
          absl::StatusCode::kFailedPrecondition, "POLICY_CONFLICT",
          base::StrCat(PolicyPlace(policy.policy->pack, rule.id, what), ": pack ", other.policy->pack.id, " (",
                       other.policy->pack.version, ") sets it there too, with the same priority ", policy.priority,
                       both.from.IsFinite() ? base::StrCat(", from ", both.from.ToString()) : std::string(),
                       "; give one a higher priority, or detach one"));
    }
  }
  return absl::OkStatus();
}

}  // namespace jiceng::rules
