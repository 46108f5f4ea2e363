// Indicators at every unit, and at every organisation.
#include <jiceng/monitor.h>
#include <jiceng/snapshot.h>

#include <algorithm>
#include <iterator>

#include "base/strings.h"
#include "capi/arguments.h"
#include "capi/ask.h"
#include "capi/guard.h"
#include "capi/words.h"
#include "procedures/indicator.h"
#include "rules/indicators.h"
#include "rules/line_rollup.h"

namespace capi = jiceng::capi;
namespace base = jiceng::base;
namespace graph = jiceng::graph;
namespace model = jiceng::model;
namespace procedures = jiceng::procedures;
namespace rules = jiceng::rules;

namespace {

using model::NodeNumber;

absl::Status UnknownIndicator(const jiceng_snapshot& snapshot, std::string_view name, std::vector<std::string> others) {
  std::vector<std::string> known;
  for (const rules::Indicator& one : rules::Indicators()) known.emplace_back(one.name);
  for (const auto& one : snapshot.catalogue().indicators.indicators()) known.push_back(one.id);
  std::move(others.begin(), others.end(), std::back_inserter(known));
  return capi::UnknownWord("UNKNOWN_INDICATOR", "indicator", name, known, "indicator");
}

// An indicator, one over matters, or a rule by its id.
struct Measured {
  const rules::Indicator* indicator = nullptr;
  const procedures::MatterIndicator* of_matters = nullptr;
  int rule = -1;  // in snapshot.RulesWith(request.attached)
  rules::AuditRequest request;
};

absl::StatusOr<Measured> ReadMeasured(const jiceng_snapshot& snapshot, const char* indicator, base::Date day) {
  Measured measured;
  ASSIGN_OR_RETURN(const std::string_view name, capi::ReadNeededText(indicator, "indicator"));
  measured.indicator = rules::FindIndicator(name);
  measured.of_matters = snapshot.catalogue().indicators.Find(name);
  if (measured.indicator != nullptr || measured.of_matters != nullptr) return measured;
  measured.request.date = day;
  ASSIGN_OR_RETURN(measured.request.attached, snapshot.attached());
  const rules::RuleSet& set = snapshot.RulesWith(measured.request.attached);
  measured.rule = set.Find(name);
  if (measured.rule < 0) return UnknownIndicator(snapshot, name, {"the id of any rule"});
  measured.request.matters = snapshot.MattersFor(set, {measured.rule});
  return measured;
}

std::vector<rules::RollupRow> RowsOfMatters(const jiceng_snapshot& snapshot,
                                            const procedures::MatterIndicator& indicator,
                                            std::optional<model::Level> level, base::Date day) {
  return procedures::Rollup(snapshot.graph(), *snapshot.engine->DocketOf(snapshot.version), indicator, day, level);
}

absl::StatusOr<std::vector<rules::RollupRow>> RowsOf(const jiceng_snapshot& snapshot, const char* indicator,
                                                     std::optional<model::Level> level, base::Date day) {
  const model::Catalogue& catalogue = snapshot.catalogue().model;
  ASSIGN_OR_RETURN(const Measured measured, ReadMeasured(snapshot, indicator, day));
  if (measured.indicator != nullptr) return rules::Rollup(snapshot.graph(), catalogue, *measured.indicator, day, level);
  if (measured.of_matters != nullptr) return RowsOfMatters(snapshot, *measured.of_matters, level, day);
  return rules::RollupRule(snapshot.graph(), catalogue, snapshot.RulesWith(measured.request.attached), measured.rule,
                           measured.request, level);
}

absl::StatusOr<std::vector<rules::RollupRow>> RowsOnLine(const jiceng_snapshot& snapshot, const char* indicator,
                                                         base::Date day) {
  const graph::Snapshot& graph = snapshot.graph();
  const model::Catalogue& catalogue = snapshot.catalogue().model;
  ASSIGN_OR_RETURN(const Measured measured, ReadMeasured(snapshot, indicator, day));
  if (measured.indicator != nullptr) return rules::RollupOnLine(graph, catalogue, *measured.indicator, day);
  if (measured.of_matters != nullptr) {
    return procedures::RollupOnLine(graph, catalogue, *snapshot.engine->DocketOf(snapshot.version),
                                    *measured.of_matters, day);
  }
  return rules::RollupRuleOnLine(graph, catalogue, snapshot.RulesWith(measured.request.attached), measured.rule,
                                 measured.request);
}

absl::StatusOr<std::vector<rules::RollupAcrossRow>> RowsAcross(const jiceng_snapshot& snapshot, const char* indicator,
                                                               std::optional<model::Level> level, base::Date day,
                                                               base::Date territory_of) {
  const model::Catalogue& catalogue = snapshot.catalogue().model;
  ASSIGN_OR_RETURN(const Measured measured, ReadMeasured(snapshot, indicator, day));
  if (measured.indicator != nullptr)
    return rules::RollupAcross(snapshot.graph(), catalogue, *measured.indicator, day, territory_of, level);
  if (measured.of_matters != nullptr) {
    return procedures::RollupAcross(snapshot.graph(), *snapshot.engine->DocketOf(snapshot.version),
                                    *measured.of_matters, day, territory_of, level);
  }
  return rules::RollupRuleAcross(snapshot.graph(), catalogue, snapshot.RulesWith(measured.request.attached),
                                 measured.rule, measured.request, territory_of, level);
}

absl::StatusOr<std::optional<model::Level>> ReadLevel(const char* level) {
  if (level == nullptr) return std::optional<model::Level>();
  ASSIGN_OR_RETURN(const std::string_view name, capi::ReadText(level, JICENG_NUL, "level"));
  const model::Level found = model::LevelFromName(name);
  if (found != model::Level::kNone) return std::optional<model::Level>(found);
  std::vector<std::string> known;
  for (int i = 1; i <= static_cast<int>(model::Level::kMicroGrid); ++i)
    known.emplace_back(model::LevelName(static_cast<model::Level>(i)));
  return capi::UnknownWord("UNKNOWN_LEVEL", "level", name, known, "level");
}

void PutDenominator(const rules::RollupRow& row, capi::TableBuilder* table) {
  table->Int64OrNull(row.denominator == rules::kNoDenominator ? std::nullopt : std::optional(row.denominator));
}

using UnitColumns = jiceng_monitor::UnitColumns;

UnitColumns ColumnsOf(const graph::Snapshot& graph, std::shared_ptr<const graph::Territory> territory,
                      std::vector<NodeNumber> units) {
  capi::TableBuilder table({{"node", JICENG_COLUMN_TEXT}, {"level", JICENG_COLUMN_TEXT}});
  table.Reserve(units.size());
  for (const NodeNumber unit : units) {
    capi::PutNode(graph, unit, &table);
    const model::Level level = territory->Level(unit.ordinal());
    table.TextOrNull(level == model::Level::kNone ? "" : model::LevelName(level));
  }
  const auto columns = table.Finish()->data->columns;
  return {std::move(units), std::move(territory), columns[0], columns[1]};
}

// The table of the rows, which are about the units of the columns.
std::unique_ptr<jiceng_table> RollupTable(const jiceng_snapshot& snapshot, base::Date day, const UnitColumns& units,
                                          const std::vector<rules::RollupRow>& rows) {
  capi::TableBuilder builder(
      {{"name", JICENG_COLUMN_TEXT}, {"numerator", JICENG_COLUMN_INT64}, {"denominator", JICENG_COLUMN_INT64}});
  builder.Reserve(rows.size());
  for (const rules::RollupRow& row : rows) {
    builder.Later();
    builder.Int64(row.numerator);
    PutDenominator(row, &builder);
  }
  builder.Fill("name", capi::NamesLater(snapshot, day, units.units));
  auto table = builder.Finish();
  const std::vector<std::shared_ptr<const capi::Column>>& own = table->data->columns;
  auto data = std::make_shared<capi::TableData>();
  data->columns = {units.node, own[0], units.level, own[1], own[2]};
  data->rows = table->data->rows;
  table->data = std::move(data);
  return table;
}

std::vector<NodeNumber> UnitsOf(const std::vector<rules::RollupRow>& rows) {
  std::vector<NodeNumber> units;
  units.reserve(rows.size());
  for (const rules::RollupRow& row : rows) units.push_back(row.node);
  return units;
}

}  // namespace

