// What nodes are called, on a day and in a belief.
#include "engine/names.h"

#include "tests/engine/answers.h"

namespace jiceng::engine {
namespace {

using base::Date;
using model::TextAttribute;

class NamesTest : public ::testing::Test {
 protected:
  NamesTest() {
    street_.Import(SmallStreet());
    Apply(street_, {model::Rename{"org:11", "梅园支部", Day("2010-01-01")},
                    model::SetText{"org:11", {Day("2020-01-01"), Date::Forever()}, {TextAttribute::kName, ""}}});
  }
  std::string Name(const std::string& node, const char* day, int64_t seq = 2) {
    const auto names = ReadNames(street_.store(), *street_.store()->At(seq), Day(day), {street_.Node(node)});
    EXPECT_TRUE(names.ok()) << names.status();
    return names->empty() ? "(none)" : names->begin()->second;
  }
  Organization street_;
};

TEST_F(NamesTest, NameIsThatOfTheDay) {
  EXPECT_EQ(Name("org:11", "2009-12-31"), "第一社区党支部");
  EXPECT_EQ(Name("org:11", "2010-01-01"), "梅园支部");
}

TEST_F(NamesTest, WhereNoneIsInForceTheLastKnownStands) { EXPECT_EQ(Name("org:11", "2026-01-01"), "梅园支部"); }

TEST_F(NamesTest, EarlierBeliefDoesNotKnowLaterNames) { EXPECT_EQ(Name("org:11", "2026-01-01", 1), "第一社区党支部"); }

TEST_F(NamesTest, NodeThatNeverHadANameIsLeftOut) {
  Apply(street_, {model::PutNode{"org:99", "", {}, 0, 0, {}, {}}});
  EXPECT_EQ(Name("org:99", "2026-01-01", 3), "(none)");
}

TEST_F(NamesTest, ManyNodesInOnePassAreCalledAsOneByOne) {
  std::vector<model::NodeNumber> all;
  for (int k = 1; k < model::kNodeKinds; ++k) {
    for (uint32_t i = 0; i < street_.now().Count(static_cast<model::NodeKind>(k)); ++i)
      all.emplace_back(static_cast<model::NodeKind>(k), i);
  }
  const auto names = ReadNames(street_.store(), street_.version(), Day("2015-01-01"), all);
  ASSERT_TRUE(names.ok());
  EXPECT_EQ(names->size(), all.size());
  for (const auto node : all) EXPECT_EQ(names->at(node), Name(street_.now().Text(node), "2015-01-01"));
}

}  // namespace
}  // namespace jiceng::engine
