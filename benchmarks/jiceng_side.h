// The library, through its C ABI as a host would call it.
#ifndef JICENG_BENCHMARKS_JICENG_SIDE_H_
#define JICENG_BENCHMARKS_JICENG_SIDE_H_

#include <jiceng/jiceng.h>

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>

#include "benchmarks/answer.h"
#include "benchmarks/files.h"
#include "benchmarks/mode.h"
#include "benchmarks/sample.h"

namespace jiceng::benchmarks {

// The rules that the peers' queries are written for, or all that the catalogue has on.
enum class Judged { kEightRules, kAllRules };

class JicengSide {
 public:
  static constexpr const char* kName = "jiceng";
  static constexpr bool kHasProcessOfItsOwn = false;  // answers come from this process
  static constexpr size_t kPairs = SIZE_MAX;          // how many pairs of the sample are asked in one round

  static std::string Version() { return jiceng_version(); }
  // Imports the ledgers into a new store at `path`: checked, in one commit, durable when it returns.  Returns the
  // seconds of CPU that a server has worked for it.
  static double Import(const std::string& ledgers, const std::string& path);

  static void Copy(const std::string& path, const std::string& copy) { CopyFiles(path, copy); }
  static double Bytes(const std::string& path) { return BytesOfFiles(path); }
  static void Evict(const std::string& path) { EvictFiles(path); }

  explicit JicengSide(const std::string& path, Mode mode = kRead);
  JicengSide(Another, const JicengSide& other);

  // One commit: the person has reported to the community on that day.
  void Report(const std::string& person, const std::string& community, int32_t day);
  // What others have committed meanwhile.
  void Refresh();
  static double CpuSecondsElsewhere() { return 0; }

  int64_t Find(const std::string& node);

  // Findings as numbers, which are what is timed: rule, subject.
  template <class Sink>
  void Audit(int32_t date, Sink& sink, int32_t threads = 1, Judged judged = Judged::kEightRules) {
    ReadFindings(RunAudit(date, threads, judged), sink);
  }

  // Keeps findings and counts of that day current from now on; Follow() goes on to what was
  // committed since, and to another date.
  void Watch(int32_t date, Judged judged = Judged::kEightRules);
  void Follow(int32_t date = 0);
  template <class Sink>
  void KeptAudit(Sink& sink) {
    Findings findings;
    Check(jiceng_monitor_findings(monitor_.get(), Out(findings), Error()));
    ReadFindings(findings, sink);
  }
  template <class Sink>
  void KeptRollup(const char* indicator, Sink& sink) {
    Table table;
    Check(jiceng_monitor_rollup(monitor_.get(), indicator, nullptr, Out(table), Error()));
    Read(table, {"node", "level", "numerator", "denominator"}, sink);
  }
  int64_t KeptMembers(int64_t unit) {
    int64_t full = 0;
    jiceng_monitor_members(monitor_.get(), unit, &full, nullptr);
    return full;
  }
  // The findings in words: rule, subject.
  void AuditInWords(int32_t date, KeepingSink& sink);
  // The findings with messages, citations and facts, as a report shows them.
  template <class Sink>
  void AuditTexts(int32_t date, Sink& sink) {
    Read(FindingsTable(date), {"rule", "subject", "name", "status", "message", "citation"}, sink);
  }

  template <class Sink>
  void Rollup(const char* indicator, int32_t date, Sink& sink) {
    Table table;
    Check(jiceng_rollup(snapshot_.get(), indicator, nullptr, date, Out(table), Error()));
    Read(table, {"node", "level", "numerator", "denominator"}, sink);
  }
  template <class Sink>
  void Unreported(const std::string& unit, int32_t date, Sink& sink) {
    Table table;
    Check(jiceng_list_unreported(snapshot_.get(), unit.data(), unit.size(), date, Out(table), Error()));
    Read(table, {"node"}, sink);
  }
  template <class Sink>
  void Members(const std::string& unit, int32_t date, Sink& sink) {
    Table table;
    Check(jiceng_count(snapshot_.get(), unit.data(), unit.size(), date, Out(table), Error()));
    const int32_t measure = jiceng_table_find_column(table.get(), "measure");
    const int32_t value = jiceng_table_find_column(table.get(), "value");
    for (const std::string_view wanted : {"members.full", "members.probationary"}) {
      for (int64_t row = 0; row < jiceng_table_rows(table.get()); ++row) {
        size_t size = 0;
        const char* text = jiceng_table_text(table.get(), row, measure, &size);
        if (std::string_view(text, size) == wanted) sink.Int(jiceng_table_int64(table.get(), row, value));
      }
    }
    sink.EndRow();
  }
  template <class Sink>
  void Officers(const std::string& unit, const char* role, int32_t date, Sink& sink) {
    Table table;
    Check(jiceng_list_officers(snapshot_.get(), unit.data(), unit.size(), role, date, Out(table), Error()));
    Read(table, {"node", "body", "role", "from"}, sink);
  }
  // The library lists who holds a post in a Party committee; which committees are a community's the host knows.
  template <class Sink>
  void CommitteeSecretaries(const std::string& unit, const Sample& sample, int32_t date, Sink& sink) {
    Table table;
    Check(jiceng_list_officers_at(snapshot_.get(), unit.data(), unit.size(), "secretary", "party_committee", date,
                                  Out(table), Error()));
    const int32_t body = jiceng_table_find_column(table.get(), "body");
    Read(table, {"node", "body", "from"}, sink, [&](int64_t row) {
      size_t size = 0;
      const char* text = jiceng_table_text(table.get(), row, body, &size);
      return sample.committees.count(std::string(text, size)) != 0;
    });
  }
  template <class Sink>
  void CrossAppointments(const std::string& unit, int32_t date, Sink& sink) {
    Table table;
    Check(jiceng_list_cross_appointments(snapshot_.get(), unit.data(), unit.size(), date, Out(table), Error()));
    Read(table, {"node", "community", "kinds"}, sink);
  }
  bool IsUnder(int64_t person, int64_t unit, int32_t date) {
    return jiceng_is_under(snapshot_.get(), person, unit, date) == 1;
  }
  bool IsUnder(const std::string& person, const std::string& unit, int32_t date) {
    int64_t below = 0;
    int64_t above = 0;
    Check(jiceng_find(snapshot_.get(), person.data(), person.size(), 0, &below, Error()));
    Check(jiceng_find(snapshot_.get(), unit.data(), unit.size(), 0, &above, Error()));
    return IsUnder(below, above, date);
  }

