// One judge a shape: the verdict on one node, the same code for an audit and for one question.
#ifndef JICENG_RULES_JUDGE_H_
#define JICENG_RULES_JUDGE_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "rules/bound_rule.h"
#include "rules/counts.h"
#include "rules/day.h"
#include "rules/effective.h"
#include "rules/findings.h"
#include "rules/period.h"
#include "rules/rule.h"

namespace jiceng::rules {

// Of a count, the evidence is this many ties beside the number; a hand check of a larger one begins at the number
// anyway.
inline constexpr size_t kMostTies = 10;

// Everything a judge works with.
struct Case {
  const Day& day;
  const model::Catalogue& catalogue;
  int rule_index = 0;
  const Rule& rule;
  const BoundRule& bound;
  std::vector<std::optional<int64_t>> parameters;  // by index in Rule::parameters
  Level level = Level::kUnspecified;
  bool explain = false;          // keep evidence; without it a judge finds the verdict alone
  Findings* findings = nullptr;  // where evidence goes

  Finding Blank(model::NodeNumber subject) const {
    Finding finding;
    finding.subject = subject;
    finding.rule = rule_index;
    finding.level = level;
    finding.first = finding.last = static_cast<uint32_t>(findings->evidence.size());
    return finding;
  }
  void Tell(const Evidence& evidence) const { findings->evidence.push_back(evidence); }
  void TellTie(const model::Tie& tie) const;
  void TellNumber(Evidence::Kind kind, model::NodeNumber node, int64_t value) const;
  // Sets the verdict and closes the evidence.
  void Decide(Status status, MessageCase message, Finding* finding) const {
    finding->status = status;
    finding->message = message;
    finding->last = static_cast<uint32_t>(findings->evidence.size());
  }
};

// The case of one rule with the values it has at one place.
std::unique_ptr<Case> MakeCase(const Day& day, const model::Catalogue& catalogue, const RuleSet& rules, int index,
                               const EffectiveRule& values, bool explain, Findings* findings);
// Adds to a finding's evidence which packs gave what the verdict was made with, and which waiver it has.
void TellPolicy(const Case& c, const EffectiveRule& values, Finding* finding);
// The verdict while a parameter the rule uses has no value: unknown, never a guess (design §4).
std::optional<Finding> MissingParameter(const Case& c, model::NodeNumber subject);
bool LacksParameter(const Case& c);

// Judges nodes by one rule.  Nodes are in the domain already.
class Judge {
 public:
  virtual ~Judge() = default;
  virtual Finding Run(model::NodeNumber node) = 0;
  // What turns its verdicts by time alone, beside rows that begin or end and terms that run out.
  virtual void AppendClocks(std::vector<Clock>*) const {}
  // Before a whole store is judged: what one pass over the ties can prepare.  `counts` outlives the judge.  False when
  // it has no use for counts.
  virtual bool Want(Counts*) { return false; }
  virtual void Prepare(const Counts&) {}
  // Once prepared, the nodes of a kind that may be unmet, ascending, where a pass finds them cheaper than Run() on all
  // of them would: whoever is left out is not unmet.
  virtual std::optional<std::vector<uint32_t>> Suspects(model::NodeKind) { return std::nullopt; }
};

// The judge of the rule's shape; null for a rule without one.
std::unique_ptr<Judge> MakeJudge(const Case& c);
std::unique_ptr<Judge> MakeCountBoundsJudge(const Case& c, const BoundCountBounds& shape);
std::unique_ptr<Judge> MakeTermLengthJudge(const Case& c, const BoundTermLength& shape);
std::unique_ptr<Judge> MakeDeadlineJudge(const Case& c, const BoundDeadline& shape);
std::unique_ptr<Judge> MakeUniquenessJudge(const Case& c, const BoundUniqueness& shape);
std::unique_ptr<Judge> MakeDurationJudge(const Case& c, const BoundDuration& shape);
std::unique_ptr<Judge> MakeTiePairJudge(const Case& c, const BoundTiePair& shape);
std::unique_ptr<Judge> MakeTermShiftJudge(const Case& c, const BoundTermShift& shape);
std::unique_ptr<Judge> MakeResolutionJudge(const Case& c, const BoundResolution& shape);
std::unique_ptr<Judge> MakeMatterOverdueJudge(const Case& c, const BoundMatterOverdue& shape);

// Whether what is said of a node is what the domain asks for; of a kind in the domain.
inline bool FactsFit(const Case& c, model::NodeNumber node) {
  const BoundDomain& domain = c.bound.domain;
  switch (node.kind()) {
    case model::NodeKind::kPerson:
      return (domain.statuses >> c.day.Status(node.ordinal()) & 1) != 0 &&
             (!domain.in_service || c.day.InService(node.ordinal()));
    case model::NodeKind::kOrganization:
      return domain.org_kinds.any || domain.org_kinds.Has(c.day.OrgKind(node));
    case model::NodeKind::kUnit:
      return domain.levels == kAnyLevel || (domain.levels >> static_cast<int>(c.day.Level(node.ordinal())) & 1) != 0;
    case model::NodeKind::kNone:
      break;
  }
  return false;
}

// Whether the node is there for the rule.  Whatever that says of lifetimes, a node put by mistake and taken back is not.
inline bool IsThere(const Case& c, model::NodeNumber node) {
  const graph::Snapshot& snapshot = c.day.snapshot();
  if (snapshot.Withdrawn(node)) return false;
  if (node.kind() == model::NodeKind::kPerson || !(c.bound.domain.live || c.bound.domain.gone)) return true;
  return snapshot.Life(node).Holds(c.day.date()) == c.bound.domain.live;
}

// Whether the rule is in force for the node.  The latest terms must be loaded.
inline bool IsInForce(const Case& c, model::NodeNumber node) {
  if (c.rule.governing_day == GoverningDay::kAsked) return c.rule.in_force.Holds(c.day.date());
  const model::TermRow* term = c.day.LatestTerm(node.ordinal());
  return term != nullptr && c.rule.in_force.Holds(term->elected_on);
}

// Whether the rule governs the node.
inline bool Governs(const Case& c, model::NodeNumber node) {
  return c.bound.domain.Has(node.kind()) && FactsFit(c, node) && IsThere(c, node) && IsInForce(c, node);
}
// The facts that take a node out of the domain.
std::vector<Evidence> WhyNotGoverned(const Case& c, model::NodeNumber node);

}  // namespace jiceng::rules

#endif  // JICENG_RULES_JUDGE_H_
