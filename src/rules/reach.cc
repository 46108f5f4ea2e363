#include "rules/reach.h"

#include <algorithm>

namespace jiceng::rules {
namespace {

using graph::Touched;
using model::Fact;
using model::NodeKind;
using model::NodeNumber;
using model::Tie;
using model::TieKind;

void Unique(std::vector<NodeNumber>* nodes) {
  std::sort(nodes->begin(), nodes->end());
  nodes->erase(std::unique(nodes->begin(), nodes->end()), nodes->end());
}

bool IsSeat(const Touched& touched) {
  return touched.what == Touched::kTie && touched.which == static_cast<uint8_t>(TieKind::kSeat);
}

// The nodes at the other ends of a node's ties, whatever their dates.
void AppendNeighbours(const graph::Snapshot& snapshot, NodeNumber node, std::vector<NodeNumber>* nodes) {
  for (int k = 1; k < model::kTieKinds; ++k) {
    const TieKind kind = static_cast<TieKind>(k);
    const model::TieLaw& law = model::LawOf(kind);
    const int node_kind = static_cast<int>(node.kind());
    if ((law.from_kinds >> node_kind & 1) != 0)
      snapshot.ForEachFrom(kind, node, [&](const Tie& tie) { nodes->push_back(tie.to); });
    if ((law.to_kinds >> node_kind & 1) != 0)
      snapshot.ForEachTo(kind, node, [&](const Tie& tie) { nodes->push_back(tie.from); });
  }
}

// Of symmetric ties, which tell of one node by what another one has: the people at their other ends.
void AppendLinked(const graph::Snapshot& snapshot, std::vector<NodeNumber>* nodes) {
  const size_t count = nodes->size();
  for (size_t i = 0; i < count; ++i) {
    const NodeNumber node = (*nodes)[i];
    if (node.kind() != NodeKind::kPerson || !snapshot.In(node)) continue;
    snapshot.ForEachFrom(TieKind::kRecusal, node, [&](const Tie& tie) { nodes->push_back(tie.to); });
    snapshot.ForEachTo(TieKind::kRecusal, node, [&](const Tie& tie) { nodes->push_back(tie.from); });
  }
}

// The organisations that name one of these as their parent, on any day.
void AppendChildren(const graph::Snapshot& snapshot, const std::vector<NodeNumber>& parents,
                    std::vector<NodeNumber>* nodes) {
  const uint32_t count = snapshot.Count(NodeKind::kOrganization);
  for (uint32_t i = 0; i < count; ++i) {
    const NodeNumber org(NodeKind::kOrganization, i);
    snapshot.FactTimeline(org, Fact::kOrgParent).ForEach([&](base::Validity, int32_t bits) {
      if (bits == model::kNoValue) return;
      if (std::binary_search(parents.begin(), parents.end(), NodeNumber::FromBits(static_cast<uint32_t>(bits))))
        nodes->push_back(org);
    });
  }
}

}  // namespace

Reach ReachOf(const graph::Snapshot& before, const graph::Snapshot& after) {
  Reach reach;
  std::vector<NodeNumber> changed, moved;  // with other facts or another life; organisations of another kind or seat
  after.ForEachTouched(before.touches(), [&](const Touched& touched) {
    reach.everything = reach.everything || touched.ChangesTerritory();
    reach.nodes.push_back(touched.node);
    if (touched.what == Touched::kNode || touched.what == Touched::kFact || IsSeat(touched))
      changed.push_back(touched.node);
    const bool own = touched.what == Touched::kNode ||
                     (touched.what == Touched::kFact && touched.which == static_cast<uint8_t>(Fact::kOrgKind));
    if (touched.node.kind() == NodeKind::kOrganization && (own || IsSeat(touched))) moved.push_back(touched.node);
  });
  if (reach.everything) return reach;
  for (std::vector<NodeNumber>* nodes : {&changed, &moved}) Unique(nodes);
  for (const NodeNumber node : changed) {
    // What only units say of themselves (households, population) concerns nobody else.
    if (node.kind() != NodeKind::kUnit) AppendNeighbours(after, node, &reach.nodes);
  }
  // An organisation that is new has been named by nobody before.
  const auto is_new = [&](NodeNumber org) { return !before.In(org); };
  std::vector<NodeNumber> parents = moved;
  parents.erase(std::remove_if(parents.begin(), parents.end(), is_new), parents.end());
  if (!parents.empty()) AppendChildren(after, parents, &reach.nodes);
  AppendLinked(after, &reach.nodes);
  Unique(&reach.nodes);

  for (const NodeNumber node : reach.nodes) {
    if (node.kind() == NodeKind::kPerson) reach.people.push_back(node);
  }
  for (const NodeNumber org : moved) {
    for (const graph::Snapshot* snapshot : {&before, &after}) {
      if (!snapshot->In(org)) continue;
      snapshot->ForEachTo(TieKind::kAffiliation, org, [&](const Tie& tie) { reach.people.push_back(tie.from); });
    }
  }
  Unique(&reach.people);
  return reach;
}

}  // namespace jiceng::rules
