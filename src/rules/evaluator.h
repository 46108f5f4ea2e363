// The evaluator: judges every governed node of a snapshot by a set of rules on one day.
#ifndef JICENG_RULES_EVALUATOR_H_
#define JICENG_RULES_EVALUATOR_H_

#include <optional>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"
#include "base/date.h"
#include "graph/snapshot.h"
#include "model/catalogue.h"
#include "rules/findings.h"
#include "rules/rule.h"

namespace jiceng::rules {

struct AuditRequest {
  std::optional<model::NodeNumber>
      root;  // only subjects under it in the sense of graph::IsUnder; without: the whole store
  base::Date date;
  std::vector<int> rules;                    // indexes in the rule set; empty: see EffectiveRules::Variants()
  Parameters parameters;                     // what was set; it overrides every pack
  std::shared_ptr<const Attached> attached;  // packs and waivers; null: none
  std::shared_ptr<const Matters> matters;    // of the same version; null: none
  bool met = false;                          // what is met is listed too
  int max_threads = 1;  // how many may work on it, the caller's one of them; the findings are the same
  // Called now and then with the work done and the whole of it; false stops.
  std::optional<absl::FunctionRef<bool(int64_t done, int64_t total)>> progress;
};

// The same question about the whole store on another day; nobody is told how far it has come.
inline AuditRequest OnDay(AuditRequest request, base::Date day) {
  request.date = day;
  request.root.reset();
  request.met = false;
  request.progress.reset();
  return request;
}

// Whether a waiver that is attached holds for the finding on that day.
inline bool IsWaived(const Attached* attached, const Finding& finding, base::Date day) {
  return attached != nullptr && attached->FindWaiver(finding.rule, finding.subject, day) != nullptr;
}

// What is unmet, and one unknown a rule whose parameter has no value (its subject is the root, or no node for the
// store); where packs give it a value for some places, one unknown if the rule governs anybody elsewhere.  Verdicts alone: what one rests on is looked up when somebody asks.  One pass over memory, O(nodes + ties); a
// small root costs what lies below it.  Errors: INVALID_ARGUMENT, reason UNKNOWN_NODE (root) or UNKNOWN_RULE;
// CANCELLED, reason STOPPED.
absl::StatusOr<Findings> Audit(const graph::Snapshot& snapshot, const model::Catalogue& catalogue, const RuleSet& rules,
                               const AuditRequest& request);

// The findings [first, last) of an audit of this snapshot by these rules, with the evidence for each; those that have it
// keep it.
Findings WithEvidence(const graph::Snapshot& snapshot, const model::Catalogue& catalogue, const RuleSet& rules,
                      const Findings& audited, size_t first, size_t last);

// The verdict of one rule on one node, whatever it is, with what it rests on: exactly one row.
// Errors: INVALID_ARGUMENT, reason UNKNOWN_NODE or UNKNOWN_RULE; FAILED_PRECONDITION, reason NOT_EVALUABLE.
absl::StatusOr<Findings> Explain(const graph::Snapshot& snapshot, const model::Catalogue& catalogue,
                                 const RuleSet& rules, int rule, model::NodeNumber node, base::Date date,
                                 const Parameters& parameters, std::shared_ptr<const Attached> attached = nullptr,
                                 std::shared_ptr<const Matters> matters = nullptr);

}  // namespace jiceng::rules

#endif  // JICENG_RULES_EVALUATOR_H_
