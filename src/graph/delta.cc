#include "graph/delta.h"

#include <algorithm>

#include "base/codes.h"

namespace jiceng::graph {

using model::Fact;
using model::NodeKind;
using model::NodeNumber;
using model::TextAttribute;
using model::Tie;

DeltaBuilder::DeltaBuilder(const Base& base, const Delta* before) : base_(base) {
  if (before != nullptr) {
    delta_ = *before;
    return;
  }
  for (int k = 1; k < model::kNodeKinds; ++k) delta_.count[k] = base.Count(static_cast<NodeKind>(k));
  delta_.next_tie = base.next_tie();
  delta_.next_matter = base.steps().next_matter();
}

// The node's state to be changed, taken from what was there on first touch.
NodeState& DeltaBuilder::StateOf(NodeNumber node) {
  const auto [it, inserted] = nodes_.try_emplace(node);
  NodeState& state = it->second;
  if (!inserted) return state;
  if (const NodeState* before = delta_.Find(node)) return state = *before;
  state.facts.assign(static_cast<size_t>(model::FactCount(node.kind())), model::FactTimeline(model::kNoValue));
  if (node.ordinal() >= base_.Count(node.kind())) return state;
  state.life = base_.Life(node);
  state.precision = base_.Precision(node);
  state.withdrawn = base_.Withdrawn(node);
  for (size_t i = 0; i < state.facts.size(); ++i)
    base_.Fact(node.kind(), static_cast<Fact>(i)).Read(node.ordinal(), &state.facts[i]);
  return state;
}

void DeltaBuilder::OnNode(const model::NodeRow& row) {
  ++delta_.rows;
  Touch({row.node, Touched::kNode, 0});
  NodeState& state = StateOf(row.node);
  uint32_t& count = delta_.count[static_cast<int>(row.node.kind())];
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

void DeltaBuilder::OnFact(const model::FactRow& row) {
  ++delta_.rows;
  Touch({row.node, Touched::kFact, static_cast<uint8_t>(row.fact)});
  StateOf(row.node).facts[static_cast<size_t>(row.fact)].Assign(row.valid, row.value);
}

void DeltaBuilder::OnText(NodeNumber node, TextAttribute attribute, base::Validity valid, std::string_view value) {
  if (attribute == TextAttribute::kId) return OnId(node, value);
  ++delta_.rows;
  if (model::IsCode(attribute)) OnCode(node, attribute, valid, value);
}

void DeltaBuilder::OnId(NodeNumber node, std::string_view id) {
  if (node.ordinal() < base_.Count(node.kind())) return;
  ids_[node] = std::string(id);
  const std::string_view key = node.kind() == NodeKind::kUnit ? base::CanonicalDivisionCode(id) : id;
  by_id_[static_cast<int>(node.kind())][std::string(key)] = node;
}

void DeltaBuilder::OnCode(NodeNumber node, TextAttribute attribute, base::Validity valid, std::string_view value) {
  const auto [it, inserted] = codes_.try_emplace({node, attribute}, std::string());
  if (inserted) {
    if (const auto* before = delta_.codes.Find(it->first)) {
      it->second = *before;
    } else {
      base_.VisitCodesOf(node, attribute, [&, &timeline = it->second](const CodeEntry& entry, std::string_view text) {
        timeline.Assign(entry.valid, std::string(text));
      });
    }
  }
  it->second.Assign(valid, std::string(attribute == TextAttribute::kCode ? base::CanonicalDivisionCode(value) : value));
}

void DeltaBuilder::OnTerm(const model::TermRow& row) {
  ++delta_.rows;
  Touch({row.org, Touched::kTerm, 0});
  terms_[{row.org, row.number}] = row;
}

void DeltaBuilder::OnAttachment(const model::AttachmentRow& row) {
  ++delta_.rows;
  attachments_.push_back(row);
}

void DeltaBuilder::OnStep(const model::StepRow& row) {
  ++delta_.rows;
  delta_.next_matter = std::max(delta_.next_matter, row.matter + 1);
  touched_matters_[delta_.matter_touches++] = row.matter;
  steps_[row.key()] = row;
}

void DeltaBuilder::OnTie(const Tie& tie, std::string_view attributes) {
  ++delta_.rows;
  delta_.next_tie = std::max(delta_.next_tie, tie.number + 1);
  for (const NodeNumber end : {tie.from, tie.to}) Touch({end, Touched::kTie, static_cast<uint8_t>(tie.kind)});
  TieChanges& changes = ties_[static_cast<int>(tie.kind)];
  const model::TieKey key = tie.key();
  const TieColumns& columns = base_.Ties(tie.kind);
  const auto [first, last] = columns.Range(columns.forward[static_cast<int>(tie.from.kind())], tie.from.ordinal());
  for (uint32_t i = first; i < last; ++i) {
    if (columns.At(tie.kind, i).key() == key) changes.hidden[i].emplace();
  }
  Tie put = tie;
  put.extra = -1;
  changes.by_from[key] = put;
  changes.by_to[{tie.to, key}] = put;
  std::optional<std::string>& extra = extras_[tie.number];
  extra.reset();
  if (!attributes.empty()) extra = std::string(attributes);
}

std::shared_ptr<const Delta> DeltaBuilder::Finish() {
  Changes<decltype(Delta::nodes)> nodes;
  if (!nodes_.empty()) {
    auto filter =
        delta_.changed_nodes == nullptr ? std::make_shared<Filter>() : std::make_shared<Filter>(*delta_.changed_nodes);
    for (auto& [node, state] : nodes_) {
      filter->Add(node.bits());
      nodes.emplace_hint(nodes.end(), node, std::make_shared<const NodeState>(std::move(state)));
    }
    delta_.changed_nodes = std::move(filter);
  }
  Changes<decltype(Delta::codes)> codes;
  Changes<decltype(Delta::code_owners)> owners;
  for (auto& [owner, timeline] : codes_) {
    // What was found under a text that is gone finds nothing in the timeline.
    timeline.ForEach([&, &node = owner](base::Validity, const std::string& text) {
      owners[{text, node.first, node.second}].emplace();
    });
    codes.emplace_hint(codes.end(), owner, std::move(timeline));
  }
  delta_.nodes = delta_.nodes.With(nodes);
  delta_.codes = delta_.codes.With(codes);
  delta_.code_owners = delta_.code_owners.With(owners);
  delta_.ids = delta_.ids.With(ids_);
  for (int k = 1; k < model::kNodeKinds; ++k) delta_.by_id[k] = delta_.by_id[k].With(by_id_[k]);
  delta_.extras = delta_.extras.With(extras_);
  delta_.terms = delta_.terms.With(terms_);
  delta_.steps = delta_.steps.With(steps_);
  delta_.touched_matters = delta_.touched_matters.With(touched_matters_);
  delta_.touched = delta_.touched.With(touched_);
  if (!attachments_.empty()) {
    auto all = std::make_shared<model::Attachments>(*(delta_.attachments ? delta_.attachments : base_.attachments()));
    for (const model::AttachmentRow& row : attachments_) model::Put(row, all.get());
    delta_.attachments = std::move(all);
  }
  for (int k = 1; k < model::kTieKinds; ++k) {
    const TieChanges& changes = ties_[k];
    if (changes.by_from.empty()) continue;
    auto ties =
        delta_.ties[k] == nullptr ? std::make_shared<DeltaTies>() : std::make_shared<DeltaTies>(*delta_.ties[k]);
    for (const auto& [key, tie] : changes.by_from) {
      ties->ends.Add(key.from.bits());
      ties->ends.Add(key.to.bits());
    }
    ties->hidden = ties->hidden.With(changes.hidden);
    ties->by_from = ties->by_from.With(changes.by_from);
    ties->by_to = ties->by_to.With(changes.by_to);
    delta_.ties[k] = std::move(ties);
  }
  return std::make_shared<const Delta>(std::move(delta_));
}

}  // namespace jiceng::graph
