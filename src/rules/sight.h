// What rules look at, as far as time can change it; shared by those who look ahead and those who look back.
#ifndef JICENG_RULES_SIGHT_H_
#define JICENG_RULES_SIGHT_H_

#include <bitset>
#include <set>
#include <vector>

#include "base/date.h"
#include "graph/snapshot.h"
#include "model/catalogue.h"
#include "rules/bound_rule.h"
#include "rules/evaluator.h"
#include "rules/period.h"
#include "rules/rule.h"

namespace jiceng::rules {

// What a rule looks at besides the node and its facts, as far as time can change it.  Wider than need be: a day too many
// is judged in vain, one too few would be missed.
struct Sight {
  std::bitset<model::kTieKinds> ties;  // of the node, or of what is at their other ends
  bool terms = false;
  bool linked = false;   // the ties of those the node is linked to by a symmetric tie count
  bool places = false;   // in which community or of which level something is, by the territory of the day
  bool seats = false;    // where the other ends are seated
  bool parents = false;  // where the node's parent is seated
};

// A rule that is judged, with what it looks at and, for one set of values that it has somewhere, the periods that turn it.
struct Judged {
  int rule;
  const BoundRule& bound;
  Sight sight;
  std::vector<Clock> clocks;
};

// The rules that a request judges by on any of the days, with each set of values that packs and the caller give them.
std::vector<Judged> JudgedOf(const graph::Snapshot& snapshot, const model::Catalogue& catalogue, const RuleSet& rules,
                             const AuditRequest& request, const std::set<base::Date>& days);

}  // namespace jiceng::rules

#endif  // JICENG_RULES_SIGHT_H_
