// The page as assembled at build time from page/: style, labels and scripts are in place, {{lang}}, {{title}} and
// {{payload}} are not.
#ifndef JICENG_CLI_REPORT_PAGE_H_
#define JICENG_CLI_REPORT_PAGE_H_

#include <string>
#include <string_view>

namespace jiceng::cli {

extern const char kReportPage[];

// Fills the holes.  The title is escaped here; the payload is JSON, which comes out unable to end the element it stands
// in.
std::string FillPage(std::string_view lang, std::string_view title, std::string_view payload);

}  // namespace jiceng::cli

#endif  // JICENG_CLI_REPORT_PAGE_H_
