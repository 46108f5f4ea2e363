#include "graph/turns.h"

#include <algorithm>

namespace jiceng::graph {
namespace {

using model::NodeKind;
using model::NodeNumber;
using model::TieKind;

using Visit = absl::FunctionRef<bool(const Touched&)>;

// The node that has a step of a column of facts; no node where a damaged column has none.
NodeNumber NodeOfStep(NodeKind kind, const FactColumn& column, size_t step) {
  const auto i = std::upper_bound(column.steps.begin(), column.steps.end(), step) - column.steps.begin() - 1;
  return i >= 0 && static_cast<size_t>(i) < column.dated.size() ? NodeNumber(kind, column.dated[static_cast<size_t>(i)])
                                                                : NodeNumber();
}

bool VisitNodes(const Base& base, base::Validity days, Visit visit) {
  for (int k = 1; k < model::kNodeKinds; ++k) {
    const NodeKind kind = static_cast<NodeKind>(k);
    const auto visit_node = [&](size_t i) { return visit({NodeNumber(kind, static_cast<uint32_t>(i))}); };
    for (const DayColumn* column : {&base.LifeFrom(kind), &base.LifeTo(kind)}) {
      if (!column->ForEachIn(days, visit_node)) return false;
    }
    for (int f = 0; f < model::FactCount(kind); ++f) {
      const FactColumn& column = base.Fact(kind, static_cast<model::Fact>(f));
      for (size_t step = 0; step < column.step_from.size(); ++step) {
        if (!days.Holds(base::Date::FromDays(column.step_from[step]))) continue;
        const NodeNumber node = NodeOfStep(kind, column, step);
        if (node && !visit({node, Touched::kFact, static_cast<uint8_t>(f)})) return false;
      }
    }
  }
  return true;
}

bool VisitChangedNodes(const Delta& delta, base::Validity days, Visit visit) {
  bool more = true;
  delta.nodes.ForEach([&](NodeNumber node, const auto& state) {
    if (days.Holds(state->life.from) || days.Holds(state->life.to)) more = more && visit({node});
    for (size_t f = 0; f < state->facts.size(); ++f) {
      for (const auto& step : state->facts[f].steps()) {
        if (days.Holds(step.from)) more = more && visit({node, Touched::kFact, static_cast<uint8_t>(f)});
      }
    }
  });
  return more;
}

// Of one column of days of the base's ties.
bool VisitColumn(const TieColumns& columns, const DayColumn& column, base::Validity days,
                 absl::FunctionRef<bool(NodeNumber, NodeNumber)> visit) {
  return column.ForEachIn(days, [&](size_t i) {
    return i >= columns.size || visit(NodeNumber::FromBits(columns.from[i]), NodeNumber::FromBits(columns.to[i]));
  });
}

template <typename Visit>  // void(const model::Tie&)
void ForEachChanged(const Snapshot& snapshot, TieKind kind, Visit visit) {
  if (snapshot.delta() == nullptr) return;
  const auto& ties = snapshot.delta()->ties[static_cast<int>(kind)];
  if (ties == nullptr) return;
  ties->by_from.ForEach([&](const model::TieKey&, const model::Tie& tie) { visit(tie); });
}

bool VisitTies(const Snapshot& snapshot, TieKind kind, base::Validity days, Visit visit) {
  const auto visit_ends = [&](NodeNumber from, NodeNumber to) {
    const uint8_t which = static_cast<uint8_t>(kind);
    return visit({from, Touched::kTie, which}) && visit({to, Touched::kTie, which});
  };
  const TieColumns& columns = snapshot.base().Ties(kind);
  for (const DayColumn* column : {&columns.since, &columns.until}) {
    if (!VisitColumn(columns, *column, days, visit_ends)) return false;
  }
  bool more = true;
  ForEachChanged(snapshot, kind, [&](const model::Tie& tie) {
    if (days.Holds(tie.valid.from) || days.Holds(tie.valid.to)) more = more && visit_ends(tie.from, tie.to);
  });
  return more;
}

}  // namespace

bool ForEachTurn(const Snapshot& snapshot, base::Validity days, Visit visit) {
  if (!VisitNodes(snapshot.base(), days, visit)) return false;
  if (snapshot.delta() != nullptr && !VisitChangedNodes(*snapshot.delta(), days, visit)) return false;
  for (int k = 1; k < model::kTieKinds; ++k) {
    if (!VisitTies(snapshot, static_cast<TieKind>(k), days, visit)) return false;
  }
  bool more = true;
  snapshot.ForEachTerm([&](const model::TermRow& term) {
    if (days.Holds(term.elected_on)) more = more && visit({term.org, Touched::kTerm});
  });
  return more;
}

bool ForEachBegun(const Snapshot& snapshot, TieKind kind, base::Validity days,
                  absl::FunctionRef<bool(NodeNumber, NodeNumber)> visit) {
  const TieColumns& columns = snapshot.base().Ties(kind);
  if (!VisitColumn(columns, columns.since, days, visit)) return false;
  bool more = true;
  ForEachChanged(snapshot, kind, [&](const model::Tie& tie) {
    if (days.Holds(tie.valid.from)) more = more && visit(tie.from, tie.to);
  });
  return more;
}

bool ForEachSaid(const Snapshot& snapshot, NodeKind kind, model::Fact fact, absl::FunctionRef<bool(int32_t)> is_asked,
                 absl::FunctionRef<bool(NodeNumber)> visit) {
  const FactColumn& column = snapshot.base().Fact(kind, fact);
  for (size_t i = 0; i < column.wide.size(); ++i) {
    const int32_t value = column.wide[i];
    if (value == model::kNoValue || value == FactColumn::kWideDated || !is_asked(value)) continue;
    if (!visit(NodeNumber(kind, static_cast<uint32_t>(i)))) return false;
  }
  for (size_t step = 0; step < column.step_value.size(); ++step) {
    if (!is_asked(column.step_value[step])) continue;
    const NodeNumber node = NodeOfStep(kind, column, step);
    if (node && !visit(node)) return false;
  }
  bool more = true;
  if (snapshot.delta() == nullptr) return more;
  snapshot.delta()->nodes.ForEach([&](NodeNumber node, const auto& state) {
    if (node.kind() != kind) return;
    for (const auto& step : state->facts[static_cast<size_t>(fact)].steps()) {
      if (is_asked(step.value)) more = more && visit(node);
    }
  });
  return more;
}

}  // namespace jiceng::graph
