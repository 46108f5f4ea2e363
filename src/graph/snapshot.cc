#include "graph/snapshot.h"

#include "base/codes.h"
#include "base/strings.h"
#include "graph/base_builder.h"

namespace jiceng::graph {

using model::NodeKind;
using model::NodeNumber;

std::shared_ptr<const Snapshot> Snapshot::Empty() {
  auto base = BaseBuilder().Finish(Stamp{});
  return base.ok() ? std::make_shared<Snapshot>(*std::move(base)) : nullptr;
}

std::shared_ptr<const Snapshot> Snapshot::With(const model::Batch& batch) const {
  DeltaBuilder rows = Builder();
  model::VisitRows(batch, &rows);
  return With(&rows);
}

std::shared_ptr<const Snapshot> Snapshot::With(DeltaBuilder* rows) const {
  const bool same_territory = !rows->changes_territory();
  auto next = std::make_shared<Snapshot>(base_, rows->Finish());
  if (same_territory) {
    std::lock_guard<std::mutex> lock(mutex_);
    next->territories_ = territories_;
  }
  return next;
}

base::Validity Snapshot::Life(NodeNumber node) const {
  const NodeState* state = Changed(node);
  if (state != nullptr) return state->life;
  return node.ordinal() < base_->Count(node.kind()) ? base_->Life(node) : base::Validity{base::Date(), base::Date()};
}

uint8_t Snapshot::Precision(NodeNumber node) const {
  const NodeState* state = Changed(node);
  return state != nullptr ? state->precision : base_->Precision(node);
}

bool Snapshot::Withdrawn(NodeNumber node) const {
  const NodeState* state = Changed(node);
  return state != nullptr ? state->withdrawn : base_->Withdrawn(node);
}

model::FactTimeline Snapshot::FactTimeline(NodeNumber node, model::Fact fact) const {
  const NodeState* state = Changed(node);
  if (state != nullptr) return state->facts[static_cast<int>(fact)];
  model::FactTimeline timeline(model::kNoValue);
  if (node.ordinal() < base_->Count(node.kind())) base_->Fact(node.kind(), fact).Read(node.ordinal(), &timeline);
  return timeline;
}

std::string_view Snapshot::Id(NodeNumber node) const {
  const uint32_t in_base = base_->Count(node.kind());
  if (node.ordinal() < in_base) return base_->Id(node);
  if (delta_ == nullptr) return {};
  const std::string* id = delta_->ids.Find(node);
  return id == nullptr ? std::string_view() : std::string_view(*id);
}

std::string Snapshot::Text(NodeNumber node) const {
  const std::string_view id = Id(node);
  // Someone who has been erased is a number.
  if (id.empty()) return base::StrCat(model::NodeKindName(node.kind()), ":#", node.ToInt64());
  return base::StrCat(model::NodeKindName(node.kind()), ":", id);
}

std::optional<NodeNumber> Snapshot::Find(NodeKind kind, std::string_view id, base::Date day) const {
  const std::string_view key = kind == NodeKind::kUnit ? base::CanonicalDivisionCode(id) : id;
  if (auto found = base_->FindId(kind, key)) return found;
  if (delta_ != nullptr) {
    if (const NodeNumber* number = delta_->by_id[static_cast<int>(kind)].Find(key)) return *number;
  }
  if (key.empty()) return std::nullopt;
  std::optional<NodeNumber> found;
  base::Date latest = base::Date::Beginning();
  VisitCodesOf(key, [&](const CodeEntry& entry, std::string_view) {
    if (entry.node.kind() != kind) return;
    const bool in_force = day == base::Date::Forever() ? !found || entry.valid.to > latest : entry.valid.Holds(day);
    if (!in_force) return;
    found = entry.node;
    latest = entry.valid.to;
  });
  return found;
}

std::optional<model::Tie> Snapshot::FindTie(const model::TieKey& key) const {
  std::optional<model::Tie> found;
  ForEachFrom(key.kind, key.from, [&](const model::Tie& tie) {
    if (tie.key() == key) found = tie;
  });
  return found;
}

std::string_view Snapshot::Extra(const model::Tie& tie) const {
  if (delta_ != nullptr) {
    if (const std::string* extra = delta_->extras.Find(tie.number)) return *extra;
  }
  const TieColumns& columns = base_->Ties(tie.kind);
  if (columns.extra_tie.empty()) return {};
  const auto [first, last] = columns.Range(columns.forward[static_cast<int>(tie.from.kind())], tie.from.ordinal());
  for (uint32_t i = first; i < last; ++i) {
    if (columns.number[i] != tie.number) continue;
    const DeltaTies* changed = Changed(tie.kind);
    return changed != nullptr && changed->Hides(i) ? std::string_view() : columns.Extra(i);
  }
  return {};
}

std::shared_ptr<const Territory> Snapshot::TerritoryOn(base::Date day) const {
  constexpr size_t kKept = 4;
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    for (const auto& territory : territories_) {
      if (territory->days().Holds(day)) return territory;
    }
  }
  auto territory =
      std::make_shared<const Territory>(*this, day);  // outside the lock: others may ask for other days meanwhile
  const std::lock_guard<std::mutex> lock(mutex_);
  if (territories_.size() >= kKept) territories_.erase(territories_.begin());
  territories_.push_back(territory);
  return territory;
}

}  // namespace jiceng::graph
