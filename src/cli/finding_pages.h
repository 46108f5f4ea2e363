// Findings page by page: what they rest on is looked up when it is shown, and a country's findings need not be in memory
// twice.
#ifndef JICENG_CLI_FINDING_PAGES_H_
#define JICENG_CLI_FINDING_PAGES_H_

#include <algorithm>
#include <cstdint>

#include "cli/context.h"
#include "cli/handles.h"
#include "cli/json_output.h"

namespace jiceng::cli {

// Calls consume(const Grid&) for the findings up to `limit`, 0 being all.  False with the error printed.
template <typename Consume>
bool ForEachPage(Context& context, const jiceng_findings* findings, int64_t limit, Consume&& consume) {
  constexpr int64_t kPage = 10'000;
  const int64_t total = jiceng_findings_count(findings);
  const int64_t end = limit == 0 ? total : std::min(limit, total);
  for (int64_t first = 0; first < end; first += kPage) {
    Table page;
    const bool done = context.Call(Phase::kQuery, [&](jiceng_error** error) {
      return jiceng_findings_table(findings, context.library_lang(), first, std::min(kPage, end - first), Out(page),
                                   error);
    });
    if (!done) return false;
    consume(Grid::Of(page.get()));
  }
  return true;
}

// The columns people are shown; whether one is waived where any is.
inline Grid ShownToPeople(const Grid& findings) {
  const int waived = findings.Find("waived");
  bool any_waived = false;
  for (int64_t r = 0; waived >= 0 && r < findings.rows(); ++r)
    any_waived = any_waived || findings.Integer(r, waived) != 0;
  return any_waived ? findings.Select({"subject", "name", "rule", "status", "waived", "message", "place"})
                    : findings.Select({"subject", "name", "rule", "status", "message", "place"});
}

// The findings as JSON objects with commas between.
inline bool WriteFindings(Context& context, const jiceng_findings* findings, int64_t limit) {
  bool first = true;
  return ForEachPage(context, findings, limit, [&](const Grid& page) {
    WriteJsonObjects(page.Select({"rule", "subject", "status", "waived", "level", "message", "citation", "facts"}),
                     &first, &context.out());
  });
}

}  // namespace jiceng::cli

#endif  // JICENG_CLI_FINDING_PAGES_H_
