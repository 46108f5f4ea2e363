#include "wire/change_fields.h"

#include "absl/strings/str_cat.h"
#include "base/status.h"
#include "base/text.h"
#include "wire/dates.h"

namespace jiceng::wire {

using base::Date;
using model::NodeKind;

absl::StatusOr<NodeKind> ReadNode(const std::string& text, const Place& place) {
  RETURN_IF_ERROR(place.CheckUtf8(text));
  const absl::StatusOr<model::NodeText> node = model::ParseNodeText(text);
  if (!node.ok()) return place.Name(node.status());
  return node->kind;
}

constexpr size_t kLongestText = 1024;  // bytes of a name or code

absl::Status CheckText(const std::string& text, const Place& place) {
  RETURN_IF_ERROR(place.CheckUtf8(text));
  if (text.size() > kLongestText) {
    return place.Error("BAD_TEXT",
                       absl::StrCat("the text has ", text.size(), " bytes; at most ", kLongestText, " are kept"));
  }
  for (char32_t c : base::CodePoints(text)) {
    if (c < 0x20 || (c >= 0x7f && c < 0xa0)) return place.Error("BAD_TEXT", "the text has a control character");
  }
  return absl::OkStatus();
}

absl::StatusOr<base::Validity> ReadValidity(const pb::Date& from, const pb::Date& to, const Place& place) {
  base::Validity valid;
  ASSIGN_OR_RETURN(valid.from, ReadDay(from, Date::Beginning(), place.In("from")));
  ASSIGN_OR_RETURN(valid.to, ReadDay(to, Date::Forever(), place.In("to")));
  if (valid.IsEmpty()) return place.In("to").Error("EMPTY_INTERVAL", "it ends before it begins, or on the same day");
  return valid;
}

}  // namespace jiceng::wire
