// What every call that judges shares: reading which rules with which parameters, and handing out findings.
#ifndef JICENG_CAPI_VERDICTS_H_
#define JICENG_CAPI_VERDICTS_H_

#include <jiceng/audit.h>

#include <memory>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "capi/handles.h"
#include "rules/evaluator.h"
#include "rules/message.h"
#include "rules/rule.h"

namespace jiceng::capi {

// Errors: INVALID_ARGUMENT UNKNOWN_RULE, with those there are.
absl::StatusOr<int> FindRule(const rules::RuleSet& set, std::string_view id, std::string_view field);
// Errors: INVALID_ARGUMENT (BAD_VALUE, UNKNOWN_PARAMETER, PARAMETER_LOCKED).
absl::StatusOr<rules::Parameters> ReadParameters(const rules::RuleSet& set, const jiceng_audit_options& options);

// What to judge by: the rules asked for, each once, in the catalogue's order (none: all), parameters, threads, the packs and
// waivers attached, and the matters if a rule looks at any.
// Errors: INVALID_ARGUMENT (UNKNOWN_RULE, BAD_VALUE, and those of ReadParameters).
absl::StatusOr<rules::AuditRequest> ReadRequest(const jiceng_snapshot& snapshot, const jiceng_audit_options& options,
                                                base::Date date);

// Findings as a host holds them.
struct FreeFindings {
  void operator()(jiceng_findings* findings) const { jiceng_findings_free(findings); }
};
using FindingsHandle = std::unique_ptr<jiceng_findings, FreeFindings>;
FindingsHandle NewFindings(jiceng_snapshot snapshot, rules::Findings findings);

// Rows of jiceng_findings_table().
absl::StatusOr<std::unique_ptr<jiceng_table>> FindingsPage(const jiceng_findings& findings, rules::Language language,
                                                           int64_t first, int64_t limit);

}  // namespace jiceng::capi

#endif  // JICENG_CAPI_VERDICTS_H_
