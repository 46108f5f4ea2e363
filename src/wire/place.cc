#include "wire/place.h"

#include "absl/strings/str_cat.h"
#include "base/status.h"
#include "base/text.h"

namespace jiceng::wire {

std::string Place::ToString() const {
  std::string text = parent_ == nullptr ? name_ : absl::StrCat(parent_->ToString(), ".", name_);
  if (index_ >= 0) absl::StrAppend(&text, "[", index_, "]");
  return text;
}

absl::Status Place::Error(std::string_view reason, std::string_view message) const {
  return base::Error(absl::StatusCode::kInvalidArgument, reason, message, ToString());
}

absl::Status Place::Name(const absl::Status& status) const {
  if (status.ok() || !base::ErrorField(status).empty()) return status;
  return base::AtField(status, ToString());
}

absl::Status Place::CheckUtf8(std::string_view text) const { return Name(base::CheckUtf8(text)); }

}  // namespace jiceng::wire
