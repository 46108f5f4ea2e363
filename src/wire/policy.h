// Policy packs and waivers as records.
#ifndef JICENG_WIRE_POLICY_H_
#define JICENG_WIRE_POLICY_H_

#include <string>
#include <string_view>
#include <utility>

#include "absl/status/statusor.h"
#include "rules/policy.h"

namespace jiceng::wire {

inline constexpr size_t kMaxPolicyBytes = 1u << 20;

// What the bytes of a jiceng.v1.PolicyPack say, every number, date and choice well formed; whether the rules in it are
// known is for rules::BindPolicy() to say.
//
// Errors: INVALID_ARGUMENT, reason BAD_MESSAGE for bytes that are no such message; BAD_POLICY, INVALID_UTF8, BAD_DATE,
// EMPTY_INTERVAL with the place as in `rules[3].values[0].value`; RESOURCE_EXHAUSTED, reason TOO_LARGE.
absl::StatusOr<rules::PolicyPack> DecodePolicy(std::string_view bytes);

// Reason and basis of a waiver, as it is kept.  Errors: INVALID_ARGUMENT, reason BAD_MESSAGE or INVALID_UTF8.
absl::StatusOr<std::pair<std::string, std::string>> DecodeWaiver(std::string_view bytes);
std::string EncodeWaiver(const std::string& reason, const std::string& basis);

}  // namespace jiceng::wire

#endif  // JICENG_WIRE_POLICY_H_
