#include "rules/reach.h"

#include <algorithm>

#include "base/sorted.h"
#include "graph/turns.h"
#include "rules/day.h"

namespace jiceng::rules {
namespace {

using graph::Touched;
using model::Fact;
using model::NodeKind;
using model::NodeNumber;
using model::Tie;
using model::TieKind;

void Unique(std::vector<NodeNumber>* nodes) { base::SortUnique(nodes); }

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
  const auto names_one = [&](int32_t bits) {
    return bits != model::kNoValue &&
           std::binary_search(parents.begin(), parents.end(), NodeNumber::FromBits(static_cast<uint32_t>(bits)));
  };
  graph::ForEachSaid(snapshot, NodeKind::kOrganization, Fact::kOrgParent, names_one, [&](NodeNumber org) {
    nodes->push_back(org);
    return true;
  });
}

// The days on which begins to be so whatever is so on one of two days and not on the other.
base::Validity Between(base::Date a, base::Date b) { return {std::min(a, b).AddDays(1), std::max(a, b).AddDays(1)}; }

// Who is judged again though no row of theirs begins or ends: a period has run out, or a term.
bool AppendDue(const graph::Snapshot& snapshot, base::Validity days, absl::Span<const RuleClock> clocks, size_t most,
               std::vector<NodeNumber>* nodes) {
  const auto add = [&](NodeNumber node) {
    nodes->push_back(node);
    return nodes->size() <= most;
  };
  for (const auto& [clock, node_kinds] : clocks) {
    const base::Validity begun = clock.Beginnings(days);
    if (clock.kind != TieKind::kNone) {
      const auto add_end = [&, &end = clock.end](NodeNumber from, NodeNumber to) {
        return add(end == TieEnd::kFrom ? from : to);
      };
      if (!graph::ForEachBegun(snapshot, clock.kind, begun, add_end)) return false;
      continue;
    }
    const auto is_due = [&](int32_t value) {
      return value != model::kNoValue && begun.Holds(base::PartialDate::Unpack(value).date);
    };
    for (int k = 1; k < model::kNodeKinds; ++k) {
      const NodeKind kind = static_cast<NodeKind>(k);
      if ((node_kinds >> k & 1) != 0 && !graph::ForEachSaid(snapshot, kind, clock.fact, is_due, add)) return false;
    }
  }
  bool more = true;
  snapshot.ForEachTerm([&](const model::TermRow& term) {
    const base::Date last_day = Day::LastDay(term);
    if (last_day.IsFinite() && days.Holds(last_day.AddDays(1))) more = more && add(term.org);
  });
  return more;
}

// Whom the matters that were opened, carried on or taken back are about.
void AppendMatters(const graph::Snapshot& before, const graph::Snapshot& after, std::vector<NodeNumber>* nodes) {
  std::vector<uint32_t> matters;
  after.ForEachTouchedMatter(before.matter_touches(), [&](uint32_t matter) { matters.push_back(matter); });
  base::SortUnique(&matters);
  for (const uint32_t matter : matters) {
    for (const graph::Snapshot* snapshot : {&before, &after}) {
      snapshot->ForEachStepOf(matter, [&](const model::StepRow& row) {
        if (row.number == 0) nodes->push_back(row.about);
      });
    }
  }
}

}  // namespace

Reach ReachOf(const Stretch& stretch, absl::Span<const RuleClock> clocks, size_t most) {
  const graph::Snapshot& before = stretch.before;
  const graph::Snapshot& after = stretch.after;
  const base::Date from = stretch.from, to = stretch.to;
  Reach reach;
  std::vector<NodeNumber> changed, moved;  // with other facts or another life; organisations of another kind or seat
  const auto enter = [&](const Touched& touched) {
    reach.everything = touched.ChangesTerritory() || reach.nodes.size() >= most;
    reach.nodes.push_back(touched.node);
    if (touched.what == Touched::kNode || touched.what == Touched::kFact || IsSeat(touched))
      changed.push_back(touched.node);
    const bool own = touched.what == Touched::kNode ||
                     (touched.what == Touched::kFact && touched.which == static_cast<uint8_t>(Fact::kOrgKind));
    if (touched.node.kind() == NodeKind::kOrganization && (own || IsSeat(touched))) moved.push_back(touched.node);
    return !reach.everything;
  };
  if (!after.ForEachTouched(before.touches(), enter)) return reach;
  std::vector<NodeNumber> due;
  AppendMatters(before, after, &due);
  if (from != to) {
    const base::Validity days = Between(from, to);
    if (stretch.matters != nullptr) {
      stretch.matters->ForEachTurn(days, [&](base::Date, const MatterClock& clock) { due.push_back(clock.about); });
    }
    if (!graph::ForEachTurn(after, days, enter)) return reach;
    reach.everything = !AppendDue(after, days, clocks, most, &due);
  }
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
  reach.nodes.insert(reach.nodes.end(), due.begin(), due.end());
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
