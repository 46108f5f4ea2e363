#include "cli/args.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <string>

#include "cli/commands/commands.h"

namespace jiceng::cli {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

struct Parsed {
  bool good;
  Invocation invocation;
  std::string error;
};
Parsed Parse(const std::vector<std::string>& args) {
  Parsed parsed;
  parsed.good = ParseArgs(args, AllCommands(), LangOf(args), &parsed.invocation, &parsed.error);
  return parsed;
}

TEST(Args, OptionsMayStandAnywhereAndTakeEitherForm) {
  for (const std::vector<std::string>& args :
       std::vector<std::vector<std::string>>{{"audit", "s.db", "--date", "2026-06-30", "--rule", "a", "--rule=b"},
                                             {"--rule=a", "--date=2026-06-30", "audit", "--rule", "b", "s.db"}}) {
    const Parsed parsed = Parse(args);
    ASSERT_TRUE(parsed.good) << parsed.error;
    EXPECT_STREQ(parsed.invocation.command->name, "audit");
    EXPECT_THAT(parsed.invocation.positionals, ElementsAre("s.db"));
    EXPECT_THAT(parsed.invocation.Values("rule"), ElementsAre("a", "b"));
    EXPECT_EQ(parsed.invocation.Date("date"), 20260630);
  }
}

TEST(Args, EverythingAfterTwoDashesIsPositional) {
  const Parsed parsed = Parse({"code", "--", "--date", "-h"});
  ASSERT_TRUE(parsed.good) << parsed.error;
  EXPECT_THAT(parsed.invocation.positionals, ElementsAre("--date", "-h"));
}

TEST(Args, AValueMayBeginWithOneDashOrHoldAnEqualsSign) {
  const Parsed parsed = Parse({"audit", "s", "--date=2026-06-30", "--set=a=b=c", "--under", "-x"});
  ASSERT_TRUE(parsed.good) << parsed.error;
  EXPECT_EQ(parsed.invocation.Value("set"), "a=b=c");
  EXPECT_EQ(parsed.invocation.Value("under"), "-x");
}

TEST(Args, AForgottenValueIsNotTheNextOption) {
  EXPECT_THAT(Parse({"audit", "s", "--under", "--date", "2026-06-30"}).error, HasSubstr("--under NODE"));
  EXPECT_THAT(Parse({"audit", "s", "--date"}).error, HasSubstr("--date D"));
}

TEST(Args, AMissingDateTellsWhatToWrite) {
  EXPECT_THAT(Parse({"audit", "s"}).error, HasSubstr("--date 2026-06-30"));
  EXPECT_THAT(Parse({"audit", "s", "--lang", "en"}).error, HasSubstr("today is never assumed"));
}

TEST(Args, DatesAreStrict) {
  for (const char* bad : {"2026-02-30", "2025-02-29", "20260630", "2026-6-30", "2026-06-30 ", "30-06-2026", "",
                          "2026-13-01", "0000-01-01"}) {
    EXPECT_FALSE(Parse({"audit", "s", std::string("--date=") + bad}).good) << bad;
  }
  EXPECT_TRUE(Parse({"audit", "s", "--date=2024-02-29"}).good);
}

TEST(Args, SuggestsTheNearestCommandAndOption) {
  EXPECT_THAT(Parse({"audti", "s"}).error, HasSubstr("audit"));
  EXPECT_THAT(Parse({"audit", "s", "--dat", "2026-06-30"}).error, HasSubstr("--date"));
  EXPECT_THAT(Parse({"audit", "s", "--date=2026-06-30", "--recoded=3"}).error, HasSubstr("--recorded"));
  EXPECT_THAT(Parse({"rules", "--fromat=json"}).error, HasSubstr("--format"));
  EXPECT_THAT(Parse({"rules", "--format=jsno"}).error, HasSubstr("json？"));
  EXPECT_THAT(Parse({"xyzzy"}).error, Not(HasSubstr("？")));
}

TEST(Args, AnOptionOfAnotherCommandIsRefused) {
  const Parsed parsed = Parse({"rules", "--until=2026-06-30"});
  EXPECT_FALSE(parsed.good);
  EXPECT_THAT(parsed.error, HasSubstr("rules"));
}

TEST(Args, AnOptionGivenTwiceIsRefusedUnlessRepeatable) {
  EXPECT_FALSE(Parse({"audit", "s", "--date=2026-06-30", "--date=2026-06-30"}).good);
  EXPECT_TRUE(Parse({"audit", "s", "--date=2026-06-30", "--set=a=1", "--set=b=2"}).good);
}

TEST(Args, TooManyAndTooFewWordsAreTold) {
  EXPECT_THAT(Parse({"init"}).error, HasSubstr("STORE"));
  EXPECT_THAT(Parse({"init", "a", "b"}).error, HasSubstr("b"));
  EXPECT_FALSE(Parse({"import", "s"}).good);
  EXPECT_TRUE(Parse({"import", "s", "a", "b", "c"}).good);
  EXPECT_TRUE(Parse({"tree", "s"}).good);
}

TEST(Args, WordsFromAClosedListAreChecked) {
  EXPECT_THAT(Parse({"list", "s", "unreportd", "--under=u", "--date=2026-06-30"}).error, HasSubstr("unreported"));
  EXPECT_FALSE(Parse({"rollup", "s", "--indicator=members.full", "--date=2026-06-30", "--level=town"}).good);
}

TEST(Args, RecordedIsACommitOrATime) {
  for (const char* good : {"1", "12", "2026-06-30", "2026-06-30T08:00:00Z", "2026-06-30T08:00+08:00"}) {
    EXPECT_TRUE(Parse({"search", "s", "n", std::string("--recorded=") + good}).good) << good;
  }
  for (const char* bad : {"0", "-1", "x", "2026-02-30", "2026-06-30T25:00", "9999999999999999999"}) {
    EXPECT_FALSE(Parse({"search", "s", "n", std::string("--recorded=") + bad}).good) << bad;
  }
}

TEST(Args, CountsAreWholeNumbers) {
  for (const char* bad : {"-1", "1.5", "x", ""})
    EXPECT_FALSE(Parse({"log", "s", std::string("--limit=") + bad}).good) << bad;
}

TEST(Args, HelpNeedsNothingElse) {
  const Parsed parsed = Parse({"audit", "--help"});
  EXPECT_TRUE(parsed.good);
  EXPECT_TRUE(parsed.invocation.help);
  EXPECT_STREQ(parsed.invocation.command->name, "audit");
}

TEST(Args, ErrorsComeInTheLanguageAskedForWhereverItStands) {
  EXPECT_THAT(Parse({"audti", "s", "--lang=en"}).error, HasSubstr("did you mean audit"));
  EXPECT_THAT(Parse({"--lang", "en", "audti"}).error, HasSubstr("did you mean audit"));
}

// The table itself: a name means one kind of value everywhere, and every command has all it needs for help.
TEST(Commands, EachTeachesInBothLanguages) {
  std::set<std::string> names;
  for (const CommandSpec& command : AllCommands()) {
    EXPECT_TRUE(names.insert(command.name).second) << command.name;
    for (const Text& text : {command.purpose, command.example_output}) {
      EXPECT_STRNE(text.zh, "") << command.name;
      EXPECT_STRNE(text.en, "") << command.name;
    }
    EXPECT_THAT(command.example, HasSubstr(std::string("jiceng ") + command.name));
    EXPECT_THAT(command.exits, Not(IsEmpty()));
    EXPECT_NE(command.run, nullptr);
  }
}

TEST(Commands, AnOptionIsOfOneKindInAllCommands) {
  std::map<std::string, ValueKind> kinds;
  for (const CommandSpec& command : AllCommands()) {
    for (const OptionUse& use : command.options) {
      EXPECT_EQ(kinds.emplace(use.option->name, use.option->kind).first->second, use.option->kind) << use.option->name;
    }
  }
}

}  // namespace
}  // namespace jiceng::cli
