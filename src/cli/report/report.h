// The HTML report: one self-contained page about a snapshot on a day, for a clerk to open, search, print and pass on.
#ifndef JICENG_CLI_REPORT_REPORT_H_
#define JICENG_CLI_REPORT_REPORT_H_

#include <jiceng/jiceng.h>

#include <cstdint>
#include <string>
#include <vector>

namespace jiceng::cli {

struct ReportOptions {
  std::string out_path;
  std::string node;  // what to report on, in text or by code; empty: everything the snapshot shows
  int32_t date = 0;
  int32_t lang = JICENG_LANG_ZH;
  std::vector<std::string> parameters;  // "report.deadline_days=30", as for an audit
  std::string title;                    // empty: made from the name of what is reported on
};

struct ReportSummary {
  int64_t findings = 0;  // unmet and not waived, as the audit counts them
  int64_t units = 0;
  int64_t bytes = 0;  // of the page
};

// Asks the snapshot through the C ABI and writes the page to `out_path`, replacing a file that is there only once the
// whole page is written.  Equal stores and options give equal bytes.  False with a one-line reason in `error`, in the
// report's language, when a question or the writing fails.
bool WriteReport(const jiceng_snapshot* snapshot, const ReportOptions& options, ReportSummary* summary,
                 std::string* error);

}  // namespace jiceng::cli

#endif  // JICENG_CLI_REPORT_REPORT_H_
