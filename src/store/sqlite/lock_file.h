// STORE-lock: who has a store open.  Locking between processes is SQLite's; this file guards against what SQLite cannot
// see: a second copy of the library (and so of SQLite) in the same process, where closing one copy's descriptor drops
// the POSIX locks of the other.
#ifndef JICENG_STORE_SQLITE_LOCK_FILE_H_
#define JICENG_STORE_SQLITE_LOCK_FILE_H_

#include <string>

#include "absl/status/status.h"

namespace jiceng::store {

// One line of STORE-lock: "pid start-time copy handle".  Lines of dead processes are dropped by whoever comes next; the
// file goes with its last line.  Several handles of one copy of the library may hold a store, in one process or many.
class LockFile {
 public:
  LockFile() = default;
  ~LockFile() { Release(); }
  LockFile(const LockFile&) = delete;
  LockFile& operator=(const LockFile&) = delete;

  // Errors: UNAVAILABLE STORE_HELD; where the file cannot be written, UNAVAILABLE DISK unless `best_effort`.
  absl::Status Acquire(const std::string& store, bool best_effort);
  void Release() noexcept;
  void Abandon() { line_.clear(); }  // in a forked child

  // The process ids in the store's lock file besides this handle's own line, as "12, 34".
  static std::string OtherHolders(const std::string& store);

 private:
  std::string file_;
  std::string line_;  // "" while nothing is held
};

}  // namespace jiceng::store

#endif  // JICENG_STORE_SQLITE_LOCK_FILE_H_
