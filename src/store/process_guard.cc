#include "store/process_guard.h"

#include <unistd.h>

#include "base/status.h"

namespace jiceng::store {

ProcessGuard::ProcessGuard() : pid_(getpid()) {}

bool ProcessGuard::InChild() const { return getpid() != pid_; }

absl::Status ProcessGuard::Check() const {
  if (!InChild()) return absl::OkStatus();
  return base::Error(absl::StatusCode::kFailedPrecondition, "STORE_USED_AFTER_FORK",
                     "the store was opened by the parent process: open it anew in the child");
}

}  // namespace jiceng::store
