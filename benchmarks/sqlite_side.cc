#include "benchmarks/sqlite_side.h"

#include "benchmarks/fail.h"
#include "benchmarks/ledger_loader.h"
#include "benchmarks/sql_files.h"
#include "benchmarks/sql_texts.h"

namespace jiceng::benchmarks {
namespace {

class Inserter final : public TableWriter {
 public:
  explicit Inserter(sqlite3* database) : database_(database) {}

  void Begin(const std::string& table, size_t columns) override {
    std::string sql = "INSERT INTO " + table + " VALUES(?";
    for (size_t i = 1; i < columns; ++i) sql += ",?";
    insert_ = std::make_unique<SqliteStatement>(database_, sql + ")");
    columns_ = static_cast<int>(columns);
  }
  void Row(const Cell* cells) override {
    for (int i = 0; i < columns_; ++i) {
      if (cells[i].type == Cell::kNumber) {
        sqlite3_bind_int(insert_->get(), i + 1, cells[i].number);
      } else if (cells[i].type == Cell::kText) {
        sqlite3_bind_text(insert_->get(), i + 1, cells[i].text.data(), static_cast<int>(cells[i].text.size()),
                          SQLITE_STATIC);
      } else {
        sqlite3_bind_null(insert_->get(), i + 1);
      }
    }
    insert_->Step();
    insert_->Reset();
  }
  void End() override { insert_.reset(); }

 private:
  sqlite3* database_;
  std::unique_ptr<SqliteStatement> insert_;
  int columns_ = 0;
};

}  // namespace

SqliteStatement::SqliteStatement(sqlite3* database, std::string_view sql) {
  if (sqlite3_prepare_v3(database, sql.data(), static_cast<int>(sql.size()), SQLITE_PREPARE_PERSISTENT, &statement_,
                         nullptr) != SQLITE_OK) {
    Fail(std::string("sqlite: ") + sqlite3_errmsg(database) + " in " + std::string(sql));
  }
}

SqliteStatement& SqliteStatement::Bind(const char* name, int64_t value) {
  sqlite3_bind_int64(statement_, sqlite3_bind_parameter_index(statement_, name), value);
  return *this;
}

SqliteStatement& SqliteStatement::Bind(const char* name, std::string_view text) {
  sqlite3_bind_text(statement_, sqlite3_bind_parameter_index(statement_, name), text.data(),
                    static_cast<int>(text.size()), SQLITE_STATIC);
  return *this;
}

bool SqliteStatement::Step() {
  const int code = sqlite3_step(statement_);
  if (code != SQLITE_ROW && code != SQLITE_DONE) {
    Fail(std::string("sqlite: ") + sqlite3_errmsg(sqlite3_db_handle(statement_)) + " in " + sqlite3_sql(statement_));
  }
  return code == SQLITE_ROW;
}

void SqliteEngine::Execute(sqlite3* database, const std::string& sql) {
  char* message = nullptr;
  if (sqlite3_exec(database, sql.c_str(), nullptr, nullptr, &message) != SQLITE_OK) {
    Fail(std::string("sqlite: ") + (message != nullptr ? message : "?") + " in " + sql);
  }
}

SqliteEngine::Database SqliteEngine::Open(const std::string& path, int flags) {
  sqlite3* opened = nullptr;
  const int code = sqlite3_open_v2(path.c_str(), &opened, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | flags, nullptr);
  if (code != SQLITE_OK) Fail("sqlite: " + path + " cannot be opened");
  return Database(opened);
}

double SqliteEngine::Import(const std::string& ledgers, const std::string& path, Journal journal) {
  RemoveFiles(path);
  const Database database = Open(path, SQLITE_OPEN_CREATE);
  const char* mode = journal == Journal::kWal ? "WAL" : journal == Journal::kRollback ? "DELETE" : "OFF";
  Execute(database.get(), std::string("PRAGMA journal_mode = ") + mode +
                              "; PRAGMA synchronous = FULL; PRAGMA locking_mode = EXCLUSIVE; PRAGMA cache_size = "
                              "-1048576; PRAGMA temp_store = MEMORY; PRAGMA threads = 2");
  Execute(database.get(), "BEGIN");
  Execute(database.get(), kSchema);
  Inserter inserter(database.get());
  LoadLedgers(ledgers, inserter);
  Execute(database.get(), NamedStatements(kQueries)["fill-unit-above"]);
  Execute(database.get(), kSqliteIndexes);
  Execute(database.get(), "COMMIT");
  if (journal == Journal::kWal) Execute(database.get(), "PRAGMA wal_checkpoint(TRUNCATE)");
  return 0;
}

SqliteEngine::SqliteEngine(const std::string& path, Mode mode) : path_(path), database_(Open(path, 0)) {
  Execute(database_.get(), "PRAGMA mmap_size = 2147418112; PRAGMA cache_size = -65536; PRAGMA temp_store = MEMORY");
  Execute(database_.get(), mode == kRead ? "BEGIN" : "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL");
}

void SqliteEngine::Refresh() { Execute(database_.get(), "COMMIT; BEGIN"); }

SqliteStatement SqliteEngine::Prepare(const std::string& name) {
  return SqliteStatement(database_.get(), NamedStatements(kQueries).at(name));
}

}  // namespace jiceng::benchmarks
