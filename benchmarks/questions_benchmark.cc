// Questions about a part of the organisation.  One iteration asks of every unit or pair of the sample; counter
// `questions` says how many.
#include "benchmarks/benchmarks.h"
#include "benchmarks/sides.h"

namespace jiceng::benchmarks {
namespace {

template <class Side>
void Register(const Options& options, const Sample& sample) {
  auto opened = std::make_shared<Opened<Side>>(options.Path(Side::kName));
  const int32_t date = options.date;
  const auto add = [&](const std::string& name, const std::vector<std::string>& units, const auto& ask) {
    Configure(benchmark::RegisterBenchmark((name + "/" + Side::kName).c_str(),
                                           [=](benchmark::State& state) {
                                             const CpuElsewhere<Side> elsewhere(state, **opened);
                                             int64_t rows = 0;
                                             for (auto _ : state) {
                                               CountingSink sink;
                                               for (const std::string& unit : units) ask(**opened, unit, sink);
                                               benchmark::DoNotOptimize(sink.sum());
                                               rows = sink.rows();
                                             }
                                             state.counters["questions"] = static_cast<double>(units.size());
                                             state.counters["rows"] = static_cast<double>(rows);
                                           }),
              options)
        ->Unit(benchmark::kMicrosecond);
  };
  const auto unreported = [=](Side& side, const std::string& unit, CountingSink& sink) {
    side.Unreported(unit, date, sink);
  };
  add("unreported/community", sample.communities, unreported);
  add("unreported/street", sample.streets, unreported);
  add("unreported/city", {sample.top}, unreported);
  const auto members = [=](Side& side, const std::string& unit, CountingSink& sink) { side.Members(unit, date, sink); };
  add("members/street", sample.streets, members);
  add("members/district", sample.districts, members);
  add("members/city", {sample.top}, members);
  add("cross_appointments/district", sample.districts,
      [=](Side& side, const std::string& unit, CountingSink& sink) { side.CrossAppointments(unit, date, sink); });
  add("officers/street", sample.streets,
      [=](Side& side, const std::string& unit, CountingSink& sink) { side.Officers(unit, "secretary", date, sink); });
  add("committee_secretaries/street", sample.streets,
      [=, past = options.PastDate()](Side& side, const std::string& unit, CountingSink& sink) {
        side.CommitteeSecretaries(unit, sample, past, sink);
      });

  const auto add_under = [&](const std::string& name, const auto& pairs_of) {
    Configure(benchmark::RegisterBenchmark((name + "/" + Side::kName).c_str(),
                                           [=](benchmark::State& state) {
                                             const auto pairs = pairs_of(**opened);
                                             const CpuElsewhere<Side> elsewhere(state, **opened);
                                             int64_t under = 0;
                                             for (auto _ : state) {
                                               under = 0;
                                               for (const auto& [person, unit] : pairs)
                                                 under += (**opened).IsUnder(person, unit, date);
                                               benchmark::DoNotOptimize(under);
                                             }
                                             state.counters["questions"] = static_cast<double>(pairs.size());
                                             state.counters["rows"] = static_cast<double>(under);
                                           }),
              options)
        ->Unit(benchmark::kMicrosecond);
  };
  std::vector<std::pair<std::string, std::string>> texts = sample.person_unit;
  texts.resize(std::min(texts.size(), Side::kPairs));
  add_under("person_under_unit/number", [=](Side& side) {
    std::vector<std::pair<int64_t, int64_t>> numbers;
    for (const auto& [person, unit] : texts) numbers.emplace_back(side.Find(person), side.Find(unit));
    return numbers;
  });
  add_under("person_under_unit/text", [=](Side&) { return texts; });
}

}  // namespace

void RegisterQuestions(const Options& options, const Sample& sample) {
  ForEachSide(options, [&](auto of) { Register<typename decltype(of)::Side>(options, sample); });
}

}  // namespace jiceng::benchmarks
