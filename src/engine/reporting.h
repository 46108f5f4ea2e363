// Members who have reported to a community (双报到), as their matters stood when a day was over: what the community's
// register (台账) and the feedback form (《反馈表》) say.
#ifndef JICENG_ENGINE_REPORTING_H_
#define JICENG_ENGINE_REPORTING_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/store.h"
#include "procedures/docket.h"
#include "rules/message.h"

namespace jiceng::engine {

// One record of service.
struct Service {
  std::optional<base::Date> on;
  std::string post;  // the one last claimed before it; "": none had been
  int64_t hours = 0;
  base::Date noted;  // when it was recorded, and by whom
  model::NodeNumber by;
};

// One matter of report.member.  A day that is not there never came, or was not told; so with a text that is "".
struct Reported {
  std::string matter;
  const procedures::Procedure* procedure = nullptr;
  int state = 0;
  model::NodeNumber member, community, host, home;
  model::NodeNumber employer;  // on the day; of several the first the store keeps
  base::Date reported;
  std::optional<base::Date> appraisal, moved, fed_back, published;
  std::string register_no, form, published_at;
  std::string used_for, used_for_title;  // the word, and what the template calls it
  std::vector<std::string> posts;        // in the order in which they were claimed
  std::vector<Service> services;
  int64_t hours = 0;  // of the services

  const procedures::State& stands() const { return procedure->states[static_cast<size_t>(state)]; }
};

struct ReportedRequest {
  std::optional<model::NodeNumber> root;  // none: everybody
  base::Date day;
  int32_t year = 0;            // another: only matters with a step in it, and services of it
  rules::Language language{};  // of posts and uses
};

// Those who had reported by the end of the day, in the order of reporting, then by matter.  A unit stands for those who
// reported at or below it; an organisation for those who work there on the day, and for those whose matter it plays a
// part in; a person for themselves.  O(matters of the template + steps of those found).
std::vector<Reported> ListReported(Store* store, const Version& version, const ReportedRequest& request);

}  // namespace jiceng::engine

#endif  // JICENG_ENGINE_REPORTING_H_
