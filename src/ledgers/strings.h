// Strings of the standard library with Abseil's functions: where Abseil was built for C++14 its string_view is a type
// of its own.
#ifndef JICENG_LEDGERS_STRINGS_H_
#define JICENG_LEDGERS_STRINGS_H_

#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"

namespace jiceng::ledgers {

inline absl::string_view ToAbsl(std::string_view text) { return {text.data(), text.size()}; }

namespace internal {
template <typename T>
decltype(auto) Piece(const T& piece) {
  if constexpr (std::is_same_v<T, std::string_view>) {
    return ToAbsl(piece);
  } else {
    return (piece);
  }
}
}  // namespace internal

template <typename... Pieces>
std::string Cat(const Pieces&... pieces) {
  return absl::StrCat(internal::Piece(pieces)...);
}
template <typename... Pieces>
void Append(std::string* out, const Pieces&... pieces) {
  absl::StrAppend(out, internal::Piece(pieces)...);
}

inline bool StartsWith(std::string_view text, std::string_view prefix) {
  return text.substr(0, prefix.size()) == prefix;
}
inline bool EndsWith(std::string_view text, std::string_view suffix) {
  return text.size() >= suffix.size() && text.substr(text.size() - suffix.size()) == suffix;
}
inline bool Contains(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }
inline bool ConsumePrefix(std::string_view* text, std::string_view prefix) {
  if (!StartsWith(*text, prefix)) return false;
  text->remove_prefix(prefix.size());
  return true;
}
inline bool StartsWithIgnoreCase(std::string_view text, std::string_view prefix) {
  return absl::StartsWithIgnoreCase(ToAbsl(text), ToAbsl(prefix));
}
inline bool EqualsIgnoreCase(std::string_view a, std::string_view b) {
  return absl::EqualsIgnoreCase(ToAbsl(a), ToAbsl(b));
}

}  // namespace jiceng::ledgers

#endif  // JICENG_LEDGERS_STRINGS_H_
