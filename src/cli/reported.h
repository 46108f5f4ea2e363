// Members who have reported to a community (双报到), as the library tells of them: what the register and the feedback form
// print.
#ifndef JICENG_CLI_REPORTED_H_
#define JICENG_CLI_REPORTED_H_

#include <cstdint>
#include <string>
#include <vector>

#include "cli/context.h"
#include "cli/grid.h"
#include "cli/handles.h"

namespace jiceng::cli {

// A node with the name it has on the day.
struct NamedNode {
  std::string node, name;  // both "" where nobody plays the part
};

// One record of service.
struct Service {
  std::string on;    // the day
  std::string post;  // the post in which; "": none had been claimed
  int64_t hours = 0;
  std::string noted;  // when it was recorded, and by whom
  NamedNode by;
};

// One matter of report.member.  Days are ISO; "" is never, or not told.
struct Reported {
  std::string matter, state;
  NamedNode member, community, host, home, employer;
  std::string reported_on, register_no, appraisal_on, moved_on;
  std::vector<std::string> posts;  // in the order in which they were claimed
  std::vector<Service> services;
  int64_t hours = 0;
  std::string fed_back_on, form, published_on, published_at;
  std::string used_for;  // what it is called
};

// The rows of jiceng_list_register() with those of jiceng_list_services().  A year other than 0 leaves out matters without
// a step in it, and services of other years.  False with the error printed.
bool ReadReported(Context& context, const jiceng_snapshot* snapshot, const std::string& node, int32_t date,
                  int32_t year, std::vector<Reported>* reported);

}  // namespace jiceng::cli

#endif  // JICENG_CLI_REPORTED_H_
