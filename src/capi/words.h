// Words of closed lists that callers give, and texts in the language they ask for.
#ifndef JICENG_CAPI_WORDS_H_
#define JICENG_CAPI_WORDS_H_

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "base/status.h"
#include "base/strings.h"
#include "procedures/procedure.h"
#include "rules/message.h"

namespace jiceng::capi {

inline const std::string& In(rules::Language language, const procedures::Text& text) {
  return language == rules::Language::kChinese ? text.zh : text.en;
}

// What is said of each of a list.
template <typename Records, typename TextOf>
std::vector<std::string> Texts(const Records& records, TextOf text_of) {
  std::vector<std::string> texts;
  texts.reserve(records.size());
  for (const auto& record : records) texts.push_back(text_of(record));
  return texts;
}

template <typename Records>
std::vector<std::string> Ids(const Records& records) {
  return Texts(records, [](const auto& record) { return record.id; });
}

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
