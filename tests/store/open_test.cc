// Opening says exactly what is the matter.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "base/digest.h"
#include "base/status.h"
#include "tests/store/store_fixture.h"

namespace jiceng::store {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;

class OpenTest : public testing::Test {
 protected:
  std::unique_ptr<Store> Create(const std::string& name) {
    OpenOptions options;
    options.create = true;
    return *Open(folder_.File(name), options);
  }
  // "REASON: message" of opening, or "".
  std::string Failure(const std::string& url, OpenOptions options = {}) {
    const absl::Status status = Open(url, options).status();
    if (status.ok()) return "";
    code_ = status.code();
    return base::ErrorReason(status) + ": " + std::string(status.message());
  }
  void Run(const std::string& file, const char* sql) {
    sqlite3* db = nullptr;
    ASSERT_EQ(sqlite3_open(file.c_str(), &db), SQLITE_OK);
    ASSERT_EQ(sqlite3_exec(db, sql, nullptr, nullptr, nullptr), SQLITE_OK) << sqlite3_errmsg(db);
    sqlite3_close(db);
  }

  TestFolder folder_;
  absl::StatusCode code_ = absl::StatusCode::kOk;
};

TEST_F(OpenTest, UrlsThatNameNoStore) {
  EXPECT_THAT(Failure(""), HasSubstr("BAD_URL"));
  EXPECT_THAT(Failure("sqlite:"), HasSubstr("BAD_URL"));
  EXPECT_THAT(Failure("mysql://host/x"), AllOf(HasSubstr("BAD_URL"), HasSubstr("`mysql:`")));
  EXPECT_EQ(code_, absl::StatusCode::kInvalidArgument);
}

TEST_F(OpenTest, MissingFile) {
  EXPECT_THAT(Failure(folder_.File("none")), AllOf(HasSubstr("STORE_NOT_FOUND"), HasSubstr("create")));
  EXPECT_EQ(code_, absl::StatusCode::kNotFound);
  OpenOptions create;
  create.create = true;
  EXPECT_THAT(Failure(folder_.File("no/folder/x"), create), HasSubstr("STORE_NOT_FOUND"));
  EXPECT_THAT(folder_.Names(), ElementsAre());
}

TEST_F(OpenTest, CreatingNeverReplaces) {
  Create("a");
  OpenOptions create;
  create.create = true;
  EXPECT_THAT(Failure(folder_.File("a"), create), HasSubstr("STORE_EXISTS"));
  EXPECT_EQ(code_, absl::StatusCode::kAlreadyExists);
  WriteFile(folder_.File("b-wal"), "left over");
  EXPECT_THAT(Failure(folder_.File("b"), create), AllOf(HasSubstr("STORE_EXISTS"), HasSubstr("b-wal")));
}

TEST_F(OpenTest, FilesThatAreNoStore) {
  WriteFile(folder_.File("zip"), std::string("PK\x03\x04zip", 7));
  EXPECT_THAT(Failure(folder_.File("zip")), AllOf(HasSubstr("NOT_A_STORE"), HasSubstr("\"PK\\x03\\x04zip\"")));
  EXPECT_EQ(code_, absl::StatusCode::kDataLoss);
  WriteFile(folder_.File("empty"), "");
  EXPECT_THAT(Failure(folder_.File("empty")), AllOf(HasSubstr("NOT_A_STORE"), HasSubstr("empty")));
  std::filesystem::create_directory(folder_.File("folder"));
  EXPECT_THAT(Failure(folder_.File("folder")), AllOf(HasSubstr("NOT_A_STORE"), HasSubstr("directory")));
  Run(folder_.File("other"), "PRAGMA application_id = 77; CREATE TABLE x (y)");
  EXPECT_THAT(Failure(folder_.File("other")), AllOf(HasSubstr("NOT_A_STORE"), HasSubstr("0x0000004d")));
}

TEST_F(OpenTest, NewerFormatNamesBoth) {
  Create("a");
  Run(folder_.File("a"), "PRAGMA user_version = 9; PRAGMA wal_checkpoint(TRUNCATE)");
  EXPECT_THAT(Failure(folder_.File("a")),
              AllOf(HasSubstr("STORE_NEWER"), HasSubstr("format 9"), HasSubstr("format 4")));
  EXPECT_EQ(code_, absl::StatusCode::kFailedPrecondition);
}

// What a library of format 3 leaves: no tables of steps, and its own seal of the info row.
TEST_F(OpenTest, FormatThreeIsReadAndUpgradedOnWriting) {
  std::string before;
  {
    auto store = Create("a");
    FillWithEverything(store.get());
    before = Dump(store.get());
  }
  const auto text = [&](const char* sql) {
    sqlite3* db = nullptr;
    sqlite3_stmt* statement = nullptr;
    EXPECT_EQ(sqlite3_open(folder_.File("a").c_str(), &db), SQLITE_OK);
    EXPECT_EQ(sqlite3_prepare_v2(db, sql, -1, &statement, nullptr), SQLITE_OK) << sqlite3_errmsg(db);
    EXPECT_EQ(sqlite3_step(statement), SQLITE_ROW);
    const auto* bytes = static_cast<const char*>(sqlite3_column_blob(statement, 0));
    std::string value(bytes, static_cast<size_t>(sqlite3_column_bytes(statement, 0)));
    sqlite3_finalize(statement);
    sqlite3_close(db);
    return value;
  };
  const base::Digest seal =
      base::Sha256("jiceng store 3:" + text("SELECT uuid FROM store_info") + text("SELECT key FROM store_info"));
  Run(folder_.File("a"),
      ("DROP VIEW jiceng_steps; DROP TABLE step_row; DROP TABLE step; UPDATE store_info SET format = "
       "3, digest = x'" +
       base::Hex(base::Bytes(seal)) + "'; PRAGMA user_version = 3; PRAGMA wal_checkpoint(TRUNCATE)")
          .c_str());

  OpenOptions read_only;
  read_only.read_only = true;
  {
    auto reader = *Open(folder_.File("a"), read_only);
    EXPECT_EQ(Dump(reader.get()), before);
    EXPECT_EQ(Problems(reader.get()), "");
  }
  EXPECT_EQ(text("PRAGMA user_version"), "3") << "who only reads leaves it as it is";
  auto reader = *Open(folder_.File("a"), read_only);
  EXPECT_EQ(Dump(reader.get()), before);

  OpenOptions writing;
  int64_t format = 0;
  writing.upgraded_from = &format;
  auto store = *Open(folder_.File("a"), writing);
  EXPECT_EQ(format, 3);
  EXPECT_EQ(Dump(store.get()), before);
  EXPECT_EQ(Problems(store.get()), "");
  model::Batch batch;
  model::StepRow step;
  step.matter = 1;
  step.about = Person(0);
  step.day = Day(2026, 3, 2);
  step.word = "report.member/1";
  step.content = "R1\n";
  batch.steps.push_back(step);
  ASSERT_TRUE(AppendNext(store.get(), batch).ok());
  EXPECT_THAT(Dump(store.get()), HasSubstr("report.member/1"));
  EXPECT_EQ(Dump(reader.get()), Dump(store.get())) << "one that was open before sees the steps too";
  EXPECT_EQ(Problems(reader.get()), "");
  EXPECT_EQ(text("SELECT count(*) FROM jiceng_steps"), "1");
  store.reset();
  reader.reset();
  EXPECT_EQ(text("PRAGMA user_version"), "4");
  format = 0;
  EXPECT_TRUE(Open(folder_.File("a"), writing).ok());
  EXPECT_EQ(format, 0) << "nothing to upgrade";
  EXPECT_EQ(Failure(folder_.File("a")), "") << "once";
}

TEST_F(OpenTest, ChangedSchemaIsDamage) {
  Create("a");
  Run(folder_.File("a"), "CREATE TRIGGER t AFTER INSERT ON tie_row BEGIN DELETE FROM text; END");
  EXPECT_THAT(Failure(folder_.File("a")), AllOf(HasSubstr("STORE_CORRUPT"), HasSubstr("trigger")));
  Create("b");
  Run(folder_.File("b"), "DROP TABLE tie_text");
  EXPECT_THAT(Failure(folder_.File("b")), AllOf(HasSubstr("STORE_CORRUPT"), HasSubstr("tie_text")));
}

TEST_F(OpenTest, CutShortAtAnyLength) {
  {
    auto store = Create("a");
    FillWithEverything(store.get());
  }
  const std::string whole = ReadFile(folder_.File("a"));
  for (size_t size : {size_t{2}, size_t{15}, size_t{99}, size_t{100}, size_t{4095}, size_t{4096}, size_t{8192},
                      whole.size() / 2, whole.size() - 4096, whole.size() - 1}) {
    WriteFile(folder_.File("cut"), std::string_view(whole).substr(0, size));
    EXPECT_THAT(Failure(folder_.File("cut")), HasSubstr("STORE_TRUNCATED")) << size;
    EXPECT_EQ(code_, absl::StatusCode::kDataLoss);
  }
}

TEST_F(OpenTest, LockedByAnotherWriter) {
  auto store = Create("a");
  store.reset();
  OpenOptions impatient;
  impatient.busy_timeout_ms = 10;
  store = *Open(folder_.File("a"), impatient);
  sqlite3* other = nullptr;
  ASSERT_EQ(sqlite3_open(folder_.File("a").c_str(), &other), SQLITE_OK);
  ASSERT_EQ(sqlite3_exec(other, "BEGIN IMMEDIATE", nullptr, nullptr, nullptr), SQLITE_OK);
  const absl::Status locked = AppendNext(store.get(), ManyTies(1)).status();
  EXPECT_EQ(locked.code(), absl::StatusCode::kUnavailable);
  EXPECT_EQ(base::ErrorReason(locked), "STORE_LOCKED");
  EXPECT_EQ(store->ReadHead()->seq, 0) << "readers do not wait";
  sqlite3_close(other);
  EXPECT_TRUE(AppendNext(store.get(), ManyTies(1)).ok());
}

TEST_F(OpenTest, HeldByAnotherCopyOfTheLibraryInThisProcess) {
  Create("a");
  std::ifstream stat("/proc/self/stat");
  std::ostringstream text;
  text << stat.rdbuf();
  std::istringstream fields(text.str().substr(text.str().rfind(')') + 1));
  std::string start;
  for (int i = 3; i <= 22; ++i) fields >> start;  // proc(5): field 22 is the start time
  WriteFile(folder_.File("a-lock"), std::to_string(getpid()) + " " + start + " anothercopy 0\n");
  EXPECT_THAT(Failure(folder_.File("a")), AllOf(HasSubstr("STORE_HELD"), HasSubstr("copy of the library")));
  EXPECT_EQ(code_, absl::StatusCode::kUnavailable);
  // The same process number started at another time is a process long dead.
  WriteFile(folder_.File("a-lock"), std::to_string(getpid()) + " 1 anothercopy 0\n");
  EXPECT_EQ(Failure(folder_.File("a")), "");
}

TEST_F(OpenTest, OneCopyMayOpenTwice) {
  auto first = Create("a");
  auto second = *Open(folder_.File("a"), {});
  ASSERT_TRUE(AppendNext(first.get(), ManyTies(5)).ok());
  EXPECT_EQ(second->ReadHead()->seq, 1);
  EXPECT_EQ(
      base::ErrorReason(second->Append(HeaderFor(1), ManyTies(1), [](int64_t, int64_t) { return true; }).status()),
      "SEQ_MOVED");
  ASSERT_TRUE(AppendNext(second.get(), ManyTies(60000)).ok())
      << "a large commit falls back to the WAL beside another handle";
  EXPECT_EQ(Dump(first.get()), Dump(second.get()));
}

TEST_F(OpenTest, ReadOnlyHandleRefusesToWrite) {
  Create("a");
  OpenOptions options;
  options.read_only = true;
  auto store = *Open(folder_.File("a"), options);
  EXPECT_EQ(base::ErrorReason(AppendNext(store.get(), ManyTies(1)).status()), "STORE_READ_ONLY");
  EXPECT_EQ(Problems(store.get()), "");
}

TEST_F(OpenTest, EveryFileBeginsWithTheStoresNameAndNoneIsLeft) {
  auto store = Create("a.jiceng");
  ASSERT_TRUE(AppendNext(store.get(), ManyTies(60000)).ok());
  ASSERT_TRUE(AppendNext(store.get(), ManyTies(6)).ok());
  for (const std::string& name : folder_.Names()) EXPECT_EQ(name.rfind("a.jiceng", 0), 0u) << name;
  struct stat info;
  ASSERT_EQ(stat(folder_.File("a.jiceng").c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 0777, 0600u) << "personal data lie in it";
  store.reset();
  EXPECT_THAT(folder_.Names(), ElementsAre("a.jiceng"));
}

TEST_F(OpenTest, PathsAreNeverUris) {
  const std::string name = folder_.File("file:a?mode=memory");
  OpenOptions options;
  options.create = true;
  ASSERT_TRUE(Open("sqlite:" + name, options).ok());
  EXPECT_TRUE(std::filesystem::exists(name));
}

}  // namespace
}  // namespace jiceng::store
