#include "rules/indicators.h"

#include <memory>
#include <utility>

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

RollupRow RowOf(const NodeCounts& counts, NodeNumber node, bool is_ratio) {
  const uint32_t n = node.ordinal();
  return {node, counts.counted[n], is_ratio ? counts.among[n] : kNoDenominator};
}

std::vector<RollupRow> RowsOf(const graph::Snapshot& snapshot, absl::Span<const NodeNumber> nodes,
                              const NodeCounts& counts, bool is_ratio) {
  std::vector<RollupRow> rows;
  rows.reserve(nodes.size());
  for (const uint32_t i : TextOrder(snapshot, nodes)) rows.push_back(RowOf(counts, nodes[i], is_ratio));
  return rows;
}

NodeCounts CountIndicator(Day* day, const graph::Territory& by, const model::Catalogue& catalogue,
                          const Indicator& indicator) {
  const uint8_t asked = static_cast<uint8_t>(Asks(indicator.counted) | Asks(indicator.among));
  CountsAtUnits counts = CountPeople(day, by, catalogue, asked);
  return {counts[static_cast<size_t>(indicator.counted)], counts[static_cast<size_t>(indicator.among)]};
}

// Of one audit, over each of the territories.
absl::StatusOr<std::vector<NodeCounts>> CountRule(const Day& day, absl::Span<const graph::Territory* const> territories,
                                                  const model::Catalogue& catalogue, const RuleSet& rules, int rule,
                                                  const AuditRequest& request) {
  const EffectiveRules effective(day, rules, request.parameters, request.attached);
  std::vector<TreeCount> met, governed;
  for (const graph::Territory* territory : territories) {
    met.emplace_back(*territory);
    governed.emplace_back(*territory);
  }
  RETURN_IF_ERROR(ForEachJudged(day.snapshot(), catalogue, rules, rule, request, [&](NodeNumber subject, bool is_met) {
    const NodeNumber place = effective.PlaceOf(rule, subject);
    if (!place) return;
    for (TreeCount& count : governed) count.AddTo(place.ordinal(), 1);
    if (!is_met) return;
    for (TreeCount& count : met) count.AddTo(place.ordinal(), 1);
  }));
  std::vector<NodeCounts> counts;
  for (size_t i = 0; i < territories.size(); ++i) counts.push_back({met[i].Finish(), governed[i].Finish()});
  return counts;
}

}  // namespace

std::vector<RollupRow> RowsOf(const Day& day, const NodeCounts& counts, bool is_ratio,
                              std::optional<model::Level> level) {
  std::vector<NodeNumber> units;
  for (uint32_t u = 0; u < counts.among.size(); ++u) {
    if (counts.among[u] != 0 && (!level.has_value() || day.territory().Level(u) == *level))
      units.push_back(NodeNumber(NodeKind::kUnit, u));
  }
  return RowsOf(day.snapshot(), units, counts, is_ratio);
}

std::vector<RollupRow> RowsOf(const graph::Snapshot& snapshot, NodeKind kind, const NodeCounts& counts, bool is_ratio) {
  std::vector<NodeNumber> nodes;
  for (uint32_t n = 0; n < counts.among.size(); ++n) {
    if (counts.among[n] != 0) nodes.push_back(NodeNumber(kind, n));
  }
  return RowsOf(snapshot, nodes, counts, is_ratio);
}

absl::Status ForEachJudged(const graph::Snapshot& snapshot, const model::Catalogue& catalogue, const RuleSet& rules,
                           int rule, AuditRequest request, absl::FunctionRef<void(NodeNumber, bool)> visit) {
  if (rule >= 0 && rule < rules.size() && !rules[rule].evaluable()) {
    return base::Error(absl::StatusCode::kFailedPrecondition, "NOT_EVALUABLE",
                       base::StrCat("the library holds no data for rule ", rules[rule].id));
  }
  request.root.reset();
  request.rules = {rule};
  request.met = true;
  ASSIGN_OR_RETURN(const Findings findings, Audit(snapshot, catalogue, rules, request));
  for (const Finding& finding : findings.rows) {
    if (finding.status == Status::kMet || finding.status == Status::kUnmet)
      visit(finding.subject, finding.status == Status::kMet);
  }
  return absl::OkStatus();
}

