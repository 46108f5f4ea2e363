// Memory that runs out.  Every call is made again and again, with its first allocation failing, then its second, and so
// on until it gets through: once with that one allocation refused, once with every one from there on.  Whatever fails,
// the host gets a status and an error, nothing leaks (AddressSanitizer's build sees to that), a store keeps its head,
// and the next call gives the answer it always gave.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sqlite3.h>

#include <cstdlib>
#include <filesystem>
#include <functional>
#include <new>
#include <utility>

#include "tests/capi/organization.h"
#include "tests/capi/policy_bytes.h"

namespace {

// Counts down while armed; one thread.
struct Memory {
  int64_t left = -1;        // allocations that still succeed; below 0: not armed
  bool to_the_end = false;  // all that follow fail as well
  bool failed = false;

  bool Refuses() {
    if (left < 0) return false;
    if (left-- > 0) return false;
    failed = true;
    left = to_the_end ? 0 : -1;
    return true;
  }
} memory;

void* Allocate(size_t size, size_t alignment) {
  if (memory.Refuses()) return nullptr;
  if (size == 0) size = 1;
  return alignment <= alignof(std::max_align_t)
             ? std::malloc(size)
             : std::aligned_alloc(alignment, (size + alignment - 1) / alignment * alignment);
}

void* AllocateOrThrow(size_t size, size_t alignment) {
  void* const result = Allocate(size, alignment);
  if (result == nullptr) throw std::bad_alloc();
  return result;
}

sqlite3_mem_methods sqlite_memory;

void* SqliteMalloc(int size) { return memory.Refuses() ? nullptr : sqlite_memory.xMalloc(size); }
void* SqliteRealloc(void* old, int size) { return memory.Refuses() ? nullptr : sqlite_memory.xRealloc(old, size); }

// Before anything opens a database.
const bool sqlite_is_ours = [] {
  if (sqlite3_config(SQLITE_CONFIG_GETMALLOC, &sqlite_memory) != SQLITE_OK) return false;
  sqlite3_mem_methods methods = sqlite_memory;
  methods.xMalloc = SqliteMalloc;
  methods.xRealloc = SqliteRealloc;
  return sqlite3_config(SQLITE_CONFIG_MALLOC, &methods) == SQLITE_OK;
}();

}  // namespace

void* operator new(size_t size) { return AllocateOrThrow(size, 0); }
void* operator new[](size_t size) { return AllocateOrThrow(size, 0); }
void* operator new(size_t size, std::align_val_t alignment) {
  return AllocateOrThrow(size, static_cast<size_t>(alignment));
}
void* operator new[](size_t size, std::align_val_t alignment) {
  return AllocateOrThrow(size, static_cast<size_t>(alignment));
}
void* operator new(size_t size, const std::nothrow_t&) noexcept { return Allocate(size, 0); }
void* operator new[](size_t size, const std::nothrow_t&) noexcept { return Allocate(size, 0); }
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete[](void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, size_t) noexcept { std::free(memory); }
void operator delete[](void* memory, size_t) noexcept { std::free(memory); }
void operator delete(void* memory, std::align_val_t) noexcept { std::free(memory); }
void operator delete[](void* memory, std::align_val_t) noexcept { std::free(memory); }
void operator delete(void* memory, size_t, std::align_val_t) noexcept { std::free(memory); }
void operator delete[](void* memory, size_t, std::align_val_t) noexcept { std::free(memory); }

