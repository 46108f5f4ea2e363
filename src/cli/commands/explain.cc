// explain: one rule on one node, whatever the verdict.
#include "cli/audit_options.h"
#include "cli/commands/commands.h"
#include "cli/json_output.h"
#include "cli/opening.h"
#include "cli/options.h"

namespace jiceng::cli {
namespace {

constexpr Text kVerdict = {"结论", "Verdict"};
constexpr Text kWhy = {"说明", "Why"};
constexpr Text kCitation = {"依据", "Citation"};
constexpr Text kFacts = {"事实", "Facts"};
constexpr Text kSince = {"起自", "Since"};
constexpr Text kMissing = {"还差", "Missing"};

void PrintForPeople(Context& context, const Grid& grid) {
  const auto cell = [&](const char* column) { return grid.Plain(0, grid.Find(column)); };
  const std::string name = cell("name");
  context.out().Line(cell("subject") + (name.empty() ? "" : "  " + name) + "  " + cell("rule"));
  context.out().Line("");
  const auto line = [&](const Text& title, std::string_view text) {
    context.out().Line(std::string(context.Say(title)) + "  " + std::string(text));
  };
  line(kVerdict, context.wording().Title("status", cell("status")));
  line(kWhy, cell("message"));
  if (!cell("since").empty()) line(kSince, cell("since"));
  line(kCitation, cell("citation"));
  for (const std::string_view fact : grid.Items(0, grid.Find("facts"))) line(kFacts, fact);
  for (const std::string_view one : grid.Items(0, grid.Find("missing"))) line(kMissing, one);
}

// {"date","rule",…,"evidence":[…]}: the same bytes for the same snapshot, date, parameters and language.
bool PrintJson(Context& context, const jiceng_findings* findings, const Grid& grid) {
  Table evidence;
  if (!context.Call(Phase::kQuery,
                    [&](jiceng_error** error) { return jiceng_findings_evidence(findings, 0, Out(evidence), error); }))
    return false;
  std::string head = "{\"date\":", row;
  AppendJsonText(context.args().Value("date"), &head);
  AppendJsonRow(grid.Select({"rule", "subject", "status", "waived", "level", "message", "value", "comparator",
                             "threshold", "object", "since", "missing", "citation", "facts"}),
                0, &row);
  context.out().Write(head + "," + row.substr(1, row.size() - 2) + ",\"evidence\":");
  WriteJsonRows(Grid::Of(evidence.get()), &context.out());
  context.out().Line("}");
  return true;
}

int RunExplain(Context& context) {
  const Invocation& args = context.args();
  Store store;
  Snapshot snapshot;
  Findings findings;
  Table table;
  if (!OpenSnapshot(context, &snapshot, &store)) return context.failed();
  const AuditOptions options({}, args.Values("set"));
  const std::string& node = context.positional(2);
  const bool done = context.Call(Phase::kQuery, [&](jiceng_error** error) {
    return jiceng_explain(snapshot.get(), context.positional(1).c_str(), node.data(), node.size(), args.Date("date"),
                          options.get(), Out(findings), error);
  }) && context.Call(Phase::kQuery, [&](jiceng_error** error) {
    return jiceng_findings_table(findings.get(), context.library_lang(), 0, 0, Out(table), error);
  });
  if (!done) return context.failed();
  const Grid grid = Grid::Of(table.get());
  if (context.format() == Format::kTable) {
    PrintForPeople(context, grid);
  } else if (context.format() == Format::kJson) {
    if (!PrintJson(context, findings.get(), grid)) return context.failed();
  } else {
    context.Print(grid);
  }
  return kExitDone;
}

}  // namespace

CommandSpec ExplainCommand() {
  CommandSpec spec;
  spec.name = "explain";
  spec.group = CommandGroup::kAsk;
  spec.purpose = {"一条规则对一个节点怎么判、凭什么：符合的、不适用的也说明",
                  "how one rule judges one node and why, met and not applicable ones too"};
  spec.details = {"“不适用”时列出使节点不在规则范围内的事实；缺参数时结论为“未知”，用 --set 给值。",
                  "Where a rule does not apply, the facts say why; a parameter without a value gives `unknown`, and "
                  "--set gives it."};
  spec.positionals = {StorePositional(),
                      {"RULE", {"规则编号，见 jiceng rules", "a rule's id, see jiceng rules"}},
                      {"NODE", {"节点，例如 org:1000003", "a node, e.g. org:1000003"}}};
  spec.options = {{&kDateOption, true}, {&kSetOption}, {&kRecordedOption}};
  spec.example = "jiceng explain demo.jiceng branch.min-members org:1000190 --date 2026-06-30";
  spec.example_output = {
      "org:1000190  中共玄武湖街道办事处支部委员会  branch.min-members\n"
      "\n"
      "结论  不符合\n"
      "说明  有正式党员 2 人，少于 3 人，还差 1 人\n"
      "依据  《中国共产党支部工作条例(试行)》 (2018-10-28) Art. 4 [V-]; "
      "《中国共产党支部工作条例(试行)》 (2018-10-28) Art. 7 [V-]\n"
      "事实  count affiliation formal (party_status full) → org:1000190 = 2\n"
      "事实  affiliation person:1000001576 → org:1000190 formal [2019-01-02, )\n"
      "事实  affiliation person:1000001577 → org:1000190 formal [2019-01-02, )\n"
      "事实  missing affiliation formal (party_status full): ? → org:1000190",
      "org:1000190  中共玄武湖街道办事处支部委员会  branch.min-members\n"
      "\n"
      "Verdict  unmet\n"
      "Why  2 full members, fewer than 3; 1 missing\n"
      "Citation  《中国共产党支部工作条例(试行)》 (2018-10-28) Art. 4 [V-]; "
      "《中国共产党支部工作条例(试行)》 (2018-10-28) Art. 7 [V-]\n"
      "Facts  count affiliation formal (party_status full) → org:1000190 = 2\n"
      "Facts  affiliation person:1000001576 → org:1000190 formal [2019-01-02, )\n"
      "Facts  affiliation person:1000001577 → org:1000190 formal [2019-01-02, )\n"
      "Facts  missing affiliation formal (party_status full): ? → org:1000190"};
  spec.exits = {{0, {"完成，无论结论如何", "done, whatever the verdict"}}, kBadUsage, kStoreTrouble};
  spec.run = RunExplain;
  return spec;
}

}  // namespace jiceng::cli
