// Reading a change set from a file named on the command line.
#ifndef JICENG_CLI_CHANGE_FILE_H_
#define JICENG_CLI_CHANGE_FILE_H_

#include <string>

#include "cli/changes.h"
#include "cli/context.h"

namespace jiceng::cli {

// Whether the name says that it is one: .json or .binpb.
bool NamesChangeFile(const std::string& path);

// A policy pack: .textproto, .json or .binpb; its bytes.  False with the error printed.
bool ReadPolicyFile(Context& context, const std::string& path, std::string* pack);

// False with the error printed; the caller returns context.failed().
bool ReadChangeFile(Context& context, const std::string& path, ChangeDocument* document);

}  // namespace jiceng::cli

#endif  // JICENG_CLI_CHANGE_FILE_H_
