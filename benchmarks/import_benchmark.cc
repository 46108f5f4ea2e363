// Ledgers in: until a new store or database is whole, indexed, closed and on the disk.
#include <filesystem>

#include "benchmarks/benchmarks.h"
#include "benchmarks/jiceng_side.h"
#include "benchmarks/sqlite_side.h"

namespace jiceng::benchmarks {
namespace {

// The file and all whose names begin with its own.
double Bytes(const std::string& path) {
  const std::filesystem::path file(path);
  double bytes = 0;
  for (const auto& entry : std::filesystem::directory_iterator(file.parent_path())) {
    const bool ours = entry.path().filename().string().rfind(file.filename().string(), 0) == 0;
    if (ours && entry.is_regular_file()) bytes += static_cast<double>(entry.file_size());
  }
  return bytes;
}

template <class Import>
void Register(const std::string& name, const std::string& path, const Options& options, const Sample& sample,
              const Import& import) {
  Configure(benchmark::RegisterBenchmark(name.c_str(),
                                         [=](benchmark::State& state) {
                                           for (auto _ : state) import(path);
                                           state.counters["bytes"] = Bytes(path);
                                           state.SetItemsProcessed(state.iterations() * sample.rows);
                                         }),
            options, true)
      ->Unit(benchmark::kMillisecond);
}

}  // namespace

void RegisterImport(const Options& options, const Sample& sample) {
  const std::string ledgers = options.ledgers;
  Register("import/jiceng", options.StorePath() + ".again", options, sample,
           [=](const std::string& path) { JicengSide::Import(ledgers, path); });
  const struct {
    const char* name;
    Journal journal;
  } journals[] = {{"rollback", Journal::kRollback}, {"wal", Journal::kWal}, {"off", Journal::kOff}};
  for (const auto& [name, journal] : journals) {
    Register(std::string("import/sqlite/") + name, options.DatabasePath() + ".again", options, sample,
             [=, how = journal](const std::string& path) { SqliteSide::Import(ledgers, path, how); });
  }
}

}  // namespace jiceng::benchmarks
