// Integrity: the few laws that always hold, checked on ties one at a time against whatever graph the caller has.
#ifndef JICENG_MODEL_INTEGRITY_H_
#define JICENG_MODEL_INTEGRITY_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "model/catalogue.h"
#include "model/tie.h"

namespace jiceng::model {

// Calls its argument for every tie of one kind that leaves `node` (upwards, for a hierarchy).
using VisitUpward =
    absl::FunctionRef<void(NodeNumber node, absl::FunctionRef<void(NodeNumber to, base::Validity valid)>)>;

// A broken law: a stable code and the text for people without any node's name.
struct Violation {
  const char* code;  // EMPTY_INTERVAL, WRONG_NODE_KIND, NOT_A_PARTY_ORGANIZATION, SELF_TIE, CYCLE, TWO_PARENTS,
                     // LEVEL_ORDER, UNKNOWN_ROLE
  std::string message;
  std::vector<NodeNumber>
      path;  // of CYCLE: from the tie's lower node up and back to it; of TWO_PARENTS: the other parent
};

// What can be said of a tie from itself alone: interval, kinds of node, role and manner.
std::optional<Violation> CheckTie(const Tie& tie, const Catalogue& catalogue);

// Whether `tie`, already part of the graph, closes a cycle of its kind on some day.  Cost: the ancestors of its upper
// node.
std::optional<Violation> CheckAcyclic(const Tie& tie, VisitUpward upward);

// Whether the lower node of `tie`, already part of the graph, has another parent of that kind on some day.
std::optional<Violation> CheckOneParent(const Tie& tie, VisitUpward upward);

}  // namespace jiceng::model

#endif  // JICENG_MODEL_INTEGRITY_H_
