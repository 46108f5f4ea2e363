// Changes that attach and detach policy packs, waive findings and end waivers.
#ifndef JICENG_WIRE_POLICY_CHANGES_H_
#define JICENG_WIRE_POLICY_CHANGES_H_

#include "absl/status/statusor.h"
#include "jiceng_private/v1/policy.pb.h"
#include "model/change.h"
#include "wire/place.h"

namespace jiceng::wire {

namespace pb = ::jiceng_private::v1;

// Errors: those of DecodeChanges().
absl::StatusOr<model::AttachPolicy> ReadAttachPolicy(const pb::AttachPolicy& message, const Place& place);
absl::StatusOr<model::DetachPolicy> ReadDetachPolicy(const pb::DetachPolicy& message, const Place& place);
absl::StatusOr<model::Waive> ReadWaive(const pb::Waive& message, const Place& place);
absl::StatusOr<model::EndWaiver> ReadEndWaiver(const pb::EndWaiver& message, const Place& place);

}  // namespace jiceng::wire

#endif  // JICENG_WIRE_POLICY_CHANGES_H_
