#include "graph/walk.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "base/strings.h"

namespace jiceng::graph {
namespace {

using model::NodeKind;
using model::NodeNumber;
using model::Tie;
using model::TieKind;

// The kind of tie by which one climbs from a node of `from` towards a node of `to`; kNone when there is no way.
TieKind Way(NodeKind from, NodeKind to) {
  switch (from) {
    case NodeKind::kUnit:
      return to == NodeKind::kUnit ? TieKind::kTerritory : TieKind::kNone;
    case NodeKind::kOrganization:
      return to == NodeKind::kUnit           ? TieKind::kSeat
             : to == NodeKind::kOrganization ? TieKind::kPartyLine
                                             : TieKind::kNone;
    case NodeKind::kPerson:
      return to == NodeKind::kUnit           ? TieKind::kResidence
             : to == NodeKind::kOrganization ? TieKind::kAffiliation
                                             : TieKind::kNone;
    case NodeKind::kNone:
      break;
  }
  return TieKind::kNone;
}

template <typename AnyTie>
bool Counts(TieKind kind, const AnyTie& tie) {
  return kind != TieKind::kAffiliation || model::IsFormal(tie);
}

// Integrity allows no cycle, but a damaged base must not hang us: no way is longer, and all of them together have not
// more steps, where two ties at every node would make 2^64.
constexpr int kDeepest = 64;
constexpr int kMostSteps = 1 << 16;

bool Climb(const Snapshot& snapshot, NodeNumber node, NodeNumber ancestor, base::Date day, int depth, int* steps) {
  if (node == ancestor) return true;
  const TieKind way = Way(node.kind(), ancestor.kind());
  if (way == TieKind::kNone || depth > kDeepest) return false;
  bool found = false;
  snapshot.ForEachUpper(way, node, day, [&](const Snapshot::Upper& tie) {
    if (found || !Counts(way, tie) || ++*steps > kMostSteps) return;
    found = Climb(snapshot, tie.to, ancestor, day, depth + 1, steps);
  });
  return found;
}

// Finds the smallest way from every node it passes, once each.
class PathFinder {
 public:
  PathFinder(const Snapshot& snapshot, NodeNumber ancestor, base::Date day, std::optional<TieKind> via)
      : snapshot_(snapshot), ancestor_(ancestor), day_(day), via_(via) {}

  // The next node on the smallest way from `node`; `node` itself when it is the ancestor; no node when there is no way.
  NodeNumber Next(NodeNumber node, int depth) {
    if (node == ancestor_) return node;
    const auto known = next_.find(node);
    if (known != next_.end()) return known->second;
    next_[node] = NodeNumber();
    const TieKind way = via_.value_or(Way(node.kind(), ancestor_.kind()));
    if (way == TieKind::kNone || depth > kDeepest) return NodeNumber();
    std::vector<std::pair<std::string, NodeNumber>> uppers;
    snapshot_.ForEachOpenFrom(way, node, day_, [&](const Tie& tie) {
      if (via_.has_value() || Counts(way, tie)) uppers.emplace_back(snapshot_.Text(tie.to), tie.to);
    });
    std::sort(uppers.begin(), uppers.end());
    for (const auto& [text, upper] : uppers) {
      if (Next(upper, depth + 1)) return next_[node] = upper;
    }
    return NodeNumber();
  }

 private:
  const Snapshot& snapshot_;
  const NodeNumber ancestor_;
  const base::Date day_;
  const std::optional<TieKind> via_;
  std::unordered_map<NodeNumber, NodeNumber> next_;
};

}  // namespace

bool IsUnder(const Snapshot& snapshot, NodeNumber node, NodeNumber ancestor, base::Date day) {
  if (!snapshot.In(node) || !snapshot.In(ancestor)) return false;
  int steps = 0;
  return Climb(snapshot, node, ancestor, day, 0, &steps);
}

std::vector<NodeNumber> Path(const Snapshot& snapshot, NodeNumber node, NodeNumber ancestor, base::Date day,
                             std::optional<TieKind> via) {
  PathFinder finder(snapshot, ancestor, day, via);
  std::vector<NodeNumber> path;
  if (!finder.Next(node, 0)) return path;
  path.push_back(node);
  while (path.back() != ancestor && path.size() <= kDeepest + 1) path.push_back(finder.Next(path.back(), 0));
  return path;
}

std::vector<NodeNumber> BelowOnPartyLine(const Snapshot& snapshot, NodeNumber org, base::Date day) {
  std::vector<NodeNumber> found{org};
  std::unordered_set<NodeNumber> seen{org};
  for (size_t i = 0; i < found.size(); ++i) {
    snapshot.ForEachOpenTo(TieKind::kPartyLine, found[i], day, [&](const Tie& tie) {
      if (seen.insert(tie.from).second) found.push_back(tie.from);
    });
  }
  return found;
}

}  // namespace jiceng::graph
