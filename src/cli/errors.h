// Exit codes, and the one line on standard error that every failure ends with.
#ifndef JICENG_CLI_ERRORS_H_
#define JICENG_CLI_ERRORS_H_

#include <jiceng/base.h>

#include <string>
#include <string_view>

#include "cli/text.h"

namespace jiceng::cli {

// Part of the contract: scripts branch on them.
enum ExitCode : int {
  kExitDone = 0,           // findings, `under: false` and --rejects included
  kExitRefused = 1,        // a change set that was well formed and not taken
  kExitUsage = 2,          // the command line: unknown option, bad date, unknown node
  kExitRejected = 3,       // the input: bad rows, unreadable files, a year without a schedule; nothing kept
  kExitStore = 4,          // the store: not there, locked, damaged; also output that cannot be written
  kExitInterrupted = 130,  // Ctrl-C, as shells count it; nothing kept
};

// What was being done when a library call failed: the same status means another thing to the caller.
enum class Phase {
  kOpen,    // a store
  kQuery,   // a question, or work on the whole store
  kChange,  // a change asked for by name, such as a revert
  kInput,   // reading ledgers or change sets
};

// `field`: the part of the input at fault, as the library names it.
ExitCode ExitCodeOf(jiceng_status status, std::string_view reason, std::string_view field, Phase phase);

// "jiceng: what is wrong; what to do", in the language, without the end of the line.
std::string ErrorLine(const jiceng_error* error, jiceng_status status, Lang lang);

}  // namespace jiceng::cli

#endif  // JICENG_CLI_ERRORS_H_
