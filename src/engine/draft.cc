#include "engine/draft.h"

#include <algorithm>

#include "base/codes.h"
#include "base/status.h"
#include "base/strings.h"

namespace jiceng::engine {

using base::Date;
using base::Validity;
using model::Fact;
using model::NodeKind;
using model::NodeNumber;
using model::Tie;

namespace {

absl::Status NoRoom(std::string_view what, uint32_t limit) {
  return base::Error(absl::StatusCode::kResourceExhausted, "LIMIT_REACHED",
                     base::StrCat("a store has room for ", limit, " ", what, " over its whole life"));
}

}  // namespace

std::string_view Arena::Keep(std::string_view text) {
  constexpr size_t kBlock = 1 << 20;
  if (text.empty()) return {};
  if (blocks_.empty() || blocks_.back().capacity() - blocks_.back().size() < text.size()) {
    blocks_.emplace_back();
    blocks_.back().reserve(std::max(kBlock, text.size()));
  }
  std::string& block = blocks_.back();
  const size_t start = block.size();
  block.append(text);
  return std::string_view(block).substr(start);
}

std::string_view Draft::Canonical(NodeKind kind, std::string_view id) {
  return kind == NodeKind::kUnit ? base::CanonicalDivisionCode(id) : id;
}

NodeNumber Draft::CreateKeptNode(NodeKind kind, std::string_view id, std::string_view name) {
  const int k = static_cast<int>(kind);
  Created& all = created_[k];
  if (Count(kind) == model::kMostNodes - 1) {
    if (room_.ok())
      room_ = NoRoom(base::StrCat("nodes of the kind ", model::NodeKindName(kind)), model::kMostNodes - 1);
    return NodeNumber(kind, Count(kind) - 1);  // whatever is said of it is refused with the rest
  }
  model::NodeRow row;
  row.node = NodeNumber(kind, Count(kind));
  all.identities.push_back({row.node, id, name});
  all.rows.push_back(row);
  by_id_[k].Add(Canonical(kind, id), static_cast<uint32_t>(all.rows.size()) - 1,
                [&](uint32_t i) { return Canonical(kind, all.identities[i].id); });
  if (kind != NodeKind::kPerson) Touch(row.node);
  return row.node;
}

void Draft::ReserveNodes(NodeKind kind, size_t more) {
  const int k = static_cast<int>(kind);
  created_[k].rows.reserve(created_[k].rows.size() + more);
  created_[k].identities.reserve(created_[k].rows.size() + more);
  by_id_[k].Reserve(created_[k].rows.size() + more);
}

std::optional<NodeNumber> Draft::Find(NodeKind kind, std::string_view id) const {
  const int k = static_cast<int>(kind);
  const std::string_view key = Canonical(kind, id);
  if (before_.Count(kind) > 0) {
    if (auto found = before_.base().FindId(kind, key)) return found;
  }
  const auto created = by_id_[k].Find(key, [&](uint32_t i) { return Canonical(kind, created_[k].identities[i].id); });
  if (created) return created_[k].rows[*created].node;
  if (before_.Count(kind) > 0) {
    if (auto found = before_.Find(kind, key, Date::Forever())) return found;
  }
  if (by_code_[k].empty()) return std::nullopt;
  const auto code = by_code_[k].find(std::string(key));
  return code == by_code_[k].end() ? std::nullopt : std::optional<NodeNumber>(code->second);
}

std::string_view Draft::Id(NodeNumber node) const {
  if (!IsNew(node)) return before_.Id(node);
  return created_[static_cast<int>(node.kind())].identities[node.ordinal() - before_.Count(node.kind())].id;
}

std::string Draft::Text(NodeNumber node) const { return base::StrCat(model::NodeKindName(node.kind()), ":", Id(node)); }

Validity Draft::Life(NodeNumber node) const {
  if (const model::NodeRow* created = FindCreated(node)) return created->life;
  const auto it = changed_.find(node);
  return it != changed_.end() && it->second.action != model::NodeRow::kWithdraw ? it->second.life : before_.Life(node);
}

uint8_t Draft::Precision(NodeNumber node) const {
  const model::NodeRow* created = FindCreated(node);
  const auto it = changed_.find(node);
  const model::NodeRow* row = created != nullptr ? created : it != changed_.end() ? &it->second : nullptr;
  return row != nullptr ? static_cast<uint8_t>(row->from_precision | row->to_precision << 2) : before_.Precision(node);
}

bool Draft::Withdrawn(NodeNumber node) const {
  if (IsNew(node)) return false;
  const auto it = changed_.find(node);
  if (it == changed_.end() || it->second.action == model::NodeRow::kLifetime) return before_.Withdrawn(node);
  return it->second.action == model::NodeRow::kWithdraw;
}

void Draft::SetLife(NodeNumber node, Validity life, uint8_t precision) {
  model::NodeRow* created = FindCreated(node);
  if (created == nullptr && Life(node) == life && Precision(node) == precision) return;
  model::NodeRow* row = created;
  if (row == nullptr) {
    row = &changed_[node];
    row->node = node;
    if (row->action == model::NodeRow::kCreate) row->action = model::NodeRow::kLifetime;
  }
  row->life = life;
  row->from_precision = precision & 3;
  row->to_precision = precision >> 2;
  Touch(node);
}

void Draft::WithdrawNode(NodeNumber node) {
  model::NodeRow& row = changed_[node];
  row.node = node;
  row.life = before_.Life(node);
  row.action = model::NodeRow::kWithdraw;
  Touch(node);
}

void Draft::RestoreNode(NodeNumber node) {
  model::NodeRow& row = changed_[node];
  row = model::NodeRow();
  row.node = node;
  row.action = model::NodeRow::kRestore;
  for (int i = 0; i < model::FactCount(node.kind()); ++i) {
    timelines_.insert_or_assign(FactKey(node, static_cast<Fact>(i)), model::FactTimeline(model::kNoValue));
  }
  Touch(node);
}

model::FactTimeline Draft::Timeline(NodeNumber node, Fact fact) const {
  const auto it = timelines_.find(FactKey(node, fact));
  if (it != timelines_.end()) return it->second;
  if (const model::NodeRow* created = FindCreated(node)) {
    model::FactTimeline timeline(model::kNoValue);
    timeline.Assign({}, created->facts[static_cast<int>(fact)]);
    return timeline;
  }
  return before_.FactTimeline(node, fact);
}

void Draft::AssignFact(NodeNumber node, Fact fact, Validity valid, int32_t value) {
  if (valid.IsEmpty()) return;
  model::NodeRow* created = FindCreated(node);
  const uint64_t key = FactKey(node, fact);
  if (created != nullptr && valid == Validity{} && timelines_.find(key) == timelines_.end()) {
    created->facts[static_cast<int>(fact)] = value;
    return;
  }
  model::FactTimeline timeline = Timeline(node, fact);
  const model::FactTimeline old = timeline;
  timeline.Assign(valid, value);
  if (timeline == old) return;
  timelines_.insert_or_assign(key, std::move(timeline));
  facts_.push_back({node, fact, valid, value});
  const bool structural =
      (node.kind() == NodeKind::kUnit && fact == Fact::kUnitParent) || node.kind() == NodeKind::kOrganization;
  if (structural) Touch(node);
}

void Draft::AssignText(NodeNumber node, model::TextAttribute attribute, Validity valid, std::string_view value) {
  texts_.push_back({node, attribute, valid, std::string(value)});
}

void Draft::RegisterCode(std::string_view code, NodeNumber node) {
  by_code_[static_cast<int>(node.kind())].emplace(std::string(Canonical(node.kind(), code)), node);
}

void Draft::PutTie(Tie tie, std::string_view attributes, Origin origin) {
  tie.extra = KeepAttributes(attributes);
  tie.number = 0;
  tie.withdrawn = false;
  ties_[static_cast<int>(tie.kind)].push_back({tie, origin});
}

void Draft::PutTies(model::TieKind kind, std::vector<TieRow> ties) {
  std::vector<TieRow>& all = ties_[static_cast<int>(kind)];
  if (all.empty()) {
    all = std::move(ties);
  } else {
    all.insert(all.end(), ties.begin(), ties.end());
  }
}

int32_t Draft::KeepAttributes(std::string_view attributes) {
  if (attributes.empty()) return -1;
  extras_.emplace_back(attributes);
  return static_cast<int32_t>(extras_.size()) - 1;
}

void Draft::WithdrawTie(const Tie& tie, Origin origin) {
  Tie row = tie;
  row.withdrawn = true;
  row.extra = -1;
  ties_[static_cast<int>(row.kind)].push_back({row, origin});
}

void Draft::PutTerm(const model::TermRow& term) { terms_.push_back(term); }

const model::Attachments& Draft::attachments() const {
  return attachments_.has_value() ? *attachments_ : *before_.attachments();
}

void Draft::PutAttachment(const model::AttachmentRow& row) {
  const model::Attachments& all = attachments();
  const auto same = [&](const model::AttachmentRow& other) { return other.key() == row.key(); };
  const auto is = std::find_if(all.begin(), all.end(), same);
  if (row.withdrawn ? is == all.end() : is != all.end() && *is == row) return;
  if (!attachments_.has_value()) attachments_ = all;
  model::Put(row, &*attachments_);
  attachment_rows_.push_back(row);
}

DraftResult Draft::Finish() {
  DraftResult result;
  model::Batch& batch = result.batch;
  // What takes no part goes first, then the ties, which shrink, then the nodes, kind by kind: the most held at a time is
  // little more than what there was.
  for (int k = 1; k < model::kNodeKinds; ++k) {
    Release(&by_id_[k]);
    Release(&by_code_[k]);
  }
  Release(&timelines_);
  Release(&touched_);
  batch.facts = std::move(facts_);
  batch.texts = std::move(texts_);
  batch.terms = std::move(terms_);
  batch.attachments = std::move(attachment_rows_);
  batch.steps = std::move(steps_);

  size_t rows = 0;
  for (const auto& ties : ties_) rows += ties.size();
  batch.ties.reserve(rows);
  result.tie_origins.reserve(rows);
  uint32_t next = before_.next_tie();
  for (auto& ties : ties_) {
    FinishTies(ties, &next, &result);
    Release(&ties);
  }

  size_t nodes = changed_.size();
  for (const Created& created : created_) nodes += created.rows.size();
  batch.nodes.reserve(nodes);
  batch.identities.reserve(nodes - changed_.size());
  for (Created& created : created_) {
    batch.nodes.insert(batch.nodes.end(), created.rows.begin(), created.rows.end());
    Release(&created.rows);
  }
  for (Created& created : created_) {
    batch.identities.insert(batch.identities.end(), created.identities.begin(), created.identities.end());
    Release(&created.identities);
  }
  const size_t first_changed = batch.nodes.size();
  for (const auto& [node, row] : changed_) batch.nodes.push_back(row);
  std::sort(batch.nodes.begin() + static_cast<ptrdiff_t>(first_changed), batch.nodes.end(),
            [](const model::NodeRow& a, const model::NodeRow& b) { return a.node < b.node; });
  Release(&changed_);
  result.room = room_;
  return result;
}

void Draft::FinishTies(std::vector<TieRow>& ties, uint32_t* next, DraftResult* result) {
  SortByKey(&ties);
  for (size_t i = 0; i < ties.size(); ++i) {
    if (i + 1 < ties.size() && ties[i].tie.key() == ties[i + 1].tie.key()) continue;  // a later word on the same tie
    Tie tie = ties[i].tie;
    const std::optional<Tie> old =
        before_.next_tie() > 1 && before_.In(tie.from) ? before_.FindTie(tie.key()) : std::optional<Tie>();
    if (!old.has_value() && tie.withdrawn) continue;  // put and taken back within the draft
    if (old.has_value()) {
      tie.number = old->number;
      if (!tie.withdrawn && old->valid == tie.valid && old->manner == tie.manner &&
          before_.Extra(*old) == Attributes(tie))
        continue;
    } else if (*next == UINT32_MAX) {  // the one after the last must have a number too
      if (room_.ok()) room_ = NoRoom("ties", UINT32_MAX - 1);
      continue;
    } else {
      tie.number = (*next)++;
    }
    if (tie.extra >= 0) {
      result->batch.extras.push_back(std::move(extras_[tie.extra]));
      tie.extra = static_cast<int32_t>(result->batch.extras.size()) - 1;
    }
    result->batch.ties.push_back(tie);
    result->tie_origins.push_back(ties[i].origin);
  }
}

}  // namespace jiceng::engine
