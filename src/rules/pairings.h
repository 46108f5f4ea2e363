// Paired organisations (结对联建), with the tier that follows from where both ends stand on the day.
#ifndef JICENG_RULES_PAIRINGS_H_
#define JICENG_RULES_PAIRINGS_H_

#include <cstdint>
#include <vector>

#include "graph/snapshot.h"
#include "rules/lists.h"

namespace jiceng::rules {

// Derived, never stored: an organisation that joins, leaves or moves changes it from that day on.
enum class PairingTier : uint8_t {
  kSameAlliance = 1,   // both are in one alliance: 小联动
  kOtherAlliance = 2,  // each is in an alliance of the area, none in the other's: 联盟间
  kOutsideSystem = 3,  // both in the area, at least one of them in no alliance: 区域内体系外
  kOutsideArea = 4,    // one of them is outside the area: 区域外
};
const char* PairingTierName(PairingTier tier);  // "same_alliance", "other_alliance", "outside_system", "outside_area"

struct Pairing {
  model::NodeNumber a, b;  // bytewise a < b
  PairingTier tier = PairingTier::kOutsideArea;
  base::Date from;
};

// The open pairings with at least one end at or below the root (none: the whole store is the area), ordered bytewise by
// both ends, then by from.  An organisation is in the alliances it has an open tie to; one seated outside the area that
// is in an alliance with somebody inside still is outside the area.
std::vector<Pairing> Pairings(const graph::Snapshot& snapshot, Root root, base::Date date);

}  // namespace jiceng::rules

#endif  // JICENG_RULES_PAIRINGS_H_
