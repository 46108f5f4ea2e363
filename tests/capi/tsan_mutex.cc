// Tells ThreadSanitizer of absl::Mutex.  A distribution's Abseil is built without it, so what its mutexes order would
// look like races.  These take the place of the library's functions, say what happens and pass on; linked into tests of
// ThreadSanitizer builds only.
#include <dlfcn.h>
#include <sanitizer/tsan_interface.h>

#include "absl/synchronization/mutex.h"

namespace {

// The next function of the same name, which is the library's.
template <typename Member>
void* Next(Member member) {
  void* address = nullptr;
  static_assert(sizeof(member) >= sizeof(address));
  __builtin_memcpy(&address, &member, sizeof(address));  // a member function that is not virtual is its address
  Dl_info info;
  return dladdr(address, &info) != 0 && info.dli_sname != nullptr ? dlsym(RTLD_NEXT, info.dli_sname) : nullptr;
}

using Function = void (*)(absl::Mutex*);

}  // namespace

namespace absl {
ABSL_NAMESPACE_BEGIN

void Mutex::Lock() {
  static const auto lock = reinterpret_cast<Function>(Next(&Mutex::Lock));
  lock(this);
  __tsan_acquire(this);
}

void Mutex::Unlock() {
  static const auto unlock = reinterpret_cast<Function>(Next(&Mutex::Unlock));
  __tsan_release(this);
  unlock(this);
}

ABSL_NAMESPACE_END
}  // namespace absl
