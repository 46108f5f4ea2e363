#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "base/status.h"
#include "tests/ledgers/fixtures.h"

namespace jiceng::ledgers {
namespace {

using ::testing::ElementsAre;
using ::testing::SizeIs;

class SourceTest : public ::testing::Test {
 protected:
  void SetUp() override {
    const ::testing::TestInfo* info = ::testing::UnitTest::GetInstance()->current_test_info();
    folder_ = std::filesystem::path(::testing::TempDir()) / (std::string("ledger_source_") + info->name());
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directories(folder_);
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  std::string Put(const std::string& name, const std::string& text) {
    const std::string path = (folder_ / name).string();
    std::ofstream(path, std::ios::binary) << text;
    return path;
  }
  static std::vector<std::string> Names(const std::vector<Source>& sources) {
    std::vector<std::string> names;
    for (const Source& s : sources) names.push_back(s.name());
    return names;
  }

  std::filesystem::path folder_;
  Diagnostics diagnostics_;
};

TEST_F(SourceTest, AFolderGivesItsLedgersByName) {
  Put("units.csv", "a");
  Put("People.CSV", "b");
  Put("extra.csv", "c");
  Put("notes.txt", "d");
  Put("book.xlsx", "e");
  Put("~$units.csv", "f");
  Put("._orgs.csv", "g");
  std::filesystem::create_directories(folder_ / "orgs.csv");
  const auto sources = OpenSources({folder_.string()}, &diagnostics_);
  ASSERT_TRUE(sources.ok()) << sources.status();
  EXPECT_THAT(Names(*sources), ElementsAre("People.CSV", "units.csv"));
  EXPECT_EQ(diagnostics_.warning_counts().at("SKIPPED_FILE"), 2);
}

TEST_F(SourceTest, AFileIsTakenByItsName) {
  const auto sources = OpenSources({Put("units.csv", "code\n"), Put("any.csv", "x")}, &diagnostics_);
  ASSERT_TRUE(sources.ok());
  ASSERT_THAT(*sources, SizeIs(1));
  EXPECT_EQ((*sources)[0].bytes(), "code\n");
}

TEST_F(SourceTest, WantedTablesAreKept) {
  const auto sources = OpenSources({Put("党员花名册.csv", "姓名,人员类别,所在党支部\n")}, &diagnostics_,
                                   [](const Source& s) { return MatchRegister(s, FrozenRegisters()) != nullptr; });
  ASSERT_TRUE(sources.ok());
  EXPECT_THAT(*sources, SizeIs(1));
}

TEST_F(SourceTest, NoLedgerAnywhereIsAnError) {
  EXPECT_EQ(base::ErrorReason(OpenSources({folder_.string()}, &diagnostics_).status()), "NO_LEDGER");
  EXPECT_EQ(base::ErrorReason(OpenSources({Put("any.csv", "x")}, &diagnostics_).status()), "NO_LEDGER");
}

TEST_F(SourceTest, WhatIsNotThereIsNotFound) {
  EXPECT_EQ(OpenSources({(folder_ / "units.csv").string()}, &diagnostics_).status().code(),
            absl::StatusCode::kNotFound);
}

TEST_F(SourceTest, AMappedFileReadsLikeAReadOne) {
  std::string text = "person_id,employer_id,from,to\n";
  while (text.size() < (size_t{33} << 20)) text += "1000000001,2000000001,2024-01-01,\n";
  absl::StatusOr<Source> source = Source::FromFile(Put("employments.csv", text));
  ASSERT_TRUE(source.ok());
  EXPECT_TRUE(source->bytes() == text);
  Source moved = *std::move(source);
  EXPECT_TRUE(moved.bytes() == text);
}

TEST(Source, MovingKeepsTheBytesOfShortAndLongTexts) {
  for (const std::string& text : {std::string("ab"), std::string(1000, 'x')}) {
    Source first("a.csv", text);
    Source second = std::move(first);
    EXPECT_EQ(second.bytes(), text);
    Source third("b.csv", std::string("other"));
    third = std::move(second);
    EXPECT_EQ(third.bytes(), text);
    EXPECT_EQ(third.name(), "a.csv");
  }
}

}  // namespace
}  // namespace jiceng::ledgers
