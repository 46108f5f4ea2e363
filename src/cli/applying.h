// Applying a stream of changes, for whichever command made it.
#ifndef JICENG_CLI_APPLYING_H_
#define JICENG_CLI_APPLYING_H_

#include <cstddef>
#include <cstdint>
#include <string>

#include "cli/changes.h"
#include "cli/context.h"
#include "cli/opening.h"

namespace jiceng::cli {

// What is said when there was nothing to commit; {0} is the head.
inline constexpr Text kUnchanged = {"没有变化，未产生新的提交（最新仍为 {0}）。",
                                    "Nothing changed, no commit was made (the head is still {0})."};

// What the command line says stands over what the document says.
CommitWords CommitFromDocument(const Context& context, const ChangeDocument& document);

struct Applied {
  int64_t seq = 0;  // the head
  bool unchanged = false;
};

// Applies length-delimited jiceng.v1.Change messages to the store that a positional names, all or nothing.  Gives
// kExitDone and nothing is printed, or the exit code of what was refused or failed, with why printed.
int ApplyStream(Context& context, size_t store_at, const std::string& stream, const CommitWords& commit,
                Applied* applied);

}  // namespace jiceng::cli

#endif  // JICENG_CLI_APPLYING_H_
