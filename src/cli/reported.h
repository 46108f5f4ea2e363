// Members who have reported to a community (双报到), as their matters stand: what the register and the feedback form say.
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
  std::vector<std::string> posts;  // by name, in the order in which they were claimed
  std::vector<Service> services;
  int64_t hours = 0;
  std::string fed_back_on, form, published_on, published_at, used_for;
};

// What the words of the template for what the feedback was used for are called.
std::string UseTitle(const std::string& use, Lang lang);

// Those who had reported by the end of the day, in the order of reporting.  `node`: a unit, for those who reported at or
// below it; an organisation, for its people and those it is the home of; a person.  A year other than 0 leaves out
// matters without a step in it, and services of other years.  False with the error printed.
bool ReadReported(Context& context, const jiceng_snapshot* snapshot, const std::string& node, int32_t date,
                  int64_t year, std::vector<Reported>* reported);

// The same as rows: node, name, employer, employer_name, community, register_no, reported_on, posts, services, hours,
// fed_back_on, form, used_for, moved_on, state_title, matter.
Grid RegisterGrid(const std::vector<Reported>& reported);

}  // namespace jiceng::cli

#endif  // JICENG_CLI_REPORTED_H_
