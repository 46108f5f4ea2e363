// whatif: what a change would bring, without keeping it.
#include <algorithm>
#include <iterator>
#include <optional>
#include <string>
#include <vector>

#include "cli/applying.h"
#include "cli/audit_options.h"
#include "cli/change_file.h"
#include "cli/commands/commands.h"
#include "cli/finding_pages.h"
#include "cli/opening.h"
#include "cli/options.h"
#include "cli/problems.h"
#include "cli/refusal.h"

namespace jiceng::cli {
namespace {

constexpr int64_t kShown = 20;  // of each list in a table, without --limit

constexpr Text kRejected = {"变更本身有 {0} 行错误，无从试算；改正后再试",
                            "the change itself has {0} wrong rows, so there is nothing to try; mend them first"};
constexpr Text kSummary = {"{0}，假如应用这一变更：新出现 {1} 条，消除 {2} 条。什么都没有写入。",
                           "On {0}, if this were applied: {1} findings appear, {2} go.  Nothing was kept."};
constexpr Text kRefused = {"会被拒绝，因为新违反了政策包设为 block 的规则：",
                           "It would be refused, since it newly breaks rules that a policy pack blocks:"};
constexpr Text kAppeared = {"新出现：", "Appear:"};
constexpr Text kGone = {"消除：", "Go:"};
constexpr Text kSeats = {"任职变化：", "Posts that change:"};
constexpr Text kIndicators = {"指标变化：", "Indicators that change:"};
constexpr Text kMore = {"还有 {0} 条，全部列出：--limit 0", "{0} more; all of them: --limit 0"};

constexpr Text kNoCsv = {"试算的结果不止一张表，不能写成 CSV；用 --format table 或 json",
                         "the answer is more than one table and cannot be CSV; use --format table or json"};

constexpr const char* kHeadline[] = {"members.full", "report.rate"};

// The organisation as it would be, and why the change would be refused, if it would.
bool Try(Context& context, jiceng_store* store, Snapshot* tried, Findings* refused) {
  const std::string& path = context.positional(1);
  Progress progress(context.lang(), context.error_terminal());
  Writer writer;
  ChangeDocument document;
  const bool is_document = NamesChangeFile(path);
  if (is_document && !ReadChangeFile(context, path, &document)) return false;
  if (!OpenWriter(context, store, CommitFromDocument(context, document), &progress, &writer, JICENG_WRITER_TRY))
    return false;
  if (is_document) {
    int64_t seq = 0;
    const bool applied = context.Call(Phase::kInput, [&](jiceng_error** error) {
      return jiceng_writer_apply(writer.get(), document.stream.data(), document.stream.size(), &seq, error);
    });
    if (!applied) return false;
  } else {
    jiceng_import_options options = JICENG_IMPORT_OPTIONS_INIT;
    options.date = context.args().Date("since");
    options.lang = context.library_lang();
    const char* const paths[] = {path.c_str()};
    ImportReport report;
    const bool read = context.Call(Phase::kInput, [&](jiceng_error** error) {
      return jiceng_writer_import(writer.get(), paths, 1, &options, Out(report), error);
    });
    if (!read) return false;
    if (jiceng_import_report_outcome(report.get()) != JICENG_IMPORT_CHECKED) {
      TellProblems(context, report.get());
      context.Fail(kExitRejected,
                   Fill(context.Say(kRejected), {std::to_string(jiceng_import_report_rejected(report.get()))}));
      return false;
    }
  }
  Table step;
  if (!ReadStepRefusal(context, writer.get(), &step)) return false;
  if (step != nullptr) {  // there is nothing that would be
    TellRefusal(context, writer.get());
    return false;
  }
  return ReadRefusal(context, writer.get(), refused) && context.Call(Phase::kQuery, [&](jiceng_error** error) {
    return jiceng_writer_tried(writer.get(), Out(*tried), error);
  });
}

// The headline indicators at every unit, as the monitor has them.
bool ReadIndicators(Context& context, const jiceng_monitor* monitor, Table (&tables)[std::size(kHeadline)]) {
  for (size_t i = 0; i < std::size(kHeadline); ++i) {
    const bool done = context.Call(Phase::kQuery, [&](jiceng_error** error) {
      return jiceng_monitor_rollup(monitor, kHeadline[i], nullptr, Out(tables[i]), error);
    });
    if (!done) return false;
  }
  return true;
}

// The units at which an indicator is another, with both its values.
void CompareIndicator(const char* indicator, const Grid& then, const Grid& now, std::vector<Grid::OwnRow>* rows) {
  const int node = then.Find("node"), numerator = then.Find("numerator"), denominator = then.Find("denominator");
  const bool plain = then.rows() > 0 ? then.IsNull(0, denominator) : now.rows() > 0 && now.IsNull(0, denominator);
  const auto part = [&](const Grid& grid, int64_t row, int column) -> std::optional<std::string> {
    if (column == denominator && plain) return std::nullopt;
    return row < 0 ? "0" : grid.Plain(row, column);  // a unit with nothing to count has no row
  };
  // Both are in bytewise order of the nodes.
  for (int64_t a = 0, b = 0; a < then.rows() || b < now.rows();) {
    const std::string from = a < then.rows() ? then.Plain(a, node) : "", to = b < now.rows() ? now.Plain(b, node) : "";
    const bool in_then = b == now.rows() || (a < then.rows() && from <= to);
    const bool in_now = a == then.rows() || (b < now.rows() && to <= from);
    const int64_t row_a = in_then ? a : -1, row_b = in_now ? b : -1;
    Grid::OwnRow row = {indicator,
                        in_then ? from : to,
                        part(then, row_a, numerator),
                        part(then, row_a, denominator),
                        part(now, row_b, numerator),
                        part(now, row_b, denominator)};
    if (row[2] != row[4] || row[3] != row[5]) rows->push_back(std::move(row));
    a += in_then ? 1 : 0;
    b += in_now ? 1 : 0;
  }
}

// What a change would bring.
struct Outcome {
  Findings refused, appeared, gone;
  Table seats;
  Grid indicators;
};

bool PrintJson(Context& context, const Outcome& outcome) {
  std::string text = "{\"date\":";
  AppendJsonText(context.args().Value("date"), &text);
  context.out().Write(text + ",\"refused\":[");
  if (outcome.refused != nullptr && !WriteFindings(context, outcome.refused.get(), 0)) return false;
  context.out().Write("],\"appeared\":[");
  if (!WriteFindings(context, outcome.appeared.get(), 0)) return false;
  context.out().Write("],\"gone\":[");
  if (!WriteFindings(context, outcome.gone.get(), 0)) return false;
  context.out().Write("],\"seats\":");
  WriteJsonRows(Grid::Of(outcome.seats.get()), &context.out());
  context.out().Write(",\"indicators\":");
  WriteJsonRows(outcome.indicators, &context.out());
  context.out().Line("}");
  return true;
}

bool PrintFindings(Context& context, const Text& heading, const jiceng_findings* findings) {
  const int64_t total = jiceng_findings_count(findings), limit = context.args().Count("limit", kShown);
  if (total == 0) return true;
  context.out().Line("");
  context.out().Line(context.Say(heading));
  Table table;
  const int64_t shown = limit == 0 ? total : std::min(limit, total);
  const bool done = context.Call(Phase::kQuery, [&](jiceng_error** error) {
    return jiceng_findings_table(findings, context.library_lang(), 0, shown, Out(table), error);
  });
  if (!done) return false;
  context.PrintTableOnly(ShownToPeople(Grid::Of(table.get())), true);
  if (shown < total) context.out().Line(Fill(context.Say(kMore), {std::to_string(total - shown)}));
  return true;
}

bool PrintForPeople(Context& context, const Outcome& outcome) {
  context.out().Line(Fill(context.Say(kSummary),
                          {context.args().Value("date"), std::to_string(jiceng_findings_count(outcome.appeared.get())),
                           std::to_string(jiceng_findings_count(outcome.gone.get()))}));
  if (outcome.refused != nullptr && !PrintFindings(context, kRefused, outcome.refused.get())) return false;
  if (!PrintFindings(context, kAppeared, outcome.appeared.get()) || !PrintFindings(context, kGone, outcome.gone.get()))
    return false;
  const int64_t limit = context.args().Count("limit", kShown);
  const auto print = [&](const Text& heading, const Grid& rows) {
    if (rows.rows() == 0) return;
    const int64_t shown = limit == 0 ? rows.rows() : std::min(limit, rows.rows());
    context.out().Line("");
    context.out().Line(context.Say(heading));
    context.PrintTableOnly(rows.Slice(0, shown), true);
    if (shown < rows.rows()) context.out().Line(Fill(context.Say(kMore), {std::to_string(rows.rows() - shown)}));
  };
  print(kSeats, Grid::Of(outcome.seats.get()));
  print(kIndicators, outcome.indicators);
  return true;
}

int RunWhatif(Context& context) {
  const Invocation& args = context.args();
  if (context.format() == Format::kCsv) return context.Fail(kExitUsage, context.Say(kNoCsv));
  Store store;
  Snapshot before, after;
  Monitor monitor;
  Outcome outcome;
  Table then[std::size(kHeadline)], now[std::size(kHeadline)];
  if (!OpenSnapshot(context, &before, &store) || !Try(context, store.get(), &after, &outcome.refused))
    return context.failed();
  {
    Progress progress(context.lang(), context.error_terminal());
    AuditOptions options(args.Values("rule"), args.Values("set"));
    options.Report(Progress::Callback, &progress);
    const auto ask = [&](auto question) { return context.Call(Phase::kQuery, question); };
    const bool done =
        ask([&](jiceng_error** error) {
          return jiceng_monitor_open(before.get(), args.Date("date"), options.get(), Out(monitor), error);
        }) &&
        ReadIndicators(context, monitor.get(), then) && ask([&](jiceng_error** error) {
          return jiceng_monitor_follow(monitor.get(), after.get(), 0, Out(outcome.appeared), Out(outcome.gone), error);
        }) &&
        ReadIndicators(context, monitor.get(), now) && ask([&](jiceng_error** error) {
          return jiceng_list_seat_changes(before.get(), after.get(), args.Date("date"), Out(outcome.seats), error);
        });
    if (!done) return context.failed();
  }
  std::vector<Grid::OwnRow> rows;
  for (size_t i = 0; i < std::size(kHeadline); ++i)
    CompareIndicator(kHeadline[i], Grid::Of(then[i].get()), Grid::Of(now[i].get()), &rows);
  outcome.indicators = Grid::Own({{"indicator", CellType::kText},
                                  {"node", CellType::kText},
                                  {"numerator_before", CellType::kInteger},
                                  {"denominator_before", CellType::kInteger},
                                  {"numerator_after", CellType::kInteger},
                                  {"denominator_after", CellType::kInteger}},
                                 std::move(rows));
  const bool done = context.format() == Format::kTable ? PrintForPeople(context, outcome) : PrintJson(context, outcome);
  return done ? kExitDone : context.failed();
}

}  // namespace

CommandSpec WhatifCommand() {
  CommandSpec spec;
  spec.name = "whatif";
  spec.group = CommandGroup::kAsk;
  spec.purpose = {"试算：假如应用一次变更，哪些结论、任职和指标会变；什么都不写入",
                  "what findings, posts and indicators a change would alter; nothing is kept"};
  spec.details = {
      "变更是台账文件夹或台账文件，或以 .json、.binpb 结尾的变更集（同 jiceng apply）。\n"
      "政策包会不会拒绝它，看记录时间（--recorded-at）当天和以后；--date 是结论的日期。",
      "The change is a folder of ledgers or a ledger, or a change set whose name ends in .json or .binpb (as "
      "for jiceng apply).  Whether a policy pack would refuse it is asked of the day it is recorded\n"
      "(--recorded-at) and later ones; --date is the day of the findings."};
  spec.positionals = {StorePositional(), {"CHANGES", {"台账或变更集", "ledgers, or a change set"}}};
  spec.options = {{&kDateOption, true}, {&kSinceOption},      {&kRuleOption},
                  {&kSetOption},        {&kRecordedAtOption}, {&kLimitOption}};
  spec.example = "jiceng whatif demo.jiceng transfer --date 2026-06-30 --rule branch.min-members";
  spec.example_output = {
      "2026-06-30，假如应用这一变更：新出现 0 条，消除 1 条。什么都没有写入。\n"
      "\n"
      "消除：\n"
      "对象         名称                            规则                结论    说明                                   "
      "所在地\n"
      "───────────  ──────────────────────────────  ──────────────────  ──────  ─────────────────────────────────────  "
      "──────────────\n"
      "org:1000190  中共玄武湖街道办事处支部委员会  branch.min-members  不符合  有正式党员 2 人，少于 3 人，还差 1 人  "
      "unit:320102010\n"
      "\n"
      "指标变化：\n"
      "指标          节点            分子(现在)  分子(改后)\n"
      "────────────  ──────────────  ──────────  ──────────\n"
      "members.full  unit:320102010        5491        5492",
      "On 2026-06-30, if this were applied: 0 findings appear, 1 go.  Nothing was kept.\n"
      "\n"
      "Go:\n"
      "Subject      Name                            Rule                Status  Message                                "
      "  Place\n"
      "───────────  ──────────────────────────────  ──────────────────  ──────  "
      "───────────────────────────────────────  ──────────────\n"
      "org:1000190  中共玄武湖街道办事处支部委员会  branch.min-members  unmet   2 full members, fewer than 3; 1 "
      "missing  unit:320102010\n"
      "\n"
      "Indicators that change:\n"
      "Indicator     Node            Numerator now  Numerator then\n"
      "────────────  ──────────────  ─────────────  ──────────────\n"
      "members.full  unit:320102010           5491            5492"};
  spec.exits = {{0, {"完成，无论会变什么", "done, whatever would change"}},
                kBadUsage,
                {3, {"变更本身有错", "the change itself is wrong"}},
                kStoreTrouble};
  spec.run = RunWhatif;
  return spec;
}

}  // namespace jiceng::cli
