#include "cli/help.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

#include "cli/commands/commands.h"
#include "cli/width.h"

namespace jiceng::cli {
namespace {

using ::testing::HasSubstr;

TEST(Help, HasAllItsParts) {
  for (const CommandSpec& command : AllCommands()) {
    const std::string zh = CommandHelp(command, Lang::kZh), en = CommandHelp(command, Lang::kEn);
    for (const char* part : {"用法", "选项", "例", "退出码", "--format", "--lang"})
      EXPECT_THAT(zh, HasSubstr(part)) << command.name;
    for (const char* part : {"Usage", "Options", "Example", "Exit codes"})
      EXPECT_THAT(en, HasSubstr(part)) << command.name;
    EXPECT_THAT(zh, HasSubstr(std::string("$ jiceng ") + command.name));
  }
}

TEST(Help, OverviewNamesEveryCommand) {
  const std::string text = Overview(AllCommands(), Lang::kZh);
  for (const CommandSpec& command : AllCommands())
    EXPECT_THAT(text, HasSubstr(std::string("\n  ") + command.name + " ")) << command.name;
}

TEST(Help, UsageMarksWhatMayBeLeftOut) {
  EXPECT_EQ(UsageLine(UnderCommand()), "jiceng under STORE NODE ANCESTOR --date D [--via KIND] [--recorded SEQ|TIME]");
  EXPECT_EQ(UsageLine(CodeCommand()), "jiceng code CODE…");
}

TEST(Help, ProseFitsATerminal) {
  for (const CommandSpec& command : AllCommands()) {
    for (Lang lang : {Lang::kZh, Lang::kEn}) {
      const std::string help = CommandHelp(command, lang);
      std::istringstream lines(help.substr(0, help.find(command.example)));  // examples show what the screen would
      for (std::string line; std::getline(lines, line);)
        EXPECT_LE(DisplayWidth(line), 102) << command.name << ": " << line;
    }
  }
}

}  // namespace
}  // namespace jiceng::cli
