#include "capi/guard.h"

#include "base/strings.h"

namespace jiceng::capi {

jiceng_status Report(const absl::Status& status, jiceng_error** out_error) noexcept {
  if (out_error != nullptr) *out_error = NewError(status);
  return static_cast<jiceng_status>(status.code());
}

jiceng_status ReportOutOfMemory(jiceng_error** out_error) noexcept {
  if (out_error != nullptr) *out_error = OutOfMemory();
  return JICENG_RESOURCE_EXHAUSTED;
}

jiceng_status ReportException(const char* what, jiceng_error** out_error) noexcept {
  if (out_error == nullptr) return JICENG_INTERNAL;
  try {
    *out_error = NewError(base::Error(absl::StatusCode::kInternal, "INTERNAL", base::StrCat("unexpected: ", what)));
  } catch (...) {
    *out_error = OutOfMemory();
  }
  return JICENG_INTERNAL;
}

}  // namespace jiceng::capi