jiceng_status jiceng_rollup(const jiceng_snapshot* snapshot, const char* indicator, const char* level, int32_t date,
                            jiceng_table** out_table, jiceng_error** out_error) {
  return capi::Guard(out_error, [&]() -> absl::Status {
    RETURN_IF_ERROR(capi::Clear(out_table, "out_table"));
    RETURN_IF_ERROR(capi::CheckSnapshot(snapshot));
    ASSIGN_OR_RETURN(const std::optional<model::Level> only, ReadLevel(level));
    ASSIGN_OR_RETURN(const base::Date day, capi::ReadDate(date, "date"));
    const graph::Snapshot& graph = snapshot->graph();
    ASSIGN_OR_RETURN(std::vector<rules::RollupRow> rows, RowsOf(*snapshot, indicator, only, day));
    const auto is_hidden = [&](const rules::RollupRow& row) { return !capi::MaySee(*snapshot, row.node, day); };
    rows.erase(std::remove_if(rows.begin(), rows.end(), is_hidden), rows.end());
    const UnitColumns units = ColumnsOf(graph, graph.TerritoryOn(day), UnitsOf(rows));
    *out_table = RollupTable(*snapshot, day, units, rows).release();
    return absl::OkStatus();
  });
}

jiceng_status jiceng_rollup_party_line(const jiceng_snapshot* snapshot, const char* indicator, int32_t date,
                                       jiceng_table** out_table, jiceng_error** out_error) {
  return capi::Guard(out_error, [&]() -> absl::Status {
    RETURN_IF_ERROR(capi::Clear(out_table, "out_table"));
    RETURN_IF_ERROR(capi::CheckSnapshot(snapshot));
    ASSIGN_OR_RETURN(const base::Date day, capi::ReadDate(date, "date"));
    ASSIGN_OR_RETURN(const std::vector<rules::RollupRow> rows, RowsOnLine(*snapshot, indicator, day));
    capi::TableBuilder table({{"node", JICENG_COLUMN_TEXT},
                              {"name", JICENG_COLUMN_TEXT},
                              {"kind", JICENG_COLUMN_TEXT},
                              {"numerator", JICENG_COLUMN_INT64},
                              {"denominator", JICENG_COLUMN_INT64}});
    capi::NamedNodes organizations(*snapshot, day, "name", &table);
    for (const rules::RollupRow& row : rows) {
      if (!capi::MaySee(*snapshot, row.node, day)) continue;
      organizations.Put(row.node);
      table.TextOrNull(capi::KindOf(*snapshot, row.node, day));
      table.Int64(row.numerator);
      PutDenominator(row, &table);
    }
    organizations.Finish();
    *out_table = table.Finish().release();
    return absl::OkStatus();
  });
}

