#include "capi/verdicts.h"

#include <algorithm>
#include <set>
#include <string>
#include <utility>

#include "base/status.h"
#include "base/strings.h"
#include "capi/arguments.h"

namespace jiceng::capi {

absl::StatusOr<int> FindRule(const rules::RuleSet& set, std::string_view id, std::string_view field) {
  const int index = set.Find(id);
  if (index >= 0) return index;
  std::string known;
  for (const rules::Rule& rule : set.rules()) known += base::StrCat(known.empty() ? "" : ", ", rule.id);
  return base::Error(absl::StatusCode::kInvalidArgument, "UNKNOWN_RULE",
                     base::StrCat("no rule '", id, "'; there are: ", known), field);
}

namespace {

absl::StatusOr<std::vector<int>> ReadRules(const rules::RuleSet& set, const jiceng_audit_options& options) {
  ASSIGN_OR_RETURN(const std::vector<std::string> ids, ReadTexts(options.rules, options.rule_count, "rules"));
  std::set<int> found;  // in the catalogue's order, each once
  for (size_t i = 0; i < ids.size(); ++i) {
    ASSIGN_OR_RETURN(const int index, FindRule(set, ids[i], base::StrCat("rules[", i, "]")));
    found.insert(index);
  }
  return std::vector<int>(found.begin(), found.end());
}

absl::StatusOr<int> ReadThreads(const jiceng_audit_options& options) {
  constexpr int32_t kMost = 1024;
  if (options.max_threads < 0 || options.max_threads > kMost)
    return BadValue(base::StrCat("max_threads is 0 to ", kMost, ", not ", options.max_threads), "max_threads");
  if (options.reserved != 0) return BadValue("reserved has to be 0", "reserved");
  return std::max(options.max_threads, 1);
}

}  // namespace

absl::StatusOr<rules::Parameters> ReadParameters(const rules::RuleSet& set, const jiceng_audit_options& options) {
  ASSIGN_OR_RETURN(const std::vector<std::string> settings,
                   ReadTexts(options.parameters, options.parameter_count, "parameters"));
  rules::Parameters parameters;
  for (size_t i = 0; i < settings.size(); ++i) {
    const std::string_view setting = settings[i];
    const std::string field = base::StrCat("parameters[", i, "]");
    const size_t equals = setting.find('=');
    if (equals == std::string_view::npos) {
      return BadValue(base::StrCat("a parameter is set as NAME=VALUE, not '", setting, "'"), field);
    }
    const absl::Status status = set.SetParameter(setting.substr(0, equals), setting.substr(equals + 1), &parameters);
    if (status.ok()) continue;
    const std::string reason = base::ErrorReason(status);
    const std::string message(status.message().data(), status.message().size());
    return base::Error(status.code(), reason == "BAD_PARAMETER" ? "BAD_VALUE" : reason, message, field);
  }
  return parameters;
}

absl::StatusOr<rules::AuditRequest> ReadRequest(const jiceng_snapshot& snapshot, const jiceng_audit_options& options,
                                                base::Date date) {
  rules::AuditRequest request;
  ASSIGN_OR_RETURN(request.attached, snapshot.attached());
  const rules::RuleSet& set = snapshot.RulesWith(request.attached);
  request.date = date;
  ASSIGN_OR_RETURN(request.rules, ReadRules(set, options));
  ASSIGN_OR_RETURN(request.parameters, ReadParameters(set, options));
  ASSIGN_OR_RETURN(request.max_threads, ReadThreads(options));
  request.matters = snapshot.MattersFor(set, request.rules);
  return request;
}

FindingsHandle NewFindings(jiceng_snapshot snapshot, rules::Findings findings) {
  const auto handle = std::make_shared<jiceng_findings>(std::move(snapshot));
  handle->subjects.reserve(findings.size());
  handle->rules.reserve(findings.size());
  for (const rules::Finding& finding : findings.rows) {
    handle->subjects.push_back(finding.subject.ToInt64());
    handle->rules.push_back(finding.rule);
  }
  handle->findings = std::move(findings);
  handle->self = handle;
  return FindingsHandle(handle.get());
}

}  // namespace jiceng::capi
