#include "rules/indicators.h"

#include "base/status.h"
#include "base/strings.h"
#include "rules/day.h"
#include "rules/effective.h"
#include "rules/text_order.h"
#include "rules/tree_count.h"

namespace jiceng::rules {
namespace {

using model::NodeKind;
using model::NodeNumber;

constexpr Indicator kIndicators[] = {
    {PeopleCount::kFullMembers, PeopleCount::kFullMembers, "members.full", "正式党员数", "Full members",
     "组织关系(正式)在设于该单元及其以下的党组织的正式党员,每人计一次",
     "full members with a formal affiliation to a Party organisation seated at or below the unit, each person once", "",
     ""},
    {PeopleCount::kReportedResidents, PeopleCount::kInServiceResidents, "report.rate", "在职党员报到率",
     "Report rate of in-service members", "其中已到该居住地所属社区报到的,每人计一次",
     "those of them who have reported to the community of that residence, each person once",
     "居住在该单元及其以下的在职党员(含预备党员),每人计一次",
     "in-service members, probationary ones included, with a residence at or below the unit, each person once"},
};

}  // namespace

std::vector<RollupRow> RowsOf(const Day& day, const std::vector<int64_t>& counted, const std::vector<int64_t>& among,
                              bool is_ratio, std::optional<model::Level> level) {
  std::vector<NodeNumber> units;
  for (uint32_t u = 0; u < among.size(); ++u) {
    if (among[u] != 0 && (!level.has_value() || day.territory().Level(u) == *level))
      units.push_back(NodeNumber(NodeKind::kUnit, u));
  }
  std::vector<RollupRow> rows;
  rows.reserve(units.size());
  for (const uint32_t i : TextOrder(day.snapshot(), units)) {
    const uint32_t u = units[i].ordinal();
    rows.push_back({units[i], counted[u], is_ratio ? among[u] : kNoDenominator});
  }
  return rows;
}

absl::Span<const Indicator> Indicators() { return kIndicators; }

const Indicator* FindIndicator(std::string_view name) {
  for (const Indicator& indicator : kIndicators) {
    if (name == indicator.name) return &indicator;
  }
  return nullptr;
}

std::vector<RollupRow> Rollup(const graph::Snapshot& snapshot, const model::Catalogue& catalogue,
                              const Indicator& indicator, base::Date date, std::optional<model::Level> level) {
  Day day(snapshot, date);
  day.LoadPeople();
  const uint8_t asked = static_cast<uint8_t>(Asks(indicator.counted) | Asks(indicator.among));
  const CountsAtUnits counts = CountPeople(day, catalogue, asked);
  return RowsOf(day, counts[static_cast<size_t>(indicator.counted)], counts[static_cast<size_t>(indicator.among)],
                indicator.IsRatio(), level);
}

absl::StatusOr<std::vector<RollupRow>> RollupRule(const graph::Snapshot& snapshot, const model::Catalogue& catalogue,
                                                  const RuleSet& rules, int rule, AuditRequest request,
                                                  std::optional<model::Level> level) {
  if (rule >= 0 && rule < rules.size() && !rules[rule].evaluable()) {
    return base::Error(absl::StatusCode::kFailedPrecondition, "NOT_EVALUABLE",
                       base::StrCat("the library holds no data for rule ", rules[rule].id));
  }
  request.root.reset();
  request.rules = {rule};
  request.met = true;
  ASSIGN_OR_RETURN(const Findings findings, Audit(snapshot, catalogue, rules, request));
  const Day day(snapshot, request.date);
  const EffectiveRules effective(day, rules, request.parameters, request.attached);
  TreeCount met(day.territory()), governed(day.territory());
  for (const Finding& finding : findings.rows) {
    if (finding.status != Status::kMet && finding.status != Status::kUnmet) continue;
    const NodeNumber place = effective.PlaceOf(rule, finding.subject);
    if (!place) continue;
    governed.AddTo(place.ordinal(), 1);
    if (finding.status == Status::kMet) met.AddTo(place.ordinal(), 1);
  }
  return RowsOf(day, met.Finish(), governed.Finish(), true, level);
}

}  // namespace jiceng::rules
