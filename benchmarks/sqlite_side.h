// The peer: SQLite through its C API, tuned by hand.
#ifndef JICENG_BENCHMARKS_SQLITE_SIDE_H_
#define JICENG_BENCHMARKS_SQLITE_SIDE_H_

#include <sqlite3.h>

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "benchmarks/answer.h"

namespace jiceng::benchmarks {

struct CloseDatabase {
  void operator()(sqlite3* database) const { sqlite3_close(database); }
};
using Database = std::unique_ptr<sqlite3, CloseDatabase>;

// A prepared statement; bound by name, read through a sink.
class Statement {
 public:
  Statement(sqlite3* database, std::string_view sql);
  Statement(Statement&& other) noexcept : statement_(other.statement_) { other.statement_ = nullptr; }
  ~Statement() { sqlite3_finalize(statement_); }

  Statement& Bind(const char* name, int64_t value);
  Statement& Bind(const char* name, std::string_view text);  // not copied
  bool Step();
  void Reset() { sqlite3_reset(statement_); }
  sqlite3_stmt* get() const { return statement_; }
  std::string_view Text(int column) const {
    const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement_, column));
    return {text, static_cast<size_t>(sqlite3_column_bytes(statement_, column))};
  }

  // Runs to the end, every row into the sink as it stands.
  template <class Sink>
  void Run(Sink& sink) {
    const int columns = sqlite3_column_count(statement_);
    while (Step()) {
      for (int i = 0; i < columns; ++i) {
        switch (sqlite3_column_type(statement_, i)) {
          case SQLITE_NULL:
            sink.Null();
            break;
          case SQLITE_INTEGER:
            sink.Int(sqlite3_column_int64(statement_, i));
            break;
          default:
            sink.Text(Text(i));
        }
      }
      sink.EndRow();
    }
    Reset();
  }

 private:
  sqlite3_stmt* statement_ = nullptr;
};

void Execute(sqlite3* database, const std::string& sql);

// How a load is made durable.  All are on the disk when the import returns; kOff loses everything when killed on the
// way.
enum class Journal { kWal, kRollback, kOff };

class SqliteSide {
 public:
  static constexpr const char* kName = "sqlite";

  // Loads the ledgers into a new database at `path` with its indexes (sqlite_import.cc).
  static void Import(const std::string& ledgers, const std::string& path, Journal journal);

  // Opens for questions: one read transaction, as many do who ask a batch of them.  Or for commits: a write-ahead log
  // synced with each.
  enum Mode { kRead, kWrite };
  explicit SqliteSide(const std::string& path, Mode mode = kRead);

  // One commit: the person has reported to the community on that day.
  void Report(const std::string& person, const std::string& community, int32_t day);

  int64_t Find(const std::string& node);

  // Findings as numbers, which are what is timed: rule, subject.
  template <class Sink>
  void Audit(int32_t date, Sink& sink) {
    for (const char* name : kAudit) {
      Statement& statement = Get(name).Bind(":d", date);
      if (name == kDeadline) statement.Bind(":cutoff", cutoff_);
      statement.Run(sink);
    }
  }
  // The findings in words: rule, subject.
  void AuditInWords(int32_t date, KeepingSink& sink);
  // The day `days` before `date`, which rule report.member-unreported needs.
  void SetDeadline(int32_t date, int days);

  template <class Sink>
  void Rollup(const char* indicator, int32_t date, Sink& sink) {
    Get(std::string("rollup.") + indicator).Bind(":d", date).Run(sink);
  }
  template <class Sink>
  void Unreported(const std::string& unit, int32_t date, Sink& sink) {
    Get("unreported").Bind(":d", date).Bind(":unit", IdOf(unit)).Run(sink);
  }
  template <class Sink>
  void Members(const std::string& unit, int32_t date, Sink& sink) {
    Get("members").Bind(":d", date).Bind(":unit", IdOf(unit)).Run(sink);
  }
  template <class Sink>
  void Officers(const std::string& unit, const char* role, int32_t date, Sink& sink) {
    Get("officers").Bind(":d", date).Bind(":unit", IdOf(unit)).Bind(":role", std::string_view(role)).Run(sink);
  }
  template <class Sink>
  void CrossAppointments(const std::string& unit, int32_t date, Sink& sink) {
    Statement& statement = Get("cross-appointments").Bind(":d", date).Bind(":unit", IdOf(unit));
    while (statement.Step()) {
      for (int i = 0; i < 2; ++i) sink.Text(statement.Text(i));
      for (std::string_view kinds = statement.Text(2); !kinds.empty();) {
        const size_t comma = std::min(kinds.find(','), kinds.size());
        sink.ListItem(kinds.substr(0, comma));
        kinds.remove_prefix(std::min(comma + 1, kinds.size()));
      }
      sink.EndRow();
    }
    statement.Reset();
  }
  bool IsUnder(int64_t person, int64_t unit, int32_t date) {
    return Yes(under_->Bind(":p", person).Bind(":u", unit).Bind(":d", date));
  }
  bool IsUnder(const std::string& person, const std::string& unit, int32_t date) {
    return Yes(under_by_text_->Bind(":person", IdOf(person)).Bind(":unit", IdOf(unit)).Bind(":d", date));
  }

 private:
  static constexpr const char* kDeadline = "audit.report.member-unreported";
  static constexpr const char* kAudit[] = {"audit.branches", "audit.grid.head-vacant", "audit.term.expired", kDeadline,
                                           "audit.report.duplicate"};

  static std::string_view IdOf(std::string_view node) { return node.substr(node.find(':') + 1); }
  static bool Yes(Statement& statement) {
    const bool yes = statement.Step() && sqlite3_column_int(statement.get(), 0) != 0;
    statement.Reset();
    return yes;
  }
  // Prepared when first asked, kept.
  Statement& Get(const std::string& name);

  Database database_;
  std::map<std::string, std::string> sql_;
  std::map<std::string, Statement> statements_;
  Statement* under_ = nullptr;
  Statement* under_by_text_ = nullptr;
  int64_t cutoff_ = 0;
};

}  // namespace jiceng::benchmarks

#endif  // JICENG_BENCHMARKS_SQLITE_SIDE_H_
