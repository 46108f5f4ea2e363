// Status macros, and the one way an error carries its stable reason.
#ifndef JICENG_BASE_STATUS_H_
#define JICENG_BASE_STATUS_H_

#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

#define JICENG_CONCAT_INNER_(a, b) a##b
#define JICENG_CONCAT_(a, b) JICENG_CONCAT_INNER_(a, b)
#define RETURN_IF_ERROR(expr)                                  \
  do {                                                         \
    absl::Status status_macro_value_ = (expr);                 \
    if (!status_macro_value_.ok()) return status_macro_value_; \
  } while (false)
#define ASSIGN_OR_RETURN(lhs, expr) ASSIGN_OR_RETURN_IMPL_(JICENG_CONCAT_(status_or_, __LINE__), lhs, expr)
#define ASSIGN_OR_RETURN_IMPL_(statusor, lhs, expr) \
  auto statusor = (expr);                           \
  if (!statusor.ok()) return statusor.status();     \
  lhs = std::move(statusor).value()

namespace jiceng::base {

// Makes an error with a stable, programmatic reason such as "NOT_A_STORE" and a one-line message for people.  `field`
// names the part of the input at fault, as in "units.csv:12:parent_code", or is empty.
absl::Status Error(absl::StatusCode code, std::string_view reason, std::string_view message,
                   std::string_view field = "");

// The reason given to Error(), or the canonical name of the code where there was none.
std::string ErrorReason(const absl::Status& status);
std::string ErrorField(const absl::Status& status);

// The same error about another field; an OK status stays OK.
absl::Status AtField(const absl::Status& status, std::string_view field);

}  // namespace jiceng::base

#endif  // JICENG_BASE_STATUS_H_
