// report: the page for people who do not use a command line.
#include "cli/report/report.h"

#include <filesystem>
#include <system_error>

#include "cli/audit_options.h"
#include "cli/commands/commands.h"
#include "cli/opening.h"
#include "cli/options.h"

namespace jiceng::cli {
namespace {

constexpr Text kWritten = {"已写好 {0}（{1} 条不符合）；用浏览器打开，不需要网络。",
                           "Wrote {0} ({1} unmet); open it in a browser, no network needed."};
constexpr Text kNoFolder = {"--out 的文件夹 {0} 不存在；先建好，或换一个路径",
                            "the folder {0} of --out does not exist; make it, or write elsewhere"};
constexpr OptionSpec kTitleOption = {
    "title",
    "TEXT",
    ValueKind::kText,
    {"页面标题，默认取所报节点的名称", "the page's title; the name of what is reported on by default"}};
constexpr OptionSpec kReportDateOption = {
    "date",
    "D",
    ValueKind::kDate,
    {"报告哪一天（YYYY-MM-DD）；不写则按库中最近一次提交的日期，并会说明",
     "the day reported on (YYYY-MM-DD); the day of the newest commit without it, which is then said"}};

// What is wrong with the command line is told before the long work, with the exit code it deserves.
bool CheckQuestion(Context& context, const jiceng_snapshot* snapshot, int32_t date) {
  const std::string& node = context.args().Value("under");
  int64_t number = 0;
  if (!node.empty() && !context.Call(Phase::kQuery, [&](jiceng_error** error) {
        return jiceng_find(snapshot, node.data(), node.size(), date, &number, error);
      })) {
    return false;
  }
  if (!context.args().Has("set")) return true;
  Table rules;
  if (!context.Call(Phase::kQuery, [&](jiceng_error** error) {
        return jiceng_snapshot_rules(snapshot, context.library_lang(), Out(rules), error);
      }))
    return false;
  const Grid catalogue = Grid::Of(rules.get());
  if (catalogue.rows() == 0) return true;
  const std::vector<std::string> one_rule = {catalogue.Plain(0, catalogue.Find("id"))};
  const AuditOptions options(one_rule, context.args().Values("set"));
  Findings findings;
  return context.Call(Phase::kQuery, [&](jiceng_error** error) {
    return jiceng_audit(snapshot, node.empty() ? nullptr : node.c_str(), JICENG_NUL, date, options.get(), Out(findings),
                        error);
  });
}

int RunReport(Context& context) {
  const Invocation& args = context.args();
  ReportOptions options;
  options.out_path = args.Value("out");
  options.node = args.Value("under");
  options.lang = context.library_lang();
  options.parameters = args.Values("set");
  options.title = args.Value("title");
  const std::filesystem::path folder = std::filesystem::path(options.out_path).parent_path();
  std::error_code failed;
  if (!folder.empty() && !std::filesystem::is_directory(folder, failed)) {
    return context.Fail(kExitUsage, Fill(context.Say(kNoFolder), {folder.string()}));
  }
  Store store;
  Snapshot snapshot;
  if (!OpenSnapshot(context, &snapshot, &store) ||
      !DateOrLastCommit(context, store.get(), snapshot.get(), &options.date) ||
      !CheckQuestion(context, snapshot.get(), options.date)) {
    return context.failed();
  }
  ReportSummary summary;
  std::string error;
  if (!WriteReport(snapshot.get(), options, &summary, &error)) return context.Fail(kExitStore, error);
  context.PrintFacts(
      {{"file", options.out_path}, {"findings", summary.findings}, {"units", summary.units}, {"bytes", summary.bytes}},
      Fill(context.Say(kWritten), {options.out_path, std::to_string(summary.findings)}));
  return kExitDone;
}

}  // namespace

CommandSpec ReportCommand() {
  CommandSpec spec;
  spec.name = "report";
  spec.group = CommandGroup::kAsk;
  spec.purpose = {"写成一个网页：总数、层级树、报到率、不符合项与依据、即将到期",
                  "one page: figures, tree, report rates, findings with their clauses, what falls due"};
  spec.positionals = {StorePositional()};
  spec.options = {{&kOutOption, true}, {&kReportDateOption}, {&kUnderOption},
                  {&kSetOption},       {&kTitleOption},      {&kRecordedOption}};
  spec.example = "jiceng report demo.jiceng --out 体检.html --date 2026-06-30 --set report.deadline_days=30";
  spec.example_output = {"已写好 体检.html（4542 条不符合）；用浏览器打开，不需要网络。",
                         "Wrote 体检.html (4542 unmet); open it in a browser, no network needed."};
  spec.exits = {
      kDone, kBadUsage, {4, {"库打不开，或网页写不进去", "the store cannot be opened, or the page cannot be written"}}};
  spec.run = RunReport;
  return spec;
}

}  // namespace jiceng::cli
