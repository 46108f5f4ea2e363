// Questions with one answer each: count, rollup, list, under.
#include <algorithm>
#include <iterator>
#include <utility>

#include "cli/commands/commands.h"
#include "cli/csv_output.h"
#include "cli/opening.h"
#include "cli/options.h"

namespace jiceng::cli {
namespace {

// Whether a list has an option.
enum class Takes { kNo, kMay, kMust };
struct ListSpec {
  const char* name;
  Takes role, where, gaps;
};
constexpr const char* kLists[] = {"unreported", "register", "cross-appointments", "officers", "posts", "pairings"};
constexpr ListSpec kListSpecs[] = {
    {"unreported", Takes::kNo, Takes::kNo, Takes::kNo},         {"register", Takes::kNo, Takes::kNo, Takes::kNo},
    {"cross-appointments", Takes::kNo, Takes::kNo, Takes::kNo}, {"officers", Takes::kMust, Takes::kMay, Takes::kNo},
    {"posts", Takes::kMust, Takes::kMust, Takes::kMay},         {"pairings", Takes::kNo, Takes::kNo, Takes::kNo}};

constexpr Text kNotForList = {"list {0} 不用 --{1}，用它的是：{2}", "list {0} takes no --{1}; these do: {2}"};
constexpr Text kIsUnder = {"{0} 在 {1} 之下。", "{0} is under {1}."};
constexpr Text kNotUnder = {"{0} 不在 {1} 之下。", "{0} is not under {1}."};

// The node as the store writes it: a code that has changed, or is padded with zeros, is told by the node's own id.
bool CanonicalNode(Context& context, const jiceng_snapshot* snapshot, const std::string& node, int32_t date,
                   std::string* out) {
  int64_t number = 0;
  if (!context.Call(Phase::kQuery, [&](jiceng_error** error) {
        return jiceng_find(snapshot, node.data(), node.size(), date, &number, error);
      })) {
    return false;
  }
  char buffer[160];
  const size_t length = jiceng_node_text(snapshot, number, buffer, sizeof(buffer));
  *out = length > 0 && length < sizeof(buffer) ? std::string(buffer, length) : node;
  return true;
}

// "members.full": 3 becomes {"members": {"full": 3}}.
Json Nested(const Grid& measures) {
  Json object = Json::object();
  const int name = measures.Find("measure"), value = measures.Find("value");
  for (int64_t r = 0; name >= 0 && value >= 0 && r < measures.rows(); ++r) {
    std::string path = measures.Plain(r, name);
    Json* place = &object;
    for (size_t dot = path.find('.'); dot != std::string::npos; dot = path.find('.')) {
      place = &(*place)[path.substr(0, dot)];
      path.erase(0, dot + 1);
    }
    (*place)[path] = measures.IsNull(r, value) ? Json(nullptr) : Json(measures.Integer(r, value));
  }
  return object;
}

int RunCount(Context& context) {
  Store store;
  Snapshot snapshot;
  Table table;
  std::string node;
  const int32_t date = context.args().Date("date");
  if (!OpenSnapshot(context, &snapshot, &store) ||
      !CanonicalNode(context, snapshot.get(), context.positional(1), date, &node) ||
      !context.Call(Phase::kQuery, [&](jiceng_error** error) {
        return jiceng_count(snapshot.get(), node.data(), node.size(), date, Out(table), error);
      })) {
    return context.failed();
  }
  const Grid grid = Grid::Of(table.get());
  if (context.format() != Format::kJson) {
    context.Print(grid);
    return kExitDone;
  }
  Json json = {{"node", node}, {"date", context.args().Value("date")}};
  json.update(Nested(grid));
  context.out().Line(ToLine(json));
  return kExitDone;
}

// 83.5% of numerator and denominator, rounded half up; both parts stand beside it.
std::string Percent(int64_t numerator, int64_t denominator) {
  const int64_t tenths = (numerator * 2000 + denominator) / (denominator * 2);
  return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10) + "%";
}

// `what` is the column that says what a node is: a unit's level, an organisation's kind.
Grid WithRates(const Grid& grid, const char* what, const Wording& wording) {
  const int node = grid.Find("node"), name = grid.Find("name"), is = grid.Find(what);
  const int numerator = grid.Find("numerator"), denominator = grid.Find("denominator");
  std::vector<Grid::OwnRow> rows;
  for (int64_t r = 0; r < grid.rows(); ++r) {
    auto cell = [&](int column) { return column < 0 ? "" : grid.Plain(r, column); };
    const bool ratio = denominator >= 0 && !grid.IsNull(r, denominator) && grid.Integer(r, denominator) > 0;
    rows.push_back({cell(node), cell(name), std::string(wording.Title(what, cell(is))), cell(numerator),
                    cell(denominator), ratio ? Percent(grid.Integer(r, numerator), grid.Integer(r, denominator)) : ""});
  }
  return Grid::Own({{"node", CellType::kText},
                    {"name", CellType::kText},
                    {what, CellType::kText},
                    {"numerator", CellType::kInteger},
                    {"denominator", CellType::kInteger},
                    {"rate", CellType::kInteger}},
                   std::move(rows));
}

constexpr OptionSpec kTerritoryOfOption = {
    "territory-of",
    "D2",
    ValueKind::kDate,
    {"并列按 D2 当日区划的数（YYYY-MM-DD）", "beside it the figures by the territory of D2 (YYYY-MM-DD)"}};

constexpr const char* kLines[] = {"party_line"};
constexpr OptionSpec kAlongOption = {
    "along",
    "LINE",
    ValueKind::kChoice,
    {"party_line：沿党组织隶属汇总到每个党组织", "party_line: at every organisation, along the Party line"},
    false,
    kLines};
constexpr Text kNotAlong = {"--along 不能与 --{0} 并用：它数的是组织，不是单元",
                            "--along counts at organisations and not at units: it takes no --{0}"};

int RunRollup(Context& context) {
  const Invocation& args = context.args();
  const bool along = args.Has("along");
  for (const OptionSpec* option : {&kLevelOption, &kTerritoryOfOption}) {
    if (along && args.Has(option->name)) return context.Fail(kExitUsage, Fill(context.Say(kNotAlong), {option->name}));
  }
  Store store;
  Snapshot snapshot;
  Table table;
  const bool across = args.Has("territory-of");
  if (!OpenSnapshot(context, &snapshot, &store) || !context.Call(Phase::kQuery, [&](jiceng_error** error) {
        if (along) {
          return jiceng_rollup_party_line(snapshot.get(), args.Value("indicator").c_str(), args.Date("date"),
                                          Out(table), error);
        }
        if (across) {
          return jiceng_rollup_across(snapshot.get(), args.Value("indicator").c_str(), OptionOrNull(context, "level"),
                                      args.Date("date"), args.Date("territory-of"), Out(table), error);
        }
        return jiceng_rollup(snapshot.get(), args.Value("indicator").c_str(), OptionOrNull(context, "level"),
                             args.Date("date"), Out(table), error);
      })) {
    return context.failed();
  }
  const Grid grid = Grid::Of(table.get());
  if (across) {
    context.Print(grid, grid, true);
  } else if (context.format() == Format::kTable) {
    const Grid shown = WithRates(grid, along ? "kind" : "level", context.wording());
    context.Print(shown, shown, true);
  } else if (along) {
    context.Print(grid, grid);
  } else {
    context.Print(grid.Select({"node", "numerator", "denominator"}), grid);
  }
  return kExitDone;
}

// The posts that somebody still has to be found for.
Grid Gaps(const Grid& posts) {
  const int state = posts.Find("state");
  std::vector<std::pair<std::string, CellType>> columns;
  for (const GridColumn& column : posts.columns()) columns.emplace_back(column.name, column.type);
  std::vector<Grid::OwnRow> rows;
  for (int64_t r = 0; r < posts.rows(); ++r) {
    const std::string is = posts.Plain(r, state);
    if (is != "vacant" && is != "also") continue;
    rows.emplace_back();
    for (int c = 0; c < static_cast<int>(columns.size()); ++c)
      rows.back().push_back(posts.IsNull(r, c) ? std::optional<std::string>() : posts.Plain(r, c));
  }
  return Grid::Own(columns, std::move(rows));
}

// Lists as one text each, an empty one as nothing.
Grid WithoutLists(const Grid& grid) {
  std::vector<std::pair<std::string, CellType>> columns;
  for (const GridColumn& column : grid.columns())
    columns.emplace_back(column.name, column.type == CellType::kTextList ? CellType::kText : column.type);
  std::vector<Grid::OwnRow> rows(static_cast<size_t>(grid.rows()));
  for (int64_t r = 0; r < grid.rows(); ++r) {
    for (int c = 0; c < static_cast<int>(columns.size()); ++c) {
      const std::string text = grid.Plain(r, c);
      const bool none =
          grid.IsNull(r, c) || (grid.columns()[static_cast<size_t>(c)].type == CellType::kTextList && text.empty());
      rows[static_cast<size_t>(r)].push_back(none ? std::optional<std::string>() : text);
    }
  }
  return Grid::Own(columns, std::move(rows));
}

int RunList(Context& context) {
  const Invocation& args = context.args();
  const std::string& what = context.positional(1);
  const std::string& node = args.Value("under");
  const int32_t date = args.Date("date");
  const auto list = std::find_if(std::begin(kListSpecs), std::end(kListSpecs),
                                 [&](const ListSpec& spec) { return what == spec.name; });
  const std::pair<const OptionSpec*, Takes ListSpec::*> options[] = {
      {&kRoleOption, &ListSpec::role}, {&kWhereOption, &ListSpec::where}, {&kGapsOption, &ListSpec::gaps}};
  for (const auto& [option, takes] : options) {
    const bool has = args.Has(option->name);
    if (list->*takes == Takes::kMust && !has) return context.Fail(kExitUsage, context.Say(option->missing));
    if (list->*takes != Takes::kNo || !has) continue;
    std::string others;
    for (const ListSpec& spec : kListSpecs) {
      if (spec.*takes != Takes::kNo) others += (others.empty() ? "" : ", ") + std::string(spec.name);
    }
    return context.Fail(kExitUsage, Fill(context.Say(kNotForList), {what, option->name, others}));
  }
  Store store;
  Snapshot snapshot;
  Table table;
  if (!OpenSnapshot(context, &snapshot, &store)) return context.failed();
  const bool done = context.Call(Phase::kQuery, [&](jiceng_error** error) {
    if (what == "unreported")
      return jiceng_list_unreported(snapshot.get(), node.data(), node.size(), date, Out(table), error);
    if (what == "officers") {
      return jiceng_list_officers_at(snapshot.get(), node.data(), node.size(), args.Value("role").c_str(),
                                     args.Has("where") ? args.Value("where").c_str() : nullptr, date, Out(table),
                                     error);
    }
    if (what == "posts") {
      return jiceng_list_posts(snapshot.get(), node.data(), node.size(), args.Value("role").c_str(),
                               args.Value("where").c_str(), date, Out(table), error);
    }
    if (what == "register") {
      return jiceng_list_register(snapshot.get(), node.data(), node.size(), date, 0, context.library_lang(), Out(table),
                                  error);
    }
    if (what == "pairings")
      return jiceng_list_pairings(snapshot.get(), node.data(), node.size(), date, Out(table), error);
    return jiceng_list_cross_appointments(snapshot.get(), node.data(), node.size(), date, Out(table), error);
  });
  if (!done) return context.failed();
  Grid all = Grid::Of(table.get());
  if (args.Has("gaps")) all = Gaps(all);
  if (args.Count("limit", 0) > 0) all = all.Slice(0, args.Count("limit", 0));
  if (what == "register") {
    all = WithoutLists(all);
    context.Print(all.Select({"node", "employer", "community", "register_no", "reported_on", "posts", "services",
                              "hours", "fed_back_on", "form", "used_for", "moved_on", "state_title", "matter"}),
                  all.Select({"name", "employer_name", "community", "register_no", "reported_on", "posts", "services",
                              "hours", "fed_back_on", "form", "used_for_title", "moved_on", "state_title"})
                      .Rename("used_for_title", "used_for"),
                  true);
    return kExitDone;
  }
  const Grid contract = what == "unreported" ? all.Select({"node"})
                        : what == "officers" ? all.Select({"node", "body", "role", "from"})
                        : what == "posts"    ? all.Without({"name", "holder_name"})
                        : what == "pairings" ? all.Without({"name", "other_name"})
                                             : all.Select({"node", "community", "kinds"});
  context.Print(contract, all);
  return kExitDone;
}

int RunUnder(Context& context) {
  const Invocation& args = context.args();
  const std::string& node = context.positional(1);
  const std::string& ancestor = context.positional(2);
  Store store;
  Snapshot snapshot;
  Table path;
  if (!OpenSnapshot(context, &snapshot, &store) || !context.Call(Phase::kQuery, [&](jiceng_error** error) {
        return jiceng_path(snapshot.get(), node.data(), node.size(), ancestor.data(), ancestor.size(),
                           args.Date("date"), OptionOrNull(context, "via"), Out(path), error);
      })) {
    return context.failed();
  }
  const Grid grid = Grid::Of(path.get());
  const bool under = grid.rows() > 0;
  switch (context.format()) {
    case Format::kJson: {
      Json json = {{"under", under}, {"path", Json::array()}};
      for (int64_t r = 0; r < grid.rows(); ++r) json["path"].push_back(grid.Plain(r, grid.Find("node")));
      context.out().Line(ToLine(json));
      break;
    }
    case Format::kCsv:
      WriteCsv(grid, &context.out());
      break;
    case Format::kCalendar:
    case Format::kTable:
      context.out().Line(Fill(context.Say(under ? kIsUnder : kNotUnder), {node, ancestor}));
      if (under) context.PrintTableOnly(grid);
      break;
  }
  return kExitDone;
}

}  // namespace

