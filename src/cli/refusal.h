// A change set that a policy refuses: what it would newly break.
#ifndef JICENG_CLI_REFUSAL_H_
#define JICENG_CLI_REFUSAL_H_

#include "cli/context.h"

namespace jiceng::cli {

// Prints why the writer's last call was refused and gives kExitRefused: for people the findings as a table, in JSON
// {"outcome":"refused","findings":[…]}.  When nothing was refused kExitDone, and nothing is printed.
int TellRefusal(Context& context, const jiceng_writer* writer);

// The findings for which the writer's last call is, or would be, refused; null when it is not.  False with the error
// printed.
bool ReadRefusal(Context& context, const jiceng_writer* writer, Findings* findings);

}  // namespace jiceng::cli

#endif  // JICENG_CLI_REFUSAL_H_
