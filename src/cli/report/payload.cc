#include "cli/report/payload.h"

#include <string>
#include <utility>

#include "cli/report/columns.h"
#include "cli/report/tree_rows.h"

namespace jiceng::cli {
namespace {

// The rules whose shares the page tells of every unit, beside the report rate: who reports, who is reached, which posts are
// filled and held together.  One that wants a figure nobody has set has nothing to tell.
constexpr const char* kIndicators[] = {
    "report.unit-unreported",
    "grid.party-uncovered",
    "grid.head-vacant",
    "grid.workers",
    "grid.head-load",
    "branch.secretary-vacant",
    "post.too-many",
    "cross.secretary-not-director",
    "cross.grid-secretary-not-head",
    "cross.committee-not-in-party",
    "cross.residents-not-in-owners",
    "cross.owners-not-in-residents",
    "cross.property-not-in-party",
};

std::vector<TreeRow> ReadTree(const jiceng_table* table) {
  const Column depth(table, "depth"), node(table, "node"), name(table, "name"), kind(table, "kind"),
      members(table, "members");
  std::vector<TreeRow> rows;
  rows.reserve(static_cast<size_t>(jiceng_table_rows(table)));
  for (int64_t i = 0; i < jiceng_table_rows(table); ++i) {
    rows.push_back({static_cast<int32_t>(depth.Int(i)), std::string(node.Text(i)), std::string(name.Text(i)),
                    std::string(kind.Text(i)), members.Int(i), -1});
  }
  return rows;
}

// Every body and every grid once, wherever it is shown.
nlohmann::ordered_json CountBodies(const std::vector<TreeRow>& tree) {
  int64_t organizations = 0, party_organizations = 0, branches = 0, grids = 0;
  for (const TreeRow& row : tree) {
    if (row.copy_of >= 0) continue;
    if (row.node.compare(0, 4, "org:") == 0) {
      ++organizations;
      if (row.kind.compare(0, 6, "party_") == 0) ++party_organizations;
      if (row.kind == "party_branch") ++branches;
    } else if (row.kind == "grid") {
      ++grids;
    }
  }
  return {{"organizations", organizations},
          {"party_organizations", party_organizations},
          {"branches", branches},
          {"grids", grids}};
}

}  // namespace

nlohmann::ordered_json EmptyColumns(std::initializer_list<const char*> names) {
  nlohmann::ordered_json columns = nlohmann::ordered_json::object();
  for (const char* name : names) columns[name] = nlohmann::ordered_json::array();
  return columns;
}

int32_t OneYearOn(int32_t date) {
  const int32_t year = date / 10000 + 1;
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  const int32_t day = date % 10000;
  return year * 10000 + (day == 229 && !leap ? 228 : day);
}

bool PayloadBuilder::Ok(jiceng_status status, const Error& error) {
  if (status == JICENG_OK) return true;
  failure_ = error ? jiceng_error_text(error.get(), options_.lang) : "";
  return false;
}

int32_t PayloadBuilder::RowOf(std::string_view text) const {
  const auto at = rows_.find(std::string(text));
  return at == rows_.end() ? -1 : at->second;
}

PayloadBuilder::Json PayloadBuilder::Node(std::string_view text) const {
  const int32_t row = RowOf(text);
  if (row >= 0) return row;
  return std::string(text);
}

bool PayloadBuilder::Build(Json* payload, ReportSummary* summary, std::string* error) {
  Json& p = *payload;
  p = Json::object();
  p["version"] = jiceng_version();
  p["lang"] = options_.lang == JICENG_LANG_EN ? "en" : "zh";
  p["title"] = options_.title;
  p["date"] = options_.date;
  p["until"] = OneYearOn(options_.date);
  p["seq"] = jiceng_snapshot_seq(snapshot_);
  p["parameters"] = options_.parameters;
  Json rollups = Json::object();
  const bool done = ResolveScope() && AddTree(&p, summary) && AddRoles(&p) && AddRollup("report.rate", &rollups) &&
                    AddRollup("members.full", &rollups) && AddFigures(&p) && AddRules(&p, summary) &&
                    AddIndicators(&p, &rollups) && AddFindings(&p) && AddUpcoming(&p);
  if (!done) {
    *error = failure_;
    return false;
  }
  p["rollups"] = std::move(rollups);
  p["scope"] = {{"name", scope_name_}, {"node", scope_}};
  p["roots"] = roots_.size();
  p["texts"] = texts_.patterns();
  return true;
}

bool PayloadBuilder::ResolveScope() {
  if (options_.node.empty()) return true;
  Error error;
  int64_t number = 0;
  const jiceng_status status =
      jiceng_find(snapshot_, options_.node.data(), options_.node.size(), options_.date, &number, Out(error));
  if (!Ok(status, error)) return false;
  scope_.resize(jiceng_node_text(snapshot_, number, nullptr, 0) + 1);
  scope_.resize(jiceng_node_text(snapshot_, number, scope_.data(), scope_.size()));
  return true;
}

bool PayloadBuilder::AddTree(Json* payload, ReportSummary* summary) {
  Table table;
  bool units_only = false;
  for (const uint32_t flags : {uint32_t{0}, uint32_t{JICENG_TREE_UNITS_ONLY}}) {
    Error error;
    if (!Ok(jiceng_tree(snapshot_, scope(), JICENG_NUL, options_.date, 0, flags, Out(table), Out(error)), error)) {
      return false;
    }
    units_only = flags != 0;
    if (jiceng_table_rows(table.get()) <= kMaxNodes) break;
  }
  Table kind_table;
  Error error;
  if (!Ok(jiceng_organization_kinds(options_.lang, Out(kind_table), Out(error)), error)) return false;
  std::unordered_map<std::string, std::string> titles;
  const Column kind_id(kind_table.get(), "id"), kind_title(kind_table.get(), "title");
  for (int64_t i = 0; i < jiceng_table_rows(kind_table.get()); ++i) titles.emplace(kind_id.Text(i), kind_title.Text(i));

  const std::vector<TreeRow> tree = FoldCopies(ReadTree(table.get()));
  std::unordered_map<std::string, int32_t> kind_row;
  Json kinds = Json::array();
  Json columns = EmptyColumns({"depth", "kind", "name", "id", "members", "copies"});
  for (size_t i = 0; i < tree.size(); ++i) {
    const TreeRow& row = tree[i];
    const size_t colon = row.node.find(':');
    const std::string type = row.node.substr(0, colon);
    const auto [at, new_kind] = kind_row.try_emplace(type + ':' + row.kind, static_cast<int32_t>(kind_row.size()));
    if (new_kind) kinds.push_back(Json::array({row.kind, type == "org" ? titles[row.kind] : "", type}));
    columns["depth"].push_back(row.depth);
    columns["kind"].push_back(at->second);
    columns["name"].push_back(row.name);
    columns["id"].push_back(row.node.substr(colon + 1));
    columns["members"].push_back(row.members);
    if (row.copy_of >= 0) {
      columns["copies"].push_back(Json::array({i, row.copy_of}));
      continue;
    }
    rows_.emplace(row.node, static_cast<int32_t>(i));
    if (row.depth == 0 && (type == "unit" || row.node == scope_)) roots_.push_back(row.node);
    if (type == "unit") ++summary->units;
  }
  if (roots_.size() == 1) scope_name_ = tree[static_cast<size_t>(RowOf(roots_.front()))].name;
  Json& p = *payload;
  p["units_only"] = units_only;
  p["kinds"] = std::move(kinds);
  p["tree"] = std::move(columns);
  p["figures"] = CountBodies(tree);
  return true;
}

bool PayloadBuilder::AddRoles(Json* payload) {
  Table table;
  Error error;
  if (!Ok(jiceng_roles(options_.lang, Out(table), Out(error)), error)) return false;
  const Column id(table.get(), "id"), title(table.get(), "title");
  Json roles = Json::object();
  for (int64_t i = 0; i < jiceng_table_rows(table.get()); ++i)
    roles[std::string(id.Text(i))] = std::string(title.Text(i));
  (*payload)["roles"] = std::move(roles);
  return true;
}

bool PayloadBuilder::AddRollup(const char* indicator, Json* rollups) {
  Table table;
  Error error;
  if (!Ok(jiceng_rollup(snapshot_, indicator, nullptr, options_.date, Out(table), Out(error)), error)) return false;
  const Column node(table.get(), "node"), numerator(table.get(), "numerator"), denominator(table.get(), "denominator"),
      level(table.get(), "level");
  const bool of_rule = rule_rows_.count(indicator) != 0;
  Json nodes = Json::array(), numerators = Json::array(), denominators = Json::array();
  bool has_denominator = false;
  for (int64_t i = 0; i < jiceng_table_rows(table.get()); ++i) {
    const int32_t row = RowOf(node.Text(i));
    if (row < 0) continue;  // outside what is reported on
    // Shares of rules are shown of communities and above; grids would be ten times as many rows.
    if (of_rule && (level.Text(i) == "grid" || level.Text(i) == "micro_grid")) continue;
    nodes.push_back(row);
    numerators.push_back(numerator.Int(i));
    denominators.push_back(denominator.Int(i));
    has_denominator = has_denominator || !denominator.IsNull(i);
    if (std::string_view(indicator) == "report.rate") {
      for (const std::string& root : roots_) {
        if (root != node.Text(i)) continue;
        reported_ += numerator.Int(i);
        in_service_ += denominator.Int(i);
      }
    }
  }
  Json& out = (*rollups)[indicator];
  out = {{"node", std::move(nodes)}, {"numerator", std::move(numerators)}};
  if (has_denominator) out["denominator"] = std::move(denominators);
  return true;
}

bool PayloadBuilder::AddIndicators(Json* payload, Json* rollups) {
  Json& p = *payload;
  p["indicators"] = Json::array({"report.rate"});
  for (const char* indicator : kIndicators) {
    const auto rule = rule_rows_.find(indicator);
    // A host's own catalogue may have other rules.
    if (rule == rule_rows_.end() || !p["rules"][static_cast<size_t>(rule->second)]["evaluable"].get<bool>()) continue;
    if (!AddRollup(indicator, rollups)) return false;
    p["indicators"].push_back(indicator);
  }
  return true;
}

bool PayloadBuilder::AddFigures(Json* payload) {
  int64_t full = 0, probationary = 0;
  for (const std::string& root : roots_) {
    Table table;
    Error error;
    if (!Ok(jiceng_count(snapshot_, root.data(), root.size(), options_.date, Out(table), Out(error)), error))
      return false;
    const Column measure(table.get(), "measure"), value(table.get(), "value");
    for (int64_t i = 0; i < jiceng_table_rows(table.get()); ++i) {
      if (measure.Text(i) == "members.full") full += value.Int(i);
      if (measure.Text(i) == "members.probationary") probationary += value.Int(i);
    }
  }
  Json& figures = (*payload)["figures"];
  figures["full"] = full;
  figures["probationary"] = probationary;
  figures["reported"] = reported_;
  figures["in_service"] = in_service_;
  return true;
}

}  // namespace jiceng::cli
