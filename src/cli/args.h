// The command line as a declared table: which commands there are, what each takes, and the one parser and help made
// from it.
#ifndef JICENG_CLI_ARGS_H_
#define JICENG_CLI_ARGS_H_

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "cli/text.h"

namespace jiceng::cli {

class Context;

// What an option's value must look like; checked before a command runs.
enum class ValueKind {
  kNone,       // a flag
  kText,       // not empty
  kDate,       // YYYY-MM-DD of a day that exists
  kTime,       // ISO 8601 (moment.h)
  kSeqOrTime,  // a commit's number, or a time
  kCount,      // a whole number, 0 or more
  kSetting,    // NAME=VALUE
  kChoice,     // one of `choices`
};

// A constant list of words.
struct Words {
  const char* const* data = nullptr;
  size_t size = 0;
  constexpr Words() = default;
  template <size_t kSize>
  constexpr Words(const char* const (&words)[kSize]) : data(words), size(kSize) {}  // NOLINT: meant to be implicit
  const char* const* begin() const { return data; }
  const char* const* end() const { return data + size; }
  bool Has(std::string_view word) const;
};

struct OptionSpec {
  const char* name;         // without the dashes
  const char* placeholder;  // of the value, as in "--date D"; "" for a flag
  ValueKind kind;
  Text help;
  bool repeatable = false;
  Words choices = {};
  Text missing = {};  // what to write, where a command requires it and it is not there
};

struct OptionUse {
  const OptionSpec* option;
  bool required = false;
};

struct PositionalSpec {
  const char* name;  // "STORE"
  Text help;
  bool repeatable = false;  // one or more; only the last may be
  bool optional = false;
  Words choices = {};
};

struct ExitNote {
  int code;
  Text text;
};

enum class CommandGroup { kStart, kAsk, kBrowse, kKeep, kReference };

struct CommandSpec {
  const char* name;
  CommandGroup group;
  Text purpose;       // one line
  Text details = {};  // paragraphs, or nothing
  std::vector<PositionalSpec> positionals;
  std::vector<OptionUse> options;  // besides --format, --lang and --help, which every command has
  const char* example;             // without the "$ "
  Text example_output;
  std::vector<ExitNote> exits;
  int (*run)(Context& context);
  bool calendar = false;  // whether --format ics makes sense
};

// One parsed and checked command line.  An option that is not there reads as "", 0 or none.
class Invocation {
 public:
  const CommandSpec* command = nullptr;
  bool help = false, version = false;
  std::vector<std::string> positionals;  // after the command's name

  void Add(std::string_view option, std::string value) { values_[std::string(option)].push_back(std::move(value)); }
  bool Has(std::string_view option) const { return values_.find(option) != values_.end(); }
  const std::string& Value(std::string_view option) const;
  const std::vector<std::string>& Values(std::string_view option) const;
  int32_t Date(std::string_view option) const;
  int64_t Count(std::string_view option, int64_t otherwise) const;

 private:
  std::map<std::string, std::vector<std::string>, std::less<>> values_;
};

// Reads a command line (without the program's name) against the table.  On false `*error` is one line telling what to
// write. Options may stand anywhere, `--option value` and `--option=value` are one; everything after `--` is
// positional.
bool ParseArgs(const std::vector<std::string>& args, const std::vector<CommandSpec>& commands, Lang lang,
               Invocation* out, std::string* error);

// The language asked for by the arguments, wherever it stands; Chinese otherwise.  For errors in the arguments
// themselves.
Lang LangOf(const std::vector<std::string>& args);

}  // namespace jiceng::cli

#endif  // JICENG_CLI_ARGS_H_
