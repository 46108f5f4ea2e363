#include "rules/indicators.h"

#include "rules/day.h"
#include "rules/text_order.h"

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
  const std::vector<int64_t>& counted = counts[static_cast<size_t>(indicator.counted)];
  const std::vector<int64_t>& among = counts[static_cast<size_t>(indicator.among)];
  std::vector<NodeNumber> units;
  for (uint32_t u = 0; u < among.size(); ++u) {
    if (among[u] != 0 && (!level.has_value() || day.territory().Level(u) == *level))
      units.push_back(NodeNumber(NodeKind::kUnit, u));
  }
  std::vector<RollupRow> rows;
  rows.reserve(units.size());
  for (const uint32_t i : TextOrder(snapshot, units)) {
    const uint32_t u = units[i].ordinal();
    rows.push_back({units[i], counted[u], indicator.IsRatio() ? among[u] : kNoDenominator});
  }
  return rows;
}

}  // namespace jiceng::rules
