// What the library is told of an audit, from texts of the command line.
#ifndef JICENG_CLI_AUDIT_OPTIONS_H_
#define JICENG_CLI_AUDIT_OPTIONS_H_

#include <jiceng/audit.h>

#include <string>
#include <vector>

namespace jiceng::cli {

// The library's options with the lists they point at; the texts belong to the caller.
class AuditOptions {
 public:
  // `rules` empty: all; `settings` as "report.deadline_days=30".
  AuditOptions(const std::vector<std::string>& rules, const std::vector<std::string>& settings) {
    for (const std::string& rule : rules) rules_.push_back(rule.c_str());
    for (const std::string& setting : settings) settings_.push_back(setting.c_str());
    options_.rules = rules_.data();
    options_.rule_count = rules_.size();
    options_.parameters = settings_.data();
    options_.parameter_count = settings_.size();
  }
  AuditOptions(const AuditOptions&) = delete;
  AuditOptions& operator=(const AuditOptions&) = delete;

  void Met(bool met) { options_.flags = met ? JICENG_AUDIT_MET : 0; }
  void Threads(int32_t threads) { options_.max_threads = threads; }
  void Report(jiceng_progress_fn progress, void* user) {
    options_.progress = progress;
    options_.progress_user = user;
  }
  const jiceng_audit_options* get() const { return &options_; }

 private:
  std::vector<const char*> rules_, settings_;
  jiceng_audit_options options_ = JICENG_AUDIT_OPTIONS_INIT;
};

}  // namespace jiceng::cli

#endif  // JICENG_CLI_AUDIT_OPTIONS_H_