jiceng_status jiceng_rollup_across(const jiceng_snapshot* snapshot, const char* indicator, const char* level,
                                   int32_t date, int32_t territory_of, jiceng_table** out_table,
                                   jiceng_error** out_error) {
  return capi::Guard(out_error, [&]() -> absl::Status {
    RETURN_IF_ERROR(capi::Clear(out_table, "out_table"));
    RETURN_IF_ERROR(capi::CheckSnapshot(snapshot));
    ASSIGN_OR_RETURN(const std::optional<model::Level> only, ReadLevel(level));
    ASSIGN_OR_RETURN(const base::Date day, capi::ReadDate(date, "date"));
    ASSIGN_OR_RETURN(const base::Date other, capi::ReadDate(territory_of, "territory_of"));
    ASSIGN_OR_RETURN(const std::vector<rules::RollupAcrossRow> rows,
                     RowsAcross(*snapshot, indicator, only, day, other));
    const auto was = snapshot->graph().TerritoryOn(day), is = snapshot->graph().TerritoryOn(other);
    capi::TableBuilder table({{"node", JICENG_COLUMN_TEXT},
                              {"name", JICENG_COLUMN_TEXT},
                              {"level", JICENG_COLUMN_TEXT},
                              {"was_numerator", JICENG_COLUMN_INT64},
                              {"was_denominator", JICENG_COLUMN_INT64},
                              {"is_numerator", JICENG_COLUMN_INT64},
                              {"is_denominator", JICENG_COLUMN_INT64},
                              {"mapping", JICENG_COLUMN_TEXT}});
    capi::NamedNodes units(*snapshot, other, "name", &table);
    for (const rules::RollupAcrossRow& row : rows) {
      if (!capi::MaySee(*snapshot, row.unit, day) && !capi::MaySee(*snapshot, row.unit, other)) continue;
      units.Put(row.unit);
      const uint32_t unit = row.unit.ordinal();
      const model::Level found = is->Exists(unit) ? is->Level(unit) : was->Level(unit);
      table.TextOrNull(found == model::Level::kNone ? "" : model::LevelName(found));
      for (const rules::RollupRow* one : {&row.was, &row.is}) {
        table.Int64(one->numerator);
        PutDenominator(*one, &table);
      }
      table.Text(rules::MappingName(row.mapping));
    }
    units.Finish();
    *out_table = table.Finish().release();
    return absl::OkStatus();
  });
}

jiceng_status jiceng_monitor_rollup(const jiceng_monitor* monitor, const char* indicator, const char* level,
                                    jiceng_table** out_table, jiceng_error** out_error) {
  return capi::Guard(out_error, [&]() -> absl::Status {
    RETURN_IF_ERROR(capi::Clear(out_table, "out_table"));
    RETURN_IF_ERROR(capi::Need(monitor, "monitor"));
    const jiceng_monitor::State state = monitor->Now();
    RETURN_IF_ERROR(capi::CheckSnapshot(&state.snapshot));
    ASSIGN_OR_RETURN(const std::string_view name, capi::ReadNeededText(indicator, "indicator"));
    ASSIGN_OR_RETURN(const std::optional<model::Level> only, ReadLevel(level));
    const base::Date day = state.monitor->date();
    std::vector<rules::RollupRow> rows;
    if (const rules::Indicator* found = rules::FindIndicator(name)) {
      rows = state.monitor->RollUp(*found, only);
    } else if (const auto* of_matters = state.snapshot.catalogue().indicators.Find(name)) {
      rows = RowsOfMatters(state.snapshot, *of_matters, only, day);
    } else {
      return UnknownIndicator(state.snapshot, name, {});
    }
    std::vector<NodeNumber> units = UnitsOf(rows);
    auto territory = state.snapshot.graph().TerritoryOn(day);
    // Mostly the units are those of the version before.
    std::shared_ptr<const UnitColumns> columns = monitor->UnitColumnsOf(name, only);
    if (columns == nullptr || columns->territory != territory || columns->units != units) {
      columns = std::make_shared<const UnitColumns>(
          ColumnsOf(state.snapshot.graph(), std::move(territory), std::move(units)));
      monitor->Keep(name, only, columns);
    }
    *out_table = RollupTable(state.snapshot, day, *columns, rows).release();
    return absl::OkStatus();
  });
}