 private:
  template <auto Free>
  struct Deleter {
    template <class T>
    void operator()(T* thing) const {
      Free(thing);
    }
  };
  using Store = std::unique_ptr<jiceng_store, Deleter<&jiceng_store_close>>;
  using Snapshot = std::unique_ptr<jiceng_snapshot, Deleter<&jiceng_snapshot_close>>;
  using Writer = std::unique_ptr<jiceng_writer, Deleter<&jiceng_writer_close>>;
  using ImportReport = std::unique_ptr<jiceng_import_report, Deleter<&jiceng_import_report_free>>;
  using Findings = std::unique_ptr<jiceng_findings, Deleter<&jiceng_findings_free>>;
  using Monitor = std::unique_ptr<jiceng_monitor, Deleter<&jiceng_monitor_close>>;
  using Table = std::unique_ptr<jiceng_table, Deleter<&jiceng_table_free>>;

  // `call(Out(handle))`: what arrives is the handle's.
  template <class Handle>
  class OutParameter {
   public:
    explicit OutParameter(Handle& handle) : handle_(handle) {}
    ~OutParameter() { handle_.reset(thing_); }
    operator typename Handle::pointer *() { return &thing_; }

   private:
    Handle& handle_;
    typename Handle::pointer thing_ = nullptr;
  };
  template <class Handle>
  static OutParameter<Handle> Out(Handle& handle) {
    return OutParameter<Handle>(handle);
  }

  static jiceng_error** Error();
  static void Check(jiceng_status status);

  Findings RunAudit(int32_t date, int32_t threads = 1, Judged judged = Judged::kEightRules);
  template <class Sink>
  static void ReadFindings(const Findings& findings, Sink& sink) {
    const int64_t count = jiceng_findings_count(findings.get());
    const int64_t* subjects = jiceng_findings_subjects(findings.get());
    const int32_t* rules = jiceng_findings_rules(findings.get());
    for (int64_t i = 0; i < count; ++i) {
      sink.Int(rules[i]);
      sink.Int(subjects[i]);
      sink.EndRow();
    }
  }
  Table FindingsTable(int32_t date);

  static bool Every(int64_t) { return true; }

  // The cells of the named columns into the sink, of the rows that are wanted.
  template <class Sink, class Wanted = bool (*)(int64_t)>
  static void Read(const Table& table, std::initializer_list<const char*> names, Sink& sink,
                   const Wanted& wanted = &Every) {
    struct Column {
      int32_t place, type;
    } columns[8];
    size_t count = 0;
    for (const char* name : names) {
      const int32_t place = jiceng_table_find_column(table.get(), name);
      columns[count++] = {place, jiceng_table_column_type(table.get(), place)};
    }
    const int64_t rows = jiceng_table_rows(table.get());
    for (int64_t row = 0; row < rows; ++row) {
      if (!wanted(row)) continue;
      for (size_t i = 0; i < count; ++i) {
        const auto [place, type] = columns[i];
        size_t size = 0;
        if (type == JICENG_COLUMN_TEXT_LIST) {
          const size_t items = jiceng_table_list_size(table.get(), row, place);
          for (size_t item = 0; item < items; ++item) {
            const char* text = jiceng_table_list_text(table.get(), row, place, item, &size);
            sink.ListItem({text, size});
          }
        } else if (jiceng_table_is_null(table.get(), row, place) != 0) {
          sink.Null();
        } else if (type == JICENG_COLUMN_TEXT) {
          const char* text = jiceng_table_text(table.get(), row, place, &size);
          sink.Text({text, size});
        } else {
          sink.Int(jiceng_table_int64(table.get(), row, place));
        }
      }
      sink.EndRow();
    }
  }

  std::shared_ptr<jiceng_store> store_;
  Snapshot snapshot_;
  Writer writer_;
  Monitor monitor_;
};

}  // namespace jiceng::benchmarks

#endif  // JICENG_BENCHMARKS_JICENG_SIDE_H_