CommandSpec CountCommand() {
  CommandSpec spec;
  spec.name = "count";
  spec.group = CommandGroup::kAsk;
  spec.purpose = {"数一个节点下有多少党员和组织", "how many members and organisations a node has"};
  spec.details = {"单位按所在地向下数；组织按党组织隶属向下数。一个人只数一次。",
                  "A unit counts downwards by seat, an organisation by party_line.  People count once."};
  spec.positionals = {
      StorePositional(),
      {"NODE", {"节点，例如 unit:320102002 或 org:1000001", "a node, e.g. unit:320102002 or org:1000001"}}};
  spec.options = {{&kDateOption, true}, {&kRecordedOption}};
  spec.example = "jiceng count demo.jiceng unit:320102002 --date 2026-06-30";
  spec.example_output = {
      "项目      数值\n"
      "────────  ────\n"
      "正式党员  6137\n"
      "预备党员   283\n"
      "治理单元   124\n"
      "网格       115\n"
      "组织       598\n"
      "支部       341\n"
      "共 6 行",
      "Measure               Value\n"
      "────────────────────  ─────\n"
      "full members           6137\n"
      "probationary members    283\n"
      "units                   124\n"
      "grids                   115\n"
      "organisations           598\n"
      "branches                341\n"
      "6 rows"};
  spec.exits = {kDone, kBadUsage, kStoreTrouble};
  spec.run = RunCount;
  return spec;
}

