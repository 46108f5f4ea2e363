// Commits of one tie each, durable when they return: a person reports to a community.  Both sides find the two nodes by
// their text ids; the library checks its laws and chains its hashes besides.  On copies, since commits change what is
// asked elsewhere.
#include <algorithm>
#include <filesystem>

#include "benchmarks/benchmarks.h"
#include "benchmarks/jiceng_side.h"
#include "benchmarks/sqlite_side.h"

namespace jiceng::benchmarks {
namespace {

// Reports that were never made before: person and community by turns, a day further each time round.
class Reports {
 public:
  explicit Reports(const Sample& sample) {
    for (const auto& [person, unit] : sample.person_unit) persons_.push_back(person);
    std::sort(persons_.begin(), persons_.end());
    persons_.erase(std::unique(persons_.begin(), persons_.end()), persons_.end());
    communities_ = sample.communities;
  }
  template <class Side>
  void Next(Side& side) {
    const size_t day = next_ / persons_.size();
    side.Report(persons_[next_ % persons_.size()], communities_[next_ % communities_.size()],
                static_cast<int32_t>(19500101 + day % 28 + day / 28 % 12 * 100 + day / 336 * 10000));
    ++next_;
  }

 private:
  std::vector<std::string> persons_, communities_;
  size_t next_ = 0;
};

std::string Copy(const std::string& path) {
  const std::string copy = path + "-commits";
  for (const char* suffix : {"", "-wal", "-shm", ".base"}) {
    std::filesystem::remove(copy + suffix);
    if (suffix != std::string("-shm") && std::filesystem::exists(path + suffix))
      std::filesystem::copy_file(path + suffix, copy + suffix);
  }
  return copy;
}

template <class Side>
void Register(const std::string& path, const Options& options, const Sample& sample) {
  Configure(benchmark::RegisterBenchmark((std::string("commit/") + Side::kName).c_str(),
                                         [=](benchmark::State& state) {
                                           Side side(Copy(path), Side::kWrite);
                                           Reports reports(sample);
                                           for (auto _ : state) reports.Next(side);
                                         }),
            options)
      ->Unit(benchmark::kMicrosecond);
}

}  // namespace

void RegisterCommits(const Options& options, const Sample& sample) {
  Register<JicengSide>(options.StorePath(), options, sample);
  Register<SqliteSide>(options.DatabasePath(), options, sample);
  // What another process pays to see many such commits: here another handle on the store.
  const int commits = options.small ? 100 : 10000;
  Configure(benchmark::RegisterBenchmark("catch_up/jiceng",
                                         [=, path = options.StorePath()](benchmark::State& state) {
                                           const std::string copy = Copy(path);
                                           JicengSide writer(copy, JicengSide::kWrite), reader(copy);
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
