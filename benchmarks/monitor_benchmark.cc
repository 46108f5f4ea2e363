// What a monitor keeps: the same answers as those of a pass, read where they are, and what following a commit costs.  No
// peer has its like; what they compute anew stands in the rows of the passes.
#include "benchmarks/benchmarks.h"
#include "benchmarks/fail.h"
#include "benchmarks/reports.h"
#include "benchmarks/sides.h"

namespace jiceng::benchmarks {
namespace {

// That the kept answer is the one of a pass.
template <class Pass, class Kept>
void Compare(const char* what, const Pass& pass, const Kept& kept) {
  CountingSink expected, sink;
  pass(expected);
  kept(sink);
  if (sink.sum() != expected.sum() || sink.rows() != expected.rows())
    Fail(std::string("the monitor does not keep ") + what + " as a pass gives it");
}

void CompareAll(JicengSide& side, int32_t date, Judged judged = Judged::kEightRules) {
  Compare(
      "findings", [&](auto& sink) { side.Audit(date, sink, 1, judged); }, [&](auto& sink) { side.KeptAudit(sink); });
  for (const char* indicator : {"members.full", "report.rate"}) {
    Compare(
        indicator, [&](auto& sink) { side.Rollup(indicator, date, sink); },
        [&](auto& sink) { side.KeptRollup(indicator, sink); });
  }
}

}  // namespace

void RegisterMonitor(const Options& options, const Sample& sample) {
  const std::string path = options.Path(JicengSide::kName);
  const int32_t date = options.date;
  const auto add = [&](const std::string& name, benchmark::TimeUnit unit, const auto& ask) {
    Configure(benchmark::RegisterBenchmark((name + "/jiceng").c_str(),
                                           [=](benchmark::State& state) {
                                             JicengSide side(path);
                                             side.Watch(date);
                                             CompareAll(side, date);
                                             for (auto _ : state) {
                                               CountingSink sink;
                                               ask(side, sink);
                                               benchmark::DoNotOptimize(sink.sum());
                                             }
                                           }),
              options)
        ->Unit(unit);
  };
  add("kept/audit", benchmark::kMillisecond, [](JicengSide& side, CountingSink& sink) { side.KeptAudit(sink); });
  add("kept/members", benchmark::kMillisecond,
      [](JicengSide& side, CountingSink& sink) { side.KeptRollup("members.full", sink); });
  add("kept/report_rate", benchmark::kMillisecond,
      [](JicengSide& side, CountingSink& sink) { side.KeptRollup("report.rate", sink); });
  Configure(benchmark::RegisterBenchmark("kept/members_of_a_unit/jiceng",
                                         [=, top = sample.top](benchmark::State& state) {
                                           JicengSide side(path);
                                           side.Watch(date);
                                           const int64_t unit = side.Find(top);
                                           for (auto _ : state) benchmark::DoNotOptimize(side.KeptMembers(unit));
                                         }),
            options)
      ->Unit(benchmark::kNanosecond);
  // On a copy: one commit, not timed, and the step that follows it.
  const std::string copy = Beside(path, "monitor_");
  for (const auto& [name, judged] :
       {std::pair("follow", Judged::kEightRules), {"follow/all_rules", Judged::kAllRules}}) {
    Configure(benchmark::RegisterBenchmark((std::string(name) + "/jiceng").c_str(),
                                           [=, judged = judged](benchmark::State& state) {
                                             JicengSide::Copy(path, copy);
                                             JicengSide side(copy, kWrite);
                                             side.Watch(date, judged);
                                             Reports reports(sample);
                                             for (auto _ : state) {
                                               state.PauseTiming();
                                               reports.Next(side);
                                               side.Refresh();
                                               state.ResumeTiming();
                                               side.Follow();
                                             }
                                             CompareAll(side, date, judged);
                                           }),
              options)
        ->Unit(benchmark::kMicrosecond);
  }
}

}  // namespace jiceng::benchmarks
