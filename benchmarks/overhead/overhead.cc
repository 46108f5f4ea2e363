// What the way through the C interface costs over the same call inside: `under` and `find`, one by one, and a million
// ties in columns.  The inside is the engine's own archives, linked beside the shared library; each opens a file of its own.
#include <benchmark/benchmark.h>

#include <cstdio>
#include <filesystem>
#include <jiceng/jiceng.hpp>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "engine/store.h"
#include "graph/walk.h"

namespace {

namespace engine = jiceng::engine;
namespace graph = jiceng::graph;
namespace model = jiceng::model;

constexpr jiceng::Date kDate(2026, 6, 30);
const jiceng::base::Date kDay = jiceng::base::Date::FromNumber(20260630, jiceng::base::Date()).value();
// As many as stay in the caches, so that the call weighs and not the memory.
constexpr size_t kPairs = 1024;

// A copy of a store for the second library: two in one process never share a file.
class Copy {
 public:
  explicit Copy(const std::string& store) : path_(store + ".inside") {
    for (const char* end : {"", ".base"}) {
      std::filesystem::copy_file(store + end, path_ + end, std::filesystem::copy_options::overwrite_existing);
    }
  }
  ~Copy() {
    std::error_code ignored;
    for (const char* end : {"", ".base", "-wal", "-shm", "-lock"}) std::filesystem::remove(path_ + end, ignored);
  }
  Copy(const Copy&) = delete;
  Copy& operator=(const Copy&) = delete;
  const std::string& path() const { return path_; }

 private:
  const std::string path_;
};

// The same people and units in both.
struct Sample {
  std::vector<std::pair<int64_t, int64_t>> pairs;
  std::vector<std::string> people;
};

Sample Draw(const graph::Snapshot& inside) {
  Sample sample;
  std::mt19937 random(1);
  const uint32_t people = inside.Count(model::NodeKind::kPerson), units = inside.Count(model::NodeKind::kUnit);
  std::uniform_int_distribution<uint32_t> person(0, people - 1), unit(0, units - 1);
  for (size_t i = 0; i < kPairs; ++i) {
    const model::NodeNumber who(model::NodeKind::kPerson, person(random));
    // Half of them all the way up to the first unit, where the answer is yes.
    const model::NodeNumber where(model::NodeKind::kUnit, i % 2 == 0 ? 0 : unit(random));
    sample.pairs.emplace_back(who.ToInt64(), where.ToInt64());
    sample.people.push_back(inside.Text(who));
  }
  return sample;
}

void Count(benchmark::State& state, size_t calls) {
  state.counters["per call"] = benchmark::Counter(static_cast<double>(calls) * static_cast<double>(state.iterations()),
                                                  benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}

template <typename Ask>
void Register(const std::string& name, Ask ask) {
  benchmark::RegisterBenchmark(name.c_str(), ask)
      ->Repetitions(5)
      ->ReportAggregatesOnly(false)
      ->Unit(benchmark::kMicrosecond);
}

int Run(const std::string& path) {
  const Copy copy(path);
  jiceng::OpenOptions options;
  options.read_only = true;
  const jiceng::Store store = jiceng::Store::Open(path, options).value();
  const jiceng::Snapshot outside = store.OpenSnapshot().value();
  engine::OpenOptions inner;
  inner.store.read_only = true;
  const auto opened = engine::Store::Open(copy.path(), inner);
  if (!opened.ok()) {
    std::fprintf(stderr, "%s\n", opened.status().ToString().c_str());
    return 1;
  }
  const engine::Version version = (*opened)->Known();
  const graph::Snapshot& inside = *version.graph;
  const Sample sample = Draw(inside);

  Register("under/inside", [&](benchmark::State& state) {
    for (auto _ : state) {
      int64_t yes = 0;
      for (const auto& [node, ancestor] : sample.pairs) {
        yes += graph::IsUnder(inside, model::NodeNumber::FromInt64(node), model::NodeNumber::FromInt64(ancestor), kDay);
      }
      benchmark::DoNotOptimize(yes);
    }
    Count(state, kPairs);
  });
  Register("under/c", [&](benchmark::State& state) {
    for (auto _ : state) {
      int64_t yes = 0;
      for (const auto& [node, ancestor] : sample.pairs) yes += jiceng_is_under(outside.get(), node, ancestor, 20260630);
      benchmark::DoNotOptimize(yes);
    }
    Count(state, kPairs);
  });
  Register("find/inside", [&](benchmark::State& state) {
    for (auto _ : state) {
      int64_t sum = 0;
      for (const std::string& text : sample.people) {
        const model::NodeText node = model::ParseNodeText(text).value();
        sum += inside.Find(node.kind, node.id, kDay)->ToInt64();
      }
      benchmark::DoNotOptimize(sum);
    }
    Count(state, kPairs);
  });
  Register("find/c", [&](benchmark::State& state) {
    for (auto _ : state) {
      int64_t sum = 0;
      for (const std::string& text : sample.people) {
        int64_t number = 0;
        jiceng_find(outside.get(), text.data(), text.size(), 20260630, &number, nullptr);
        sum += number;
      }
      benchmark::DoNotOptimize(sum);
    }
    Count(state, kPairs);
  });
  const size_t ties = inside.base().Ties(model::TieKind::kAffiliation).size;
  Register("ties in columns/inside", [&](benchmark::State& state) {
    for (auto _ : state) {
      std::vector<int64_t> columns[7];
      for (auto& column : columns) column.reserve(ties);
      inside.ForEachTie(model::TieKind::kAffiliation, [&](const model::Tie& tie) {
        columns[0].push_back(tie.number);
        columns[1].push_back(tie.from.ToInt64());
        columns[2].push_back(tie.to.ToInt64());
        columns[3].push_back(tie.valid.from.ToNumber());
        columns[4].push_back(tie.valid.to.ToNumber());
        columns[5].push_back(tie.role);
        columns[6].push_back(tie.manner);
      });
      benchmark::DoNotOptimize(columns[6].data());
    }
    Count(state, ties);
  });
  Register("ties in columns/c", [&](benchmark::State& state) {
    for (auto _ : state) {
      const jiceng::Table table = outside.Ties("affiliation").value();
      benchmark::DoNotOptimize(jiceng_table_int64_column(table.get(), 1));
    }
    Count(state, ties);
  });
  return static_cast<int>(benchmark::RunSpecifiedBenchmarks() == 0);
}

}  // namespace

int main(int argc, char** argv) {
  benchmark::Initialize(&argc, argv);
  if (argc != 2) {
    std::fprintf(stderr,
                 "jiceng_overhead STORE [--benchmark_...]\n  A store with a base file (jiceng optimize).  Nothing in "
                 "it is changed.\n");
    return 2;
  }
  return Run(argv[1]);
}
