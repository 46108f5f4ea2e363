// The benchmarks, one file an idea.  Names are "work" or "work/scope", then "/side" and for some "/variant": table.py
// puts the sides of one work beside each other.  They run in the order they are registered in.
#ifndef JICENG_BENCHMARKS_BENCHMARKS_H_
#define JICENG_BENCHMARKS_BENCHMARKS_H_

#include <benchmark/benchmark.h>

#include <memory>
#include <string>

#include "benchmarks/options.h"
#include "benchmarks/sample.h"

namespace jiceng::benchmarks {

void RegisterImport(const Options& options, const Sample& sample);
// Work of a fresh process: opening to the first answer, memory.  Nothing of this process may hold the stores meanwhile.
void RegisterProcess(const Options& options, const Sample& sample);
// Of copies, which cannot be taken once the questions have opened the sides.
void RegisterCommits(const Options& options, const Sample& sample);
void RegisterMonitor(const Options& options, const Sample& sample);
// On stores of its own.
void RegisterMatters(const Options& options);
void RegisterConcurrency(const Options& options, const Sample& sample);
void RegisterQuestions(const Options& options, const Sample& sample);
void RegisterAudit(const Options& options, const Sample& sample);

// A side that is opened by the first benchmark that asks it and then stays open.
template <class Side>
class Opened {
 public:
  explicit Opened(std::string path) : path_(std::move(path)) {}
  Side& operator*() {
    if (side_ == nullptr) side_ = std::make_unique<Side>(path_);
    return *side_;
  }

 private:
  std::string path_;
  std::unique_ptr<Side> side_;
};

// For the time of a benchmark's loop: what a server of the side computes is counted beside this process's CPU time.
template <class Side>
class CpuElsewhere {
 public:
  CpuElsewhere(benchmark::State& state, const Side& side)
      : state_(state), side_(side), before_(side.CpuSecondsElsewhere()) {}
  ~CpuElsewhere() {
    const double after = side_.CpuSecondsElsewhere();
    state_.counters["cpu_elsewhere"] = benchmark::Counter(after - before_, benchmark::Counter::kAvgIterations);
  }

 private:
  benchmark::State& state_;
  const Side& side_;
  double before_;
};

// What every benchmark has in common; `once` is for work too long to be repeated until its time is known.
benchmark::internal::Benchmark* Configure(benchmark::internal::Benchmark* benchmark, const Options& options,
                                          bool once = false);

}  // namespace jiceng::benchmarks

#endif  // JICENG_BENCHMARKS_BENCHMARKS_H_
