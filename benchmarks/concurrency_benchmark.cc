// Readers beside readers and beside a writer.  One iteration is a round of one reader: it takes the newest state and
// asks of every community of the sample.  The questions of all readers a second are what counts; a writer beside them
// commits without a pause, one durable tie a commit.
#include <atomic>
#include <optional>
#include <thread>

#include "benchmarks/benchmarks.h"
#include "benchmarks/reports.h"
#include "benchmarks/sides.h"

namespace jiceng::benchmarks {
namespace {

// Commits from when it is made until it is gone.
template <class Side>
class Writing {
 public:
  Writing(const std::string& path, const Sample& sample)
      : thread_([this, path, sample] {
          Side side(path, kWrite);
          Reports reports(sample);
          for (ready_ = true; !stop_; ++commits_) reports.Next(side);
        }) {
    while (!ready_) std::this_thread::yield();
  }
  ~Writing() {
    stop_ = true;
    thread_.join();
  }
  int64_t commits() const { return commits_; }

 private:
  std::atomic<bool> ready_{false}, stop_{false};
  std::atomic<int64_t> commits_{0};
  std::thread thread_;  // last: it uses the others
};

template <class Side>
struct Shared {
  std::unique_ptr<Side> side;
  std::optional<Writing<Side>> writing;
};

template <class Side>
void Register(const Options& options, const Sample& sample, int readers, bool write) {
  auto shared = std::make_shared<Shared<Side>>();
  const std::string name = "readers/" + std::to_string(readers) + (write ? "_writer/" : "/") + Side::kName;
  const auto run = [=](benchmark::State& state) {
    if (state.thread_index() == 0) {
      const std::string path = options.Path(Side::kName), copy = Beside(path, "readers_");
      Side::Copy(path, copy);
      shared->side = std::make_unique<Side>(copy);
      if (write) shared->writing.emplace(copy, sample);
    }
    std::optional<Side> reader;  // the threads have met at the loop's beginning
    int64_t questions = 0;
    for (auto _ : state) {
      if (!reader) reader.emplace(Another(), *shared->side);
      reader->Refresh();
      CountingSink sink;
      for (const std::string& unit : sample.communities) reader->Unreported(unit, options.date, sink);
      benchmark::DoNotOptimize(sink.sum());
      questions += static_cast<int64_t>(sample.communities.size());
    }
    state.SetItemsProcessed(questions);
    reader.reset();
    if (state.thread_index() == 0 && shared->writing) {
      const auto commits = static_cast<double>(shared->writing->commits());
      state.counters["commits"] = benchmark::Counter(commits, benchmark::Counter::kIsRate);
      shared->writing.reset();
    }
  };
  Configure(benchmark::RegisterBenchmark(name.c_str(), run), options)
      ->Threads(readers)
      ->UseRealTime()
      ->Unit(benchmark::kMicrosecond);
}

}  // namespace

void RegisterConcurrency(const Options& options, const Sample& sample) {
  ForEachSide(options, [&](auto of) {
    using Side = typename decltype(of)::Side;
    // Against the peer that is nearest: a file in this process, its readers beside one writer.
    if constexpr (std::is_same_v<Side, JicengSide> || std::is_same_v<Side, SqliteSide>) {
      for (const bool write : {false, true}) {
        for (const int readers : {1, 2}) Register<Side>(options, sample, readers, write);
      }
    }
  });
}

}  // namespace jiceng::benchmarks
