// Imports the ledgers into all sides, checks that they agree, then times.  README.md says how to run it and shows what
// came out.
#include <cstdio>
#include <filesystem>

#include "benchmarks/agreement.h"
#include "benchmarks/benchmarks.h"
#include "benchmarks/child.h"
#include "benchmarks/options.h"
#include "benchmarks/sides.h"
#ifdef JICENG_BENCHMARKS_POSTGRES
#include "benchmarks/postgres_server.h"
#endif

namespace jiceng::benchmarks {

benchmark::internal::Benchmark* Configure(benchmark::internal::Benchmark* benchmark, const Options& options,
                                          bool once) {
  benchmark->Repetitions(options.repetitions)->MeasureProcessCPUTime();
  if (once || options.small) {
    benchmark->Iterations(1);
  } else {
    benchmark->MinTime(0.3);
  }
  return benchmark;
}

namespace {

// A directory for every side; a server for the peer that needs one, which is left out with a word why when there can be
// none.
void Prepare(Options& options) {
  ForEachSide(options, [&](auto of) {
    std::filesystem::create_directories(std::filesystem::path(options.Path(decltype(of)::Side::kName)).parent_path());
  });
#ifdef JICENG_BENCHMARKS_POSTGRES
  if (options.Without(PostgresSide::kName)) return;
  const std::filesystem::path directory = std::filesystem::path(options.Path(PostgresSide::kName)).parent_path();
  const std::string reason = PostgresServer::Make(directory.string(), options.small);
  if (reason.empty()) return;
  std::fprintf(stderr, "jiceng_benchmark: without PostgreSQL: %s\n", reason.c_str());
  options.without.emplace_back(PostgresSide::kName);
#endif
}

int Main(int argc, char** argv) {
  std::vector<char*> rest;
  Options options = ReadOptions(argc, argv, rest);
  if (!options.child.empty()) return RunChild(options);
  options.work = std::filesystem::absolute(options.work).string();

  const Sample sample = ReadSample(options.ledgers);
  std::fprintf(stderr, "%lld rows, %lld members\n", static_cast<long long>(sample.rows),
               static_cast<long long>(sample.members));
  Prepare(options);
  ForEachSide(options, [&](auto of) {
    using Side = typename decltype(of)::Side;
    Side::Import(options.ledgers, options.Path(Side::kName));
  });
  if (!Agree(options, sample)) {
    std::fprintf(stderr, "jiceng_benchmark: the sides disagree; nothing is timed\n");
    return 1;
  }

  int rest_count = static_cast<int>(rest.size());
  benchmark::Initialize(&rest_count, rest.data());
  ForEachSide(options, [](auto of) {
    using Side = typename decltype(of)::Side;
    benchmark::AddCustomContext(std::string(Side::kName) + "_version", Side::Version());
  });
  benchmark::AddCustomContext("ledger_rows", std::to_string(sample.rows));
  benchmark::AddCustomContext("members", std::to_string(sample.members));
  benchmark::AddCustomContext("as_of", std::to_string(options.date));
  RegisterImport(options, sample);
  RegisterProcess(options, sample);
  RegisterCommits(options, sample);
  RegisterMonitor(options, sample);
  RegisterMatters(options);
  RegisterConcurrency(options, sample);
  RegisterAudit(options, sample);
  RegisterQuestions(options, sample);
  benchmark::RunSpecifiedBenchmarks();
  benchmark::ClearRegisteredBenchmarks();  // closes the sides before what they stand on is gone
  return 0;
}

}  // namespace
}  // namespace jiceng::benchmarks

int main(int argc, char** argv) { return jiceng::benchmarks::Main(argc, argv); }
