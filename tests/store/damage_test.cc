// Whatever is done to its bytes, a store says so or is none the worse, and never crashes.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sqlite3.h>

#include "base/status.h"
#include "tests/store/store_fixture.h"

namespace jiceng::store {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

class DamageTest : public testing::Test {
 protected:
  DamageTest() {
    OpenOptions options;
    options.create = true;
    auto store = *Open(folder_.File("a"), options);
    FillWithEverything(store.get());
    EXPECT_TRUE(AppendNext(store.get(), ManyTies(400)).ok());
    dump_ = Dump(store.get());
    store.reset();
    bytes_ = ReadFile(folder_.File("a"));
  }
  // The damage found in a store of these bytes, or "" when it is the store it was.
  std::string Found(std::string_view bytes) {
    for (const char* suffix : {"", "-wal", "-shm", "-journal"}) unlink((folder_.File("b") + suffix).c_str());
    WriteFile(folder_.File("b"), bytes);
    absl::StatusOr<std::unique_ptr<Store>> store = Open(folder_.File("b"), {});
    if (!store.ok()) return "open: " + base::ErrorReason(store.status());
    const std::string problems = Problems(store->get());
    if (!problems.empty()) return problems;
    return Dump(store->get()) == dump_ ? "" : "UNNOTICED";
  }
  void Tamper(const char* sql) {
    sqlite3* db = nullptr;
    ASSERT_EQ(sqlite3_open(folder_.File("a").c_str(), &db), SQLITE_OK);
    ASSERT_EQ(sqlite3_exec(db, sql, nullptr, nullptr, nullptr), SQLITE_OK) << sqlite3_errmsg(db);
    sqlite3_close(db);
  }
  std::string ProblemsAfter(const char* sql) {
    WriteFile(folder_.File("a"), bytes_);
    Tamper(sql);
    absl::StatusOr<std::unique_ptr<Store>> store = Open(folder_.File("a"), {});
    return store.ok() ? Problems(store->get()) : "open: " + std::string(store.status().message());
  }

