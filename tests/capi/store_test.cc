// Opening, writing and keeping stores through the C interface.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstring>
#include <filesystem>

#include "tests/capi/organization.h"

namespace jiceng_test {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsSupersetOf;
using ::testing::SizeIs;
using ::testing::StartsWith;

Outcome TryOpen(const std::string& url, uint32_t flags) {
  jiceng_open_options options = JICENG_OPEN_OPTIONS_INIT;
  options.flags = flags;
  jiceng_store* store = nullptr;
  const Outcome outcome =
      Try([&](jiceng_error** error) { return jiceng_store_open(url.data(), url.size(), &options, &store, error); });
  EXPECT_EQ(store != nullptr, outcome.status == JICENG_OK);
  const Store owner(store);
  return outcome;
}

TEST(StoreOpen, SaysExactlyWhyNot) {
  const Folder folder;
  const std::string path = folder.Sub("a.jiceng");
  EXPECT_EQ(TryOpen(path, 0).reason, "STORE_NOT_FOUND");
  EXPECT_EQ(TryOpen(path, 0).status, JICENG_NOT_FOUND);
  EXPECT_EQ(TryOpen(path, JICENG_OPEN_CREATE).status, JICENG_OK);
  EXPECT_EQ(TryOpen(path, JICENG_OPEN_CREATE).status, JICENG_ALREADY_EXISTS);
  EXPECT_EQ(TryOpen("sqlite:" + path, JICENG_OPEN_READ_ONLY).status, JICENG_OK);
  EXPECT_EQ(TryOpen("sqlite:" + path, JICENG_OPEN_NO_MMAP).status, JICENG_OK);
  folder.Write("not-a-store", "units.csv,is,not,a,store\n");
  const Outcome other = TryOpen(folder.Sub("not-a-store"), 0);
  EXPECT_EQ(other.status, JICENG_DATA_LOSS);
  EXPECT_EQ(other.reason, "NOT_A_STORE");
  EXPECT_EQ(TryOpen("", 0).status, JICENG_INVALID_ARGUMENT);
  EXPECT_EQ(TryOpen("postgresql://host/db", 0).status, JICENG_INVALID_ARGUMENT);
}

TEST(StoreOpen, AStoreIsThereAgainAfterClosing) {
  const Folder folder;
  const std::string url = folder.Sub("a.jiceng");
  MakeOrganization(url);
  const Store store = Open(url, JICENG_OPEN_READ_ONLY);
  const Snapshot snapshot = OpenSnapshot(store.get());
  EXPECT_EQ(jiceng_snapshot_seq(snapshot.get()), 1);
  int64_t number = 0;
  EXPECT_EQ(jiceng_find(snapshot.get(), "person:p1", JICENG_NUL, 0, &number, nullptr), JICENG_OK);
}

TEST(StoreOpen, RefusesACatalogueThatIsNone) {
  jiceng_open_options options = JICENG_OPEN_OPTIONS_INIT;
  options.flags = JICENG_OPEN_CREATE;
  options.catalogue = "\xff\xff\xff";
  options.catalogue_len = 3;
  jiceng_store* store = nullptr;
  const Outcome outcome =
      Try([&](jiceng_error** error) { return jiceng_store_open("memory:", JICENG_NUL, &options, &store, error); });
  EXPECT_EQ(outcome.status, JICENG_INVALID_ARGUMENT);
  EXPECT_EQ(outcome.reason, "BAD_MESSAGE");
}

TEST(Writer, AReadOnlyStoreHasNone) {
  const Folder folder;
  const std::string url = folder.Sub("a.jiceng");
  MakeOrganization(url);
  const Store store = Open(url, JICENG_OPEN_READ_ONLY);
  jiceng_writer_options options = JICENG_WRITER_OPTIONS_INIT;
  options.recorded_at = kRecordedAt;
  jiceng_writer* writer = nullptr;
  const Outcome outcome =
      Try([&](jiceng_error** error) { return jiceng_writer_open(store.get(), nullptr, &options, &writer, error); });
  EXPECT_EQ(outcome.status, JICENG_FAILED_PRECONDITION);
  EXPECT_EQ(outcome.reason, "READ_ONLY");
}

TEST(Writer, AnActorWithAScopeHasNone) {
  const Store store = Open("memory:");
  const Actor actor = MakeActor("unit:320102");
  jiceng_writer_options options = JICENG_WRITER_OPTIONS_INIT;
  options.recorded_at = kRecordedAt;
  jiceng_writer* writer = nullptr;
  const Outcome outcome =
      Try([&](jiceng_error** error) { return jiceng_writer_open(store.get(), actor.get(), &options, &writer, error); });
  EXPECT_EQ(outcome.status, JICENG_PERMISSION_DENIED);
  EXPECT_EQ(outcome.reason, "SCOPED_WRITER");
  EXPECT_EQ(writer, nullptr);
}

TEST(Writer, NeedsATimeToRecord) {
  const Store store = Open("memory:");
  jiceng_writer* writer = nullptr;
  jiceng_writer_options options = JICENG_WRITER_OPTIONS_INIT;
  const auto open = [&](jiceng_error** error) {
    return jiceng_writer_open(store.get(), nullptr, &options, &writer, error);
  };
  EXPECT_EQ(Try(open).reason, "MISSING_OPTION");
  for (const int64_t time : {INT64_MAX, INT64_MIN}) {
    options.recorded_at = time;
    EXPECT_EQ(Try(open).reason, "BAD_VALUE");
  }
}

TEST(Import, CountsRowsAndImportingAgainChangesNothing) {
  const Store store = Open("memory:");
  const Folder folder;
  WriteLedgers(folder);
  const Report first = Import(store.get(), folder.path());
  EXPECT_EQ(jiceng_import_report_outcome(first.get()), JICENG_IMPORT_DONE);
  EXPECT_EQ(jiceng_import_report_seq(first.get()), 1);
  EXPECT_THAT(Print(jiceng_import_report_rows(first.get())),
              ElementsAre("file|rows", "affiliations.csv|3", "appointments.csv|3", "employments.csv|1", "orgs.csv|4",
                          "people.csv|4", "reports.csv|1", "residences.csv|3", "units.csv|6"));
  EXPECT_THAT(Print(jiceng_import_report_warnings(first.get())), ElementsAre("code|rows"));
  EXPECT_THAT(Print(jiceng_import_report_closures(first.get())), ElementsAre("tie|kind|from_node|to_node|from|to"));
  const Report again = Import(store.get(), folder.path(), 0, kRecordedAt + 60);
  EXPECT_EQ(jiceng_import_report_outcome(again.get()), JICENG_IMPORT_DONE);
  EXPECT_EQ(jiceng_import_report_seq(again.get()), 1);
}

TEST(Import, ADryRunKeepsNothing) {
  const Store store = Open("memory:");
  const Folder folder;
  WriteLedgers(folder);
  const Report report = Import(store.get(), folder.path(), JICENG_IMPORT_DRY_RUN);
  EXPECT_EQ(jiceng_import_report_outcome(report.get()), JICENG_IMPORT_CHECKED);
  EXPECT_EQ(jiceng_import_report_seq(report.get()), 0);
  EXPECT_EQ(jiceng_snapshot_seq(OpenSnapshot(store.get()).get()), 0);
}

TEST(Import, ABadRowIsNamedAndNothingKeptUnlessTheGoodOnesAreWanted) {
  const Store store = Open("memory:");
  const Folder folder;
  WriteLedgers(folder);
  folder.Write("people.csv",
               "person_id,name,party_status,joined_on,in_service\n"
               "p1,张一,full,2001-02-30,1\n"
               "p2,李二,full,1999-07-01,0\n"
               "p3,王三,probationary,2025-12-01,1\n"
               "p4,赵四,none,,0\n");
  const Report refused = Import(store.get(), folder.path());
  EXPECT_EQ(jiceng_import_report_outcome(refused.get()), JICENG_IMPORT_REJECTED);
  EXPECT_EQ(jiceng_import_report_seq(refused.get()), 0);
  EXPECT_GE(jiceng_import_report_rejected(refused.get()), 1);
  const Rows problems = Print(jiceng_import_report_problems(refused.get()));
  EXPECT_EQ(problems[0], "file|row|column|cell|code|message");
  EXPECT_THAT(problems, Contains(StartsWith("people.csv|2|joined_on|2001-02-30|BAD_DATE|日期有误：")));
  // p1's ties fall with p1.
  EXPECT_THAT(problems, Contains(HasSubstr("affiliations.csv|2|person_id|p1|UNKNOWN_REFERENCE|")));
  const Report kept = Import(store.get(), folder.path(), JICENG_IMPORT_KEEP_GOOD);
  EXPECT_EQ(jiceng_import_report_outcome(kept.get()), JICENG_IMPORT_DONE);
  EXPECT_EQ(jiceng_import_report_seq(kept.get()), 1);
  EXPECT_THAT(Print(jiceng_import_report_rows(kept.get())), IsSupersetOf({"people.csv|3", "affiliations.csv|2"}));
}

TEST(Import, SnapshotModePlansTheEndsAndHoldsToTheLimit) {
  const Store store = MakeOrganization("memory:");
  const Folder folder;
  folder.Write("affiliations.csv",
               "person_id,branch_id,kind,from,to\np1,1001,formal,2016-01-01,\np3,1001,formal,2025-12-01,\n");
  const Writer writer = OpenWriter(store.get(), kRecordedAt + 60);
  const std::string path = folder.path();
  const char* paths[] = {path.c_str()};
  jiceng_import_options options = JICENG_IMPORT_OPTIONS_INIT;
  options.flags = JICENG_IMPORT_SNAPSHOT;
  options.date = 20260701;
  options.scope = "unit:320102";
  options.max_closures = 0;
  jiceng_import_report* report = nullptr;
  const auto import = [&](jiceng_error** error) {
    return jiceng_writer_import(writer.get(), paths, 1, &options, &report, error);
  };
  ASSERT_EQ(Try(import).status, JICENG_OK);
  const Report refused(report);
  EXPECT_EQ(jiceng_import_report_outcome(refused.get()), JICENG_IMPORT_REFUSED);
  const Rows closures = Print(jiceng_import_report_closures(refused.get()));
  ASSERT_THAT(closures, SizeIs(2));
  EXPECT_THAT(closures[1], HasSubstr("|affiliation|person:p2|org:1001|20160101|20260701"));
  options.max_closures = 1;
  ASSERT_EQ(Try(import).status, JICENG_OK);
  const Report done(report);
  EXPECT_EQ(jiceng_import_report_outcome(done.get()), JICENG_IMPORT_DONE);
  options.scope = nullptr;
  EXPECT_EQ(Try(import).reason, "MISSING_OPTION");
}

TEST(Import, MissingFilesAreErrors) {
  const Store store = Open("memory:");
  const Writer writer = OpenWriter(store.get());
  jiceng_import_report* report = nullptr;
  const char* paths[] = {"/nonexistent/folder"};
  const Outcome missing =
      Try([&](jiceng_error** error) { return jiceng_writer_import(writer.get(), paths, 1, nullptr, &report, error); });
  EXPECT_EQ(missing.status, JICENG_NOT_FOUND);
  const Outcome none = Try(
      [&](jiceng_error** error) { return jiceng_writer_import(writer.get(), nullptr, 0, nullptr, &report, error); });
  EXPECT_EQ(none.status, JICENG_INVALID_ARGUMENT);
  EXPECT_EQ(none.reason, "NO_LEDGER");
  EXPECT_EQ(report, nullptr);
}

TEST(Import, ProgressCanStopIt) {
  const Store store = Open("memory:");
  const Folder folder;
  WriteLedgers(folder);
  jiceng_writer_options options = JICENG_WRITER_OPTIONS_INIT;
  options.recorded_at = kRecordedAt;
  options.progress = [](const char*, int64_t, int64_t, void*) -> int32_t { return 1; };
  jiceng_writer* raw = nullptr;
  ASSERT_EQ(jiceng_writer_open(store.get(), nullptr, &options, &raw, nullptr), JICENG_OK);
  const Writer writer(raw);
  const std::string path = folder.path();
  const char* paths[] = {path.c_str()};
  jiceng_import_report* report = nullptr;
  const Outcome outcome =
      Try([&](jiceng_error** error) { return jiceng_writer_import(writer.get(), paths, 1, nullptr, &report, error); });
  EXPECT_EQ(outcome.status, JICENG_CANCELLED);
  EXPECT_EQ(report, nullptr);
  EXPECT_EQ(jiceng_snapshot_seq(OpenSnapshot(store.get()).get()), 0);
}

TEST(Import, AWriterHasSeenItsOwnCommits) {
  const Store store = Open("memory:");
  const Folder folder;
  WriteLedgers(folder);
  const Writer writer = OpenWriter(store.get(), kRecordedAt, 0), stale = OpenWriter(store.get(), kRecordedAt, 0);
  const std::string path = folder.path();
  const char* paths[] = {path.c_str()};
  const auto import = [&](jiceng_writer* by) {
    jiceng_import_report* report = nullptr;
    const Outcome outcome =
        Try([&](jiceng_error** error) { return jiceng_writer_import(by, paths, 1, nullptr, &report, error); });
    const Report owner(report);
    return outcome;
  };
  EXPECT_EQ(import(writer.get()).status, JICENG_OK);
  folder.Write("people.csv", "person_id,name,party_status,joined_on,in_service\np1,张一一,full,2001-07-01,1\n");
  for (const char* other :
       {"affiliations.csv", "appointments.csv", "employments.csv", "reports.csv", "residences.csv"}) {
    std::filesystem::remove(folder.Sub(other));
  }
  EXPECT_EQ(import(writer.get()).status, JICENG_OK);
  folder.Write("people.csv", "person_id,name,party_status,joined_on,in_service\np1,张二一,full,2001-07-01,1\n");
  const Outcome outcome = import(stale.get());
  EXPECT_EQ(outcome.status, JICENG_ABORTED);
  EXPECT_EQ(outcome.reason, "SEQ_MOVED");
}

// A change as it travels: its length, then the bytes of jiceng.v1.Change with `rename` (field 10) set.
std::string RenameChange(const std::string& node, const std::string& name, int year, int month, int day) {
  const auto field = [](char tag, const std::string& bytes) {
    return std::string(1, tag) + static_cast<char>(bytes.size()) + bytes;
  };
  std::string date = "\x08";
  date += static_cast<char>((year & 0x7f) | 0x80);
  date += static_cast<char>(year >> 7);
  date += std::string("\x10") + static_cast<char>(month) + "\x18" + static_cast<char>(day);
  const std::string change = field('\x52', field('\x0a', node) + field('\x12', name) + field('\x1a', date));
  return static_cast<char>(change.size()) + change;
}

TEST(Apply, KeepsAChangeAndRevertTakesItBack) {
  const Store store = MakeOrganization("memory:");
  const Writer writer = OpenWriter(store.get(), kRecordedAt + 60);
  const std::string changes = RenameChange("org:1001", "红梅党支部", 2026, 6, 1);
  int64_t seq = 0;
  Outcome outcome = Try([&](jiceng_error** error) {
    return jiceng_writer_apply(writer.get(), changes.data(), changes.size(), &seq, error);
  });
  ASSERT_EQ(outcome.status, JICENG_OK) << outcome.message;
  EXPECT_EQ(seq, 2);
  const auto found = [&](const char* name, int32_t day) {
    const Snapshot snapshot = OpenSnapshot(store.get());
    return Ask([&](jiceng_table** table, jiceng_error** error) {
             return jiceng_search(snapshot.get(), name, JICENG_NUL, day, 0, table, error);
           }).size() -
           1;
  };
  EXPECT_EQ(found("红梅党支部", kDay), 1u);
  EXPECT_EQ(found("第一党支部", kDay), 0u);
  EXPECT_EQ(found("第一党支部", 20260531), 1u);
  outcome = Try([&](jiceng_error** error) { return jiceng_writer_revert(writer.get(), 2, &seq, error); });
  ASSERT_EQ(outcome.status, JICENG_OK) << outcome.message;
  EXPECT_EQ(seq, 3);
  EXPECT_EQ(found("第一党支部", kDay), 1u);
  outcome = Try([&](jiceng_error** error) { return jiceng_writer_revert(writer.get(), 17, &seq, error); });
  EXPECT_EQ(outcome.status, JICENG_OUT_OF_RANGE);
  EXPECT_EQ(seq, 0);
}

TEST(Apply, NamesTheChangeAtFault) {
  const Store store = MakeOrganization("memory:");
  const Writer writer = OpenWriter(store.get(), kRecordedAt + 60);
  const std::string changes =
      RenameChange("org:1001", "红梅党支部", 2026, 6, 1) + RenameChange("org:404", "无", 2026, 6, 1);
  int64_t seq = 0;
  const Outcome unknown = Try([&](jiceng_error** error) {
    return jiceng_writer_apply(writer.get(), changes.data(), changes.size(), &seq, error);
  });
  EXPECT_EQ(unknown.status, JICENG_NOT_FOUND);
  EXPECT_THAT(unknown.field, StartsWith("changes[1]"));
  const Outcome bytes =
      Try([&](jiceng_error** error) { return jiceng_writer_apply(writer.get(), "\xff\xff\xff", 3, &seq, error); });
  EXPECT_EQ(bytes.status, JICENG_INVALID_ARGUMENT);
  EXPECT_EQ(jiceng_snapshot_seq(OpenSnapshot(store.get()).get()), 1);
}

TEST(Keep, LogTellsCommitsNewestFirst) {
  const Store store = MakeOrganization("memory:");
  const Writer writer = OpenWriter(store.get(), kRecordedAt + 60);
  const std::string changes = RenameChange("org:1001", "红梅党支部", 2026, 6, 1);
  int64_t seq = 0;
  ASSERT_EQ(jiceng_writer_apply(writer.get(), changes.data(), changes.size(), &seq, nullptr), JICENG_OK);
  const auto log = [&](int64_t before, int64_t limit) {
    return Ask([&](jiceng_table** table, jiceng_error** error) {
      return jiceng_store_log(store.get(), before, limit, table, error);
    });
  };
  const Rows all = log(0, 0);
  ASSERT_THAT(all, SizeIs(3));
  EXPECT_EQ(all[0], "seq|recorded_at|operation|author|reason|basis|rows|hash");
  EXPECT_THAT(all[1], StartsWith("2|1782777660|apply|tests|月报||"));
  EXPECT_THAT(all[2], StartsWith("1|1782777600|import|tests|月报||"));
  EXPECT_EQ(all[2].size() - all[2].rfind('|') - 1, 64u);  // a SHA-256 in hex
  EXPECT_THAT(log(0, 1), ElementsAre(all[0], all[1]));
  EXPECT_THAT(log(2, 10), ElementsAre(all[0], all[2]));
  EXPECT_THAT(log(1, 10), ElementsAre(all[0]));
  EXPECT_THAT(log(-1, 10), ElementsAre(HasSubstr("BAD_VALUE")));
}

TEST(Keep, SeqAtIsTheLastCommitByThen) {
  const Store store = MakeOrganization("memory:");
  int64_t seq = 99;
  EXPECT_EQ(jiceng_store_seq_at(store.get(), kRecordedAt - 1, &seq, nullptr), JICENG_OK);
  EXPECT_EQ(seq, 0);
  EXPECT_EQ(jiceng_store_seq_at(store.get(), kRecordedAt, &seq, nullptr), JICENG_OK);
  EXPECT_EQ(seq, 1);
}

TEST(Keep, ExportImportsBackEqual) {
  const Store store = MakeOrganization("memory:");
  const Folder folder;
  const Snapshot snapshot = OpenSnapshot(store.get());
  const std::string out = folder.Sub("out");
  const Rows files = Ask([&](jiceng_table** table, jiceng_error** error) {
    return jiceng_snapshot_export(snapshot.get(), out.data(), out.size(), nullptr, nullptr, table, error);
  });
  EXPECT_EQ(files[0], "file|rows");
  EXPECT_THAT(files, IsSupersetOf({"people.csv|4", "units.csv|6", "orgs.csv|4", "affiliations.csv|3"}));
  const Store copy = Open("memory:");
  const Report report = Import(copy.get(), out);
  EXPECT_EQ(jiceng_import_report_outcome(report.get()), JICENG_IMPORT_DONE);
  const Snapshot again = OpenSnapshot(copy.get());
  for (const char* root : {"unit:320102", "org:1000"}) {
    const auto tree = [&](const jiceng_snapshot* s) {
      return Ask([&](jiceng_table** table, jiceng_error** error) {
        return jiceng_tree(s, root, JICENG_NUL, kDay, 0, 0, table, error);
      });
    };
    EXPECT_EQ(tree(snapshot.get()), tree(again.get()));
  }
}

TEST(Keep, BackupIsAStoreAndVerifyIsContentWithIt) {
  const Folder folder;
  const Store store = MakeOrganization(folder.Sub("a.jiceng"));
  const std::string copy = folder.Sub("b.jiceng");
  EXPECT_EQ(Try([&](jiceng_error** error) {
              return jiceng_store_backup(store.get(), copy.data(), copy.size(), error);
            }).status,
            JICENG_OK);
  EXPECT_EQ(Try([&](jiceng_error** error) {
              return jiceng_store_backup(store.get(), copy.data(), copy.size(), error);
            }).status,
            JICENG_ALREADY_EXISTS);
  const Store other = Open(copy, 0);
  for (jiceng_store* s : {store.get(), other.get()}) {
    EXPECT_EQ(Try([&](jiceng_error** error) { return jiceng_store_optimize(s, nullptr, nullptr, error); }).status,
              JICENG_OK);
    EXPECT_THAT(Ask([&](jiceng_table** table, jiceng_error** error) {
                  return jiceng_store_verify(s, nullptr, nullptr, table, error);
                }),
                ElementsAre("seq|what"));
  }
  EXPECT_TRUE(std::filesystem::exists(copy + ".base"));
}

}  // namespace
}  // namespace jiceng_test
