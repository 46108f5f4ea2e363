// Whether a template can be run from its beginning to an end, once its words are resolved.
#ifndef JICENG_PROCEDURES_WAYS_H_
#define JICENG_PROCEDURES_WAYS_H_

#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "procedures/procedure.h"

namespace jiceng::procedures {

// "procedures[2].states[1]"; a place in records as they were given.
std::string At(const std::string& parent, const char* name, size_t index);
// INVALID_ARGUMENT, reason BAD_PROCEDURE, with the place as field.
absl::Status Bad(const std::string& place, std::string_view message);

// Every state is reached, from every one that is not final a way leads to a final one, and in every one that is not
// `untimed` a clock runs, whatever way led there.  `place` is that of the template.
absl::Status CheckWays(const Procedure& procedure, const std::string& place);

}  // namespace jiceng::procedures

#endif  // JICENG_PROCEDURES_WAYS_H_
