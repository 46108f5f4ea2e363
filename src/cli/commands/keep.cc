// Making a store and keeping it: init, log, verify, revert, erase, backup, export, optimize.
#include <cstdlib>

#include "cli/commands/commands.h"
#include "cli/opening.h"
#include "cli/options.h"

namespace jiceng::cli {
namespace {

constexpr Text kMade = {"已建库 {0}。下一步：jiceng import {0} 台账文件夹",
                        "Made {0}.  Next: jiceng import {0} FOLDER"};
constexpr Text kSound = {"完好：校验链、完整性与基础文件都核验过了，共 {0} 次提交。",
                         "Sound: the hash chain, integrity and the base file check out over {0} commits."};
constexpr Text kUnsound = {"核验不过，{0} 处；第一处在第 {1} 号提交：{2}。请从备份恢复",
                           "{0} problems; the first is in commit {1}: {2}. Restore the store from a backup"};
constexpr Text kReverted = {"第 {0} 号提交已撤销，作为第 {1} 号提交。", "Commit {0} is taken back, as commit {1}."};
constexpr Text kErased = {"已删除 {0} 人的信息，作为第 {1} 号提交；库文件中不再有其内容。",
                          "Erased {0}, as commit {1}; no byte of them is left in the store's files."};
constexpr Text kUnsure = {"删除后不能恢复；确认要删，加 --yes", "what is erased cannot come back; to erase, add --yes"};
constexpr OptionSpec kYesOption = {"yes", "", ValueKind::kNone, {"确认删除", "yes, erase"}};
constexpr Text kBadSeq = {"{0} 不是提交序号（1 起）；用 jiceng log {1} 查",
                          "{0} is no commit's number (from 1); see jiceng log {1}"};
constexpr Text kBackedUp = {"已备份到 {0}，它本身就是一个可打开的库。", "Backed up to {0}, which is a store itself."};
constexpr Text kExported = {"已导出到 {0}。", "Exported to {0}."};
constexpr Text kOptimized = {"已整理到第 {0} 号提交，下次打开直接映射。",
                             "Folded up to commit {0}; the next opening maps it."};
constexpr OptionSpec kBeforeOption = {
    "before", "SEQ", ValueKind::kCount, {"只列此序号之前的提交", "only commits before this number"}};
// Every commit there can be; the library stops where there are no more.
constexpr int64_t kAllCommits = 1'000'000'000;

int RunInit(Context& context) {
  Store store;
  if (!OpenStore(context, JICENG_OPEN_CREATE, &store)) return context.failed();
  context.PrintFacts({{"store", context.positional(0)}}, Fill(context.Say(kMade), {context.positional(0)}));
  return kExitDone;
}

int RunLog(Context& context) {
  Store store;
  Table commits;
  const int64_t limit = context.args().Count("limit", 0);
  if (!OpenStore(context, JICENG_OPEN_READ_ONLY, &store) || !context.Call(Phase::kQuery, [&](jiceng_error** error) {
        return jiceng_store_log(store.get(), context.args().Count("before", 0), limit == 0 ? kAllCommits : limit,
                                Out(commits), error);
      })) {
    return context.failed();
  }
  const Grid grid = Grid::Of(commits.get());
  // People compare the beginning of a hash, programs the whole.
  const int hash = grid.Find("hash");
  if (context.format() != Format::kTable || hash < 0) {
    context.Print(grid);
    return kExitDone;
  }
  std::vector<std::pair<std::string, CellType>> columns;
  for (const GridColumn& column : grid.columns()) columns.emplace_back(column.name, column.type);
  std::vector<Grid::OwnRow> rows;
  for (int64_t r = 0; r < grid.rows(); ++r) {
    Grid::OwnRow row;
    for (int c = 0; c < static_cast<int>(columns.size()); ++c)
      row.emplace_back(grid.Plain(r, c).substr(0, c == hash ? 12 : std::string::npos));
    rows.push_back(std::move(row));
  }
  const Grid shortened = Grid::Own(columns, std::move(rows));
  context.Print(shortened, shortened, true);
  return kExitDone;
}

int RunVerify(Context& context) {
  Store store;
  Table problems;
  int64_t head = 0;
  if (!OpenStore(context, JICENG_OPEN_READ_ONLY, &store) || !HeadSeq(context, store.get(), &head))
    return context.failed();
  {
    Progress progress(context.lang(), context.error_terminal());
    const bool done = context.Call(Phase::kQuery, [&](jiceng_error** error) {
      return jiceng_store_verify(store.get(), Progress::Callback, &progress, Out(problems), error);
    });
    if (!done) return context.failed();
  }
  const Grid grid = Grid::Of(problems.get());
  if (grid.rows() == 0 && context.format() == Format::kTable) {
    context.out().Line(Fill(context.Say(kSound), {std::to_string(head)}));
  } else {
    context.Print(grid);
  }
  if (grid.rows() == 0) return kExitDone;
  auto first = [&](const char* name) { return grid.Find(name) < 0 ? "" : grid.Plain(0, grid.Find(name)); };
  return context.Fail(kExitStore,
                      Fill(context.Say(kUnsound), {std::to_string(grid.rows()), first("seq"), first("what")}));
}

int RunRevert(Context& context) {
  const std::string& text = context.positional(1);
  const bool digits = !text.empty() && text.size() <= 18 && text.find_first_not_of("0123456789") == std::string::npos;
  const int64_t seq = digits ? std::strtoll(text.c_str(), nullptr, 10) : 0;
  if (seq <= 0) return context.Fail(kExitUsage, Fill(context.Say(kBadSeq), {text, context.positional(0)}));
  Store store;
  Writer writer;
  int64_t made = 0;
  if (!OpenStore(context, 0, &store)) return context.failed();
  {
    Progress progress(context.lang(), context.error_terminal());
    const bool done = OpenWriter(context, store.get(), CommitFromOptions(context), &progress, &writer) &&
                      context.Call(Phase::kChange, [&](jiceng_error** error) {
                        return jiceng_writer_revert(writer.get(), seq, &made, error);
                      });
    writer.reset();  // before the progress it reports to
    if (!done) return context.failed();
  }
  context.PrintFacts({{"seq", made}, {"reverted", seq}}, Fill(context.Say(kReverted), {text, std::to_string(made)}));
  return kExitDone;
}

int RunErase(Context& context) {
  std::vector<const char*> people;
  for (size_t i = 1; i < context.args().positionals.size(); ++i) people.push_back(context.positional(i).c_str());
  if (!context.args().Has("yes")) return context.Fail(kExitUsage, context.Say(kUnsure));
  Store store;
  Writer writer;
  int64_t made = 0;
  if (!OpenStore(context, 0, &store)) return context.failed();
  {
    Progress progress(context.lang(), context.error_terminal());
    const bool done = OpenWriter(context, store.get(), CommitFromOptions(context), &progress, &writer) &&
                      context.Call(Phase::kQuery, [&](jiceng_error** error) {
                        return jiceng_writer_erase(writer.get(), people.data(), people.size(), &made, error);
                      });
    writer.reset();  // before the progress it reports to
    if (!done) return context.failed();
  }
  context.PrintFacts({{"seq", made}, {"erased", static_cast<int64_t>(people.size())}},
                     Fill(context.Say(kErased), {std::to_string(people.size()), std::to_string(made)}));
  return kExitDone;
}

int RunBackup(Context& context) {
  Store store;
  const std::string& file = context.positional(1);
  if (!OpenStore(context, JICENG_OPEN_READ_ONLY, &store) || !context.Call(Phase::kQuery, [&](jiceng_error** error) {
        return jiceng_store_backup(store.get(), file.data(), file.size(), error);
      })) {
    return context.failed();
  }
  context.PrintFacts({{"file", file}}, Fill(context.Say(kBackedUp), {file}));
  return kExitDone;
}

int RunExport(Context& context) {
  Store store;
  Snapshot snapshot;
  Table files;
  const std::string& folder = context.positional(1);
  if (!OpenSnapshot(context, &snapshot, &store)) return context.failed();
  {
    Progress progress(context.lang(), context.error_terminal());
    const bool done = context.Call(Phase::kQuery, [&](jiceng_error** error) {
      return jiceng_snapshot_export(snapshot.get(), folder.data(), folder.size(), Progress::Callback, &progress,
                                    Out(files), error);
    });
    if (!done) return context.failed();
  }
  context.Print(Grid::Of(files.get()));
  if (context.format() == Format::kTable) context.out().Line(Fill(context.Say(kExported), {folder}));
  return kExitDone;
}

int RunOptimize(Context& context) {
  Store store;
  int64_t head = 0;
  if (!OpenStore(context, 0, &store) || !HeadSeq(context, store.get(), &head)) return context.failed();
  {
    Progress progress(context.lang(), context.error_terminal());
    const bool done = context.Call(Phase::kQuery, [&](jiceng_error** error) {
      return jiceng_store_optimize(store.get(), Progress::Callback, &progress, error);
    });
    if (!done) return context.failed();
  }
  context.PrintFacts({{"seq", head}}, Fill(context.Say(kOptimized), {std::to_string(head)}));
  return kExitDone;
}

}  // namespace

CommandSpec InitCommand() {
  CommandSpec spec;
  spec.name = "init";
  spec.group = CommandGroup::kStart;
  spec.purpose = {"建一个空库", "make an empty store"};
  spec.details = {"库就是一个文件，外加名字以它开头的几个附属文件；复制请用 backup。",
                  "A store is one file, with a few beside it whose names begin with its own; copy it with backup."};
  spec.positionals = {{"STORE", {"要建的库文件，不能已存在", "the file to make; it must not exist"}}};
  spec.options = {{&kStoreSeedOption}};
  spec.example = "jiceng init demo.jiceng";
  spec.example_output = {"已建库 demo.jiceng。下一步：jiceng import demo.jiceng 台账文件夹",
                         "Made demo.jiceng.  Next: jiceng import demo.jiceng FOLDER"};
  spec.exits = {kDone,
                {2, {"命令写错", "the command line is wrong"}},
                {4, {"文件已存在或无法建立", "the file exists or cannot be made"}}};
  spec.run = RunInit;
  return spec;
}

CommandSpec LogCommand() {
  CommandSpec spec;
  spec.name = "log";
  spec.group = CommandGroup::kKeep;
  spec.purpose = {"列出各次提交，新的在前", "list the commits, newest first"};
  spec.positionals = {StorePositional()};
  spec.options = {{&kLimitOption}, {&kBeforeOption}};
  spec.example = "jiceng log demo.jiceng --limit 2";
  spec.example_output = {
      "序号  记录时间 (UTC)        操作  经办人  原因      依据文件           行数  校验值\n"
      "────  ────────────────────  ────  ──────  ────────  ───────────────  ──────  ────────────\n"
      "   2  2026-07-01T01:12:09Z  变更  李静    社区更名  民函〔2026〕3号       1  715943d190c1\n"
      "   1  2026-06-30T02:40:51Z  导入  李静    六月台账                   238294  3f5d8ba09c28\n"
      "共 2 行",
      "Seq  Recorded at (UTC)     Operation  Author  Reason    Basis              Rows  Hash\n"
      "───  ────────────────────  ─────────  ──────  ────────  ───────────────  ──────  ────────────\n"
      "  2  2026-07-01T01:12:09Z  apply      李静    社区更名  民函〔2026〕3号       1  e1b61d7e3bc7\n"
      "  1  2026-06-30T02:40:51Z  import     李静    六月台账                   238294  956f1486bf32\n"
      "2 rows"};
  spec.exits = {kDone, {2, {"命令写错", "the command line is wrong"}}, kStoreTrouble};
  spec.run = RunLog;
  return spec;
}

CommandSpec VerifyCommand() {
  CommandSpec spec;
  spec.name = "verify";
  spec.group = CommandGroup::kKeep;
  spec.purpose = {"核验：走一遍校验链，重查完整性和基础文件",
                  "walk the hash chain and re-check integrity and the base file"};
  spec.positionals = {StorePositional()};
  spec.example = "jiceng verify demo.jiceng";
  spec.example_output = {"完好：校验链、完整性与基础文件都核验过了，共 2 次提交。",
                         "Sound: the hash chain, integrity and the base file check out over 2 commits."};
  spec.exits = {{0, {"完好", "sound"}},
                {2, {"命令写错", "the command line is wrong"}},
                {4, {"核验不过，或库打不开", "it does not verify, or cannot be opened"}}};
  spec.run = RunVerify;
  return spec;
}

CommandSpec RevertCommand() {
  CommandSpec spec;
  spec.name = "revert";
  spec.group = CommandGroup::kKeep;
  spec.purpose = {"撤销某一次提交所作的改动（本身也是一次提交）",
                  "take back what a commit changed, as a commit of its own"};
  spec.positionals = {StorePositional(),
                      {"SEQ", {"要撤销的提交序号，见 jiceng log", "the commit's number, see jiceng log"}}};
  spec.options = {{&kAuthorOption}, {&kReasonOption}, {&kBasisOption}, {&kRecordedAtOption}, {&kExpectedSeqOption}};
  spec.example = "jiceng revert demo.jiceng 2 --reason 导错文件";
  spec.example_output = {"第 2 号提交已撤销，作为第 3 号提交。", "Commit 2 is taken back, as commit 3."};
  spec.exits = {kDone,
                {1,
                 {"后来的提交改过同样的内容或引用了它，或 --expected-seq 已过时",
                  "a later commit changed or refers to the same, or --expected-seq is no longer the head"}},
                {2, {"命令写错，或没有这个序号", "the command line is wrong, or there is no such commit"}},
                kStoreTrouble};
  spec.run = RunRevert;
  return spec;
}

CommandSpec EraseCommand() {
  CommandSpec spec;
  spec.name = "erase";
  spec.group = CommandGroup::kKeep;
  spec.purpose = {"删除个人信息：编号、姓名等不再留在库文件里，结构以编码保留；不可恢复，再导入会被拒绝",
                  "erase people: ids, names, texts leave the files, the structure stays; for good"};
  spec.positionals = {
      StorePositional(),
      {"PERSON", {"人员，如 person:1000023522", "a person, as person:1000023522"}, /*repeatable=*/true}};
  spec.options = {{&kYesOption},   {&kAuthorOption},     {&kReasonOption},
                  {&kBasisOption}, {&kRecordedAtOption}, {&kExpectedSeqOption}};
  spec.example = "jiceng erase demo.jiceng person:1000023522 --yes --basis 本人申请";
  spec.example_output = {"已删除 1 人的信息，作为第 4 号提交；库文件中不再有其内容。",
                         "Erased 1, as commit 4; no byte of them is left in the store's files."};
  spec.exits = {kDone,
                {2,
                 {"命令写错，没有这个人，或没有 --yes",
                  "the command line is wrong, there is no such person, or --yes is missing"}},
                kStoreTrouble};
  spec.run = RunErase;
  return spec;
}

CommandSpec BackupCommand() {
  CommandSpec spec;
  spec.name = "backup";
  spec.group = CommandGroup::kKeep;
  spec.purpose = {"把库复制到一个新文件", "copy the store into a new file"};
  spec.positionals = {StorePositional(), {"FILE", {"新文件，不能已存在", "the new file; it must not exist"}}};
  spec.example = "jiceng backup demo.jiceng demo-0630.jiceng";
  spec.example_output = {"已备份到 demo-0630.jiceng，它本身就是一个可打开的库。",
                         "Backed up to demo-0630.jiceng, which is a store itself."};
  spec.exits = {kDone,
                {2, {"命令写错", "the command line is wrong"}},
                {4,
                 {"库打不开，或新文件已存在、写不进去",
                  "the store cannot be opened, or the new file exists or cannot be written"}}};
  spec.run = RunBackup;
  return spec;
}

CommandSpec ExportCommand() {
  CommandSpec spec;
  spec.name = "export";
  spec.group = CommandGroup::kKeep;
  spec.purpose = {"把全部台账写回 CSV", "write all ledgers back as CSV"};
  spec.details = {
      "把导出的文件夹导入另一个空库，任何日期的答案都相同。\n"
      "附加的政策包和豁免不在台账里，另写成变更集 policies.binpb（有才写）；导入后用 jiceng apply 附加回去。",
      "Importing the folder into an empty store gives the same answers on every date.\n"
      "Policy packs and waivers are no ledgers: where there are any, they are the change set policies.binpb\n"
      "beside them, which jiceng apply puts back after the import."};
  spec.positionals = {StorePositional(),
                      {"DIR", {"写到哪个文件夹，没有就新建", "the folder to write; made when it is not there"}}};
  spec.options = {{&kRecordedOption}};
  spec.example = "jiceng export demo.jiceng out";
  spec.example_output = {
      "台账               行数\n"
      "────────────────  ─────\n"
      "units.csv           892\n"
      "orgs.csv           4278\n"
      "…\n"
      "共 11 行\n"
      "已导出到 out。",
      "Ledger             Rows\n"
      "────────────────  ─────\n"
      "units.csv           892\n"
      "orgs.csv           4278\n"
      "…\n"
      "11 rows\n"
      "Exported to out."};
  spec.exits = {kDone,
                {2, {"命令写错", "the command line is wrong"}},
                {4, {"库打不开，或文件夹写不进去", "the store cannot be opened, or the folder cannot be written"}}};
  spec.run = RunExport;
  return spec;
}

CommandSpec OptimizeCommand() {
  CommandSpec spec;
  spec.name = "optimize";
  spec.group = CommandGroup::kKeep;
  spec.purpose = {"把累积的改动并入基础文件，使打开和提问最快",
                  "fold what has piled up into the base file, for the fastest opening"};
  spec.positionals = {StorePositional()};
  spec.example = "jiceng optimize demo.jiceng";
  spec.example_output = {"已整理到第 1 号提交，下次打开直接映射。", "Folded up to commit 1; the next opening maps it."};
  spec.exits = {kDone, {2, {"命令写错", "the command line is wrong"}}, kStoreTrouble};
  spec.run = RunOptimize;
  return spec;
}

}  // namespace jiceng::cli
