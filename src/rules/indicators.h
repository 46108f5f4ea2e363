// Indicators: counted measures, here rolled up over the territory; along the Party line: line_rollup.h.
#ifndef JICENG_RULES_INDICATORS_H_
#define JICENG_RULES_INDICATORS_H_

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "absl/functional/function_ref.h"
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
  model::NodeNumber node;
  int64_t numerator = 0;
  int64_t denominator = kNoDenominator;
};

// By the ordinals of one kind of node: what is counted, and among how many.
struct NodeCounts {
  std::vector<int64_t> counted, among;
};
// Where `among` counts anything, by units (of `level` only, where it is given), ordered bytewise by their ids.
std::vector<RollupRow> RowsOf(const Day& day, const NodeCounts& counts, bool is_ratio,
                              std::optional<model::Level> level);
// The same of all nodes of a kind.
std::vector<RollupRow> RowsOf(const graph::Snapshot& snapshot, model::NodeKind kind, const NodeCounts& counts,
                              bool is_ratio);

// The indicator for every unit of any level (or of `level` only) with something to count, ordered bytewise by the
// units' ids.  Cost: that of CountPeople().
std::vector<RollupRow> Rollup(const graph::Snapshot& snapshot, const model::Catalogue& catalogue,
                              const Indicator& indicator, base::Date date, std::optional<model::Level> level);

// The same of any rule: of the nodes it governs those that meet it (a waiver does not make it met), each at the unit where it lies (see
// EffectiveRules::PlaceOf()) and at all above; what lies nowhere is counted nowhere, and neither is what cannot be judged
// for want of a parameter.  Of `request` date, parameters, packs and threads count.  Cost and errors: those of Audit();
// FAILED_PRECONDITION, reason NOT_EVALUABLE.
absl::StatusOr<std::vector<RollupRow>> RollupRule(const graph::Snapshot& snapshot, const model::Catalogue& catalogue,
                                                  const RuleSet& rules, int rule, const AuditRequest& request,
                                                  std::optional<model::Level> level);

// Calls visit(subject, met) for each node that the rule governs and that can be judged.  Of `request` date, parameters,
// packs and threads count.  Cost and errors: those of RollupRule().
absl::Status ForEachJudged(const graph::Snapshot& snapshot, const model::Catalogue& catalogue, const RuleSet& rules,
                           int rule, AuditRequest request, absl::FunctionRef<void(model::NodeNumber, bool)> visit);

// What became of a unit between two territories.
enum class Mapping : uint8_t {
  kExact = 1,    // all that was counted below it then, or lies below it now, has its place in both
  kPartial = 2,  // something counted then lies where there is no unit any more, and it was or may now be below this one
  kGone = 3,     // the unit is no more: what was counted on it is added to nothing above
  kNew = 4,      // there was none then
};
const char* MappingName(Mapping mapping);  // "exact", "partial", "gone", "new"

// An indicator of one day by the territory of that day, and by that of another.
struct RollupAcrossRow {
  model::NodeNumber unit;
  RollupRow was, is;
  Mapping mapping = Mapping::kExact;
};

// As it was and as it is: what is counted, and whether, is of `date`; only what lies below what is of `territory_of` as
// well.  A unit that was moved, renamed or recoded is the same unit.  Of one that was merged or divided nobody knows here
// where its people went, and so nothing of it is put anywhere else.  Ordered bytewise by the units' ids; units with
// something to count in either, of `level` in either.
std::vector<RollupAcrossRow> RowsAcross(const Day& day, const graph::Territory& is, const NodeCounts& then,
                                        const NodeCounts& now, bool is_ratio, std::optional<model::Level> level);
std::vector<RollupAcrossRow> RollupAcross(const graph::Snapshot& snapshot, const model::Catalogue& catalogue,
                                          const Indicator& indicator, base::Date date, base::Date territory_of,
                                          std::optional<model::Level> level);
absl::StatusOr<std::vector<RollupAcrossRow>> RollupRuleAcross(const graph::Snapshot& snapshot,
                                                              const model::Catalogue& catalogue, const RuleSet& rules,
                                                              int rule, const AuditRequest& request,
                                                              base::Date territory_of,
                                                              std::optional<model::Level> level);

}  // namespace jiceng::rules

#endif  // JICENG_RULES_INDICATORS_H_
