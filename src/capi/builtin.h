// The catalogue that is compiled in, for calls without a store, and rules as a table.
#ifndef JICENG_CAPI_BUILTIN_H_
#define JICENG_CAPI_BUILTIN_H_

#include <memory>

#include "absl/status/statusor.h"
#include "capi/table.h"
#include "rules/message.h"
#include "wire/catalogue.h"

namespace jiceng::capi {

// Decoded on first use and kept for good: no destructor runs at exit while a host's threads still ask.
absl::StatusOr<const wire::Catalogue*> Builtin();

// "report.deadline_days (count, days, no default)"
std::string ParameterText(const rules::Parameter& parameter);

// A row a rule.
std::unique_ptr<jiceng_table> RulesTable(const rules::RuleSet& set, rules::Language language);

}  // namespace jiceng::capi

#endif  // JICENG_CAPI_BUILTIN_H_
