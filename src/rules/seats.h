// Seats: what becomes of the posts people hold between two versions of the organisation.
#ifndef JICENG_RULES_SEATS_H_
#define JICENG_RULES_SEATS_H_

#include <cstdint>
#include <vector>

#include "base/date.h"
#include "graph/snapshot.h"
#include "model/node.h"
#include "model/tie.h"

namespace jiceng::rules {

enum class SeatChangeKind : uint8_t {
  kBegins = 1,  // a person holds the post only afterwards
  kEnds = 2,    // only before
  kVacant = 3,  // somebody held it before, and nobody does afterwards
  kFilled = 4,  // the other way round
};
const char* SeatChangeName(SeatChangeKind kind);  // "begins", "ends", "vacant", "filled"

struct SeatChange {
  SeatChangeKind kind = SeatChangeKind::kBegins;
  model::NodeNumber body;
  model::RoleNumber role = 0;
  model::NodeNumber person;  // of kBegins and kEnds
  uint8_t manner = 0;        // likewise
  // Of a person how many posts they hold on the day, of a post how many people hold it.
  int32_t before = 0, after = 0;
};

// On one day, of two versions of one store.  Ordered bytewise by body, then by role, kind and person.  O(the ties of what
// was touched) where the later version has the same base as the earlier, else O(all posts).
std::vector<SeatChange> SeatChanges(const graph::Snapshot& before, const graph::Snapshot& after, base::Date date);

}  // namespace jiceng::rules

#endif  // JICENG_RULES_SEATS_H_
