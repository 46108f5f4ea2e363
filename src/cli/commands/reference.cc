// What needs no store: rules, code, calendar.
#include <algorithm>
#include <cstdint>

#include "cli/commands/commands.h"
#include "cli/moment.h"
#include "cli/opening.h"
#include "cli/options.h"

namespace jiceng::cli {
namespace {

constexpr const char* kCalendarQuestions[] = {"due", "count"};

constexpr Text kDueNeeds = {
    "calendar due 要写 --from D 和 --working-days N，例如 jiceng calendar due --from 2026-09-30 --working-days 5",
    "calendar due needs --from D and --working-days N, e.g. jiceng calendar due --from 2026-09-30 --working-days 5"};
constexpr Text kCountNeeds = {
    "calendar count 要写 --from D 和 --to D，例如 jiceng calendar count --from 2026-10-01 --to 2026-11-01",
    "calendar count needs --from D and --to D, e.g. jiceng calendar count --from 2026-10-01 --to 2026-11-01"};
constexpr Text kDue = {"{0}（自 {1} 起第 {2} 个工作日，{1} 当天不计）",
                       "{0} ({2} working days after {1}, which does not count itself)"};
constexpr Text kCounted = {"{0} 个工作日（{1} 至 {2}，不含 {2}）", "{0} working days ({1} to {2}, {2} not counted)"};

// The rules of the catalogue; of a store also those that packs carry.
int RunRules(Context& context) {
  Store store;
  Snapshot snapshot;
  const bool of_store = !context.args().positionals.empty();
  if (of_store && !OpenSnapshot(context, &snapshot, &store)) return context.failed();
  Table table;
  if (!context.Call(Phase::kQuery, [&](jiceng_error** error) {
        return of_store ? jiceng_snapshot_rules(snapshot.get(), context.library_lang(), Out(table), error)
                        : jiceng_rules(context.library_lang(), Out(table), error);
      })) {
    return context.failed();
  }
  const Grid grid = Grid::Of(table.get());
  const Grid catalogue = grid.Select(
      {"id", "level", "title", "citations", "parameters", "evaluable", "on", "in_force_from", "in_force_to"});
  const Grid& contract = of_store ? grid : catalogue;
  context.Print(contract, context.format() == Format::kTable ? contract.Rename("level", "norm") : contract);
  return kExitDone;
}

// "sex=女" and so on as an object.
Json PartsObject(const Grid& grid, int64_t row, int column) {
  Json parts = Json::object();
  auto add = [&](std::string_view part) {
    const size_t equals = part.find('=');
    if (equals != std::string_view::npos)
      parts[std::string(part.substr(0, equals))] = std::string(part.substr(equals + 1));
  };
  if (grid.columns()[column].type == CellType::kTextList) {
    for (std::string_view part : grid.Items(row, column)) add(part);
  } else {
    add(grid.Plain(row, column));
  }
  return parts;
}

int RunCode(Context& context) {
  std::vector<const char*> codes;
  for (const std::string& code : context.args().positionals) codes.push_back(code.c_str());
  Table table;
  if (!context.Call(Phase::kQuery, [&](jiceng_error** error) {
        return jiceng_codes_check(codes.data(), codes.size(), Out(table), error);
      })) {
    return context.failed();
  }
  const Grid grid = Grid::Of(table.get()).Select({"code", "kind", "valid", "reason", "parts"});
  const int code = grid.Find("code"), kind = grid.Find("kind"), valid = grid.Find("valid"),
            reason = grid.Find("reason");
  const int parts = grid.Find("parts");
  if (context.format() != Format::kJson || code < 0 || kind < 0 || valid < 0 || reason < 0 || parts < 0) {
    context.Print(grid, grid, true);
    return kExitDone;
  }
  Json json = Json::array();
  auto text = [&](int64_t row, int column) {
    return grid.IsNull(row, column) ? Json(nullptr) : Json(grid.Plain(row, column));
  };
  for (int64_t r = 0; r < grid.rows(); ++r) {
    json.push_back({{"code", text(r, code)},
                    {"kind", text(r, kind)},
                    {"valid", grid.Integer(r, valid) != 0},
                    {"reason", text(r, reason)},
                    {"parts", PartsObject(grid, r, parts)}});
  }
  context.out().Line(ToLine(json));
  return kExitDone;
}

int RunCalendar(Context& context) {
  const Invocation& args = context.args();
  const bool due = context.positional(0) == "due";
  const bool complete = due ? args.Has("from") && args.Has("working-days") && !args.Has("to")
                            : args.Has("from") && args.Has("to") && !args.Has("working-days");
  if (!complete) return context.Fail(kExitUsage, context.Say(due ? kDueNeeds : kCountNeeds));
  const int32_t from = args.Date("from");
  int32_t answer = 0;
  if (due) {
    const int64_t working_days = std::min<int64_t>(args.Count("working-days", 0), INT32_MAX);
    if (!context.Call(Phase::kQuery, [&](jiceng_error** error) {
          return jiceng_calendar_due(from, static_cast<int32_t>(working_days), &answer, error);
        })) {
      return context.failed();
    }
    const std::string day = FormatDate(answer);
    context.PrintFacts({{"due", day}}, Fill(context.Say(kDue), {day, args.Value("from"), args.Value("working-days")}));
    return kExitDone;
  }
  if (!context.Call(Phase::kQuery, [&](jiceng_error** error) {
        return jiceng_calendar_count(from, args.Date("to"), &answer, error);
      })) {
    return context.failed();
  }
  context.PrintFacts({{"working_days", answer}},
                     Fill(context.Say(kCounted), {std::to_string(answer), args.Value("from"), args.Value("to")}));
  return kExitDone;
}

}  // namespace

CommandSpec RulesCommand() {
  CommandSpec spec;
  spec.name = "rules";
  spec.group = CommandGroup::kReference;
  spec.purpose = {"列出全部规则：编号、要求、依据、参数", "list the rules: ids, norms, citations, parameters"};
  spec.details = {"写出 STORE 时也列出所附政策包自带的规则。",
                  "With STORE those that attached policy packs carry are listed too."};
  spec.positionals = {{"STORE", {"库文件", "the store"}, false, true}};
  spec.options = {{&kRecordedOption}};
  spec.example = "jiceng rules";
  spec.example_output = {
      "编号                       要求  标题                            依据               参数                可检查\n"
      "─────────────────────────  ────  ──────────────────────────────  ─────────────────  ──────────────────  ──────\n"
      "branch.min-members         应当  党支部正式党员不少于3人         《中国共产党支部…                      是\n"
      "branch.max-members         宜    党支部党员一般不超过50人        《中国共产党支部…                      是\n"
      "…\n"
      "共 8 行",
      "Id                         Norm      Title                           Citations       Parameters      Evaluable\n"
      "─────────────────────────  ────────  ──────────────────────────────  ──────────────  ──────────────  ─────────\n"
      "branch.min-members         must      A branch has at least 3 full …  《中国共产党…                   yes\n"
      "branch.max-members         should    A branch generally has no mor…  《中国共产党…                   yes\n"
      "…\n"
      "8 rows"};
  spec.exits = {kDone, kBadUsage, kStoreTrouble};
  spec.run = RunRules;
  return spec;
}

CommandSpec CodeCommand() {
  CommandSpec spec;
  spec.name = "code";
  spec.group = CommandGroup::kReference;
  spec.purpose = {"检查代码：身份证号、统一社会信用代码、区划与网格代码",
                  "check codes: citizen numbers, USCCs, divisions, grids"};
  spec.details = {
      "看长度、字符、出生日期和校验位（GB 11643、GB 32100）；身份证号回显时遮住。",
      "Length, alphabet, birth date and check character (GB 11643, GB 32100); citizen numbers are echoed masked."};
  spec.positionals = {{"CODE", {"要检查的代码，可写多个", "the codes to check"}, true}};
  spec.example = "jiceng code 11010519491231002X 320102002001";
  spec.example_output = {
      "代码                类别          有效  组成\n"
      "──────────────────  ────────────  ────  "
      "─────────────────────────────────────────────────────────────────────────────────────\n"
      "110105********002X  公民身份号码  是    region=110105；sequence=002；check=X\n"
      "320102002001        区划代码      是    "
      "province=32；prefecture=3201；county=320102；township=320102002；village=320102002001\n"
      "共 2 行",
      "Code                Kind            Valid  Parts\n"
      "──────────────────  ──────────────  ─────  "
      "─────────────────────────────────────────────────────────────────────────────────────\n"
      "110105********002X  citizen number  yes    region=110105; sequence=002; check=X\n"
      "320102002001        division code   yes    province=32; prefecture=3201; county=320102; township=320102002; "
      "village=320102002001\n"
      "2 rows"};
  spec.exits = {{0, {"完成，代码无效也是", "done, invalid codes included"}},
                {2, {"命令写错", "the command line is wrong"}}};
  spec.run = RunCode;
  return spec;
}

CommandSpec CalendarCommand() {
  CommandSpec spec;
  spec.name = "calendar";
  spec.group = CommandGroup::kReference;
  spec.purpose = {"按国务院放假安排算工作日：到期日、工作日数",
                  "working days by the State Council's schedules: a due day, or how many"};
  spec.details = {
      "  due    自 --from 起第 N 个工作日，起算日不计（民法典第二百零一条）\n  count  [--from, --to) 里有几个工作日",
      "  due    the N-th working day after --from, which does not count itself (Civil Code, Art. 201)\n  count  "
      "working days in [--from, --to)"};
  spec.positionals = {{"QUESTION", {"due 或 count", "due or count"}, false, false, kCalendarQuestions}};
  spec.options = {{&kFromOption}, {&kWorkingDaysOption}, {&kToOption}};
  spec.example = "jiceng calendar due --from 2026-09-30 --working-days 5";
  spec.example_output = {"2026-10-13（自 2026-09-30 起第 5 个工作日，2026-09-30 当天不计）",
                         "2026-10-13 (5 working days after 2026-09-30, which does not count itself)"};
  spec.exits = {kDone,
                {2, {"命令写错", "the command line is wrong"}},
                {3, {"没有那一年的放假安排，从不推算", "the schedule of a year is not known, and never guessed"}}};
  spec.run = RunCalendar;
  return spec;
}

}  // namespace jiceng::cli