  TestFolder folder_;
  std::string dump_, bytes_;
};

TEST_F(DamageTest, FlippedBitsAreFoundOrChangeNothing) {
  int found = 0, harmless = 0;
  for (size_t at = 0; at < bytes_.size(); at += at < 200 ? 1 : 53) {
    std::string bytes = bytes_;
    bytes[at] = static_cast<char>(bytes[at] ^ (1 << (at % 8)));
    const std::string what = Found(bytes);
    EXPECT_NE(what, "UNNOTICED") << "byte " << at;
    ++(what.empty() ? harmless : found);
  }
  EXPECT_GT(found, 100);
}

TEST_F(DamageTest, PagesZeroedAreFound) {
  for (size_t at = 0; at + 4096 <= bytes_.size(); at += 4096) {
    std::string bytes = bytes_;
    bytes.replace(at, 4096, std::string(4096, '\0'));
    EXPECT_NE(Found(bytes), "UNNOTICED") << "page " << at / 4096 + 1;
  }
}

TEST_F(DamageTest, LogOfCommitsCutAnywhereLeavesAWholeCommit) {
  auto store = *Open(folder_.File("a"), {});
  ASSERT_TRUE(AppendNext(store.get(), ManyTies(100)).ok());
  ASSERT_TRUE(AppendNext(store.get(), ManyTies(100)).ok());
  const std::string main = ReadFile(folder_.File("a")), wal = ReadFile(folder_.File("a-wal"));
  ASSERT_GT(wal.size(), 8192u);
  store.reset();
  for (size_t size = 0; size <= wal.size(); size += 1009) {
    unlink(folder_.File("c-shm").c_str());
    WriteFile(folder_.File("c"), main);
    WriteFile(folder_.File("c-wal"), std::string_view(wal).substr(0, size));
    absl::StatusOr<std::unique_ptr<Store>> cut = Open(folder_.File("c"), {});
    ASSERT_TRUE(cut.ok()) << cut.status();
    EXPECT_EQ(Problems(cut->get()), "") << size;
    EXPECT_GE((*cut)->ReadHead()->seq, 4) << size;
  }
}

TEST_F(DamageTest, TamperingIsTracedToItsCommit) {
  EXPECT_EQ(ProblemsAfter("UPDATE tie_row SET valid_to = NULL WHERE id = 2 << 32 | 10"),
            "2: the hash of the commit does not fit its rows and its predecessor\n");
  EXPECT_EQ(ProblemsAfter("UPDATE identity SET name = '李五' WHERE node = 3"),
            "1: row 1: the id or name of node 3 is not what was committed\n");
  EXPECT_EQ(ProblemsAfter("UPDATE text SET value = '李五' WHERE node = 3 AND id >> 32 = 2"),
            "2: row 4: a text of node 3 is not what was committed\n");
  EXPECT_EQ(ProblemsAfter("UPDATE tie_text SET attributes = '{}' WHERE id >> 32 = 3"),
            "3: row 3: a text of node 3 is not what was committed\n");
  EXPECT_EQ(ProblemsAfter("UPDATE commit_log SET author = 'x' WHERE seq = 3"),
            "3: the author, reason or basis of the commit is not what was committed\n");
  EXPECT_EQ(ProblemsAfter("UPDATE tie_row SET traits = traits + (1 << 5) WHERE id = 1 << 32 | 8"),
            "1: the hash of the commit does not fit its rows and its predecessor\n");
  EXPECT_EQ(ProblemsAfter("UPDATE commit_log SET tie_offset = tie_offset + 1 WHERE seq = 1"),
            "1: the hash of the commit does not fit its rows and its predecessor\n");
  EXPECT_THAT(ProblemsAfter("DELETE FROM tie_commitment WHERE id >> 32 = 3"), StartsWith("3: the hash of the commit"));
  EXPECT_EQ(ProblemsAfter("INSERT INTO tie_commitment VALUES (1 << 32 | 8, zeroblob(16))"),
            "0: table tie_commitment has 3 rows, the log tells of 2\n");
  EXPECT_EQ(ProblemsAfter("UPDATE identity SET seq = 2 WHERE node = 3"),
            "1: row 1: the identity of node 3 names another commit\n");
  EXPECT_THAT(ProblemsAfter("DELETE FROM commit_log WHERE seq = 2"), StartsWith("2: the commit is missing"));
  EXPECT_THAT(ProblemsAfter("DELETE FROM tie_row WHERE id = 4 << 32 | 10"),
              StartsWith("4: row 11: stands where row 10 should"));
  EXPECT_THAT(ProblemsAfter("INSERT INTO fact_row VALUES (9 << 32, 3, 0, NULL, NULL, 1)"),
              StartsWith("9: there are rows of a commit that is not in the log"));
  EXPECT_THAT(ProblemsAfter("DELETE FROM identity WHERE node = 7"),
              StartsWith("1: row 3: the identity of node 7 is missing"));
  EXPECT_THAT(ProblemsAfter("UPDATE person_row SET node = 4294967296 WHERE id = 1 << 32 | 1"),
              HasSubstr("no such row can have"));
  EXPECT_THAT(ProblemsAfter("UPDATE tie_row SET traits = 1 << 23 WHERE id = 1 << 32 | 8"),
              HasSubstr("no such row can have"));
  EXPECT_THAT(ProblemsAfter("UPDATE tie_row SET tie = -1 WHERE id = 1 << 32 | 8"), HasSubstr("no such row can have"));
  EXPECT_THAT(ProblemsAfter("UPDATE store_info SET key = randomblob(32)"), HasSubstr("info row"));
}

TEST_F(DamageTest, ErasedPersonLeavesTheChainWhole) {
  EXPECT_EQ(ProblemsAfter("UPDATE identity SET id = NULL, name = NULL, salt = NULL WHERE node = 3;"
                          "DELETE FROM text WHERE node = 3;"
                          "DELETE FROM attachment WHERE id IN (SELECT id FROM attachment_row WHERE node = 3);"
                          "DELETE FROM tie_text WHERE id IN (SELECT id FROM tie_row WHERE from_node = 3)"),
            "");
  EXPECT_EQ(ProblemsAfter("UPDATE identity SET id = NULL, name = NULL, salt = NULL WHERE node = 7; "
                          "DELETE FROM text WHERE node = 3 AND id >> 32 = 2"),
            "2: row 4: a text of node 3 is missing\n");
}

}  // namespace
}  // namespace jiceng::store
