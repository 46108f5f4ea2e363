// What a fresh process pays: opening to the first answer, with and without the file in the page cache, and memory.
#include <filesystem>
#include <system_error>

#include "benchmarks/benchmarks.h"
#include "benchmarks/child.h"
#include "benchmarks/fail.h"
#include "benchmarks/sides.h"

namespace jiceng::benchmarks {
namespace {

template <class Side>
void Register(const Options& options, const Sample& sample) {
  const std::string side = Side::kName;
  const std::string path = options.Path(side);
  const std::string community = sample.communities[sample.communities.size() / 2];
  for (const bool cold : {true, false}) {
    const std::string name = std::string("first_answer/") + (cold ? "cold" : "warm") + "/" + side;
    Configure(benchmark::RegisterBenchmark(name.c_str(),
                                           [=, date = options.date](benchmark::State& state) {
                                             for (auto _ : state) {
                                               if (cold) Side::Evict(path);
                                               const auto figures =
                                                   AskChild("first-answer", side, path, community, date);
                                               if (figures.size() != 2) Fail("a child has not answered");
                                               state.SetIterationTime(static_cast<double>(figures[0]) * 1e-9);
                                               state.counters["rows"] = static_cast<double>(figures[1]);
                                             }
                                           }),
              options, true)
        ->UseManualTime()
        ->Unit(benchmark::kMillisecond);
  }
  if (Side::kHasProcessOfItsOwn) return;  // what it holds is not the child's
  Configure(benchmark::RegisterBenchmark(("resident/" + side).c_str(),
                                         [=, date = options.date, top = sample.top](benchmark::State& state) {
                                           for (auto _ : state) {
                                             const auto figures = AskChild("resident", side, path, top, date);
                                             if (figures.size() != 3) Fail("a child has not answered");
                                             state.counters["private_bytes"] = static_cast<double>(figures[0]);
                                             state.counters["mapped_bytes"] = static_cast<double>(figures[1]);
                                             state.counters["peak_bytes"] = static_cast<double>(figures[2]);
                                             // The questions do not touch every column of a base: its whole size is
                                             // told too.
                                             std::error_code none;
                                             const auto base = std::filesystem::file_size(path + ".base", none);
                                             if (!none) state.counters["base_bytes"] = static_cast<double>(base);
                                           }
                                         }),
            options, true)
      ->Repetitions(1)
      ->Unit(benchmark::kMillisecond);
}

}  // namespace

void RegisterProcess(const Options& options, const Sample& sample) {
  ForEachSide(options, [&](auto of) { Register<typename decltype(of)::Side>(options, sample); });
}

}  // namespace jiceng::benchmarks
