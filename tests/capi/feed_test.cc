// The change feed: what commits say row after row, and waiting for them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <map>
#include <thread>

#include "tests/capi/organization.h"

namespace jiceng_test {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::Not;
using ::testing::StartsWith;

class Feed : public testing::TestWithParam<const char*> {
 protected:
  Feed() : store_(MakeOrganization(std::string(GetParam()) == "memory:" ? "memory:" : folder_.Sub("a.jiceng"))) {}

  Rows Changes(int64_t after_seq, int64_t after_row = -1, int64_t limit = 0) {
    return Ask([&](jiceng_table** table, jiceng_error** error) {
      return jiceng_store_changes(store_.get(), after_seq, after_row, limit, table, error);
    });
  }
  void Commit(const std::string& file, const std::string& content) {
    const Folder more;
    more.Write(file, content);
    Import(store_.get(), more.path());
  }

  const Folder folder_;
  Store store_;
};
INSTANTIATE_TEST_SUITE_P(Stores, Feed, testing::Values("memory:", "sqlite:"),
                         [](const auto& param) { return std::string(param.param) == "memory:" ? "Memory" : "Sqlite"; });

TEST_P(Feed, SaysWhatACommitHasChanged) {
  // p4 joins the branch; the tie of a residence gets its end.
  Commit("affiliations.csv", "person_id,branch_id,kind,from,to\np4,1001,temporary,2026-02-01,\n");
  Commit("residences.csv", "person_id,unit_code,from,to\np2,320102002002,2012-01-01,2026-03-01\n");
  const std::string head =
      "seq|row|recorded_at|what|node|kind|value|to_node|role|manner|valid_from|valid_to|attributes|withdrawn|tie|"
      "node_number|to_number";
  const Rows second = Changes(1, -1), third = Changes(2, -1);
  ASSERT_EQ(second.size(), 3u);
  ASSERT_EQ(third.size(), 2u);
  EXPECT_EQ(second[0], head);
  EXPECT_THAT(second[1], StartsWith("2|0|1782777600|tie|person:p4|affiliation|-|org:1001|-|temporary|20260201|-|-|0|"));
  EXPECT_EQ(second[2], third[1]);
  EXPECT_THAT(third[1],
              StartsWith("3|0|1782777600|tie|person:p2|residence|-|unit:320102002002|-|-|20120101|20260301|-|0|"));
  EXPECT_THAT(Changes(3, -1), ElementsAre(head));
}

TEST_P(Feed, ANewNodeComesWithItsFactsAndItsName) {
  Commit("people.csv", "person_id,name,party_status,joined_on,in_service,sex\np9,周九,full,2001-07,1,female\n");
  Rows rows = Changes(1, -1);
  ASSERT_EQ(rows.size(), 7u);
  for (std::string& row : rows) row = row.substr(0, row.find("|-|-|-|-|-|-|0|-|"));  // no tie, no dates
  EXPECT_THAT(rows, Contains("2|0|1782777600|node|person:p9|-|-"));
  EXPECT_THAT(rows, Contains("2|0|1782777600|text|person:p9|name|周九"));
  EXPECT_THAT(rows, Contains("2|0|1782777600|fact|person:p9|party_status|full"));
  EXPECT_THAT(rows, Contains("2|0|1782777600|fact|person:p9|in_service|1"));
  EXPECT_THAT(rows, Contains("2|0|1782777600|fact|person:p9|joined_on|2001-07"));
  EXPECT_THAT(rows, Contains("2|0|1782777600|fact|person:p9|sex|female"));
}

// A commit of nothing else is told of all the same.
TEST_P(Feed, TheHashOfACitizenNumberIsMasked) {
  const std::string head = "姓名,人员编号,身份证号,所在党支部\n";
  Commit("花名册.csv", head + "张一,p1,11010519491231002X,第一党支部\n");
  const Rows rows = Changes(1, -1);
  ASSERT_EQ(rows.size(), 2u);
  EXPECT_THAT(rows[1], StartsWith("2|0|1782777600|text|person:p1|citizen_id_hash|***|"));
}

TEST_P(Feed, PagesOfAnySizeAreTheSameRows) {
  Commit("affiliations.csv", "person_id,branch_id,kind,from,to\np4,1001,temporary,2026-02-01,\n");
  const Rows all = Changes(0);
  for (const int64_t limit : {1, 2, 3, 7, 1000}) {
    Rows paged = {all[0]};
    int64_t seq = 0, row = -1;
    while (true) {
      jiceng_table* raw = nullptr;
      ASSERT_EQ(jiceng_store_changes(store_.get(), seq, row, limit, &raw, nullptr), JICENG_OK);
      const Table page(raw);
      const int64_t rows = jiceng_table_rows(raw);
      if (rows == 0) break;
      const Rows printed = Print(raw);
      paged.insert(paged.end(), printed.begin() + 1, printed.end());
      seq = jiceng_table_int64(raw, rows - 1, jiceng_table_find_column(raw, "seq"));
      row = jiceng_table_int64(raw, rows - 1, jiceng_table_find_column(raw, "row"));
    }
    EXPECT_EQ(paged, all) << limit;
  }
}

// One who applies the rows to a table of ties has the ties of the store, whatever happened to them.
TEST_P(Feed, KeepsATableInStep) {
  Commit("residences.csv", "person_id,unit_code,from,to\np2,320102002002,2012-01-01,2026-03-01\n");
  Commit("residences.csv", "person_id,unit_code,from,to\np2,320102002001,2026-03-01,\n");
  const Writer writer = OpenWriter(store_.get());
  int64_t head = 0;
  ASSERT_EQ(jiceng_writer_revert(writer.get(), 3, &head, nullptr), JICENG_OK);
  ASSERT_EQ(head, 4);
  std::map<int64_t, std::string> homes;  // by tie
  jiceng_table* raw = nullptr;
  ASSERT_EQ(jiceng_store_changes(store_.get(), 0, -1, 0, &raw, nullptr), JICENG_OK);
  const Table table(raw);
  const auto column = [&](const char* name) { return jiceng_table_find_column(raw, name); };
  const auto text = [&](int64_t row, const char* name) {
    return std::string(jiceng_table_text(raw, row, column(name), nullptr));
  };
  for (int64_t i = 0; i < jiceng_table_rows(raw); ++i) {
    if (text(i, "kind") != "residence") continue;
    const int64_t tie = jiceng_table_int64(raw, i, column("tie"));
    if (jiceng_table_int64(raw, i, column("withdrawn")) != 0) {
      homes.erase(tie);
    } else {
      homes[tie] = text(i, "node") + " " + text(i, "to_node") + " " +
                   std::to_string(jiceng_table_int64(raw, i, column("valid_to")));
    }
  }
  Rows kept;
  for (const auto& [tie, home] : homes) kept.push_back(home);
  EXPECT_THAT(kept,
              testing::UnorderedElementsAre("person:p1 unit:320102002001 0", "person:p2 unit:320102002002 20260301",
                                            "person:p3 unit:320102002001 0"));
}

TEST_P(Feed, ACommitThatIsNotThereIsToldOf) {
  jiceng_table* table = nullptr;
  const auto changes = [&](int64_t seq, int64_t row, int64_t limit) {
    return Try([&](jiceng_error** e) { return jiceng_store_changes(store_.get(), seq, row, limit, &table, e); });
  };
  EXPECT_EQ(changes(2, -1, 0).reason, "NO_SUCH_SEQ");
  EXPECT_EQ(changes(-1, -1, 0).reason, "NO_SUCH_SEQ");
  EXPECT_EQ(changes(1, -2, 0).field, "after_row");
  EXPECT_EQ(changes(1, -1, -1).field, "limit");
  EXPECT_EQ(table, nullptr);
}

using Clock = std::chrono::steady_clock;

class Waiting : public Feed {
 protected:
  int64_t Wait(int64_t seq, int64_t timeout_ms, jiceng_progress_fn progress = nullptr, void* user = nullptr) {
    int64_t head = -1;
    outcome_ = Try([&](jiceng_error** error) {
      return jiceng_store_wait(store_.get(), seq, timeout_ms, progress, user, &head, error);
    });
    return head;
  }
  Outcome outcome_;
};
INSTANTIATE_TEST_SUITE_P(Stores, Waiting, testing::Values("memory:", "sqlite:"),
                         [](const auto& param) { return std::string(param.param) == "memory:" ? "Memory" : "Sqlite"; });

TEST_P(Waiting, EndsAtOnceWhereThereIsSomethingNew) { EXPECT_EQ(Wait(0, -1), 1); }

TEST_P(Waiting, EndsWithItsTime) {
  EXPECT_EQ(Wait(1, 0), 1);
  const auto begun = Clock::now();
  EXPECT_EQ(Wait(1, 120), 1);
  EXPECT_GE(Clock::now() - begun, std::chrono::milliseconds(120));
  EXPECT_EQ(outcome_.status, JICENG_OK);
}

TEST_P(Waiting, EndsWithACommitOfAnotherThread) {
  std::thread other([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(80));
    Commit("affiliations.csv", "person_id,branch_id,kind,from,to\np4,1001,temporary,2026-02-01,\n");
  });
  EXPECT_EQ(Wait(1, -1), 2);
  other.join();
}

