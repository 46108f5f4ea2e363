#include "store/sqlite/views.h"

#include "base/strings.h"
#include "model/node.h"
#include "model/tie.h"
#include "store/sqlite/schema.h"

namespace jiceng::store {
namespace {

// Days since 1970 as `YYYY-MM-DD`; NULL stays NULL.
std::string IsoDay(std::string_view column, std::string_view name) {
  return base::StrCat("date(", column, " * 86400, 'unixepoch') AS ", name);
}

// base::PartialDate::Pack() as `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.
std::string PartialDay(std::string_view column) {
  return base::StrCat("substr(date((", column, " >> 2) * 86400, 'unixepoch'), 1, CASE ", column,
                      " & 3 WHEN 2 THEN 4 WHEN 1 THEN 7 ELSE 10 END)");
}

std::string TieKindCase() {
  std::string sql = base::StrCat("CASE ", kTieKind.Sql("r.traits"));
  for (int k = 1; k < model::kTieKinds; ++k) {
    absl::StrAppend(&sql, " WHEN ", k, " THEN '", model::TieKindName(static_cast<model::TieKind>(k)), "'");
  }
  return sql + " END AS kind";
}

std::string AttributeCase() {
  std::string sql = "CASE r.attribute";
  for (int a = 0; a <= static_cast<int>(model::TextAttribute::kCitizenIdHash); ++a) {
    absl::StrAppend(&sql, " WHEN ", a, " THEN '", model::TextAttributeName(static_cast<model::TextAttribute>(a)), "'");
  }
  return sql + " END AS attribute";
}

bool IsPartialDate(model::NodeKind kind, int fact) {
  return kind == model::NodeKind::kPerson &&
         (fact == static_cast<int>(model::Fact::kJoinedOn) || fact == static_cast<int>(model::Fact::kFullOn));
}

// One row a node not withdrawn: its last lifetime, and names and facts as they stand after all known changes, i.e. with
// an open end.  Facts recorded before a node was put again count no more.
std::string NodesView(const char* view, const NodeTable& table) {
  std::string facts, joins;
  for (int f = 0; f < table.facts; ++f) {
    const std::string value =
        base::StrCat("(CASE WHEN f", f, ".id IS NULL THEN b.", table.columns[f], " ELSE f", f, ".value END)");
    absl::StrAppend(&facts, ", ", IsPartialDate(table.kind, f) ? PartialDay(value) : value, " AS ", table.columns[f]);
    absl::StrAppend(&joins, " LEFT JOIN (SELECT node, value, max(id) AS id FROM fact_row WHERE fact = ", f,
                    " AND valid_to IS NULL GROUP BY node) f", f, " ON f", f, ".node = b.node AND f", f, ".id > b.id");
  }
  return base::StrCat(
      "CREATE VIEW ", view,
      " AS SELECT b.node AS node, CAST(i.id AS TEXT) AS id, CASE WHEN t.id IS NULL THEN i.name ELSE t.value END AS "
      "name, ",
      IsoDay("l.life_from", "exists_from"), ", ", IsoDay("l.life_to", "exists_to"), facts,
      ", l.id >> 32 AS seq FROM (SELECT *, max(id) FROM ", table.name, " WHERE ", kNodeAction.Sql("traits"),
      " IN (0, 3) GROUP BY node) b JOIN (SELECT node, traits, life_from, life_to, max(id) AS id FROM ", table.name,
      " GROUP BY node) l ON l.node = b.node AND ", kNodeAction.Sql("l.traits"),
      " <> 2 LEFT JOIN identity i ON i.node = b.node "
      "LEFT JOIN (SELECT node, max(id) AS row FROM text_row WHERE attribute = 1 AND valid_to IS NULL GROUP BY node) n "
      "ON n.node = b.node LEFT JOIN text t ON t.node = b.node AND t.id = n.row",
      joins);
}

std::string FactLogView() {
  std::string sql = "CREATE VIEW jiceng_fact_log AS ";
  for (const NodeTable& table : kNodeTables) {
    for (int f = 0; f < table.facts; ++f) {
      absl::StrAppend(&sql, "SELECT id >> 32 AS seq, id & 4294967295 AS ordinal, node, '", table.columns[f],
                      "' AS fact, NULL AS valid_from, NULL AS valid_to, ", table.columns[f], " AS value FROM ",
                      table.name, " WHERE ", kNodeAction.Sql("traits"), " IN (0, 3) UNION ALL ");
    }
  }
  absl::StrAppend(&sql, "SELECT id >> 32, id & 4294967295, node, CASE (node & 3) * 8 + fact");
  for (const NodeTable& table : kNodeTables) {
    for (int f = 0; f < table.facts; ++f) {
      absl::StrAppend(&sql, " WHEN ", static_cast<int>(table.kind) * 8 + f, " THEN '", table.columns[f], "'");
    }
  }
  absl::StrAppend(&sql, " END, ", IsoDay("valid_from", "valid_from"), ", ", IsoDay("valid_to", "valid_to"),
                  ", value FROM fact_row");
  return sql;
}

}  // namespace

std::vector<std::string> ViewStatements() {
  const std::string tie_columns =
      base::StrCat("r.number AS tie, ", TieKindCase(), ", from_node, to_node, ", kTieRole.Sql("r.traits"), " AS role, ",
                   kTieManner.Sql("r.traits"), " AS manner, ", IsoDay("valid_from", "valid_from"), ", ",
                   IsoDay("valid_to", "valid_to"));
  const std::string withdrawn = kTieWithdrawn.Sql("r.traits");
  const std::string ties =
      "(SELECT t.*, coalesce(t.tie, (t.id & 4294967295) + c.tie_offset) AS number "
      "FROM tie_row t LEFT JOIN commit_log c ON c.seq = t.id >> 32)";
  const std::string attributes = "(SELECT attributes FROM tie_text x WHERE x.id = r.id) AS attributes";
  const std::string commits =
      "CREATE VIEW jiceng_commits AS SELECT seq, strftime('%Y-%m-%dT%H:%M:%SZ', recorded_at, 'unixepoch') AS "
      "recorded_at, "
      "operation, author, reason, basis, rows, lower(hex(hash)) AS hash FROM commit_log";
  const std::string nodes =
      "CREATE VIEW jiceng_nodes AS "
      "SELECT node, 'unit' AS kind, id, name, exists_from, exists_to FROM jiceng_units UNION ALL "
      "SELECT node, 'org', id, name, exists_from, exists_to FROM jiceng_organizations UNION ALL "
      "SELECT node, 'person', id, name, exists_from, exists_to FROM jiceng_people";
  return {
      commits,
      NodesView("jiceng_units", kNodeTables[0]),
      NodesView("jiceng_organizations", kNodeTables[1]),
      NodesView("jiceng_people", kNodeTables[2]),
      nodes,
      base::StrCat("CREATE VIEW jiceng_ties AS SELECT ", tie_columns, ", ", attributes,
                   ", id >> 32 AS seq FROM (SELECT *, max(id) FROM ", ties, " GROUP BY number) r WHERE NOT ",
                   withdrawn),
      base::StrCat("CREATE VIEW jiceng_tie_log AS SELECT id >> 32 AS seq, id & 4294967295 AS ordinal, ", tie_columns,
                   ", ", withdrawn, " AS withdrawn, ", attributes, " FROM ", ties, " r"),
      FactLogView(),
      base::StrCat(
          "CREATE VIEW jiceng_text_log AS SELECT r.id >> 32 AS seq, r.id & 4294967295 AS ordinal, r.node AS node, ",
          AttributeCase(), ", ", IsoDay("r.valid_from", "valid_from"), ", ", IsoDay("r.valid_to", "valid_to"),
          ", t.value AS value FROM text_row r LEFT JOIN text t ON t.node = r.node AND t.id = r.id"),
      base::StrCat("CREATE VIEW jiceng_terms AS SELECT org, number, ", IsoDay("elected_on", "elected_on"), ", years, ",
                   IsoDay("ends_on", "ends_on"), ", ", IsoDay("extended_to", "extended_to"),
                   ", id >> 32 AS seq FROM (SELECT *, max(id) FROM term_row GROUP BY org, number) WHERE NOT withdrawn"),
      base::StrCat(
          "CREATE VIEW jiceng_attachments AS SELECT CASE kind WHEN 1 THEN 'policy' WHEN 2 THEN 'waiver' END AS "
          "kind, node, name, ",
          IsoDay("valid_from", "valid_from"), ", ", IsoDay("valid_to", "valid_to"),
          ", priority, id >> 32 AS seq FROM (SELECT *, max(id) FROM attachment_row GROUP BY kind, node, name, "
          "valid_from) WHERE NOT withdrawn"),
      base::StrCat(
          "CREATE VIEW jiceng_steps AS SELECT matter, number, about, ", IsoDay("day", "day"),
          ", minute, actor, word, id >> 32 AS seq FROM (SELECT *, max(id) FROM step_row GROUP BY matter, number) "
          "WHERE NOT withdrawn"),
  };
}

}  // namespace jiceng::store
