// Fields that the records of rules and of policy packs have in common.
#ifndef JICENG_WIRE_RECORD_FIELDS_H_
#define JICENG_WIRE_RECORD_FIELDS_H_

#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "base/status.h"
#include "jiceng_private/v1/rule.pb.h"
#include "rules/rule.h"
#include "wire/place.h"

namespace jiceng::wire {

namespace pb = ::jiceng_private::v1;

// Errors of all of them: INVALID_ARGUMENT with the place, reason BAD_CATALOGUE or INVALID_UTF8, and those of dates.

// A choice from a closed list of numbers `least`..`most`; any int32 may stand in the bytes.
template <typename Enum>
absl::StatusOr<Enum> ReadChoice(int number, int least, int most, const Place& place) {
  if (number < least || number > most) {
    return place.Error("BAD_CATALOGUE",
                       number == 0 ? std::string("it is not given") : absl::StrCat(number, " is no known choice"));
  }
  return static_cast<Enum>(number);
}

absl::StatusOr<std::string> ReadString(const std::string& text, const Place& place);
// One that is not empty.
absl::StatusOr<std::string> ReadFilled(const std::string& text, const Place& place);

template <typename Strings>
absl::StatusOr<std::vector<std::string>> ReadWords(const Strings& words, const Place& parent, const char* name) {
  std::vector<std::string> result;
  for (int i = 0; i < words.size(); ++i) {
    ASSIGN_OR_RETURN(std::string word, ReadFilled(words.Get(i), parent.In(name, i)));
    result.push_back(std::move(word));
  }
  return result;
}

// A text that may be left out.
absl::StatusOr<rules::Text> ReadText(const pb::RuleText& message, const Place& place);
// A text that has to be there in both languages.
absl::StatusOr<rules::Text> ReadBoth(const pb::RuleText& message, const Place& place);
absl::StatusOr<rules::Citation> ReadCitation(const pb::RuleCitation& message, const Place& place);

}  // namespace jiceng::wire

#endif  // JICENG_WIRE_RECORD_FIELDS_H_
