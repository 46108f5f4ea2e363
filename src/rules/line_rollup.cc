#include "rules/line_rollup.h"

#include <utility>

#include "base/status.h"

namespace jiceng::rules {

using model::NodeKind;
using model::NodeNumber;

std::vector<RollupRow> RollupOnLine(const graph::Snapshot& snapshot, const model::Catalogue& catalogue,
                                    const Indicator& indicator, base::Date date) {
  Day day(snapshot, date);
  day.LoadPeople();
  day.LoadOrgKinds();
  const PartyLine line(day, catalogue);
  const uint8_t in_all = Asks(indicator.among), in_part = Asks(indicator.counted);
  const std::vector<uint8_t> who = WhoCounts(day, static_cast<uint8_t>(in_all | in_part));
  LineCount all(line), part(line);
  std::vector<uint32_t> orgs;
  for (uint32_t person = 0; person < who.size(); ++person) {
    if ((who[person] & in_all) == 0) continue;
    orgs.clear();
    line.AppendOf(NodeNumber(NodeKind::kPerson, person), &orgs);
    all.Add(orgs);
    if ((who[person] & in_part) != 0) part.Add(orgs);
  }
  return RowsOf(snapshot, NodeKind::kOrganization, {part.Finish(), all.Finish()}, indicator.IsRatio());
}

absl::StatusOr<std::vector<RollupRow>> RollupRuleOnLine(const graph::Snapshot& snapshot,
                                                        const model::Catalogue& catalogue, const RuleSet& rules,
                                                        int rule, AuditRequest request) {
  const Day day(snapshot, request.date);
  const PartyLine line(day, catalogue);
  LineCount met(line), governed(line);
  std::vector<uint32_t> orgs;
  RETURN_IF_ERROR(
      ForEachJudged(snapshot, catalogue, rules, rule, std::move(request), [&](NodeNumber subject, bool is_met) {
        orgs.clear();
        line.AppendOf(subject, &orgs);
        governed.Add(orgs);
        if (is_met) met.Add(orgs);
      }));
  return RowsOf(snapshot, NodeKind::kOrganization, {met.Finish(), governed.Finish()}, true);
}

}  // namespace jiceng::rules
