#include "cli/args.h"

#include <algorithm>
#include <cstdlib>

#include "cli/help.h"
#include "cli/moment.h"
#include "cli/options.h"
#include "cli/suggest.h"

namespace jiceng::cli {
namespace {

constexpr Text kUnknownOption = {"没有选项 {0}", "there is no option {0}"};
constexpr Text kOptionNotHere = {"命令 {1} 没有选项 {0}", "the command {1} has no option {0}"};
constexpr Text kUnknownCommand = {"没有命令 {0}", "there is no command {0}"};
constexpr Text kDidYouMean = {"；是不是 {0}？", "; did you mean {0}?"};
constexpr Text kSeeHelp = {"；见 jiceng {0} --help", "; see jiceng {0} --help"};
constexpr Text kSeeOverview = {"；运行 jiceng help 看全部命令", "; run jiceng help for the list of commands"};
constexpr Text kNoValue = {"选项 --{0} 后面要写值：--{0} {1}", "the option --{0} needs a value: --{0} {1}"};
constexpr Text kFlagWithValue = {"选项 --{0} 不带值", "the option --{0} takes no value"};
constexpr Text kTwice = {"选项 --{0} 写了两次，只能写一次", "the option --{0} is given twice; once is enough"};
constexpr Text kNoCommand = {"没有写命令", "no command given"};
constexpr Text kBadDate = {"--{0} 的值 {1} 不是日期；写成 YYYY-MM-DD，例如 2026-06-30，且这一天须真实存在",
                           "the value {1} of --{0} is no date; write YYYY-MM-DD, e.g. 2026-06-30, a day that exists"};
constexpr Text kBadTime = {"--{0} 的值 {1} 不是时间；写成 2026-06-30T08:00:00+08:00 或 2026-06-30",
                           "the value {1} of --{0} is no time; write 2026-06-30T08:00:00+08:00 or 2026-06-30"};
constexpr Text kBadSeqOrTime = {"--{0} 的值 {1} 既不是提交序号（1 起）也不是时间；写成 12 或 2026-06-30T08:00:00+08:00",
                                "the value {1} of --{0} is neither a commit's number (from 1) nor a time; write 12 or "
                                "2026-06-30T08:00:00+08:00"};
constexpr Text kBadCount = {"--{0} 的值 {1} 不是非负整数", "the value {1} of --{0} is not a whole number of 0 or more"};
constexpr Text kBadSetting = {"--{0} 的值 {1} 要写成 参数=值，例如 report.deadline_days=30",
                              "the value {1} of --{0} must be PARAM=VALUE, e.g. report.deadline_days=30"};
constexpr Text kBadChoice = {"--{0} 不能是 {1}；可用：{2}", "--{0} cannot be {1}; it is one of {2}"};
constexpr Text kBadPositional = {"{0} 不能是 {1}；可用：{2}", "{0} cannot be {1}; it is one of {2}"};
constexpr Text kMissingPositional = {"缺少 {0}（{1}）；用法：{2}", "{0} ({1}) is missing; usage: {2}"};
constexpr Text kTooMany = {"多出了 {0}；用法：{1}", "{0} is one too many; usage: {1}"};
constexpr Text kNoCalendar = {"{0} 写不成日历；--format ics 只用于 upcoming",
                              "{0} writes no calendar; --format ics goes with upcoming"};
constexpr Text kMissingOption = {"缺少 --{0} {1}：{2}", "--{0} {1} is missing: {2}"};
constexpr Text kEmptyText = {"--{0} 的值是空的", "the value of --{0} is empty"};

const OptionSpec* FindOption(const std::vector<CommandSpec>& commands, std::string_view name) {
  for (const OptionSpec* option : CommonOptions()) {
    if (option->name == name) return option;
  }
  for (const CommandSpec& command : commands) {
    for (const OptionUse& use : command.options) {
      if (use.option->name == name) return use.option;
    }
  }
  return nullptr;
}

// By name: one name may be told differently in two commands (`--date` of an import), never take another kind of value.
bool Accepts(const CommandSpec& command, std::string_view name) {
  auto named = [&](const OptionSpec* option) { return option->name == name; };
  const std::vector<const OptionSpec*> common = CommonOptions();
  return std::any_of(common.begin(), common.end(), named) ||
         std::any_of(command.options.begin(), command.options.end(),
                     [&](const OptionUse& use) { return named(use.option); });
}

std::string Join(const Words& words) {
  std::string out;
  for (const char* word : words) {
    if (!out.empty()) out.append(" ");
    out.append(word);
  }
  return out;
}

bool IsDigits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::string DidYouMean(std::string_view word, const std::vector<std::string_view>& known, std::string_view dashes,
                       Lang lang) {
  const std::string nearest = Nearest(word, known);
  return nearest.empty() ? "" : Fill(kDidYouMean.In(lang), {std::string(dashes) + nearest});
}

std::vector<std::string_view> OptionNames(const CommandSpec* command, const std::vector<CommandSpec>& commands) {
  std::vector<std::string_view> names;
  for (const OptionSpec* option : CommonOptions()) names.emplace_back(option->name);
  for (const CommandSpec& each : commands) {
    if (command != nullptr && &each != command) continue;
    for (const OptionUse& use : each.options) names.emplace_back(use.option->name);
  }
  return names;
}

// The command a line is about, wherever it stands: for suggestions when the options before it cannot be read.
const CommandSpec* CommandOf(const std::vector<std::string>& args, const std::vector<CommandSpec>& commands) {
  for (const std::string& arg : args) {
    for (const CommandSpec& command : commands) {
      if (arg == command.name) return &command;
    }
  }
  return nullptr;
}

// "" when the value is well formed.
std::string CheckValue(const OptionSpec& option, const std::string& value, Lang lang) {
  switch (option.kind) {
    case ValueKind::kNone:
      return "";
    case ValueKind::kText:
      return value.empty() ? Fill(kEmptyText.In(lang), {option.name}) : "";
    case ValueKind::kDate:
      return ParseDate(value).has_value() ? "" : Fill(kBadDate.In(lang), {option.name, value});
    case ValueKind::kTime:
      return ParseTime(value, BareDate::kStartOfDay).has_value() ? "" : Fill(kBadTime.In(lang), {option.name, value});
    case ValueKind::kSeqOrTime: {
      const bool seq = IsDigits(value) && value.size() <= 18 && std::strtoll(value.c_str(), nullptr, 10) > 0;
      const bool good = seq || ParseTime(value, BareDate::kEndOfDay).has_value();
      return good ? "" : Fill(kBadSeqOrTime.In(lang), {option.name, value});
    }
    case ValueKind::kCount:
      return IsDigits(value) && value.size() <= 18 ? "" : Fill(kBadCount.In(lang), {option.name, value});
    case ValueKind::kSetting: {
      const size_t equals = value.find('=');
      const bool good = equals != std::string::npos && equals > 0 && equals + 1 < value.size();
      return good ? "" : Fill(kBadSetting.In(lang), {option.name, value});
    }
    case ValueKind::kChoice: {
      if (option.choices.Has(value)) return "";
      return Fill(kBadChoice.In(lang), {option.name, value, Join(option.choices)}) +
             DidYouMean(value, {option.choices.begin(), option.choices.end()}, "", lang);
    }
  }
  return "";
}

// "" when the command's positionals and options are all there.
std::string CheckInvocation(const Invocation& invocation, Lang lang) {
  const CommandSpec& command = *invocation.command;
  const std::string usage = UsageLine(command);
  size_t next = 0;
  for (const PositionalSpec& spec : command.positionals) {
    if (next >= invocation.positionals.size()) {
      if (spec.optional) break;
      return Fill(kMissingPositional.In(lang), {spec.name, spec.help.In(lang), usage});
    }
    const std::string& value = invocation.positionals[next];
    if (spec.choices.size > 0 && !spec.choices.Has(value)) {
      return Fill(kBadPositional.In(lang), {spec.name, value, Join(spec.choices)}) +
             DidYouMean(value, {spec.choices.begin(), spec.choices.end()}, "", lang);
    }
    next = spec.repeatable ? invocation.positionals.size() : next + 1;
  }
  if (next < invocation.positionals.size()) return Fill(kTooMany.In(lang), {invocation.positionals[next], usage});
  for (const OptionUse& use : command.options) {
    if (!use.required || invocation.Has(use.option->name)) continue;
    const Text& told = use.option->missing.empty() ? use.option->help : use.option->missing;
    return Fill(kMissingOption.In(lang), {use.option->name, use.option->placeholder, told.In(lang)});
  }
  if (invocation.Value("format") == "ics" && !command.calendar) return Fill(kNoCalendar.In(lang), {command.name});
  return "";
}

}  // namespace

bool Words::Has(std::string_view word) const {
  return std::any_of(begin(), end(), [&](const char* each) { return word == each; });
}

const std::string& Invocation::Value(std::string_view option) const {
  static const std::string& none = *new std::string;
  const auto found = values_.find(option);
  return found == values_.end() ? none : found->second.back();
}

const std::vector<std::string>& Invocation::Values(std::string_view option) const {
  static const std::vector<std::string>& none = *new std::vector<std::string>;
  const auto found = values_.find(option);
  return found == values_.end() ? none : found->second;
}

int32_t Invocation::Date(std::string_view option) const { return ParseDate(Value(option)).value_or(0); }

int64_t Invocation::Count(std::string_view option, int64_t otherwise) const {
  return Has(option) ? std::strtoll(Value(option).c_str(), nullptr, 10) : otherwise;
}

Lang LangOf(const std::vector<std::string>& args) {
  for (size_t i = 0; i < args.size() && args[i] != "--"; ++i) {
    if (args[i] == "--lang=en" || (args[i] == "--lang" && i + 1 < args.size() && args[i + 1] == "en")) return Lang::kEn;
  }
  return Lang::kZh;
}

bool ParseArgs(const std::vector<std::string>& args, const std::vector<CommandSpec>& commands, Lang lang,
               Invocation* out, std::string* error) {
  std::vector<const OptionSpec*> given;  // in order, for the complaint about the first one the command does not take
  std::vector<std::string> words;
  bool options_over = false;
  for (size_t i = 0; i < args.size(); ++i) {
    const std::string& arg = args[i];
    if (options_over || arg == "-" || arg.empty() || arg[0] != '-') {
      words.push_back(arg);
      continue;
    }
    if (arg == "--") {
      options_over = true;
      continue;
    }
    const bool is_long = arg.size() > 2 && arg[1] == '-';
    const size_t equals = is_long ? arg.find('=') : std::string::npos;
    const std::string name = arg == "-h" ? "help"
                             : is_long   ? arg.substr(2, equals == std::string::npos ? equals : equals - 2)
                                         : "";
    const OptionSpec* option = FindOption(commands, name);
    if (option == nullptr) {
      const CommandSpec* command = CommandOf(args, commands);
      const std::string shown = is_long ? "--" + name : arg;
      *error = Fill(kUnknownOption.In(lang), {shown}) +
               DidYouMean(is_long ? name : arg.substr(1), OptionNames(command, commands), "--", lang);
      if (command != nullptr) error->append(Fill(kSeeHelp.In(lang), {command->name}));
      return false;
    }
    std::string value;
    if (option->kind == ValueKind::kNone) {
      if (equals != std::string::npos) {
        *error = Fill(kFlagWithValue.In(lang), {option->name});
        return false;
      }
    } else if (equals != std::string::npos) {
      value = arg.substr(equals + 1);
    } else {
      // "--under --date" is a forgotten value, not a node called "--date".
      const bool forgotten = i + 1 >= args.size() || (args[i + 1].size() > 2 && args[i + 1].compare(0, 2, "--") == 0);
      if (forgotten) {
        *error = Fill(kNoValue.In(lang), {option->name, option->placeholder});
        return false;
      }
      value = args[++i];
    }
    if (option == &kHelpOption) {
      out->help = true;
      continue;
    }
    if (option == &kVersionOption) {
      out->version = true;
      continue;
    }
    if (!option->repeatable && out->Has(option->name)) {
      *error = Fill(kTwice.In(lang), {option->name});
      return false;
    }
    *error = CheckValue(*option, value, lang);
    if (!error->empty()) return false;
    given.push_back(option);
    out->Add(option->name, std::move(value));
  }
  if (words.empty()) {
    if (out->help || out->version) return true;
    *error = std::string(kNoCommand.In(lang)) + kSeeOverview.In(lang);
    return false;
  }
  for (const CommandSpec& command : commands) {
    if (words[0] == command.name) out->command = &command;
  }
  if (out->command == nullptr) {
    std::vector<std::string_view> names;
    names.reserve(commands.size());
    for (const CommandSpec& command : commands) names.emplace_back(command.name);
    *error = Fill(kUnknownCommand.In(lang), {words[0]}) + DidYouMean(words[0], names, "", lang) + kSeeOverview.In(lang);
    return false;
  }
  out->positionals.assign(words.begin() + 1, words.end());
  if (out->help || out->version) return true;
  for (const OptionSpec* option : given) {
    if (Accepts(*out->command, option->name)) continue;
    *error = Fill(kOptionNotHere.In(lang), {std::string("--") + option->name, out->command->name}) +
             DidYouMean(option->name, OptionNames(out->command, commands), "--", lang) +
             Fill(kSeeHelp.In(lang), {out->command->name});
    return false;
  }
  *error = CheckInvocation(*out, lang);
  return error->empty();
}

}  // namespace jiceng::cli
