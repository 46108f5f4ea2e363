// Fields that changes of every kind have in common.
#ifndef JICENG_WIRE_CHANGE_FIELDS_H_
#define JICENG_WIRE_CHANGE_FIELDS_H_

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "base/date.h"
#include "jiceng_private/v1/date.pb.h"
#include "model/node.h"
#include "wire/place.h"

namespace jiceng::wire {

namespace pb = ::jiceng_private::v1;

// A node in text form, checked; its kind.
absl::StatusOr<model::NodeKind> ReadNode(const std::string& text, const Place& place);
// A text of at most 1024 bytes without control characters.
absl::Status CheckText(const std::string& text, const Place& place);
// Days that are not empty; either end may be left out.
absl::StatusOr<base::Validity> ReadValidity(const pb::Date& from, const pb::Date& to, const Place& place);

}  // namespace jiceng::wire

#endif  // JICENG_WIRE_CHANGE_FIELDS_H_
