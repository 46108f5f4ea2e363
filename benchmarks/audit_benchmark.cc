// The eight rules over everything, all rules of the catalogue, and the two indicators at every unit.
#include "benchmarks/benchmarks.h"
#include "benchmarks/sides.h"

namespace jiceng::benchmarks {
namespace {

template <class Side>
void Register(const Options& options) {
  auto opened = std::make_shared<Opened<Side>>(options.Path(Side::kName));
  const int32_t date = options.date;
  const auto add = [&](const std::string& name, const auto& ask) {
    Configure(benchmark::RegisterBenchmark((name + "/" + Side::kName).c_str(),
                                           [=](benchmark::State& state) {
                                             const CpuElsewhere<Side> elsewhere(state, **opened);
                                             int64_t rows = 0;
                                             for (auto _ : state) {
                                               CountingSink sink;
                                               ask(**opened, sink);
                                               benchmark::DoNotOptimize(sink.sum());
                                               rows = sink.rows();
                                             }
                                             state.counters["rows"] = static_cast<double>(rows);
                                           }),
              options)
        ->Unit(benchmark::kMillisecond);
  };
  add("audit", [=](Side& side, CountingSink& sink) { side.Audit(date, sink); });
  if constexpr (std::is_same_v<Side, JicengSide>) {
    add("audit/two_threads", [=](Side& side, CountingSink& sink) { side.Audit(date, sink, 2); });
    add("audit/all_rules", [=](Side& side, CountingSink& sink) { side.Audit(date, sink, 1, Judged::kAllRules); });
    add("audit/all_rules_two_threads",
        [=](Side& side, CountingSink& sink) { side.Audit(date, sink, 2, Judged::kAllRules); });
    add("audit/texts", [=](Side& side, CountingSink& sink) { side.AuditTexts(date, sink); });
  }
  add("rollup/members", [=](Side& side, CountingSink& sink) { side.Rollup("members.full", date, sink); });
  add("rollup/report_rate", [=](Side& side, CountingSink& sink) { side.Rollup("report.rate", date, sink); });
}

}  // namespace

void RegisterAudit(const Options& options, const Sample&) {
  ForEachSide(options, [&](auto of) { Register<typename decltype(of)::Side>(options); });
}

}  // namespace jiceng::benchmarks
