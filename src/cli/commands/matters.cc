// Procedures and the matters that run them: procedure, matter.
#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "cli/commands/commands.h"
#include "cli/opening.h"
#include "cli/options.h"
#include "cli/refusal.h"

namespace jiceng::cli {
namespace {

constexpr const char* kProcedureActions[] = {"list", "show"};
constexpr const char* kMatterActions[] = {"open", "step", "show", "list", "late", "handovers"};

constexpr OptionSpec kAtOption = {"at",
                                  "MOMENT",
                                  ValueKind::kText,
                                  {"时间：YYYY-MM-DD 或 \"YYYY-MM-DD HH:MM\"（只写日期指当天零点）",
                                   "the moment: YYYY-MM-DD (its beginning) or \"YYYY-MM-DD HH:MM\""},
                                  false,
                                  {},
                                  {"写明时间，例如 --at \"2026-06-30 09:00\"；程序从不自己取当前时间",
                                   "say when, e.g. --at \"2026-06-30 09:00\"; the present is never assumed"}};
constexpr OptionSpec kActorOption = {
    "actor", "NODE", ValueKind::kText, {"由谁办理，例如 person:1000000910", "who does it, e.g. person:1000000910"}};
constexpr OptionSpec kProcedureOption = {
    "procedure",
    "ID",
    ValueKind::kText,
    {"只列这一种程序；编号见 jiceng procedure list", "matters of this procedure only; ids: jiceng procedure list"}};
constexpr OptionSpec kOpenOption = {"open", "", ValueKind::kNone, {"只列未结束的", "only those that are not over"}};
constexpr OptionSpec kToldOption = {
    "told",
    "",
    ValueKind::kNone,
    {"列出填写的内容，以及有几件事项认领或引用它（岗位目录：--procedure report.post --told）",
     "with what was told, and how many matters refer to each (a catalogue of posts: --procedure report.post --told)"}};

constexpr Text kProcedureShowNeeds = {"procedure show 要写程序编号，例如 jiceng procedure show deliberation",
                                      "procedure show needs an id, e.g. jiceng procedure show deliberation"};
constexpr Text kOpenNeeds = {
    "matter open 要写库、程序和事项编号，例如 jiceng matter open demo.jiceng deliberation D-1 "
    "community=unit:320102002001",
    "matter open needs the store, a procedure and an id for the matter, e.g. jiceng matter open "
    "demo.jiceng deliberation D-1 community=unit:320102002001"};
constexpr Text kStepNeeds = {
    "matter step 要写库、事项编号和步骤，例如 jiceng matter step demo.jiceng D-1 admit",
    "matter step needs the store, a matter and a step, e.g. jiceng matter step demo.jiceng D-1 "
    "admit"};
constexpr Text kShowNeeds = {"matter show 要写库和事项编号，例如 jiceng matter show demo.jiceng D-1",
                             "matter show needs the store and a matter, e.g. jiceng matter show demo.jiceng D-1"};
constexpr Text kListTakes = {"matter {0} 只写库", "matter {0} takes the store and nothing else"};
constexpr Text kNotAField = {"“{0}”应写成 名称=内容", "'{0}' should be name=value"};
constexpr Text kTaken = {"已办理，提交序号 {0}。", "Taken as commit {0}."};
constexpr Text kNothingLate = {"没有超期的事项。", "Nothing is overdue."};
constexpr Text kParameter = {"参数 {0}", "Parameter {0}"};
constexpr Text kTally = {"计数 {0}", "Tally {0}"};
constexpr Text kMatterTitle = {"事项", "Matter"};
constexpr Text kStepsTitle = {"步骤", "Steps"};
constexpr Text kClocksTitle = {"时限", "Clocks"};

int RunProcedure(Context& context) {
  const bool list = context.positional(0) == "list";
  Table table;
  if (!list && context.args().positionals.size() < 2) return context.Fail(kExitUsage, context.Say(kProcedureShowNeeds));
  if (!context.Call(Phase::kQuery, [&](jiceng_error** error) {
        return list ? jiceng_procedures(context.library_lang(), Out(table), error)
                    : jiceng_procedure(context.positional(1).c_str(), context.library_lang(), Out(table), error);
      })) {
    return context.failed();
  }
  const Grid grid = Grid::Of(table.get());
  context.Print(grid, list ? grid.Select({"id", "version", "title", "subjects", "clocks"}) : grid);
  if (list || context.format() != Format::kTable) return kExitDone;
  // What places may set of it is a matter of the template, not of one step.
  Table all;
  if (!context.Call(Phase::kQuery,
                    [&](jiceng_error** error) { return jiceng_procedures(context.library_lang(), Out(all), error); })) {
    return context.failed();
  }
  const Grid procedures = Grid::Of(all.get());
  const int id = procedures.Find("id"), parameters = procedures.Find("parameters");
  for (int64_t r = 0; parameters >= 0 && r < procedures.rows(); ++r) {
    if (procedures.Plain(r, id) != context.positional(1)) continue;
    for (const std::string_view parameter : procedures.Items(r, parameters))
      context.out().Line(Fill(context.Say(kParameter), {std::string(parameter)}));
    for (const std::string_view tally : procedures.Items(r, procedures.Find("tallies")))
      context.out().Line(Fill(context.Say(kTally), {std::string(tally)}));
  }
  return kExitDone;
}

// The words behind the store, apart from those that are name=value.
struct MatterWords {
  std::vector<std::string> names, fields;
};

bool ReadWords(Context& context, size_t names, const Text& needs, MatterWords* words) {
  const std::vector<std::string>& given = context.args().positionals;
  if (given.size() < 2 + names) {
    context.Fail(kExitUsage, context.Say(needs));
    return false;
  }
  for (size_t i = 2; i < given.size(); ++i) {
    const bool name = i < 2 + names;
    if (!name && given[i].find('=') == std::string::npos) {
      context.Fail(kExitUsage, Fill(context.Say(kNotAField), {given[i]}));
      return false;
    }
    (name ? words->names : words->fields).push_back(given[i]);
  }
  return true;
}

std::vector<const char*> Pointers(const std::vector<std::string>& texts) {
  std::vector<const char*> pointers;
  pointers.reserve(texts.size());
  for (const std::string& text : texts) pointers.push_back(text.c_str());
  return pointers;
}

// Whether a template has such a part.
bool IsSubject(const Grid& procedures, const std::string& procedure, std::string_view name) {
  const int id = procedures.Find("id"), subjects = procedures.Find("subjects");
  for (int64_t r = 0; r < procedures.rows(); ++r) {
    if (procedures.Plain(r, id) != procedure) continue;
    const std::vector<std::string_view> items = procedures.Items(r, subjects);
    return std::find(items.begin(), items.end(), name) != items.end();
  }
  return false;
}

int RunWriting(Context& context, bool opens) {
  const Invocation& args = context.args();
  MatterWords words;
  if (!ReadWords(context, 2, opens ? kOpenNeeds : kStepNeeds, &words)) return context.failed();
  std::vector<std::string> subjects, fields;
  if (opens) {
    Table table;
    if (!context.Call(Phase::kQuery, [&](jiceng_error** error) {
          return jiceng_procedures(context.library_lang(), Out(table), error);
        })) {
      return context.failed();
    }
    const Grid procedures = Grid::Of(table.get());
    for (const std::string& field : words.fields) {
      const bool subject = IsSubject(procedures, words.names[0], std::string_view(field).substr(0, field.find('=')));
      (subject ? subjects : fields).push_back(field);
    }
  } else {
    fields = words.fields;
  }
  const std::vector<const char*> nodes = Pointers(subjects), told = Pointers(fields);
  Store store;
  Writer writer;
  int64_t seq = 0;
  if (!OpenStore(context, 0, &store, 1) ||
      !OpenWriter(context, store.get(), CommitFromOptions(context), nullptr, &writer) ||
      !context.Call(Phase::kQuery, [&](jiceng_error** error) {
        return opens ? jiceng_writer_matter_open(writer.get(), words.names[0].c_str(), words.names[1].c_str(),
                                                 args.Value("at").c_str(), OptionOrNull(context, "actor"), nodes.data(),
                                                 nodes.size(), told.data(), told.size(), &seq, error)
                     : jiceng_writer_matter_step(writer.get(), words.names[0].c_str(), words.names[1].c_str(),
                                                 args.Value("at").c_str(), OptionOrNull(context, "actor"), told.data(),
                                                 told.size(), &seq, error);
      })) {
    return context.failed();
  }
  if (seq == 0) return TellRefusal(context, writer.get());
  context.PrintFacts({{"seq", seq}}, Fill(context.Say(kTaken), {std::to_string(seq)}));
  return kExitDone;
}

// For people: a choice by what it is called, where the template says so.
Grid WithTitles(const Grid& matter) {
  const int value = matter.Find("value"), title = matter.Find("value_title");
  std::vector<std::pair<std::string, CellType>> columns;
  for (const GridColumn& column : matter.columns()) columns.emplace_back(column.name, column.type);
  std::vector<Grid::OwnRow> rows;
  for (int64_t r = 0; r < matter.rows(); ++r) {
    rows.emplace_back();
    for (int c = 0; c < static_cast<int>(columns.size()); ++c) {
      const int shown = c == value && title >= 0 && !matter.IsNull(r, title) ? title : c;
      rows.back().push_back(matter.IsNull(r, shown) ? std::optional<std::string>() : matter.Plain(r, shown));
    }
  }
  return Grid::Own(columns, std::move(rows)).Without({"value_title"});
}

int RunMatterShow(Context& context) {
  MatterWords words;
  if (!ReadWords(context, 1, kShowNeeds, &words)) return context.failed();
  const std::string& at = context.args().Value("at");
  Store store;
  Snapshot snapshot;
  Table matter, steps, clocks;
  const auto ask = [&](auto question, Table* table) {
    return context.Call(Phase::kQuery, [&](jiceng_error** error) {
      return question(snapshot.get(), words.names[0].c_str(), at.c_str(), context.library_lang(), Out(*table), error);
    });
  };
  if (!OpenSnapshot(context, &snapshot, &store, 1) || !ask(jiceng_matter, &matter) ||
      !ask(jiceng_matter_steps, &steps) || !ask(jiceng_matter_clocks, &clocks)) {
    return context.failed();
  }
  const struct {
    const char* name;
    Text title;
    Grid grid;
  } parts[] = {{"matter", kMatterTitle, Grid::Of(matter.get())},
               {"steps", kStepsTitle, Grid::Of(steps.get())},
               {"clocks", kClocksTitle, Grid::Of(clocks.get())}};
  if (context.format() == Format::kCsv) {  // one table: the history
    context.Print(parts[1].grid);
    return kExitDone;
  }
  if (context.format() == Format::kJson) {
    for (const auto& part : parts) {
      context.out().Write(part.name == parts[0].name ? "{\"" : ",\"");
      context.out().Write(part.name);
      context.out().Write("\":");
      WriteJsonRows(part.grid, &context.out());
    }
    context.out().Line("}");
    return kExitDone;
  }
  for (const auto& part : parts) {
    if (part.name != parts[0].name) context.out().Line("");
    context.out().Line("[" + std::string(context.Say(part.title)) + "]");
    context.PrintTableOnly(part.name == parts[0].name ? WithTitles(part.grid) : part.grid, true);
  }
  return kExitDone;
}

// With a column for each thing told, under the title its template gives it, instead of one for all: a catalogue to be read.
bool SpreadTold(Context& context, const jiceng_snapshot* snapshot, const std::string& at, const Grid& grid,
                Grid* spread) {
  std::vector<std::pair<std::string, CellType>> columns;
  for (const char* name : {"matter", "name", "state_title"}) columns.emplace_back(name, CellType::kText);
  const int matter = grid.Find("matter"), name = grid.Find("name"), state = grid.Find("state_title"),
            told = grid.Find("told");
  std::map<std::string_view, size_t> places;  // of what is told, by its id
  const auto title_of = [&](int64_t r, std::string_view id, std::string* title) {
    Table table;
    if (!context.Call(Phase::kQuery, [&](jiceng_error** error) {
          return jiceng_matter(snapshot, grid.Plain(r, matter).c_str(), at.c_str(), context.library_lang(), Out(table),
                               error);
        })) {
      return false;
    }
    const Grid one = Grid::Of(table.get());
    const int what = one.Find("what"), key = one.Find("id");
    for (int64_t k = 0; k < one.rows(); ++k) {
      const bool is_told = one.Plain(k, what) == "field" || one.Plain(k, what) == "tally";
      if (is_told && one.Plain(k, key) == id) *title = one.Plain(k, one.Find("title"));
    }
    return true;
  };
  std::vector<Grid::OwnRow> rows;
  for (int64_t r = 0; r < grid.rows(); ++r) {
    Grid::OwnRow row = {grid.Plain(r, matter), grid.Plain(r, name), grid.Plain(r, state)};
    for (const std::string_view item : grid.Items(r, told)) {
      const std::string_view id = item.substr(0, item.find('='));
      const auto [place, fresh] = places.try_emplace(id, columns.size());
      if (fresh) {
        columns.emplace_back(id, CellType::kText);
        if (!title_of(r, id, &columns.back().first)) return false;
      }
      row.resize(std::max(row.size(), place->second + 1));
      row[place->second] = std::string(item.substr(id.size() + 1));
    }
    rows.push_back(std::move(row));
  }
  for (Grid::OwnRow& row : rows) row.resize(columns.size());
  *spread = Grid::Own(columns, std::move(rows));
  return true;
}

int RunMatterList(Context& context) {
  const Invocation& args = context.args();
  const bool late = args.positionals[0] == "late", handovers = args.positionals[0] == "handovers";
  if (args.positionals.size() > 2)
    return context.Fail(kExitUsage, Fill(context.Say(kListTakes), {args.positionals[0]}));
  const std::string &under = args.Value("under"), &at = args.Value("at");
  Store store;
  Snapshot snapshot;
  Table table;
  if (!OpenSnapshot(context, &snapshot, &store, 1) || !context.Call(Phase::kQuery, [&](jiceng_error** error) {
        const char* node = under.empty() ? nullptr : under.c_str();
        if (handovers) {
          return jiceng_matters_handovers(snapshot.get(), node, under.size(), at.c_str(), context.library_lang(),
                                          Out(table), error);
        }
        return late ? jiceng_matters_late(snapshot.get(), node, under.size(), at.c_str(), context.library_lang(),
                                          Out(table), error)
                    : jiceng_matters(
                          snapshot.get(), OptionOrNull(context, "procedure"), node, under.size(), at.c_str(),
                          (args.Has("open") ? JICENG_MATTERS_OPEN : 0) | (args.Has("told") ? JICENG_MATTERS_TOLD : 0),
                          context.library_lang(), Out(table), error);
      })) {
    return context.failed();
  }
  Grid grid = Grid::Of(table.get());
  if (args.Count("limit", 0) > 0) grid = grid.Slice(0, args.Count("limit", 0));
  if (late && context.format() == Format::kTable && grid.rows() == 0) {
    context.out().Line(context.Say(kNothingLate));
    return kExitDone;
  }
  Grid shown = grid;
  if (args.Has("told") && context.format() == Format::kTable && args.Has("procedure")) {
    if (!SpreadTold(context, snapshot.get(), at, grid, &shown)) return context.failed();
  } else if (!late && !handovers) {
    shown = args.Has("told")
                ? grid.Select({"matter", "about", "name", "state_title", "told"})
                : grid.Select({"matter", "procedure", "about", "name", "state_title", "opened", "entered"});
  }
  context.Print(grid, shown);
  return kExitDone;
}

int RunMatter(Context& context) {
  const std::string& action = context.positional(0);
  if (action == "show") return RunMatterShow(context);
  if (action == "list" || action == "late" || action == "handovers") return RunMatterList(context);
  return RunWriting(context, action == "open");
}

}  // namespace

CommandSpec ProcedureCommand() {
  CommandSpec spec;
  spec.name = "procedure";
  spec.group = CommandGroup::kReference;
  spec.purpose = {"列出程序模板，或一个模板的步骤", "list the templates of procedures, or the steps of one"};
  spec.details = {
      "  list  全部模板\n  show  一个模板的步骤：由谁办理、填什么、满足什么、改变什么关系",
      "  list  all templates\n  show  the steps of one: who takes them, what is told, what has to hold, which "
      "ties change"};
  spec.positionals = {{"ACTION", {"list 或 show", "list or show"}, false, false, kProcedureActions},
                      {"ID", {"模板编号", "the template's id"}, false, true}};
  spec.example = "jiceng procedure list";
  spec.example_output = {"编号              版本  标题", "Id                Version  Title"};
  spec.exits = {kDone, {2, {"命令写错", "the command line is wrong"}}};
  spec.run = RunProcedure;
  return spec;
}

CommandSpec MatterCommand() {
  CommandSpec spec;
  spec.name = "matter";
  spec.group = CommandGroup::kAsk;
  spec.purpose = {"事项：开立、办理、查看、列出、超期", "matters: open, take a step, show, list, overdue"};
  spec.details = {
      "  open STORE PROCEDURE MATTER 名称=内容 …  开立一件事项\n"
      "  step STORE MATTER STEP 名称=内容 …       办理一步；不符合条件的被拒绝，并说明理由\n"
      "  show STORE MATTER                        某一时刻的情况、步骤和时限\n"
      "  list STORE                               某一时刻的事项\n"
      "  late STORE                               某一时刻已超期的时限\n"
      "  handovers STORE                          层层转派：谁把什么转给了谁，是否只转不办",
      "  open STORE PROCEDURE MATTER name=value …  opens a matter\n"
      "  step STORE MATTER STEP name=value …       takes a step; one that may not be taken is refused with reasons\n"
      "  show STORE MATTER                         how it stood at a moment, its steps and clocks\n"
      "  list STORE                                the matters there were at a moment\n"
      "  late STORE                                the clocks that had run out at a moment\n"
      "  handovers STORE                           who had passed on what to whom, and who did nothing else"};
  spec.positionals = {{"ACTION",
                       {"open、step、show、list、late 或 handovers", "open, step, show, list, late or handovers"},
                       false,
                       false,
                       kMatterActions},
                      StorePositional(),
                      {"WORDS", {"见上", "see above"}, true, true}};
  spec.options = {{&kAtOption, true}, {&kActorOption},      {&kProcedureOption},  {&kOpenOption},   {&kToldOption},
                  {&kUnderOption},    {&kLimitOption},      {&kRecordedOption},   {&kAuthorOption}, {&kReasonOption},
                  {&kBasisOption},    {&kRecordedAtOption}, {&kExpectedSeqOption}};
  spec.example = "jiceng matter late demo.jiceng --at \"2026-10-11 09:00\"";
  spec.example_output = {"没有超期的事项。", "Nothing is overdue."};
  spec.exits = {
      kDone, {1, {"不能办理，理由已列出", "the step was refused, with the reasons"}}, kBadUsage, kStoreTrouble};
  spec.run = RunMatter;
  return spec;
}

}  // namespace jiceng::cli
