// The wrapper in a host built with -fno-exceptions -fno-rtti: errors arrive as values.
#include <cstdio>
#include <jiceng/jiceng.hpp>

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  const jiceng::Result<jiceng::Store> none = jiceng::Store::Open("/nowhere/at/all.jiceng");
  if (none.ok() || none.error().reason() != "STORE_NOT_FOUND") return 3;

  jiceng::OpenOptions options;
  options.create = true;
  const jiceng::Result<jiceng::Store> store = jiceng::Store::Open("memory:", options);
  if (!store) return 4;
  jiceng::WriterOptions write;
  write.recorded_at = jiceng::Time(std::chrono::seconds(1782777600));  // 2026-06-30
  int64_t told = 0;
  write.progress = [&](std::string_view, int64_t, int64_t) {
    ++told;
    return true;
  };
  jiceng::Result<jiceng::Writer> writer = store->OpenWriter(write);
  if (!writer) return 5;
  if (!writer->Import({argv[1]}).ok() || told == 0) return 6;
  const jiceng::Result<jiceng::Snapshot> snapshot = store->OpenSnapshot();
  const jiceng::Result<jiceng::Measures> counts = snapshot->Count("unit:320102", jiceng::Date(2026, 6, 30));
  return counts.ok() && counts->at("members.full") == 2 ? 0 : 7;
}
