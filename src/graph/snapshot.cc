#include "graph/snapshot.h"

#include <limits>

#include "base/codes.h"
#include "base/strings.h"
#include "graph/base_builder.h"
#include "graph/seating.h"

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
  const bool same_territory = !rows->changes_territory(), same_seating = same_territory && !rows->changes_seats();
  auto next = std::make_shared<Snapshot>(base_, rows->Finish());
  if (same_territory) {
    std::lock_guard<std::mutex> lock(mutex_);
    next->territories_ = territories_;
    if (same_seating) {
      next->seatings_ = seatings_;
      next->walked_ = walked_;
    }
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

namespace {

// The one that is good for the day; null for none.
template <typename Kept>
std::shared_ptr<const Kept> Find(const std::vector<std::shared_ptr<const Kept>>& kept, base::Date day) {
  const auto found = std::find_if(kept.begin(), kept.end(), [&](const auto& one) { return one->days().Holds(day); });
  return found == kept.end() ? nullptr : *found;
}

template <typename Kept>
void Keep(size_t most, std::shared_ptr<const Kept> one, std::vector<std::shared_ptr<const Kept>>* kept) {
  if (kept->size() >= most) kept->erase(kept->begin());
  kept->push_back(std::move(one));
}

}  // namespace

std::shared_ptr<const Territory> Snapshot::TerritoryOn(base::Date day) const {
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (auto found = graph::Find(territories_, day)) return found;
  }
  auto territory =
      std::make_shared<const Territory>(*this, day);  // outside the lock: others may ask for other days meanwhile
  const std::lock_guard<std::mutex> lock(mutex_);
  Keep(4, territory, &territories_);
  return territory;
}

std::shared_ptr<const Seating> Snapshot::SeatingOn(base::Date day) const {
  return SeatingOn(day, std::numeric_limits<uint64_t>::max());
}

std::shared_ptr<const Seating> Snapshot::SeatingOn(base::Date day, uint64_t walk) const {
  {
    // To make one costs about what it costs to look up the seats of an eighth as many units.
    const uint64_t worth = (uint64_t{Count(NodeKind::kUnit)} + Count(NodeKind::kOrganization)) / 8;
    const std::lock_guard<std::mutex> lock(mutex_);
    if (auto found = graph::Find(seatings_, day)) return found;
    walked_ += std::min(walk, worth + 1);
    if (walked_ <= worth) return nullptr;
    walked_ = 0;
  }
  auto seating = std::make_shared<const Seating>(*this, TerritoryOn(day), day);
  const std::lock_guard<std::mutex> lock(mutex_);
  Keep(2, seating, &seatings_);
  return seating;
}

}  // namespace jiceng::graph
