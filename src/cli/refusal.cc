#include "cli/refusal.h"

#include <cstring>
#include <string>

#include "cli/finding_pages.h"

namespace jiceng::cli {
namespace {

constexpr Text kRefused = {"变更被拒绝，什么都没有写入：有 {0} 条新的不符合项属政策包设为 block 的规则",
                           "refused, nothing was kept: {0} new findings of rules that a policy pack blocks"};

}  // namespace

bool ReadRefusal(Context& context, const jiceng_writer* writer, Findings* findings) {
  Error error;
  const jiceng_status status = jiceng_writer_refused(writer, Out(*findings), Out(error));
  if (status == JICENG_OK || std::strcmp(jiceng_error_reason(error.get()), "NOTHING_REFUSED") == 0) return true;
  return context.Call(Phase::kQuery,
                      [&](jiceng_error** again) { return jiceng_writer_refused(writer, Out(*findings), again); });
}

int TellRefusal(Context& context, const jiceng_writer* writer) {
  Findings findings;
  if (!ReadRefusal(context, writer, &findings)) return context.failed();
  if (findings == nullptr) return kExitDone;
  if (context.format() == Format::kJson) {
    context.out().Write("{\"outcome\":\"refused\",\"findings\":[");
    if (!WriteFindings(context, findings.get(), 0)) return context.failed();
    context.out().Line("]}");
  } else {
    Table table;
    const bool done = context.Call(Phase::kQuery, [&](jiceng_error** error) {
      return jiceng_findings_table(findings.get(), context.library_lang(), 0, 0, Out(table), error);
    });
    if (!done) return context.failed();
    const Grid grid = Grid::Of(table.get());
    context.Print(grid, grid.Select({"subject", "name", "rule", "status", "message", "place"}), true);
  }
  return context.Fail(kExitRefused,
                      Fill(context.Say(kRefused), {std::to_string(jiceng_findings_count(findings.get()))}));
}

}  // namespace jiceng::cli
