// The part of the payload that the audit and the calendar give: rules, findings, what falls due.
#include <algorithm>
#include <utility>

#include "cli/audit_options.h"
#include "cli/report/columns.h"
#include "cli/report/payload.h"

namespace jiceng::cli {
namespace {

constexpr int64_t kFindingsAtOnce = 65'536;  // texts rendered at a time
}  // namespace

bool PayloadBuilder::AddRules(Json* payload, ReportSummary* summary) {
  Table rule_table;
  {
    Error error;
    if (!Ok(jiceng_snapshot_rules(snapshot_, options_.lang, Out(rule_table), Out(error)), error)) return false;
  }
  const AuditOptions audit({}, options_.parameters);
  Table count_table;
  Error error;
  if (!Ok(jiceng_audit(snapshot_, scope(), JICENG_NUL, options_.date, audit.get(), Out(findings_), Out(error)), error))
    return false;
  if (!Ok(jiceng_findings_counts(findings_.get(), Out(count_table), Out(error)), error)) return false;
  std::unordered_map<std::string, int64_t> counts;
  const Column counted(count_table.get(), "rule"), number(count_table.get(), "findings");
  for (int64_t i = 0; i < jiceng_table_rows(count_table.get()); ++i) counts.emplace(counted.Text(i), number.Int(i));

  Json rules = Json::array();
  const Column id(rule_table.get(), "id"), level(rule_table.get(), "level"), title(rule_table.get(), "title"),
      citations(rule_table.get(), "citations"), evaluable(rule_table.get(), "evaluable");
  for (int64_t i = 0; i < jiceng_table_rows(rule_table.get()); ++i) {
    Json cited = Json::array();
    for (size_t k = 0; k < citations.ListSize(i); ++k) cited.push_back(std::string(citations.Item(i, k)));
    const auto count = counts.find(std::string(id.Text(i)));
    if (count != counts.end()) summary->findings += count->second;
    rules.push_back({{"id", std::string(id.Text(i))},
                     {"level", std::string(level.Text(i))},
                     {"title", std::string(title.Text(i))},
                     {"citations", std::move(cited)},
                     {"evaluable", evaluable.Int(i) != 0},
                     {"findings", count == counts.end() ? Json(nullptr) : Json(count->second)},
                     {"unknown", false}});
    rule_rows_.emplace(id.Text(i), static_cast<int32_t>(i));
  }
  unknown_.assign(rules.size(), 0);
  (*payload)["rules"] = std::move(rules);
  return true;
}

bool PayloadBuilder::AddFindings(Json* payload) {
  Json columns = EmptyColumns({"rule", "subject", "name", "status", "waived", "message", "message_digits", "citation",
                               "facts", "facts_digits", "since", "place"});
  Json statuses = Json::array();
  const int64_t total = jiceng_findings_count(findings_.get());
  for (int64_t first = 0; first < total; first += kFindingsAtOnce) {
    Table table;
    Error error;
    const int64_t limit = std::min(kFindingsAtOnce, total - first);
    if (!Ok(jiceng_findings_table(findings_.get(), options_.lang, first, limit, Out(table), Out(error)), error))
      return false;
    AppendFindings(table.get(), &columns, &statuses);
  }
  for (size_t i = 0; i < unknown_.size(); ++i) (*payload)["rules"][i]["unknown"] = unknown_[i] != 0;
  (*payload)["statuses"] = std::move(statuses);
  (*payload)["findings"] = std::move(columns);
  (*payload)["findings_total"] = total;
  return true;
}

void PayloadBuilder::AppendFindings(const jiceng_table* table, Json* columns, Json* statuses) {
  const Column rule(table, "rule"), subject(table, "subject"), name(table, "name"), status(table, "status"),
      waived(table, "waived"), message(table, "message"), citation(table, "citation"), facts(table, "facts"),
      since(table, "since"), place(table, "place");
  Json& c = *columns;
  for (int64_t i = 0; i < jiceng_table_rows(table); ++i) {
    const auto known = rule_rows_.find(std::string(rule.Text(i)));
    if (known == rule_rows_.end()) continue;
    const bool unknown = status.Text(i) == "unknown";
    if (unknown) unknown_[known->second] = 1;
    if (kept_ >= kMaxFindings && !unknown && waived.Int(i) == 0) continue;
    ++kept_;
    const std::string_view node = subject.Text(i), called = name.Text(i);
    const auto [at, new_status] =
        status_rows_.try_emplace(std::string(status.Text(i)), static_cast<int32_t>(statuses->size()));
    if (new_status) statuses->push_back(at->first);
    TextPool::Entry said = texts_.Add(message.Text(i), called, node);
    TextPool::Entry rests_on = texts_.Add(facts.Lines(i), called, node);
    Json where = Node(node);
    c["name"].push_back(where.is_number() ? Json(0) : Json(std::string(called)));
    c["rule"].push_back(known->second);
    c["subject"].push_back(std::move(where));
    c["status"].push_back(at->second);
    c["waived"].push_back(waived.Int(i));
    c["message"].push_back(said.pattern);
    c["message_digits"].push_back(std::move(said.digits));
    c["citation"].push_back(texts_.Whole(citation.Lines(i)));
    c["facts"].push_back(rests_on.pattern);
    c["facts_digits"].push_back(std::move(rests_on.digits));
    c["since"].push_back(since.Int(i));
    c["place"].push_back(RowOf(place.Text(i)));
  }
}

bool PayloadBuilder::AddUpcoming(Json* payload) {
  Table table;
  Error error;
  const int32_t until = OneYearOn(options_.date);
  if (!Ok(jiceng_upcoming(snapshot_, scope(), JICENG_NUL, options_.date, until, options_.lang, Out(table), Out(error)),
          error))
    return false;
  Json columns = EmptyColumns({"due", "what", "node", "name", "detail", "detail_digits"});
  Json whats = Json::array();
  std::unordered_map<std::string, int32_t> what_rows;
  const Column due(table.get(), "due"), what(table.get(), "what"), node(table.get(), "node"), name(table.get(), "name"),
      detail(table.get(), "detail");
  for (int64_t i = 0; i < jiceng_table_rows(table.get()); ++i) {
    const auto [at, new_what] = what_rows.try_emplace(std::string(what.Text(i)), static_cast<int32_t>(whats.size()));
    if (new_what) whats.push_back(at->first);
    TextPool::Entry said = texts_.Add(detail.Lines(i), name.Text(i), node.Text(i));
    Json where = Node(node.Text(i));
    columns["name"].push_back(where.is_number() ? Json(0) : Json(std::string(name.Text(i))));
    columns["due"].push_back(due.Int(i));
    columns["what"].push_back(at->second);
    columns["node"].push_back(std::move(where));
    columns["detail"].push_back(said.pattern);
    columns["detail_digits"].push_back(std::move(said.digits));
  }
  (*payload)["whats"] = std::move(whats);
  (*payload)["upcoming"] = std::move(columns);
  return true;
}

}  // namespace jiceng::cli
