// Change sets as streams of bytes: each change a jiceng.v1.Change with its length before it.
#ifndef JICENG_WIRE_CHANGES_H_
#define JICENG_WIRE_CHANGES_H_

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "model/change.h"

namespace jiceng::wire {

inline constexpr size_t kMaxChangeBytes = 1u << 20;  // of one change
inline constexpr size_t kMaxChanges = 1000000;       // of one stream; more is an import of ledgers

// Reads a stream whole or not at all.  No bytes are no changes.
//
// Errors: INVALID_ARGUMENT with the place as in `changes[3].open_tie.to`: reason BAD_MESSAGE for bytes that are no
// Change, BAD_STREAM for a length that does not fit; INVALID_UTF8, BAD_CHANGE, BAD_DATE, EMPTY_INTERVAL, BAD_NODE,
// BAD_ID, BAD_NAME, BAD_TEXT, BAD_JSON, WRONG_NODE_KIND, UNKNOWN_ROLE for what a change says; UNIMPLEMENTED, reason
// UNKNOWN_CHANGE, for a change this version does not know; RESOURCE_EXHAUSTED, reason TOO_LARGE, beyond the limits
// above.
absl::StatusOr<std::vector<model::Change>> DecodeChanges(std::string_view bytes);

// The stream that decodes to `changes`.
std::string EncodeChanges(absl::Span<const model::Change> changes);

}  // namespace jiceng::wire

#endif  // JICENG_WIRE_CHANGES_H_
