#include "cli/report/payload.h"

#include <string>
#include <utility>

#include "cli/report/columns.h"

namespace jiceng::cli {
namespace {

bool StartsWith(std::string_view text, std::string_view start) { return text.substr(0, start.size()) == start; }

}  // namespace

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
  const bool done = ResolveScope() && AddTree(&p, summary) && AddRollup("report.rate", &rollups) &&
                    AddRollup("members.full", &rollups) && AddFigures(&p) && AddRules(&p, summary) && AddFindings(&p) &&
                    AddUpcoming(&p);
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
  for (const uint32_t flags : {0, static_cast<int>(JICENG_TREE_UNITS_ONLY)}) {
    Error error;
    if (!Ok(jiceng_tree(snapshot_, scope(), JICENG_NUL, options_.date, 0, flags, Out(table), Out(error)), error))
      return false;
    units_only = flags != 0;
    if (jiceng_table_rows(table.get()) <= kMaxNodes) break;
  }
  Table kind_table;
  Error error;
  if (!Ok(jiceng_organization_kinds(options_.lang, Out(kind_table), Out(error)), error)) return false;
  std::unordered_map<std::string, std::string> titles;
  const Column kind_ids(kind_table.get(), "id"), kind_titles(kind_table.get(), "title");
  for (int64_t i = 0; i < jiceng_table_rows(kind_table.get()); ++i)
    titles.emplace(kind_ids.Text(i), kind_titles.Text(i));

  Json kinds = Json::array(), depths = Json::array(), kind_rows = Json::array(), names = Json::array(),
       ids = Json::array();
  Json members = Json::array();
  std::unordered_map<std::string, int32_t> kind_row;
  int64_t organizations = 0, party_organizations = 0, branches = 0, grids = 0;
  const Column depth(table.get(), "depth"), node(table.get(), "node"), name(table.get(), "name"),
      kind(table.get(), "kind"), member(table.get(), "members");
  const int64_t size = jiceng_table_rows(table.get());
  for (int64_t i = 0; i < size; ++i) {
    const std::string_view text = node.Text(i);
    const size_t colon = text.find(':');
    const std::string type(text.substr(0, colon));
    const std::string kind_id(kind.Text(i));
    const auto [at, new_kind] = kind_row.try_emplace(type + ':' + kind_id, static_cast<int32_t>(kind_row.size()));
    if (new_kind) kinds.push_back(Json::array({kind_id, type == "org" ? titles[kind_id] : "", type}));
    depths.push_back(depth.Int(i));
    kind_rows.push_back(at->second);
    names.push_back(std::string(name.Text(i)));
    ids.push_back(std::string(text.substr(colon + 1)));
    members.push_back(member.Int(i));
    // A body that stands in two places is shown in both and counted once.
    if (!rows_.emplace(std::string(text), static_cast<int32_t>(i)).second) continue;
    if (type == "unit") {
      ++summary->units;
      if (kind_id == "grid") ++grids;
    } else if (type == "org") {
      ++organizations;
      if (StartsWith(kind_id, "party_")) ++party_organizations;
      if (kind_id == "party_branch") ++branches;
    }
    if (depth.Int(i) == 0 && (type == "unit" || text == scope_)) {
      roots_.emplace_back(text);
      if (roots_.size() == 1) scope_name_ = name.Text(i);
    }
  }
  if (roots_.size() > 1) scope_name_.clear();
  (*payload)["units_only"] = units_only;
  (*payload)["kinds"] = std::move(kinds);
  (*payload)["tree"] = {{"depth", std::move(depths)},
                        {"kind", std::move(kind_rows)},
                        {"name", std::move(names)},
                        {"id", std::move(ids)},
                        {"members", std::move(members)}};
  (*payload)["figures"] = {{"organizations", organizations},
                           {"party_organizations", party_organizations},
                           {"branches", branches},
                           {"grids", grids}};
  return true;
}

bool PayloadBuilder::AddRollup(const char* indicator, Json* rollups) {
  Table table;
  Error error;
  if (!Ok(jiceng_rollup(snapshot_, indicator, nullptr, options_.date, Out(table), Out(error)), error)) return false;
  const Column node(table.get(), "node"), numerator(table.get(), "numerator"), denominator(table.get(), "denominator");
  Json nodes = Json::array(), numerators = Json::array(), denominators = Json::array();
  bool has_denominator = false;
  for (int64_t i = 0; i < jiceng_table_rows(table.get()); ++i) {
    const int32_t row = RowOf(node.Text(i));
    if (row < 0) continue;  // outside what is reported on
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
