// Rules as records.
#ifndef JICENG_WIRE_RULES_H_
#define JICENG_WIRE_RULES_H_

#include <vector>

#include "absl/status/statusor.h"
#include "jiceng_private/v1/catalogue.pb.h"
#include "rules/rule.h"
#include "wire/place.h"

namespace jiceng::wire {

namespace pb = ::jiceng_private::v1;

// What a record says, every number, date and choice well formed; whether the words in them are known is for
// rules::RuleSet to say.
absl::StatusOr<rules::Rule> ReadRule(const pb::Rule& message, const Place& place);
absl::StatusOr<rules::Parameter> ReadParameter(const pb::RuleParameter& message, const Place& place);
absl::StatusOr<std::vector<rules::Rule>> ReadRules(const pb::Catalogue& catalogue);

}  // namespace jiceng::wire

#endif  // JICENG_WIRE_RULES_H_
