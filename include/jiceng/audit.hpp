// The health check (体检).
#ifndef JICENG_AUDIT_HPP
#define JICENG_AUDIT_HPP

#include <jiceng/audit.h>

#include <jiceng/snapshot.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace jiceng {

struct AuditOptions {
  std::vector<std::string> rules{};       // ids; none: all
  std::vector<std::string> parameters{};  // "report.deadline_days=30"
  int32_t max_threads = 0;                // that may work on it, the caller's one of them; 0: that one alone
  Progress progress{};
  bool met = false;  // list what is met as well; for Audit() alone
};

// A verdict by numbers: of the node, and of the rule as a row of Rules().
struct Finding {
  int64_t subject;
  int32_t rule;
};

// Verdicts of one audit, ordered by subject and rule, as a range of Finding; Read() gives them with their texts.
// Immutable, share freely; keeps its snapshot alive.
class Findings : public Handle<jiceng_findings, jiceng_findings_free> {
  struct Source {
    const jiceng_findings* raw = nullptr;
    Finding operator[](int64_t index) const noexcept {
      return {jiceng_findings_subjects(raw)[index], jiceng_findings_rules(raw)[index]};
    }
  };

 public:
  using iterator = detail::IndexIterator<Source>;
  using Handle::Handle;

  int64_t size() const noexcept { return jiceng_findings_count(get()); }
  bool empty() const noexcept { return size() == 0; }
  Finding operator[](int64_t index) const noexcept { return Source{get()}[index]; }
  iterator begin() const { return {Source{get()}, 0}; }
  iterator end() const { return {Source{get()}, size()}; }

  // Unmet and not waived, for every rule that was evaluated.
  Result<Measures> Counts() const {
    return detail::ReadMeasures(detail::Ask<Table>(
        [&](jiceng_table** out, jiceng_error** error) { return jiceng_findings_counts(get(), out, error); }));
  }

  // The findings from `first` on with messages, citations and facts; at most `limit`, 0: all.
  Result<Table> Read(Language language = Language::kChinese, int64_t first = 0, int64_t limit = 0) const {
    return detail::Ask<Table>([&](jiceng_table** out, jiceng_error** error) {
      return jiceng_findings_table(get(), detail::Number(language), first, limit, out, error);
    });
  }

  // The same as an Arrow stream, rendered as it is read; the caller releases it, and it outlives the findings.
  Result<void> ToArrow(ArrowArrayStream* out, Language language = Language::kChinese) const {
    return detail::Do(
        [&](jiceng_error** error) { return jiceng_findings_arrow(get(), detail::Number(language), out, error); });
  }
  // What one of them rests on, node by node and tie by tie.
  Result<Table> Evidence(int64_t row) const {
    return detail::Ask<Table>(
        [&](jiceng_table** out, jiceng_error** error) { return jiceng_findings_evidence(get(), row, out, error); });
  }
};

namespace detail {

// The options as C reads them; the options and this live as long as the call.
class AuditCall {
 public:
  explicit AuditCall(const AuditOptions& options)
      : rules_(Pointers(options.rules)), parameters_(Pointers(options.parameters)), progress_(options.progress) {
    raw_.rules = rules_.data();
    raw_.rule_count = rules_.size();
    raw_.parameters = parameters_.data();
    raw_.parameter_count = parameters_.size();
    raw_.max_threads = options.max_threads;
    raw_.flags = detail::Flag(options.met, JICENG_AUDIT_MET);
    raw_.progress = progress_.function();
    raw_.progress_user = progress_.user();
  }

  const jiceng_audit_options* get() const noexcept { return &raw_; }
  ProgressCall& progress() noexcept { return progress_; }

 private:
  std::vector<const char*> rules_, parameters_;
  ProgressCall progress_;
  jiceng_audit_options raw_ = JICENG_AUDIT_OPTIONS_INIT;
};

}  // namespace detail

inline Result<Findings> Snapshot::Audit(Date date, std::string_view node, const AuditOptions& options) const {
  detail::AuditCall call(options);
  return detail::Ask<Findings>(call.progress(), [&](jiceng_findings** out, jiceng_error** error) {
    return jiceng_audit(get(), node.data(), node.size(), date.number(), call.get(), out, error);
  });
}

inline Result<Table> Snapshot::Turns(Date date, Date until, std::string_view node, const AuditOptions& options,
                                     Language language) const {
  detail::AuditCall call(options);
  return detail::Ask<Table>(call.progress(), [&](jiceng_table** out, jiceng_error** error) {
    return jiceng_turns(get(), node.data(), node.size(), date.number(), until.number(), call.get(),
                        detail::Number(language), out, error);
  });
}

inline Result<Findings> Snapshot::Audit(Date date, std::string_view node) const {
  return Audit(date, node, AuditOptions());
}

inline Result<Findings> Snapshot::Explain(NulText rule, std::string_view node, Date date,
                                          const AuditOptions& options) const {
  detail::AuditCall call(options);
  return detail::Ask<Findings>(call.progress(), [&](jiceng_findings** out, jiceng_error** error) {
    return jiceng_explain(get(), rule.c_str(), node.data(), node.size(), date.number(), call.get(), out, error);
  });
}

inline Result<Findings> Snapshot::Explain(NulText rule, std::string_view node, Date date) const {
  return Explain(rule, node, date, AuditOptions());
}

}  // namespace jiceng

#endif  // JICENG_AUDIT_HPP
