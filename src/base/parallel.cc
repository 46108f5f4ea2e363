#include "base/parallel.h"

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace jiceng::base {

void ForEachInParallel(int threads, size_t count, absl::FunctionRef<void(size_t)> work) {
  std::atomic<size_t> next{0};
  std::mutex mutex;
  std::exception_ptr thrown;  // under `mutex`
  const auto run = [&] {
    try {
      for (size_t i = next++; i < count; i = next++) work(i);
    } catch (...) {
      next = count;
      const std::lock_guard<std::mutex> lock(mutex);
      if (thrown == nullptr) thrown = std::current_exception();
    }
  };
  const size_t helpers = std::min(static_cast<size_t>(std::max(threads, 1)), std::max(count, size_t{1})) - 1;
  std::vector<std::thread> started;
  started.reserve(helpers);
  try {
    while (started.size() < helpers) started.emplace_back(run);
  } catch (...) {  // no more threads to be had, or no memory for one: those there are do the work
  }
  run();
  for (std::thread& thread : started) thread.join();
  if (thrown != nullptr) std::rethrow_exception(thrown);
}

}  // namespace jiceng::base
