// Imports the ledgers into both sides, checks that they agree, then times.  README.md says how to run it and shows what
// came out.
#include <sqlite3.h>

#include <cstdio>
#include <filesystem>

#include "benchmarks/agreement.h"
#include "benchmarks/benchmarks.h"
#include "benchmarks/child.h"
#include "benchmarks/options.h"

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

int Main(int argc, char** argv) {
  std::vector<char*> rest;
  Options options = ReadOptions(argc, argv, rest);
  if (!options.child.empty()) return RunChild(options);
  options.work = std::filesystem::absolute(options.work).string();

  const Sample sample = ReadSample(options.ledgers);
  std::fprintf(stderr, "%lld rows, %lld members\n", static_cast<long long>(sample.rows),
               static_cast<long long>(sample.members));
  JicengSide::Import(options.ledgers, options.StorePath());
  SqliteSide::Import(options.ledgers, options.DatabasePath(), Journal::kWal);
  {
    JicengSide jiceng(options.StorePath());
    SqliteSide sqlite(options.DatabasePath());
    sqlite.SetDeadline(options.date, kDeadlineDays);
    if (!Agree(jiceng, sqlite, sample, options.date)) {
      std::fprintf(stderr, "jiceng_benchmark: the two sides disagree; nothing is timed\n");
      return 1;
    }
  }

  int rest_count = static_cast<int>(rest.size());
  benchmark::Initialize(&rest_count, rest.data());
  benchmark::AddCustomContext("jiceng_version", jiceng_version());
  benchmark::AddCustomContext("sqlite_version", sqlite3_libversion());
  benchmark::AddCustomContext("ledger_rows", std::to_string(sample.rows));
  benchmark::AddCustomContext("members", std::to_string(sample.members));
  benchmark::AddCustomContext("as_of", std::to_string(options.date));
  RegisterImport(options, sample);
  RegisterProcess(options, sample);
  RegisterCommits(options, sample);
  RegisterAudit(options, sample);
  RegisterQuestions(options, sample);
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}

}  // namespace
}  // namespace jiceng::benchmarks

int main(int argc, char** argv) { return jiceng::benchmarks::Main(argc, argv); }
