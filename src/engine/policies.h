// Packs and waivers: the rows of the log that are attached to nodes, as the rules want them, and what stands in the way of
// one.
#ifndef JICENG_ENGINE_POLICIES_H_
#define JICENG_ENGINE_POLICIES_H_

#include <memory>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "engine/store.h"
#include "rules/findings.h"
#include "rules/policy.h"

namespace jiceng::engine {

// Decodes what is attached.  What it says of rules the catalogue does not have is left out: the log outlives catalogues.
// Errors: DATA_LOSS, reason BAD_ATTACHMENT, for bytes that were never written.
absl::StatusOr<std::shared_ptr<const rules::Attached>> ReadAttached(const model::Attachments& attachments,
                                                                    const wire::Catalogue& catalogue);

// Whether a pack that is attached in `candidate` may stand there.
// Errors: INVALID_ARGUMENT of wire::DecodePolicy() and rules::BindPolicy(), EMPTY_INTERVAL when it is attached while not
// in force; FAILED_PRECONDITION, reason POLICY_CONFLICT, or PARAMETER_LOOSENED against what is set above its unit.
absl::Status CheckPolicy(const graph::Snapshot& candidate, const wire::Catalogue& catalogue,
                         const model::AttachmentRow& row);

// The one attachment that is meant: from that day, else the one that goes on beyond `on`.
// Errors: NOT_FOUND, reason NOT_ATTACHED; FAILED_PRECONDITION, reason AMBIGUOUS_ATTACHMENT.
absl::StatusOr<model::AttachmentRow> FindAttachment(const model::Attachments& attachments, model::AttachmentKind kind,
                                                    model::NodeNumber node, const std::string& name, base::Date on,
                                                    const std::optional<base::Date>& from);

// What a commit of this batch would newly break of the rules that a pack blocks: the findings of the first day on which
// it does, nothing when it breaks none.  The days are the one of `recorded_at` (in China, UTC+8) and the later ones on
// which something in the batch begins or ends; what is past can be mended, not prevented.  `candidate` is what the batch
// makes of `before`.  A store without packs that block costs nothing.
absl::StatusOr<std::optional<rules::Findings>> NewlyBlocked(Store* store, const Version& before,
                                                            const Version& candidate, const model::Batch& batch,
                                                            int64_t recorded_at);

}  // namespace jiceng::engine

#endif  // JICENG_ENGINE_POLICIES_H_
