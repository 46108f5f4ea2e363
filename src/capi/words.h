// Words of closed lists that callers give.
#ifndef JICENG_CAPI_WORDS_H_
#define JICENG_CAPI_WORDS_H_

#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "base/status.h"
#include "base/strings.h"

namespace jiceng::capi {

// INVALID_ARGUMENT for a word that is not in a list, which is given.
template <typename Known>
absl::Status UnknownWord(std::string_view reason, std::string_view what, std::string_view word, const Known& known,
                         std::string_view name) {
  std::string message = base::StrCat("no ", what, " '", word, "'; there are: ");
  bool first = true;
  for (const auto& one : known) {
    message += base::StrCat(first ? "" : ", ", one);
    first = false;
  }
  return base::Error(absl::StatusCode::kInvalidArgument, reason, message, name);
}

}  // namespace jiceng::capi

#endif  // JICENG_CAPI_WORDS_H_
