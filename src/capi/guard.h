// The boundary: nothing is thrown out of the library, and every failure becomes a status and an error.
#ifndef JICENG_CAPI_GUARD_H_
#define JICENG_CAPI_GUARD_H_

#include <jiceng/base.h>

#include <exception>
#include <new>
#include <stdexcept>

#include "absl/status/status.h"
#include "base/status.h"
#include "capi/error.h"

namespace jiceng::capi {

// Hands the status to the caller: the code as the result, the rest through `out_error` when that is not null.
jiceng_status Report(const absl::Status& status, jiceng_error** out_error) noexcept;
// The same for what was thrown: memory that ran out, or a mistake of ours.
jiceng_status ReportOutOfMemory(jiceng_error** out_error) noexcept;
jiceng_status ReportException(const char* what, jiceng_error** out_error) noexcept;

// Runs `fn`, an absl::Status().  A length_error is memory as well: someone asked for more than there can be.
template <typename Fn>
jiceng_status Guard(jiceng_error** out_error, Fn&& fn) noexcept {
  if (out_error != nullptr) *out_error = nullptr;
  try {
    const absl::Status status = fn();
    if (status.ok()) return JICENG_OK;
    return Report(status, out_error);
  } catch (const std::bad_alloc&) {
    return ReportOutOfMemory(out_error);
  } catch (const std::length_error&) {
    return ReportOutOfMemory(out_error);
  } catch (const std::exception& e) {
    return ReportException(e.what(), out_error);
  } catch (...) {
    return ReportException("an exception of an unknown type", out_error);
  }
}

}  // namespace jiceng::capi

#endif  // JICENG_CAPI_GUARD_H_
