#include "base/status.h"

#include "absl/strings/cord.h"
#include "absl/strings/string_view.h"

namespace jiceng::base {
namespace {

// Payload type URLs: they travel with the status through every room, and are read back only here.
constexpr char kReasonUrl[] = "jiceng/reason";
constexpr char kFieldUrl[] = "jiceng/field";

absl::string_view View(std::string_view text) { return {text.data(), text.size()}; }

}  // namespace

absl::Status Error(absl::StatusCode code, std::string_view reason, std::string_view message, std::string_view field) {
  absl::Status status(code, View(message));
  if (!reason.empty()) status.SetPayload(kReasonUrl, absl::Cord(View(reason)));
  if (!field.empty()) status.SetPayload(kFieldUrl, absl::Cord(View(field)));
  return status;
}

std::string ErrorReason(const absl::Status& status) {
  if (absl::optional<absl::Cord> reason = status.GetPayload(kReasonUrl)) return std::string(*reason);
  return absl::StatusCodeToString(status.code());
}

std::string ErrorField(const absl::Status& status) {
  if (absl::optional<absl::Cord> field = status.GetPayload(kFieldUrl)) return std::string(*field);
  return "";
}

absl::Status AtField(const absl::Status& status, std::string_view field) {
  return status.ok() ? status : Error(status.code(), ErrorReason(status), std::string(status.message()), field);
}

}  // namespace jiceng::base
