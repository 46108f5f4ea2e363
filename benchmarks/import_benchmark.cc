// Ledgers in: until a new store or database is whole, indexed, closed and on the disk.
#include "benchmarks/benchmarks.h"
#include "benchmarks/sides.h"

namespace jiceng::benchmarks {
namespace {

template <class Side, class... How>
void Register(const std::string& variant, const Options& options, const Sample& sample, How... how) {
  const std::string path = Beside(options.Path(Side::kName), "again_");
  Configure(benchmark::RegisterBenchmark(("import/" + (Side::kName + variant)).c_str(),
                                         [=, ledgers = options.ledgers, rows = sample.rows](benchmark::State& state) {
                                           double elsewhere = 0;
                                           for (auto _ : state) elsewhere += Side::Import(ledgers, path, how...);
                                           state.counters["cpu_elsewhere"] =
                                               benchmark::Counter(elsewhere, benchmark::Counter::kAvgIterations);
                                           state.counters["bytes"] = Side::Bytes(path);
                                           state.SetItemsProcessed(state.iterations() * rows);
                                         }),
            options, true)
      ->Unit(benchmark::kMillisecond);
}

}  // namespace

void RegisterImport(const Options& options, const Sample& sample) {
  ForEachSide(options, [&](auto of) {
    using Side = typename decltype(of)::Side;
    if constexpr (std::is_same_v<Side, SqliteSide>) {
      Register<Side>("/rollback", options, sample, Journal::kRollback);
      Register<Side>("/wal", options, sample, Journal::kWal);
      Register<Side>("/off", options, sample, Journal::kOff);
    } else {
      Register<Side>("", options, sample);
    }
  });
}

}  // namespace jiceng::benchmarks
