// Policy packs, procedures and matters.
#include <cstring>

#include "stand_in.h"

extern "C" {

jiceng_status jiceng_policy_check(const jiceng_store*, const void*, size_t, jiceng_table** out, jiceng_error**) {
  return Give({{{"rule", kText}, {"setting", kText}, {"value", kText}, {"document", kText}, {"confidence", kText}},
               {{T("grid.head-load"), T("grid.max_per_head"), T("2"), T("某办法"), T("V")}}},
              out);
}
jiceng_status jiceng_policies(const jiceng_snapshot*, int32_t, jiceng_table** out, jiceng_error**) {
  return Give({{{"pack", kText}, {"unit", kText}, {"from", kDate}}, {{T("some.pack"), T("unit:1"), N(20260101)}}}, out);
}
jiceng_status jiceng_policy_effective(const jiceng_snapshot*, const char*, size_t, int32_t, const char*,
                                      jiceng_table** out, jiceng_error**) {
  return Give({{{"rule", kText}, {"setting", kText}, {"value", kText}, {"source", kText}},
               {{T("grid.head-load"), T("grid.max_per_head"), T("2"), T("pack")}}},
              out);
}
jiceng_status jiceng_waivers(const jiceng_snapshot*, jiceng_table** out, jiceng_error**) {
  return Give({{{"rule", kText}, {"node", kText}, {"to", kDate}}, {{T("grid.head-vacant"), T("unit:1"), N(20270101)}}},
              out);
}
jiceng_status jiceng_writer_refused(const jiceng_writer*, jiceng_findings**, jiceng_error** error) {
  return Fail(error, JICENG_FAILED_PRECONDITION, "NOTHING_REFUSED", "the last call was not refused", "没有被拒绝");
}

jiceng_status jiceng_procedures(int32_t, jiceng_table** out, jiceng_error**) {
  return Give({{{"id", kText}, {"version", kInt}, {"title", kText}, {"subjects", kList}, {"clocks", kList}},
               {{T("deliberation"), N(1), T("议事协商"), L({"community", "party"}), L({"meeting"})}}},
              out);
}
jiceng_status jiceng_procedure(const char* id, int32_t, jiceng_table** out, jiceng_error** error) {
  if (id != std::string("deliberation"))
    return Fail(error, JICENG_NOT_FOUND, "UNKNOWN_PROCEDURE", "no such procedure", "没有这个程序");
  return Give({{{"step", kText}, {"title", kText}, {"from", kList}, {"to", kText}},
               {{T("admit"), T("预审通过"), L({"proposed"}), T("reviewed")}}},
              out);
}
jiceng_status jiceng_writer_matter_open(jiceng_writer* writer, const char*, const char* matter, const char*,
                                        const char*, const char* const*, size_t, const char* const*, size_t,
                                        int64_t* seq, jiceng_error** error) {
  return jiceng_writer_matter_step(writer, matter, "open", nullptr, nullptr, nullptr, 0, seq, error);
}
jiceng_status jiceng_writer_matter_step(jiceng_writer* writer, const char*, const char* step, const char*, const char*,
                                        const char* const*, size_t, int64_t* seq, jiceng_error**) {
  writer->refuses_step = step == std::string("refused");
  *seq = writer->refuses_step ? 0 : 7;
  return JICENG_OK;
}
jiceng_status jiceng_writer_refused_step(const jiceng_writer* writer, int32_t, jiceng_table** out,
                                         jiceng_error** error) {
  if (!writer->refuses_step)
    return Fail(error, JICENG_NOT_FOUND, "NOTHING_REFUSED", "the last call was not refused", "没有被拒绝");
  return Give({{{"change", kInt}, {"code", kText}, {"place", kText}, {"message", kText}},
               {{N(0), T("GUARD"), T("quorum"), T("到会不足")}}},
              out);
}
jiceng_status jiceng_matters(const jiceng_snapshot*, const char*, const char*, size_t, const char* at, uint32_t,
                             int32_t, jiceng_table** out, jiceng_error**) {
  return Give({{{"matter", kText},
                {"procedure", kText},
                {"about", kText},
                {"name", kText},
                {"state", kText},
                {"state_title", kText},
                {"opened", kText},
                {"entered", kText},
                {"told", kList}},
               {{T("D-1"), T("deliberation"), T("unit:1"), T("甲社区"), T("proposed"), T("已提出"), T(at), T(at),
                 L({"topic=t", "notice_days=3"})}}},
              out);
}
jiceng_status jiceng_matters_late(const jiceng_snapshot*, const char*, size_t, const char*, int32_t, jiceng_table** out,
                                  jiceng_error**) {
  return Give({{{"due", kText}, {"matter", kText}}, {}}, out);
}
jiceng_status jiceng_matters_handovers(const jiceng_snapshot*, const char*, size_t, const char*, int32_t,
                                       jiceng_table** out, jiceng_error**) {
  return Give({{{"matter", kText}, {"depth", kInt}}, {}}, out);
}
jiceng_status jiceng_matter(const jiceng_snapshot*, const char*, const char*, int32_t, jiceng_table** out,
                            jiceng_error**) {
  return Give({{{"what", kText}, {"id", kText}, {"title", kText}, {"value", kText}, {"value_title", kText}},
               {{T("state"), T("proposed"), T("已提出"), T("2026-03-01 00:00"), Null()},
                {T("field"), T("ground"), T("理由"), T("not_prepared"), T("准备不充分")}}},
              out);
}
jiceng_status jiceng_matter_steps(const jiceng_snapshot*, const char*, const char*, int32_t, jiceng_table** out,
                                  jiceng_error**) {
  return Give({{{"number", kInt},
                {"at", kText},
                {"step", kText},
                {"title", kText},
                {"actor", kText},
                {"state", kText},
                {"told", kList}},
               {{N(0), T("2026-03-01 00:00"), T("open"), T("开立"), T("person:1"), T("proposed"), L({"topic=t"})}}},
              out);
}
jiceng_status jiceng_matter_clocks(const jiceng_snapshot*, const char*, const char*, int32_t, jiceng_table** out,
                                   jiceng_error**) {
  return Give({{{"clock", kText}, {"due", kText}}, {{T("meeting"), Null()}}}, out);
}

}  // extern "C"
