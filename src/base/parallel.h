// Independent pieces of work on a few threads that are gone when the call returns.
#ifndef JICENG_BASE_PARALLEL_H_
#define JICENG_BASE_PARALLEL_H_

#include <cstddef>

#include "absl/functional/function_ref.h"

namespace jiceng::base {

// Calls work(0) … work(count - 1), each once, in that order as threads become free: up to `threads` of them, of which
// the caller's is one; 1 or less is the caller's alone.  Fewer do it when the system gives no more of them.  What a piece throws
// is thrown here, once all that had begun are done; what had not begun is left out then.
void ForEachInParallel(int threads, size_t count, absl::FunctionRef<void(size_t)> work);

}  // namespace jiceng::base

#endif  // JICENG_BASE_PARALLEL_H_
