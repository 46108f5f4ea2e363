// What a running command works with: its parsed line, where it prints and how it fails.
#ifndef JICENG_CLI_CONTEXT_H_
#define JICENG_CLI_CONTEXT_H_

#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "cli/args.h"
#include "cli/errors.h"
#include "cli/grid.h"
#include "cli/handles.h"
#include "cli/json_output.h"
#include "cli/output.h"
#include "cli/table_printer.h"
#include "cli/text.h"
#include "cli/wording.h"

namespace jiceng::cli {

enum class Format { kTable, kJson, kCsv, kCalendar };

// One per run of the program; one thread.
class Context {
 public:
  Context(Invocation invocation, Lang lang);

  const Invocation& args() const { return invocation_; }
  const std::string& positional(size_t i) const { return invocation_.positionals[i]; }
  Lang lang() const { return lang_; }
  int32_t library_lang() const { return static_cast<int32_t>(lang_); }
  Format format() const { return format_; }
  Output& out() { return out_; }
  const Terminal& error_terminal() const { return error_terminal_; }
  const Wording& wording();
  TableStyle style() const;
  const char* Say(const Text& text) const { return text.In(lang_); }

  // Prints `jiceng: message` on standard error and remembers the exit code, which it returns.
  int Fail(ExitCode code, std::string_view message);
  // The exit code of the last failure.
  int failed() const { return exit_code_; }
  // `jiceng: message` on standard error; not a failure.
  void Note(std::string_view message);

  // Makes a library call `status call(jiceng_error** out_error)`; false, with the error printed, when it fails.
  template <typename LibraryCall>
  bool Call(Phase phase, LibraryCall&& call) {
    Error error;
    const jiceng_status status = std::forward<LibraryCall>(call)(static_cast<jiceng_error**>(Out(error)));
    return status == JICENG_OK || Report(error, status, phase);
  }

  // Prints a grid in the format asked for, JSON and CSV whole, tables closed with the number of rows.  `table` may
  // differ in columns.
  void Print(const Grid& data, const Grid& table, bool hide_empty = false);
  void Print(const Grid& grid) { Print(grid, grid); }
  void PrintTableOnly(const Grid& grid, bool hide_empty = false);
  void PrintRowCount(int64_t rows);
  // One small object: a line of JSON, or a CSV of one row, or for people the sentence.
  void PrintFacts(const Json& facts, std::string_view sentence);

 private:
  bool Report(const Error& error, jiceng_status status, Phase phase);

  Invocation invocation_;
  Lang lang_;
  Format format_ = Format::kTable;
  Output out_;
  Terminal out_terminal_, error_terminal_;
  std::unique_ptr<Wording> wording_;
  int exit_code_ = kExitDone;
};

}  // namespace jiceng::cli

#endif  // JICENG_CLI_CONTEXT_H_
