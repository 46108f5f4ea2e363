// The commands, in groups; each file beside this one holds a few that belong together, with their help.
#ifndef JICENG_CLI_COMMANDS_COMMANDS_H_
#define JICENG_CLI_COMMANDS_COMMANDS_H_

#include <vector>

#include "cli/args.h"

namespace jiceng::cli {

CommandSpec InitCommand();
CommandSpec ImportCommand();
CommandSpec SynthCommand();
CommandSpec ApplyCommand();
CommandSpec PolicyCommand();
CommandSpec WaiveCommand();
CommandSpec AuditCommand();
CommandSpec ExplainCommand();
CommandSpec WhatifCommand();
CommandSpec CountCommand();
CommandSpec RollupCommand();
CommandSpec ListCommand();
CommandSpec UnderCommand();
CommandSpec UpcomingCommand();
CommandSpec MatterCommand();
CommandSpec FormCommand();
CommandSpec ReportCommand();
CommandSpec ShowCommand();
CommandSpec TreeCommand();
CommandSpec SearchCommand();
CommandSpec LogCommand();
CommandSpec VerifyCommand();
CommandSpec RevertCommand();
CommandSpec EraseCommand();
CommandSpec BackupCommand();
CommandSpec ExportCommand();
CommandSpec OptimizeCommand();
CommandSpec RulesCommand();
CommandSpec ProcedureCommand();
CommandSpec CodeCommand();
CommandSpec CalendarCommand();
CommandSpec HelpCommand();

// All of them, in the order of the overview.
const std::vector<CommandSpec>& AllCommands();

// The first positional of most commands.
inline PositionalSpec StorePositional() { return {"STORE", {"库文件", "the store's file"}}; }

// Exit codes as most commands mean them; a command lists those it can give.
inline constexpr ExitNote kDone = {0, {"完成", "done"}};
inline constexpr ExitNote kBadUsage = {
    2,
    {"命令写错：未知选项、日期不存在、节点不在库中",
     "the command line is wrong: unknown option, a day that does not exist, a node not in the store"}};
inline constexpr ExitNote kStoreTrouble = {
    4, {"库打不开、被占用或已损坏", "the store cannot be opened, is held by another program or is damaged"}};

}  // namespace jiceng::cli

#endif  // JICENG_CLI_COMMANDS_COMMANDS_H_
