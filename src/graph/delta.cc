#include "graph/delta.h"

#include <algorithm>
#include <numeric>

#include "base/codes.h"

namespace jiceng::graph {
namespace {

using model::Fact;
using model::NodeKind;
using model::NodeNumber;
using model::Tie;
using model::TieKind;

// The node's state to be changed, taken from the base on first touch.
NodeState& Touch(const Base& base, NodeNumber node, Delta* delta) {
  const auto [it, inserted] = delta->nodes.try_emplace(node);
  NodeState& state = it->second;
  if (inserted) {
    state.facts.assign(model::FactCount(node.kind()), model::FactTimeline(model::kNoValue));
    if (node.ordinal() < base.Count(node.kind())) {
      state.life = base.Life(node);
      state.precision = base.Precision(node);
      state.withdrawn = base.Withdrawn(node);
      for (size_t i = 0; i < state.facts.size(); ++i)
        base.Fact(node.kind(), static_cast<Fact>(i)).Read(node.ordinal(), &state.facts[i]);
    }
  }
  return state;
}

void ApplyNode(const Base& base, const model::NodeRow& row, Delta* delta) {
  NodeState& state = Touch(base, row.node, delta);
  uint32_t& count = delta->count[static_cast<int>(row.node.kind())];
  count = std::max(count, row.node.ordinal() + 1);
  if (row.action == model::NodeRow::kWithdraw) {
    state.withdrawn = true;
    return;
  }
  state.life = row.life;
  state.precision = static_cast<uint8_t>(row.from_precision | row.to_precision << 2);
  if (row.action == model::NodeRow::kLifetime) return;
  state.withdrawn = false;
  for (size_t i = 0; i < state.facts.size(); ++i) state.facts[i].Assign({}, row.facts[i]);
}

void ApplyId(const Base& base, NodeNumber node, std::string_view id, Delta* delta) {
  const int k = static_cast<int>(node.kind());
  const uint32_t first = base.Count(node.kind());
  if (node.ordinal() < first) return;
  auto& ids = delta->ids[k];
  if (ids.size() <= node.ordinal() - first) ids.resize(node.ordinal() - first + 1);
  ids[node.ordinal() - first] = std::string(id);
  const std::string_view key = node.kind() == NodeKind::kUnit ? base::CanonicalDivisionCode(id) : id;
  delta->by_id[k].insert_or_assign(std::string(key), node);
}

void ApplyCode(const Base& base, const model::TextRow& row, Delta* delta) {
  const auto [it, inserted] = delta->codes.try_emplace({row.node, row.attribute}, std::string());
  if (inserted) {
    base.VisitCodes({}, [&, &timeline = it->second](const CodeEntry& entry, std::string_view text) {
      if (entry.node == row.node && entry.attribute == row.attribute) timeline.Assign(entry.valid, std::string(text));
    });
  }
  const std::string_view spelled = row.attribute == model::TextAttribute::kCode ? base::CanonicalDivisionCode(row.value)
                                                                                : std::string_view(row.value);
  it->second.Assign(row.valid, std::string(spelled));
}

// Merges the batch's ties of one kind, which are in key order, into the delta's; the batch's win.
void MergeTies(const Base& base, TieKind kind, std::vector<Tie> fresh, DeltaTies* into) {
  const auto before = [](const Tie& a, const Tie& b) { return a.key() < b.key(); };
  std::stable_sort(fresh.begin(), fresh.end(), before);
  const TieColumns& columns = base.Ties(kind);
  for (const Tie& tie : fresh) {
    const auto [first, last] = columns.Range(columns.forward[static_cast<int>(tie.from.kind())], tie.from.ordinal());
    for (uint32_t i = first; i < last; ++i) {
      if (columns.At(kind, i).key() == tie.key()) into->superseded.insert(i);
    }
  }
  std::vector<Tie> merged;
  merged.reserve(into->ties.size() + fresh.size());
  std::merge(into->ties.begin(), into->ties.end(), fresh.begin(), fresh.end(), std::back_inserter(merged), before);
  size_t kept = 0;
  for (size_t i = 0; i < merged.size(); ++i) {
    if (i + 1 < merged.size() && merged[i].key() == merged[i + 1].key()) continue;
    merged[kept++] = merged[i];
  }
  merged.resize(kept);
  into->ties = std::move(merged);
  into->by_to.resize(kept);
  std::iota(into->by_to.begin(), into->by_to.end(), 0);
  std::stable_sort(into->by_to.begin(), into->by_to.end(),
                   [&](uint32_t a, uint32_t b) { return into->ties[a].to < into->ties[b].to; });
}

}  // namespace

std::pair<size_t, size_t> DeltaTies::From(NodeNumber node) const {
  const auto first =
      std::lower_bound(ties.begin(), ties.end(), node, [](const Tie& t, NodeNumber n) { return t.from < n; });
  const auto last = std::upper_bound(first, ties.end(), node, [](NodeNumber n, const Tie& t) { return n < t.from; });
  return {first - ties.begin(), last - ties.begin()};
}

std::pair<size_t, size_t> DeltaTies::To(NodeNumber node) const {
  const auto first =
      std::lower_bound(by_to.begin(), by_to.end(), node, [&](uint32_t i, NodeNumber n) { return ties[i].to < n; });
  const auto last =
      std::upper_bound(first, by_to.end(), node, [&](NodeNumber n, uint32_t i) { return n < ties[i].to; });
  return {first - by_to.begin(), last - by_to.begin()};
}

std::shared_ptr<const Delta> Apply(const Base& base, const Delta* before, const model::Batch& batch) {
  auto delta = before != nullptr ? std::make_shared<Delta>(*before) : std::make_shared<Delta>();
  if (before == nullptr) {
    for (int k = 1; k < model::kNodeKinds; ++k) delta->count[k] = base.Count(static_cast<NodeKind>(k));
    delta->next_tie = base.next_tie();
  }
  delta->rows += batch.rows();
  for (const auto& row : batch.nodes) ApplyNode(base, row, delta.get());
  for (const auto& row : batch.identities) ApplyId(base, row.node, row.id, delta.get());
  for (const auto& row : batch.facts)
    Touch(base, row.node, delta.get()).facts[static_cast<int>(row.fact)].Assign(row.valid, row.value);
  for (const auto& row : batch.texts) {
    if (model::IsCode(row.attribute)) ApplyCode(base, row, delta.get());
    if (row.attribute == model::TextAttribute::kId) ApplyId(base, row.node, row.value, delta.get());
  }
  for (const auto& row : batch.terms) delta->terms.insert_or_assign({row.org, row.number}, row);

  std::array<std::vector<Tie>, model::kTieKinds> fresh;
  for (const Tie& tie : batch.ties) {
    fresh[static_cast<int>(tie.kind)].push_back(tie);
    delta->next_tie = std::max(delta->next_tie, tie.number + 1);
    if (tie.extra >= 0) {
      delta->extras.insert_or_assign(tie.number, batch.extras[tie.extra]);
    } else {
      delta->extras.erase(tie.number);
    }
  }
  for (int k = 1; k < model::kTieKinds; ++k) {
    if (!fresh[k].empty()) MergeTies(base, static_cast<TieKind>(k), std::move(fresh[k]), &delta->ties[k]);
  }
  return delta;
}

}  // namespace jiceng::graph
