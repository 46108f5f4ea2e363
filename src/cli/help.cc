#include "cli/help.h"

#include <algorithm>

#include "cli/options.h"
#include "cli/width.h"

namespace jiceng::cli {
namespace {

constexpr Text kUsage = {"用法", "Usage"};
constexpr Text kArguments = {"参数", "Arguments"};
constexpr Text kOptions = {"选项", "Options"};
constexpr Text kExample = {"例", "Example"};
constexpr Text kExitCodes = {"退出码", "Exit codes"};
constexpr Text kRequired = {"（必填）", " (required)"};
constexpr Text kSentence = {
    "基层治理组织：台账导入，按日期体检，逐条说明依据",
    "the organisation of grassroots governance: ledgers in, dated checks with their clauses out"};
constexpr Text kOverviewUsage = {"jiceng 命令 库文件 … [选项]", "jiceng COMMAND STORE … [options]"};
constexpr Text kMore = {
    "jiceng help 命令（或 jiceng 命令 --help）有每个命令的用法、例子和退出码。",
    "jiceng help COMMAND, or jiceng COMMAND --help, has usage, an example and the exit codes of each."};
constexpr Text kFirstSteps = {"从这里开始", "To begin"};

struct GroupTitle {
  CommandGroup group;
  Text title;
};
constexpr GroupTitle kGroups[] = {
    {CommandGroup::kStart, {"建库与导入", "Getting data in"}},
    {CommandGroup::kAsk, {"体检与提问", "Checking and asking"}},
    {CommandGroup::kBrowse, {"浏览", "Looking around"}},
    {CommandGroup::kKeep, {"保管", "Keeping"}},
    {CommandGroup::kReference, {"不需要库", "Without a store"}},
};

constexpr ExitNote kAllExits[] = {
    {0,
     {"完成（有不符合项、“不在其下”、用了 --rejects 也算完成）",
      "done (findings, not being under, and --rejects are all done)"}},
    {1, {"变更被拒绝，库未改变", "the change was refused; the store is as it was"}},
    {2, {"命令写错：选项、日期、节点", "the command line is wrong: options, dates, nodes"}},
    {3, {"输入不合格，什么都没有收", "the input was rejected; nothing was kept"}},
    {4,
     {"库有问题：打不开、被占用、损坏、核验不过",
      "store trouble: cannot be opened, is held, damaged, or does not verify"}},
    {130, {"按 Ctrl-C 中断，什么都没有写入", "interrupted with Ctrl-C; nothing was kept"}},
};

// One entry of a two-column list: the term, and its text wrapped beside it.
struct Entry {
  std::string term, text;
};

// Breaks at spaces, and anywhere between Chinese characters.
void AppendWrapped(std::string_view text, int left, int width, std::string* out) {
  int column = left;
  size_t i = 0;
  while (i < text.size()) {
    size_t end = i + 1;
    const bool ascii = static_cast<unsigned char>(text[i]) < 0x80;
    if (ascii && text[i] != ' ') {
      while (end < text.size() && static_cast<unsigned char>(text[end]) < 0x80 && text[end] != ' ') ++end;
    } else if (!ascii) {
      while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) ++end;
    }
    const std::string_view piece = text.substr(i, end - i);
    i = end;
    // Closing punctuation does not begin a line.
    const bool hangs = piece == "，" || piece == "。" || piece == "；" || piece == "：" || piece == "、" ||
                       piece == "）" || piece == "”";
    const int piece_width = DisplayWidth(piece);
    if (column + piece_width > width && column > left && !hangs) {
      while (!out->empty() && out->back() == ' ') out->pop_back();
      out->push_back('\n');
      out->append(left, ' ');
      column = left;
      if (piece == " ") continue;
    }
    out->append(piece);
    column += piece_width;
  }
}

constexpr int kHelpWidth = 100;
constexpr int kWidestTerm = 26;

void AppendEntries(const std::vector<Entry>& entries, std::string* out) {
  int widest = 0;
  for (const Entry& entry : entries) {
    const int width = DisplayWidth(entry.term);
    if (width <= kWidestTerm) widest = std::max(widest, width);
  }
  const int left = 2 + widest + 2;
  for (const Entry& entry : entries) {
    out->append("  ").append(entry.term);
    int used = 2 + DisplayWidth(entry.term);
    if (used + 2 > left) {
      out->push_back('\n');
      used = 0;
    }
    out->append(left - used, ' ');
    AppendWrapped(entry.text, left, kHelpWidth, out);
    out->push_back('\n');
  }
}

void AppendHeading(const Text& heading, Lang lang, std::string* out) {
  out->append("\n").append(heading.In(lang)).append("\n");
}

// Each line moved in by two columns.
void AppendIndented(std::string_view text, std::string* out) {
  while (!text.empty()) {
    const size_t end = text.find('\n');
    const std::string_view line = text.substr(0, end);
    if (!line.empty()) out->append("  ").append(line);
    out->push_back('\n');
    if (end == std::string_view::npos) return;
    text.remove_prefix(end + 1);
  }
}

// Lines that are too long go on below where they began.
void AppendProse(std::string_view text, std::string* out) {
  while (!text.empty()) {
    const size_t end = text.find('\n');
    const std::string_view line = text.substr(0, end);
    const size_t left = std::min(line.find_first_not_of(' '), line.size());
    out->append(left, ' ');
    AppendWrapped(line.substr(left), static_cast<int>(left), kHelpWidth, out);
    out->push_back('\n');
    if (end == std::string_view::npos) return;
    text.remove_prefix(end + 1);
  }
}

std::string Term(const OptionSpec& option) {
  std::string term = std::string("--") + option.name;
  if (*option.placeholder != '\0') term.append(" ").append(option.placeholder);
  return term;
}

Entry OptionEntry(const OptionSpec& option, bool required, Lang lang) {
  return {Term(option), std::string(option.help.In(lang)) + (required ? kRequired.In(lang) : "")};
}

}  // namespace

