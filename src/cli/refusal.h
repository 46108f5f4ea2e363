// A change set that is refused: what it would newly break of what a policy blocks, or the step of a matter that may not
// be taken.
#ifndef JICENG_CLI_REFUSAL_H_
#define JICENG_CLI_REFUSAL_H_

#include "cli/context.h"

namespace jiceng::cli {

// Prints why the writer's last call was refused and gives kExitRefused: for people a table, in JSON
// {"outcome":"refused","findings":[…]}, or of a step {"outcome":"refused","step":[{"change","code","place","message"}]}.
// When nothing was refused kExitDone, and nothing is printed.
int TellRefusal(Context& context, const jiceng_writer* writer);

// The findings for which the writer's last call is, or would be, refused; null when it is not.  False with the error
// printed.
bool ReadRefusal(Context& context, const jiceng_writer* writer, Findings* findings);

// Likewise the reasons for which a step of a matter is.
bool ReadStepRefusal(Context& context, const jiceng_writer* writer, Table* reasons);

}  // namespace jiceng::cli

#endif  // JICENG_CLI_REFUSAL_H_
