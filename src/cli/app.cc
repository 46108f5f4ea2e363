#include "cli/app.h"

#include <jiceng/base.h>

#include <cstdio>

#include "cli/args.h"
#include "cli/commands/commands.h"
#include "cli/context.h"
#include "cli/help.h"

namespace jiceng::cli {
namespace {

constexpr Text kCannotWrite = {"标准输出写不进去（磁盘已满或管道已断）",
                               "standard output cannot be written (full disk, or a broken pipe)"};

}  // namespace

int Run(const std::vector<std::string>& args) {
  const std::vector<CommandSpec>& commands = AllCommands();
  const Lang lang = LangOf(args);
  Invocation invocation;
  std::string error;
  if (args.empty()) {
    std::fputs(Overview(commands, lang).c_str(), stderr);
    return kExitUsage;
  }
  if (!ParseArgs(args, commands, lang, &invocation, &error)) {
    std::fprintf(stderr, "jiceng: %s\n", error.c_str());
    return kExitUsage;
  }
  Context context(std::move(invocation), lang);
  int exit_code = kExitDone;
  if (context.args().version) {
    context.out().Line(std::string("jiceng ") + jiceng_version());
  } else if (context.args().help) {
    const CommandSpec* command = context.args().command;
    context.out().Write(command == nullptr ? Overview(commands, lang) : CommandHelp(*command, lang));
  } else {
    exit_code = context.args().command->run(context);
  }
  if (!context.out().Flush()) return context.Fail(kExitStore, context.Say(kCannotWrite));
  return exit_code;
}

}  // namespace jiceng::cli
