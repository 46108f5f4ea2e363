#include "rules/enforcement.h"

#include <algorithm>
#include <limits>
#include <set>
#include <utility>

#include "base/status.h"
#include "rules/node_judge.h"
#include "rules/reach.h"
#include "rules/text_order.h"

namespace jiceng::rules {
namespace {

using model::NodeNumber;

constexpr auto kIgnoreLacking = [](int) {};

// The rules that some pack of the day blocks somewhere.
std::vector<int> BlockedRules(const Attached& attached, base::Date day) {
  std::set<int> blocked;
  for (const AttachedPolicy& policy : attached.policies) {
    if (!policy.valid.Holds(day)) continue;
    for (const BoundPolicyRule& said : policy.policy->rules) {
      if (said.settings[static_cast<size_t>(Setting::kEnforcement)] == static_cast<int64_t>(Enforcement::kBlock))
        blocked.insert(said.rule);
    }
  }
  return {blocked.begin(), blocked.end()};
}

}  // namespace

absl::StatusOr<Findings> NewlyBlocked(const graph::Snapshot& before, const graph::Snapshot& after,
                                      const model::Catalogue& catalogue, const RuleSet& rules,
                                      std::shared_ptr<const Attached> attached, base::Date day,
                                      const MattersOf& matters_of) {
  AuditRequest request;
  request.date = day;
  request.rules = BlockedRules(*attached, day);
  request.attached = std::move(attached);
  Findings findings;
  findings.date = day;
  findings.attached = request.attached;
  findings.judged = request.rules;
  if (request.rules.empty()) return findings;
  const bool with_matters = matters_of && rules.LookAtMatters(request.rules);
  if (with_matters) request.matters = matters_of(after);
  NodeJudge judge(after, catalogue, rules, request);

  const auto take = [&](const Finding& finding) {
    if (finding.status != Status::kUnmet || finding.waived) return;
    const EffectiveRules& effective = judge.effective();
    const EffectiveRule values = effective.Of(finding.rule, effective.ZoneOf(finding.rule, finding.subject));
    if (values.enabled() && values.blocks()) findings.rows.push_back(finding);
  };
  const bool one_base = after.SharesBase(before) && after.touches() >= before.touches();
  // What a rule looks at beyond a node's own ties is not followed.
  const bool deep = std::any_of(judge.rules().begin(), judge.rules().end(), [&](int r) { return rules.bound(r).deep; });
  Reach reach;
  if (one_base && !deep) reach = ReachOf({before, after, day, day}, {}, std::numeric_limits<size_t>::max());
  if (one_base && !deep && !reach.everything) {
    for (const NodeNumber node : reach.nodes) {
      if (after.In(node)) judge.Run(node, take, kIgnoreLacking);
    }
  } else {
    ASSIGN_OR_RETURN(const Findings all, Audit(after, catalogue, rules, request));
    for (const Finding& finding : all.rows) take(finding);
  }

  // By the same packs: one that is only now attached does not make new what was broken all along.
  AuditRequest as_it_was = request;
  if (with_matters) as_it_was.matters = matters_of(before);
  NodeJudge then(before, catalogue, rules, as_it_was);
  const auto was_broken = [&](const Finding& finding) {
    bool broken = false;
    if (!before.In(finding.subject)) return broken;
    then.Run(
        finding.subject, [&](const Finding& old) { broken = broken || old.rule == finding.rule; }, kIgnoreLacking);
    return broken;
  };
  findings.rows.erase(std::remove_if(findings.rows.begin(), findings.rows.end(), was_broken), findings.rows.end());
  const auto& rank = rules.rank();
  std::sort(findings.rows.begin(), findings.rows.end(), [&](const Finding& a, const Finding& b) {
    const std::string x = after.Text(a.subject), y = after.Text(b.subject);
    return x != y ? x < y : rank[static_cast<size_t>(a.rule)] < rank[static_cast<size_t>(b.rule)];
  });
  for (Finding& finding : findings.rows) finding.first = finding.last = 0;  // verdicts alone
  return findings;
}

}  // namespace jiceng::rules
