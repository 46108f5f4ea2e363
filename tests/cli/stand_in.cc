// A stand-in for libjiceng with fixed answers, so that what the command does with them can be tested alone: printing,
// exit codes, what is asked.
//
// The name of the store chooses what happens: "missing", "locked", "newer" and "damaged" fail to open as their names
// say; any other opens.
#include <jiceng/jiceng.h>

#include <cstring>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace {

struct Column {
  std::string name;
  int32_t type;
};
struct Cell {
  bool null = false;
  int64_t number = 0;
  std::string text;
  std::vector<std::string> items;
};
Cell Null() {
  Cell cell;
  cell.null = true;
  return cell;
}
Cell N(int64_t number) {
  Cell cell;
  cell.number = number;
  return cell;
}
Cell T(std::string text) {
  Cell cell;
  cell.text = std::move(text);
  return cell;
}
Cell L(std::vector<std::string> items) {
  Cell cell;
  cell.items = std::move(items);
  return cell;
}

}  // namespace

struct jiceng_table {
  std::vector<Column> columns;
  std::vector<std::vector<Cell>> rows;
};
struct jiceng_error {
  jiceng_status code;
  std::string reason, message, zh;
};
struct jiceng_store {
  std::string url;
};
struct jiceng_snapshot {
  int64_t seq;
};
constexpr int64_t kTried = 1007;  // the seq of what was tried
struct jiceng_writer {
  std::optional<int64_t> expected_seq;
  bool refuses_step = false;
};
struct jiceng_findings {
  int64_t count;
};
struct jiceng_monitor {
  int64_t seq;
};
struct jiceng_import_report {
  int32_t outcome;
  int64_t seq, rejected;
  jiceng_table rows, warnings, problems, warning_rows, closures;
};

namespace {

constexpr int32_t kInt = JICENG_COLUMN_INT64, kBool = JICENG_COLUMN_BOOL, kDate = JICENG_COLUMN_DATE,
                  kTime = JICENG_COLUMN_TIME;
constexpr int32_t kText = JICENG_COLUMN_TEXT, kList = JICENG_COLUMN_TEXT_LIST;

jiceng_status Give(jiceng_table table, jiceng_table** out) {
  *out = new jiceng_table(std::move(table));
  return JICENG_OK;
}
jiceng_status Fail(jiceng_error** out, jiceng_status code, const char* reason, const char* message, const char* zh) {
  if (out != nullptr) *out = new jiceng_error{code, reason, message, zh};
  return code;
}
std::string In(const char* text, size_t length) {
  return text == nullptr ? "" : length == JICENG_NUL ? text : std::string(text, length);
}
jiceng_status UnknownNode(jiceng_error** out) {
  return Fail(out, JICENG_NOT_FOUND, "UNKNOWN_NODE", "no such node", "没有这个节点");
}
bool Known(const std::string& node) { return node.find("nowhere") == std::string::npos; }

}  // namespace

