// import: ledgers and registers into the store, in one commit or none.
#include <cstdio>

#include "cli/applying.h"
#include "cli/commands/commands.h"
#include "cli/csv_output.h"
#include "cli/opening.h"
#include "cli/options.h"
#include "cli/problems.h"
#include "cli/refusal.h"

namespace jiceng::cli {
namespace {

constexpr Text kSnapshotNeeds = {
    "--mode snapshot 要同时写 --scope NODE 和 --date D，例如 --mode snapshot --scope unit:320102002 --date 2026-06-30",
    "--mode snapshot needs --scope NODE and --date D as well, e.g. --mode snapshot --scope unit:320102002 --date "
    "2026-06-30"};
constexpr Text kOnlySnapshot = {"--scope 与 --max-closures 只用于 --mode snapshot",
                                "--scope and --max-closures go with --mode snapshot only"};
constexpr Text kCannotWriteRejects = {"--rejects 的文件 {0} 写不进去；检查目录和权限",
                                      "the file {0} of --rejects cannot be written; check its folder and permissions"};
constexpr Text kNothingKept = {
    "{0} 行有错，什么都没有写入；改正后重新导入，或加 --rejects FILE 只收没错的行",
    "{0} rows are wrong and nothing was kept; mend them and import again, or keep the good ones with --rejects FILE"};
constexpr Text kRejectsWritten = {"{0} 行有错没有收，已写到 {1}", "{0} rows are wrong and left out; see {1}"};
constexpr Text kTooManyClosures = {
    "要终止的关系有 {0} 条，多于 --max-closures {1}，什么都没有写入；核对台账是否完整，或放宽上限",
    "{0} ties would end, more than --max-closures {1}, and nothing was kept; check that the ledgers are complete, or "
    "raise the limit"};
constexpr Text kPlan = {"按台账终止以下关系（自 {0} 起不再成立）：",
                        "Ties that the ledgers no longer list; they end on {0}:"};
constexpr Text kEmptyPlan = {"没有要终止的关系。", "No ties end."};
constexpr Text kImported = {"已导入，提交序号 {0}。", "Imported as commit {0}."};
constexpr Text kChecked = {"检查完毕，未写入（--dry-run）。", "Checked, nothing written (--dry-run)."};

// Whether the file can be written, without touching what it holds.
bool CanWrite(const std::string& path) {
  std::FILE* file = std::fopen(path.c_str(), "ab");
  return file != nullptr && std::fclose(file) == 0;
}

bool WriteRejects(const std::string& path, const jiceng_import_report* report) {
  std::FILE* file = std::fopen(path.c_str(), "wb");
  if (file == nullptr) return false;
  bool written = false;
  {
    Output out(file);
    WriteCsv(
        Grid::Of(jiceng_import_report_problems(report)).Select({"file", "row", "column", "cell", "code", "message"}),
        &out);
    written = out.Flush();
  }
  return std::fclose(file) == 0 && written;
}

// The plan of a snapshot: with the table on standard output, beside JSON and CSV on standard error.
void TellPlan(Context& context, const jiceng_import_report* report) {
  const Grid closures = Grid::Of(jiceng_import_report_closures(report));
  const std::string heading =
      closures.rows() == 0 ? context.Say(kEmptyPlan) : Fill(context.Say(kPlan), {context.args().Value("date")});
  if (context.format() == Format::kTable) {
    context.out().Line(heading);
    context.PrintTableOnly(closures, true);
    if (closures.rows() > 0) context.PrintRowCount(closures.rows());
    context.out().Flush();
    return;
  }
  context.out().Flush();
  Output error(stderr);
  error.Line(heading);
  if (closures.rows() > 0) PrintTable(closures, context.wording(), {0, false, true, 0}, &error);
}

Json CountsByName(const jiceng_table* table, const char* name, const char* value) {
  Json object = Json::object();
  const Grid grid = Grid::Of(table);
  const int key = grid.Find(name), number = grid.Find(value);
  for (int64_t r = 0; key >= 0 && number >= 0 && r < grid.rows(); ++r)
    object[grid.Plain(r, key)] = grid.Integer(r, number);
  return object;
}

// Warnings by code, each with the first place where it was met.
Grid WarningGrid(const jiceng_import_report* report, Lang lang) {
  const Grid warnings = Grid::Of(jiceng_import_report_warnings(report));
  const Grid rows = Grid::Of(jiceng_import_report_warning_rows(report));
  const int code = warnings.Find("code"), count = warnings.Find("rows"), row_code = rows.Find("code");
  std::vector<Grid::OwnRow> out;
  for (int64_t r = 0; code >= 0 && count >= 0 && r < warnings.rows(); ++r) {
    const std::string name = warnings.Plain(r, code);
    std::string example;
    for (int64_t i = 0; row_code >= 0 && i < rows.rows() && example.empty(); ++i) {
      if (rows.Plain(i, row_code) == name) example = DescribeProblem(rows.Without({"code"}), i, lang);
    }
    out.push_back({name, warnings.Plain(r, count), example});
  }
  return Grid::Own({{"warning", CellType::kText}, {"rows", CellType::kInteger}, {"example", CellType::kText}},
                   std::move(out));
}

void PrintReport(Context& context, const jiceng_import_report* report, int64_t head_before) {
  const Grid rows = Grid::Of(jiceng_import_report_rows(report));
  if (context.format() == Format::kJson) {
    Json json;
    json["seq"] = jiceng_import_report_seq(report);
    json["rows"] = CountsByName(jiceng_import_report_rows(report), "file", "rows");
    json["rejected"] = jiceng_import_report_rejected(report);
    json["warnings"] = CountsByName(jiceng_import_report_warnings(report), "code", "rows");
    context.out().Line(ToLine(json));
    return;
  }
  if (context.format() == Format::kCsv) {
    WriteCsv(rows, &context.out());
    return;
  }
  context.PrintTableOnly(rows);
  const Grid warnings = WarningGrid(report, context.lang());
  if (warnings.rows() > 0) {
    context.out().Line("");
    context.PrintTableOnly(warnings, true);
  }
  const int32_t outcome = jiceng_import_report_outcome(report);
  const int64_t seq = jiceng_import_report_seq(report);
  context.out().Line("");
  if (outcome == JICENG_IMPORT_CHECKED) {
    context.out().Line(context.Say(kChecked));
  } else if (outcome == JICENG_IMPORT_DONE) {
    context.out().Line(Fill(context.Say(seq == head_before ? kUnchanged : kImported), {std::to_string(seq)}));
  }
}

// The exit code of an outcome, told on standard error where it is not "done".
int Conclude(Context& context, const jiceng_import_report* report, int64_t max_closures) {
  switch (jiceng_import_report_outcome(report)) {
    case JICENG_IMPORT_REJECTED:
      TellProblems(context, report);
      return context.Fail(kExitRejected,
                          Fill(context.Say(kNothingKept), {std::to_string(jiceng_import_report_rejected(report))}));
    case JICENG_IMPORT_REFUSED: {
      const int64_t closures = jiceng_table_rows(jiceng_import_report_closures(report));
      TellProblems(context, report);
      return context.Fail(
          kExitRefused, Fill(context.Say(kTooManyClosures), {std::to_string(closures), std::to_string(max_closures)}));
    }
    default:
      return kExitDone;
  }
}

int RunImport(Context& context) {
  const Invocation& args = context.args();
  const bool snapshot = args.Value("mode") == "snapshot";
  const bool dry_run = args.Has("dry-run");
  if (snapshot && (!args.Has("scope") || !args.Has("date")))
    return context.Fail(kExitUsage, context.Say(kSnapshotNeeds));
  if (!snapshot && (args.Has("scope") || args.Has("max-closures")))
    return context.Fail(kExitUsage, context.Say(kOnlySnapshot));
  const std::string& rejects = args.Value("rejects");
  if (!rejects.empty() && !CanWrite(rejects))
    return context.Fail(kExitUsage, Fill(context.Say(kCannotWriteRejects), {rejects}));

  Store store;
  int64_t head_before = 0;
  if (!OpenStore(context, 0, &store) || !HeadSeq(context, store.get(), &head_before)) return context.failed();

  std::vector<const char*> paths;
  for (size_t i = 1; i < args.positionals.size(); ++i) paths.push_back(args.positionals[i].c_str());
  jiceng_import_options options = JICENG_IMPORT_OPTIONS_INIT;
  options.date = args.Date("date");
  options.lang = context.library_lang();
  options.scope = OptionOrNull(context, "scope");
  options.max_closures = args.Count("max-closures", -1);
  options.under = OptionOrNull(context, "under");
  Writer writer;
  auto import = [&](uint32_t flags, ImportReport* report) {
    options.flags = flags | (rejects.empty() ? 0 : JICENG_IMPORT_KEEP_GOOD) | (snapshot ? JICENG_IMPORT_SNAPSHOT : 0);
    Progress progress(context.lang(), context.error_terminal());
    return OpenWriter(context, store.get(), CommitFromOptions(context), &progress, &writer) &&
           context.Call(Phase::kInput, [&](jiceng_error** error) {
             return jiceng_writer_import(writer.get(), paths.data(), paths.size(), &options, Out(*report), error);
           });
  };

  ImportReport report;
  // A snapshot ends ties, so its plan is on the screen before anything is kept.
  if (dry_run || snapshot) {
    if (!import(JICENG_IMPORT_DRY_RUN, &report)) return context.failed();
    if (snapshot) TellPlan(context, report.get());
  }
  const bool stopped = report != nullptr && jiceng_import_report_outcome(report.get()) != JICENG_IMPORT_CHECKED;
  if (!dry_run && !stopped && !import(0, &report)) return context.failed();

  if (jiceng_import_report_outcome(report.get()) == JICENG_IMPORT_REFUSED) {
    const int refused = TellRefusal(context, writer.get());
    if (refused != kExitDone) return refused;
  }
  PrintReport(context, report.get(), head_before);
  if (!rejects.empty()) {
    if (!WriteRejects(rejects, report.get()))
      return context.Fail(kExitStore, Fill(context.Say(kCannotWriteRejects), {rejects}));
    const int64_t rejected = jiceng_import_report_rejected(report.get());
    if (rejected > 0) context.Note(Fill(context.Say(kRejectsWritten), {std::to_string(rejected), rejects}));
  }
  return Conclude(context, report.get(), options.max_closures);
}

}  // namespace

CommandSpec ImportCommand() {
  CommandSpec spec;
  spec.name = "import";
  spec.group = CommandGroup::kStart;
  spec.purpose = {"导入台账（CSV）和花名册，一次提交，有错全部不收",
                  "import ledgers (CSV) and registers, in one commit or none"};
  spec.details = {
      "台账是带表头的 CSV（UTF-8 或 GB18030），文件名即种类，列的次序不限：\n"
      "  units.csv         code,name,level,parent_code,households,population\n"
      "  orgs.csv          org_id,name,kind,parent_id,unit_code,founded,dissolved\n"
      "  people.csv        person_id,name,party_status,joined_on,in_service\n"
      "  affiliations.csv  person_id,branch_id,kind,from,to\n"
      "  employments.csv   person_id,employer_id,from,to\n"
      "  residences.csv    person_id,unit_code,from,to\n"
      "  appointments.csv  person_id,org_id,unit_code,post,kind,from,to\n"
      "  reports.csv       subject_id,community_code,reported_on,ended_on\n"
      "  另有 terms.csv、ties.csv、history.csv，可有可无。\n"
      "日期写 YYYY-MM-DD；止日是“不再成立的第一天”，空着就是没有止日。\n"
      "同样的文件再导一次不会有任何变化，也不产生提交。",
      "A ledger is a CSV file with a header (UTF-8 or GB18030); its name says what it lists, columns in any order:\n"
      "  units.csv         code,name,level,parent_code,households,population\n"
      "  orgs.csv          org_id,name,kind,parent_id,unit_code,founded,dissolved\n"
      "  people.csv        person_id,name,party_status,joined_on,in_service\n"
      "  affiliations.csv  person_id,branch_id,kind,from,to\n"
      "  employments.csv   person_id,employer_id,from,to\n"
      "  residences.csv    person_id,unit_code,from,to\n"
      "  appointments.csv  person_id,org_id,unit_code,post,kind,from,to\n"
      "  reports.csv       subject_id,community_code,reported_on,ended_on\n"
      "  and, where wanted, terms.csv, ties.csv, history.csv.\n"
      "Dates are YYYY-MM-DD; `to` is the first day that no longer counts, and empty where there is no end.\n"
      "Importing the same files again changes nothing and makes no commit."};
  spec.positionals = {
      StorePositional(),
      {"PATH",
       {"台账文件，或放台账的文件夹；可写多个", "a ledger, or a folder of ledgers; several may be given"},
       true}};
  spec.options = {{&kRejectsOption}, {&kDryRunOption}, {&kImportDateOption},  {&kImportUnderOption},
                  {&kModeOption},    {&kScopeOption},  {&kMaxClosuresOption}, {&kAuthorOption},
                  {&kReasonOption},  {&kBasisOption},  {&kRecordedAtOption},  {&kExpectedSeqOption}};
  spec.example = "jiceng import demo.jiceng ledgers --author 李静 --reason 六月台账";
  spec.example_output = {
      "台账               行数\n"
      "────────────────  ─────\n"
      "affiliations.csv  52938\n"
      "appointments.csv  13052\n"
      "employments.csv   40293\n"
      "orgs.csv           4278\n"
      "people.csv        45744\n"
      "reports.csv       20927\n"
      "residences.csv    49840\n"
      "terms.csv           123\n"
      "ties.csv            815\n"
      "units.csv           892\n"
      "\n"
      "已导入，提交序号 1。",
      "Ledger             Rows\n"
      "────────────────  ─────\n"
      "affiliations.csv  52938\n"
      "appointments.csv  13052\n"
      "employments.csv   40293\n"
      "orgs.csv           4278\n"
      "people.csv        45744\n"
      "reports.csv       20927\n"
      "residences.csv    49840\n"
      "terms.csv           123\n"
      "ties.csv            815\n"
      "units.csv           892\n"
      "\n"
      "Imported as commit 1."};
  spec.exits = {
      {0,
       {"已写入，或没有变化；--rejects、--dry-run 也是",
        "kept, or nothing to change; --rejects and --dry-run as well"}},
      {1,
       {"被拒绝：终止的关系多于 --max-closures，或 --expected-seq 已过时",
        "refused: more ends than --max-closures, or --expected-seq is no longer the head"}},
      kBadUsage,
      {3, {"有错行或读不了的文件，什么都没有写入", "bad rows or files that cannot be read; nothing was kept"}},
      kStoreTrouble};
  spec.run = RunImport;
  return spec;
}

}  // namespace jiceng::cli
