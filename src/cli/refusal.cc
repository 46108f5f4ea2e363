#include "cli/refusal.h"

#include <cstring>
#include <string>

#include "cli/finding_pages.h"

namespace jiceng::cli {
namespace {

constexpr Text kRefused = {"变更被拒绝，什么都没有写入：有 {0} 条新的不符合项属政策包设为 block 的规则",
                           "refused, nothing was kept: {0} new findings of rules that a policy pack blocks"};

constexpr Text kStepRefused = {"事项的这一步不能办理，什么都没有写入",
                               "the step of the matter is refused, nothing was kept"};

// Why the last call was refused, in `answer`; null when it was not for that.
template <typename Answer, typename Ask>
bool ReadWhy(Context& context, Answer* answer, Ask ask) {
  Error error;
  const jiceng_status status = ask(Out(*answer), Out(error));
  if (status == JICENG_OK || std::strcmp(jiceng_error_reason(error.get()), "NOTHING_REFUSED") == 0) return true;
  return context.Call(Phase::kQuery, [&](jiceng_error** again) { return ask(Out(*answer), again); });
}

int TellStepRefusal(Context& context, const jiceng_table* reasons) {
  const Grid grid = Grid::Of(reasons);
  if (context.format() == Format::kJson) {
    context.out().Write("{\"outcome\":\"refused\",\"step\":");
    WriteJsonRows(grid, &context.out());
    context.out().Line("}");
  } else {
    context.Print(grid, grid.Select({"code", "place", "message"}), true);
  }
  return context.Fail(kExitRefused, context.Say(kStepRefused));
}

}  // namespace

bool ReadRefusal(Context& context, const jiceng_writer* writer, Findings* findings) {
  return ReadWhy(context, findings, [&](jiceng_findings** out, jiceng_error** error) {
    return jiceng_writer_refused(writer, out, error);
  });
}

bool ReadStepRefusal(Context& context, const jiceng_writer* writer, Table* reasons) {
  return ReadWhy(context, reasons, [&](jiceng_table** out, jiceng_error** error) {
    return jiceng_writer_refused_step(writer, context.library_lang(), out, error);
  });
}

int TellRefusal(Context& context, const jiceng_writer* writer) {
  Findings findings;
  Table reasons;
  if (!ReadRefusal(context, writer, &findings) || !ReadStepRefusal(context, writer, &reasons)) return context.failed();
  if (reasons != nullptr) return TellStepRefusal(context, reasons.get());
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