CommandSpec RollupCommand() {
  CommandSpec spec;
  spec.name = "rollup";
  spec.group = CommandGroup::kAsk;
  spec.purpose = {"一个指标在各级治理单元、各级党组织上的数",
                  "an indicator at every unit, or every Party organisation"};
  spec.details = {
      "  members.full  正式党员：有在册正式组织关系、所在支部位于该单元之下的人数\n"
      "  report.rate   报到率：住在该单元之下的在职党员中，已向居住社区报到的人数\n"
      "  事项的        report.feedback-rate report.hours report.posts-claimed case.on-time-rate\n"
      "                case.whistle-on-time\n"
      "  规则编号      适用对象中符合的个数，例如 cross.secretary-not-director（一肩挑）、\n"
      "                grid.party-uncovered（覆盖）\n"
      "--territory-of D2：同一日的数，按当日区划和按 D2 的区划并列；撤并、拆分的单元不能对应，写明而不推断。\n"
      "--along party_line：汇总到每个党组织及其上级，每人每个对象各计一次：党组织计在自身，党员按正式组织关系，\n"
      "单元和其他组织按覆盖关系（本身没有的，依所在单元、上级单元），事项按指标写明的一方；都没有的不计。",
      "  members.full  full members with an open formal affiliation to a Party organisation seated below\n"
      "  report.rate   in-service members living below, those of them reported to their community\n"
      "  over matters  report.feedback-rate report.hours report.posts-claimed case.on-time-rate\n"
      "                case.whistle-on-time\n"
      "  a rule's id   those that meet it of the nodes it governs: cross.secretary-not-director,\n"
      "                grid.party-uncovered\n"
      "--territory-of D2: the figures of one day, by its own territory and by that of D2; units that\n"
      "were merged or divided cannot be mapped, which is said and not guessed.\n"
      "--along party_line: at every Party organisation and all above it, once each: a Party organisation at\n"
      "itself, a person by the formal affiliation, units and other bodies by who covers them (else the unit\n"
      "they lie on, or one above), a matter by the part its indicator names; what belongs to none is not counted."};
  spec.positionals = {StorePositional()};
  spec.options = {{&kIndicatorOption, true}, {&kDateOption, true},  {&kLevelOption},
                  {&kAlongOption},           {&kTerritoryOfOption}, {&kRecordedOption}};
  spec.example = "jiceng rollup demo.jiceng --indicator report.rate --level street --date 2026-06-30";
  spec.example_output = {
      "节点            名称                    层级      分子  分母   比率\n"
      "──────────────  ──────────────────────  ────────  ────  ────  ─────\n"
      "unit:320102002  梅园新村街道            街道乡镇  2308  2868  80.5%\n"
      "unit:320102003  新街口街道              街道乡镇  1929  2407  80.1%\n"
      "…\n"
      "共 8 行",
      "Node            Name                    Level   Numerator  Denominator   Rate\n"
      "──────────────  ──────────────────────  ──────  ─────────  ───────────  ─────\n"
      "unit:320102002  梅园新村街道            street       2308         2868  80.5%\n"
      "unit:320102003  新街口街道              street       1929         2407  80.1%\n"
      "…\n"
      "8 rows"};
  spec.exits = {kDone,
                {2, {"命令写错，或没有这个指标", "the command line is wrong, or there is no such indicator"}},
                kStoreTrouble};
  spec.run = RunRollup;
  return spec;
}

