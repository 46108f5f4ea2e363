// Where the members of the bodies at or below each unit lie among those of a base, in as few pieces as there are.
#ifndef JICENG_GRAPH_MEMBER_RUNS_H_
#define JICENG_GRAPH_MEMBER_RUNS_H_

#include <cstdint>
#include <utility>
#include <vector>

#include "absl/functional/function_ref.h"
#include "graph/member_columns.h"
#include "graph/seating.h"

namespace jiceng::graph {

// For every unit the places of MemberColumns that belong to what is seated at or below it, of the kinds asked for.
// Organisations are mostly numbered place by place, so that most units have one piece.  Immutable.
class MemberRuns {
 public:
  using Range = std::pair<uint32_t, uint32_t>;  // [first, last) of places of MemberColumns
  // Adds a range to pieces: to the last of those from `begin` on, where the two meet, else behind them.
  static void Add(Range range, size_t begin, std::vector<Range>* pieces) {
    if (pieces->size() > begin && pieces->back().second == range.first) {
      pieces->back().second = range.second;
    } else {
      pieces->push_back(range);
    }
  }

  // `is_asked` is by Seating::groups().
  MemberRuns(const Base& base, const Seating& seating, std::vector<bool> is_asked);

  const std::vector<bool>& is_asked() const { return is_asked_; }
  // Calls visit(range) for the members of the bodies at or below the unit, each body once.
  void ForEach(const MemberColumns& columns, const Seating& seating, uint32_t unit,
               absl::FunctionRef<void(Range)> visit) const;

 private:
  const std::vector<bool> is_asked_;
  std::vector<Range> pieces_;      // of bodies with one seat; those of a unit ascend
  std::vector<Range> of_;          // by slot: [first, last) in pieces_
  std::vector<uint32_t> several_;  // places of the seating, ascending, of bodies with several that have members
};

}  // namespace jiceng::graph

#endif  // JICENG_GRAPH_MEMBER_RUNS_H_
