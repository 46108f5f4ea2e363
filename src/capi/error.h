// Errors as they leave the library.
#ifndef JICENG_CAPI_ERROR_H_
#define JICENG_CAPI_ERROR_H_

#include <jiceng/base.h>

#include <memory>
#include <string_view>

#include "absl/status/status.h"

// Why a call failed, in texts that are ready to hand out.  All of them lie in `texts`; the error of memory that has run
// out has none of its own.
struct jiceng_error {
  jiceng_status code = JICENG_OK;
  const char* reason = "";
  const char* message = "";
  const char* field = "";
  const char* text_zh = "";
  std::unique_ptr<char[]> texts;
};

namespace jiceng::capi {

// The error for a status that is not OK.  Never null: where there is no memory for it, the error says just that.
jiceng_error* NewError(const absl::Status& status) noexcept;
// The one error that needs no memory; jiceng_error_free() leaves it alone.
jiceng_error* OutOfMemory() noexcept;

}  // namespace jiceng::capi

#endif  // JICENG_CAPI_ERROR_H_
