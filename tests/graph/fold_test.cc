// Folding rows into a base: how a base came about cannot be told from it, and what goes wrong on the way leaves nothing.
#include <dlfcn.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <new>

#include "base/status.h"
#include "graph/base_builder.h"
#include "tests/graph/random_organization.h"

namespace {

// Counts down while armed; the operation that finds it at 0 fails, or it and all that follow.
struct Countdown {
  int64_t left = -1;
  bool for_good = false, struck = false;

  void Arm(int64_t n, bool all) { *this = {n, all, false}; }
  void Disarm() { left = -1; }
  bool Strikes() {
    if (left < 0 || left-- > 0) return false;
    struck = true;
    left = for_good ? 0 : -1;
    return true;
  }
};
Countdown disk, memory;

[[gnu::noinline]] void* Allocate(size_t size) { return memory.Strikes() ? nullptr : std::malloc(size == 0 ? 1 : size); }
[[gnu::noinline]] void* AllocateOrThrow(size_t size) {
  void* const block = Allocate(size);
  if (block == nullptr) throw std::bad_alloc();
  return block;
}
[[gnu::noinline]] void Free(void* block) { std::free(block); }

template <typename Function>
Function* Real(Function*, const char* name) {
  return reinterpret_cast<Function*>(dlsym(RTLD_NEXT, name));
}

}  // namespace

// The system's own, but for those that are to fail.
extern "C" {
ssize_t pwrite(int fd, const void* bytes, size_t size, off_t at) noexcept(noexcept(::pwrite(0, nullptr, 0, 0))) {
  static auto* const real = Real(&pwrite, "pwrite");
  if (disk.Strikes()) return errno = ENOSPC, -1;
  return real(fd, bytes, size, at);
}
int fsync(int fd) {
  static auto* const real = Real(&fsync, "fsync");
  return disk.Strikes() ? (errno = EIO, -1) : real(fd);
}
int ftruncate(int fd, off_t size) noexcept {
  static auto* const real = Real(&ftruncate, "ftruncate");
  return disk.Strikes() ? (errno = EIO, -1) : real(fd, size);
}
int rename(const char* from, const char* to) noexcept {
  static auto* const real = Real(&rename, "rename");
  return disk.Strikes() ? (errno = EIO, -1) : real(from, to);
}
}

// All forms, since a block may be given back by another than it was taken by.
void* operator new(size_t size) { return AllocateOrThrow(size); }
void* operator new[](size_t size) { return AllocateOrThrow(size); }
void* operator new(size_t size, const std::nothrow_t&) noexcept { return Allocate(size); }
void* operator new[](size_t size, const std::nothrow_t&) noexcept { return Allocate(size); }
void operator delete(void* block) noexcept { Free(block); }
void operator delete[](void* block) noexcept { Free(block); }
void operator delete(void* block, size_t) noexcept { Free(block); }
void operator delete[](void* block, size_t) noexcept { Free(block); }

