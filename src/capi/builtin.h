// The catalogue that is compiled in, for calls without a store.
#ifndef JICENG_CAPI_BUILTIN_H_
#define JICENG_CAPI_BUILTIN_H_

#include "absl/status/statusor.h"
#include "wire/catalogue.h"

namespace jiceng::capi {

// Decoded on first use and kept for good: no destructor runs at exit while a host's threads still ask.
absl::StatusOr<const wire::Catalogue*> Builtin();

}  // namespace jiceng::capi

#endif  // JICENG_CAPI_BUILTIN_H_
