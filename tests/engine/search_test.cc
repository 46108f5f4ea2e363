// Nodes by name.
#include "engine/describe.h"
#include "tests/engine/answers.h"

namespace jiceng::engine {
namespace {

using base::Date;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<std::string> Found(Organization& organization, const char* text, const char* day, int64_t limit = 100) {
  const auto nodes = Search(organization.store(), organization.version(), text, Day(day), limit);
  EXPECT_TRUE(nodes.ok()) << nodes.status();
  std::vector<std::string> texts;
  for (const auto node : *nodes) texts.push_back(organization.now().Text(node));
  return texts;
}

TEST(SearchTest, FindsEveryKindOfNodeInNodeOrder) {
  Organization street;
  street.Import(SmallStreet());
  EXPECT_THAT(Found(street, "第一社区", "2026-01-01"), ElementsAre("unit:320102002001", "org:11"));
  EXPECT_THAT(Found(street, "张", "2026-01-01"), ElementsAre("person:1"));
  EXPECT_THAT(Found(street, "没有", "2026-01-01"), IsEmpty());
}

TEST(SearchTest, NameIsThatOfTheDay) {
  Organization street;
  street.Import(SmallStreet());
  Apply(street, {model::Rename{"org:11", "大悲巷党支部", Day("2020-01-01")}});
  EXPECT_THAT(Found(street, "第一社区", "2019-12-31"), ElementsAre("unit:320102002001", "org:11"));
  EXPECT_THAT(Found(street, "第一社区", "2020-01-01"), ElementsAre("unit:320102002001"));
  EXPECT_THAT(Found(street, "大悲巷", "2020-01-01"), ElementsAre("org:11"));
  EXPECT_THAT(Found(street, "大悲巷", "2019-12-31"), IsEmpty());
}

TEST(SearchTest, TheFirstOnesAreTheSameInAFileAsInMemory) {
  TemporaryFolder folder;
  Organization in_file(folder.Path("store.jiceng")), in_memory;
  in_file.Import(SmallStreet());
  in_memory.Import(SmallStreet());
  for (int64_t limit = 1; limit < 6; ++limit) {
    const auto found = Found(in_memory, "社区", "2026-01-01", limit);
    EXPECT_EQ(Found(in_file, "社区", "2026-01-01", limit), found);
    EXPECT_EQ(found.size(), std::min<size_t>(static_cast<size_t>(limit), 4));
  }
}

TEST(SearchTest, NothingIsFoundByNothing) {
  Organization street;
  street.Import(SmallStreet());
  EXPECT_THAT(Found(street, "", "2026-01-01"), IsEmpty());
  EXPECT_THAT(Found(street, "社区", "2026-01-01", 0), IsEmpty());
}

TEST(SearchTest, EarlierBeliefIsSearchedAsItWas) {
  Organization street;
  street.Import(SmallStreet());
  Apply(street, {model::Rename{"org:11", "大悲巷党支部", Day("2000-01-01")}});
  const auto nodes = Search(street.store(), *street.store()->At(1), "大悲巷", Day("2026-01-01"), 10);
  ASSERT_TRUE(nodes.ok());
  EXPECT_THAT(*nodes, IsEmpty());
}

}  // namespace
}  // namespace jiceng::engine
