// audit: the health check.
#include <algorithm>
#include <map>
#include <set>

#include "cli/audit_options.h"
#include "cli/commands/commands.h"
#include "cli/csv_output.h"
#include "cli/finding_pages.h"
#include "cli/opening.h"
#include "cli/options.h"

namespace jiceng::cli {
namespace {

constexpr int64_t kFindingsShown = 20;  // in a table, without --limit

constexpr Text kSummary = {"{0} 体检：{1} 条不符合", "Check on {0}: {1} unmet"};
constexpr Text kOthers = {"另有 {0} 条规则没有发现问题。", "{0} more rules found nothing."};
constexpr Text kAllMet = {"没有发现不符合项。", "Nothing unmet was found."};
constexpr Text kMore = {
    "还有 {0} 条。全部列出：--limit 0；只看一条规则：--rule {1}；带依据与事实：--format json",
    "{0} more.  All of them: --limit 0; one rule: --rule {1}; with clause and facts: --format json"};
constexpr Text kDetails = {"带依据条款与事实：--format json，或用 jiceng report 写成网页",
                           "With clause and facts: --format json, or a page by jiceng report"};

bool PrintJson(Context& context, const jiceng_findings* findings, const Grid& counts, int64_t limit) {
  std::string head = "{\"date\":";
  AppendJsonText(context.args().Value("date"), &head);
  head.append(",\"counts\":{");
  const int rule = counts.Find("rule"), number = counts.Find("findings");
  for (int64_t r = 0; rule >= 0 && number >= 0 && r < counts.rows(); ++r) {
    if (r > 0) head.push_back(',');
    AppendJsonText(counts.Plain(r, rule), &head);
    head.append(":").append(std::to_string(counts.Integer(r, number)));
  }
  head.append("},\"findings\":[");
  context.out().Write(head);
  const bool done = WriteFindings(context, findings, limit);
  context.out().Line("]}");
  return done;
}

bool PrintCsv(Context& context, const jiceng_findings* findings, int64_t limit) {
  bool first = true;
  bool done = ForEachPage(context, findings, limit, [&](const Grid& page) {
    WriteCsv(page, first, &context.out());
    first = false;
  });
  if (done && first) {  // no findings: the header all the same
    Table none;
    done = context.Call(Phase::kQuery, [&](jiceng_error** error) {
      return jiceng_findings_table(findings, context.library_lang(), 0, 0, Out(none), error);
    });
    if (done) WriteCsv(Grid::Of(none.get()), true, &context.out());
  }
  return done;
}

// What the rules found, by rule.
struct Summary {
  Grid rules;         // those with a finding, or all that were asked for; the most frequent first
  int64_t unmet = 0;  // findings
  int64_t quiet = 0;  // rules without a finding, not shown
};

bool Summarize(Context& context, const jiceng_snapshot* snapshot, const jiceng_findings* findings, const Grid& counts,
               Summary* summary) {
  Table rules;
  if (!context.Call(Phase::kQuery, [&](jiceng_error** error) {
        return jiceng_snapshot_rules(snapshot, context.library_lang(), Out(rules), error);
      }))
    return false;
  const Grid catalogue = Grid::Of(rules.get());
  const int id = catalogue.Find("id"), title = catalogue.Find("title"), level = catalogue.Find("level");
  const int rule = counts.Find("rule"), number = counts.Find("findings");
  std::map<std::string, int64_t> place;  // of each rule in the catalogue
  for (int64_t i = 0; i < catalogue.rows(); ++i) place[catalogue.Plain(i, id)] = i;
  // What is waived or unknown is a finding that is not counted.
  const int32_t* found = jiceng_findings_rules(findings);
  const std::set<int64_t> with_findings(found, found + jiceng_findings_count(findings));
  const bool asked = !context.args().Values("rule").empty();
  std::vector<std::pair<int64_t, int64_t>> order;
  for (int64_t r = 0; r < counts.rows(); ++r) {
    const int64_t unmet = counts.Integer(r, number);
    summary->unmet += unmet;
    const auto known = place.find(counts.Plain(r, rule));
    if (asked || known == place.end() || with_findings.count(known->second) != 0) {
      order.emplace_back(-unmet, r);
    } else {
      ++summary->quiet;
    }
  }
  std::sort(order.begin(), order.end());
  std::vector<Grid::OwnRow> rows;
  for (const auto& [negated, r] : order) {
    const std::string name = counts.Plain(r, rule);
    rows.push_back(
        {name, catalogue.Plain(place[name], title), catalogue.Plain(place[name], level), std::to_string(-negated)});
  }
  summary->rules = Grid::Own({{"rule", CellType::kText},
                              {"title", CellType::kText},
                              {"norm", CellType::kText},
                              {"findings", CellType::kInteger}},
                             std::move(rows));
  return true;
}

bool PrintForPeople(Context& context, const jiceng_snapshot* snapshot, const jiceng_findings* findings,
                    const Grid& counts, int64_t limit) {
  Summary summary;
  if (!Summarize(context, snapshot, findings, counts, &summary)) return false;
  const int64_t listed = jiceng_findings_count(findings);
  context.out().Line(Fill(context.Say(kSummary), {context.args().Value("date"), std::to_string(summary.unmet)}));
  if (summary.rules.rows() > 0) {
    context.out().Line("");
    context.PrintTableOnly(summary.rules);
  }
  if (summary.quiet > 0) {
    context.out().Line("");
    context.out().Line(Fill(context.Say(kOthers), {std::to_string(summary.quiet)}));
  }
  if (listed == 0) {
    context.out().Line("");
    context.out().Line(context.Say(kAllMet));
    return true;
  }
  const int64_t shown = limit == 0 ? listed : std::min(limit, listed);
  Table table;
  const bool done = context.Call(Phase::kQuery, [&](jiceng_error** error) {
    return jiceng_findings_table(findings, context.library_lang(), 0, shown, Out(table), error);
  });
  if (!done) return false;
  const Grid rows = Grid::Of(table.get());
  context.out().Line("");
  context.PrintTableOnly(ShownToPeople(rows), true);
  context.out().Line("");
  if (shown < listed) {
    const std::string rule = rows.Find("rule") < 0 ? "ID" : rows.Plain(0, rows.Find("rule"));
    context.out().Line(Fill(context.Say(kMore), {std::to_string(listed - shown), rule}));
  } else {
    context.PrintRowCount(listed);
    context.out().Line(context.Say(kDetails));
  }
  return true;
}

int RunAudit(Context& context) {
  const Invocation& args = context.args();
  Store store;
  Snapshot snapshot;
  Findings findings;
  Table counts;
  if (!OpenSnapshot(context, &snapshot, &store)) return context.failed();
  {
    Progress progress(context.lang(), context.error_terminal());
    AuditOptions options(args.Values("rule"), args.Values("set"));
    options.Met(args.Has("met"));
    options.Threads(static_cast<int32_t>(std::min<int64_t>(args.Count("threads", 1), INT32_MAX)));
    options.Report(Progress::Callback, &progress);
    const bool done = context.Call(Phase::kQuery, [&](jiceng_error** error) {
      return jiceng_audit(snapshot.get(), OptionOrNull(context, "under"), JICENG_NUL, args.Date("date"), options.get(),
                          Out(findings), error);
    });
    if (!done) return context.failed();
  }
  if (!context.Call(Phase::kQuery,
                    [&](jiceng_error** error) { return jiceng_findings_counts(findings.get(), Out(counts), error); })) {
    return context.failed();
  }
  const Grid by_rule = Grid::Of(counts.get());
  bool done = false;
  switch (context.format()) {
    case Format::kJson:
      done = PrintJson(context, findings.get(), by_rule, args.Count("limit", 0));
      break;
    case Format::kCsv:
      done = PrintCsv(context, findings.get(), args.Count("limit", 0));
      break;
    case Format::kCalendar:
    case Format::kTable:
      done = PrintForPeople(context, snapshot.get(), findings.get(), by_rule, args.Count("limit", kFindingsShown));
      break;
  }
  return done ? kExitDone : context.failed();
}

}  // namespace

CommandSpec AuditCommand() {
  CommandSpec spec;
  spec.name = "audit";
  spec.group = CommandGroup::kAsk;
  spec.purpose = {"体检：某一天哪里不合规定，逐条写明依据",
                  "the health check: what was not in order on a day, with the clause for each"};
  spec.details = {"查出问题不算失败，退出码仍是 0。规则所需的参数没有定值时，只报一条“未知”，从不猜测；用 --set 给值。",
                  "Finding something is not a failure: the exit code is 0.  A parameter without a value gives one "
                  "`unknown`, never a guess; --set gives it."};
  spec.positionals = {StorePositional()};
  spec.options = {{&kDateOption, true}, {&kUnderOption}, {&kRuleOption},    {&kSetOption},
                  {&kMetOption},        {&kLimitOption}, {&kThreadsOption}, {&kRecordedOption}};
  spec.example =
      "jiceng audit demo.jiceng --date 2026-06-30 --rule branch.max-members --rule branch.min-members --limit 2";
  spec.example_output = {
      "2026-06-30 体检：79 条不符合\n"
      "\n"
      "规则                标题                      要求  不符合数\n"
      "──────────────────  ────────────────────────  ────  ────────\n"
      "branch.max-members  党支部党员一般不超过50人  宜          46\n"
      "branch.min-members  党支部正式党员不少于3人   应当        33\n"
      "\n"
      "对象         名称                        规则                结论    说明                                 "
      "所在地\n"
      "───────────  ──────────────────────────  ──────────────────  ──────  ───────────────────────────────────  "
      "───────────\n"
      "org:1000033  中共玄武区水务局支部委员会  branch.min-members  不符合  有正式党员 2 人，少于 3 人，还差 1 人  "
      "unit:320102\n"
      "org:1000068  玄武区公安局第二党支部      branch.min-members  不符合  有正式党员 2 人，少于 3 人，还差 1 人  "
      "unit:320102\n"
      "\n"
      "还有 77 条。全部列出：--limit 0；只看一条规则：--rule branch.min-members；带依据与事实：--format json",
      "Check on 2026-06-30: 79 unmet\n"
      "\n"
      "Rule                Title                                           Norm    Unmet\n"
      "──────────────────  ──────────────────────────────────────────────  ──────  ─────\n"
      "branch.max-members  A branch generally has no more than 50 members  should     46\n"
      "branch.min-members  A branch has at least 3 full members            must       33\n"
      "\n"
      "Subject      Name                        Rule                Status  Message                                  "
      "Place\n"
      "───────────  ──────────────────────────  ──────────────────  ──────  ───────────────────────────────────────  "
      "───────────\n"
      "org:1000033  中共玄武区水务局支部委员会  branch.min-members  unmet   2 full members, fewer than 3; 1 missing  "
      "unit:320102\n"
      "org:1000068  玄武区公安局第二党支部      branch.min-members  unmet   2 full members, fewer than 3; 1 missing  "
      "unit:320102\n"
      "\n"
      "77 more.  All of them: --limit 0; one rule: --rule branch.min-members; with clause and facts: --format json"};
  spec.exits = {{0, {"完成，无论有没有不符合项", "done, whatever was found"}}, kBadUsage, kStoreTrouble};
  spec.run = RunAudit;
  return spec;
}

}  // namespace jiceng::cli
