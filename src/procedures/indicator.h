// Indicators over matters as records: what proto/jiceng/v1/indicator.proto says, as values, checked; and their counts.
#ifndef JICENG_PROCEDURES_INDICATOR_H_
#define JICENG_PROCEDURES_INDICATOR_H_

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "graph/snapshot.h"
#include "procedures/docket.h"
#include "procedures/procedure.h"
#include "rules/indicators.h"

namespace jiceng::procedures {

struct MatterTest {
  std::vector<std::string> states, taken;
  std::string due, in_time;
};

struct MatterIndicator {
  std::string id;
  Text title, numerator, denominator;
  std::string procedure, part;
  std::string line_part;  // "": `part`
  std::vector<MatterTest> among, counted;
  std::vector<std::string> steps;
  std::string field;

  bool IsRatio() const { return !among.empty(); }
};

// A checked list of them.  Immutable, share freely; copies are cheap.
class IndicatorSet {
 public:
  IndicatorSet() = default;  // none
  // Errors: INVALID_ARGUMENT, reason BAD_INDICATOR, with the place as field: `matter_indicators[2].counted[0].due`: a
  // word that some edition of its template does not have, a part that there is not, or that is no unit, a name given twice.
  static absl::StatusOr<IndicatorSet> Create(std::vector<MatterIndicator> indicators, const ProcedureSet& procedures);

  const std::vector<MatterIndicator>& indicators() const;
  const MatterIndicator* Find(std::string_view id) const;  // nullptr where there is none

 private:
  std::shared_ptr<const std::vector<MatterIndicator>> indicators_;
};

// The indicator for every unit of any level (or of `level` only) with something to count, ordered as rules::Rollup()
// does; of an indicator of a set and the docket of the snapshot.  One pass over the matters of the procedure and their
// steps.
std::vector<rules::RollupRow> Rollup(const graph::Snapshot& snapshot, const Docket& docket,
                                     const MatterIndicator& indicator, base::Date date,
                                     std::optional<model::Level> level);
// The indicator for every organisation with something to count, along the Party line: each matter at the organisations
// to which belongs who plays the `line_part` (rules::PartyLine::AppendOf()), and at all above.
std::vector<rules::RollupRow> RollupOnLine(const graph::Snapshot& snapshot, const model::Catalogue& catalogue,
                                           const Docket& docket, const MatterIndicator& indicator, base::Date date);
// By the territory of another day beside that of `date`, as rules::RollupAcross().
std::vector<rules::RollupAcrossRow> RollupAcross(const graph::Snapshot& snapshot, const Docket& docket,
                                                 const MatterIndicator& indicator, base::Date date,
                                                 base::Date territory_of, std::optional<model::Level> level);

}  // namespace jiceng::procedures

#endif  // JICENG_PROCEDURES_INDICATOR_H_
