// What a store adds to a batch before it writes it: salts, commitments and the commit's hash.
#ifndef JICENG_STORE_SEAL_H_
#define JICENG_STORE_SEAL_H_

#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "store/canonical.h"
#include "store/store.h"

namespace jiceng::store {

struct Seal {
  HeaderSeal header;
  std::vector<Salt> salts;             // parallel to batch.identities
  std::vector<Commitment> identities;  // parallel to batch.identities
  std::vector<Commitment> texts;       // parallel to batch.texts
  std::vector<Commitment> contents;    // parallel to batch.attachments
  std::vector<Commitment> steps;       // parallel to batch.steps
  std::vector<Commitment> attributes;  // of the ties that have any, in their order
  base::Digest hash{};
};

// Refuses what no store could give back: identities that do not match the created nodes, numbers outside their lists,
// too many rows. Errors: INVALID_ARGUMENT BAD_BATCH; RESOURCE_EXHAUSTED BATCH_TOO_LARGE.
absl::Status CheckBatch(const model::Batch& batch);

// Errors: ABORTED SEQ_MOVED when the commit does not follow `head`; INVALID_ARGUMENT RECORDED_BEFORE_HEAD.
absl::Status CheckFollows(const Head& head, const model::CommitHeader& header);

// Gives the salt of a node created by an earlier commit, or FAILED_PRECONDITION NO_IDENTITY when it was erased or never
// created.
using StoredSalt = absl::FunctionRef<absl::StatusOr<Salt>(model::NodeNumber)>;

// The salt of what is attached to a node, or to none.
inline absl::StatusOr<Salt> SaltOfAttached(model::NodeNumber node, StoredSalt salt_of) {
  return node ? salt_of(node) : Salt{};
}

// Makes the salts and commitments of a checked batch and the hash of its commit.
absl::StatusOr<Seal> SealCommit(const base::Digest& previous, const model::CommitHeader& header,
                                const model::Batch& batch, base::RandomBytes* random, StoredSalt stored_salt);

absl::Status NoIdentityError(model::NodeNumber node);
absl::Status NodeExistsError();  // INVALID_ARGUMENT NODE_EXISTS

}  // namespace jiceng::store

#endif  // JICENG_STORE_SEAL_H_
