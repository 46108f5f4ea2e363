// The eight rules over everything, and the two indicators at every unit.
#include "benchmarks/benchmarks.h"
#include "benchmarks/jiceng_side.h"
#include "benchmarks/sqlite_side.h"

namespace jiceng::benchmarks {
namespace {

template <class Side>
void Register(const std::string& path, const Options& options) {
  auto opened = std::make_shared<Opened<Side>>(path);
  const int32_t date = options.date;
  const auto add = [&](const std::string& name, const auto& ask) {
    Configure(benchmark::RegisterBenchmark((name + "/" + Side::kName).c_str(),
                                           [=](benchmark::State& state) {
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
  if constexpr (std::is_same_v<Side, SqliteSide>) {
    add("audit", [=](SqliteSide& side, CountingSink& sink) {
      side.SetDeadline(date, kDeadlineDays);
      side.Audit(date, sink);
    });
  } else {
    add("audit", [=](JicengSide& side, CountingSink& sink) { side.Audit(date, sink); });
    add("audit/texts", [=](JicengSide& side, CountingSink& sink) { side.AuditTexts(date, sink); });
  }
  add("rollup/members", [=](Side& side, CountingSink& sink) { side.Rollup("members.full", date, sink); });
  add("rollup/report_rate", [=](Side& side, CountingSink& sink) { side.Rollup("report.rate", date, sink); });
}

}  // namespace

void RegisterAudit(const Options& options, const Sample&) {
  Register<JicengSide>(options.StorePath(), options);
  Register<SqliteSide>(options.DatabasePath(), options);
}

}  // namespace jiceng::benchmarks
