// A stand-in for libjiceng with fixed answers, so that what the command does with them can be tested alone: printing,
// exit codes, what is asked.
//
// The name of the store chooses what happens: "missing", "locked", "newer" and "damaged" fail to open as their names
// say; any other opens.
#ifndef JICENG_TESTS_CLI_STAND_IN_H_
#define JICENG_TESTS_CLI_STAND_IN_H_

#include <jiceng/jiceng.h>

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

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
inline Cell Null() {
  Cell cell;
  cell.null = true;
  return cell;
}
inline Cell N(int64_t number) {
  Cell cell;
  cell.number = number;
  return cell;
}
inline Cell T(std::string text) {
  Cell cell;
  cell.text = std::move(text);
  return cell;
}
inline Cell L(std::vector<std::string> items) {
  Cell cell;
  cell.items = std::move(items);
  return cell;
}

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
inline constexpr int64_t kTried = 1007;  // the seq of what was tried
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

inline constexpr int32_t kInt = JICENG_COLUMN_INT64, kBool = JICENG_COLUMN_BOOL, kDate = JICENG_COLUMN_DATE,
                         kTime = JICENG_COLUMN_TIME;
inline constexpr int32_t kText = JICENG_COLUMN_TEXT, kList = JICENG_COLUMN_TEXT_LIST;

inline jiceng_status Give(jiceng_table table, jiceng_table** out) {
  *out = new jiceng_table(std::move(table));
  return JICENG_OK;
}
inline jiceng_status Fail(jiceng_error** out, jiceng_status code, const char* reason, const char* message,
                          const char* zh) {
  if (out != nullptr) *out = new jiceng_error{code, reason, message, zh};
  return code;
}
inline std::string In(const char* text, size_t length) {
  return text == nullptr ? "" : length == JICENG_NUL ? text : std::string(text, length);
}
inline jiceng_status UnknownNode(jiceng_error** out) {
  return Fail(out, JICENG_NOT_FOUND, "UNKNOWN_NODE", "no such node", "没有这个节点");
}
inline bool Known(const std::string& node) { return node.find("nowhere") == std::string::npos; }

#endif  // JICENG_TESTS_CLI_STAND_IN_H_
