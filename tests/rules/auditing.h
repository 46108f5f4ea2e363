// Audits in one line: findings as "org:b branch.min-members unmet".
#ifndef JICENG_TESTS_RULES_AUDITING_H_
#define JICENG_TESTS_RULES_AUDITING_H_

#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "rules/evaluator.h"
#include "rules/message.h"
#include "tests/graph/organization_builder.h"
#include "tests/rules/frozen_catalogue.h"

namespace jiceng::testing {

using Lines = std::vector<std::string>;

inline std::string TextOf(const graph::Snapshot& s, model::NodeNumber node) { return node ? s.Text(node) : "store:"; }

// What a store is with one waiver.
inline std::shared_ptr<const rules::Attached> Waived(rules::Waiver waiver) {
  auto attached = std::make_shared<rules::Attached>();
  attached->waivers.push_back(std::move(waiver));
  return attached;
}

// With the evidence for every finding.
inline rules::Findings AuditOf(const graph::Snapshot& s, std::string_view day, const rules::Parameters& parameters = {},
                               std::optional<model::NodeNumber> root = {},
                               const rules::RuleSet& rule_set = FrozenRules()) {
  rules::AuditRequest request;
  request.date = Day(day);
  request.parameters = parameters;
  request.root = root;
  const rules::Findings audited = rules::Audit(s, FrozenModel(), rule_set, request).value();
  return rules::WithEvidence(s, FrozenModel(), rule_set, audited, 0, audited.size());
}

inline Lines ToLines(const graph::Snapshot& s, const rules::Findings& findings,
                     const rules::RuleSet& rule_set = FrozenRules()) {
  Lines lines;
  for (const rules::Finding& f : findings.rows) {
    lines.push_back(TextOf(s, f.subject) + " " + rule_set[f.rule].id + " " + rules::StatusName(f.status));
  }
  return lines;
}

// The subjects that do not meet one rule.  Every verdict is compared with what Explain says of the node.
inline Lines Unmet(const graph::Snapshot& s, std::string_view rule, std::string_view day,
                   const rules::Parameters& parameters = {}, std::optional<model::NodeNumber> root = {}) {
  const int index = FrozenRules().Find(rule);
  Lines subjects;
  for (const rules::Finding& f : AuditOf(s, day, parameters, root).rows) {
    if (f.rule != index || f.status != rules::Status::kUnmet) continue;
    subjects.push_back(TextOf(s, f.subject));
    const auto explained = rules::Explain(s, FrozenModel(), FrozenRules(), index, f.subject, Day(day), parameters);
    EXPECT_TRUE(explained.ok());
    EXPECT_EQ(explained->rows.at(0).status, rules::Status::kUnmet);
    EXPECT_EQ(explained->rows.at(0).value, f.value);
    EXPECT_EQ(explained->rows.at(0).since, f.since);
  }
  return subjects;
}

inline rules::Status Verdict(const graph::Snapshot& s, std::string_view rule, model::NodeNumber node,
                             std::string_view day, const rules::Parameters& parameters = {}) {
  const auto explained =
      rules::Explain(s, FrozenModel(), FrozenRules(), FrozenRules().Find(rule), node, Day(day), parameters);
  EXPECT_TRUE(explained.ok());
  return explained->rows.at(0).status;
}

// The facts of the only finding of a rule.
inline Lines FactsOf(const graph::Snapshot& s, const rules::Findings& findings, std::string_view rule) {
  const int index = FrozenRules().Find(rule);
  const auto text = [&](model::NodeNumber node) { return TextOf(s, node); };
  for (const rules::Finding& f : findings.rows) {
    if (f.rule == index) return rules::RenderFacts(FrozenRules()[index], findings, f, FrozenModel(), text);
  }
  return {"no such finding"};
}

}  // namespace jiceng::testing

#endif  // JICENG_TESTS_RULES_AUDITING_H_
