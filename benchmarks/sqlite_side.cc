#include "benchmarks/sqlite_side.h"

#include <ctime>

#include "benchmarks/fail.h"
#include "benchmarks/sqlite_sql.h"

namespace jiceng::benchmarks {

Statement::Statement(sqlite3* database, std::string_view sql) {
  if (sqlite3_prepare_v3(database, sql.data(), static_cast<int>(sql.size()), SQLITE_PREPARE_PERSISTENT, &statement_,
                         nullptr) != SQLITE_OK) {
    Fail(std::string("sqlite: ") + sqlite3_errmsg(database) + " in " + std::string(sql));
  }
}

Statement& Statement::Bind(const char* name, int64_t value) {
  sqlite3_bind_int64(statement_, sqlite3_bind_parameter_index(statement_, name), value);
  return *this;
}

Statement& Statement::Bind(const char* name, std::string_view text) {
  sqlite3_bind_text(statement_, sqlite3_bind_parameter_index(statement_, name), text.data(),
                    static_cast<int>(text.size()), SQLITE_STATIC);
  return *this;
}

bool Statement::Step() {
  const int code = sqlite3_step(statement_);
  if (code != SQLITE_ROW && code != SQLITE_DONE) {
    Fail(std::string("sqlite: ") + sqlite3_errmsg(sqlite3_db_handle(statement_)) + " in " + sqlite3_sql(statement_));
  }
  return code == SQLITE_ROW;
}

void Execute(sqlite3* database, const std::string& sql) {
  char* message = nullptr;
  if (sqlite3_exec(database, sql.c_str(), nullptr, nullptr, &message) != SQLITE_OK) {
    Fail(std::string("sqlite: ") + (message != nullptr ? message : "?") + " in " + sql);
  }
}

SqliteSide::SqliteSide(const std::string& path, Mode mode) {
  sqlite3* database = nullptr;
  if (sqlite3_open_v2(path.c_str(), &database, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nullptr) != SQLITE_OK) {
    Fail("sqlite: " + path + " cannot be opened");
  }
  database_.reset(database);
  Execute(database, "PRAGMA mmap_size = 2147418112; PRAGMA cache_size = -65536; PRAGMA temp_store = MEMORY");
  Execute(database, mode == kRead ? "BEGIN" : "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL");

  const std::string_view all = kSqliteQueries;
  const std::string_view mark = "-- name: ";
  for (size_t at = all.find(mark); at != std::string_view::npos;) {
    const size_t line = all.find('\n', at);
    const size_t next = all.find(mark, line);
    sql_[std::string(all.substr(at + mark.size(), line - at - mark.size()))] = all.substr(line, next - line);
    at = next;
  }
  if (mode == kWrite) return;
  under_ = &Get("person-under-unit");
  under_by_text_ = &Get("person-under-unit-by-text");
}

void SqliteSide::Report(const std::string& person, const std::string& community, int32_t day) {
  Get("report").Bind(":person", IdOf(person)).Bind(":unit", IdOf(community)).Bind(":d", day).Step();
  Get("report").Reset();
}

Statement& SqliteSide::Get(const std::string& name) {
  const auto found = statements_.find(name);
  if (found != statements_.end()) return found->second;
  return statements_.emplace(name, Statement(database_.get(), sql_.at(name))).first->second;
}

int64_t SqliteSide::Find(const std::string& node) {
  const std::string table = node.substr(0, node.find(':'));
  Statement statement(database_.get(), "SELECT n FROM " + table + " WHERE id = :id");
  statement.Bind(":id", IdOf(node));
  return statement.Step() ? sqlite3_column_int64(statement.get(), 0) : 0;
}

void SqliteSide::AuditInWords(int32_t date, KeepingSink& sink) {
  struct {
    const char* rule;
    const char* kind;
  } const rules[] = {
      {"branch.min-members", "org"},          {"branch.max-members", "org"},  {"branch.committee-required", "org"},
      {"branch.committee-size", "org"},       {"grid.head-vacant", "unit"},   {"term.expired", "org"},
      {"report.member-unreported", "person"}, {"report.duplicate", "person"}, {"report.duplicate", "org"}};
  for (const char* name : kAudit) {
    Statement& statement = Get(name).Bind(":d", date);
    if (name == kDeadline) statement.Bind(":cutoff", cutoff_);
    while (statement.Step()) {
      const auto& rule = rules[sqlite3_column_int(statement.get(), 0)];
      Statement id(database_.get(), std::string("SELECT id FROM ") + rule.kind + " WHERE n = :n");
      if (!id.Bind(":n", sqlite3_column_int64(statement.get(), 1)).Step()) Fail("sqlite: a finding about nobody");
      sink.Text(rule.rule);
      sink.Text(std::string(rule.kind) + ":" + std::string(id.Text(0)));
      sink.EndRow();
    }
    statement.Reset();
  }
}

void SqliteSide::SetDeadline(int32_t date, int days) {
  std::tm day{};
  day.tm_year = date / 10000 - 1900;
  day.tm_mon = date / 100 % 100 - 1;
  day.tm_mday = date % 100 - days;
  day.tm_hour = 12;
  const std::time_t time = timegm(&day);
  gmtime_r(&time, &day);
  cutoff_ = (day.tm_year + 1900) * 10000 + (day.tm_mon + 1) * 100 + day.tm_mday;
}

}  // namespace jiceng::benchmarks
