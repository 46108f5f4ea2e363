// Errors, tables, what needs no store; stores, what is written into them and kept of them.
#include "stand_in.h"

#include <cstring>

extern "C" {

const char* jiceng_version(void) { return "0.1.0"; }
const char* jiceng_error_reason(const jiceng_error* error) { return error->reason.c_str(); }
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

}  // extern "C"
