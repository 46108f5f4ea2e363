// The files of a store: where they lie, how one comes to be, what a file that is none looks like.
#ifndef JICENG_STORE_SQLITE_FILES_H_
#define JICENG_STORE_SQLITE_FILES_H_

#include <array>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "store/sqlite/connection.h"
#include "store/sqlite/schema.h"

namespace jiceng::store {

// The absolute path with links resolved, so that every handle finds the same STORE-wal and STORE-lock.  The file need
// not exist.
std::string ResolvePath(const std::string& path);

// Checks that there is a regular file that may be opened.  Errors: NOT_FOUND STORE_NOT_FOUND; DATA_LOSS NOT_A_STORE;
// PERMISSION_DENIED STORE_PERMISSION.
absl::Status CheckFile(const std::string& path, bool read_only);

// Looks at the first bytes of an open file.  Errors: DATA_LOSS NOT_A_STORE, STORE_TRUNCATED; FAILED_PRECONDITION
// STORE_NEWER.
absl::Status CheckHeader(Connection* connection);

// Checks in a read transaction that the file is as long as its header tells, down to the last byte: SQLite lets a last
// page cut short pass as zeros.  With an empty write-ahead log the transaction keeps checkpoints out, so the file
// stands still; with a full one the file may rightly be short, and nothing is checked.  Errors: DATA_LOSS
// STORE_TRUNCATED.
absl::Status CheckComplete(Connection* connection);

// Why SQLite found the file damaged: STORE_TRUNCATED when it is shorter than its header tells, else `error` itself.
absl::Status Diagnose(Connection* connection, const absl::Status& error);

// A store in the making beside its place: it is written under another name, and Publish() moves it into place whole,
// never over an existing file.  Unless published, it is deleted.
class NewFile {
 public:
  explicit NewFile(const std::string& path);
  ~NewFile();
  NewFile(const NewFile&) = delete;
  NewFile& operator=(const NewFile&) = delete;

  // Errors: ALREADY_EXISTS STORE_EXISTS; NOT_FOUND STORE_NOT_FOUND for a missing folder; PERMISSION_DENIED; UNAVAILABLE
  // DISK.
  absl::Status Prepare();
  absl::Status Publish();
  const std::string& temporary() const { return traces_[0]; }

 private:
  std::string path_;
  std::array<std::string, 4> traces_;  // the file and what SQLite puts beside it: deleting must not need memory
  bool made_ = false;
};

// Writes an empty store into the (empty) file.
absl::Status InitializeFile(const std::string& file, const StoreInfo& info);

}  // namespace jiceng::store

#endif  // JICENG_STORE_SQLITE_FILES_H_
