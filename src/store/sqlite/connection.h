// SQLite's C interface with owners, and its result codes as our errors.
#ifndef JICENG_STORE_SQLITE_CONNECTION_H_
#define JICENG_STORE_SQLITE_CONNECTION_H_

#include <sqlite3.h>

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace jiceng::store {

// One connection, without SQLite's own mutexes: whoever holds it calls from one thread at a time.
class Connection {
 public:
  Connection() = default;
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  // Opens `path` as it stands (`flags` of sqlite3_open_v2).  The path is never read as a URI.
  absl::Status Open(const std::string& path, int flags, int64_t busy_timeout_ms);
  // Closes, or in a forked child forgets: closing there would checkpoint and delete the parent's files.
  void Close();
  void Abandon();

  absl::Status Execute(const char* sql);
  // What begins and ends transactions, prepared once.
  enum Control { kBegin, kBeginWrite, kCommit, kRollBack };
  absl::Status Run(Control control);
  // Ends what transaction there is.  Needs no memory, so that none stays open where memory has run out.
  void RollBack();
  // The first column of the first row, or `otherwise` when there is no row.
  absl::StatusOr<int64_t> QueryInt(const char* sql, int64_t otherwise = 0);
  absl::StatusOr<std::string> QueryText(const char* sql);

  // What the last call's failure means.  UNAVAILABLE STORE_LOCKED, DISK; DATA_LOSS STORE_CORRUPT; FAILED_PRECONDITION
  // STORE_READ_ONLY; RESOURCE_EXHAUSTED MEMORY; INTERNAL SQLITE.
  absl::Status Error() const;

  // Reads the first bytes of the file itself, through SQLite's own descriptor: opening the file beside SQLite and
  // closing it again would drop this process's POSIX locks.
  absl::StatusOr<std::string> ReadFileStart(size_t size);
  absl::StatusOr<int64_t> FileSize();

  sqlite3* db() const { return db_; }
  const std::string& path() const { return path_; }

 private:
  sqlite3* db_ = nullptr;
  sqlite3_stmt* controls_[4] = {};
  std::string path_;
  int64_t busy_timeout_ms_ = 0;
};

// A prepared statement.  Columns count from 0, parameters from 1.
class Statement {
 public:
  Statement() = default;
  ~Statement() { sqlite3_finalize(statement_); }
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;

  // Prepares `sql` once; later calls do nothing.
  absl::Status Prepare(Connection* connection, std::string_view sql);
  bool prepared() const { return statement_ != nullptr; }
  void Forget() { statement_ = nullptr; }  // in a forked child

  void Bind(int parameter, int64_t value) { sqlite3_bind_int64(statement_, parameter, value); }
  // The bytes must outlive the next Reset().
  void BindText(int parameter, std::string_view value) {
    sqlite3_bind_text64(statement_, parameter, value.empty() ? "" : value.data(), value.size(), SQLITE_STATIC,
                        SQLITE_UTF8);
  }
  void BindBlob(int parameter, std::string_view value) {
    sqlite3_bind_blob64(statement_, parameter, value.empty() ? "" : value.data(), value.size(), SQLITE_STATIC);
  }
  void BindNull(int parameter) { sqlite3_bind_null(statement_, parameter); }

  // True for a row, false at the end.
  absl::StatusOr<bool> Step();
  // Steps a statement that gives no rows, and resets it.
  absl::Status Run();
  void Reset() { sqlite3_reset(statement_); }

  bool IsNull(int column) const { return sqlite3_column_type(statement_, column) == SQLITE_NULL; }
  int64_t Int(int column) const { return sqlite3_column_int64(statement_, column); }
  // Valid until the next step.
  std::string_view Bytes(int column) const;
  // Whether the column is a blob of exactly that size, copied out.
  template <size_t N>
  bool Array(int column, std::array<uint8_t, N>* out) const {
    const std::string_view bytes = Bytes(column);
    if (bytes.size() != N) return false;
    for (size_t i = 0; i < N; ++i) (*out)[i] = static_cast<uint8_t>(bytes[i]);
    return true;
  }

  sqlite3_stmt* raw() const { return statement_; }

 private:
  Connection* connection_ = nullptr;
  sqlite3_stmt* statement_ = nullptr;
};

// Resets a cached statement when the block that used it is left, which ends its implicit read transaction.
class Rewinder {
 public:
  explicit Rewinder(Statement* statement) : statement_(statement) {}
  ~Rewinder() { statement_->Reset(); }
  Rewinder(const Rewinder&) = delete;
  Rewinder& operator=(const Rewinder&) = delete;

 private:
  Statement* statement_;
};

// A transaction that is rolled back unless Commit() succeeded.
class Transaction {
 public:
  enum Kind { kRead, kWrite };
  explicit Transaction(Connection* connection) : connection_(connection) {}
  ~Transaction();
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;

  absl::Status Begin(Kind kind);
  absl::Status Commit();

 private:
  Connection* connection_;
};

}  // namespace jiceng::store

#endif  // JICENG_STORE_SQLITE_CONNECTION_H_
