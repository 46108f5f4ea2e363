#include "base/parallel.h"

#include <gtest/gtest.h>

#include <atomic>
#include <cstdlib>
#include <new>
#include <stdexcept>
#include <vector>

namespace {

thread_local int64_t left = -1;  // this thread's allocations that still succeed; below 0: not armed

void* Allocate(size_t size) {
  if (left >= 0 && left-- == 0) return nullptr;
  return std::malloc(size == 0 ? 1 : size);
}
void* AllocateOrThrow(size_t size) {
  void* const block = Allocate(size);
  if (block == nullptr) throw std::bad_alloc();
  return block;
}

}  // namespace

void* operator new(size_t size) { return AllocateOrThrow(size); }
void* operator new[](size_t size) { return AllocateOrThrow(size); }
void* operator new(size_t size, const std::nothrow_t&) noexcept { return Allocate(size); }
void* operator new[](size_t size, const std::nothrow_t&) noexcept { return Allocate(size); }
void operator delete(void* block) noexcept { std::free(block); }
void operator delete[](void* block) noexcept { std::free(block); }
void operator delete(void* block, size_t) noexcept { std::free(block); }
void operator delete[](void* block, size_t) noexcept { std::free(block); }

namespace jiceng::base {
namespace {

TEST(ParallelTest, EveryPieceOnceOnHoweverManyThreads) {
  for (const int threads : {-1, 0, 1, 2, 7}) {
    for (const size_t count : {size_t{0}, size_t{1}, size_t{5}, size_t{1000}}) {
      std::vector<std::atomic<int>> done(count);
      ForEachInParallel(threads, count, [&](size_t i) { ++done[i]; });
      for (size_t i = 0; i < count; ++i) EXPECT_EQ(done[i], 1) << i << " of " << count << " on " << threads;
    }
  }
}

TEST(ParallelTest, OneThreadGoesInOrder) {
  std::vector<size_t> order;
  ForEachInParallel(1, 4, [&](size_t i) { order.push_back(i); });
  EXPECT_EQ(order, (std::vector<size_t>{0, 1, 2, 3}));
}

TEST(ParallelTest, WhatAPieceThrowsComesOutOnceAllHaveEnded) {
  for (const int threads : {1, 4}) {
    std::atomic<int> running{0};
    EXPECT_THROW(ForEachInParallel(threads, 100,
                                   [&](size_t i) {
                                     ++running;
                                     if (i == 3) {
                                       --running;
                                       throw std::runtime_error("piece 3");
                                     }
                                     --running;
                                   }),
                 std::runtime_error);
    EXPECT_EQ(running, 0);
  }
}

TEST(ParallelTest, ThreadsThatCannotBeMadeAreDoneWithout) {
  int thrown = 0, completed = 0;
  for (int64_t n = 0; n < 10; ++n) {
    std::atomic<int> done{0};
    left = n;
    try {
      ForEachInParallel(4, 100, [&](size_t) { ++done; });
      left = -1;
      EXPECT_EQ(done, 100) << "allocation " << n;
      ++completed;
    } catch (const std::bad_alloc&) {
      left = -1;
      EXPECT_EQ(done, 0) << "allocation " << n << " fails before anything has begun";
      ++thrown;
    }
  }
  EXPECT_EQ(thrown, 1) << "room for the threads' handles";
  EXPECT_EQ(completed, 9);
}

}  // namespace
}  // namespace jiceng::base
