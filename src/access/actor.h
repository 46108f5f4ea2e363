// Actors: on whose behalf one reads, and what lies within their reach.
#ifndef JICENG_ACCESS_ACTOR_H_
#define JICENG_ACCESS_ACTOR_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "base/date.h"
#include "graph/snapshot.h"

namespace jiceng::access {

// Someone limited to what lies at or below one node: by territory, seat and residence below a unit, by party_line and
// formal affiliation below an organisation (graph::IsUnder).  Where there is no actor at all it is the host itself, who
// sees everything.  Immutable, share freely.
class Actor {
 public:
  // `name` is for logs; `scope` a unit or organisation in text form, by its id or a code.  Errors: INVALID_ARGUMENT,
  // reason BAD_NODE, also for a person, below whom nothing lies; BAD_NAME for an empty name or one with control
  // characters.
  static absl::StatusOr<Actor> Create(std::string_view name, std::string_view scope);

  const std::string& name() const { return name_; }
  const std::string& scope() const { return scope_; }
  // The scope's node, by its id or a code in force on `day`; none when the snapshot has no such node.
  std::optional<model::NodeNumber> ScopeIn(const graph::Snapshot& snapshot, base::Date day) const;

 private:
  std::string name_, scope_;
};

// Whether `actor` may see `node` as of `day`.  A scope that is not in the snapshot reaches nothing.
bool MaySee(const graph::Snapshot& snapshot, const Actor& actor, model::NodeNumber node, base::Date day);

// Why she may: the way from `node` up to the actor's scope, both included; empty when she may not.  The smallest of
// several (graph::Path).
std::vector<model::NodeNumber> WhyMaySee(const graph::Snapshot& snapshot, const Actor& actor, model::NodeNumber node,
                                         base::Date day);

// The node a question is to be asked below: `requested` where it lies within the actor's scope, the scope itself where
// none was requested.  Without an actor it is `requested`, and none means the whole store.
// Errors: PERMISSION_DENIED, reason OUT_OF_SCOPE.
absl::StatusOr<std::optional<model::NodeNumber>> EffectiveRoot(const graph::Snapshot& snapshot, const Actor* actor,
                                                               std::optional<model::NodeNumber> requested,
                                                               base::Date day);

}  // namespace jiceng::access

#endif  // JICENG_ACCESS_ACTOR_H_
