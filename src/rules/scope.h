// What lies under a root on a day, kind by kind, in the sense of graph::IsUnder.
#ifndef JICENG_RULES_SCOPE_H_
#define JICENG_RULES_SCOPE_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "graph/snapshot.h"
#include "graph/territory.h"
#include "model/node.h"
#include "rules/day.h"

namespace jiceng::graph {
class Seating;
}

namespace jiceng::rules {

// The whole store, or what is under one node.  The lists are made on first use, from the root downwards, so that a
// small root costs little; they stay valid as long as the scope.  One thread at a time.
class Scope {
 public:
  // `day` must outlive it.
  Scope(const Day& day, std::optional<model::NodeNumber> root)
      : snapshot_(day.snapshot()), territory_(day.territory()), date_(day.date()), root_(root) {}

  bool whole() const { return !root_.has_value(); }
  // The ordinals of the nodes of a kind under the root, ascending.  Not for the whole store.
  const std::vector<uint32_t>& Nodes(model::NodeKind kind);
  // The organisations of one kind under the root, in no order, each once.  Not for the whole store.
  std::vector<uint32_t> Organizations(int32_t kind);
  // How many nodes of the kind the scope has.
  uint32_t Size(model::NodeKind kind);
  // True when walking everything costs less than walking the scope's nodes one by one through the indexes.
  bool Wide(model::NodeKind kind) { return whole() || Size(kind) > snapshot_.Count(kind) / 4; }
  // Of ordinals of a kind, ascending, those in the scope.
  std::vector<uint32_t> Within(model::NodeKind kind, std::vector<uint32_t> ordinals);
  // The units of the scope are those with an ordinal for which this holds.
  bool HasUnit(uint32_t unit) const {
    return whole() || (root_->kind() == model::NodeKind::kUnit && territory_.AtOrBelow(unit, root_->ordinal()));
  }
  template <typename Visit>
  void ForEach(model::NodeKind kind, Visit visit) {
    if (whole()) {
      const uint32_t count = snapshot_.Count(kind);
      for (uint32_t i = 0; i < count; ++i) visit(i);
    } else {
      for (const uint32_t i : Nodes(kind)) visit(i);
    }
  }

 private:
  std::vector<uint32_t> Find(model::NodeKind kind);
  // Null where looking at the seats of the scope's units costs less than making one, or the root is no unit.
  std::shared_ptr<const graph::Seating> Seating();
  // The nodes of `kind` with an open tie to one of the scope's nodes of `to_kind`.
  std::vector<uint32_t> FindByTie(model::NodeKind kind, model::TieKind tie_kind, model::NodeKind to_kind);

  const graph::Snapshot& snapshot_;
  const graph::Territory& territory_;
  const base::Date date_;
  const std::optional<model::NodeNumber> root_;
  std::optional<std::vector<uint32_t>> nodes_[model::kNodeKinds];
};

}  // namespace jiceng::rules

#endif  // JICENG_RULES_SCOPE_H_
