// Whom a change concerns: the nodes whose verdicts, and the people whose counts, rows of the log can have changed.
#ifndef JICENG_RULES_REACH_H_
#define JICENG_RULES_REACH_H_

#include <vector>

#include "graph/snapshot.h"
#include "model/node.h"

namespace jiceng::rules {

struct Reach {
  bool everything = false;                // the territory changed; the lists are not complete then
  std::vector<model::NodeNumber> nodes;   // to be judged again, ascending, each once
  std::vector<model::NodeNumber> people;  // to be counted again, ascending, each once
};

// Of what `after` has touched since `before`, a version of the same store with the same base.  What a verdict of any
// shape rests on lies at most this far from its subject: its own facts, life, terms and ties; facts, life and seats of
// the nodes at their other ends; kind and seat of the organisation named as its parent; the same for the people a
// recusal links it to; the territory.
Reach ReachOf(const graph::Snapshot& before, const graph::Snapshot& after);

}  // namespace jiceng::rules

#endif  // JICENG_RULES_REACH_H_
