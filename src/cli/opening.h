// Opening what a command works on: a store, a snapshot of it, a writer — from the options that say how.
#ifndef JICENG_CLI_OPENING_H_
#define JICENG_CLI_OPENING_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "cli/context.h"
#include "cli/handles.h"
#include "cli/progress.h"

namespace jiceng::cli {

// All return false with the error printed; the caller returns context.failed().

// Opens the store named by the first positional.  `flags`: JICENG_OPEN_*.
bool OpenStore(Context& context, uint32_t flags, Store* store, size_t positional = 0);

// Opens the store and, by --recorded, a snapshot.
bool OpenSnapshot(Context& context, Snapshot* snapshot, Store* store, size_t positional = 0);

// What a commit says of itself, by --recorded-at (else the system's time: the one clock the command reads), --author,
// --reason, --basis and
// --expected-seq (else -1, any).
struct CommitWords {
  int64_t recorded_at = 0;
  int64_t expected_seq = -1;
  std::string author, reason, basis;  // "": not given
};
CommitWords CommitFromOptions(const Context& context);

// `progress` outlives the writer, or is null.  `flags`: JICENG_WRITER_*.
bool OpenWriter(Context& context, jiceng_store* store, const CommitWords& commit, Progress* progress, Writer* writer,
                uint32_t flags = 0);

// --date, or for questions where the contract leaves it out the day (UTC) of the newest commit the snapshot holds,
// which is said on standard error.
bool DateOrLastCommit(Context& context, jiceng_store* store, const jiceng_snapshot* snapshot, int32_t* date);

// When the newest commit the snapshot holds was recorded, in seconds since 1970, UTC.
bool LastCommitTime(Context& context, jiceng_store* store, const jiceng_snapshot* snapshot, int64_t* time);

// The number of the newest commit.
bool HeadSeq(Context& context, jiceng_store* store, int64_t* seq);

// A text option for the library: NULL where it is not there.
const char* OptionOrNull(const Context& context, std::string_view option);

}  // namespace jiceng::cli

#endif  // JICENG_CLI_OPENING_H_
