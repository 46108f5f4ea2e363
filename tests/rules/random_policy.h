// Rules with parameters of every kind, and random packs that set them.
#ifndef JICENG_TESTS_RULES_RANDOM_POLICY_H_
#define JICENG_TESTS_RULES_RANDOM_POLICY_H_

#include <memory>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "rules/policy.h"
#include "tests/rules/frozen_shapes.h"

namespace jiceng::testing {

// The rules of all shapes, with figures that may be replaced, only tightened either way, or not touched, with and without
// default, and two rules that are off.
inline const rules::RuleSet& RulesWithParameters() {
  using namespace rules;
  static const RuleSet* const kRules = [] {
    std::vector<Rule> records = RecordsOfAllShapes();
    const auto find = [&](std::string_view id) -> Rule& {
      for (Rule& rule : records) {
        if (rule.id == id) return rule;
      }
      std::abort();
    };
    const auto declare = [&](Rule& rule, const char* name, std::optional<int64_t> value, Override override_) {
      Parameter parameter;
      parameter.name = name;
      parameter.type = ParameterType::kCount;
      parameter.default_value = value;
      parameter.override_ = override_;
      rule.parameters.push_back(parameter);
      return Amount{0, name};
    };
    Rule& least = find("branch.min-members");
    std::get<CountBounds>(least.shape).bounds[0].amount = declare(least, "branch.min", 2, Override::kTighten);
    Rule& most = find("branch.max-members");
    std::get<CountBounds>(most.shape).bounds[0].amount = declare(most, "branch.max", 4, Override::kReplace);
    Rule& committee = find("branch.committee-required");
    auto& shape = std::get<CountBounds>(committee.shape);
    shape.bounds[0].amount = declare(committee, "committee.min", 3, Override::kLocked);
    shape.conditions[0].bound.amount = declare(committee, "committee.from", 5, Override::kTighten);
    Rule& fact = find("count.fact");
    std::get<CountBounds>(fact.shape).bounds[0].amount = declare(fact, "fact.min", std::nullopt, Override::kReplace);
    fact.off = true;
    Rule& duration = find("duration.tie");
    std::get<Duration>(duration.shape).at_most = declare(duration, "temporary.months", 6, Override::kTighten);
    find("pair.excludes").off = true;
    return new RuleSet(RuleSet::Create(std::move(records), FrozenModel()).value());
  }();
  return *kRules;
}

// Random packs, the same for the same seed.
class RandomPolicies {
 public:
  RandomPolicies(uint32_t seed, const rules::RuleSet& set) : random_(seed), set_(set) {}

  int Below(int limit) { return static_cast<int>(random_() % static_cast<uint32_t>(limit)); }

  rules::PolicyPack Pack(std::string id) {
    using namespace rules;
    PolicyPack pack;
    pack.id = std::move(id);
    pack.title = {"包", "pack"};
    pack.citations = {{"《某条例》", {}, "Art. 1", {}, Confidence::kVerified, {}}};
    std::vector<int> rules(static_cast<size_t>(set_.size()));
    for (size_t i = 0; i < rules.size(); ++i) rules[i] = static_cast<int>(i);
    std::shuffle(rules.begin(), rules.end(), random_);
    for (const int rule : rules) {
      const bool wanted = !set_[rule].parameters.empty() || set_[rule].off;
      if (Below(wanted ? 2 : 12) != 0) continue;
      PolicyRule said;
      said.rule = set_[rule].id;
      for (size_t p = 0; p < set_[rule].parameters.size(); ++p) {
        const Parameter& parameter = set_[rule].parameters[p];
        if (parameter.override_ == Override::kLocked || Below(3) == 0) continue;
        int64_t value = Below(9);
        if (parameter.name == "report.deadline_days") value *= 100;
        if (parameter.override_ == Override::kTighten &&
            IsLooser(set_, rule, static_cast<int>(p), value, *parameter.default_value))
          value = *parameter.default_value;
        said.values.push_back({parameter.name, value});
      }
      if (Below(4) == 0) said.turned = Below(2) == 0 ? Switch::kOn : Switch::kOff;
      if (Below(4) == 0) said.level = static_cast<Level>(1 + Below(5));
      if (Below(3) == 0 || (said.values.empty() && said.turned == Switch::kUnspecified))
        said.enforcement = Below(2) == 0 ? Enforcement::kBlock : Enforcement::kReport;
      pack.rules.push_back(std::move(said));
    }
    if (pack.rules.empty()) {
      PolicyRule said;
      said.rule = set_[0].id;
      said.turned = Switch::kOn;
      pack.rules.push_back(std::move(said));
    }
    return pack;
  }

  // Several packs on units below `units` and on their root, each with a priority of its own.
  std::shared_ptr<const rules::Attached> Attach(uint32_t units) {
    auto attached = std::make_shared<rules::Attached>();
    const int packs = Below(7);
    for (int i = 0; i < packs; ++i) {
      rules::AttachedPolicy policy;
      if (Below(5) != 0)
        policy.unit = model::NodeNumber(model::NodeKind::kUnit, static_cast<uint32_t>(Below(static_cast<int>(units))));
      if (Below(3) == 0) policy.valid.from = Day("2022-01-01").AddDays(Below(400) - 100);
      if (Below(3) == 0) policy.valid.to = Day("2023-01-01").AddDays(Below(400) - 100);
      policy.priority = i;
      policy.policy = rules::BindPolicy(Pack("pack" + std::to_string(i)), set_).value();
      attached->policies.push_back(std::move(policy));
    }
    attached->Sort();
    return attached;
  }

 private:
  std::mt19937 random_;
  const rules::RuleSet& set_;
};

}  // namespace jiceng::testing

#endif  // JICENG_TESTS_RULES_RANDOM_POLICY_H_
