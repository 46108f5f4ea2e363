// Ties that follow from what ledgers call parent and seat: derived when a change is made, kept as ties like any other.
#ifndef JICENG_ENGINE_STRUCTURE_H_
#define JICENG_ENGINE_STRUCTURE_H_

#include <functional>

#include "engine/draft.h"

namespace jiceng::engine {

// Brings the structural ties of all nodes the draft has touched into line with their parents, seats, kinds and
// lifetimes:
//   a unit's parent               territory
//   a seat                        seat
//   Party organisation → Party    party_line
//   Party organisation → other    covers it, and party_line to the nearest Party ancestor
//   other → Party organisation    is covered by it
//   other → other                 guidance for kinds that are only guided (业委会, social organisations), else
//   admin_line
// Each holds while both nodes exist.  What follows for organisations below a changed one is brought into line too.
// `origin_of` names the source of a node's change for the ties derived from it.  Cost: the touched nodes; one pass over
// all nodes when one that was there before changes.
void DeriveStructure(Draft* draft, const std::function<Origin(model::NodeNumber)>& origin_of);

// The structural ties that follow from parents and seats as the draft has them, of one node.  For exports.
std::vector<model::Tie> DerivedTies(const Draft& draft, model::NodeNumber node);

}  // namespace jiceng::engine

#endif  // JICENG_ENGINE_STRUCTURE_H_
