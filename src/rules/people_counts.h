// People counted at the units they are in and at all above, each person once a unit: for all units in a pass, or for one
// person.
#ifndef JICENG_RULES_PEOPLE_COUNTS_H_
#define JICENG_RULES_PEOPLE_COUNTS_H_

#include <array>
#include <cstdint>
#include <vector>

#include "model/catalogue.h"
#include "rules/day.h"

namespace jiceng::rules {

// Who is counted, and where.
enum class PeopleCount : uint8_t {
  kFullMembers = 0,             // full, by open formal affiliation to a Party organisation of any kind seated there
  kFullOfBranches = 1,          // full, to a branch of any kind
  kProbationaryOfBranches = 2,  // probationary, to a branch of any kind
  kInServiceResidents = 3,      // in-service members, by open residence
  kReportedResidents = 4,       // those of them with an open report to the community of that residence
};
inline constexpr int kPeopleCounts = 5;

// By PeopleCount, then by unit ordinal; empty where not asked for.
using CountsAtUnits = std::array<std::vector<int64_t>, kPeopleCounts>;

// Bit 1 << n asks for PeopleCount n.
constexpr uint8_t Asks(PeopleCount count) { return static_cast<uint8_t>(1 << static_cast<int>(count)); }
inline constexpr uint8_t kAllPeopleCounts = (1 << kPeopleCounts) - 1;

// At every unit, what lies below it included.  A unit that does not exist on the day has what lies directly on it, and
// passes nothing on.  Loads the people of the day where it looks at them.  O(ties + bodies + units).
CountsAtUnits CountPeople(Day* day, const model::Catalogue& catalogue, uint8_t asked);
// The same added up over the territory of another day.
CountsAtUnits CountPeople(Day* day, const graph::Territory& by, const model::Catalogue& catalogue, uint8_t asked);

// What each person, by ordinal, is counted as somewhere: bits of `asked`, by status, service, residence and report alone;
// in which body somebody is does not matter.  The people of the day must be loaded.
std::vector<uint8_t> WhoCounts(const Day& day, uint8_t asked);

// The units at which one person counts, those above left out; a unit may come twice.
void AppendUnitsOf(const Day& day, const model::Catalogue& catalogue, PeopleCount count, model::NodeNumber person,
                   std::vector<uint32_t>* units);

}  // namespace jiceng::rules

#endif  // JICENG_RULES_PEOPLE_COUNTS_H_
