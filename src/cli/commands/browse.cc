// Looking around: show, tree, search, upcoming.
#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "cli/audit_options.h"
#include "cli/calendar_output.h"
#include "cli/commands/commands.h"
#include "cli/moment.h"
#include "cli/opening.h"
#include "cli/options.h"

namespace jiceng::cli {
namespace {

constexpr int64_t kTreeDepth = 2;      // from a district down to its communities
constexpr int64_t kSearchLimit = 100;  // the library's own default, said here so that a cut list is noticed

constexpr Text kDepthTold = {"只列到下 {0} 层；--depth 0 看到底", "{0} levels down; --depth 0 goes all the way"};
constexpr Text kLimitReached = {"只列了前 {0} 个；写得更具体些，或用 --limit 0",
                                "the first {0} only; be more specific, or use --limit 0"};
constexpr Text kCalendarName = {"到期提醒", "Coming up"};
constexpr Text kNothingDue = {"这段时间没有到期事项。", "Nothing turns in that time."};
constexpr Text kNoneFound = {"没有找到名称含“{0}”的节点。", "No node has a name with \"{0}\" in it."};
constexpr Text kUntilBeforeDate = {"--until {0} 早于 --date {1}", "--until {0} is before --date {1}"};

struct Section {
  const char* name;
  Text title;
};
constexpr Section kSections[] = {{"node", {"节点", "Node"}},
                                 {"fact", {"事实", "Facts"}},
                                 {"text", {"属性", "Attributes"}},
                                 {"tie", {"关系", "Ties"}}};

// A node for the library, borrowed from the command line: NULL stands for everything.
struct NodeArgument {
  const char* text = nullptr;
  size_t length = 0;
};
NodeArgument NodeOf(const std::string& text) {
  return text.empty() ? NodeArgument{} : NodeArgument{text.data(), text.size()};
}

int RunShow(Context& context) {
  Store store;
  Snapshot snapshot;
  Table table;
  int32_t date = 0;
  const std::string& node = context.positional(1);
  if (!OpenSnapshot(context, &snapshot, &store) || !DateOrLastCommit(context, store.get(), snapshot.get(), &date) ||
      !context.Call(Phase::kQuery, [&](jiceng_error** error) {
        return jiceng_show(snapshot.get(), node.data(), node.size(), date, context.library_lang(), Out(table), error);
      })) {
    return context.failed();
  }
  const Grid grid = Grid::Of(table.get());
  const int section = grid.Find("section");
  if (context.format() != Format::kTable || section < 0) {
    context.Print(grid);
    return kExitDone;
  }
  for (int64_t begin = 0; begin < grid.rows();) {
    const std::string name = grid.Plain(begin, section);
    int64_t end = begin + 1;
    while (end < grid.rows() && grid.Plain(end, section) == name) ++end;
    std::string title = name;
    for (const Section& known : kSections) {
      if (name == known.name) title = context.Say(known.title);
    }
    if (begin > 0) context.out().Line("");
    context.out().Line("[" + title + "]");
    context.PrintTableOnly(grid.Slice(begin, end - begin).Without({"section"}), true);
    begin = end;
  }
  return kExitDone;
}

// The branches in front of a name.  `more_at[d]`: another node of depth d follows below the same parent.
std::string TreeLines(const std::vector<bool>& more_at, int64_t depth) {
  std::string lines;
  for (int64_t d = 1; d <= depth; ++d) {
    const bool more = d < static_cast<int64_t>(more_at.size()) && more_at[d];
    lines += d < depth ? (more ? "│  " : "   ") : (more ? "├─ " : "└─ ");
  }
  return lines;
}

Grid TreeGrid(const Grid& grid, const Wording& wording) {
  const int depth = grid.Find("depth"), name = grid.Find("name"), node = grid.Find("node"), kind = grid.Find("kind");
  const int members = grid.Find("members");
  std::vector<Grid::OwnRow> rows(grid.rows());
  std::vector<bool> more_at;
  // From the end, what follows a node below the same parent is already known.
  for (int64_t r = grid.rows(); r-- > 0;) {
    const int64_t d = grid.Integer(r, depth);
    std::string shown = grid.Plain(r, name);
    if (shown.empty()) shown = grid.Plain(r, node);
    more_at.resize(std::max<size_t>(more_at.size(), d + 1));
    rows[r] = {TreeLines(more_at, d) + shown, std::string(wording.Title("kind", grid.Plain(r, kind))),
               members < 0 || grid.IsNull(r, members) ? std::optional<std::string>() : grid.Plain(r, members),
               grid.Plain(r, node)};
    more_at.resize(d + 1);
    more_at[d] = true;
  }
  return Grid::Own({{"name", CellType::kText},
                    {"kind", CellType::kText},
                    {"members", CellType::kInteger},
                    {"node", CellType::kText}},
                   std::move(rows));
}

int RunTree(Context& context) {
  const Invocation& args = context.args();
  Store store;
  Snapshot snapshot;
  Table table;
  int32_t date = 0;
  const NodeArgument node = args.positionals.size() > 1 ? NodeOf(args.positionals[1]) : NodeArgument();
  const int64_t depth = args.Count("depth", kTreeDepth);
  if (!OpenSnapshot(context, &snapshot, &store) || !DateOrLastCommit(context, store.get(), snapshot.get(), &date) ||
      !context.Call(Phase::kQuery, [&](jiceng_error** error) {
        return jiceng_tree(snapshot.get(), node.text, node.length, date,
                           static_cast<int32_t>(std::min<int64_t>(depth, INT32_MAX)),
                           args.Has("units-only") ? JICENG_TREE_UNITS_ONLY : 0, Out(table), error);
      })) {
    return context.failed();
  }
  const Grid grid = Grid::Of(table.get());
  if (context.format() == Format::kTable && grid.Find("depth") >= 0) {
    context.Print(TreeGrid(grid, context.wording()));
    if (!args.Has("depth")) context.out().Line(Fill(context.Say(kDepthTold), {std::to_string(depth)}));
  } else {
    context.Print(grid);
  }
  return kExitDone;
}

int RunSearch(Context& context) {
  const Invocation& args = context.args();
  Store store;
  Snapshot snapshot;
  Table table;
  int32_t date = 0;
  const std::string& name = context.positional(1);
  const int64_t limit =
      args.Has("limit") && args.Count("limit", 0) == 0 ? INT32_MAX : args.Count("limit", kSearchLimit);
  if (!OpenSnapshot(context, &snapshot, &store) || !DateOrLastCommit(context, store.get(), snapshot.get(), &date) ||
      !context.Call(Phase::kQuery, [&](jiceng_error** error) {
        return jiceng_search(snapshot.get(), name.data(), name.size(), date, limit, Out(table), error);
      })) {
    return context.failed();
  }
  const Grid grid = Grid::Of(table.get());
  if (context.format() == Format::kTable && grid.rows() == 0) {
    context.out().Line(Fill(context.Say(kNoneFound), {name}));
    return kExitDone;
  }
  context.Print(grid);
  if (context.format() == Format::kTable && grid.rows() == limit)
    context.out().Line(Fill(context.Say(kLimitReached), {std::to_string(limit)}));
  return kExitDone;
}

// What turns, as the rows of one table: what the ledgers date, and the first days on which a rule is no longer met.
struct Due {
  std::vector<std::optional<std::string>> row;  // due, what, node, name, detail
  int32_t day = 0;
  std::string rule;  // "" for what the ledgers date
};

std::vector<Due> MergedDues(const Grid& dated, const Grid& turned) {
  std::vector<Due> dues;
  // Whose term or probation ends, or whose matter is due: the rule that says so the day after has nothing to add.  By node
  // and day, with the words such a rule begins with; none: whichever rule.
  std::multimap<std::pair<std::string, std::string>, std::string> said;
  const int due = dated.Find("due"), what = dated.Find("what"), node = dated.Find("node"), name = dated.Find("name");
  const int detail = dated.Find("detail");
  const auto cell = [](const Grid& grid, int64_t row, int column) {
    return grid.IsNull(row, column) ? std::optional<std::string>() : grid.Plain(row, column);
  };
  for (int64_t r = 0; r < dated.rows(); ++r) {
    dues.push_back({{cell(dated, r, due), cell(dated, r, what), cell(dated, r, node), cell(dated, r, name),
                     cell(dated, r, detail)},
                    static_cast<int32_t>(dated.Integer(r, due)),
                    ""});
    const std::string kind = dated.Plain(r, what);
    const bool matter = kind == "matter_due";
    if (matter || kind == "term_ends" || kind == "probation_ends")
      said.emplace(std::pair(dated.Plain(r, node), dated.Plain(r, due)), matter ? dated.Plain(r, detail) : "");
  }
  const int status = turned.Find("status"), rule = turned.Find("rule"), message = turned.Find("message");
  const int day = turned.Find("due"), subject = turned.Find("node"), called = turned.Find("name");
  for (int64_t r = 0; r < turned.rows(); ++r) {
    if (turned.Plain(r, status) != "unmet") continue;
    const auto begins = ParseTime(turned.Plain(r, day), BareDate::kStartOfDay);
    const std::string day_before = begins.has_value() ? FormatDate(DayOf(*begins - 86400)) : std::string();
    const auto [first, last] = said.equal_range({turned.Plain(r, subject), day_before});
    const std::string words = turned.Plain(r, message);
    const auto begins_it = [&](const auto& told) { return words.compare(0, told.second.size(), told.second) == 0; };
    if (std::any_of(first, last, begins_it)) continue;
    const std::string id = turned.Plain(r, rule);
    std::string text = id;
    text.append("  ").append(words);
    dues.push_back({{cell(turned, r, day), "rule_unmet", cell(turned, r, subject), cell(turned, r, called), text},
                    static_cast<int32_t>(turned.Integer(r, day)),
                    id});
  }
  std::stable_sort(dues.begin(), dues.end(), [](const Due& a, const Due& b) {
    return std::tie(a.day, *a.row[2], *a.row[1], a.rule) < std::tie(b.day, *b.row[2], *b.row[1], b.rule);
  });
  return dues;
}

// A UID has to stay the same from one export to the next and in both languages: by what, whom and when.
std::vector<CalendarEvent> EventsOf(const std::vector<Due>& dues, const Wording& wording) {
  std::vector<CalendarEvent> events;
  for (const Due& due : dues) {
    const std::string &what = *due.row[1], &node = *due.row[2];
    CalendarEvent event;
    event.day = due.day;
    event.key = *due.row[0];
    for (const std::string* part : {&what, &due.rule, &node}) {
      if (!part->empty()) event.key.append("-").append(*part);
    }
    event.summary = std::string(wording.Title("what", what)) + "  " + due.row[3].value_or(node);
    event.description = node + (due.row[4].value_or("").empty() ? "" : "\n" + *due.row[4]);
    events.push_back(std::move(event));
  }
  return events;
}

int RunUpcoming(Context& context) {
  const Invocation& args = context.args();
  Store store;
  Snapshot snapshot;
  Table dated, turned;
  int32_t date = 0;
  int64_t stamp = 0;
  const int32_t until = args.Date("until");
  const NodeArgument node = NodeOf(args.Value("under"));
  if (!OpenSnapshot(context, &snapshot, &store) || !DateOrLastCommit(context, store.get(), snapshot.get(), &date))
    return context.failed();
  if (until < date)
    return context.Fail(kExitUsage, Fill(context.Say(kUntilBeforeDate), {args.Value("until"), FormatDate(date)}));
  const AuditOptions options(args.Values("rule"), args.Values("set"));
  const bool done = context.Call(Phase::kQuery, [&](jiceng_error** error) {
    return jiceng_upcoming(snapshot.get(), node.text, node.length, date, until, context.library_lang(), Out(dated),
                           error);
  }) && context.Call(Phase::kQuery, [&](jiceng_error** error) {
    return jiceng_turns(snapshot.get(), node.text, node.length, date, until, options.get(), context.library_lang(),
                        Out(turned), error);
  });
  if (!done) return context.failed();
  std::vector<Due> dues = MergedDues(Grid::Of(dated.get()), Grid::Of(turned.get()));
  const int64_t limit = args.Count("limit", 0);
  if (limit > 0 && static_cast<int64_t>(dues.size()) > limit) dues.resize(static_cast<size_t>(limit));
  if (context.format() == Format::kCalendar) {
    if (!LastCommitTime(context, store.get(), snapshot.get(), &stamp)) return context.failed();
    if (args.Has("recorded-at")) stamp = ParseTime(args.Value("recorded-at"), BareDate::kStartOfDay).value_or(stamp);
    context.out().Write(ToCalendar(EventsOf(dues, context.wording()), stamp, context.Say(kCalendarName)));
    return kExitDone;
  }
  std::vector<Grid::OwnRow> rows;
  rows.reserve(dues.size());
  for (Due& due : dues) rows.push_back(std::move(due.row));
  const Grid grid = Grid::Own({{"due", CellType::kDate},
                               {"what", CellType::kText},
                               {"node", CellType::kText},
                               {"name", CellType::kText},
                               {"detail", CellType::kText}},
                              std::move(rows));
  if (context.format() == Format::kTable && grid.rows() == 0) {
    context.out().Line(context.Say(kNothingDue));
    return kExitDone;
  }
  context.Print(grid);
  return kExitDone;
}

constexpr OptionSpec kBrowseDateOption = {
    "date",
    "D",
    ValueKind::kDate,
    {"看哪一天（YYYY-MM-DD）；不写则按库中最近一次提交的日期，并会说明",
     "the day looked at (YYYY-MM-DD); the day of the newest commit without it, which is then said"}};

}  // namespace

CommandSpec ShowCommand() {
  CommandSpec spec;
  spec.name = "show";
  spec.group = CommandGroup::kBrowse;
  spec.purpose = {"一个节点的全部情况：事实、属性、关系", "all that is known of one node: facts, attributes, ties"};
  spec.positionals = {StorePositional(), {"NODE", {"节点，例如 org:1000003", "a node, e.g. org:1000003"}}};
  spec.options = {{&kBrowseDateOption}, {&kRecordedOption}};
  spec.example = "jiceng show demo.jiceng person:1000000001 --date 2026-06-30";
  spec.example_output = {
      "[节点]\n"
      "项目  数值\n"
      "────  ──────\n"
      "名称  赵东明\n"
      "种类  人员\n"
      "\n"
      "[事实]\n"
      "项目      数值\n"
      "────────  ──────────\n"
      "党员身份  正式党员\n"
      "在职      在职\n"
      "入党日期  1998-03-13\n"
      "转正日期  1999-03-13\n"
      "性别      男\n"
      "\n"
      "[关系]\n"
      "项目      数值       节点               起\n"
      "────────  ─────────  ─────────────────  ──────────\n"
      "组织关系  正式       org:1000004        2025-02-18\n"
      "工作单位             org:1000003        2022-01-01\n"
      "居住                 unit:320102008007  2016-11-25\n"
      "任职      书记 任命  org:1000001        2021-10-03\n"
      "任职      书记 选举  org:1000004        2024-07-22\n"
      "报到                 unit:320102008007  2020-10-11",
      "[Node]\n"
      "Item  Value\n"
      "────  ──────\n"
      "name  赵东明\n"
      "node  person\n"
      "\n"
      "[Facts]\n"
      "Item          Value\n"
      "────────────  ───────────\n"
      "party status  full member\n"
      "in service    in service\n"
      "joined on     1998-03-13\n"
      "full on       1999-03-13\n"
      "sex           male\n"
      "\n"
      "[Ties]\n"
      "Item         Value                Node               From\n"
      "───────────  ───────────────────  ─────────────────  ──────────\n"
      "affiliation  formal               org:1000004        2025-02-18\n"
      "employment                        org:1000003        2022-01-01\n"
      "residence                         unit:320102008007  2016-11-25\n"
      "appointment  secretary appointed  org:1000001        2021-10-03\n"
      "appointment  secretary elected    org:1000004        2024-07-22\n"
      "report                            unit:320102008007  2020-10-11"};
  spec.exits = {kDone, kBadUsage, kStoreTrouble};
  spec.run = RunShow;
  return spec;
}

CommandSpec TreeCommand() {
  CommandSpec spec;
  spec.name = "tree";
  spec.group = CommandGroup::kBrowse;
  spec.purpose = {"层级树：单元、其中的组织、各自的党员数",
                  "the tree: units, the organisations in them, members of each"};
  spec.positionals = {StorePositional(),
                      {"NODE", {"从哪个节点开始；不写则从最上面", "where to begin; the top without it"}, false, true}};
  spec.options = {{&kBrowseDateOption}, {&kDepthOption}, {&kUnitsOnlyOption}, {&kRecordedOption}};
  spec.example = "jiceng tree demo.jiceng --date 2026-06-30 --units-only";
  spec.example_output = {
      "名称                                  类别       党员  节点\n"
      "────────────────────────────────────  ────────  ─────  ─────────────────\n"
      "玄武区                                区县      44865  unit:320102\n"
      "├─ 梅园新村街道                       街道乡镇   6420  unit:320102002\n"
      "│  ├─ 大行宫社区居委会                社区村      362  unit:320102002002\n"
      "│  ├─ 大影壁社区居委会                社区村     1322  unit:320102002005\n"
      "…\n"
      "共 70 行\n"
      "只列到下 2 层；--depth 0 看到底",
      "Name                                  Kind       Members  Node\n"
      "────────────────────────────────────  ─────────  ───────  ─────────────────\n"
      "玄武区                                district     44865  unit:320102\n"
      "├─ 梅园新村街道                       street        6420  unit:320102002\n"
      "│  ├─ 大行宫社区居委会                community      362  unit:320102002002\n"
      "│  ├─ 大影壁社区居委会                community     1322  unit:320102002005\n"
      "…\n"
      "70 rows\n"
      "2 levels down; --depth 0 goes all the way"};
  spec.exits = {kDone, kBadUsage, kStoreTrouble};
  spec.run = RunTree;
  return spec;
}

CommandSpec SearchCommand() {
  CommandSpec spec;
  spec.name = "search";
  spec.group = CommandGroup::kBrowse;
  spec.purpose = {"按名称找节点", "find nodes by name"};
  spec.positionals = {StorePositional(), {"NAME", {"名称里的一段文字", "any part of the name"}}};
  spec.options = {{&kBrowseDateOption}, {&kLimitOption}, {&kRecordedOption}};
  spec.example = "jiceng search demo.jiceng 大石桥社区第十 --date 2026-06-30 --limit 3";
  spec.example_output = {
      "节点         名称                    类别    所在地\n"
      "───────────  ──────────────────────  ──────  ─────────────────\n"
      "org:1001064  大石桥社区第十党支部    党支部  unit:320102003011\n"
      "org:1001065  大石桥社区第十一党支部  党支部  unit:320102003011\n"
      "org:1001066  大石桥社区第十二党支部  党支部  unit:320102003011\n"
      "共 3 行\n"
      "只列了前 3 个；写得更具体些，或用 --limit 0",
      "Node         Name                    Kind          Place\n"
      "───────────  ──────────────────────  ────────────  ─────────────────\n"
      "org:1001064  大石桥社区第十党支部    Party branch  unit:320102003011\n"
      "org:1001065  大石桥社区第十一党支部  Party branch  unit:320102003011\n"
      "org:1001066  大石桥社区第十二党支部  Party branch  unit:320102003011\n"
      "3 rows\n"
      "the first 3 only; be more specific, or use --limit 0"};
  spec.exits = {{0, {"完成，找没找到都是", "done, found or not"}}, kBadUsage, kStoreTrouble};
  spec.run = RunSearch;
  return spec;
}

CommandSpec UpcomingCommand() {
  CommandSpec spec;
  spec.name = "upcoming";
  spec.group = CommandGroup::kAsk;
  spec.purpose = {"只因时间推移就会到期的事：换届、转正、关系起止、规则不再符合",
                  "what turns by time alone: terms, probation, ties, rules that are no longer met"};
  spec.positionals = {StorePositional()};
  spec.details = {
      "除台账写明的起止以外，也列出各条规则从哪一天起不再符合：报到期限、组织关系转移、延期、代理和借调期限、法律施行等"
      "。"
      "地方的期限用 --set 给值。--format ics 写成日历（RFC 5545），时间戳取 --recorded-at "
      "或最近一次提交，从不取当前时间。",
      "Besides what the ledgers date, the first day on which a rule is no longer met: report deadlines, transfers, "
      "extensions, acting posts and secondments, laws that come into force.  Local figures are given by --set.  "
      "--format ics writes a calendar (RFC 5545), stamped with --recorded-at or the newest commit, never with the "
      "clock."};
  spec.options = {{&kUntilOption, true}, {&kBrowseDateOption}, {&kUnderOption},      {&kRuleOption},
                  {&kSetOption},         {&kLimitOption},      {&kRecordedAtOption}, {&kRecordedOption}};
  spec.example = "jiceng upcoming demo.jiceng --date 2026-06-30 --until 2026-12-31 --limit 2";
  spec.example_output = {
      "日期        事项      节点         名称                        说明\n"
      "──────────  ────────  ───────────  ──────────────────────────  "
      "────────────────────────────────────────────────────────────────────────────────────\n"
      "2026-07-01  任期届满  org:1001118  大石桥社区第十一党支部      无届次记录，按书记任职 2023-07-01 起 3 年\n"
      "2026-07-01  将不符合  org:1001363  台城花园社区第四十二党支部  term.expired  "
      "任期 3 年，以书记任职推算已于 2026-06-30 届满，逾期 1 天（无届次记录）\n"
      "共 2 行",
      "Due         What           Node         Name                        Detail\n"
      "──────────  ─────────────  ───────────  ──────────────────────────  "
      "──────────────────────────────────────────────────────────\n"
      "2026-07-01  term ends      org:1001118  大石桥社区第十一党支部      no term on record: 3 years from the "
      "secretary's 2023-07-01\n"
      "2026-07-01  no longer met  org:1001363  台城花园社区第四十二党支部  term.expired  the term of 3 years, counted "
      "from the secretary's appointment, ended on 2026-06-30, 1 days ago (no term on record)\n"
      "2 rows"};
  spec.exits = {kDone, kBadUsage, kStoreTrouble};
  spec.calendar = true;
  spec.run = RunUpcoming;
  return spec;
}

}  // namespace jiceng::cli
