// Misuse: whatever a caller hands over, the answer is a status, the outputs are null or 0, and nothing crashes.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstring>
#include <functional>

#include "tests/capi/organization.h"

namespace jiceng_test {
namespace {

using ::testing::HasSubstr;

// One function of the interface with everything it needs; each test spoils one thing.
struct World {
  Store store = MakeOrganization("memory:");
  Writer writer = OpenWriter(store.get(), kRecordedAt + 60);
  Snapshot snapshot = OpenSnapshot(store.get());
  Findings findings = [&] {
    jiceng_findings* raw = nullptr;
    EXPECT_EQ(jiceng_audit(snapshot.get(), nullptr, 0, kDay, nullptr, &raw, nullptr), JICENG_OK);
    return Findings(raw);
  }();
};

using Call = std::function<jiceng_status(jiceng_table**, jiceng_error**)>;

// The calls that answer with a table, over handles that may be null.
std::vector<std::pair<std::string, Call>> TableCalls(const jiceng_snapshot* s, jiceng_store* store,
                                                     const jiceng_findings* f) {
  return {
      {"path",
       [=](jiceng_table** t, jiceng_error** e) {
         return jiceng_path(s, "org:1001", JICENG_NUL, "org:1000", JICENG_NUL, kDay, nullptr, t, e);
       }},
      {"count",
       [=](jiceng_table** t, jiceng_error** e) { return jiceng_count(s, "org:1000", JICENG_NUL, kDay, t, e); }},
      {"rollup",
       [=](jiceng_table** t, jiceng_error** e) { return jiceng_rollup(s, "members.full", nullptr, kDay, t, e); }},
      {"list_register",
       [=](jiceng_table** t, jiceng_error** e) {
         return jiceng_list_register(s, nullptr, 0, kDay, 0, JICENG_LANG_ZH, t, e);
       }},
      {"list_services",
       [=](jiceng_table** t, jiceng_error** e) {
         return jiceng_list_services(s, nullptr, 0, kDay, 0, JICENG_LANG_ZH, t, e);
       }},
      {"rollup_party_line",
       [=](jiceng_table** t, jiceng_error** e) { return jiceng_rollup_party_line(s, "members.full", kDay, t, e); }},
      {"list_unreported",
       [=](jiceng_table** t, jiceng_error** e) { return jiceng_list_unreported(s, nullptr, 0, kDay, t, e); }},
      {"list_cross_appointments",
       [=](jiceng_table** t, jiceng_error** e) { return jiceng_list_cross_appointments(s, nullptr, 0, kDay, t, e); }},
      {"list_officers", [=](jiceng_table** t,
                            jiceng_error** e) { return jiceng_list_officers(s, nullptr, 0, "secretary", kDay, t, e); }},
      {"list_officers_at",
       [=](jiceng_table** t, jiceng_error** e) {
         return jiceng_list_officers_at(s, nullptr, 0, "secretary", "party_branch", kDay, t, e);
       }},
      {"list_posts",
       [=](jiceng_table** t, jiceng_error** e) {
         return jiceng_list_posts(s, nullptr, 0, "secretary", "party_branch", kDay, t, e);
       }},
      {"rollup_across",
       [=](jiceng_table** t, jiceng_error** e) {
         return jiceng_rollup_across(s, "members.full", nullptr, kDay, kDay, t, e);
       }},
      {"list_seat_changes",
       [=](jiceng_table** t, jiceng_error** e) { return jiceng_list_seat_changes(s, s, kDay, t, e); }},
      {"list_pairings",
       [=](jiceng_table** t, jiceng_error** e) { return jiceng_list_pairings(s, nullptr, 0, kDay, t, e); }},
      {"show",
       [=](jiceng_table** t, jiceng_error** e) { return jiceng_show(s, "org:1000", JICENG_NUL, kDay, 0, t, e); }},
      {"tree", [=](jiceng_table** t, jiceng_error** e) { return jiceng_tree(s, nullptr, 0, kDay, 0, 0, t, e); }},
      {"search", [=](jiceng_table** t, jiceng_error** e) { return jiceng_search(s, "园", JICENG_NUL, kDay, 0, t, e); }},
      {"upcoming",
       [=](jiceng_table** t, jiceng_error** e) { return jiceng_upcoming(s, nullptr, 0, kDay, 20270101, 0, t, e); }},
      {"turns", [=](jiceng_table** t,
                    jiceng_error** e) { return jiceng_turns(s, nullptr, 0, kDay, 20270101, nullptr, 0, t, e); }},
      {"snapshot_rules", [=](jiceng_table** t, jiceng_error** e) { return jiceng_snapshot_rules(s, 0, t, e); }},
      {"policies", [=](jiceng_table** t, jiceng_error** e) { return jiceng_policies(s, 0, t, e); }},
      {"policy_effective",
       [=](jiceng_table** t, jiceng_error** e) {
         return jiceng_policy_effective(s, "org:1000", JICENG_NUL, kDay, nullptr, t, e);
       }},
      {"waivers", [=](jiceng_table** t, jiceng_error** e) { return jiceng_waivers(s, t, e); }},
      {"verify",
       [=](jiceng_table** t, jiceng_error** e) { return jiceng_store_verify(store, nullptr, nullptr, t, e); }},
      {"log", [=](jiceng_table** t, jiceng_error** e) { return jiceng_store_log(store, 0, 0, t, e); }},
      {"export_bytes",
       [=](jiceng_table** t, jiceng_error** e) { return jiceng_snapshot_export_bytes(s, nullptr, nullptr, t, e); }},
      {"ties", [=](jiceng_table** t, jiceng_error** e) { return jiceng_ties(s, "affiliation", 0, t, e); }},
      {"nodes", [=](jiceng_table** t, jiceng_error** e) { return jiceng_nodes(s, "person", 0, t, e); }},
      {"nodes_by_number",
       [=](jiceng_table** t, jiceng_error** e) {
         static constexpr int64_t kNumber = 1;
         return jiceng_nodes_by_number(s, &kNumber, 1, 0, t, e);
       }},
      {"changes", [=](jiceng_table** t, jiceng_error** e) { return jiceng_store_changes(store, 0, -1, 0, t, e); }},
      {"findings_counts", [=](jiceng_table** t, jiceng_error** e) { return jiceng_findings_counts(f, t, e); }},
      {"findings_evidence", [=](jiceng_table** t, jiceng_error** e) { return jiceng_findings_evidence(f, 0, t, e); }},
      {"findings_table", [=](jiceng_table** t, jiceng_error** e) { return jiceng_findings_table(f, 0, 0, 0, t, e); }},
  };
}

std::vector<std::pair<std::string, Call>> CatalogueCalls() {
  return {
      {"rules", [](jiceng_table** t, jiceng_error** e) { return jiceng_rules(0, t, e); }},
      {"organization_kinds", [](jiceng_table** t, jiceng_error** e) { return jiceng_organization_kinds(0, t, e); }},
      {"tie_kinds", [](jiceng_table** t, jiceng_error** e) { return jiceng_tie_kinds(0, t, e); }},
      {"roles", [](jiceng_table** t, jiceng_error** e) { return jiceng_roles(0, t, e); }},
      {"codes_check", [](jiceng_table** t, jiceng_error** e) { return jiceng_codes_check(nullptr, 0, t, e); }},
  };
}

void ExpectNullArgument(const Outcome& outcome, const std::string& what) {
  EXPECT_EQ(outcome.status, JICENG_INVALID_ARGUMENT) << what;
  EXPECT_EQ(outcome.reason, "NULL_ARGUMENT") << what;
  EXPECT_NE(outcome.field, "") << what;
}

TEST(Misuse, ANullHandleIsRefusedAndTheOutputCleared) {
  for (const auto& [name, call] : TableCalls(nullptr, nullptr, nullptr)) {
    jiceng_table* table = reinterpret_cast<jiceng_table*>(&table);  // what a caller's variable may hold
    ExpectNullArgument(Try([&, &run = call](jiceng_error** error) { return run(&table, error); }), name);
    EXPECT_EQ(table, nullptr) << name;
  }
}

TEST(Misuse, ANullOutputIsRefused) {
  const World world;
  auto calls = TableCalls(world.snapshot.get(), world.store.get(), world.findings.get());
  const auto more = CatalogueCalls();
  calls.insert(calls.end(), more.begin(), more.end());
  for (const auto& [name, call] : calls) {
    ExpectNullArgument(Try([&, &run = call](jiceng_error** error) { return run(nullptr, error); }), name);
  }
}

TEST(Misuse, AnErrorNobodyWantsIsNotMade) {
  EXPECT_EQ(jiceng_count(nullptr, nullptr, 0, 0, nullptr, nullptr), JICENG_INVALID_ARGUMENT);
  const World world;
  for (const auto& [name, call] : TableCalls(world.snapshot.get(), world.store.get(), world.findings.get())) {
    jiceng_table* table = nullptr;
    EXPECT_EQ(call(&table, nullptr), JICENG_OK) << name;
    jiceng_table_free(table);
  }
}

TEST(Misuse, ASuccessLeavesNoError) {
  const World world;
  for (const auto& [name, call] : TableCalls(world.snapshot.get(), world.store.get(), world.findings.get())) {
    jiceng_table* table = nullptr;
    jiceng_error* error = reinterpret_cast<jiceng_error*>(&error);
    EXPECT_EQ(call(&table, &error), JICENG_OK) << name;
    EXPECT_EQ(error, nullptr) << name;
    jiceng_table_free(table);
  }
}

TEST(Misuse, OpeningWithNulls) {
  const World world;
  jiceng_store* store = nullptr;
  jiceng_snapshot* snapshot = nullptr;
  jiceng_writer* writer = nullptr;
  jiceng_actor* actor = nullptr;
  jiceng_findings* findings = nullptr;
  jiceng_import_report* report = nullptr;
  int64_t number = 5;
  int32_t day = 5;
  ArrowArrayStream stream;
  jiceng_writer_options options = JICENG_WRITER_OPTIONS_INIT;
  options.recorded_at = kRecordedAt;
  const char* paths[] = {nullptr};
  const char* people[] = {"people.csv"};
  const void* contents[] = {nullptr};
  const size_t lengths[] = {5};
  const std::pair<const char*, std::function<jiceng_status(jiceng_error**)>> calls[] = {
      {"open url", [&](jiceng_error** e) { return jiceng_store_open(nullptr, 0, nullptr, &store, e); }},
      {"open url nul", [&](jiceng_error** e) { return jiceng_store_open(nullptr, JICENG_NUL, nullptr, &store, e); }},
      {"open out", [&](jiceng_error** e) { return jiceng_store_open("memory:", JICENG_NUL, nullptr, nullptr, e); }},
      {"snapshot store", [&](jiceng_error** e) { return jiceng_snapshot_open(nullptr, nullptr, 0, &snapshot, e); }},
      {"snapshot out",
       [&](jiceng_error** e) { return jiceng_snapshot_open(world.store.get(), nullptr, 0, nullptr, e); }},
      {"seq_at store", [&](jiceng_error** e) { return jiceng_store_seq_at(nullptr, 0, &number, e); }},
      {"seq_at out", [&](jiceng_error** e) { return jiceng_store_seq_at(world.store.get(), 0, nullptr, e); }},
      {"wait store", [&](jiceng_error** e) { return jiceng_store_wait(nullptr, 0, 0, nullptr, nullptr, &number, e); }},
      {"wait out",
       [&](jiceng_error** e) { return jiceng_store_wait(world.store.get(), 0, 0, nullptr, nullptr, nullptr, e); }},
      {"writer store", [&](jiceng_error** e) { return jiceng_writer_open(nullptr, nullptr, &options, &writer, e); }},
      {"writer options",
       [&](jiceng_error** e) { return jiceng_writer_open(world.store.get(), nullptr, nullptr, &writer, e); }},
      {"writer out",
       [&](jiceng_error** e) { return jiceng_writer_open(world.store.get(), nullptr, &options, nullptr, e); }},
      {"import writer", [&](jiceng_error** e) { return jiceng_writer_import(nullptr, paths, 1, nullptr, &report, e); }},
      {"import paths",
       [&](jiceng_error** e) { return jiceng_writer_import(world.writer.get(), nullptr, 1, nullptr, &report, e); }},
      {"import path",
       [&](jiceng_error** e) { return jiceng_writer_import(world.writer.get(), paths, 1, nullptr, &report, e); }},
      {"import out",
       [&](jiceng_error** e) { return jiceng_writer_import(world.writer.get(), paths, 1, nullptr, nullptr, e); }},
      {"import bytes writer",
       [&](jiceng_error** e) {
         return jiceng_writer_import_bytes(nullptr, nullptr, nullptr, nullptr, 0, nullptr, &report, e);
       }},
      {"import bytes names",
       [&](jiceng_error** e) {
         return jiceng_writer_import_bytes(world.writer.get(), nullptr, nullptr, nullptr, 1, nullptr, &report, e);
       }},
      {"import bytes bytes",
       [&](jiceng_error** e) {
         return jiceng_writer_import_bytes(world.writer.get(), people, nullptr, lengths, 1, nullptr, &report, e);
       }},
      {"import bytes content",
       [&](jiceng_error** e) {
         return jiceng_writer_import_bytes(world.writer.get(), people, contents, lengths, 1, nullptr, &report, e);
       }},
      {"import bytes lengths",
       [&](jiceng_error** e) {
         return jiceng_writer_import_bytes(world.writer.get(), people, contents, nullptr, 1, nullptr, &report, e);
       }},
      {"apply writer", [&](jiceng_error** e) { return jiceng_writer_apply(nullptr, "", 0, &number, e); }},
      {"apply changes",
       [&](jiceng_error** e) { return jiceng_writer_apply(world.writer.get(), nullptr, 3, &number, e); }},
      {"apply out", [&](jiceng_error** e) { return jiceng_writer_apply(world.writer.get(), "", 0, nullptr, e); }},
      {"revert writer", [&](jiceng_error** e) { return jiceng_writer_revert(nullptr, 1, &number, e); }},
      {"revert out", [&](jiceng_error** e) { return jiceng_writer_revert(world.writer.get(), 1, nullptr, e); }},
      {"erase writer", [&](jiceng_error** e) { return jiceng_writer_erase(nullptr, paths, 0, &number, e); }},
      {"erase people",
       [&](jiceng_error** e) { return jiceng_writer_erase(world.writer.get(), nullptr, 1, &number, e); }},
      {"erase out", [&](jiceng_error** e) { return jiceng_writer_erase(world.writer.get(), paths, 0, nullptr, e); }},
      {"table stream table", [&](jiceng_error** e) { return jiceng_table_arrow(nullptr, &stream, e); }},
      {"table stream out",
       [&](jiceng_error** e) { return jiceng_table_arrow(jiceng_import_report_rows(nullptr), nullptr, e); }},
      {"findings stream findings", [&](jiceng_error** e) { return jiceng_findings_arrow(nullptr, 0, &stream, e); }},
      {"findings stream out",
       [&](jiceng_error** e) { return jiceng_findings_arrow(world.findings.get(), 0, nullptr, e); }},
      {"backup store", [&](jiceng_error** e) { return jiceng_store_backup(nullptr, "x", JICENG_NUL, e); }},
      {"backup file", [&](jiceng_error** e) { return jiceng_store_backup(world.store.get(), nullptr, 0, e); }},
      {"optimize store", [&](jiceng_error** e) { return jiceng_store_optimize(nullptr, nullptr, nullptr, e); }},
      {"actor name",
       [&](jiceng_error** e) { return jiceng_actor_create(nullptr, 0, "unit:1", JICENG_NUL, &actor, e); }},
      {"actor scope", [&](jiceng_error** e) { return jiceng_actor_create("a", 1, nullptr, 0, &actor, e); }},
      {"actor out", [&](jiceng_error** e) { return jiceng_actor_create("a", 1, "unit:1", JICENG_NUL, nullptr, e); }},
      {"find snapshot", [&](jiceng_error** e) { return jiceng_find(nullptr, "org:1", JICENG_NUL, 0, &number, e); }},
      {"find node", [&](jiceng_error** e) { return jiceng_find(world.snapshot.get(), nullptr, 0, 0, &number, e); }},
      {"find out",
       [&](jiceng_error** e) { return jiceng_find(world.snapshot.get(), "org:1", JICENG_NUL, 0, nullptr, e); }},
      {"audit snapshot",
       [&](jiceng_error** e) { return jiceng_audit(nullptr, nullptr, 0, kDay, nullptr, &findings, e); }},
      {"audit out",
       [&](jiceng_error** e) { return jiceng_audit(world.snapshot.get(), nullptr, 0, kDay, nullptr, nullptr, e); }},
      {"explain snapshot",
       [&](jiceng_error** e) {
         return jiceng_explain(nullptr, "term.expired", "org:1", JICENG_NUL, kDay, nullptr, &findings, e);
       }},
      {"explain rule",
       [&](jiceng_error** e) {
         return jiceng_explain(world.snapshot.get(), nullptr, "org:1", JICENG_NUL, kDay, nullptr, &findings, e);
       }},
      {"explain node",
       [&](jiceng_error** e) {
         return jiceng_explain(world.snapshot.get(), "term.expired", nullptr, 0, kDay, nullptr, &findings, e);
       }},
      {"explain out",
       [&](jiceng_error** e) {
         return jiceng_explain(world.snapshot.get(), "term.expired", "org:1000", JICENG_NUL, kDay, nullptr, nullptr, e);
       }},
      {"due out", [&](jiceng_error** e) { return jiceng_calendar_due(kDay, 1, nullptr, e); }},
      {"count out", [&](jiceng_error** e) { return jiceng_calendar_count(kDay, kDay, nullptr, e); }},
  };
  for (const auto& [name, call] : calls) ExpectNullArgument(Try(call), name);
  EXPECT_EQ(number, 0);
  EXPECT_EQ(jiceng_calendar_due(0, 1, &day, nullptr), JICENG_INVALID_ARGUMENT);
  EXPECT_EQ(day, 0);
}

TEST(Misuse, NullIsAGoodHandleToFreeAndToReadFrom) {
  jiceng_error_free(nullptr);
  jiceng_table_free(nullptr);
  jiceng_store_close(nullptr);
  jiceng_actor_free(nullptr);
  jiceng_snapshot_close(nullptr);
  jiceng_writer_close(nullptr);
  jiceng_import_report_free(nullptr);
  jiceng_findings_free(nullptr);
  EXPECT_EQ(jiceng_error_code(nullptr), JICENG_OK);
  EXPECT_STREQ(jiceng_error_reason(nullptr), "");
  EXPECT_STREQ(jiceng_error_message(nullptr), "");
  EXPECT_STREQ(jiceng_error_field(nullptr), "");
  EXPECT_STREQ(jiceng_error_text(nullptr, JICENG_LANG_ZH), "");
  EXPECT_EQ(jiceng_table_rows(nullptr), 0);
  EXPECT_EQ(jiceng_table_columns(nullptr), 0);
  EXPECT_STREQ(jiceng_table_column_name(nullptr, 0), "");
  EXPECT_EQ(jiceng_table_column_type(nullptr, 0), 0);
  EXPECT_EQ(jiceng_table_find_column(nullptr, "node"), -1);
  EXPECT_EQ(jiceng_table_is_null(nullptr, 0, 0), 1);
  EXPECT_EQ(jiceng_table_int64(nullptr, 0, 0), 0);
  size_t length = 7;
  EXPECT_STREQ(jiceng_table_text(nullptr, 0, 0, &length), "");
  EXPECT_EQ(length, 0u);
  EXPECT_EQ(jiceng_table_list_size(nullptr, 0, 0), 0u);
  EXPECT_STREQ(jiceng_table_list_text(nullptr, 0, 0, 0, nullptr), "");
  EXPECT_EQ(jiceng_table_int64_column(nullptr, 0), nullptr);
  EXPECT_EQ(jiceng_import_report_outcome(nullptr), 0);
  EXPECT_EQ(jiceng_import_report_seq(nullptr), 0);
  EXPECT_EQ(jiceng_import_report_rejected(nullptr), 0);
  EXPECT_EQ(jiceng_import_report_rows(nullptr), nullptr);
  EXPECT_EQ(jiceng_import_report_warnings(nullptr), nullptr);
  EXPECT_EQ(jiceng_import_report_problems(nullptr), nullptr);
  EXPECT_EQ(jiceng_import_report_warning_rows(nullptr), nullptr);
  EXPECT_EQ(jiceng_import_report_closures(nullptr), nullptr);
  EXPECT_EQ(jiceng_snapshot_seq(nullptr), 0);
  EXPECT_EQ(jiceng_node_text(nullptr, 1, nullptr, 0), 0u);
  EXPECT_EQ(jiceng_is_under(nullptr, 1, 1, kDay), 0);
  EXPECT_EQ(jiceng_findings_count(nullptr), 0);
  EXPECT_EQ(jiceng_findings_subjects(nullptr), nullptr);
  EXPECT_EQ(jiceng_findings_rules(nullptr), nullptr);
}

TEST(Misuse, TextThatIsNotUtf8IsRefusedWithItsOffset) {
  const World world;
  int64_t number = 0;
  const char gbk[] = "org:\xb5\xb3\xd6\xa7";  // 党支 in GBK
  const Outcome outcome =
      Try([&](jiceng_error** error) { return jiceng_find(world.snapshot.get(), gbk, JICENG_NUL, 0, &number, error); });
  EXPECT_EQ(outcome.status, JICENG_INVALID_ARGUMENT);
  EXPECT_EQ(outcome.reason, "INVALID_UTF8");
  EXPECT_EQ(outcome.field, "node");
  EXPECT_THAT(outcome.message, HasSubstr("byte 4"));
}

TEST(Misuse, LengthsThatCannotBe) {
  const World world;
  int64_t number = 0;
  const auto find = [&](const char* node, size_t length) {
    return Try(
        [&](jiceng_error** error) { return jiceng_find(world.snapshot.get(), node, length, 0, &number, error); });
  };
  EXPECT_EQ(find("org:1001", SIZE_MAX - 1).reason, "TEXT_TOO_LONG");
  EXPECT_EQ(find("org:1001", SIZE_MAX / 2).reason, "TEXT_TOO_LONG");
  const std::string endless(1 << 20, 'x');
  EXPECT_EQ(find(endless.c_str(), JICENG_NUL).reason, "TEXT_TOO_LONG");
  EXPECT_EQ(find("org:1001\0", 9).reason, "NUL_BYTE");
  EXPECT_EQ(find("org:1001xyz", 8).status, JICENG_OK);  // the length counts, not the NUL
  EXPECT_EQ(find("", 0).reason, "BAD_NODE");
  jiceng_table* table = nullptr;
  const char* codes[] = {"320102"};
  EXPECT_EQ(Try([&](jiceng_error** error) { return jiceng_codes_check(codes, SIZE_MAX, &table, error); }).reason,
            "TOO_MANY");
  EXPECT_EQ(Try([&](jiceng_error** error) {
              return jiceng_writer_apply(world.writer.get(), codes, SIZE_MAX, &number, error);
            }).status,
            JICENG_INVALID_ARGUMENT);
}

TEST(Misuse, NodesThatAreNone) {
  const World world;
  int64_t number = 0;
  for (const char* node : {"1001", "org", "org:", "body:1", "ORG:1001", "org:1001 ", ":", "unit:\x01"}) {
    const Outcome outcome = Try(
        [&](jiceng_error** error) { return jiceng_find(world.snapshot.get(), node, JICENG_NUL, 0, &number, error); });
    EXPECT_EQ(outcome.status, JICENG_INVALID_ARGUMENT) << node;
    EXPECT_EQ(outcome.reason, "BAD_NODE") << node;
    EXPECT_EQ(outcome.field, "node") << node;
  }
}

TEST(Misuse, DatesThatAreNone) {
  const World world;
  jiceng_table* table = nullptr;
  const auto count = [&](int32_t date) {
    return Try([&](jiceng_error** error) {
      return jiceng_count(world.snapshot.get(), "org:1000", JICENG_NUL, date, &table, error);
    });
  };
  EXPECT_EQ(count(0).reason, "MISSING_DATE");
  for (const int32_t date : {20260230, 20261301, 20260100, 1, -20260630, INT32_MAX, INT32_MIN}) {
    EXPECT_EQ(count(date).reason, "BAD_DATE") << date;
    EXPECT_EQ(count(date).field, "date") << date;
  }
}

template <typename Options, typename Run>
void ExpectStructSizesChecked(Options options, Run run) {
  options.struct_size = 0;
  EXPECT_EQ(run(&options).reason, "BAD_STRUCT_SIZE");
  options.struct_size = 4;
  EXPECT_EQ(run(&options).reason, "BAD_STRUCT_SIZE");
  options.struct_size = sizeof(Options) - 4;  // a pointer cut in half
  EXPECT_EQ(run(&options).reason, "BAD_STRUCT_SIZE");
  options.struct_size = UINT32_MAX;
  EXPECT_EQ(run(&options).reason, "BAD_STRUCT_SIZE");
  options.struct_size = sizeof(Options);
  EXPECT_EQ(run(&options).status, JICENG_OK);
  options.flags = 0x80000000u;
  EXPECT_EQ(run(&options).reason, "UNKNOWN_OPTION");
  options.flags = 0;
  // A newer caller's struct: good while what this version does not know is zero.
  struct alignas(8) Newer {
    Options known;
    unsigned char more[16];
  };
  Newer newer{};
  std::memcpy(&newer.known, &options, sizeof(options));
  newer.known.struct_size = sizeof(Newer);
  EXPECT_EQ(run(&newer.known).status, JICENG_OK);
  newer.more[9] = 1;
  EXPECT_EQ(run(&newer.known).reason, "UNKNOWN_OPTION");
  EXPECT_EQ(run(&newer.known).field, "struct_size");
}

TEST(Misuse, StructSizes) {
  const World world;
  ExpectStructSizesChecked<jiceng_open_options>(JICENG_OPEN_OPTIONS_INIT, [&](const jiceng_open_options* options) {
    return Try([&](jiceng_error** error) {
      jiceng_store* store = nullptr;
      const jiceng_status status = jiceng_store_open("memory:", JICENG_NUL, options, &store, error);
      jiceng_store_close(store);
      return status;
    });
  });
  jiceng_writer_options writer_options = JICENG_WRITER_OPTIONS_INIT;
  writer_options.recorded_at = kRecordedAt + 60;
  ExpectStructSizesChecked(writer_options, [&](const jiceng_writer_options* options) {
    return Try([&](jiceng_error** error) {
      jiceng_writer* writer = nullptr;
      const jiceng_status status = jiceng_writer_open(world.store.get(), nullptr, options, &writer, error);
      jiceng_writer_close(writer);
      return status;
    });
  });
  const Folder folder;
  WriteLedgers(folder);
  const std::string path = folder.path();
  const char* paths[] = {path.c_str()};
  ExpectStructSizesChecked<jiceng_import_options>(
      JICENG_IMPORT_OPTIONS_INIT, [&](const jiceng_import_options* options) {
        return Try([&](jiceng_error** error) {
          jiceng_import_report* report = nullptr;
          const jiceng_status status = jiceng_writer_import(world.writer.get(), paths, 1, options, &report, error);
          jiceng_import_report_free(report);
          return status;
        });
      });
  ExpectStructSizesChecked<jiceng_audit_options>(JICENG_AUDIT_OPTIONS_INIT, [&](const jiceng_audit_options* options) {
    return Try([&](jiceng_error** error) {
      jiceng_findings* findings = nullptr;
      const jiceng_status status = jiceng_audit(world.snapshot.get(), nullptr, 0, kDay, options, &findings, error);
      jiceng_findings_free(findings);
      return status;
    });
  });
}

TEST(Misuse, AnOlderSmallerStructKeepsTheDefaults) {
  // A caller of a release whose import options ended after `lang`: nothing limits the closures.
  const World world;
  const Folder folder;
  folder.Write("people.csv", "person_id,name,party_status,joined_on,in_service\np5,钱五,full,2000-07-01,0\n");
  struct alignas(8) Older {
    uint32_t struct_size, flags;
    int32_t date, lang;
  } older = {sizeof(Older), 0, 0, JICENG_LANG_EN};
  const std::string path = folder.path();
  const char* paths[] = {path.c_str()};
  jiceng_import_report* report = nullptr;
  jiceng_import_options options;  // the memory behind is garbage, not zero
  std::memset(&options, 0xa5, sizeof(options));
  std::memcpy(&options, &older, sizeof(older));
  const Outcome outcome = Try([&](jiceng_error** error) {
    return jiceng_writer_import(world.writer.get(), paths, 1, &options, &report, error);
  });
  const Report owner(report);
  EXPECT_EQ(outcome.status, JICENG_OK) << outcome.message;
  EXPECT_EQ(jiceng_import_report_outcome(report), JICENG_IMPORT_DONE);
}

TEST(Misuse, OtherValues) {
  const World world;
  jiceng_table* table = nullptr;
  const jiceng_snapshot* s = world.snapshot.get();
  const auto reason = [&](const Call& call) {
    return Try([&](jiceng_error** error) { return call(&table, error); }).reason;
  };
  EXPECT_EQ(reason([&](jiceng_table** t, jiceng_error** e) { return jiceng_tree(s, nullptr, 0, kDay, -1, 0, t, e); }),
            "BAD_VALUE");
  EXPECT_EQ(reason([&](jiceng_table** t, jiceng_error** e) { return jiceng_tree(s, nullptr, 0, kDay, 0, 2, t, e); }),
            "UNKNOWN_OPTION");
  EXPECT_EQ(reason([&](jiceng_table** t, jiceng_error** e) { return jiceng_search(s, "", 0, kDay, 0, t, e); }),
            "BAD_VALUE");
  EXPECT_EQ(
      reason([&](jiceng_table** t, jiceng_error** e) { return jiceng_search(s, "园", JICENG_NUL, kDay, -1, t, e); }),
      "BAD_VALUE");
  EXPECT_EQ(reason([&](jiceng_table** t, jiceng_error** e) {
              return jiceng_upcoming(s, nullptr, 0, kDay, 20260101, 0, t, e);
            }),
            "REVERSED_INTERVAL");
  EXPECT_EQ(reason([&](jiceng_table** t, jiceng_error** e) { return jiceng_rules(9, t, e); }), "BAD_VALUE");
  EXPECT_EQ(reason([&](jiceng_table** t, jiceng_error** e) { return jiceng_rollup(s, nullptr, nullptr, kDay, t, e); }),
            "NULL_ARGUMENT");
  EXPECT_EQ(reason([&](jiceng_table** t, jiceng_error** e) {
              return jiceng_list_officers(s, nullptr, 0, nullptr, kDay, t, e);
            }),
            "NULL_ARGUMENT");
  EXPECT_EQ(reason([&](jiceng_table** t, jiceng_error** e) {
              return jiceng_list_posts(s, nullptr, 0, "secretary", nullptr, kDay, t, e);
            }),
            "NULL_ARGUMENT");
  EXPECT_EQ(reason([&](jiceng_table** t, jiceng_error** e) {
              return jiceng_list_posts(s, nullptr, 0, "secretary", "village", kDay, t, e);
            }),
            "UNKNOWN_LEVEL");
}

TEST(Misuse, HandlesMayBeClosedInAnyOrder) {
  World world;
  world.store.reset();
  const Folder folder;
  folder.Write("people.csv", "person_id,name,party_status,joined_on,in_service\np5,钱五,full,2000-07-01,0\n");
  const std::string path = folder.path();
  const char* paths[] = {path.c_str()};
  jiceng_import_report* report = nullptr;
  EXPECT_EQ(jiceng_writer_import(world.writer.get(), paths, 1, nullptr, &report, nullptr), JICENG_OK);
  world.writer.reset();
  EXPECT_EQ(jiceng_import_report_seq(report), 2);
  jiceng_import_report_free(report);
  world.snapshot.reset();
  EXPECT_GT(jiceng_findings_count(world.findings.get()), 0);
}

}  // namespace
}  // namespace jiceng_test
