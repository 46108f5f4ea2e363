// Threads and processes: readers beside a writer, and what a child of fork() may do.
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <thread>

#include "tests/capi/organization.h"

namespace jiceng_test {
namespace {

std::string PersonRow(int i) { return "q" + std::to_string(i) + ",周" + std::to_string(i) + ",full,2000-07-01,0\n"; }

class Threads : public testing::TestWithParam<const char*> {};
INSTANTIATE_TEST_SUITE_P(Stores, Threads, testing::Values("memory:", "sqlite:"),
                         [](const auto& param) { return std::string(param.param) == "memory:" ? "Memory" : "Sqlite"; });

TEST_P(Threads, ReadersSeeWholeCommitsBesideAWriter) {
  constexpr int kReaders = 4, kCommits = 12, kPeopleACommit = 3;
  const Folder folder;
  const Store store = MakeOrganization(std::string(GetParam()) == "memory:" ? "memory:" : folder.Sub("a.jiceng"));
  const Snapshot shared = OpenSnapshot(store.get());
  std::atomic<bool> done{false};
  std::atomic<int> mistakes{0};
  std::atomic<int64_t> asked{0};

  std::vector<std::thread> readers;
  for (int r = 0; r < kReaders; ++r) {
    readers.emplace_back([&, r] {
      while (!done.load() || asked.load() < kReaders) {
        jiceng_snapshot* raw = nullptr;
        if (jiceng_snapshot_open(store.get(), nullptr, 0, &raw, nullptr) != JICENG_OK) {
          ++mistakes;
          break;
        }
        const Snapshot snapshot(raw);
        // A commit is there as a whole or not at all: seq s has the people of s - 1 commits, three each.
        const int64_t commits = jiceng_snapshot_seq(raw) - 1;
        for (int i = 0; i < kCommits * kPeopleACommit; ++i) {
          int64_t number = 0;
          const std::string node = "person:q" + std::to_string(i);
          const bool found = jiceng_find(raw, node.data(), node.size(), 0, &number, nullptr) == JICENG_OK;
          if (found != (i < commits * kPeopleACommit)) ++mistakes;
        }
        jiceng_findings* findings = nullptr;
        if (jiceng_audit(r % 2 == 0 ? raw : shared.get(), nullptr, 0, kDay, nullptr, &findings, nullptr) != JICENG_OK)
          ++mistakes;
        jiceng_table* table = nullptr;
        if (jiceng_findings_table(findings, JICENG_LANG_ZH, 0, 0, &table, nullptr) != JICENG_OK) ++mistakes;
        jiceng_table_free(table);
        jiceng_findings_free(findings);
        table = nullptr;
        if (jiceng_search(shared.get(), "园", JICENG_NUL, kDay, 0, &table, nullptr) != JICENG_OK) ++mistakes;
        jiceng_table_free(table);
        if (jiceng_tree(shared.get(), nullptr, 0, kDay - r, 0, 0, &table, nullptr) != JICENG_OK) ++mistakes;
        jiceng_table_free(table);
        ++asked;
      }
    });
  }
  const Folder more;
  for (int c = 0; c < kCommits; ++c) {
    std::string people = "person_id,name,party_status,joined_on,in_service\n";
    for (int i = 0; i < kPeopleACommit; ++i) people += PersonRow(c * kPeopleACommit + i);
    more.Write("people.csv", people);
    const Report report = Import(store.get(), more.path(), 0, kRecordedAt + c);
    EXPECT_EQ(jiceng_import_report_seq(report.get()), c + 2);
  }
  done = true;
  for (std::thread& reader : readers) reader.join();
  EXPECT_EQ(mistakes, 0);
  EXPECT_EQ(jiceng_snapshot_seq(shared.get()), 1);
}

#if !defined(__SANITIZE_THREAD__)  // ThreadSanitizer does not follow a child of a process with threads
TEST(Fork, AChildIsToldToOpenTheStoreAnew) {
  const Folder folder;
  const Store store = MakeOrganization(folder.Sub("a.jiceng"));
  const Snapshot snapshot = OpenSnapshot(store.get());
  const Writer writer = OpenWriter(store.get(), kRecordedAt + 60);
  int64_t branch = 0, district = 0;
  ASSERT_EQ(jiceng_find(snapshot.get(), "org:1001", JICENG_NUL, 0, &branch, nullptr), JICENG_OK);
  ASSERT_EQ(jiceng_find(snapshot.get(), "unit:320102", JICENG_NUL, 0, &district, nullptr), JICENG_OK);
  const pid_t child = fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    const auto refused = [](const Outcome& outcome) {
      return outcome.status == JICENG_FAILED_PRECONDITION && outcome.reason == "STORE_USED_AFTER_FORK";
    };
    jiceng_snapshot* another = nullptr;
    jiceng_table* table = nullptr;
    jiceng_findings* findings = nullptr;
    jiceng_import_report* report = nullptr;
    int64_t number = 0;
    const bool good =
        refused(Try([&](jiceng_error** e) { return jiceng_snapshot_open(store.get(), nullptr, 0, &another, e); })) &&
        refused(Try(
            [&](jiceng_error** e) { return jiceng_count(snapshot.get(), "org:1000", JICENG_NUL, kDay, &table, e); })) &&
        refused(Try(
            [&](jiceng_error** e) { return jiceng_audit(snapshot.get(), nullptr, 0, kDay, nullptr, &findings, e); })) &&
        refused(Try([&](jiceng_error** e) { return jiceng_store_log(store.get(), 0, 0, &table, e); })) &&
        refused(Try([&](jiceng_error** e) { return jiceng_store_changes(store.get(), 0, -1, 0, &table, e); })) &&
        refused(Try(
            [&](jiceng_error** e) { return jiceng_store_wait(store.get(), 0, 0, nullptr, nullptr, &number, e); })) &&
        refused(Try(
            [&](jiceng_error** e) { return jiceng_writer_import(writer.get(), nullptr, 0, nullptr, &report, e); })) &&
        refused(Try([&](jiceng_error** e) { return jiceng_store_optimize(store.get(), nullptr, nullptr, e); })) &&
        // Point questions take no lock and go on.
        jiceng_find(snapshot.get(), "org:1001", JICENG_NUL, 0, &number, nullptr) == JICENG_OK && number == branch &&
        jiceng_is_under(snapshot.get(), branch, district, kDay) == 1 &&
        jiceng_node_text(snapshot.get(), branch, nullptr, 0) == 8;
    _exit(good ? 0 : 1);
  }
  int status = 0;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  EXPECT_TRUE(WIFEXITED(status));
  EXPECT_EQ(WEXITSTATUS(status), 0);
  // The parent's store is as it was.
  const Report report = Import(
      store.get(),
      [&] {
        folder.Write("people.csv", "person_id,name,party_status,joined_on,in_service\n" + PersonRow(1));
        return folder.Sub("people.csv");
      }(),
      0, kRecordedAt + 60);
  EXPECT_EQ(jiceng_import_report_seq(report.get()), 2);
}
#endif

}  // namespace
}  // namespace jiceng_test
