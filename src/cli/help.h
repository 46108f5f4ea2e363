// Help, made from the table of commands.
#ifndef JICENG_CLI_HELP_H_
#define JICENG_CLI_HELP_H_

#include <string>
#include <vector>

#include "cli/args.h"

namespace jiceng::cli {

// "jiceng audit STORE --date D [--under NODE] [--rule ID]…"
std::string UsageLine(const CommandSpec& command);

// What `jiceng help COMMAND` and `jiceng COMMAND --help` print.
std::string CommandHelp(const CommandSpec& command, Lang lang);

// What `jiceng help` prints.
std::string Overview(const std::vector<CommandSpec>& commands, Lang lang);

}  // namespace jiceng::cli

#endif  // JICENG_CLI_HELP_H_