std::vector<RollupAcrossRow> RowsAcross(const Day& day, const graph::Territory& is, const NodeCounts& then,
                                        const NodeCounts& now, bool is_ratio, std::optional<model::Level> level) {
  const graph::Territory& was = day.territory();
  const auto units = static_cast<uint32_t>(then.among.size());
  std::vector<bool> partial(units, false);
  const auto mark = [&](const graph::Territory& territory, uint32_t unit) {
    while ((unit = territory.Parent(unit)) != kNone && !partial[unit]) partial[unit] = true;
  };
  bool lost = false;
  for (uint32_t u = 0; u < units; ++u) {
    if (!was.Exists(u) || is.Exists(u) || now.among[u] == 0) continue;  // what lies on it, nothing above adds up
    lost = true;
    mark(was, u);
  }
  for (uint32_t u = 0; lost && u < units; ++u) {
    if (is.Exists(u) && !was.Exists(u)) mark(is, u);
  }
  std::vector<NodeNumber> shown;
  for (uint32_t u = 0; u < units; ++u) {
    if (then.among[u] == 0 && now.among[u] == 0) continue;
    if (!level.has_value() || was.Level(u) == *level || is.Level(u) == *level)
      shown.push_back(NodeNumber(NodeKind::kUnit, u));
  }
  std::vector<RollupAcrossRow> rows;
  rows.reserve(shown.size());
  for (const uint32_t i : TextOrder(day.snapshot(), shown)) {
    const uint32_t u = shown[i].ordinal();
    rows.push_back({shown[i], RowOf(then, shown[i], is_ratio), RowOf(now, shown[i], is_ratio),
                    !is.Exists(u)    ? Mapping::kGone
                    : !was.Exists(u) ? Mapping::kNew
                    : partial[u]     ? Mapping::kPartial
                                     : Mapping::kExact});
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

const char* MappingName(Mapping mapping) {
  constexpr const char* kNames[] = {"", "exact", "partial", "gone", "new"};
  return kNames[static_cast<int>(mapping)];
}

std::vector<RollupRow> Rollup(const graph::Snapshot& snapshot, const model::Catalogue& catalogue,
                              const Indicator& indicator, base::Date date, std::optional<model::Level> level) {
  Day day(snapshot, date);
  return RowsOf(day, CountIndicator(&day, day.territory(), catalogue, indicator), indicator.IsRatio(), level);
}

absl::StatusOr<std::vector<RollupRow>> RollupRule(const graph::Snapshot& snapshot, const model::Catalogue& catalogue,
                                                  const RuleSet& rules, int rule, const AuditRequest& request,
                                                  std::optional<model::Level> level) {
  const Day day(snapshot, request.date);
  const graph::Territory* const only[] = {&day.territory()};
  ASSIGN_OR_RETURN(const std::vector<NodeCounts> counts, CountRule(day, only, catalogue, rules, rule, request));
  return RowsOf(day, counts[0], true, level);
}

std::vector<RollupAcrossRow> RollupAcross(const graph::Snapshot& snapshot, const model::Catalogue& catalogue,
                                          const Indicator& indicator, base::Date date, base::Date territory_of,
                                          std::optional<model::Level> level) {
  Day day(snapshot, date);
  const std::shared_ptr<const graph::Territory> is = snapshot.TerritoryOn(territory_of);
  return RowsAcross(day, *is, CountIndicator(&day, day.territory(), catalogue, indicator),
                    CountIndicator(&day, *is, catalogue, indicator), indicator.IsRatio(), level);
}

absl::StatusOr<std::vector<RollupAcrossRow>> RollupRuleAcross(const graph::Snapshot& snapshot,
                                                              const model::Catalogue& catalogue, const RuleSet& rules,
                                                              int rule, const AuditRequest& request,
                                                              base::Date territory_of,
                                                              std::optional<model::Level> level) {
  const Day day(snapshot, request.date);
  const std::shared_ptr<const graph::Territory> is = snapshot.TerritoryOn(territory_of);
  const graph::Territory* const both[] = {&day.territory(), is.get()};
  ASSIGN_OR_RETURN(const std::vector<NodeCounts> counts, CountRule(day, both, catalogue, rules, rule, request));
  return RowsAcross(day, *is, counts[0], counts[1], true, level);
}

}  // namespace jiceng::rules