namespace {

// The words of a usage line; an option and its value stay together when it is broken.
std::vector<std::string> UsageWords(const CommandSpec& command) {
  std::vector<std::string> words = {"jiceng", command.name};
  for (const PositionalSpec& spec : command.positionals) {
    std::string word = spec.name;
    if (spec.choices.size > 0) {
      word.clear();
      for (const char* choice : spec.choices) word.append(word.empty() ? "" : "|").append(choice);
    }
    if (spec.repeatable) word.append("…");
    words.push_back(spec.optional ? "[" + word + "]" : word);
  }
  for (const OptionUse& use : command.options) {
    const std::string term = Term(*use.option);
    words.push_back((use.required ? term : "[" + term + "]") + (use.option->repeatable ? "…" : ""));
  }
  return words;
}

void AppendUsage(const CommandSpec& command, std::string* out) {
  constexpr int kFirstLeft = 2, kLeft = 6;
  int column = 0;
  for (const std::string& word : UsageWords(command)) {
    const int width = DisplayWidth(word);
    if (column > 0 && column + 1 + width > kHelpWidth) {
      out->push_back('\n');
      out->append(kLeft, ' ');
      column = kLeft;
    } else {
      out->append(column == 0 ? kFirstLeft : 1, ' ');
      column += column == 0 ? kFirstLeft : 1;
    }
    out->append(word);
    column += width;
  }
  out->push_back('\n');
}

}  // namespace

std::string UsageLine(const CommandSpec& command) {
  std::string line;
  for (const std::string& word : UsageWords(command)) line.append(line.empty() ? "" : " ").append(word);
  return line;
}

std::string CommandHelp(const CommandSpec& command, Lang lang) {
  std::string out =
      std::string("jiceng ") + command.name + (lang == Lang::kZh ? "：" : ": ") + command.purpose.In(lang) + "\n";
  AppendHeading(kUsage, lang, &out);
  AppendUsage(command, &out);
  if (!command.details.empty()) {
    out.push_back('\n');
    AppendProse(command.details.In(lang), &out);
  }
  if (!command.positionals.empty()) {
    AppendHeading(kArguments, lang, &out);
    std::vector<Entry> entries;
    for (const PositionalSpec& spec : command.positionals) entries.push_back({spec.name, spec.help.In(lang)});
    AppendEntries(entries, &out);
  }
  AppendHeading(kOptions, lang, &out);
  std::vector<Entry> entries;
  for (const OptionUse& use : command.options) entries.push_back(OptionEntry(*use.option, use.required, lang));
  for (const OptionSpec* option : CommonOptions()) {
    if (option != &kVersionOption) entries.push_back(OptionEntry(*option, false, lang));
  }
  AppendEntries(entries, &out);
  AppendHeading(kExample, lang, &out);
  AppendIndented(std::string("$ ") + command.example, &out);
  AppendIndented(command.example_output.In(lang), &out);
  AppendHeading(kExitCodes, lang, &out);
  entries.clear();
  for (const ExitNote& exit : command.exits) entries.push_back({std::to_string(exit.code), exit.text.In(lang)});
  AppendEntries(entries, &out);
  return out;
}

std::string Overview(const std::vector<CommandSpec>& commands, Lang lang) {
  std::string out = std::string("jiceng") + (lang == Lang::kZh ? "：" : ": ") + kSentence.In(lang) + "\n";
  AppendHeading(kUsage, lang, &out);
  AppendIndented(kOverviewUsage.In(lang), &out);
  for (const GroupTitle& group : kGroups) {
    AppendHeading(group.title, lang, &out);
    std::vector<Entry> entries;
    for (const CommandSpec& command : commands) {
      if (command.group == group.group) entries.push_back({command.name, command.purpose.In(lang)});
    }
    AppendEntries(entries, &out);
  }
  AppendHeading(kFirstSteps, lang, &out);
  AppendIndented(
      "jiceng synth ledgers --division 320102 --members 45000\n"
      "jiceng init demo.jiceng\n"
      "jiceng import demo.jiceng ledgers\n"
      "jiceng audit demo.jiceng --date 2026-06-30\n",
      &out);
  AppendHeading(kOptions, lang, &out);
  std::vector<Entry> entries;
  for (const OptionSpec* option : CommonOptions()) entries.push_back(OptionEntry(*option, false, lang));
  AppendEntries(entries, &out);
  AppendHeading(kExitCodes, lang, &out);
  entries.clear();
  for (const ExitNote& exit : kAllExits) entries.push_back({std::to_string(exit.code), exit.text.In(lang)});
  AppendEntries(entries, &out);
  out.append("\n").append(kMore.In(lang)).append("\n");
  return out;
}

}  // namespace jiceng::cli