CommandSpec ListCommand() {
  CommandSpec spec;
  spec.name = "list";
  spec.group = CommandGroup::kAsk;
  spec.purpose = {"名单：未报到的在职党员、报到台账、交叉任职的人、某一岗位的人和空缺、结对",
                  "lists: who has not reported, posts across bodies, who holds a role, vacancies, pairings"};
  spec.details = {
      "  unreported          住在此处、尚未向居住社区报到的在职党员\n"
      "  register            已报到在职党员台账，按报到先后：岗位、服务次数和时数、反馈、搬离\n"
      "  cross-appointments  在同一社区两类以上机构任职的人\n"
      "  officers            担任某一岗位的人（要写 --role；--where 只看某一层级的单元或某一类组织）\n"
      "  posts               某一岗位的任职与空缺，一个节点一行（要写 --role、--where）：\n"
      "                      空缺、专任、另有更早岗位、多人\n"
      "  pairings            结对的组织，层次由当天双方的联盟和所在地推出",
      "  unreported          in-service members living there without a report to their community\n"
      "  register            members who have reported, in that order: posts, services, hours, feedback, moves\n"
      "  cross-appointments  people with posts in two or more kinds of body of one community\n"
      "  officers            who holds a role (needs --role; --where: of units of a level or organisations of a kind "
      "only)\n"
      "  posts               the posts of a role, one row for each node that has one (needs --role, --where):\n"
      "                      vacant, own, held beside an earlier one, several holders\n"
      "  pairings            paired organisations; the tier follows from their alliances and seats on the day"};
  spec.positionals = {StorePositional(),
                      {"WHAT",
                       {"unreported、register、cross-appointments、officers、posts 或 pairings",
                        "unreported, register, cross-appointments, officers, posts or pairings"},
                       false,
                       false,
                       kLists}};
  spec.options = {{&kUnderOption, true}, {&kDateOption, true}, {&kRoleOption},    {&kWhereOption},
                  {&kGapsOption},        {&kLimitOption},      {&kRecordedOption}};
  spec.example = "jiceng list demo.jiceng officers --role director --under unit:320102002 --date 2026-06-30 --limit 2";
  spec.example_output = {
      "节点               名称    机构         机构名称                  岗位  任职方式  起\n"
      "─────────────────  ──────  ───────────  ────────────────────────  ────  ────────  ──────────\n"
      "person:1000000910  莫琳雪  org:1000099  梅园新村街道党群服务中心  主任  任命      2023-06-15\n"
      "person:1000002145  陈茜玲  org:1000262  大行宫社区居民委员会      主任  选举      2025-07-23\n"
      "共 2 行",
      "Node               Name    Body         Body name                 Role      Manner     From\n"
      "─────────────────  ──────  ───────────  ────────────────────────  ────────  ─────────  ──────────\n"
      "person:1000000910  莫琳雪  org:1000099  梅园新村街道党群服务中心  director  appointed  2023-06-15\n"
      "person:1000002145  陈茜玲  org:1000262  大行宫社区居民委员会      director  elected    2025-07-23\n"
      "2 rows"};
  spec.exits = {kDone, kBadUsage, kStoreTrouble};
  spec.run = RunList;
  return spec;
}

