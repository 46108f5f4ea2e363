// Judges one node after another by all rules, through the indexes: what a monitor, the refusal of change sets and the
// search for turns need.
#ifndef JICENG_RULES_NODE_JUDGE_H_
#define JICENG_RULES_NODE_JUDGE_H_

#include <algorithm>
#include <memory>
#include <utility>
#include <vector>

#include "rules/evaluator.h"
#include "rules/judge.h"

namespace jiceng::rules {

// By the rules of a request, whose root does not count.  Lives no longer than snapshot, catalogue, rules and request.
// One thread at a time.
class NodeJudge {
 public:
  NodeJudge(const graph::Snapshot& snapshot, const model::Catalogue& catalogue, const RuleSet& rules,
            const AuditRequest& request)
      : day_(snapshot, request.date), effective_(day_, rules, request.parameters, request.attached), request_(request) {
    findings_.matters = request.matters;
    for (Variant& variant : effective_.Variants(request.rules)) {
      if (rules_.empty() || rules_.back() != variant.rule) rules_.push_back(variant.rule);
      Judged judged;
      judged.c = MakeCase(day_, catalogue, rules, variant.rule, variant.values, false, &findings_);
      if (!LacksParameter(*judged.c)) {
        judged.judge = MakeJudge(*judged.c);
      } else if (variant.zones.empty()) {
        continue;  // unknown as long as nobody sets it
      }
      judged.variant = std::move(variant);
      judged_.push_back(std::move(judged));
    }
    std::sort(rules_.begin(), rules_.end());
  }

  const EffectiveRules& effective() const { return effective_; }
  const std::vector<int>& rules() const { return rules_; }  // that are judged by, ascending; as Findings::judged

  // Calls visit(rule, clocks) for each set of values that a rule has somewhere, with what turns its verdicts by time
  // alone; not where a parameter has no value.
  template <typename Visit>
  void ForEachRule(Visit visit) const {
    for (const Judged& judged : judged_) {
      if (judged.judge == nullptr) continue;
      std::vector<Clock> clocks;
      judged.judge->AppendClocks(&clocks);
      visit(judged.variant.rule, std::move(clocks));
    }
  }

  // Whether the node does not meet one of the rules.
  bool IsUnmet(int rule, model::NodeNumber node) {
    if (node.kind() == model::NodeKind::kOrganization) day_.LoadTermsOf(node);
    for (const Judged& judged : judged_) {
      if (judged.variant.rule == rule && judged.judge != nullptr && IsFor(judged, node))
        return judged.judge->Run(node).status == Status::kUnmet;
    }
    return false;
  }

  // Calls visit(finding) for every rule the node does not meet, and lacks(rule) for every one that governs it and has no
  // value where it lies, though it has one elsewhere.
  template <typename Visit, typename Lacks>
  void Run(model::NodeNumber node, Visit visit, Lacks lacks) {
    if (node.kind() == model::NodeKind::kOrganization) day_.LoadTermsOf(node);
    for (const Judged& judged : judged_) {
      if (!IsFor(judged, node)) continue;
      if (judged.judge == nullptr) {
        lacks(judged.variant.rule);
        continue;
      }
      Finding finding = judged.judge->Run(node);
      if (finding.status != Status::kUnmet) continue;
      finding.waived = IsWaived(request_.attached.get(), finding, request_.date);
      visit(finding);
    }
  }

  // Calls visit(rule, anybody) for every rule that has no value for some places and has one elsewhere; anybody() looks
  // through the whole store for a node it governs there.
  template <typename Visit>
  void ForEachLacking(Visit visit) const {
    for (size_t i = 0; i < judged_.size(); ++i) {
      if (judged_[i].judge == nullptr) visit(judged_[i].variant.rule, [this, i] { return AnybodyLacks(judged_[i]); });
    }
  }

 private:
  struct Judged {
    Variant variant;
    std::unique_ptr<Case> c;
    std::unique_ptr<Judge> judge;  // null: a parameter has no value in the variant's zones
  };

  // Whether it is by these values that the rule governs the node.
  bool IsFor(const Judged& judged, model::NodeNumber node) const {
    const Variant& variant = judged.variant;
    return Governs(*judged.c, node) && (variant.zones.empty() || variant.In(effective_.ZoneOf(variant.rule, node)));
  }

  bool AnybodyLacks(const Judged& judged) const {
    const graph::Snapshot& snapshot = day_.snapshot();
    for (int k = 1; k < model::kNodeKinds; ++k) {
      const auto kind = static_cast<model::NodeKind>(k);
      if (!judged.c->bound.domain.Has(kind)) continue;
      for (uint32_t i = 0; i < snapshot.Count(kind); ++i) {
        if (IsFor(judged, model::NodeNumber(kind, i))) return true;
      }
    }
    return false;
  }

  Day day_;
  const EffectiveRules effective_;
  const AuditRequest& request_;
  Findings findings_;
  std::vector<Judged> judged_;
  std::vector<int> rules_;
};

}  // namespace jiceng::rules

#endif  // JICENG_RULES_NODE_JUDGE_H_
