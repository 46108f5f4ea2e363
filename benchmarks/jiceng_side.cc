#include "benchmarks/jiceng_side.h"

#include "benchmarks/fail.h"
#include "benchmarks/options.h"

namespace jiceng::benchmarks {
namespace {

// The library has no clock; 2026-06-30T00:00:00Z will do for every run.
constexpr int64_t kRecordedAt = 1782777600;

thread_local jiceng_error* last_error = nullptr;

struct AuditQuestion {
  explicit AuditQuestion(Judged judged) {
    if (judged == Judged::kEightRules) {
      options.rules = rules;
      options.rule_count = sizeof(rules) / sizeof(rules[0]);
    }
    options.parameters = &parameter;
    options.parameter_count = 1;
  }
  AuditQuestion(const AuditQuestion&) = delete;
  AuditQuestion& operator=(const AuditQuestion&) = delete;

  const char* rules[8] = {"branch.min-members",       "branch.max-members", "branch.committee-required",
                          "branch.committee-size",    "grid.head-vacant",   "term.expired",
                          "report.member-unreported", "report.duplicate"};
  const std::string deadline = "report.deadline_days=" + std::to_string(kDeadlineDays);
  const char* parameter = deadline.c_str();
  jiceng_audit_options options = JICENG_AUDIT_OPTIONS_INIT;
};

}  // namespace

jiceng_error** JicengSide::Error() { return &last_error; }

void JicengSide::Check(jiceng_status status) {
  if (status == JICENG_OK) return;
  Fail(std::string("jiceng: ") + jiceng_error_reason(last_error) + ": " + jiceng_error_message(last_error) + " " +
       jiceng_error_field(last_error));
}

double JicengSide::Import(const std::string& ledgers, const std::string& path) {
  RemoveFiles(path);
  jiceng_open_options open = JICENG_OPEN_OPTIONS_INIT;
  open.flags = JICENG_OPEN_CREATE;
  Store store;
  Check(jiceng_store_open(path.data(), path.size(), &open, Out(store), Error()));
  jiceng_writer_options how = JICENG_WRITER_OPTIONS_INIT;
  how.recorded_at = kRecordedAt;
  Writer writer;
  Check(jiceng_writer_open(store.get(), nullptr, &how, Out(writer), Error()));
  const char* paths[] = {ledgers.c_str()};
  ImportReport report;
  Check(jiceng_writer_import(writer.get(), paths, 1, nullptr, Out(report), Error()));
  if (jiceng_import_report_outcome(report.get()) != JICENG_IMPORT_DONE) Fail("jiceng: the ledgers were not accepted");
  return 0;
}

JicengSide::JicengSide(const std::string& path, Mode mode) {
  Store store;
  Check(jiceng_store_open(path.data(), path.size(), nullptr, Out(store), Error()));
  store_ = std::move(store);
  Refresh();
  if (mode == kRead) return;
  jiceng_writer_options how = JICENG_WRITER_OPTIONS_INIT;
  how.recorded_at = kRecordedAt;
  Check(jiceng_writer_open(store_.get(), nullptr, &how, Out(writer_), Error()));
}

JicengSide::JicengSide(Another, const JicengSide& other) : store_(other.store_) { Refresh(); }

void JicengSide::Refresh() { Check(jiceng_snapshot_open(store_.get(), nullptr, 0, Out(snapshot_), Error())); }

// Writes the protobuf by hand, which is all a host without protobuf needs for one message.
void JicengSide::Report(const std::string& person, const std::string& community, int32_t day) {
  const auto put_number = [](std::string* to, uint32_t field, uint32_t number) {
    *to += static_cast<char>(field << 3);
    for (; number >= 128; number >>= 7) *to += static_cast<char>(number | 128);
    *to += static_cast<char>(number);
  };
  const auto put = [](std::string* to, uint32_t field, const std::string& bytes) {  // shorter than 128 bytes
    *to += static_cast<char>(field << 3 | 2);
    *to += static_cast<char>(bytes.size());
    *to += bytes;
  };
  std::string date, tie, change;
  put_number(&date, 1, static_cast<uint32_t>(day / 10000));
  put_number(&date, 2, static_cast<uint32_t>(day / 100 % 100));
  put_number(&date, 3, static_cast<uint32_t>(day % 100));
  constexpr uint32_t kReport = 18;
  put_number(&tie, 1, kReport);
  put(&tie, 2, person);
  put(&tie, 3, community);
  put(&tie, 5, date);
  constexpr uint32_t kOpenTie = 4;
  put(&change, kOpenTie, tie);
  change.insert(0, 1, static_cast<char>(change.size()));
  int64_t seq = 0;
  Check(jiceng_writer_apply(writer_.get(), change.data(), change.size(), &seq, Error()));
}

int64_t JicengSide::Find(const std::string& node) {
  int64_t number = 0;
  Check(jiceng_find(snapshot_.get(), node.data(), node.size(), 0, &number, Error()));
  return number;
}

void JicengSide::Watch(int32_t date, Judged judged) {
  const AuditQuestion question(judged);
  Check(jiceng_monitor_open(snapshot_.get(), date, &question.options, Out(monitor_), Error()));
}

void JicengSide::Follow() {
  Findings appeared, gone;
  Check(jiceng_monitor_follow(monitor_.get(), snapshot_.get(), 0, Out(appeared), Out(gone), Error()));
}

JicengSide::Findings JicengSide::RunAudit(int32_t date, int32_t threads, Judged judged) {
  AuditQuestion question(judged);
  question.options.max_threads = threads;
  Findings findings;
  Check(jiceng_audit(snapshot_.get(), nullptr, 0, date, &question.options, Out(findings), Error()));
  return findings;
}

JicengSide::Table JicengSide::FindingsTable(int32_t date) {
  const Findings findings = RunAudit(date);
  Table table;
  Check(jiceng_findings_table(findings.get(), JICENG_LANG_ZH, 0, 0, Out(table), Error()));
  return table;
}

void JicengSide::AuditInWords(int32_t date, KeepingSink& sink) {
  Table rules;
  Check(jiceng_rules(JICENG_LANG_ZH, Out(rules), Error()));
  const int32_t id = jiceng_table_find_column(rules.get(), "id");
  const Findings findings = RunAudit(date);
  const int64_t* subjects = jiceng_findings_subjects(findings.get());
  const int32_t* rule = jiceng_findings_rules(findings.get());
  for (int64_t i = 0; i < jiceng_findings_count(findings.get()); ++i) {
    char subject[80];
    size_t size = 0;
    const char* text = jiceng_table_text(rules.get(), rule[i], id, &size);
    sink.Text({text, size});
    size = jiceng_node_text(snapshot_.get(), subjects[i], subject, sizeof subject);
    sink.Text({subject, size});
    sink.EndRow();
  }
}

}  // namespace jiceng::benchmarks
