// Indicators: counted measures rolled up over the territory.
#ifndef JICENG_RULES_INDICATORS_H_
#define JICENG_RULES_INDICATORS_H_

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "base/date.h"
#include "graph/snapshot.h"
#include "model/catalogue.h"
#include "model/node.h"
#include "rules/evaluator.h"
#include "rules/people_counts.h"

namespace jiceng::rules {

struct Indicator {
  PeopleCount counted, among;  // the same for a plain count
  const char* name;            // "members.full"
  const char* title_zh;
  const char* title_en;
  const char* numerator_zh;
  const char* numerator_en;
  const char* denominator_zh;  // "" for a plain count
  const char* denominator_en;

  bool IsRatio() const { return counted != among; }
};

absl::Span<const Indicator> Indicators();
const Indicator* FindIndicator(std::string_view name);  // nullptr when there is none of that name

inline constexpr int64_t kNoDenominator = -1;

struct RollupRow {
  model::NodeNumber unit;
  int64_t numerator = 0;
  int64_t denominator = kNoDenominator;
};

// Where `among` counts anything, by units (of `level` only, where it is given), ordered bytewise by their ids; the
// numerators are `counted`.
std::vector<RollupRow> RowsOf(const Day& day, const std::vector<int64_t>& counted, const std::vector<int64_t>& among,
                              bool is_ratio, std::optional<model::Level> level);

// The indicator for every unit of any level (or of `level` only) with something to count, ordered bytewise by the
// units' ids.  Cost: that of CountPeople().
std::vector<RollupRow> Rollup(const graph::Snapshot& snapshot, const model::Catalogue& catalogue,
                              const Indicator& indicator, base::Date date, std::optional<model::Level> level);

// The same of any rule: of the nodes it governs those that meet it (a waiver does not make it met), each at the unit where it lies (see
// EffectiveRules::PlaceOf()) and at all above; what lies nowhere is counted nowhere, and neither is what cannot be judged
// for want of a parameter.  Of `request` date, parameters, packs and threads count.  Cost and errors: those of Audit();
// FAILED_PRECONDITION, reason NOT_EVALUABLE.
absl::StatusOr<std::vector<RollupRow>> RollupRule(const graph::Snapshot& snapshot, const model::Catalogue& catalogue,
                                                  const RuleSet& rules, int rule, AuditRequest request,
                                                  std::optional<model::Level> level);

}  // namespace jiceng::rules

#endif  // JICENG_RULES_INDICATORS_H_
