// Matters: what is late, one more step, the findings and indicators over them, and what opening a store with them costs.
// The library alone: nobody else has this.  On a store of its own, made through the public interface.
#include <malloc.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <jiceng/jiceng.hpp>
#include <memory>
#include <string>

#include "benchmarks/benchmarks.h"
#include "benchmarks/fail.h"
#include "benchmarks/files.h"

namespace jiceng::benchmarks {
namespace {

constexpr int kCommunities = 100;
constexpr int kLateOfThousand = 20;
constexpr char kMoment[] = "2026-06-30 09:00";
const Date kDay(2026, 6, 30);

// The bytes of a change set, as a host's protobuf would write them.
std::string Varint(uint64_t value) {
  std::string bytes;
  for (; value >= 0x80; value >>= 7) bytes.push_back(static_cast<char>(value | 0x80));
  bytes.push_back(static_cast<char>(value));
  return bytes;
}
std::string Number(uint32_t field, uint64_t value) { return Varint(field << 3) + Varint(value); }
std::string Bytes(uint32_t field, const std::string& bytes) {
  return Varint(field << 3 | 2) + Varint(bytes.size()) + bytes;
}
std::string Told(uint32_t field, const char* name, const std::string& value) {
  return Bytes(field, Bytes(1, name) + Bytes(2, value));
}
std::string Change(uint32_t kind, const std::string& change) {
  const std::string bytes = Bytes(kind, change);
  return Varint(bytes.size()) + bytes;
}
std::string DayOf(uint32_t field, int day) {
  return Bytes(field, Number(1, 2026) + Number(2, 6) + Number(3, static_cast<uint64_t>(day)));
}

std::string Community(int i) {
  char code[16];
  std::snprintf(code, sizeof code, "320102001%03d", i % kCommunities + 1);
  return code;
}
std::string MatterId(int i) { return "C" + std::to_string(i); }

// A case that is ordered, dispatched, accepted and replied to, so that the 15 working days to solve it run: opened on 2 June they are over on the
// 24th, on 22 June they still run on the 30th (19 June is a day off).
std::string OneCase(int i) {
  const int day = i % 1000 < kLateOfThousand ? 2 : 22;
  const std::string id = MatterId(i), director = "person:d";
  const auto step = [&](const char* word, const std::string& told) {
    return Change(35, Bytes(1, id) + Bytes(2, word) + DayOf(3, day) + Number(4, 600) + Bytes(5, director) + told);
  };
  return Change(34, Bytes(1, "case.four-orders") + Bytes(2, id) + Told(3, "place", "unit:" + Community(i)) +
                        Told(3, "platform", "org:center") + DayOf(4, day) + Number(5, 540) +
                        Told(7, "matter", "路面破损")) +
         step("dispatch", Told(6, "to", "org:center")) + step("accept", "") +
         step("reply", Told(6, "plan", "本周修补"));
}

Writer Write(const Store& store) {
  WriterOptions options;
  options.recorded_at = Time(std::chrono::seconds(1782777600));
  return store.OpenWriter(options).value();
}

Store OpenMade(const std::string& path, bool create = false) {
  OpenOptions options;
  options.create = create;
  return Store::Open(path, options).value();
}

// A store with so many open matters, folded.
void Make(const std::string& path, int matters) {
  std::string units = "code,name,level,parent_code,households,population\n320102001,街道,street,,,\n";
  for (int i = 0; i < kCommunities; ++i)
    units += Community(i) + ",社区" + std::to_string(i) + ",community,320102001,,\n";
  RemoveFiles(path);
  const Store store = OpenMade(path, true);
  Write(store)
      .ImportBytes({{"units.csv", units},
                    {"orgs.csv",
                     "org_id,name,kind,parent_id,unit_code,founded,dissolved\n"
                     "center,中心,service_center,,320102001,2020-01-01,\n"},
                    {"people.csv", "person_id,name,party_status,joined_on,in_service\nd,主任,none,,0\n"},
                    {"appointments.csv",
                     "person_id,org_id,unit_code,post,kind,from,to\nd,center,,director,appointed,2020-01-01,\n"}})
      .value();
  for (int i = 0; i < matters;) {
    std::string changes;
    for (const int end = std::min(matters, i + 2000); i < end; ++i) changes += OneCase(i);
    if (Write(store).Apply(changes).value() == 0) Fail("a matter is refused");
  }
  store.Optimize().value();
}

// Every text of a table touched.
int64_t Touch(const Table& table) {
  int64_t sum = 0;
  for (const Row row : table) sum += static_cast<int64_t>(row["due"].text().size() + row["name"].text().size());
  return sum;
}

double PrivateBytes() {
  malloc_trim(0);
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);) {
    if (line.rfind("RssAnon:", 0) == 0) return std::stod(line.substr(8)) * 1024;
  }
  return 0;
}

}  // namespace

