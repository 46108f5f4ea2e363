// Chinese texts of errors and of problems in ledgers, by their stable reason: data, one line a reason.
#ifndef JICENG_CAPI_ERROR_TEXTS_H_
#define JICENG_CAPI_ERROR_TEXTS_H_

#include <string>
#include <string_view>

#include "absl/types/span.h"

namespace jiceng::capi {

struct ErrorText {
  const char* reason;
  const char* zh;
  bool with_message;  // the English message follows after a colon: it names the value, the place or the expected form
};

// Ordered by reason.
absl::Span<const ErrorText> ErrorTexts();

// What a reason means in Chinese, with the message where it tells more; the message itself where there is no
// translation.
std::string ChineseText(std::string_view reason, std::string_view message);

}  // namespace jiceng::capi

#endif  // JICENG_CAPI_ERROR_TEXTS_H_
