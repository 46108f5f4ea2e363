// One run of the command: arguments in, exit code out.
#ifndef JICENG_CLI_APP_H_
#define JICENG_CLI_APP_H_

#include <string>
#include <vector>

namespace jiceng::cli {

// `args` without the program's name.  Prints to stdout and stderr.
int Run(const std::vector<std::string>& args);

}  // namespace jiceng::cli

#endif  // JICENG_CLI_APP_H_
