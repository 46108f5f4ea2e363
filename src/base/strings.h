// absl::StrCat for std::string_view too: distributions build Abseil with a string_view of its own, to which the
// standard one does not convert.
#ifndef JICENG_BASE_STRINGS_H_
#define JICENG_BASE_STRINGS_H_

#include <string>
#include <string_view>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"

namespace jiceng::base {
namespace internal {

template <typename T>
const T& CatArgument(const T& value) {
  return value;
}
inline absl::string_view CatArgument(const std::string_view& value) { return {value.data(), value.size()}; }

}  // namespace internal

template <typename... Args>
std::string StrCat(const Args&... args) {
  return absl::StrCat(internal::CatArgument(args)...);
}

}  // namespace jiceng::base

#endif  // JICENG_BASE_STRINGS_H_
