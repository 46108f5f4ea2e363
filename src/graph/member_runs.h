// The members of a seating: which places of MemberColumns lie at or below a unit, in as few pieces as there are.
#ifndef JICENG_GRAPH_MEMBER_RUNS_H_
#define JICENG_GRAPH_MEMBER_RUNS_H_

#include <cstdint>
#include <utility>
#include <vector>

#include "absl/functional/function_ref.h"
#include "graph/member_columns.h"
#include "graph/seating.h"

namespace jiceng::graph {

// Bodies of one kind that follow each other in the seating and in the columns are one run, since organisations are mostly
// numbered place by place.  Immutable.
class MemberRuns {
 public:
  MemberRuns(const Base& base, const Seating& seating);

  using Range = std::pair<uint32_t, uint32_t>;  // [first, last) of places of MemberColumns
  // Calls visit(range) for the members of the bodies at or below the unit whose kind is asked for, each body once.
  void ForEach(const MemberColumns& columns, const Seating& seating, uint32_t unit,
               absl::FunctionRef<bool(int32_t)> is_asked, absl::FunctionRef<void(Range)> visit) const;

 private:
  struct Run {
    uint32_t first_seat, last_seat;  // places of the seating; those in between without members may be of any kind
    Range members;
    int32_t kind;
    bool several;  // one body with several seats
  };
  std::vector<Run> runs_;  // in the order of the seating
};

}  // namespace jiceng::graph

#endif  // JICENG_GRAPH_MEMBER_RUNS_H_