CommandSpec UnderCommand() {
  CommandSpec spec;
  spec.name = "under";
  spec.group = CommandGroup::kAsk;
  spec.purpose = {"一个节点在不在另一个之下，经由哪条路径", "whether a node is under another, and by which way"};
  spec.details = {"单元看属地层级；组织看所在地或党组织隶属；人员看居住地或正式组织关系。节点在自己之下。",
                  "Units go by territory, organisations by seat or party_line, people by residence or formal "
                  "affiliation.  A node is under itself."};
  spec.positionals = {StorePositional(),
                      {"NODE", {"问的节点", "the node asked about"}},
                      {"ANCESTOR", {"上面的节点", "the node above"}}};
  spec.options = {{&kDateOption, true}, {&kViaOption}, {&kRecordedOption}};
  spec.example = "jiceng under demo.jiceng person:1000000001 unit:320102 --date 2026-06-30";
  spec.example_output = {
      "person:1000000001 在 unit:320102 之下。\n"
      "节点\n"
      "─────────────────\n"
      "person:1000000001\n"
      "unit:320102008007\n"
      "unit:320102008\n"
      "unit:320102",
      "person:1000000001 is under unit:320102.\n"
      "Node\n"
      "─────────────────\n"
      "person:1000000001\n"
      "unit:320102008007\n"
      "unit:320102008\n"
      "unit:320102"};
  spec.exits = {{0, {"完成，无论在不在其下", "done, under or not"}}, kBadUsage, kStoreTrouble};
  spec.run = RunUnder;
  return spec;
}

}  // namespace jiceng::cli
