// How many members and bodies lie at or below one node.
#ifndef JICENG_RULES_MEMBER_COUNT_H_
#define JICENG_RULES_MEMBER_COUNT_H_

#include <cstdint>

#include "base/date.h"
#include "graph/snapshot.h"
#include "model/catalogue.h"
#include "model/node.h"

namespace jiceng::rules {

// Members by open formal affiliation to branches of any kind seated at or below a unit, or at or below an organisation
// on party_line; people once. The other numbers are of what exists on the day at or below the node, itself included.
struct MemberCount {
  int64_t full = 0, probationary = 0;
  int64_t units = 0, organizations = 0, branches = 0, grids = 0;
};
MemberCount CountMembers(const graph::Snapshot& snapshot, const model::Catalogue& catalogue, model::NodeNumber node,
                         base::Date date);

}  // namespace jiceng::rules

#endif  // JICENG_RULES_MEMBER_COUNT_H_
