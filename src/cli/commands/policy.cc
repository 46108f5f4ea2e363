// policy, waive: what places make of the rules.
#include <algorithm>
#include <optional>
#include <string>

#include "cli/applying.h"
#include "cli/change_file.h"
#include "cli/commands/commands.h"
#include "cli/file.h"
#include "cli/opening.h"
#include "cli/options.h"
#include "cli/refusal.h"

namespace jiceng::cli {
namespace {

constexpr const char* kActionNames[] = {"validate", "compile", "attach", "detach", "list", "effective", "waivers"};

constexpr Text kNeeds = {"policy {0} 的写法是：jiceng policy {0} {1}", "policy {0} is written: jiceng policy {0} {1}"};
constexpr Text kNeedsDate = {"写明哪一天，例如 --date 2026-06-30", "say which day, e.g. --date 2026-06-30"};
constexpr Text kNeedsFrom = {"写明从哪一天起附着，例如 --from 2026-01-01",
                             "say from which day it is attached, e.g. --from 2026-01-01"};
constexpr Text kCannotWrite = {"写不了 {0}", "{0} cannot be written"};
constexpr Text kCompiled = {"已写到 {0}，{1} 字节。", "Written to {0}, {1} bytes."};
constexpr Text kAttached = {"已附着，提交序号 {0}。", "Attached as commit {0}."};
constexpr Text kDetached = {"已解除，提交序号 {0}。", "Detached as commit {0}."};
constexpr Text kWaived = {"已豁免，提交序号 {0}。", "Waived as commit {0}."};

// Checks a pack against the catalogue compiled in; what it sets, or false with the error printed.
bool Check(Context& context, const std::string& path, std::string* pack, Table* table) {
  return ReadPolicyFile(context, path, pack) && context.Call(Phase::kInput, [&](jiceng_error** error) {
    return jiceng_policy_check(nullptr, pack->data(), pack->size(), Out(*table), error);
  });
}

int Validate(Context& context) {
  std::string pack;
  Table table;
  if (!Check(context, context.positional(1), &pack, &table)) return context.failed();
  context.Print(Grid::Of(table.get()));
  return kExitDone;
}

int Compile(Context& context) {
  std::string pack;
  Table table;
  if (!Check(context, context.positional(1), &pack, &table)) return context.failed();
  const std::string& path = context.positional(2);
  std::string error;
  if (!WriteFile(path, pack, &error)) return context.Fail(kExitStore, Fill(context.Say(kCannotWrite), {path}));
  context.PrintFacts({{"file", path}, {"bytes", pack.size()}},
                     Fill(context.Say(kCompiled), {path, std::to_string(pack.size())}));
  return kExitDone;
}

// Applies a stream of one change.
int Apply(Context& context, size_t store_at, const std::string& stream, const Text& done) {
  Applied applied;
  const int exit = ApplyStream(context, store_at, stream, CommitFromOptions(context), &applied);
  if (exit != kExitDone) return exit;
  context.PrintFacts({{"seq", applied.seq}},
                     Fill(context.Say(applied.unchanged ? kUnchanged : done), {std::to_string(applied.seq)}));
  return kExitDone;
}

int Attach(Context& context) {
  const Invocation& args = context.args();
  if (!args.Has("from")) return context.Fail(kExitUsage, context.Say(kNeedsFrom));
  std::string pack;
  if (!ReadPolicyFile(context, context.positional(2), &pack)) return context.failed();
  std::optional<int32_t> priority;
  if (args.Has("priority")) priority = static_cast<int32_t>(args.Count("priority", 0));
  return Apply(context, 1, AttachChange(pack, args.Value("unit"), args.Date("from"), args.Date("to"), priority),
               kAttached);
}

int Detach(Context& context) {
  const Invocation& args = context.args();
  std::optional<int32_t> from;
  if (args.Has("from")) from = args.Date("from");
  return Apply(context, 1, DetachChange(context.positional(2), args.Value("unit"), args.Date("to"), from), kDetached);
}

// A table the library gives of a snapshot.
template <typename Ask>  // jiceng_status(const jiceng_snapshot*, jiceng_table**, jiceng_error**)
int PrintAnswer(Context& context, Ask ask) {
  Store store;
  Snapshot snapshot;
  Table table;
  const bool done =
      OpenSnapshot(context, &snapshot, &store, 1) &&
      context.Call(Phase::kQuery, [&](jiceng_error** error) { return ask(snapshot.get(), Out(table), error); });
  if (!done) return context.failed();
  const Grid grid = Grid::Of(table.get());
  context.Print(grid, grid, true);
  return kExitDone;
}

int Effective(Context& context) {
  if (!context.args().Has("date")) return context.Fail(kExitUsage, context.Say(kNeedsDate));
  const std::string& node = context.positional(2);
  const auto& rules = context.args().Values("rule");
  return PrintAnswer(context, [&](const jiceng_snapshot* snapshot, jiceng_table** table, jiceng_error** error) {
    return jiceng_policy_effective(snapshot, node.data(), node.size(), context.args().Date("date"),
                                   rules.empty() ? nullptr : rules.front().c_str(), table, error);
  });
}

int List(Context& context) {
  return PrintAnswer(context, [&](const jiceng_snapshot* snapshot, jiceng_table** table, jiceng_error** error) {
    return jiceng_policies(snapshot, context.library_lang(), table, error);
  });
}

int Waivers(Context& context) { return PrintAnswer(context, jiceng_waivers); }

// An action with what is written behind it.
struct Action {
  const char* name;
  size_t arguments;
  const char* written;
  int (*run)(Context&);
};
constexpr Action kActions[] = {{"validate", 1, "FILE", Validate},
                               {"compile", 2, "FILE OUT", Compile},
                               {"attach", 2, "STORE FILE --from D [--to D] [--unit NODE]", Attach},
                               {"detach", 2, "STORE PACK [--to D] [--unit NODE]", Detach},
                               {"list", 1, "STORE", List},
                               {"effective", 2, "STORE NODE --date D [--rule ID]", Effective},
                               {"waivers", 1, "STORE", Waivers}};

int RunPolicy(Context& context) {
  const std::string& name = context.positional(0);
  const auto action =
      std::find_if(std::begin(kActions), std::end(kActions), [&](const Action& one) { return name == one.name; });
  if (context.args().positionals.size() != action->arguments + 1)
    return context.Fail(kExitUsage, Fill(context.Say(kNeeds), {name, action->written}));
  return action->run(context);
}

int RunWaive(Context& context) {
  const Invocation& args = context.args();
  return Apply(context, 0,
               WaiveChange(context.positional(1), context.positional(2), args.Value("reason"), args.Value("basis"),
                           args.Date("from"), args.Date("to")),
               kWaived);
}

}  // namespace

CommandSpec PolicyCommand() {
  CommandSpec spec;
  spec.name = "policy";
  spec.group = CommandGroup::kAsk;
  spec.purpose = {"政策包：校验、编译、附着到单元，某处某日的规则取值及其出处",
                  "policy packs: check, compile, attach; what holds at a node on a day, and why"};
  spec.details = {
      "policy validate FILE                校验，列出所设各项\n"
      "policy compile FILE OUT             写成二进制\n"
      "policy attach STORE FILE --from D   附着到 --unit 的单元（及以下）\n"
      "policy detach STORE PACK --to D     自 --to 起不再有效\n"
      "policy list STORE                   附着了哪些\n"
      "policy effective STORE NODE --date D  该处当日各规则的取值：出自目录还是哪个包、哪个单元、哪份文件\n"
      "policy waivers STORE                有哪些豁免\n"
      "FILE 是 jiceng.v1.PolicyPack（proto/jiceng/v1/policy.proto），名字以 .textproto、.json 或 .binpb 结尾；见 "
      "docs/policy.md。",
      "policy validate FILE                check it and list what it sets\n"
      "policy compile FILE OUT             write it as binary\n"
      "policy attach STORE FILE --from D   attach it to the unit of --unit, and below\n"
      "policy detach STORE PACK --to D     it no longer holds from --to on\n"
      "policy list STORE                   what is attached\n"
      "policy effective STORE NODE --date D  what the rules are there on that day: by the catalogue, or by which pack, "
      "at "
      "which unit, by which document\n"
      "policy waivers STORE                what is waived\n"
      "FILE is a jiceng.v1.PolicyPack (proto/jiceng/v1/policy.proto) whose name ends in .textproto, .json or .binpb; "
      "see "
      "docs/policy.md."};
  spec.positionals = {
      {"ACTION", {"做什么", "what to do"}, false, false, kActionNames},
      {"ARGUMENT", {"库、文件、节点或政策包编号，见下", "a store, file, node or pack id, see below"}, true}};
  spec.options = {{&kUnitOption},   {&kHoldsFromOption}, {&kHoldsToOption},    {&kPriorityOption},
                  {&kDateOption},   {&kRuleOption},      {&kRecordedOption},   {&kAuthorOption},
                  {&kReasonOption}, {&kBasisOption},     {&kRecordedAtOption}, {&kExpectedSeqOption}};
  spec.example = "jiceng policy effective demo.jiceng unit:320102002 --date 2026-06-30 --rule report.member-unreported";
  spec.example_output = {
      "规则                      设定项                值  可否改   出处  政策包                    版本     单元\n"
      "────────────────────────  ────────────────────  ──  ───────  ────  ────────────────────────  ───────  "
      "───────────\n"
      "report.member-unreported  report.deadline_days  60  replace  pack  xuanwu.double-reporting  2026-01  "
      "unit:320102",
      "Rule                      Setting               Value  Override  Source  Pack                     Version  "
      "Unit\n"
      "────────────────────────  ────────────────────  ─────  ────────  ──────  ───────────────────────  ───────  "
      "───────────\n"
      "report.member-unreported  report.deadline_days  60     replace   pack    xuanwu.double-reporting  2026-01  "
      "unit:320102"};
  spec.exits = {kDone,
                {1, {"被拒绝：--expected-seq 已过时", "refused: --expected-seq is no longer the head"}},
                kBadUsage,
                {3,
                 {"政策包读不了、不合格，或与库中已有的冲突，什么都没有写入",
                  "the pack cannot be read, is malformed, or stands against one that is attached; nothing was kept"}},
                kStoreTrouble};
  spec.run = RunPolicy;
  return spec;
}

CommandSpec WaiveCommand() {
  CommandSpec spec;
  spec.name = "waive";
  spec.group = CommandGroup::kAsk;
  spec.purpose = {"豁免：一条规则对一个节点的不符合，到某日为止不计数，仍列出",
                  "bear with a finding until a day: it is listed and not counted"};
  spec.details = {"提前结束豁免用变更集的 end_waiver；有哪些豁免：jiceng policy waivers STORE。",
                  "To end one early, apply a change set with end_waiver; jiceng policy waivers STORE lists them."};
  spec.positionals = {StorePositional(),
                      {"RULE", {"规则编号，见 jiceng rules", "a rule's id, see jiceng rules"}},
                      {"NODE", {"节点，例如 org:1000003", "a node, e.g. org:1000003"}}};
  spec.options = {{&kHoldsFromOption},         {&kHoldsToOption, true}, {&kWaiverReasonOption, true},
                  {&kWaiverBasisOption, true}, {&kAuthorOption},        {&kRecordedAtOption},
                  {&kExpectedSeqOption}};
  spec.example =
      "jiceng waive demo.jiceng branch.min-members org:1000190 --to 2027-01-01 --reason 正在整改 --basis "
      "组字〔2026〕8号";
  spec.example_output = {"已豁免，提交序号 2。", "Waived as commit 2."};
  spec.exits = {kDone,
                {1, {"被拒绝：--expected-seq 已过时", "refused: --expected-seq is no longer the head"}},
                kBadUsage,
                {3, {"规则或节点不存在，什么都没有写入", "the rule or the node does not exist; nothing was kept"}},
                kStoreTrouble};
  spec.run = RunWaive;
  return spec;
}

}  // namespace jiceng::cli
