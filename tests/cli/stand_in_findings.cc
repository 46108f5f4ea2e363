// What falls due, findings, monitors.
#include <cstring>

#include "stand_in.h"

extern "C" {

jiceng_status jiceng_turns(const jiceng_snapshot*, const char*, size_t, int32_t, int32_t, const jiceng_audit_options*,
                           int32_t, jiceng_table** out, jiceng_error**) {
  return Give({{{"due", kDate},
                {"rule", kText},
                {"node", kText},
                {"name", kText},
                {"status", kText},
                {"level", kText},
                {"message", kText}},
               {{N(20260801), T("member.temporary-too-long"), T("person:1"), T("赵敏"), T("unmet"), T("must"),
                 T("已 184 天，限 6 个月")},
                {N(20260901), T("member.two-branches"), T("person:2"), Null(), T("met"), T("must"), T("符合要求")}}},
              out);
}

// Three findings, or none under unit:fine.
jiceng_status jiceng_audit(const jiceng_snapshot*, const char* node, size_t length, int32_t,
                           const jiceng_audit_options* options, jiceng_findings** out, jiceng_error** error) {
  if (!Known(In(node, length))) return UnknownNode(error);
  for (size_t i = 0; i < options->rule_count; ++i) {
    if (std::strcmp(options->rules[i], "branch.max-members") != 0)
      return Fail(error, JICENG_INVALID_ARGUMENT, "UNKNOWN_RULE", "no such rule", "没有这条规则");
  }
  *out = new jiceng_findings{In(node, length) == "unit:fine" ? 0 : 3};
  return JICENG_OK;
}
jiceng_status jiceng_explain(const jiceng_snapshot*, const char* rule, const char* node, size_t length, int32_t,
                             const jiceng_audit_options*, jiceng_findings** out, jiceng_error** error) {
  if (!Known(In(node, length))) return UnknownNode(error);
  if (std::strcmp(rule, "branch.max-members") != 0)
    return Fail(error, JICENG_INVALID_ARGUMENT, "UNKNOWN_RULE", "no such rule", "没有这条规则");
  *out = new jiceng_findings{1};
  return JICENG_OK;
}
// One finding appears and two go when what was tried is followed.
jiceng_status jiceng_monitor_open(const jiceng_snapshot* snapshot, int32_t, const jiceng_audit_options*,
                                  jiceng_monitor** out, jiceng_error**) {
  *out = new jiceng_monitor{snapshot->seq};
  return JICENG_OK;
}
jiceng_status jiceng_monitor_follow(jiceng_monitor* monitor, const jiceng_snapshot* snapshot, int32_t,
                                    jiceng_findings** appeared, jiceng_findings** gone, jiceng_error**) {
  monitor->seq = snapshot->seq;
  *appeared = new jiceng_findings{snapshot->seq == kTried ? 1 : 0};
  *gone = new jiceng_findings{snapshot->seq == kTried ? 2 : 0};
  return JICENG_OK;
}
jiceng_status jiceng_monitor_rollup(const jiceng_monitor* monitor, const char* indicator, const char* level,
                                    jiceng_table** out, jiceng_error** error) {
  const jiceng_snapshot at{monitor->seq};
  return jiceng_rollup(&at, indicator, level, 0, out, error);
}
void jiceng_monitor_close(jiceng_monitor* monitor) { delete monitor; }
int64_t jiceng_findings_count(const jiceng_findings* findings) { return findings->count; }
const int32_t* jiceng_findings_rules(const jiceng_findings* findings) {
  static const int32_t first_rule[8] = {};
  return findings->count == 0 ? nullptr : first_rule;
}
jiceng_status jiceng_findings_counts(const jiceng_findings* findings, jiceng_table** out, jiceng_error**) {
  return Give({{{"rule", kText}, {"findings", kInt}},
               {{T("branch.max-members"), N(findings->count == 0 ? 0 : 2)}, {T("grid.head-vacant"), N(0)}}},
              out);
}
jiceng_status jiceng_findings_table(const jiceng_findings* findings, int32_t, int64_t first, int64_t limit,
                                    jiceng_table** out, jiceng_error**) {
  jiceng_table table{{{"rule", kText},
                      {"subject", kText},
                      {"name", kText},
                      {"status", kText},
                      {"waived", kBool},
                      {"level", kText},
                      {"message", kText},
                      {"citation", kText},
                      {"facts", kList},
                      {"since", kDate},
                      {"place", kText},
                      {"value", kInt},
                      {"comparator", kText},
                      {"threshold", kInt},
                      {"object", kText},
                      {"missing", kList}},
                     {}};
  for (int64_t i = first; i < findings->count && (limit == 0 || i < first + limit); ++i) {
    table.rows.push_back({T("branch.max-members"), T("org:" + std::to_string(i + 1)), T("某支部"), T("unmet"),
                          N(i == 2), T("must"), T("有 57 名党员，超过 50 名"), T("支部工作条例第五条"),
                          L({"members=57", "threshold=50"}), Null(), T("unit:320102002001"), N(57), T("at_most"), N(50),
                          Null(), L({"7 too many: affiliation"})});
  }
  return Give(std::move(table), out);
}
jiceng_status jiceng_findings_evidence(const jiceng_findings*, int64_t, jiceng_table** out, jiceng_error**) {
  return Give({{{"kind", kText}, {"node", kText}, {"value", kInt}}, {{T("count"), T("org:1"), N(57)}}}, out);
}
void jiceng_findings_free(jiceng_findings* findings) { delete findings; }

}  // extern "C"
