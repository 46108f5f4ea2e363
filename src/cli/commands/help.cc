#include "cli/help.h"

#include "cli/commands/commands.h"
#include "cli/context.h"
#include "cli/suggest.h"

namespace jiceng::cli {
namespace {

constexpr Text kUnknown = {"没有命令 {0}", "there is no command {0}"};
constexpr Text kDidYouMean = {"；是不是 {0}？", "; did you mean {0}?"};
constexpr Text kSeeOverview = {"；运行 jiceng help 看全部命令", "; run jiceng help for the list of commands"};

int RunHelp(Context& context) {
  const std::vector<CommandSpec>& commands = AllCommands();
  if (context.args().positionals.empty()) {
    context.out().Write(Overview(commands, context.lang()));
    return kExitDone;
  }
  const std::string& wanted = context.positional(0);
  std::vector<std::string_view> names;
  for (const CommandSpec& command : commands) {
    if (wanted == command.name) {
      context.out().Write(CommandHelp(command, context.lang()));
      return kExitDone;
    }
    names.emplace_back(command.name);
  }
  const std::string nearest = Nearest(wanted, names);
  return context.Fail(kExitUsage, Fill(context.Say(kUnknown), {wanted}) +
                                      (nearest.empty() ? "" : Fill(context.Say(kDidYouMean), {nearest})) +
                                      context.Say(kSeeOverview));
}

}  // namespace

CommandSpec HelpCommand() {
  CommandSpec spec;
  spec.name = "help";
  spec.group = CommandGroup::kReference;
  spec.purpose = {"全部命令，或某个命令的用法与例子", "all commands, or one command's usage with an example"};
  spec.positionals = {{"COMMAND", {"命令名；不写则列出全部", "a command; all of them without it"}, false, true}};
  spec.example = "jiceng help count";
  spec.example_output = {"jiceng count：数一个节点下有多少党员和组织\n…",
                         "jiceng count: how many members and organisations a node has\n…"};
  spec.exits = {kDone, {2, {"没有这个命令", "no such command"}}};
  spec.run = RunHelp;
  return spec;
}

}  // namespace jiceng::cli