namespace jiceng_test {
namespace {

using Call = std::function<jiceng_status(jiceng_error**)>;

// Makes `call` fail in every way it can and returns how often it did.  `after` looks at the world after a failure.
int64_t FailEach(
    const Call& call, const std::function<void()>& after = [] {}) {
  int64_t failures = 0;
  for (const bool to_the_end : {false, true}) {
    for (int64_t n = 0;; n += 1 + n / 100) {
      SCOPED_TRACE("allocation " + std::to_string(n) + (to_the_end ? " and all after it" : ""));
      jiceng_error* raw = nullptr;
      memory = {n, to_the_end, false};
      const jiceng_status status = call(&raw);
      const bool failed = memory.failed;
      memory = {};
      const Error error(raw);
      EXPECT_EQ(raw == nullptr, status == JICENG_OK);
      if (!failed) {
        EXPECT_EQ(status, JICENG_OK) << jiceng_error_message(raw);
        break;
      }
      // A call may get over it, by doing without a cache for instance.
      if (status != JICENG_OK) {
        ++failures;
        EXPECT_EQ(status, JICENG_RESOURCE_EXHAUSTED) << jiceng_error_reason(raw) << ": " << jiceng_error_message(raw);
      }
      after();
      if (::testing::Test::HasFailure()) return failures;
    }
  }
  return failures;
}

class Allocation : public ::testing::TestWithParam<const char*> {
 protected:
  std::string url(const Folder& folder) const {
    return std::string(GetParam()) == "memory:" ? "memory:" : folder.Sub("a.jiceng");
  }
};

TEST(AllocationOfAFile, SqliteAsksThisTest) { EXPECT_TRUE(sqlite_is_ours); }

TEST_P(Allocation, OfAStoreThatIsMade) {
  const Folder folder;
  const auto remove = [&] {
    for (const auto& entry : std::filesystem::directory_iterator(folder.path())) std::filesystem::remove(entry);
  };
  const std::string where = url(folder);
  EXPECT_GT(FailEach(
                [&](jiceng_error** error) {
                  jiceng_open_options options = JICENG_OPEN_OPTIONS_INIT;
                  options.flags = JICENG_OPEN_CREATE;
                  jiceng_store* raw = nullptr;
                  const jiceng_status status = jiceng_store_open(where.data(), where.size(), &options, &raw, error);
                  const Store store(raw);
                  EXPECT_EQ(raw == nullptr, status != JICENG_OK);
                  return status;
                },
                remove),
            50);
}

TEST(AllocationOfAFile, ThatIsThere) {
  const Folder folder;
  const std::string where = folder.Sub("a.jiceng");
  MakeOrganization(where).reset();
  EXPECT_GT(FailEach([&](jiceng_error** error) {
              jiceng_open_options options = JICENG_OPEN_OPTIONS_INIT;
              jiceng_store* raw = nullptr;
              const jiceng_status status = jiceng_store_open(where.data(), where.size(), &options, &raw, error);
              const Store store(raw);
              return status;
            }),
            50);
}

// Imports, applications and revertings are kept as a whole or not at all, and what is kept is what the chain says.
TEST_P(Allocation, OfChanges) {
  const Folder folder, ledgers, more;
  WriteLedgers(ledgers);
  const Store store = Open(url(folder));
  int64_t head = 0;
  const auto look = [&] {
    const Snapshot snapshot = OpenSnapshot(store.get());
    const int64_t seq = jiceng_snapshot_seq(snapshot.get());
    EXPECT_TRUE(seq == head || seq == head + 1);
    head = seq;
    EXPECT_THAT(Ask([&](jiceng_table** table, jiceng_error** error) {
                  return jiceng_store_verify(store.get(), nullptr, nullptr, table, error);
                }),
                ::testing::ElementsAre("seq|what"));
  };
  const auto import = [&](const Folder& from) {
    const std::string path = from.path();
    return [&store, path, &head](jiceng_error** error) {
      jiceng_writer_options options = JICENG_WRITER_OPTIONS_INIT;
      options.recorded_at = kRecordedAt;
      jiceng_writer* raw = nullptr;
      jiceng_status status = jiceng_writer_open(store.get(), nullptr, &options, &raw, error);
      const Writer writer(raw);
      if (status != JICENG_OK) return status;
      const char* const paths[] = {path.c_str()};
      jiceng_import_options how = JICENG_IMPORT_OPTIONS_INIT;
      jiceng_import_report* report = nullptr;
      status = jiceng_writer_import(raw, paths, 1, &how, &report, error);
      if (status == JICENG_OK) {
        EXPECT_EQ(jiceng_import_report_outcome(report), JICENG_IMPORT_DONE);
        EXPECT_GE(jiceng_import_report_seq(report), head);
      }
      jiceng_import_report_free(report);
      return status;
    };
  };
  EXPECT_GT(FailEach(import(ledgers), look), 50);
  look();
  EXPECT_EQ(head, 1) << "what got through once changes nothing the second time";
  // A register as offices keep it.
  more.Write("花名册.csv",
             "姓名,身份证号,所在党支部,工作单位,居住社区,是否在职,入党时间\n"
             "\"王小明\",320102198001011238,第一党支部,兰园公司,梅园社区,是,2001年7月1日\n");
  more.Write("people.csv", "person_id,name,party_status,joined_on,in_service\nq1,新某,full,2020-01-01,0\n");
  more.Write("matters.csv",
             "matter_id,procedure,opened,actor,member,community,host,title,kind,capacity,audience\n"
             "R1,report.member,2026-03-02,p1,p1,320102002001,1001,,,,\n"
             "G1,report.post,2026-03-01,p2,,320102002001,1001,岗位,patrol,1,anybody\n");
  more.Write("matter_steps.csv",
             "matter_id,at,step,actor,register_no,post\nR1,2026-03-03,report,p1,,\nG1,2026-03-01,offer,p2,,\n"
             "R1,2026-03-04,file,p2,1,\nR1,2026-03-05,claim,p1,,G1\n");
  EXPECT_GT(FailEach(import(more), look), 50);
  EXPECT_EQ(head, 2);
  EXPECT_GT(FailEach(
                [&](jiceng_error** error) {
                  jiceng_writer_options options = JICENG_WRITER_OPTIONS_INIT;
                  options.recorded_at = kRecordedAt;
                  options.expected_seq = -1;
                  jiceng_writer* raw = nullptr;
                  jiceng_status status = jiceng_writer_open(store.get(), nullptr, &options, &raw, error);
                  const Writer writer(raw);
                  if (status != JICENG_OK) return status;
                  int64_t seq = 0;
                  // The newest: what it took back is put again by the next turn.
                  return jiceng_writer_revert(raw, head, &seq, error);
                },
                look),
            50);
  look();
  // Erased once, by whichever attempt got as far as the commit.
  EXPECT_GT(FailEach(
                [&](jiceng_error** error) {
                  const Writer writer = [&] {
                    const auto armed = std::exchange(memory, {});  // a writer is made above
                    Writer made = OpenWriter(store.get());
                    memory = armed;
                    return made;
                  }();
                  const char* const people[] = {"person:p1"};
                  int64_t seq = 0;
                  const jiceng_status status = jiceng_writer_erase(writer.get(), people, 1, &seq, error);
                  if (status != JICENG_NOT_FOUND) return status;
                  jiceng_error_free(std::exchange(*error, nullptr));
                  return jiceng_status{JICENG_OK};
                },
                look),
            20);
  look();
}

// Attaching a pack that blocks, a change it refuses, and questions by packs.
TEST_P(Allocation, OfPolicies) {
  const Folder folder;
  const Store store = MakeOrganization(url(folder));
  int64_t head = 1;
  const auto look = [&] {
    const int64_t seq = jiceng_snapshot_seq(OpenSnapshot(store.get()).get());
    EXPECT_TRUE(seq == head || seq == head + 1);
    head = seq;
  };
  int64_t seq = 0;
  const auto apply = [&](const std::string& changes) {
    return [&store, &seq, changes](jiceng_error** error) {
      jiceng_writer_options options = JICENG_WRITER_OPTIONS_INIT;
      options.recorded_at = kRecordedAt;
      jiceng_writer* raw = nullptr;
      jiceng_status status = jiceng_writer_open(store.get(), nullptr, &options, &raw, error);
      const Writer writer(raw);
      if (status != JICENG_OK) return status;
      status = jiceng_writer_apply(raw, changes.data(), changes.size(), &seq, error);
      if (status != JICENG_OK || seq != 0) return status;
      jiceng_findings* findings = nullptr;
      status = jiceng_writer_refused(raw, &findings, error);
      jiceng_findings_free(findings);
      return status;
    };
  };
  const std::string pack = OwnPackBytes("a", "a.large") + Bytes(9, PolicyRuleBytes("grid.head-vacant", "", 0, true)) +
                           Bytes(9, PolicyRuleBytes("report.member-unreported", "report.deadline_days", 30));
  EXPECT_GT(FailEach(apply(AttachBytes(pack, "unit:320102", 20260101) +
                           WaiveBytes("branch.min-members", "org:1001", 20270101)),
                     look),
            50);
  const std::string close =
      Delimited(Bytes(6, Bytes(1, Number(1, 17) + Bytes(2, "person:p4") + Bytes(3, "unit:32010200200101") +
                                      Bytes(4, "grid_head") + Date(5, 20240101)) +
                             Date(2, 20260101)));
  EXPECT_GT(FailEach(apply(close), look), 50);
  EXPECT_EQ(seq, 0) << "it was refused";
  EXPECT_EQ(head, 2);
  const Snapshot snapshot = OpenSnapshot(store.get());
  EXPECT_GT(FailEach([&](jiceng_error** error) {
              jiceng_table* table = nullptr;
              jiceng_status status =
                  jiceng_policy_effective(snapshot.get(), "person:p1", JICENG_NUL, kDay, nullptr, &table, error);
              jiceng_table_free(table);
              if (status != JICENG_OK) return status;
              jiceng_findings* findings = nullptr;
              status = jiceng_audit(snapshot.get(), nullptr, 0, kDay, nullptr, &findings, error);
              if (status == JICENG_OK) {
                status = jiceng_findings_table(findings, JICENG_LANG_EN, 0, 0, &table, error);
                if (status == JICENG_OK) jiceng_table_free(table);
              }
              jiceng_findings_free(findings);
              return status;
            }),
            50);
}

TEST_P(Allocation, OfQuestions) {
  const Folder folder;
  const Store store = MakeOrganization(url(folder));
  const Snapshot snapshot = OpenSnapshot(store.get());
  jiceng_snapshot* const in = snapshot.get();
  using Question = std::function<jiceng_status(jiceng_table**, jiceng_error**)>;
  const std::pair<const char*, Question> questions[] = {
      {"path",
       [&](auto** t, auto** e) {
         return jiceng_path(in, "person:p1", JICENG_NUL, "unit:320102", JICENG_NUL, kDay, nullptr, t, e);
       }},
      {"count", [&](auto** t, auto** e) { return jiceng_count(in, "unit:320102", JICENG_NUL, kDay, t, e); }},
      {"rollup", [&](auto** t, auto** e) { return jiceng_rollup(in, "report.rate", nullptr, kDay, t, e); }},
      {"unreported",
       [&](auto** t, auto** e) { return jiceng_list_unreported(in, "unit:320102", JICENG_NUL, kDay, t, e); }},
      {"cross", [&](auto** t, auto** e) { return jiceng_list_cross_appointments(in, nullptr, 0, kDay, t, e); }},
      {"officers", [&](auto** t, auto** e) { return jiceng_list_officers(in, nullptr, 0, "secretary", kDay, t, e); }},
      {"officers at",
       [&](auto** t, auto** e) {
         return jiceng_list_officers_at(in, "unit:320102", JICENG_NUL, "secretary", "party_branch", kDay, t, e);
       }},
      {"posts",
       [&](auto** t, auto** e) {
         return jiceng_list_posts(in, "unit:320102", JICENG_NUL, "secretary", "party_branch", kDay, t, e);
       }},
      {"rollup across",
       [&](auto** t, auto** e) { return jiceng_rollup_across(in, "report.rate", nullptr, kDay, kDay, t, e); }},
      {"register", [&](auto** t, auto** e) { return jiceng_list_register(in, nullptr, 0, kDay, 0, 1, t, e); }},
      {"services", [&](auto** t, auto** e) { return jiceng_list_services(in, nullptr, 0, kDay, 0, 1, t, e); }},
      {"rollup on the line",
       [&](auto** t, auto** e) { return jiceng_rollup_party_line(in, "report.rate", kDay, t, e); }},
      {"rule on the line",
       [&](auto** t, auto** e) { return jiceng_rollup_party_line(in, "branch.min-members", kDay, t, e); }},
      {"seat changes", [&](auto** t, auto** e) { return jiceng_list_seat_changes(in, in, kDay, t, e); }},
      {"pairings", [&](auto** t, auto** e) { return jiceng_list_pairings(in, nullptr, 0, kDay, t, e); }},
      {"show",
       [&](auto** t, auto** e) { return jiceng_show(in, "person:p2", JICENG_NUL, kDay, JICENG_LANG_ZH, t, e); }},
      {"tree", [&](auto** t, auto** e) { return jiceng_tree(in, nullptr, 0, kDay, 0, 0, t, e); }},
      {"search", [&](auto** t, auto** e) { return jiceng_search(in, "园", JICENG_NUL, kDay, 0, t, e); }},
      {"upcoming",
       [&](auto** t, auto** e) { return jiceng_upcoming(in, nullptr, 0, kDay, 20280101, JICENG_LANG_ZH, t, e); }},
      {"turns",
       [&](auto** t, auto** e) { return jiceng_turns(in, nullptr, 0, kDay, 20280101, nullptr, JICENG_LANG_ZH, t, e); }},
      {"explain",
       [&](auto** t, auto** e) {
         jiceng_findings* raw = nullptr;
         const jiceng_status status =
             jiceng_explain(in, "branch.min-members", "org:1001", JICENG_NUL, kDay, nullptr, &raw, e);
         const Findings findings(raw);
         return status != JICENG_OK ? status : jiceng_findings_evidence(raw, 0, t, e);
       }},
      {"log", [&](auto** t, auto** e) { return jiceng_store_log(store.get(), 0, 0, t, e); }},
      {"changes", [&](auto** t, auto** e) { return jiceng_store_changes(store.get(), 0, -1, 0, t, e); }},
      {"verify", [&](auto** t, auto** e) { return jiceng_store_verify(store.get(), nullptr, nullptr, t, e); }},
      {"export_bytes", [&](auto** t, auto** e) { return jiceng_snapshot_export_bytes(in, nullptr, nullptr, t, e); }},
      {"ties", [&](auto** t, auto** e) { return jiceng_ties(in, "affiliation", 0, t, e); }},
      {"nodes", [&](auto** t, auto** e) { return jiceng_nodes(in, "person", 0, t, e); }},
      {"nodes_by_number",
       [&](auto** t, auto** e) {
         const int64_t numbers[] = {1, 2, 3};
         return jiceng_nodes_by_number(in, numbers, 3, 0, t, e);
       }},
      {"tie_kinds", [&](auto** t, auto** e) { return jiceng_tie_kinds(JICENG_LANG_ZH, t, e); }},
      {"snapshot_rules", [&](auto** t, auto** e) { return jiceng_snapshot_rules(in, JICENG_LANG_ZH, t, e); }},
      {"policies", [&](auto** t, auto** e) { return jiceng_policies(in, JICENG_LANG_ZH, t, e); }},
      {"policy_effective",
       [&](auto** t, auto** e) { return jiceng_policy_effective(in, "org:1001", JICENG_NUL, kDay, nullptr, t, e); }},
      {"waivers", [&](auto** t, auto** e) { return jiceng_waivers(in, t, e); }},
      {"rules", [&](auto** t, auto** e) { return jiceng_rules(JICENG_LANG_ZH, t, e); }},
      {"audit",
       [&](auto** t, auto** e) {
         jiceng_findings* raw = nullptr;
         const jiceng_status status = jiceng_audit(in, nullptr, 0, kDay, nullptr, &raw, e);
         const Findings findings(raw);
         return status != JICENG_OK ? status : jiceng_findings_table(raw, JICENG_LANG_ZH, 0, 0, t, e);
       }},
      {"monitor",
       [&](auto** t, auto** e) {
         jiceng_monitor* raw = nullptr;
         jiceng_status status = jiceng_monitor_open(in, kDay, nullptr, &raw, e);
         const Monitor monitor(raw);
         if (status == JICENG_OK) status = jiceng_monitor_follow(raw, in, kDay - 1, nullptr, nullptr, e);
         return status != JICENG_OK ? status : jiceng_monitor_rollup(raw, "members.full", nullptr, t, e);
       }},
  };
  for (const auto& [name, question] : questions) {
    SCOPED_TRACE(name);
    const Rows answer = Ask(question);
    const auto ask = [&, &question = question](jiceng_error** error) {
      jiceng_table* raw = nullptr;
      const jiceng_status status = question(&raw, error);
      const Table table(raw);
      EXPECT_EQ(raw == nullptr, status != JICENG_OK);
      return status;
    };
    EXPECT_GT(FailEach(ask), 2);
    EXPECT_EQ(Ask(question), answer);
  }
}

TEST_P(Allocation, OfFilesThatAreWritten) {
  const Folder folder, out;
  const Store store = MakeOrganization(url(folder));
  const Snapshot snapshot = OpenSnapshot(store.get());
  const std::string to = out.Sub("ledgers");
  EXPECT_GT(FailEach([&](jiceng_error** error) {
              jiceng_table* raw = nullptr;
              const jiceng_status status =
                  jiceng_snapshot_export(snapshot.get(), to.data(), to.size(), nullptr, nullptr, &raw, error);
              const Table table(raw);
              return status;
            }),
            50);
  const std::string copy = out.Sub("copy.jiceng");
  EXPECT_GT(
      FailEach([&](jiceng_error** error) { return jiceng_store_backup(store.get(), copy.data(), copy.size(), error); },
               [&] { std::filesystem::remove(copy); }),
      5);
  EXPECT_GT(FailEach([&](jiceng_error** error) { return jiceng_store_optimize(store.get(), nullptr, nullptr, error); }),
            -1);
}

INSTANTIATE_TEST_SUITE_P(Stores, Allocation, ::testing::Values("memory:", "sqlite"),
                         [](const auto& store) { return std::string(store.param).substr(0, 6); });

}  // namespace
}  // namespace jiceng_test
