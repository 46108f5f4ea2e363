// A store belongs to the process that opened it: locks and memory of a store are not inherited in any sound way over
// fork().
#ifndef JICENG_STORE_PROCESS_GUARD_H_
#define JICENG_STORE_PROCESS_GUARD_H_

#include <sys/types.h>

#include "absl/status/status.h"

namespace jiceng::store {

// Remembers the process that made it.  Check() must come before a mutex is taken: in a forked child another thread may
// hold it forever.
class ProcessGuard {
 public:
  ProcessGuard();
  bool InChild() const;
  // Errors: FAILED_PRECONDITION STORE_USED_AFTER_FORK.
  absl::Status Check() const;

 private:
  pid_t pid_;
};

}  // namespace jiceng::store

#endif  // JICENG_STORE_PROCESS_GUARD_H_
