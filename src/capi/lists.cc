// Indicators and lists below a node.
#include "rules/lists.h"

#include <jiceng/monitor.h>
#include <jiceng/snapshot.h>

#include <algorithm>
#include <iterator>

#include "base/strings.h"
#include "capi/arguments.h"
#include "capi/ask.h"
#include "capi/guard.h"
#include "rules/indicators.h"
#include "rules/pairings.h"
#include "rules/posts.h"

namespace capi = jiceng::capi;
namespace base = jiceng::base;
namespace graph = jiceng::graph;
namespace model = jiceng::model;
namespace rules = jiceng::rules;

namespace {

using model::NodeNumber;

// INVALID_ARGUMENT for a word that is not in a list, which is given.
template <typename Known>
absl::Status UnknownWord(std::string_view reason, std::string_view what, std::string_view word, const Known& known,
                         std::string_view name) {
  std::string message = base::StrCat("no ", what, " '", word, "'; there are: ");
  bool first = true;
  for (const auto& one : known) {
    message += base::StrCat(first ? "" : ", ", one);
    first = false;
  }
  return base::Error(absl::StatusCode::kInvalidArgument, reason, message, name);
}

absl::StatusOr<std::string_view> ReadIndicatorName(const char* indicator) {
  RETURN_IF_ERROR(capi::Need(indicator, "indicator"));
  return capi::ReadText(indicator, JICENG_NUL, "indicator");
}

absl::Status UnknownIndicator(const jiceng_snapshot& snapshot, std::string_view name, std::vector<std::string> others) {
  std::vector<std::string> known;
  for (const rules::Indicator& one : rules::Indicators()) known.emplace_back(one.name);
  for (const auto& one : snapshot.catalogue().indicators.indicators()) known.push_back(one.id);
  std::move(others.begin(), others.end(), std::back_inserter(known));
  return UnknownWord("UNKNOWN_INDICATOR", "indicator", name, known, "indicator");
}

// Of an indicator over matters; nothing where there is none of that name.
std::optional<std::vector<rules::RollupRow>> RowsOfMatters(const jiceng_snapshot& snapshot, std::string_view name,
                                                           std::optional<model::Level> level, base::Date day) {
  const auto* const found = snapshot.catalogue().indicators.Find(name);
  if (found == nullptr) return std::nullopt;
  return jiceng::procedures::Rollup(snapshot.graph(), *snapshot.engine->DocketOf(snapshot.version), *found, day, level);
}

// Of an indicator, or of a rule by its id.
absl::StatusOr<std::vector<rules::RollupRow>> RowsOf(const jiceng_snapshot& snapshot, const char* indicator,
                                                     std::optional<model::Level> level, base::Date day) {
  const graph::Snapshot& graph = snapshot.graph();
  const model::Catalogue& catalogue = snapshot.catalogue().model;
  ASSIGN_OR_RETURN(const std::string_view name, ReadIndicatorName(indicator));
  if (const rules::Indicator* found = rules::FindIndicator(name))
    return rules::Rollup(graph, catalogue, *found, day, level);
  if (auto rows = RowsOfMatters(snapshot, name, level, day)) return *std::move(rows);
  rules::AuditRequest request;
  request.date = day;
  ASSIGN_OR_RETURN(request.attached, snapshot.attached());
  const rules::RuleSet& set = snapshot.RulesWith(request.attached);
  const int rule = set.Find(name);
  if (rule < 0) return UnknownIndicator(snapshot, name, {"the id of any rule"});
  request.matters = snapshot.MattersFor(set, {rule});
  return rules::RollupRule(graph, catalogue, set, rule, request, level);
}

absl::StatusOr<std::optional<model::Level>> ReadLevel(const char* level) {
  if (level == nullptr) return std::optional<model::Level>();
  ASSIGN_OR_RETURN(const std::string_view name, capi::ReadText(level, JICENG_NUL, "level"));
  const model::Level found = model::LevelFromName(name);
  if (found != model::Level::kNone) return std::optional<model::Level>(found);
  std::vector<std::string> known;
  for (int i = 1; i <= static_cast<int>(model::Level::kMicroGrid); ++i)
    known.emplace_back(model::LevelName(static_cast<model::Level>(i)));
  return UnknownWord("UNKNOWN_LEVEL", "level", name, known, "level");
}

absl::StatusOr<const model::Role*> ReadRole(const model::Catalogue& catalogue, const char* role) {
  RETURN_IF_ERROR(capi::Need(role, "role"));
  ASSIGN_OR_RETURN(const std::string_view name, capi::ReadText(role, JICENG_NUL, "role"));
  if (const model::Role* found = catalogue.FindRole(name)) return found;
  std::vector<std::string> known;
  for (const model::Role& one : catalogue.roles()) known.push_back(one.id);
  return UnknownWord("UNKNOWN_ROLE", "role", name, known, "role");
}

// The bodies of a class: a level of units, else a kind of organisation.
absl::StatusOr<rules::PostClass> ReadPostClass(const model::Catalogue& catalogue, const char* where) {
  RETURN_IF_ERROR(capi::Need(where, "where"));
  ASSIGN_OR_RETURN(const std::string_view name, capi::ReadText(where, JICENG_NUL, "where"));
  rules::PostClass found;
  found.level = model::LevelFromName(name);
  if (found.level != model::Level::kNone) return found;
  if (const model::OrgKind* kind = catalogue.FindOrgKind(name)) {
    found.org_kind = kind->number;
    return found;
  }
  std::vector<std::string> known;
  for (int i = 1; i <= static_cast<int>(model::Level::kMicroGrid); ++i)
    known.emplace_back(model::LevelName(static_cast<model::Level>(i)));
  for (const model::OrgKind& kind : catalogue.org_kinds()) known.push_back(kind.id);
  return UnknownWord("UNKNOWN_LEVEL", "level of units or kind of organisation", name, known, "where");
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
    builder.Int64OrNull(row.denominator == rules::kNoDenominator ? std::nullopt : std::optional(row.denominator));
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
  for (const rules::RollupRow& row : rows) units.push_back(row.unit);
  return units;
}

// A list of what lies under a node on a day: make(day, root) gives its table.
template <typename Make>  // absl::StatusOr<std::unique_ptr<jiceng_table>>(base::Date, const rules::Root&)
jiceng_status ListUnder(const jiceng_snapshot* snapshot, const char* node, size_t node_len, int32_t date,
                        jiceng_table** out_table, jiceng_error** out_error, Make make) {
  return capi::Guard(out_error, [&]() -> absl::Status {
    RETURN_IF_ERROR(capi::Clear(out_table, "out_table"));
    RETURN_IF_ERROR(capi::CheckSnapshot(snapshot));
    ASSIGN_OR_RETURN(const base::Date day, capi::ReadDate(date, "date"));
    ASSIGN_OR_RETURN(const rules::Root root, capi::FindRoot(*snapshot, node, node_len, day));
    ASSIGN_OR_RETURN(std::unique_ptr<jiceng_table> table, make(day, root));
    *out_table = table.release();
    return absl::OkStatus();
  });
}
using ListTable = absl::StatusOr<std::unique_ptr<jiceng_table>>;

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
    const auto is_hidden = [&](const rules::RollupRow& row) { return !capi::MaySee(*snapshot, row.unit, day); };
    rows.erase(std::remove_if(rows.begin(), rows.end(), is_hidden), rows.end());
    const UnitColumns units = ColumnsOf(graph, graph.TerritoryOn(day), UnitsOf(rows));
    *out_table = RollupTable(*snapshot, day, units, rows).release();
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
    ASSIGN_OR_RETURN(const std::string_view name, ReadIndicatorName(indicator));
    ASSIGN_OR_RETURN(const std::optional<model::Level> only, ReadLevel(level));
    const base::Date day = state.monitor->date();
    std::optional<std::vector<rules::RollupRow>> counted;
    if (const rules::Indicator* found = rules::FindIndicator(name)) {
      counted = state.monitor->RollUp(*found, only);
    } else {
      counted = RowsOfMatters(state.snapshot, name, only, day);
    }
    if (!counted.has_value()) return UnknownIndicator(state.snapshot, name, {});
    const std::vector<rules::RollupRow>& rows = *counted;
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

jiceng_status jiceng_list_unreported(const jiceng_snapshot* snapshot, const char* node, size_t node_len, int32_t date,
                                     jiceng_table** out_table, jiceng_error** out_error) {
  return ListUnder(snapshot, node, node_len, date, out_table, out_error,
                   [&](base::Date day, const rules::Root& root) -> ListTable {
                     capi::TableBuilder table({{"node", JICENG_COLUMN_TEXT}, {"name", JICENG_COLUMN_TEXT}});
                     capi::NamedNodes people(*snapshot, day, "name", &table);
                     const std::vector<NodeNumber> found = rules::Unreported(snapshot->graph(), root, day);
                     people.Reserve(found.size());
                     for (const NodeNumber person : found) people.Put(person);
                     people.Finish();
                     return table.Finish();
                   });
}

jiceng_status jiceng_list_cross_appointments(const jiceng_snapshot* snapshot, const char* node, size_t node_len,
                                             int32_t date, jiceng_table** out_table, jiceng_error** out_error) {
  return ListUnder(
      snapshot, node, node_len, date, out_table, out_error, [&](base::Date day, const rules::Root& root) -> ListTable {
        const model::Catalogue& catalogue = snapshot->catalogue().model;
        capi::TableBuilder table({{"node", JICENG_COLUMN_TEXT},
                                  {"name", JICENG_COLUMN_TEXT},
                                  {"community", JICENG_COLUMN_TEXT},
                                  {"kinds", JICENG_COLUMN_TEXT_LIST}});
        capi::NamedNodes people(*snapshot, day, "name", &table);
        std::vector<std::string> kinds;
        for (const rules::CrossAppointment& row : rules::CrossAppointments(snapshot->graph(), catalogue, root, day)) {
          kinds.clear();
          for (const int32_t number : row.kinds) {
            const model::OrgKind* kind = catalogue.FindOrgKind(number);
            kinds.push_back(kind == nullptr ? std::to_string(number)
                                            : kind->id);  // a newer catalogue's kind has only its number here
          }
          people.Put(row.person);
          capi::PutNode(snapshot->graph(), row.community, &table);
          table.TextList(kinds);
        }
        people.Finish();
        return table.Finish();
      });
}

jiceng_status jiceng_list_officers(const jiceng_snapshot* snapshot, const char* node, size_t node_len, const char* role,
                                   int32_t date, jiceng_table** out_table, jiceng_error** out_error) {
  return ListUnder(
      snapshot, node, node_len, date, out_table, out_error, [&](base::Date day, const rules::Root& root) -> ListTable {
        ASSIGN_OR_RETURN(const model::Role* wanted, ReadRole(snapshot->catalogue().model, role));
        capi::TableBuilder table({{"node", JICENG_COLUMN_TEXT},
                                  {"name", JICENG_COLUMN_TEXT},
                                  {"body", JICENG_COLUMN_TEXT},
                                  {"body_name", JICENG_COLUMN_TEXT},
                                  {"role", JICENG_COLUMN_TEXT},
                                  {"manner", JICENG_COLUMN_TEXT},
                                  {"from", JICENG_COLUMN_DATE}});
        capi::NamedNodes people(*snapshot, day, "name", &table), bodies(*snapshot, day, "body_name", &table);
        const auto number = static_cast<model::RoleNumber>(wanted->number);
        for (const rules::Officer& officer : rules::Officers(snapshot->graph(), root, number, day)) {
          people.Put(officer.person);
          bodies.Put(officer.body);
          table.Text(wanted->id);
          table.TextOrNull(model::MannerName(model::TieKind::kAppointment, officer.manner));
          table.Date(officer.from);
        }
        people.Finish();
        bodies.Finish();
        return table.Finish();
      });
}

jiceng_status jiceng_list_posts(const jiceng_snapshot* snapshot, const char* node, size_t node_len, const char* role,
                                const char* where, int32_t date, jiceng_table** out_table, jiceng_error** out_error) {
  return ListUnder(
      snapshot, node, node_len, date, out_table, out_error, [&](base::Date day, const rules::Root& root) -> ListTable {
        const model::Catalogue& catalogue = snapshot->catalogue().model;
        ASSIGN_OR_RETURN(const model::Role* wanted, ReadRole(catalogue, role));
        ASSIGN_OR_RETURN(const rules::PostClass post_class, ReadPostClass(catalogue, where));
        capi::TableBuilder table({{"node", JICENG_COLUMN_TEXT},
                                  {"name", JICENG_COLUMN_TEXT},
                                  {"state", JICENG_COLUMN_TEXT},
                                  {"holders", JICENG_COLUMN_INT64},
                                  {"holder", JICENG_COLUMN_TEXT},
                                  {"holder_name", JICENG_COLUMN_TEXT},
                                  {"held", JICENG_COLUMN_INT64},
                                  {"first", JICENG_COLUMN_TEXT}});
        capi::NamedNodes nodes(*snapshot, day, "name", &table), holders(*snapshot, day, "holder_name", &table);
        const auto number = static_cast<model::RoleNumber>(wanted->number);
        for (const rules::Post& post : rules::Posts(snapshot->graph(), root, post_class, number, day)) {
          nodes.Put(post.node);
          table.Text(rules::PostStateName(post.state));
          table.Int64(post.holders);
          holders.Put(post.holder);
          table.Int64(post.held);
          // A holder may have another post where the actor has no business.
          const bool shown = post.first && capi::MaySee(*snapshot, post.first, day);
          table.TextOrNull(shown ? snapshot->graph().Text(post.first) : "");
        }
        nodes.Finish();
        holders.Finish();
        return table.Finish();
      });
}

jiceng_status jiceng_list_pairings(const jiceng_snapshot* snapshot, const char* node, size_t node_len, int32_t date,
                                   jiceng_table** out_table, jiceng_error** out_error) {
  return ListUnder(
      snapshot, node, node_len, date, out_table, out_error, [&](base::Date day, const rules::Root& root) -> ListTable {
        capi::TableBuilder table({{"node", JICENG_COLUMN_TEXT},
                                  {"name", JICENG_COLUMN_TEXT},
                                  {"other", JICENG_COLUMN_TEXT},
                                  {"other_name", JICENG_COLUMN_TEXT},
                                  {"tier", JICENG_COLUMN_TEXT},
                                  {"from", JICENG_COLUMN_DATE}});
        capi::NamedNodes ones(*snapshot, day, "name", &table), others(*snapshot, day, "other_name", &table);
        for (const rules::Pairing& pairing : rules::Pairings(snapshot->graph(), root, day)) {
          ones.Put(pairing.a);
          others.Put(pairing.b);
          table.Text(rules::PairingTierName(pairing.tier));
          table.Date(pairing.from);
        }
        ones.Finish();
        others.Finish();
        return table.Finish();
      });
}
