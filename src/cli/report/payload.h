// The data of the page: one JSON object of parallel columns with dictionaries, because an object a row would be ten
// times the bytes.
//
//   version lang title date until seq scope{name,node} parameters[] roots units_only
//   kinds[[id,title,type]]                          dictionary of tree.kind; type is "unit" or "org"
//   tree{depth[] kind[] name[] id[] members[] copies[[row,row of the body itself]]}
//                                                   depth-first; `id` is the node's text without its type
//   roles{id: title}
//   figures{full probationary organizations party_organizations branches grids reported in_service}
//   rollups{indicator: {node[] numerator[] denominator[]}}        `node` is a row of the tree
//   indicators[]                                    those of `rollups` the table of indicators has, in its order
//   rules[{id level title citations[] evaluable findings unknown}] `findings` null: not evaluated
//   statuses[]  texts[]                             dictionaries; texts are patterns of TextPool
//   findings{rule[] subject[] name[] status[] waived[] message[] message_digits[] citation[] facts[] facts_digits[]
//   since[] place[]} findings_total                                  of all statuses; more than the columns hold only
//   beyond kMaxFindings whats[]  upcoming{due[] what[] node[] name[] detail[] detail_digits[]}
//
// A subject or node that is in the tree is its row, any other its text, with the name beside it.
#ifndef JICENG_CLI_REPORT_PAYLOAD_H_
#define JICENG_CLI_REPORT_PAYLOAD_H_

#include <cstdint>
#include <initializer_list>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "cli/handles.h"
#include "cli/report/report.h"
#include "cli/report/text_pool.h"

namespace jiceng::cli {

// Beyond this the page would no longer open at once; it says how many it leaves out.
inline constexpr int64_t kMaxFindings = 200'000;
// Beyond this many nodes the tree is of units only.
inline constexpr int64_t kMaxNodes = 400'000;

// Asks the snapshot everything the page shows.  One use: Build() once.
class PayloadBuilder {
 public:
  // Both must outlive the builder.
  PayloadBuilder(const jiceng_snapshot* snapshot, const ReportOptions& options)
      : snapshot_(snapshot), options_(options) {}

  // False with the library's reason in `error` when a question fails.
  bool Build(nlohmann::ordered_json* payload, ReportSummary* summary, std::string* error);

 private:
  using Json = nlohmann::ordered_json;

  bool ResolveScope();
  bool AddTree(Json* payload, ReportSummary* summary);
  bool AddRoles(Json* payload);
  bool AddFigures(Json* payload);
  bool AddRollup(const char* indicator, Json* rollups);
  bool AddIndicators(Json* payload, Json* rollups);
  bool AddRules(Json* payload, ReportSummary* summary);
  bool AddFindings(Json* payload);
  bool AddUpcoming(Json* payload);

  // Appends one page of findings to the columns; keeps what is not plainly unmet even beyond kMaxFindings.
  void AppendFindings(const jiceng_table* table, Json* columns, Json* statuses);
  // A row of the tree, or the text of a node that is not in it.
  Json Node(std::string_view text) const;
  int32_t RowOf(std::string_view text) const;
  // Whether a call succeeded; keeps the library's words when not.
  bool Ok(jiceng_status status, const Error& error);
  const char* scope() const { return scope_.empty() ? nullptr : scope_.c_str(); }

  const jiceng_snapshot* snapshot_;
  const ReportOptions& options_;
  std::string failure_;

  std::string scope_;                              // the node reported on in canonical text; empty: everything
  std::unordered_map<std::string, int32_t> rows_;  // node in text -> its row in the tree
  std::vector<std::string> roots_;                 // the top units (or the node reported on)
  std::string scope_name_;
  int64_t in_service_ = 0, reported_ = 0;
  std::vector<std::string> rule_ids_;
  std::unordered_map<std::string, int32_t> rule_rows_;
  std::unordered_map<std::string, int32_t> status_rows_;
  std::vector<char> unknown_;  // by rule: some finding says a parameter is missing
  Findings findings_;
  int64_t kept_ = 0;
  TextPool texts_;
};

// An object of empty arrays by these names.
nlohmann::ordered_json EmptyColumns(std::initializer_list<const char*> names);

// The same day a year on, 29 February giving 28: the end of the twelve months the page looks ahead (民法典 Arts. 201,
// 202).
int32_t OneYearOn(int32_t date);

}  // namespace jiceng::cli

#endif  // JICENG_CLI_REPORT_PAYLOAD_H_
