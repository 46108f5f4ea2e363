#include "benchmarks/options.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <string_view>

#include "benchmarks/ledger_reader.h"

namespace jiceng::benchmarks {
namespace {

[[noreturn]] void Usage() {
  std::fprintf(
      stderr,
      "jiceng_benchmark --ledgers DIR [--work DIR] [--date YYYY-MM-DD] [--small] [--repetitions N] [--without "
      "PEER]...\n"
      "                 [--benchmark_...]\n"
      "  Measures jiceng and its peers on the ledgers of `jiceng synth` after checking that all give the same "
      "answers.\n"
      "  --work         where stores and databases are made; a local disk with 6 GB free for a city (default: here)\n"
      "  --without      leaves out sqlite, duckdb or postgres\n"
      "  --small        every benchmark once: for tests\n"
      "  --repetitions  of every benchmark; the table takes the least time (default 3)\n");
  std::exit(2);
}

}  // namespace

std::string Options::Path(const std::string& side_name) const { return work + "/benchmark_" + side_name + "/ledgers"; }

bool Options::Without(const std::string& side_name) const {
  return std::find(without.begin(), without.end(), side_name) != without.end();
}

Options ReadOptions(int argc, char** argv, std::vector<char*>& rest) {
  Options options;
  rest.push_back(argv[0]);
  for (int i = 1; i < argc; ++i) {
    const std::string_view name = argv[i];
    if (name.substr(0, 12) == "--benchmark_") {
      rest.push_back(argv[i]);
      continue;
    }
    if (name == "--small") {
      options.small = true;
      options.repetitions = 1;
      continue;
    }
    if (i + 1 == argc) Usage();
    const std::string value = argv[++i];
    if (name == "--ledgers") {
      options.ledgers = value;
    } else if (name == "--work") {
      options.work = value;
    } else if (name == "--date") {
      if (value.size() != 10) Usage();
      options.date = DateOf(value, 0);
    } else if (name == "--repetitions") {
      options.repetitions = std::atoi(value.c_str());
    } else if (name == "--without") {
      options.without.push_back(value);
    } else if (name == "--child") {
      options.child = value;
    } else if (name == "--side") {
      options.side = value;
    } else if (name == "--path") {
      options.path = value;
    } else if (name == "--unit") {
      options.unit = value;
    } else {
      Usage();
    }
  }
  if ((options.ledgers.empty() && options.child.empty()) || options.repetitions < 1 || options.date == 0) Usage();
  return options;
}

}  // namespace jiceng::benchmarks
