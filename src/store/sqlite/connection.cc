#include "store/sqlite/connection.h"

#include <algorithm>

#include "base/status.h"
#include "base/strings.h"
#include "store/sqlite/lock_file.h"

namespace jiceng::store {
namespace {

absl::Status Disk(std::string_view what) { return base::Error(absl::StatusCode::kUnavailable, "DISK", what); }

std::string HoldersText(const std::string& path) {
  const std::string holders = LockFile::OtherHolders(path);
  return holders.empty() ? std::string("another process or handle") : base::StrCat("process ", holders);
}

}  // namespace

Connection::~Connection() { Close(); }

absl::Status Connection::Open(const std::string& path, int flags, int64_t busy_timeout_ms) {
  path_ = path;
  busy_timeout_ms_ = busy_timeout_ms;
  if (sqlite3_threadsafe() == 0) {
    return base::Error(absl::StatusCode::kInternal, "SQLITE", "this build of SQLite is not fit for threads");
  }
  const int code = sqlite3_open_v2(path.c_str(), &db_, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE, nullptr);
  if (code != SQLITE_OK) {
    absl::Status error =
        db_ == nullptr ? base::Error(absl::StatusCode::kResourceExhausted, "MEMORY", "out of memory") : Error();
    Close();
    return error;
  }
  sqlite3_extended_result_codes(db_, 1);
  sqlite3_busy_timeout(db_, static_cast<int>(std::clamp<int64_t>(busy_timeout_ms, 0, INT32_MAX)));
  // A store may come from a stranger: nothing in its schema may call functions with effects or change the schema
  // itself.
  sqlite3_db_config(db_, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_db_config(db_, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  constexpr const char* kSql[] = {"BEGIN", "BEGIN IMMEDIATE", "COMMIT", "ROLLBACK"};
  for (const Control control : {kBegin, kBeginWrite, kCommit, kRollBack}) {
    if (sqlite3_prepare_v3(db_, kSql[control], -1, SQLITE_PREPARE_PERSISTENT, &controls_[control], nullptr) !=
        SQLITE_OK) {
      return Error();
    }
  }
  return absl::OkStatus();
}

void Connection::Close() {
  for (sqlite3_stmt* control : controls_) sqlite3_finalize(control);
  if (db_ != nullptr) sqlite3_close_v2(db_);
  Abandon();
}

void Connection::RollBack() {
  // A failed COMMIT may have rolled back by itself or not; only SQLite knows.
  if (db_ == nullptr || sqlite3_get_autocommit(db_) != 0) return;
  sqlite3_step(controls_[kRollBack]);
  sqlite3_reset(controls_[kRollBack]);
}

void Connection::Abandon() {
  db_ = nullptr;
  for (sqlite3_stmt*& control : controls_) control = nullptr;
}

absl::Status Connection::Run(Control control) {
  sqlite3_step(controls_[control]);
  return sqlite3_reset(controls_[control]) == SQLITE_OK ? absl::OkStatus() : Error();
}

absl::Status Connection::Execute(const char* sql) {
  return sqlite3_exec(db_, sql, nullptr, nullptr, nullptr) == SQLITE_OK ? absl::OkStatus() : Error();
}

absl::StatusOr<int64_t> Connection::QueryInt(const char* sql, int64_t otherwise) {
  Statement statement;
  RETURN_IF_ERROR(statement.Prepare(this, sql));
  ASSIGN_OR_RETURN(const bool row, statement.Step());
  return row ? statement.Int(0) : otherwise;
}

absl::StatusOr<std::string> Connection::QueryText(const char* sql) {
  Statement statement;
  RETURN_IF_ERROR(statement.Prepare(this, sql));
  ASSIGN_OR_RETURN(const bool row, statement.Step());
  return row ? std::string(statement.Bytes(0)) : std::string();
}

absl::Status Connection::Error() const {
  const int extended = sqlite3_extended_errcode(db_);
  const std::string said = base::StrCat(sqlite3_errmsg(db_), " (SQLite ", extended, ")");
  switch (extended & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return base::Error(absl::StatusCode::kUnavailable, "STORE_LOCKED",
                         base::StrCat(path_, " is locked for writing by ", HoldersText(path_), "; waited ",
                                      busy_timeout_ms_, " ms: try again when it is done"));
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return base::Error(absl::StatusCode::kDataLoss, "STORE_CORRUPT",
                         base::StrCat(path_, " is damaged: ", said, "; restore it from a backup"));
    case SQLITE_READONLY:
      if (extended == SQLITE_READONLY_DBMOVED) {
        return Disk(base::StrCat(path_, " was moved or deleted while open: close it and open the right file"));
      }
      return base::Error(absl::StatusCode::kFailedPrecondition, "STORE_READ_ONLY",
                         base::StrCat(path_, " cannot be written: ", said));
    case SQLITE_FULL:
      return Disk(base::StrCat("the disk of ", path_, " is full: make room and try again"));
    case SQLITE_IOERR:
      if (extended == SQLITE_IOERR_NOMEM) break;
      [[fallthrough]];
    case SQLITE_CANTOPEN:
    case SQLITE_PROTOCOL:
      return Disk(base::StrCat(path_, " cannot be read or written: ", said));
    case SQLITE_CONSTRAINT:
      return base::Error(absl::StatusCode::kInternal, "CONSTRAINT", base::StrCat(path_, ": ", said));
    default:
      break;
  }
  if ((extended & 0xff) == SQLITE_NOMEM || extended == SQLITE_IOERR_NOMEM) {
    return base::Error(absl::StatusCode::kResourceExhausted, "MEMORY", "out of memory");
  }
  return base::Error(absl::StatusCode::kInternal, "SQLITE", base::StrCat(path_, ": ", said));
}

absl::StatusOr<std::string> Connection::ReadFileStart(size_t size) {
  ASSIGN_OR_RETURN(const int64_t there, FileSize());
  sqlite3_file* file = nullptr;
  sqlite3_file_control(db_, "main", SQLITE_FCNTL_FILE_POINTER, &file);
  std::string bytes(std::min<size_t>(size, static_cast<size_t>(there)), '\0');
  if (file->pMethods->xRead(file, bytes.data(), static_cast<int>(bytes.size()), 0) != SQLITE_OK) {
    return Disk(base::StrCat(path_, " cannot be read"));
  }
  return bytes;
}

absl::StatusOr<int64_t> Connection::FileSize() {
  sqlite3_file* file = nullptr;
  sqlite3_file_control(db_, "main", SQLITE_FCNTL_FILE_POINTER, &file);
  sqlite3_int64 size = 0;
  if (file == nullptr || file->pMethods == nullptr || file->pMethods->xFileSize(file, &size) != SQLITE_OK) {
    return Disk(base::StrCat(path_, " cannot be read"));
  }
  return size;
}

absl::Status Statement::Prepare(Connection* connection, std::string_view sql) {
  if (statement_ != nullptr) return absl::OkStatus();
  connection_ = connection;
  const int code = sqlite3_prepare_v3(connection->db(), sql.data(), static_cast<int>(sql.size()),
                                      SQLITE_PREPARE_PERSISTENT, &statement_, nullptr);
  return code == SQLITE_OK ? absl::OkStatus() : connection->Error();
}

absl::StatusOr<bool> Statement::Step() {
  const int code = sqlite3_step(statement_);
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) return false;
  sqlite3_reset(statement_);  // before any memory is asked for; the error stays
  return connection_->Error();
}

absl::Status Statement::Run() {
  absl::StatusOr<bool> row = Step();
  Reset();
  return row.status();
}

std::string_view Statement::Bytes(int column) const {
  const void* data = sqlite3_column_blob(statement_, column);
  const int size = sqlite3_column_bytes(statement_, column);
  return data == nullptr ? std::string_view()
                         : std::string_view(static_cast<const char*>(data), static_cast<size_t>(size));
}

Transaction::~Transaction() { connection_->RollBack(); }

absl::Status Transaction::Begin(Kind kind) {
  return connection_->Run(kind == kWrite ? Connection::kBeginWrite : Connection::kBegin);
}

absl::Status Transaction::Commit() { return connection_->Run(Connection::kCommit); }

}  // namespace jiceng::store
