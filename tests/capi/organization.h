// A small organisation for tests of the C interface, made the way hosts make one: ledgers written to a folder and
// imported.
//
//   unit:320102 district ─ unit:320102002 street ─ unit:320102002001 community ─ two grids, the first with a head (p4)
//                                                └ unit:320102002002 community
//   org:1000 committee of the first community ─ org:1001 branch (p1 and p2 full, p3 probationary; p2 secretary since
//            2021-05-01)
//   org:2000 residents' committee (p2 director)
//   org:3000 employer of p1
//   p1 and p3 in service, living in the first community; only p3 has reported there
#ifndef TESTS_CAPI_ORGANIZATION_H_
#define TESTS_CAPI_ORGANIZATION_H_

#include <jiceng/jiceng.h>

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace jiceng_test {

constexpr int32_t kDay = 20260630;
constexpr int64_t kRecordedAt = 1782777600;  // 2026-06-30T00:00:00Z

template <typename T, void (*kFree)(T*)>
struct Freer {
  void operator()(T* handle) const { kFree(handle); }
};
using Error = std::unique_ptr<jiceng_error, Freer<jiceng_error, jiceng_error_free>>;
using Store = std::unique_ptr<jiceng_store, Freer<jiceng_store, jiceng_store_close>>;
using Actor = std::unique_ptr<jiceng_actor, Freer<jiceng_actor, jiceng_actor_free>>;
using Snapshot = std::unique_ptr<jiceng_snapshot, Freer<jiceng_snapshot, jiceng_snapshot_close>>;
using Writer = std::unique_ptr<jiceng_writer, Freer<jiceng_writer, jiceng_writer_close>>;
using Table = std::unique_ptr<jiceng_table, Freer<jiceng_table, jiceng_table_free>>;
using Findings = std::unique_ptr<jiceng_findings, Freer<jiceng_findings, jiceng_findings_free>>;
using Monitor = std::unique_ptr<jiceng_monitor, Freer<jiceng_monitor, jiceng_monitor_close>>;
using Report = std::unique_ptr<jiceng_import_report, Freer<jiceng_import_report, jiceng_import_report_free>>;

// What a call came to: its status and, when it failed, "REASON field".
struct Outcome {
  jiceng_status status = JICENG_OK;
  std::string reason, field, message, chinese;
};

// Calls `call(jiceng_error**)` and reads the error.
template <typename Call>
Outcome Try(Call&& call) {
  jiceng_error* raw = nullptr;
  Outcome outcome;
  outcome.status = call(&raw);
  const Error error(raw);
  outcome.reason = jiceng_error_reason(raw);
  outcome.field = jiceng_error_field(raw);
  outcome.message = jiceng_error_message(raw);
  outcome.chinese = jiceng_error_text(raw, JICENG_LANG_ZH);
  return outcome;
}

// A folder of its own that goes away with the object.
class Folder {
 public:
  Folder();
  ~Folder();
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  const std::string& path() const { return path_; }
  std::string Sub(const std::string& name) const { return path_ + "/" + name; }
  void Write(const std::string& name, const std::string& content) const;

 private:
  std::string path_;
};

// The files of a folder that hold the text.
std::vector<std::string> FilesWith(const std::string& folder, const std::string& text);

// Writes the ledgers of the organisation above into the folder.
void WriteLedgers(const Folder& folder);

// The calls below fail the test when the library reports an error.
Store Open(const std::string& url, uint32_t flags = JICENG_OPEN_CREATE);
Writer OpenWriter(jiceng_store* store, int64_t recorded_at = kRecordedAt, int64_t expected_seq = -1);
Report Import(jiceng_store* store, const std::string& path, uint32_t flags = 0, int64_t recorded_at = kRecordedAt);
Snapshot OpenSnapshot(jiceng_store* store, const jiceng_actor* actor = nullptr, int64_t seq = 0);
Actor MakeActor(const std::string& scope);
// A store at `url` with the organisation in it.
Store MakeOrganization(const std::string& url);

// Runs `call(jiceng_table**, jiceng_error**)` and gives its rows as text: cells parted by "|", null as "-", lists by
// ";".  The names of the columns come first.
using Rows = std::vector<std::string>;
Rows Print(const jiceng_table* table);
template <typename Call>
Rows Ask(Call&& call) {
  jiceng_table* raw = nullptr;
  const Outcome outcome = Try([&](jiceng_error** error) { return call(&raw, error); });
  const Table table(raw);
  if (outcome.status != JICENG_OK)
    return {"status " + std::to_string(outcome.status) + ": " + outcome.reason + ": " + outcome.message};
  return Print(raw);
}

}  // namespace jiceng_test

#endif  // TESTS_CAPI_ORGANIZATION_H_
