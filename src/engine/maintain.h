// Keeping a store: ledgers out, taking a commit back, applying change sets, verifying.
#ifndef JICENG_ENGINE_MAINTAIN_H_
#define JICENG_ENGINE_MAINTAIN_H_

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "engine/store.h"

namespace jiceng::engine {

// Writes the ledgers of the contract into a folder, made if need be: importing them into a new store is equal in every
// valid-time answer.  Rows are in node order; what the ledgers' own columns cannot say goes to history.csv and
// ties.csv.  Returns the rows by file. Errors: UNAVAILABLE, PERMISSION_DENIED (disk), CANCELLED.
absl::StatusOr<std::vector<std::pair<std::string, int64_t>>> Export(Store* store, const Version& version,
                                                                    const std::string& folder,
                                                                    const Progress& progress);

// The same into memory: what each file would hold, by its name.
using LedgersInMemory = std::map<std::string, std::string>;
absl::StatusOr<std::vector<std::pair<std::string, int64_t>>> Export(Store* store, const Version& version,
                                                                    LedgersInMemory* memory, const Progress& progress);

// Takes back what commit `seq` changed, as a commit of its own; the head's seq comes back.
// Errors: OUT_OF_RANGE (NO_SUCH_SEQ), FAILED_PRECONDITION (LATER_CHANGES, IN_USE), and those of Store::Commit.
absl::StatusOr<int64_t> Revert(Store* store, int64_t seq, const CommitOptions& options);

// Applies a stream of length-delimited jiceng.v1.Change messages, all or nothing; the head's seq comes back, or 0 when it
// is refused: since it newly breaks what a pack blocks, or since a step of a matter may not be taken.  Nothing is kept
// then, and options.refused or options.refused_step says why.
// Errors: those of wire::DecodeChanges; NOT_FOUND, INVALID_ARGUMENT, FAILED_PRECONDITION with the field
// `changes[3].open_tie`; those of Store::Commit.
absl::StatusOr<int64_t> ApplyChanges(Store* store, std::string_view changes, const CommitOptions& options);

// Walks the hash chain, compares the base file with its digests and with the rows, and checks every tie against the
// laws.  One line a fault: (seq or 0, what).
absl::StatusOr<std::vector<std::pair<int64_t, std::string>>> Verify(Store* store, const Progress& progress);

}  // namespace jiceng::engine

#endif  // JICENG_ENGINE_MAINTAIN_H_
