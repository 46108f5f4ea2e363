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
#include "rules/findings.h"
#include "rules/rule.h"

namespace jiceng::rules {

// Of a count, an audit keeps this many ties beside the number; a hand check of a larger one begins at the number
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
  bool explain = false;                            // keep evidence for every verdict, not only for what is unmet
  Findings* findings = nullptr;                    // where evidence goes

  Finding Blank(model::NodeNumber subject) const {
    Finding finding;
    finding.subject = subject;
    finding.rule = rule_index;
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

// Judges nodes by one rule.  Nodes are in the domain already.
class Judge {
 public:
  virtual ~Judge() = default;
  virtual Finding Run(model::NodeNumber node) = 0;
  // Before a whole store is judged: what one pass over the ties can prepare.  `counts` outlives the judge.
  virtual void Want(Counts*) {}
  virtual void Prepare(const Counts&) {}
};

// The judge of the rule's shape; null for a rule without one.
std::unique_ptr<Judge> MakeJudge(const Case& c);
std::unique_ptr<Judge> MakeCountBoundsJudge(const Case& c, const BoundCountBounds& shape);
std::unique_ptr<Judge> MakeTermLengthJudge(const Case& c, const BoundTermLength& shape);
std::unique_ptr<Judge> MakeDeadlineJudge(const Case& c, const BoundDeadline& shape);
std::unique_ptr<Judge> MakeUniquenessJudge(const Case& c, const BoundUniqueness& shape);

// Whether the rule governs the node; with `why_not` the fact that takes it out of the domain.
bool Governs(const Case& c, model::NodeNumber node, std::vector<Evidence>* why_not);

}  // namespace jiceng::rules

#endif  // JICENG_RULES_JUDGE_H_
