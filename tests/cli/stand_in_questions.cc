// Questions about the organisation.
#include <cstring>

#include "stand_in.h"

extern "C" {

jiceng_status jiceng_find(const jiceng_snapshot*, const char* node, size_t length, int32_t, int64_t* out,
                          jiceng_error** error) {
  if (!Known(In(node, length))) return UnknownNode(error);
  *out = 42;
  return JICENG_OK;
}
size_t jiceng_node_text(const jiceng_snapshot*, int64_t, char* buffer, size_t size) {
  const std::string text = "unit:320102";
  if (size > 0) std::strncpy(buffer, text.c_str(), size);
  return text.size();
}
jiceng_status jiceng_path(const jiceng_snapshot*, const char* node, size_t node_length, const char* ancestor,
                          size_t ancestor_length, int32_t, const char* via, jiceng_table** out, jiceng_error** error) {
  if (via != nullptr && std::strcmp(via, "admin_line") != 0)
    return Fail(error, JICENG_INVALID_ARGUMENT, "UNKNOWN_TIE_KIND", "no such kind of tie", "没有这种关系");
  const std::string below = In(node, node_length), above = In(ancestor, ancestor_length);
  if (!Known(below) || !Known(above)) return UnknownNode(error);
  jiceng_table table{{{"node", kText}}, {}};
  if (above != "unit:elsewhere") table.rows = {{T(below)}, {T("unit:320102002")}, {T(above)}};
  return Give(std::move(table), out);
}
jiceng_status jiceng_count(const jiceng_snapshot*, const char*, size_t, int32_t, jiceng_table** out, jiceng_error**) {
  return Give({{{"measure", kText}, {"value", kInt}},
               {{T("members.full"), N(6312)}, {T("members.probationary"), N(118)}, {T("units"), N(9)}}},
              out);
}
jiceng_status jiceng_rollup(const jiceng_snapshot* snapshot, const char* indicator, const char*, int32_t,
                            jiceng_table** out, jiceng_error** error) {
  const std::string name = indicator;
  if (name != "members.full" && name != "report.rate")
    return Fail(error, JICENG_INVALID_ARGUMENT, "UNKNOWN_INDICATOR", "no such indicator",
                "没有这个指标；可用：members.full、report.rate");
  const bool plain = name == "members.full";
  return Give({{{"node", kText}, {"name", kText}, {"level", kText}, {"numerator", kInt}, {"denominator", kInt}},
               {{T("unit:320102"), T("玄武区"), T("district"), N(1893), plain ? Null() : N(2371)},
                {T("unit:320102002"), T("梅园新村街道"), T("street"), N(snapshot->seq == kTried ? 3 : 2),
                 plain ? Null() : N(3)}}},
              out);
}
jiceng_status jiceng_rollup_party_line(const jiceng_snapshot*, const char*, int32_t, jiceng_table** out,
                                       jiceng_error**) {
  return Give({{{"node", kText}, {"name", kText}, {"kind", kText}, {"numerator", kInt}, {"denominator", kInt}},
               {{T("org:1"), T("某支部"), T("party_branch"), N(2), N(3)}}},
              out);
}
jiceng_status jiceng_list_register(const jiceng_snapshot*, const char*, size_t, int32_t, int32_t, int32_t,
                                   jiceng_table** out, jiceng_error**) {
  return Give({{{"matter", kText}, {"node", kText}, {"name", kText}}, {}}, out);
}
jiceng_status jiceng_list_services(const jiceng_snapshot*, const char*, size_t, int32_t, int32_t, int32_t,
                                   jiceng_table** out, jiceng_error**) {
  return Give({{{"matter", kText}, {"node", kText}, {"name", kText}}, {}}, out);
}
jiceng_status jiceng_list_unreported(const jiceng_snapshot*, const char* node, size_t length, int32_t,
                                     jiceng_table** out, jiceng_error** error) {
  if (!Known(In(node, length))) return UnknownNode(error);
  return Give({{{"node", kText}, {"name", kText}}, {{T("person:1"), T("赵敏")}, {T("person:2"), T("阿依·古丽")}}}, out);
}
jiceng_status jiceng_list_cross_appointments(const jiceng_snapshot*, const char*, size_t, int32_t, jiceng_table** out,
                                             jiceng_error**) {
  return Give({{{"node", kText}, {"name", kText}, {"community", kText}, {"kinds", kList}},
               {{T("person:1"), T("赵敏"), T("unit:320102002001"), L({"party_branch", "residents_committee"})}}},
              out);
}
jiceng_status jiceng_list_officers_at(const jiceng_snapshot*, const char*, size_t, const char* role, const char* where,
                                      int32_t, jiceng_table** out, jiceng_error**) {
  if (where != nullptr && std::string(where) == "party_branch")
    role = "deputy_secretary";  // so that it is seen to come
  return Give({{{"node", kText},
                {"name", kText},
                {"body", kText},
                {"body_name", kText},
                {"role", kText},
                {"manner", kText},
                {"from", kDate}},
               {{T("person:1"), T("赵敏"), T("org:1"), T("某支部"), T(role), T("elected"), N(20231108)},
                {T("person:2"), T("钱进"), T("org:2"), T("某支部"), T(role), T("elected"), Null()}}},
              out);
}
jiceng_status jiceng_list_posts(const jiceng_snapshot*, const char*, size_t, const char*, const char*, int32_t,
                                jiceng_table** out, jiceng_error**) {
  return Give({{{"node", kText},
                {"name", kText},
                {"state", kText},
                {"holders", kInt},
                {"holder", kText},
                {"holder_name", kText},
                {"held", kInt},
                {"first", kText}},
               {{T("unit:1"), T("甲网格"), T("own"), N(1), T("person:1"), T("赵敏"), N(2), T("unit:1")},
                {T("unit:2"), T("乙网格"), T("also"), N(1), T("person:1"), T("赵敏"), N(2), T("unit:1")},
                {T("unit:3"), T("丙网格"), T("vacant"), N(0), Null(), Null(), N(0), Null()}}},
              out);
}
jiceng_status jiceng_rollup_across(const jiceng_snapshot*, const char*, const char*, int32_t, int32_t,
                                   jiceng_table** out, jiceng_error**) {
  return Give({{{"node", kText},
                {"name", kText},
                {"level", kText},
                {"was_numerator", kInt},
                {"was_denominator", kInt},
                {"is_numerator", kInt},
                {"is_denominator", kInt},
                {"mapping", kText}},
               {{T("unit:320102"), T("玄武区"), T("district"), N(1), N(2), N(1), N(2), T("exact")}}},
              out);
}
jiceng_status jiceng_list_seat_changes(const jiceng_snapshot*, const jiceng_snapshot*, int32_t, jiceng_table** out,
                                       jiceng_error**) {
  return Give({{{"what", kText},
                {"body", kText},
                {"body_name", kText},
                {"role", kText},
                {"person", kText},
                {"person_name", kText},
                {"manner", kText},
                {"before", kInt},
                {"after", kInt}},
               {{T("vacant"), T("org:1"), T("某支部"), T("secretary"), Null(), Null(), Null(), N(1), N(0)}}},
              out);
}
jiceng_status jiceng_list_pairings(const jiceng_snapshot*, const char*, size_t, int32_t, jiceng_table** out,
                                   jiceng_error**) {
  return Give(
      {{{"node", kText}, {"name", kText}, {"other", kText}, {"other_name", kText}, {"tier", kText}, {"from", kDate}},
       {{T("org:1"), T("某支部"), T("org:2"), T("某支部"), T("same_alliance"), Null()}}},
      out);
}
jiceng_status jiceng_show(const jiceng_snapshot*, const char*, size_t, int32_t, int32_t, jiceng_table** out,
                          jiceng_error**) {
  return Give({{{"section", kText}, {"key", kText}, {"value", kText}, {"node", kText}, {"from", kDate}, {"to", kDate}},
               {{T("node"), T("名称"), T("某支部"), T(""), Null(), Null()},
                {T("tie"), T("seat"), T(""), T("unit:320102"), N(20090401), Null()}}},
              out);
}
jiceng_status jiceng_tree(const jiceng_snapshot*, const char*, size_t, int32_t date, int32_t, uint32_t,
                          jiceng_table** out, jiceng_error**) {
  return Give({{{"depth", kInt}, {"node", kText}, {"name", kText}, {"kind", kText}, {"members", kInt}},
               {{N(0), T("unit:1"), T("区"), T("district"), N(date)},
                {N(1), T("unit:11"), T("甲街道"), T("street"), N(10)},
                {N(2), T("unit:111"), T("甲一社区"), T("community"), N(4)},
                {N(2), T("org:9"), T("甲支部"), T("party_branch"), Null()},
                {N(1), T("unit:12"), T("乙街道"), T("street"), N(20)}}},
              out);
}
jiceng_status jiceng_search(const jiceng_snapshot*, const char* text, size_t length, int32_t, int64_t,
                            jiceng_table** out, jiceng_error**) {
  jiceng_table table{{{"node", kText}, {"name", kText}, {"kind", kText}, {"place", kText}}, {}};
  if (In(text, length) != "无")
    table.rows.push_back({T("org:1"), T("某支部"), T("party_branch"), T("unit:320102002001")});
  return Give(std::move(table), out);
}
jiceng_status jiceng_upcoming(const jiceng_snapshot*, const char*, size_t, int32_t, int32_t, int32_t,
                              jiceng_table** out, jiceng_error**) {
  return Give({{{"due", kDate}, {"what", kText}, {"node", kText}, {"name", kText}, {"detail", kText}},
               {{N(20260712), T("term"), T("org:1"), T("某支部"), T("")}}},
              out);
}

}  // extern "C"
