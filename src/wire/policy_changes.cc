#include "wire/policy_changes.h"

#include "absl/strings/str_cat.h"
#include "base/status.h"
#include "wire/change_fields.h"
#include "wire/dates.h"
#include "wire/policy.h"

namespace jiceng::wire {

using base::Date;
using model::NodeKind;

namespace {

// The unit a pack is attached to; empty for the root of all units.
absl::Status CheckUnit(const std::string& unit, const Place& place) {
  if (unit.empty()) return absl::OkStatus();
  ASSIGN_OR_RETURN(const NodeKind kind, ReadNode(unit, place));
  return kind == NodeKind::kUnit ? absl::OkStatus() : place.Error("WRONG_NODE_KIND", "expected a unit");
}

absl::StatusOr<std::string> ReadName(const std::string& name, const Place& place) {
  if (name.empty()) return place.Error("BAD_CHANGE", "it is missing");
  RETURN_IF_ERROR(CheckText(name, place));
  return name;
}

// What is detached or ended: from which day, and which of several.
template <typename Message, typename Change>
absl::Status ReadEnd(const Message& message, const Place& place, Change* change) {
  ASSIGN_OR_RETURN(change->on, ReadDay(message.on(), Date::Beginning(), place.In("on")));
  if (!message.has_from()) return absl::OkStatus();
  ASSIGN_OR_RETURN(change->from, ReadDay(message.from(), Date::Beginning(), place.In("from")));
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<model::AttachPolicy> ReadAttachPolicy(const pb::AttachPolicy& message, const Place& place) {
  model::AttachPolicy change;
  change.unit = message.unit();
  RETURN_IF_ERROR(CheckUnit(change.unit, place.In("unit")));
  change.content = message.pack().SerializeAsString();
  const absl::StatusOr<rules::PolicyPack> pack = DecodePolicy(change.content);
  if (!pack.ok()) {
    return base::AtField(pack.status(), absl::StrCat(place.ToString(), ".", base::ErrorField(pack.status())));
  }
  change.pack = pack->id;
  ASSIGN_OR_RETURN(change.valid, ReadValidity(message.from(), message.to(), place));
  if (message.has_priority()) change.priority = message.priority();
  return change;
}

absl::StatusOr<model::DetachPolicy> ReadDetachPolicy(const pb::DetachPolicy& message, const Place& place) {
  model::DetachPolicy change;
  change.unit = message.unit();
  RETURN_IF_ERROR(CheckUnit(change.unit, place.In("unit")));
  ASSIGN_OR_RETURN(change.pack, ReadName(message.pack(), place.In("pack")));
  RETURN_IF_ERROR(ReadEnd(message, place, &change));
  return change;
}

absl::StatusOr<model::Waive> ReadWaive(const pb::Waive& message, const Place& place) {
  model::Waive change;
  change.node = message.node();
  RETURN_IF_ERROR(ReadNode(change.node, place.In("node")).status());
  ASSIGN_OR_RETURN(change.rule, ReadName(message.rule(), place.In("rule")));
  ASSIGN_OR_RETURN(const std::string reason, ReadName(message.reason(), place.In("reason")));
  ASSIGN_OR_RETURN(const std::string basis, ReadName(message.basis(), place.In("basis")));
  change.content = EncodeWaiver(reason, basis);
  RETURN_IF_ERROR(ReadDay(message.to(), place.In("to")).status());  // a waiver has an end
  ASSIGN_OR_RETURN(change.valid, ReadValidity(message.from(), message.to(), place));
  return change;
}

absl::StatusOr<model::EndWaiver> ReadEndWaiver(const pb::EndWaiver& message, const Place& place) {
  model::EndWaiver change;
  change.node = message.node();
  RETURN_IF_ERROR(ReadNode(change.node, place.In("node")).status());
  ASSIGN_OR_RETURN(change.rule, ReadName(message.rule(), place.In("rule")));
  RETURN_IF_ERROR(ReadEnd(message, place, &change));
  return change;
}

}  // namespace jiceng::wire
