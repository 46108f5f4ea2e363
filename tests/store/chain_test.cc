// The hash chain against hashes computed by an independent program from the description in src/store/canonical.h.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "store/canonical.h"
#include "tests/store/store_fixture.h"

namespace jiceng::store {
namespace {

// chain_reference.py in this folder prints these.
constexpr char kGenesis[] = "6cbb3bc7cd169ff2c9446ef60b37582691638924c171adc4d8064e614cc51289";
constexpr char kFirst[] = "8c64c331ef8b082071ad6535ab45eb07f420ce7724f9a4da0d633c0d943681dd";
constexpr char kSecond[] = "3d6da95ab1b949867ae36994cee86128aadc9d732fe363b5b514968815778454";
constexpr char kThird[] = "fd9b46626300205ba47b02893a786d6ca67b6c4d30625b5ba14bea0b30a4273e";

class ChainTest : public testing::TestWithParam<const char*> {};

TEST_P(ChainTest, EqualsTheReference) {
  TestFolder folder;
  OpenOptions options;
  options.create = true;
  options.seed = 42;
  const std::string url = std::string(GetParam()) == "memory" ? "memory:" : folder.File("a.jiceng");
  auto store = *Open(url, options);
  EXPECT_EQ(base::Hex(base::Bytes(store->ReadHead()->hash)), kGenesis);
  FillWithEverything(store.get());
  const std::vector<CommitInfo> commits = *store->ReadCommits(0, 10);
  ASSERT_EQ(commits.size(), 3u);
  EXPECT_EQ(base::Hex(base::Bytes(commits[2].hash)), kFirst);
  EXPECT_EQ(base::Hex(base::Bytes(commits[1].hash)), kSecond);
  EXPECT_EQ(base::Hex(base::Bytes(commits[0].hash)), kThird);
}

INSTANTIATE_TEST_SUITE_P(Stores, ChainTest, testing::Values("memory", "sqlite"));

TEST(CommitmentTest, IdAndNameDoNotRunIntoEachOther) {
  Committer committer;
  const Salt salt{};
  EXPECT_NE(committer.Identity(salt, "12", "3"), committer.Identity(salt, "1", "23"));
}

}  // namespace
}  // namespace jiceng::store