void RegisterMatters(const Options& options) {
  const int few = 100, many = options.small ? 1000 : 100000;
  const std::string folder = options.work + "/matters/";
  const auto store_of = [=](int matters) {
    const std::string path = folder + std::to_string(matters) + ".jiceng";
    if (!std::filesystem::exists(path)) {
      std::filesystem::create_directories(folder);
      Make(path, matters);
    }
    return path;
  };
  const auto add = [&](const char* name, benchmark::TimeUnit unit, bool once, auto run) {
    Configure(benchmark::RegisterBenchmark((std::string(name) + "/jiceng").c_str(), run), options, once)->Unit(unit);
  };
  // In the order of what it says: the file is opened, and somebody asks for the first time what is late.
  add("matters/open_and_first_list", benchmark::kMillisecond, true, [=](benchmark::State& state) {
    const std::string path = store_of(many);
    for (auto _ : state) {
      state.PauseTiming();
      const double before = PrivateBytes();
      state.ResumeTiming();
      const Store store = OpenMade(path);
      const Snapshot snapshot = store.OpenSnapshot().value();
      benchmark::DoNotOptimize(Touch(snapshot.LateMatters(kMoment).value()));
      state.PauseTiming();
      state.counters["private_bytes"] = PrivateBytes() - before;
      state.ResumeTiming();
    }
    state.counters["file_bytes"] = BytesOfFiles(path);
  });
  add("matters/late", benchmark::kMillisecond, false, [=](benchmark::State& state) {
    const Store store = OpenMade(store_of(many));
    const Snapshot snapshot = store.OpenSnapshot().value();
    int64_t rows = snapshot.LateMatters(kMoment).value().size();  // the first reads all matters
    for (auto _ : state) {
      const Table table = snapshot.LateMatters(kMoment).value();
      benchmark::DoNotOptimize(Touch(table));
      rows = static_cast<int64_t>(table.size());
    }
    if (rows != many / 1000 * kLateOfThousand) Fail("not those are late that were made so");
    state.counters["rows"] = static_cast<double>(rows);
  });
  add("matters/audit", benchmark::kMillisecond, false, [=](benchmark::State& state) {
    const Store store = OpenMade(store_of(many));
    const Snapshot snapshot = store.OpenSnapshot().value();
    AuditOptions audit;
    audit.rules = {"case.orders-overdue"};
    int64_t found = static_cast<int64_t>(snapshot.Audit(kDay, kEverything, audit).value().size());
    for (auto _ : state) found = static_cast<int64_t>(snapshot.Audit(kDay, kEverything, audit).value().size());
    state.counters["findings"] = static_cast<double>(found);
  });
  add("matters/rollup", benchmark::kMillisecond, false, [=](benchmark::State& state) {
    const Store store = OpenMade(store_of(many));
    const Snapshot snapshot = store.OpenSnapshot().value();
    snapshot.Rollup("case.on-time-rate", kDay).value();
    for (auto _ : state) benchmark::DoNotOptimize(snapshot.Rollup("case.on-time-rate", kDay).value().size());
  });
  // One durable commit of one step, and with it what brings the list of matters up to date; the second beside few others
  // tells what the many cost.
  for (const int matters : {few, many}) {
    const std::string name = "matters/step" + std::string(matters == few ? "_beside_few" : "");
    add(name.c_str(), benchmark::kMicrosecond, false, [=](benchmark::State& state) {
      const std::string copy = folder + "steps.jiceng";
      RemoveFiles(copy);
      CopyFiles(store_of(matters), copy);
      const Store store = OpenMade(copy);
      store.OpenSnapshot().value().LateMatters(kMoment).value();
      StepOptions step;
      step.at = "2026-06-29 10:00";
      step.actor = "person:d";
      step.fields = {"note=已看过现场"};
      uint64_t next = 0;
      for (auto _ : state) {
        next = (next + 7919) % static_cast<uint64_t>(matters);
        if (Write(store).TakeStep(MatterId(static_cast<int>(next)), "work", step).value() == 0)
          Fail("a step is refused");
      }
    });
  }
  add("matters/follow", benchmark::kMicrosecond, false, [=](benchmark::State& state) {
    const std::string copy = folder + "steps.jiceng";
    RemoveFiles(copy);
    CopyFiles(store_of(many), copy);
    const Store store = OpenMade(copy);
    AuditOptions audit;
    audit.rules = {"case.orders-overdue"};
    Monitor monitor = Monitor::Open(store.OpenSnapshot().value(), kDay, audit).value();
    StepOptions step;
    step.at = "2026-06-29 10:00";
    step.actor = "person:d";
    step.fields = {"result=已修好"};
    int next = 0;
    for (auto _ : state) {
      state.PauseTiming();
      const std::string id = MatterId(next++ % many);
      if (Write(store).TakeStep(id, "finish", step).value() == 0) Fail("a step is refused");
      const Snapshot snapshot = store.OpenSnapshot().value();
      state.ResumeTiming();
      monitor.Follow(snapshot).value();
    }
  });
}

}  // namespace jiceng::benchmarks
