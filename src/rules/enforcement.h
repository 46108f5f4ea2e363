// What a change would newly break of the rules that a pack blocks.
#ifndef JICENG_RULES_ENFORCEMENT_H_
#define JICENG_RULES_ENFORCEMENT_H_

#include <functional>
#include <memory>

#include "absl/status/statusor.h"
#include "rules/evaluator.h"

namespace jiceng::rules {

// The matters of either version, which are asked for only where a rule looks at them.
using MattersOf = std::function<std::shared_ptr<const Matters>(const graph::Snapshot&)>;

// The findings that `after` has on a day, where a pack of `attached` blocks them, and that `before` has not: what was
// broken before stands in nobody's way, and what a waiver bears with does not either.  Judges the nodes that the change
// can have touched; everything where the two have not the same base, or the territory changed.  Ordered as findings are.
// Errors: those of Audit().
absl::StatusOr<Findings> NewlyBlocked(const graph::Snapshot& before, const graph::Snapshot& after,
                                      const model::Catalogue& catalogue, const RuleSet& rules,
                                      std::shared_ptr<const Attached> attached, base::Date day,
                                      const MattersOf& matters_of = {});

}  // namespace jiceng::rules

#endif  // JICENG_RULES_ENFORCEMENT_H_
