// Commits of one tie each, durable when they return: a person reports to a community.  All sides find the two nodes by
// their text ids; the library checks its laws and chains its hashes besides.  On copies, since commits change what is
// asked elsewhere.
#include "benchmarks/benchmarks.h"
#include "benchmarks/reports.h"
#include "benchmarks/sides.h"

namespace jiceng::benchmarks {
namespace {

template <class Side>
std::string Copied(const Options& options) {
  const std::string path = options.Path(Side::kName);
  const std::string copy = Beside(path, "commits_");
  Side::Copy(path, copy);
  return copy;
}

template <class Side>
void Register(const Options& options, const Sample& sample) {
  Configure(benchmark::RegisterBenchmark((std::string("commit/") + Side::kName).c_str(),
                                         [=](benchmark::State& state) {
                                           Side side(Copied<Side>(options), kWrite);
                                           const CpuElsewhere<Side> elsewhere(state, side);
                                           Reports reports(sample);
                                           for (auto _ : state) reports.Next(side);
                                         }),
            options)
      ->Unit(benchmark::kMicrosecond);
}

}  // namespace

void RegisterCommits(const Options& options, const Sample& sample) {
  ForEachSide(options, [&](auto of) { Register<typename decltype(of)::Side>(options, sample); });
  // What another process pays to see many such commits: here another handle on the store.
  const int commits = options.small ? 100 : 10000;
  Configure(benchmark::RegisterBenchmark("catch_up/jiceng",
                                         [=](benchmark::State& state) {
                                           const std::string copy = Copied<JicengSide>(options);
                                           JicengSide writer(copy, kWrite), reader(copy);
                                           Reports reports(sample);
                                           for (auto _ : state) {
                                             state.PauseTiming();
                                             for (int i = 0; i < commits; ++i) reports.Next(writer);
                                             state.ResumeTiming();
                                             reader.Refresh();
                                           }
                                           state.counters["commits"] = commits;
                                         }),
            options, true)
      ->Unit(benchmark::kMillisecond);
}

}  // namespace jiceng::benchmarks