TEST_P(Waiting, IsStoppedByItsProgressFunction) {
  std::atomic<bool> stop{false};
  std::thread other([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(80));
    stop = true;
  });
  const auto look = [](const char* stage, int64_t, int64_t, void* user) -> int32_t {
    EXPECT_STREQ(stage, "wait");
    return *static_cast<std::atomic<bool>*>(user) ? 1 : 0;
  };
  EXPECT_EQ(Wait(1, -1, look, &stop), 0);
  EXPECT_EQ(outcome_.status, JICENG_CANCELLED);
  other.join();
}

TEST_P(Waiting, KnowsThatAStoreWasPutBack) {
  EXPECT_EQ(Wait(2, 10), 0);
  EXPECT_EQ(outcome_.status, JICENG_OUT_OF_RANGE);
  EXPECT_EQ(outcome_.reason, "NO_SUCH_SEQ");
  EXPECT_EQ(Wait(1, -2), 0);
  EXPECT_EQ(outcome_.field, "timeout_ms");
}

#if !defined(__SANITIZE_THREAD__)  // ThreadSanitizer does not follow a child of a process with threads
TEST(WaitingForAProcess, EndsWithItsCommit) {
  const Folder folder, more;
  const std::string file = folder.Sub("a.jiceng");
  MakeOrganization(file).reset();
  more.Write("affiliations.csv", "person_id,branch_id,kind,from,to\np4,1001,temporary,2026-02-01,\n");
  const pid_t child = fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    usleep(100'000);
    const Store store = Open(file, 0);
    Import(store.get(), more.path());
    _exit(testing::Test::HasFailure() ? 1 : 0);
  }
  const Store store = Open(file, JICENG_OPEN_READ_ONLY);
  int64_t head = 0;
  EXPECT_EQ(jiceng_store_wait(store.get(), 1, 20'000, nullptr, nullptr, &head, nullptr), JICENG_OK);
  EXPECT_EQ(head, 2);
  EXPECT_THAT(Ask([&](jiceng_table** table, jiceng_error** error) {
                return jiceng_store_changes(store.get(), 1, -1, 0, table, error);
              }),
              Contains(StartsWith("2|0|1782777600|tie|person:p4|affiliation|")));
  int status = 0;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  EXPECT_EQ(status, 0);
}
#endif

}  // namespace
}  // namespace jiceng_test
