#include "graph/base_builder.h"

#include <algorithm>

#include "base/codes.h"
#include "base/release.h"
#include "graph/snapshot.h"

namespace jiceng::graph {

using base::Validity;
using model::Fact;
using model::NodeKind;
using model::NodeNumber;
using model::TextAttribute;
using model::Tie;
using model::TieKind;

namespace {

bool KeyBefore(const Tie& a, const Tie& b) { return a.key() < b.key(); }

}  // namespace

void BaseBuilder::Grow(NodeNumber node) {
  Nodes& nodes = nodes_[static_cast<int>(node.kind())];
  if (node.ordinal() < nodes.count()) return;
  const size_t size = node.ordinal() - nodes.in_base + size_t{1};
  nodes.ids.resize(size, {0, 0});
  if (node.kind() != NodeKind::kPerson) nodes.fresh_lives.resize(size);
  for (int i = 0; i < model::FactCount(node.kind()); ++i) nodes.facts[i].resize(size, model::kNoValue);
}

void BaseBuilder::Load(const Snapshot& snapshot) {
  below_ = &snapshot.base();
  next_tie_ = snapshot.next_tie();
  next_matter_ = snapshot.next_matter();
  for (int k = 1; k < model::kNodeKinds; ++k) nodes_[k].in_base = below_->Count(static_cast<NodeKind>(k));
  const Delta* delta = snapshot.delta();
  if (delta == nullptr) return;
  for (int k = 1; k < model::kNodeKinds; ++k) {
    if (delta->count[k] != 0) Grow(NodeNumber(static_cast<NodeKind>(k), delta->count[k] - 1));
  }
  delta->nodes.ForEach([&](NodeNumber node, const std::shared_ptr<const NodeState>& state) {
    SetLife(node, {state->life, state->precision});
    nodes_[static_cast<int>(node.kind())].withdrawn[node.ordinal()] = state->withdrawn;
    for (size_t i = 0; i < state->facts.size(); ++i) SetTimeline(node, static_cast<Fact>(i), state->facts[i]);
  });
  delta->ids.ForEach([&](NodeNumber node, const std::string& id) { OnText(node, TextAttribute::kId, {}, id); });
  for (int k = 1; k < model::kTieKinds; ++k) {
    if (delta->ties[k] == nullptr) continue;
    delta->ties[k]->by_from.ForEach([&](const model::TieKey&, const Tie& tie) {
      const std::string* extra = delta->extras.Find(tie.number);
      OnTie(tie, extra == nullptr ? std::string_view() : std::string_view(*extra));
    });
  }
  delta->codes.ForEach([&](const CodeOwner& owner, const model::Timeline<std::string>& timeline) {
    codes_.insert_or_assign(owner, timeline);
  });
  delta->terms.ForEach([&](const auto& key, const model::TermRow& term) { terms_[key] = term; });
  if (delta->attachments != nullptr) attachments_ = *delta->attachments;
  delta->steps.ForEach([&](const auto&, const model::StepRow& row) { OnStep(row); });
}

void BaseBuilder::SetLife(NodeNumber node, const Life& life) {
  if (node.kind() == NodeKind::kPerson) return;
  Nodes& nodes = nodes_[static_cast<int>(node.kind())];
  if (node.ordinal() < nodes.in_base) {
    nodes.lives[node.ordinal()] = life;
  } else {
    nodes.fresh_lives[node.ordinal() - nodes.in_base] = life;
  }
}

void BaseBuilder::OnNode(const model::NodeRow& row) {
  Grow(row.node);
  Nodes& nodes = nodes_[static_cast<int>(row.node.kind())];
  if (row.action == model::NodeRow::kWithdraw) {
    nodes.withdrawn[row.node.ordinal()] = true;
    return;
  }
  SetLife(row.node, {row.life, static_cast<uint8_t>(row.from_precision | row.to_precision << 2)});
  if (row.action == model::NodeRow::kRestore) nodes.withdrawn[row.node.ordinal()] = false;
  if (row.action != model::NodeRow::kLifetime) {
    for (int i = 0; i < model::FactCount(row.node.kind()); ++i)
      SetFact(row.node, static_cast<Fact>(i), {}, row.facts[i]);
  }
}

void BaseBuilder::SetFact(NodeNumber node, Fact fact, Validity valid, int32_t value) {
  Nodes& nodes = nodes_[static_cast<int>(node.kind())];
  model::FactTimeline timeline(model::kNoValue);
  if (valid == Validity{}) {
    if (node.ordinal() >= nodes.in_base) {
      int32_t& sole = nodes.facts[static_cast<int>(fact)][node.ordinal() - nodes.in_base];
      if (sole == FactColumn::kWideDated) timelines_.erase({node, fact});
      sole = value;
      return;
    }
  } else if (const auto it = timelines_.find({node, fact}); it != timelines_.end()) {
    timeline = it->second;
  } else if (node.ordinal() < nodes.in_base) {
    below_->Fact(node.kind(), fact).Read(node.ordinal(), &timeline);
  } else {
    timeline.Assign({}, nodes.facts[static_cast<int>(fact)][node.ordinal() - nodes.in_base]);
  }
  timeline.Assign(valid, value);
  SetTimeline(node, fact, std::move(timeline));
}

void BaseBuilder::SetTimeline(NodeNumber node, Fact fact, model::FactTimeline timeline) {
  Nodes& nodes = nodes_[static_cast<int>(node.kind())];
  if (node.ordinal() < nodes.in_base) {
    timelines_.insert_or_assign({node, fact}, std::move(timeline));
    return;
  }
  int32_t& sole = nodes.facts[static_cast<int>(fact)][node.ordinal() - nodes.in_base];
  if (IsConstant(timeline)) {
    sole = timeline.Last();
    timelines_.erase({node, fact});
  } else {
    sole = FactColumn::kWideDated;
    timelines_.insert_or_assign({node, fact}, std::move(timeline));
  }
}

void BaseBuilder::OnFact(const model::FactRow& row) {
  Grow(row.node);
  SetFact(row.node, row.fact, row.valid, row.value);
}

void BaseBuilder::OnText(NodeNumber node, TextAttribute attribute, Validity valid, std::string_view value) {
  Grow(node);
  Nodes& nodes = nodes_[static_cast<int>(node.kind())];
  if (attribute == TextAttribute::kId) {
    if (node.ordinal() < nodes.in_base) return;  // an id stays
    nodes.ids[node.ordinal() - nodes.in_base] = {id_bytes_.size(), static_cast<uint32_t>(value.size())};
    id_bytes_.insert(id_bytes_.end(), value.begin(), value.end());
    return;
  }
  if (!model::IsCode(attribute)) return;
  const auto [it, inserted] = codes_.try_emplace({node, attribute}, std::string());
  if (inserted && below_ != nullptr) {
    below_->VisitCodesOf(node, attribute, [&, &timeline = it->second](const CodeEntry& entry, std::string_view text) {
      timeline.Assign(entry.valid, std::string(text));
    });
  }
  it->second.Assign(valid, std::string(attribute == TextAttribute::kCode ? base::CanonicalDivisionCode(value) : value));
}

void BaseBuilder::OnTerm(const model::TermRow& row) { terms_[{row.org, row.number}] = row; }

void BaseBuilder::OnAttachment(const model::AttachmentRow& row) {
  if (!attachments_.has_value()) attachments_ = *Below().attachments();
  model::Put(row, &*attachments_);
}

void BaseBuilder::OnStep(const model::StepRow& row) {
  steps_[row.key()] = row;
  next_matter_ = std::max(next_matter_, row.matter + 1);
}

void BaseBuilder::OnTie(const Tie& tie, std::string_view attributes) {
  Ties& ties = ties_[static_cast<int>(tie.kind)];
  TakeOver(&ties);
  Tie copy = tie;
  copy.extra = -1;
  if (!attributes.empty()) {
    copy.extra = static_cast<int32_t>(extras_.size());
    extras_.emplace_back(attributes);
  }
  ties.rows.push_back(copy);
  next_tie_ = std::max(next_tie_, tie.number + 1);
}

// Rows lent by a batch become rows like others, before others join them.
void BaseBuilder::TakeOver(Ties* ties) {
  if (ties->batch.empty()) return;
  const absl::Span<const Tie> lent = std::exchange(ties->batch, {});
  ties->rows.reserve(lent.size());
  for (const Tie& tie : lent) OnTie(tie, batch_->AttributesOf(tie));
}

void BaseBuilder::OnBatch(const model::Batch& batch) {
  // Nodes, facts and texts are taken in; ties, the most by far, stay where they lie if they are the first of their kind.
  NodeNumber last[model::kNodeKinds];
  for (const auto& row : batch.nodes) {
    NodeNumber& node = last[static_cast<int>(row.node.kind())];
    node = std::max(node, row.node);
  }
  for (int k = 1; k < model::kNodeKinds; ++k) {
    if (last[k]) Grow(last[k]);
  }
  model::VisitRowsBeforeTies(batch, this);
  if (batch_ != nullptr) {
    for (Ties& ties : ties_) TakeOver(&ties);
  }
  batch_ = &batch;
  for (size_t i = 0; i < batch.ties.size();) {
    size_t end = i + 1;
    while (end < batch.ties.size() && batch.ties[end].kind == batch.ties[i].kind) ++end;
    Ties& ties = ties_[static_cast<int>(batch.ties[i].kind)];
    if (ties.rows.empty() && ties.batch.empty()) {
      ties.batch = absl::MakeConstSpan(batch.ties).subspan(i, end - i);
      for (const Tie& tie : ties.batch) next_tie_ = std::max(next_tie_, tie.number + 1);
    } else {
      for (size_t t = i; t < end; ++t) OnTie(batch.ties[t], batch.AttributesOf(batch.ties[t]));
    }
    i = end;
  }
}

absl::Span<const Tie> BaseBuilder::Sorted(TieKind kind) {
  Ties& ties = ties_[static_cast<int>(kind)];
  const auto unordered = [](const Tie& a, const Tie& b) { return !KeyBefore(a, b); };
  if (!ties.batch.empty()) {
    if (std::adjacent_find(ties.batch.begin(), ties.batch.end(), unordered) == ties.batch.end()) return ties.batch;
    TakeOver(&ties);
  }
  LargeVector<Tie>& rows = ties.rows;
  if (std::adjacent_find(rows.begin(), rows.end(), unordered) == rows.end()) return absl::MakeConstSpan(rows);
  if (!std::is_sorted(rows.begin(), rows.end(), KeyBefore)) std::stable_sort(rows.begin(), rows.end(), KeyBefore);
  size_t kept = 0;
  for (size_t i = 0; i < rows.size(); ++i) {
    if (i + 1 == rows.size() || !(rows[i].key() == rows[i + 1].key())) rows[kept++] = rows[i];
  }
  rows.resize(kept);
  return absl::MakeConstSpan(rows);
}

std::string_view BaseBuilder::Attributes(const Tie& row) const {
  const bool lent = !ties_[static_cast<int>(row.kind)].batch.empty();
  if (lent) return batch_->AttributesOf(row);
  return row.extra < 0 ? std::string_view() : extras_[static_cast<size_t>(row.extra)];
}

}  // namespace jiceng::graph
