#include "base/parallel.h"

#include <gtest/gtest.h>

#include <atomic>
#include <stdexcept>
#include <vector>

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

}  // namespace
}  // namespace jiceng::base
