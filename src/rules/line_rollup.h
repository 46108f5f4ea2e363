// The indicators at every organisation, along the Party line.
#ifndef JICENG_RULES_LINE_ROLLUP_H_
#define JICENG_RULES_LINE_ROLLUP_H_

#include <vector>

#include "absl/status/statusor.h"
#include "rules/indicators.h"
#include "rules/party_line.h"

namespace jiceng::rules {

// What Rollup() counts at units, counted at the organisations it belongs to (see PartyLine::AppendOf()) and at all above
// them on the Party line, each person or other node once an organisation; what belongs to none is counted nowhere.  Of
// people whoever counts at some unit by residence counts here, at the organisations of the formal affiliation.  Those
// organisations with something to count, ordered bytewise by their ids.
// Cost: a pass over people, ties and organisations, and what lies above each.
std::vector<RollupRow> RollupOnLine(const graph::Snapshot& snapshot, const model::Catalogue& catalogue,
                                    const Indicator& indicator, base::Date date);
// The same of any rule, as RollupRule().
absl::StatusOr<std::vector<RollupRow>> RollupRuleOnLine(const graph::Snapshot& snapshot,
                                                        const model::Catalogue& catalogue, const RuleSet& rules,
                                                        int rule, AuditRequest request);

}  // namespace jiceng::rules

#endif  // JICENG_RULES_LINE_ROLLUP_H_
