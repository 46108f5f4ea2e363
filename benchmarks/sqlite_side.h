// A peer: SQLite through its C API, tuned by hand.
#ifndef JICENG_BENCHMARKS_SQLITE_SIDE_H_
#define JICENG_BENCHMARKS_SQLITE_SIDE_H_

#include <sqlite3.h>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "benchmarks/files.h"
#include "benchmarks/mode.h"
#include "benchmarks/sql_side.h"

namespace jiceng::benchmarks {

// A prepared statement; bound by name, read through a sink.
class SqliteStatement {
 public:
  SqliteStatement(sqlite3* database, std::string_view sql);
  SqliteStatement(SqliteStatement&& other) noexcept : statement_(std::exchange(other.statement_, nullptr)) {}
  ~SqliteStatement() { sqlite3_finalize(statement_); }

  SqliteStatement& Bind(const char* name, int64_t value);
  SqliteStatement& Bind(const char* name, std::string_view text);  // not copied
  bool Step();
  void Reset() { sqlite3_reset(statement_); }
  sqlite3_stmt* get() const { return statement_; }

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
            sink.Text({reinterpret_cast<const char*>(sqlite3_column_text(statement_, i)),
                       static_cast<size_t>(sqlite3_column_bytes(statement_, i))});
        }
      }
      sink.EndRow();
    }
    Reset();
  }

 private:
  sqlite3_stmt* statement_ = nullptr;
};

// How a load is made durable.  All are on the disk when the import returns; kOff loses everything when killed on the
// way.
enum class Journal { kWal, kRollback, kOff };

class SqliteEngine {
 public:
  static constexpr const char* kName = "sqlite";
  static constexpr bool kHasProcessOfItsOwn = false;
  static constexpr size_t kPairs = SIZE_MAX;
  using Statement = SqliteStatement;

  static std::string Version() { return sqlite3_libversion(); }
  // Loads the ledgers into a new database at `path` with its indexes.
  static double Import(const std::string& ledgers, const std::string& path, Journal journal = Journal::kWal);
  static void Copy(const std::string& path, const std::string& copy) { CopyFiles(path, copy); }
  static double Bytes(const std::string& path) { return BytesOfFiles(path); }
  static void Evict(const std::string& path) { EvictFiles(path); }

  // For questions: one read transaction, as many do who ask a batch of them.  For commits: a write-ahead log synced
  // with each.
  explicit SqliteEngine(const std::string& path, Mode mode = kRead);
  SqliteEngine(Another, const SqliteEngine& other) : SqliteEngine(other.path_) {}

  // What others have committed meanwhile.
  void Refresh();
  Statement Prepare(const std::string& name);
  static double CpuSecondsElsewhere() { return 0; }

 private:
  struct Close {
    void operator()(sqlite3* database) const { sqlite3_close(database); }
  };
  using Database = std::unique_ptr<sqlite3, Close>;

  static Database Open(const std::string& path, int flags);
  static void Execute(sqlite3* database, const std::string& sql);

  std::string path_;
  Database database_;
};

using SqliteSide = SqlSide<SqliteEngine>;

}  // namespace jiceng::benchmarks

#endif  // JICENG_BENCHMARKS_SQLITE_SIDE_H_
