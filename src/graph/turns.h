// What time changes without a commit: the rows that begin or end.
#ifndef JICENG_GRAPH_TURNS_H_
#define JICENG_GRAPH_TURNS_H_

#include "absl/functional/function_ref.h"
#include "base/date.h"
#include "graph/snapshot.h"

namespace jiceng::graph {

// Calls visit(touched) for whom a row concerns that begins or ends on one of `days`, as if it were written then, for as
// long as it returns true; false when it did not.  What of the base a commit has amended since comes as well.  `days`
// does not begin with Beginning().  A pass over the columns of days, which takes a fraction of what judging takes.
bool ForEachTurn(const Snapshot& snapshot, base::Validity days, absl::FunctionRef<bool(const Touched&)> visit);

// The same for the ties of one kind that begin then: visit(from, to).
bool ForEachBegun(const Snapshot& snapshot, model::TieKind kind, base::Validity days,
                  absl::FunctionRef<bool(model::NodeNumber, model::NodeNumber)> visit);

// Calls visit(node) for the nodes of which a fact that is no small number (a date, a node) is said to be, on any day, a
// value that is asked for; values that are none of the fact may be tried too.
bool ForEachSaid(const Snapshot& snapshot, model::NodeKind kind, model::Fact fact,
                 absl::FunctionRef<bool(int32_t)> is_asked, absl::FunctionRef<bool(model::NodeNumber)> visit);

}  // namespace jiceng::graph

#endif  // JICENG_GRAPH_TURNS_H_
