// What a store tells beside its answers.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "tests/capi/organization.h"

namespace jiceng_test {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

// "level EVENT: text" for each.
using Told = std::vector<std::string>;

void Tell(int32_t level, const char* event, const char* text, void* user) {
  static_cast<Told*>(user)->push_back(std::to_string(level) + " " + event + ": " + text);
}

Store OpenTold(const std::string& url, Told* told, uint32_t flags = 0) {
  jiceng_open_options options = JICENG_OPEN_OPTIONS_INIT;
  options.flags = flags;
  options.notice = Tell;
  options.notice_user = told;
  jiceng_store* store = nullptr;
  EXPECT_EQ(Try([&](jiceng_error** error) {
              return jiceng_store_open(url.data(), url.size(), &options, &store, error);
            }).message,
            "");
  return Store(store);
}

class Notices : public ::testing::Test {
 protected:
  // The organisation with a base file.
  void SetUp() override {
    const Store store = MakeOrganization(url_);
    ASSERT_EQ(jiceng_store_optimize(store.get(), nullptr, nullptr, nullptr), JICENG_OK);
  }
  Rows Find(jiceng_store* store) {
    const Snapshot snapshot = OpenSnapshot(store);
    return Ask([&](jiceng_table** out, jiceng_error** error) {
      return jiceng_count(snapshot.get(), "unit:320102", JICENG_NUL, kDay, out, error);
    });
  }

  const Folder folder_;
  const std::string url_ = folder_.Sub("a.jiceng"), base_ = url_ + ".base";
  Told told_;
};

TEST_F(Notices, NothingIsToldWhenThereIsNothingToTell) {
  const Store store = OpenTold(url_, &told_);
  Find(store.get());
  EXPECT_THAT(told_, IsEmpty());
}

TEST_F(Notices, ABaseThatCannotBeUsedIsAWarningAndTheAnswersAreTheSame) {
  Rows sound;
  {
    const Store store = OpenTold(url_, &told_);
    sound = Find(store.get());
  }
  std::filesystem::resize_file(base_, 100);
  const Store store = OpenTold(url_, &told_, JICENG_OPEN_READ_ONLY);
  EXPECT_EQ(Find(store.get()), sound);
  EXPECT_THAT(told_, ElementsAre(AllOf(StartsWith("2 BASE_UNUSABLE: "), HasSubstr(base_))));
}

TEST_F(Notices, ABaseThatIsMissingIsNoNews) {
  std::filesystem::remove(base_);
  const Store store = OpenTold(url_, &told_);
  EXPECT_THAT(told_, IsEmpty());
}

TEST_F(Notices, CommitsSinceTheBaseAreRead) {
  const Folder more;
  more.Write("people.csv", "person_id,name,party_status,joined_on,in_service\np9,赵九,full,2010-01-01,0\n");
  {
    const Store store = Open(url_, 0);
    ASSERT_EQ(jiceng_import_report_seq(Import(store.get(), more.path()).get()), 2);
  }
  const Store store = OpenTold(url_, &told_);
  EXPECT_THAT(told_, ElementsAre(StartsWith("1 CAUGHT_UP: read 1 commits with ")));
}

TEST_F(Notices, ABaseThatCannotBeWrittenDoesNotUndoTheCommit) {
  const Store store = OpenTold(url_, &told_);
  // An erasure removes the file and makes it anew; a folder in its place can be neither.
  std::filesystem::remove(base_);
  std::filesystem::create_directory(base_);
  std::ofstream(base_ + "/in the way") << "x";
  const Writer writer = OpenWriter(store.get());
  const char* const person = "person:p3";
  int64_t seq = 0;
  EXPECT_EQ(
      Try([&](jiceng_error** error) { return jiceng_writer_erase(writer.get(), &person, 1, &seq, error); }).message,
      "");
  EXPECT_EQ(seq, 2);
  EXPECT_THAT(
      told_, ElementsAre(StartsWith("2 BASE_UNUSABLE: "), AllOf(StartsWith("2 BASE_NOT_WRITTEN: "), HasSubstr(base_))));
}

TEST_F(Notices, NothingIsToldOnceTheStoreIsClosed) {
  Store store = OpenTold(url_, &told_);
  const Writer writer = OpenWriter(store.get());
  std::filesystem::remove(base_);
  std::filesystem::create_directory(base_);
  std::ofstream(base_ + "/in the way") << "x";
  store.reset();
  const char* const person = "person:p3";
  int64_t seq = 0;
  EXPECT_EQ(jiceng_writer_erase(writer.get(), &person, 1, &seq, nullptr), JICENG_OK) << "the writer lives on";
  EXPECT_EQ(seq, 2);
  EXPECT_THAT(told_, IsEmpty());
}

}  // namespace
}  // namespace jiceng_test