extern "C" {

const char* jiceng_version(void) { return "0.1.0"; }
jiceng_status jiceng_error_code(const jiceng_error* error) { return error->code; }
const char* jiceng_error_reason(const jiceng_error* error) { return error->reason.c_str(); }
const char* jiceng_error_message(const jiceng_error* error) { return error->message.c_str(); }
const char* jiceng_error_field(const jiceng_error*) { return ""; }
const char* jiceng_error_text(const jiceng_error* error, int32_t lang) {
  return lang == JICENG_LANG_EN ? error->message.c_str() : error->zh.c_str();
}
void jiceng_error_free(jiceng_error* error) { delete error; }

int64_t jiceng_table_rows(const jiceng_table* table) { return static_cast<int64_t>(table->rows.size()); }
int32_t jiceng_table_columns(const jiceng_table* table) { return static_cast<int32_t>(table->columns.size()); }
const char* jiceng_table_column_name(const jiceng_table* table, int32_t column) {
  return table->columns[column].name.c_str();
}
int32_t jiceng_table_column_type(const jiceng_table* table, int32_t column) { return table->columns[column].type; }
int32_t jiceng_table_find_column(const jiceng_table* table, const char* name) {
  for (size_t i = 0; i < table->columns.size(); ++i) {
    if (table->columns[i].name == name) return static_cast<int32_t>(i);
  }
  return -1;
}
int32_t jiceng_table_is_null(const jiceng_table* table, int64_t row, int32_t column) {
  return table->rows[row][column].null;
}
int64_t jiceng_table_int64(const jiceng_table* table, int64_t row, int32_t column) {
  return table->rows[row][column].number;
}
const char* jiceng_table_text(const jiceng_table* table, int64_t row, int32_t column, size_t* out_len) {
  const std::string& text = table->rows[row][column].text;
  if (out_len != nullptr) *out_len = text.size();
  return text.c_str();
}
size_t jiceng_table_list_size(const jiceng_table* table, int64_t row, int32_t column) {
  return table->rows[row][column].items.size();
}
const char* jiceng_table_list_text(const jiceng_table* table, int64_t row, int32_t column, size_t item,
                                   size_t* out_len) {
  const std::string& text = table->rows[row][column].items[item];
  if (out_len != nullptr) *out_len = text.size();
  return text.c_str();
}
const int64_t* jiceng_table_int64_column(const jiceng_table*, int32_t) { return nullptr; }
void jiceng_table_free(jiceng_table* table) { delete table; }

jiceng_status jiceng_rules(int32_t lang, jiceng_table** out, jiceng_error**) {
  const char* title = lang == JICENG_LANG_EN ? "A branch has no more than 50 members" : "党支部一般不超过 50 人";
  return Give(
      {{{"id", kText},
        {"level", kText},
        {"title", kText},
        {"citations", kList},
        {"parameters", kList},
        {"evaluable", kBool}},
       {{T("branch.max-members"), T("must"), T(title), L({"Art. 5", "Art. 4"}), L({"branch.max_members"}), N(1)},
        {T("grid.head-vacant"), T("must"), T("网格长空缺"), L({}), L({}), N(0)}}},
      out);
}
jiceng_status jiceng_snapshot_rules(const jiceng_snapshot*, int32_t lang, jiceng_table** out, jiceng_error** error) {
  return jiceng_rules(lang, out, error);
}
jiceng_status jiceng_organization_kinds(int32_t lang, jiceng_table** out, jiceng_error**) {
  return Give({{{"number", kInt}, {"id", kText}, {"title", kText}},
               {{N(1), T("party_branch"), T(lang == JICENG_LANG_EN ? "Party branch" : "党支部")}}},
              out);
}
jiceng_status jiceng_roles(int32_t lang, jiceng_table** out, jiceng_error**) {
  return Give({{{"number", kInt}, {"id", kText}, {"title", kText}},
               {{N(1), T("secretary"), T(lang == JICENG_LANG_EN ? "secretary" : "书记")}}},
              out);
}
jiceng_status jiceng_codes_check(const char* const* codes, size_t count, jiceng_table** out, jiceng_error**) {
  jiceng_table table{{{"code", kText}, {"kind", kText}, {"valid", kBool}, {"reason", kText}, {"parts", kList}}, {}};
  for (size_t i = 0; i < count; ++i) {
    const bool valid = std::strcmp(codes[i], "320102") == 0;
    table.rows.push_back({T(codes[i]), T("division"), N(valid), valid ? Null() : T("BAD_LENGTH"),
                          valid ? L({"level=district", "city=3201"}) : L({})});
  }
  return Give(std::move(table), out);
}
jiceng_status jiceng_calendar_due(int32_t from, int32_t, int32_t* out, jiceng_error** error) {
  if (from / 10000 > 2026)
    return Fail(error, JICENG_OUT_OF_RANGE, "NO_SCHEDULE", "no schedule for 2027", "没有 2027 年的放假安排");
  *out = 20261013;
  return JICENG_OK;
}
jiceng_status jiceng_calendar_count(int32_t, int32_t, int32_t* out, jiceng_error**) {
  *out = 17;
  return JICENG_OK;
}

jiceng_status jiceng_store_open(const char* url, size_t length, const jiceng_open_options*, jiceng_store** out,
                                jiceng_error** error) {
  const std::string name = In(url, length);
  if (name == "missing") return Fail(error, JICENG_NOT_FOUND, "STORE_NOT_FOUND", "there is no store", "没有这个库");
  if (name == "locked") return Fail(error, JICENG_UNAVAILABLE, "STORE_LOCKED", "the store is locked", "库被占用");
  if (name == "newer")
    return Fail(error, JICENG_FAILED_PRECONDITION, "STORE_NEWER", "the store is newer", "库的版本较新");
  if (name == "damaged") return Fail(error, JICENG_DATA_LOSS, "NOT_A_STORE", "not a store", "不是库");
  *out = new jiceng_store{name};
  return JICENG_OK;
}
void jiceng_store_close(jiceng_store* store) { delete store; }
jiceng_status jiceng_snapshot_open(jiceng_store*, const jiceng_actor*, int64_t seq, jiceng_snapshot** out,
                                   jiceng_error** error) {
  if (seq > 7) return Fail(error, JICENG_OUT_OF_RANGE, "NO_SUCH_SEQ", "there is no such commit", "没有这次提交");
  *out = new jiceng_snapshot{seq == 0 ? 7 : seq};
  return JICENG_OK;
}
jiceng_status jiceng_writer_tried(const jiceng_writer*, jiceng_snapshot** out, jiceng_error**) {
  *out = new jiceng_snapshot{kTried};
  return JICENG_OK;
}
void jiceng_snapshot_close(jiceng_snapshot* snapshot) { delete snapshot; }
int64_t jiceng_snapshot_seq(const jiceng_snapshot* snapshot) { return snapshot->seq; }
jiceng_status jiceng_store_seq_at(jiceng_store*, int64_t time, int64_t* out, jiceng_error**) {
  *out = time < 1700000000 ? 0 : 5;
  return JICENG_OK;
}
jiceng_status jiceng_writer_open(jiceng_store*, const jiceng_actor*, const jiceng_writer_options* options,
                                 jiceng_writer** out, jiceng_error**) {
  *out = new jiceng_writer{options->expected_seq};
  return JICENG_OK;
}
void jiceng_writer_close(jiceng_writer* writer) { delete writer; }

// "good" changes, "same" does not, "bad" has 25 bad rows, "closing" ends two ties in snapshot mode, "nothing" is not
// there.
jiceng_status jiceng_writer_import(jiceng_writer* writer, const char* const* paths, size_t,
                                   const jiceng_import_options* options, jiceng_import_report** out,
                                   jiceng_error** error) {
  const std::string path = paths[0];
  if (path == "nothing")
    return Fail(error, JICENG_NOT_FOUND, "NOT_FOUND", "no such file: nothing", "没有这个文件：nothing");
  if (*writer->expected_seq >= 0 && *writer->expected_seq != 7) {
    return Fail(error, JICENG_ABORTED, "SEQ_MOVED", "the head is 7", "最新提交是第 7 号");
  }
  auto* report = new jiceng_import_report{};
  report->rows = {{{"file", kText}, {"rows", kInt}}, {{T("units.csv"), N(12)}, {T("orgs.csv"), N(345)}}};
  report->warnings = {{{"code", kText}, {"rows", kInt}}, {{T("DUPLICATE_ROW"), N(2)}}};
  const std::vector<Column> problem = {{"file", kText}, {"row", kInt},   {"column", kText},
                                       {"cell", kText}, {"code", kText}, {"message", kText}};
  report->warning_rows = {problem, {{T("orgs.csv"), N(9), T(""), T(""), T("DUPLICATE_ROW"), T("与第 8 行相同")}}};
  report->problems = {problem, {}};
  report->closures = {
      {{"tie", kInt}, {"kind", kText}, {"from_node", kText}, {"to_node", kText}, {"from", kDate}, {"to", kDate}}, {}};
  const bool dry = (options->flags & JICENG_IMPORT_DRY_RUN) != 0,
             keep_good = (options->flags & JICENG_IMPORT_KEEP_GOOD) != 0;
  report->outcome = dry ? JICENG_IMPORT_CHECKED : JICENG_IMPORT_DONE;
  report->seq = dry || path == "same" ? 7 : 8;
  if (path == "bad") {
    for (int i = 0; i < 25; ++i) {
      report->problems.rows.push_back({T("people.csv"), N(i + 2), T("joined_on"), T("2026-02-30"), T("BAD_DATE"),
                                       T("日期不存在，\"二月\"没有 30 日")});
    }
    report->rejected = 25;
    if (!keep_good) report->outcome = JICENG_IMPORT_REJECTED, report->seq = 7;
  }
  if (path == "closing") {
    report->closures.rows = {{N(1), T("affiliation"), T("person:1"), T("org:1"), N(20200101), N(20260630)},
                             {N(2), T("affiliation"), T("person:2"), T("org:1"), Null(), N(20260630)}};
    if (options->max_closures >= 0 && options->max_closures < 2)
      report->outcome = JICENG_IMPORT_REFUSED, report->seq = 7;
  }
  *out = report;
  return JICENG_OK;
}
int32_t jiceng_import_report_outcome(const jiceng_import_report* report) { return report->outcome; }
int64_t jiceng_import_report_seq(const jiceng_import_report* report) { return report->seq; }
int64_t jiceng_import_report_rejected(const jiceng_import_report* report) { return report->rejected; }
const jiceng_table* jiceng_import_report_rows(const jiceng_import_report* report) { return &report->rows; }
const jiceng_table* jiceng_import_report_warnings(const jiceng_import_report* report) { return &report->warnings; }
const jiceng_table* jiceng_import_report_problems(const jiceng_import_report* report) { return &report->problems; }
const jiceng_table* jiceng_import_report_warning_rows(const jiceng_import_report* report) {
  return &report->warning_rows;
}
const jiceng_table* jiceng_import_report_closures(const jiceng_import_report* report) { return &report->closures; }
void jiceng_import_report_free(jiceng_import_report* report) { delete report; }

jiceng_status jiceng_writer_apply(jiceng_writer*, const void*, size_t length, int64_t* out, jiceng_error** error) {
  if (length == 0) return Fail(error, JICENG_INVALID_ARGUMENT, "BAD_STREAM", "no changes", "没有变更");
  *out = 8;
  return JICENG_OK;
}
jiceng_status jiceng_writer_revert(jiceng_writer*, int64_t seq, int64_t* out, jiceng_error** error) {
  if (seq > 7) return Fail(error, JICENG_OUT_OF_RANGE, "NO_SUCH_SEQ", "there is no such commit", "没有这次提交");
  if (seq < 7)
    return Fail(error, JICENG_FAILED_PRECONDITION, "LATER_CHANGES", "commit 7 changed the same",
                "第 7 号提交改过同样的内容");
  *out = 8;
  return JICENG_OK;
}
jiceng_status jiceng_writer_erase(jiceng_writer*, const char* const* people, size_t count, int64_t* out,
                                  jiceng_error** error) {
  for (size_t i = 0; i < count; ++i) {
    if (std::string_view(people[i]) == "person:nobody")
      return Fail(error, JICENG_NOT_FOUND, "UNKNOWN_NODE", "there is no person:nobody", "没有 person:nobody");
  }
  *out = 8;
  return JICENG_OK;
}
jiceng_status jiceng_snapshot_export(const jiceng_snapshot*, const char*, size_t, jiceng_progress_fn, void*,
                                     jiceng_table** out, jiceng_error**) {
  return Give({{{"file", kText}, {"rows", kInt}}, {{T("units.csv"), N(12)}}}, out);
}
jiceng_status jiceng_store_backup(jiceng_store*, const char* file, size_t length, jiceng_error** error) {
  if (In(file, length) == "there")
    return Fail(error, JICENG_ALREADY_EXISTS, "ALREADY_EXISTS", "the file exists", "文件已存在");
  return JICENG_OK;
}
jiceng_status jiceng_store_verify(jiceng_store* store, jiceng_progress_fn, void*, jiceng_table** out, jiceng_error**) {
  jiceng_table table{{{"seq", kInt}, {"what", kText}}, {}};
  if (store->url == "unsound") table.rows.push_back({N(3), T("hash does not match")});
  return Give(std::move(table), out);
}
jiceng_status jiceng_store_optimize(jiceng_store*, jiceng_progress_fn, void*, jiceng_error**) { return JICENG_OK; }
jiceng_status jiceng_store_log(jiceng_store* store, int64_t before, int64_t limit, jiceng_table** out, jiceng_error**) {
  jiceng_table table{{{"seq", kInt},
                      {"recorded_at", kTime},
                      {"operation", kText},
                      {"author", kText},
                      {"reason", kText},
                      {"basis", kText},
                      {"rows", kInt},
                      {"hash", kText}},
                     {}};
  for (int64_t seq = before == 0 ? 7 : before - 1; store->url != "empty" && seq >= 6 && limit-- > 0; --seq) {
    table.rows.push_back(
        {N(seq), N(1782800000 + seq), T("import"), T("李静"), T(""), Null(), N(100), T("5f0c9a1d77e2aabbccdd")});
  }
  return Give(std::move(table), out);
}

jiceng_status jiceng_find(const jiceng_snapshot*, const char* node, size_t length, int32_t, int64_t* out,
                          jiceng_error** error) {
  if (!Known(In(node, length))) return UnknownNode(error);
  *out = 42;
  return JICENG_OK;
}
int64_t jiceng_node_ties(const jiceng_snapshot*, int64_t, int32_t, int32_t, int32_t, jiceng_tie*, int64_t) { return 0; }
size_t jiceng_node_text(const jiceng_snapshot*, int64_t, char* buffer, size_t size) {
  const std::string text = "unit:320102";
  if (size > 0) std::strncpy(buffer, text.c_str(), size);
  return text.size();
}
jiceng_status jiceng_path(const jiceng_snapshot*, const char* node, size_t node_length, const char* ancestor,
                          size_t ancestor_length, int32_t, const char* via, jiceng_table** out, jiceng_error** error) {
  if (via != nullptr && std::strcmp(via, "admin_line") != 0)
    return Fail(error, JICENG_INVALID_ARGUMENT, "UNKNOWN_TIE_KIND", "no such kind of tie", "没有这种关系");
  const std::string below = In(node, node_length), above = In(ancestor, ancestor_length);
  if (!Known(below) || !Known(above)) return UnknownNode(error);
  jiceng_table table{{{"node", kText}}, {}};
  if (above != "unit:elsewhere") table.rows = {{T(below)}, {T("unit:320102002")}, {T(above)}};
  return Give(std::move(table), out);
}
jiceng_status jiceng_count(const jiceng_snapshot*, const char*, size_t, int32_t, jiceng_table** out, jiceng_error**) {
  return Give({{{"measure", kText}, {"value", kInt}},
               {{T("members.full"), N(6312)}, {T("members.probationary"), N(118)}, {T("units"), N(9)}}},
              out);
}
jiceng_status jiceng_rollup(const jiceng_snapshot* snapshot, const char* indicator, const char*, int32_t,
                            jiceng_table** out, jiceng_error** error) {
  const std::string name = indicator;
  if (name != "members.full" && name != "report.rate")
    return Fail(error, JICENG_INVALID_ARGUMENT, "UNKNOWN_INDICATOR", "no such indicator",
                "没有这个指标；可用：members.full、report.rate");
  const bool plain = name == "members.full";
  return Give({{{"node", kText}, {"name", kText}, {"level", kText}, {"numerator", kInt}, {"denominator", kInt}},
               {{T("unit:320102"), T("玄武区"), T("district"), N(1893), plain ? Null() : N(2371)},
                {T("unit:320102002"), T("梅园新村街道"), T("street"), N(snapshot->seq == kTried ? 3 : 2),
                 plain ? Null() : N(3)}}},
              out);
}
jiceng_status jiceng_rollup_party_line(const jiceng_snapshot*, const char*, int32_t, jiceng_table** out,
                                       jiceng_error**) {
  return Give({{{"node", kText}, {"name", kText}, {"kind", kText}, {"numerator", kInt}, {"denominator", kInt}},
               {{T("org:1"), T("某支部"), T("party_branch"), N(2), N(3)}}},
              out);
}
jiceng_status jiceng_list_register(const jiceng_snapshot*, const char*, size_t, int32_t, int32_t, int32_t,
                                   jiceng_table** out, jiceng_error**) {
  return Give({{{"matter", kText}, {"node", kText}, {"name", kText}}, {}}, out);
}
jiceng_status jiceng_list_services(const jiceng_snapshot*, const char*, size_t, int32_t, int32_t, int32_t,
                                   jiceng_table** out, jiceng_error**) {
  return Give({{{"matter", kText}, {"node", kText}, {"name", kText}}, {}}, out);
}
jiceng_status jiceng_list_unreported(const jiceng_snapshot*, const char* node, size_t length, int32_t,
                                     jiceng_table** out, jiceng_error** error) {
  if (!Known(In(node, length))) return UnknownNode(error);
  return Give({{{"node", kText}, {"name", kText}}, {{T("person:1"), T("赵敏")}, {T("person:2"), T("阿依·古丽")}}}, out);
}
jiceng_status jiceng_list_cross_appointments(const jiceng_snapshot*, const char*, size_t, int32_t, jiceng_table** out,
                                             jiceng_error**) {
  return Give({{{"node", kText}, {"name", kText}, {"community", kText}, {"kinds", kList}},
               {{T("person:1"), T("赵敏"), T("unit:320102002001"), L({"party_branch", "residents_committee"})}}},
              out);
}
jiceng_status jiceng_list_officers_at(const jiceng_snapshot*, const char*, size_t, const char* role, const char* where,
                                      int32_t, jiceng_table** out, jiceng_error**) {
  if (where != nullptr && std::string(where) == "party_branch")
    role = "deputy_secretary";  // so that it is seen to come
  return Give({{{"node", kText},
                {"name", kText},
                {"body", kText},
                {"body_name", kText},
                {"role", kText},
                {"manner", kText},
                {"from", kDate}},
               {{T("person:1"), T("赵敏"), T("org:1"), T("某支部"), T(role), T("elected"), N(20231108)},
                {T("person:2"), T("钱进"), T("org:2"), T("某支部"), T(role), T("elected"), Null()}}},
              out);
}
jiceng_status jiceng_list_officers(const jiceng_snapshot* snapshot, const char* node, size_t length, const char* role,
                                   int32_t date, jiceng_table** out, jiceng_error** error) {
  return jiceng_list_officers_at(snapshot, node, length, role, nullptr, date, out, error);
}
jiceng_status jiceng_list_posts(const jiceng_snapshot*, const char*, size_t, const char*, const char*, int32_t,
                                jiceng_table** out, jiceng_error**) {
  return Give({{{"node", kText},
                {"name", kText},
                {"state", kText},
                {"holders", kInt},
                {"holder", kText},
                {"holder_name", kText},
                {"held", kInt},
                {"first", kText}},
               {{T("unit:1"), T("甲网格"), T("own"), N(1), T("person:1"), T("赵敏"), N(2), T("unit:1")},
                {T("unit:2"), T("乙网格"), T("also"), N(1), T("person:1"), T("赵敏"), N(2), T("unit:1")},
                {T("unit:3"), T("丙网格"), T("vacant"), N(0), Null(), Null(), N(0), Null()}}},
              out);
}
jiceng_status jiceng_rollup_across(const jiceng_snapshot*, const char*, const char*, int32_t, int32_t,
                                   jiceng_table** out, jiceng_error**) {
  return Give({{{"node", kText},
                {"name", kText},
                {"level", kText},
                {"was_numerator", kInt},
                {"was_denominator", kInt},
                {"is_numerator", kInt},
                {"is_denominator", kInt},
                {"mapping", kText}},
               {{T("unit:320102"), T("玄武区"), T("district"), N(1), N(2), N(1), N(2), T("exact")}}},
              out);
}
jiceng_status jiceng_list_seat_changes(const jiceng_snapshot*, const jiceng_snapshot*, int32_t, jiceng_table** out,
                                       jiceng_error**) {
  return Give({{{"what", kText},
                {"body", kText},
                {"body_name", kText},
                {"role", kText},
                {"person", kText},
                {"person_name", kText},
                {"manner", kText},
                {"before", kInt},
                {"after", kInt}},
               {{T("vacant"), T("org:1"), T("某支部"), T("secretary"), Null(), Null(), Null(), N(1), N(0)}}},
              out);
}
jiceng_status jiceng_list_pairings(const jiceng_snapshot*, const char*, size_t, int32_t, jiceng_table** out,
                                   jiceng_error**) {
  return Give(
      {{{"node", kText}, {"name", kText}, {"other", kText}, {"other_name", kText}, {"tier", kText}, {"from", kDate}},
       {{T("org:1"), T("某支部"), T("org:2"), T("某支部"), T("same_alliance"), Null()}}},
      out);
}
jiceng_status jiceng_nodes_by_number(const jiceng_snapshot*, const int64_t* numbers, size_t count, int32_t,
                                     jiceng_table** out, jiceng_error**) {
  jiceng_table rows{
      {{"number", kInt}, {"node", kText}, {"name", kText}, {"kind", kText}, {"from", kDate}, {"to", kDate}}, {}};
  for (size_t i = 0; i < count; ++i)
    rows.rows.push_back({N(numbers[i]), T("org:1"), T("某支部"), T("party_branch"), Null(), Null()});
  return Give(rows, out);
}
jiceng_status jiceng_show(const jiceng_snapshot*, const char*, size_t, int32_t, int32_t, jiceng_table** out,
                          jiceng_error**) {
  return Give({{{"section", kText}, {"key", kText}, {"value", kText}, {"node", kText}, {"from", kDate}, {"to", kDate}},
               {{T("node"), T("名称"), T("某支部"), T(""), Null(), Null()},
                {T("tie"), T("seat"), T(""), T("unit:320102"), N(20090401), Null()}}},
              out);
}
jiceng_status jiceng_tree(const jiceng_snapshot*, const char*, size_t, int32_t date, int32_t, uint32_t,
                          jiceng_table** out, jiceng_error**) {
  return Give({{{"depth", kInt}, {"node", kText}, {"name", kText}, {"kind", kText}, {"members", kInt}},
               {{N(0), T("unit:1"), T("区"), T("district"), N(date)},
                {N(1), T("unit:11"), T("甲街道"), T("street"), N(10)},
                {N(2), T("unit:111"), T("甲一社区"), T("community"), N(4)},
                {N(2), T("org:9"), T("甲支部"), T("party_branch"), Null()},
                {N(1), T("unit:12"), T("乙街道"), T("street"), N(20)}}},
              out);
}
jiceng_status jiceng_search(const jiceng_snapshot*, const char* text, size_t length, int32_t, int64_t,
                            jiceng_table** out, jiceng_error**) {
  jiceng_table table{{{"node", kText}, {"name", kText}, {"kind", kText}, {"place", kText}}, {}};
  if (In(text, length) != "无")
    table.rows.push_back({T("org:1"), T("某支部"), T("party_branch"), T("unit:320102002001")});
  return Give(std::move(table), out);
}
jiceng_status jiceng_upcoming(const jiceng_snapshot*, const char*, size_t, int32_t, int32_t, int32_t,
                              jiceng_table** out, jiceng_error**) {
  return Give({{{"due", kDate}, {"what", kText}, {"node", kText}, {"name", kText}, {"detail", kText}},
               {{N(20260712), T("term"), T("org:1"), T("某支部"), T("")}}},
              out);
}

jiceng_status jiceng_policy_check(const jiceng_store*, const void*, size_t, jiceng_table** out, jiceng_error**) {
  return Give({{{"rule", kText}, {"setting", kText}, {"value", kText}, {"document", kText}, {"confidence", kText}},
               {{T("grid.head-load"), T("grid.max_per_head"), T("2"), T("某办法"), T("V")}}},
              out);
}
jiceng_status jiceng_policies(const jiceng_snapshot*, int32_t, jiceng_table** out, jiceng_error**) {
  return Give({{{"pack", kText}, {"unit", kText}, {"from", kDate}}, {{T("some.pack"), T("unit:1"), N(20260101)}}}, out);
}
jiceng_status jiceng_policy_effective(const jiceng_snapshot*, const char*, size_t, int32_t, const char*,
                                      jiceng_table** out, jiceng_error**) {
  return Give({{{"rule", kText}, {"setting", kText}, {"value", kText}, {"source", kText}},
               {{T("grid.head-load"), T("grid.max_per_head"), T("2"), T("pack")}}},
              out);
}
jiceng_status jiceng_waivers(const jiceng_snapshot*, jiceng_table** out, jiceng_error**) {
  return Give({{{"rule", kText}, {"node", kText}, {"to", kDate}}, {{T("grid.head-vacant"), T("unit:1"), N(20270101)}}},
              out);
}
jiceng_status jiceng_writer_refused(const jiceng_writer*, jiceng_findings**, jiceng_error** error) {
  return Fail(error, JICENG_FAILED_PRECONDITION, "NOTHING_REFUSED", "the last call was not refused", "没有被拒绝");
}

jiceng_status jiceng_procedures(int32_t, jiceng_table** out, jiceng_error**) {
  return Give({{{"id", kText}, {"version", kInt}, {"title", kText}, {"subjects", kList}, {"clocks", kList}},
               {{T("deliberation"), N(1), T("议事协商"), L({"community", "party"}), L({"meeting"})}}},
              out);
}
jiceng_status jiceng_procedure(const char* id, int32_t, jiceng_table** out, jiceng_error** error) {
  if (id != std::string("deliberation"))
    return Fail(error, JICENG_NOT_FOUND, "UNKNOWN_PROCEDURE", "no such procedure", "没有这个程序");
  return Give({{{"step", kText}, {"title", kText}, {"from", kList}, {"to", kText}},
               {{T("admit"), T("预审通过"), L({"proposed"}), T("reviewed")}}},
              out);
}
jiceng_status jiceng_writer_matter_open(jiceng_writer* writer, const char*, const char* matter, const char*,
                                        const char*, const char* const*, size_t, const char* const*, size_t,
                                        int64_t* seq, jiceng_error** error) {
  return jiceng_writer_matter_step(writer, matter, "open", nullptr, nullptr, nullptr, 0, seq, error);
}
jiceng_status jiceng_writer_matter_step(jiceng_writer* writer, const char*, const char* step, const char*, const char*,
                                        const char* const*, size_t, int64_t* seq, jiceng_error**) {
  writer->refuses_step = step == std::string("refused");
  *seq = writer->refuses_step ? 0 : 7;
  return JICENG_OK;
}
jiceng_status jiceng_writer_refused_step(const jiceng_writer* writer, int32_t, jiceng_table** out,
                                         jiceng_error** error) {
  if (!writer->refuses_step)
    return Fail(error, JICENG_NOT_FOUND, "NOTHING_REFUSED", "the last call was not refused", "没有被拒绝");
  return Give({{{"change", kInt}, {"code", kText}, {"place", kText}, {"message", kText}},
               {{N(0), T("GUARD"), T("quorum"), T("到会不足")}}},
              out);
}
jiceng_status jiceng_matters(const jiceng_snapshot*, const char*, const char*, size_t, const char* at, uint32_t,
                             int32_t, jiceng_table** out, jiceng_error**) {
  return Give({{{"matter", kText},
                {"procedure", kText},
                {"about", kText},
                {"name", kText},
                {"state", kText},
                {"state_title", kText},
                {"opened", kText},
                {"entered", kText},
                {"told", kList}},
               {{T("D-1"), T("deliberation"), T("unit:1"), T("甲社区"), T("proposed"), T("已提出"), T(at), T(at),
                 L({"topic=t", "notice_days=3"})}}},
              out);
}
jiceng_status jiceng_matters_late(const jiceng_snapshot*, const char*, size_t, const char*, int32_t, jiceng_table** out,
                                  jiceng_error**) {
  return Give({{{"due", kText}, {"matter", kText}}, {}}, out);
}
jiceng_status jiceng_matters_handovers(const jiceng_snapshot*, const char*, size_t, const char*, int32_t,
                                       jiceng_table** out, jiceng_error**) {
  return Give({{{"matter", kText}, {"depth", kInt}}, {}}, out);
}
jiceng_status jiceng_matter(const jiceng_snapshot*, const char*, const char*, int32_t, jiceng_table** out,
                            jiceng_error**) {
  return Give({{{"what", kText}, {"id", kText}, {"title", kText}, {"value", kText}, {"value_title", kText}},
               {{T("state"), T("proposed"), T("已提出"), T("2026-03-01 00:00"), Null()},
                {T("field"), T("ground"), T("理由"), T("not_prepared"), T("准备不充分")}}},
              out);
}
jiceng_status jiceng_matter_steps(const jiceng_snapshot*, const char*, const char*, int32_t, jiceng_table** out,
                                  jiceng_error**) {
  return Give({{{"number", kInt},
                {"at", kText},
                {"step", kText},
                {"title", kText},
                {"actor", kText},
                {"state", kText},
                {"told", kList}},
               {{N(0), T("2026-03-01 00:00"), T("open"), T("开立"), T("person:1"), T("proposed"), L({"topic=t"})}}},
              out);
}
jiceng_status jiceng_matter_clocks(const jiceng_snapshot*, const char*, const char*, int32_t, jiceng_table** out,
                                   jiceng_error**) {
  return Give({{{"clock", kText}, {"due", kText}}, {{T("meeting"), Null()}}}, out);
}

jiceng_status jiceng_turns(const jiceng_snapshot*, const char*, size_t, int32_t, int32_t, const jiceng_audit_options*,
                           int32_t, jiceng_table** out, jiceng_error**) {
  return Give({{{"due", kDate},
                {"rule", kText},
                {"node", kText},
                {"name", kText},
                {"status", kText},
                {"level", kText},
                {"message", kText}},
               {{N(20260801), T("member.temporary-too-long"), T("person:1"), T("赵敏"), T("unmet"), T("must"),
                 T("已 184 天，限 6 个月")},
                {N(20260901), T("member.two-branches"), T("person:2"), Null(), T("met"), T("must"), T("符合要求")}}},
              out);
}

// Three findings, or none under unit:fine.
jiceng_status jiceng_audit(const jiceng_snapshot*, const char* node, size_t length, int32_t,
                           const jiceng_audit_options* options, jiceng_findings** out, jiceng_error** error) {
  if (!Known(In(node, length))) return UnknownNode(error);
  for (size_t i = 0; i < options->rule_count; ++i) {
    if (std::strcmp(options->rules[i], "branch.max-members") != 0)
      return Fail(error, JICENG_INVALID_ARGUMENT, "UNKNOWN_RULE", "no such rule", "没有这条规则");
  }
  *out = new jiceng_findings{In(node, length) == "unit:fine" ? 0 : 3};
  return JICENG_OK;
}
jiceng_status jiceng_explain(const jiceng_snapshot*, const char* rule, const char* node, size_t length, int32_t,
                             const jiceng_audit_options*, jiceng_findings** out, jiceng_error** error) {
  if (!Known(In(node, length))) return UnknownNode(error);
  if (std::strcmp(rule, "branch.max-members") != 0)
    return Fail(error, JICENG_INVALID_ARGUMENT, "UNKNOWN_RULE", "no such rule", "没有这条规则");
  *out = new jiceng_findings{1};
  return JICENG_OK;
}
// One finding appears and two go when what was tried is followed.
jiceng_status jiceng_monitor_open(const jiceng_snapshot* snapshot, int32_t, const jiceng_audit_options*,
                                  jiceng_monitor** out, jiceng_error**) {
  *out = new jiceng_monitor{snapshot->seq};
  return JICENG_OK;
}
jiceng_status jiceng_monitor_follow(jiceng_monitor* monitor, const jiceng_snapshot* snapshot, int32_t,
                                    jiceng_findings** appeared, jiceng_findings** gone, jiceng_error**) {
  monitor->seq = snapshot->seq;
  *appeared = new jiceng_findings{snapshot->seq == kTried ? 1 : 0};
  *gone = new jiceng_findings{snapshot->seq == kTried ? 2 : 0};
  return JICENG_OK;
}
jiceng_status jiceng_monitor_rollup(const jiceng_monitor* monitor, const char* indicator, const char* level,
                                    jiceng_table** out, jiceng_error** error) {
  const jiceng_snapshot at{monitor->seq};
  return jiceng_rollup(&at, indicator, level, 0, out, error);
}
void jiceng_monitor_close(jiceng_monitor* monitor) { delete monitor; }
int64_t jiceng_findings_count(const jiceng_findings* findings) { return findings->count; }
const int64_t* jiceng_findings_subjects(const jiceng_findings*) { return nullptr; }
const int32_t* jiceng_findings_rules(const jiceng_findings* findings) {
  static const int32_t first_rule[8] = {};
  return findings->count == 0 ? nullptr : first_rule;
}
jiceng_status jiceng_findings_counts(const jiceng_findings* findings, jiceng_table** out, jiceng_error**) {
  return Give({{{"rule", kText}, {"findings", kInt}},
               {{T("branch.max-members"), N(findings->count == 0 ? 0 : 2)}, {T("grid.head-vacant"), N(0)}}},
              out);
}
jiceng_status jiceng_findings_table(const jiceng_findings* findings, int32_t, int64_t first, int64_t limit,
                                    jiceng_table** out, jiceng_error**) {
  jiceng_table table{{{"rule", kText},
                      {"subject", kText},
                      {"name", kText},
                      {"status", kText},
                      {"waived", kBool},
                      {"level", kText},
                      {"message", kText},
                      {"citation", kText},
                      {"facts", kList},
                      {"since", kDate},
                      {"place", kText},
                      {"value", kInt},
                      {"comparator", kText},
                      {"threshold", kInt},
                      {"object", kText},
                      {"missing", kList}},
                     {}};
  for (int64_t i = first; i < findings->count && (limit == 0 || i < first + limit); ++i) {
    table.rows.push_back({T("branch.max-members"), T("org:" + std::to_string(i + 1)), T("某支部"), T("unmet"),
                          N(i == 2), T("must"), T("有 57 名党员，超过 50 名"), T("支部工作条例第五条"),
                          L({"members=57", "threshold=50"}), Null(), T("unit:320102002001"), N(57), T("at_most"), N(50),
                          Null(), L({"7 too many: affiliation"})});
  }
  return Give(std::move(table), out);
}
jiceng_status jiceng_findings_evidence(const jiceng_findings*, int64_t, jiceng_table** out, jiceng_error**) {
  return Give({{{"kind", kText}, {"node", kText}, {"value", kInt}}, {{T("count"), T("org:1"), N(57)}}}, out);
}
void jiceng_findings_free(jiceng_findings* findings) { delete findings; }

}  // extern "C"
