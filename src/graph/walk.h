// Walks up the authority graphs: who is under whom, and by which way.
#ifndef JICENG_GRAPH_WALK_H_
#define JICENG_GRAPH_WALK_H_

#include <optional>
#include <string>
#include <vector>

#include "graph/snapshot.h"

namespace jiceng::graph {

// Whether `node` was at or below `ancestor` on `day`: unit→unit by territory; org→unit by seat, then territory; org→org
// by party_line; person→unit by residence, then territory; person→org by formal affiliation, then party_line.  A node
// is under itself; nothing else is under a person, no unit under an organisation.  No allocation on the usual way;
// cost: the ties passed.
bool IsUnder(const Snapshot& snapshot, model::NodeNumber node, model::NodeNumber ancestor, base::Date day);

// The way of IsUnder() as a list of nodes, both ends included, or by one kind of tie only when `via` is given; empty
// when there is none.  Of several ways the one whose sequence of node texts is bytewise smallest.
std::vector<model::NodeNumber> Path(const Snapshot& snapshot, model::NodeNumber node, model::NodeNumber ancestor,
                                    base::Date day, std::optional<model::TieKind> via);

// `org` and every organisation below it on party_line on `day`, in the order found; each once.
std::vector<model::NodeNumber> BelowOnPartyLine(const Snapshot& snapshot, model::NodeNumber org, base::Date day);

}  // namespace jiceng::graph

#endif  // JICENG_GRAPH_WALK_H_
