// Ledgers in, findings out: quick LEDGER-FOLDER
#include <iostream>
#include <jiceng/jiceng.hpp>

int main(int argc, char** argv) try {
  if (argc != 2) return 2;
  const jiceng::Date day(2026, 6, 30);
  jiceng::OpenOptions open;
  open.create = true;
  jiceng::WriterOptions write;
  write.recorded_at = jiceng::Time(std::chrono::seconds(1782777600));  // 2026-06-30

  const jiceng::Store store = jiceng::Store::Open("memory:", open).value();
  store.OpenWriter(write).value().Import({argv[1]}).value();
  const jiceng::Snapshot snapshot = store.OpenSnapshot().value();

  const jiceng::Measures counts = snapshot.Count("unit:320102", day).value();
  for (const char* measure : {"members.full", "members.probationary"})
    std::cout << measure << ' ' << counts.at(measure) << '\n';
  for (const jiceng::Row row : snapshot.Audit(day).value().Read().value())
    std::cout << row["subject"].text() << ' ' << row["rule"].text() << ' ' << row["status"].text() << '\n';
  return 0;
} catch (const jiceng::Failure& failure) {
  std::cerr << failure.error().reason() << ": " << failure.what() << '\n';
  return 1;
}
