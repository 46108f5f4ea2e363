// When verdicts turn by time alone: nothing is written, and a day comes.
#ifndef JICENG_RULES_TURNS_H_
#define JICENG_RULES_TURNS_H_

#include <memory>
#include <optional>
#include <vector>

#include "absl/status/statusor.h"
#include "base/date.h"
#include "graph/snapshot.h"
#include "model/catalogue.h"
#include "rules/evaluator.h"

namespace jiceng::rules {

// A day on which a verdict may differ from that of the day before; without a node, the verdict on anybody.
struct MayTurn {
  base::Date day;
  int rule = 0;
  model::NodeNumber node;

  friend bool operator==(const MayTurn& a, const MayTurn& b) {
    return a.day == b.day && a.rule == b.rule && a.node == b.node;
  }
  friend bool operator<(const MayTurn& a, const MayTurn& b) {
    if (a.day != b.day) return a.day < b.day;
    return a.rule != b.rule ? a.rule < b.rule : a.node < b.node;
  }
};

// What may turn in (request.date, until] under the rules of the request, ascending, each once: whoever is not in it has on every one of these
// days the verdict of the day before.  Ties that begin or end, facts and lifetimes that change, terms and periods that
// run out, laws that come into force, packs that begin or end to hold: one pass over the ties of each kind the rules look at, none over the days.
std::vector<MayTurn> WhatMayTurn(const graph::Snapshot& snapshot, const model::Catalogue& catalogue,
                                 const RuleSet& rules, const AuditRequest& request, base::Date until);

// A verdict that does turn.
struct Turn {
  base::Date day;  // the first one of the new verdict
  int rule = 0;
  model::NodeNumber node;
  bool unmet = false;  // now; it was the other way round the day before
};

// The verdicts that turn between unmet and anything else in (request.date, until], by day, then rule, then node; of nodes
// at or below the request's root on the day of the turn.  Rules that want a parameter nobody has set are left out.
// Errors: those of Audit().
absl::StatusOr<std::vector<Turn>> Turns(const graph::Snapshot& snapshot, const model::Catalogue& catalogue,
                                        const RuleSet& rules, const AuditRequest& request, base::Date until);

// The first day since which the rule has been unmet for the node without a break, Beginning() when it always has been.
// The node is unmet on `date`.  Nothing for rules that look beyond the node's own ties and what is at their other ends:
// what lay below a body years ago is not followed; and nothing where a pack speaks of the rule.
std::optional<base::Date> UnmetSince(const graph::Snapshot& snapshot, const model::Catalogue& catalogue,
                                     const RuleSet& rules, int rule, model::NodeNumber node, base::Date date,
                                     const Parameters& parameters, const Attached* attached = nullptr,
                                     std::shared_ptr<const Matters> matters = nullptr);

}  // namespace jiceng::rules

#endif  // JICENG_RULES_TURNS_H_
