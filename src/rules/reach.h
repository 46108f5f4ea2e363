// Whom a change concerns: the nodes whose verdicts, and the people whose counts, rows of the log or days gone by can
// have changed.
#ifndef JICENG_RULES_REACH_H_
#define JICENG_RULES_REACH_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/types/span.h"
#include "base/date.h"
#include "graph/snapshot.h"
#include "model/node.h"
#include "rules/matters.h"
#include "rules/period.h"

namespace jiceng::rules {

struct Reach {
  bool everything = false;                // the lists are not complete then
  std::vector<model::NodeNumber> nodes;   // to be judged again, ascending, each once
  std::vector<model::NodeNumber> people;  // to be counted again, ascending, each once
};

// What turns a rule's verdicts by time alone, and the kinds of nodes it governs.
struct RuleClock {
  Clock clock;
  uint8_t node_kinds = 0;
};

// Of two versions of a store and two days: the later version of the same base as the other, the days either way round.
struct Stretch {
  const graph::Snapshot& before;
  const graph::Snapshot& after;
  base::Date from, to;
  const Matters* matters = nullptr;  // of the later version
};

// Of what the later version has touched since the other one, and of the rows that begin or end and the clocks that run
// out between the days.  What a verdict of any shape rests on lies at most this far from its subject: its own facts,
// life, terms, matters and ties; facts, life and seats of the nodes at their other ends; kind and seat of the organisation named
// as its parent; the same for the people a recusal links it to; the territory.  Everything when the territory changed,
// or when more than `most` rows or clocks are concerned.
Reach ReachOf(const Stretch& stretch, absl::Span<const RuleClock> clocks, size_t most);

}  // namespace jiceng::rules

#endif  // JICENG_RULES_REACH_H_
