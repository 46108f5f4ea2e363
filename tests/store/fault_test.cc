// Fails the nth operation of the disk for n = 1, 2, 3 ... once and then for good, until the work is done without a
// failure.  After each the store opens, verifies clean, and stands at the old head or the new.
#include <gtest/gtest.h>
#include <unistd.h>

#include "base/status.h"
#include "tests/store/faulty_vfs.h"
#include "tests/store/store_fixture.h"

namespace jiceng::store {
namespace {

class FaultTest : public testing::TestWithParam<bool> {
 protected:
  FaultTest() {
    OpenOptions options;
    options.create = true;
    auto store = *Open(folder_.File("a"), options);
    FillWithEverything(store.get());
    store.reset();
    bytes_ = ReadFile(folder_.File("a"));
  }
  void Restore() {
    for (const char* suffix : {"-wal", "-shm", "-journal", "-lock"}) unlink((folder_.File("a") + suffix).c_str());
    WriteFile(folder_.File("a"), bytes_);
  }

  // Opens and appends with the nth operation failing.  Returns whether the failure came to pass.
  bool AppendFailing(int64_t nth, const model::Batch& batch) {
    Restore();
    disk_.FailAt(nth, GetParam());
    bool appended = false;
    {
      absl::StatusOr<std::unique_ptr<Store>> store = Open(folder_.File("a"), {});
      if (store.ok()) {
        const absl::Status status = AppendNext(store->get(), batch).status();
        appended = status.ok();
        EXPECT_NE(status.code(), absl::StatusCode::kInternal) << nth << ": " << status;
        if (!GetParam() && !appended && disk_.failed()) {
          // The disk is well again: what failed left nothing, and the same handle goes on.
          EXPECT_EQ((*store)->ReadHead()->seq, 3) << nth;
        }
      }
    }
    const bool failed = disk_.failed();
    disk_.Heal();
    absl::StatusOr<std::unique_ptr<Store>> after = Open(folder_.File("a"), {});
    if (!after.ok()) {
      ADD_FAILURE() << nth << ": " << after.status();
      return false;
    }
    EXPECT_EQ(Problems(after->get()), "") << nth;
    const int64_t seq = (*after)->ReadHead()->seq;
    EXPECT_TRUE(seq == 4 || (seq == 3 && !appended)) << nth << ": head " << seq << (appended ? " after a commit" : "");
    EXPECT_TRUE(AppendNext(after->get(), ManyTies(1)).ok()) << nth;
    return failed;
  }

  FaultyDisk disk_;
  TestFolder folder_;
  std::string bytes_;
};
INSTANTIATE_TEST_SUITE_P(OnceAndForGood, FaultTest, testing::Bool(),
                         [](const auto& which) { return which.param ? "ForGood" : "Once"; });

TEST_P(FaultTest, SmallCommitIsWholeOrAbsent) {
  const model::Batch batch = ManyTies(300);
  int64_t n = 1;
  while (AppendFailing(n, batch)) ++n;
  EXPECT_GT(n, 20);
}

TEST_P(FaultTest, LargeCommitIsWholeOrAbsent) {
  const model::Batch batch = ManyTies(50001);
  int64_t n = 1;
  // Most operations write one of many like pages; the first and, counted below, the last are those that differ.
  while (n < 60 && AppendFailing(n, batch)) ++n;
  Restore();
  disk_.Heal();
  int64_t all = 0;
  {
    auto store = *Open(folder_.File("a"), {});
    ASSERT_TRUE(AppendNext(store.get(), batch).ok());
    all = disk_.operations();
  }
  ASSERT_GT(all, 300);
  for (n = 60; n < all - 40; n += 97) AppendFailing(n, batch);
  for (n = all - 40; AppendFailing(n, batch); ++n) {
  }
  EXPECT_GE(n, all);
}

TEST_P(FaultTest, CreationIsWholeOrAbsent) {
  OpenOptions create;
  create.create = true;
  for (int64_t n = 1;; ++n) {
    const std::string file = folder_.File("new");
    for (const char* suffix : {"", "-wal", "-shm", "-journal", "-lock"}) unlink((file + suffix).c_str());
    disk_.FailAt(n, GetParam());
    const absl::Status status = Open(file, create).status();
    const bool failed = disk_.failed();
    disk_.Heal();
    const absl::Status again = Open(file, {}).status();
    EXPECT_TRUE(again.ok() || (base::ErrorReason(again) == "STORE_NOT_FOUND" && !status.ok())) << n << ": " << again;
    if (!failed) {
      EXPECT_GT(n, 20);
      break;
    }
  }
  for (const std::string& name : folder_.Names()) EXPECT_EQ(name.find("new-new-"), std::string::npos) << name;
}

TEST_P(FaultTest, BackupIsWholeOrAbsent) {
  auto store = *Open(folder_.File("a"), {});
  const std::string dump = Dump(store.get());
  for (int64_t n = 1;; ++n) {
    const std::string file = folder_.File("copy");
    unlink(file.c_str());
    disk_.FailAt(n, GetParam());
    const absl::Status status = store->Backup(file);
    const bool failed = disk_.failed();
    disk_.Heal();
    absl::StatusOr<std::unique_ptr<Store>> copy = Open(file, {});
    EXPECT_EQ(copy.ok(), status.ok()) << n << ": " << status << copy.status();
    if (copy.ok()) {
      EXPECT_EQ(Dump(copy->get()), dump);
    }
    if (!failed) break;
  }
}

}  // namespace
}  // namespace jiceng::store