namespace jiceng::graph {
namespace {

using testing::OrganizationBuilder;
using testing::RandomOrganization;

std::string Bytes(const Base& base) {
  const auto bytes = base.file().bytes();
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

std::string FileBytes(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

bool IsThere(const std::string& path) {
  struct stat info {};
  return stat(path.c_str(), &info) == 0;
}

class FoldTest : public ::testing::TestWithParam<uint32_t> {
 protected:
  FoldTest() {
    RandomOrganization random(GetParam());
    for (int i = 0; i < 14; ++i) random.Commit(&rows_);
    whole_ = Bytes(rows_.Build()->base());
  }

  OrganizationBuilder rows_;
  std::string whole_;  // of the base built of all rows at once
};

// Theorem: however the rows are spread over base, delta and batches, the base is the same, byte for byte.
TEST_P(FoldTest, BatchByBatchGivesTheBytesOfAllAtOnce) {
  for (size_t in_base = 0; in_base <= rows_.batches(); in_base += 2) {
    auto snapshot = rows_.BuildWithDelta(in_base);
    BaseBuilder of_delta;
    of_delta.Load(*snapshot);
    EXPECT_EQ(Bytes(**of_delta.Finish({})) == whole_, true) << "delta folded, in the base " << in_base;

    OrganizationBuilder none;
    snapshot = none.Build();
    for (size_t i = 0; i < rows_.batches(); ++i) {
      BaseBuilder builder;
      builder.Load(*snapshot);
      // Some batches wait as a delta or share a fold with the next.
      if (i % (in_base + 1) == 1 && i + 1 < rows_.batches()) {
        builder.OnBatch(rows_.batch(i));
        builder.OnBatch(rows_.batch(++i));
        snapshot = std::make_shared<Snapshot>(*builder.Finish({}));
      } else if (i % 3 == in_base % 3) {
        snapshot = snapshot->With(rows_.batch(i));
      } else {
        builder.OnBatch(rows_.batch(i));
        snapshot = std::make_shared<Snapshot>(*builder.Finish({}));
      }
    }
    BaseBuilder last;
    last.Load(*snapshot);
    EXPECT_EQ(Bytes(**last.Finish({})) == whole_, true) << "batch by batch, round " << in_base;
  }
}

TEST_P(FoldTest, RowsOfTheLogGiveTheBytesOfTheirBatches) {
  BaseBuilder builder;
  for (size_t i = 0; i < rows_.batches(); ++i) model::VisitRows(rows_.batch(i), &builder);
  EXPECT_EQ(Bytes(**builder.Finish({})) == whole_, true);
}

INSTANTIATE_TEST_SUITE_P(Seeds, FoldTest, ::testing::Range(0u, 80u));

// A base of half the rows, and the batch that is folded into it.
class TroubleTest : public ::testing::Test {
 protected:
  TroubleTest() {
    RandomOrganization random(3);
    for (int i = 0; i < 40; ++i) random.Commit(&rows_);
    whole_ = Bytes(rows_.Build()->base());
    BaseBuilder builder;
    for (size_t i = 0; i + 1 < rows_.batches(); ++i) builder.OnBatch(rows_.batch(i));
    below_ = std::make_shared<Snapshot>(*builder.Finish({}));
    half_ = Bytes(below_->base());
    std::remove(path_.c_str());
  }
  ~TroubleTest() override { std::remove(path_.c_str()); }

  absl::StatusOr<std::shared_ptr<const Base>> Fold(bool in_file) {
    std::unique_ptr<NewFile> file;
    if (in_file) {
      ASSIGN_OR_RETURN(file, NewFile::Create(path_));
    }
    BaseBuilder builder;
    builder.Load(*below_);
    builder.OnBatch(rows_.batch(rows_.batches() - 1));
    return builder.Finish({}, std::move(file));
  }

  OrganizationBuilder rows_;
  std::shared_ptr<const Snapshot> below_;
  std::string whole_, half_;
  // Of this process alone: tests run beside each other.
  const std::string path_ = ::testing::TempDir() + "/jiceng_fold_test." + std::to_string(::getpid()) + ".base";
};

TEST_F(TroubleTest, AFileTakesItsPlaceWhenItIsPublishedAndIsGoneWhenItIsNot) {
  {
    const auto base = Fold(true);
    ASSERT_TRUE(base.ok()) << base.status();
    EXPECT_TRUE(Bytes(**base) == whole_);
    EXPECT_TRUE(IsThere(path_ + ".tmp"));
    EXPECT_FALSE(NewFile::Create(path_).ok());  // someone is writing there
  }
  EXPECT_FALSE(IsThere(path_ + ".tmp"));
  EXPECT_FALSE(IsThere(path_));

  std::ofstream(path_ + ".tmp") << "left by a process that was killed";
  const auto base = Fold(true);
  ASSERT_TRUE(base.ok()) << base.status();
  Stamp stamp;
  stamp.seq = 9;
  ASSERT_TRUE((*base)->file().WriteTo(path_, stamp).ok());
  EXPECT_FALSE(IsThere(path_ + ".tmp"));
  const auto file = ColumnFile::Open(path_, true);
  ASSERT_TRUE(file.ok());
  EXPECT_TRUE((*file)->stamp() == stamp);
  EXPECT_TRUE((*file)->Verify().ok());
  EXPECT_EQ((*file)->bytes().size(), whole_.size());
  EXPECT_EQ((*base)->Count(model::NodeKind::kPerson), (*Base::Open(*file))->Count(model::NodeKind::kPerson));
}

TEST_F(TroubleTest, FailedWritesLeaveTheOldFileAndNothingBeside) {
  ASSERT_TRUE(below_->base().file().WriteTo(path_, {}).ok());
  for (const bool for_good : {false, true}) {
    for (int64_t n = 0;; ++n) {
      disk.Arm(n, for_good);
      absl::Status status;
      {
        auto base = Fold(true);
        status = base.status();
        if (base.ok()) status = (*base)->file().WriteTo(path_, {});
      }
      const bool struck = disk.struck;
      disk.Disarm();
      EXPECT_FALSE(IsThere(path_ + ".tmp")) << n;
      if (!struck) {
        EXPECT_TRUE(status.ok()) << status;
        EXPECT_TRUE(FileBytes(path_) == whole_);
        EXPECT_GT(n, 4);
        ASSERT_TRUE(below_->base().file().WriteTo(path_, {}).ok());
        break;
      }
      EXPECT_EQ(status.code(), absl::StatusCode::kUnavailable) << n;
      EXPECT_EQ(base::ErrorReason(status), "DISK") << n;
      EXPECT_TRUE(FileBytes(path_) == half_) << n;
    }
  }
}

TEST_F(TroubleTest, MemoryThatRunsOutLeavesTheBaseBelowAndNothingBeside) {
  for (const bool in_file : {false, true}) {
    for (int64_t n = 0;; ++n) {
      bool refused = false;
      memory.Arm(n, false);
      try {
        const auto base = Fold(in_file);
        memory.Disarm();
        EXPECT_TRUE(base.ok() && Bytes(**base) == whole_) << n;
      } catch (const std::bad_alloc&) {
        refused = true;
      }
      memory.Disarm();
      EXPECT_FALSE(IsThere(path_ + ".tmp")) << n;
      if (!refused) {
        EXPECT_GT(n, 100);
        break;
      }
    }
    EXPECT_TRUE(Bytes(below_->base()) == half_);
    EXPECT_TRUE(below_->base().file().Verify().ok());
  }
}

}  // namespace
}  // namespace jiceng::graph
