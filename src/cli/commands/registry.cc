#include "cli/commands/commands.h"

namespace jiceng::cli {

const std::vector<CommandSpec>& AllCommands() {
  static const auto& commands = *new std::vector<CommandSpec>{
      InitCommand(),     ImportCommand(),   SynthCommand(),    ApplyCommand(),  AuditCommand(),     ExplainCommand(),
      WhatifCommand(),   PolicyCommand(),   WaiveCommand(),    CountCommand(),  RollupCommand(),    ListCommand(),
      UnderCommand(),    UpcomingCommand(), MatterCommand(),   FormCommand(),   ReportCommand(),    ShowCommand(),
      TreeCommand(),     SearchCommand(),   LogCommand(),      VerifyCommand(), RevertCommand(),    EraseCommand(),
      BackupCommand(),   ExportCommand(),   OptimizeCommand(), RulesCommand(),  ProcedureCommand(), CodeCommand(),
      CalendarCommand(), HelpCommand(),
  };
  return commands;
}

}  // namespace jiceng::cli
