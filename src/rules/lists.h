// Lists below a node: who has not reported, who holds posts across bodies, who the officers are.
#ifndef JICENG_RULES_LISTS_H_
#define JICENG_RULES_LISTS_H_

#include <cstdint>
#include <optional>
#include <vector>

#include "base/date.h"
#include "graph/snapshot.h"
#include "model/catalogue.h"
#include "model/node.h"
#include "model/tie.h"

namespace jiceng::rules {

// In all of them a root not given is the whole store, and a root must be a node of the snapshot.  A small root costs
// what lies below it.
using Root = std::optional<model::NodeNumber>;

// In-service members with an open residence at or below the root and no open report to the community of that residence,
// ordered bytewise by id. A residence without a community above it cannot be reported for, so its member is listed.
std::vector<model::NodeNumber> Unreported(const graph::Snapshot& snapshot, Root root, base::Date date);

// A person with open posts in two or more kinds of organisation seated in one community at or below the root.
struct CrossAppointment {
  model::NodeNumber person, community;
  std::vector<int32_t> kinds;  // numbers of the kinds, ordered bytewise by their ids
};
// Ordered bytewise by person, then community.
std::vector<CrossAppointment> CrossAppointments(const graph::Snapshot& snapshot, const model::Catalogue& catalogue,
                                                Root root, base::Date date);

// The nodes that have a post: the units of a level, or the organisations of a kind.
struct PostClass {
  model::Level level = model::Level::kNone;
  int32_t org_kind = 0;  // where there is no level
};

// An open post in `role` on a body that is under the root in the sense of graph::IsUnder.
struct Officer {
  model::NodeNumber person, body;
  model::RoleNumber role = 0;
  uint8_t manner = 0;
  base::Date from;
};
// Of the bodies of a class, or of all.  Ordered bytewise by person, then body, then from.
std::vector<Officer> Officers(const graph::Snapshot& snapshot, Root root, model::RoleNumber role, base::Date date,
                              std::optional<PostClass> where = std::nullopt);

}  // namespace jiceng::rules

#endif  // JICENG_RULES_LISTS_H_
