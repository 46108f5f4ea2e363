// Small organisations for tests: nodes and ties in a few words, as the batches a store would hand to the graph.
#ifndef JICENG_TESTS_GRAPH_ORGANIZATION_BUILDER_H_
#define JICENG_TESTS_GRAPH_ORGANIZATION_BUILDER_H_

#include <algorithm>
#include <array>
#include <deque>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/date.h"
#include "graph/base_builder.h"
#include "graph/snapshot.h"
#include "model/rows.h"

namespace jiceng::testing {

// "2024-02-29"; "" is `empty`.
inline base::Date Day(std::string_view text, base::Date empty = base::Date::Beginning()) {
  return text.empty() ? empty : base::Date::Parse(text).value();
}
inline base::Validity Days(std::string_view from, std::string_view to = "") {
  return {Day(from), Day(to, base::Date::Forever())};
}

// Gathers rows; Take() ends a batch, Build() makes a base of all batches so far and With() of them one by one.
class OrganizationBuilder {
 public:
  model::NodeNumber Unit(std::string_view id, model::Level level, model::NodeNumber parent = {},
                         base::Validity life = {}) {
    const model::NodeNumber node = Put(model::NodeKind::kUnit, id, life);
    Facts(node)[static_cast<int>(model::Fact::kLevel)] = static_cast<int32_t>(level);
    if (parent) {
      Facts(node)[static_cast<int>(model::Fact::kUnitParent)] = static_cast<int32_t>(parent.bits());
      Tie(model::TieKind::kTerritory, node, parent, life);
    }
    return node;
  }
  // The parent is a fact alone, as the ledger names it; the lines that follow from it are put as ties by whoever needs
  // them.
  model::NodeNumber Org(std::string_view id, int32_t kind, model::NodeNumber seat = {}, model::NodeNumber parent = {},
                        base::Validity life = {}) {
    const model::NodeNumber node = Put(model::NodeKind::kOrganization, id, life);
    Facts(node)[static_cast<int>(model::Fact::kOrgKind)] = kind;
    if (parent) Facts(node)[static_cast<int>(model::Fact::kOrgParent)] = static_cast<int32_t>(parent.bits());
    if (seat) {
      Facts(node)[static_cast<int>(model::Fact::kOrgSeat)] = static_cast<int32_t>(seat.bits());
      Tie(model::TieKind::kSeat, node, seat, life);
    }
    return node;
  }
  model::NodeNumber Person(std::string_view id, model::PartyStatus status = model::PartyStatus::kFull,
                           bool in_service = false) {
    const model::NodeNumber node = Put(model::NodeKind::kPerson, id, {});
    Facts(node)[static_cast<int>(model::Fact::kPartyStatus)] = static_cast<int32_t>(status);
    Facts(node)[static_cast<int>(model::Fact::kInService)] = in_service ? 1 : 0;
    return node;
  }
  void Tie(model::TieKind kind, model::NodeNumber from, model::NodeNumber to, base::Validity valid = {},
           model::RoleNumber role = 0, uint8_t manner = 0, bool withdrawn = false) {
    model::Tie tie;
    tie.kind = kind;
    tie.from = from;
    tie.to = to;
    tie.valid = valid;
    tie.role = role;
    tie.manner = manner;
    tie.withdrawn = withdrawn;
    batch_.ties.push_back(tie);
  }
  // Of the tie put last.
  void Attributes(std::string json) {
    batch_.ties.back().extra = static_cast<int32_t>(batch_.extras.size());
    batch_.extras.push_back(std::move(json));
  }
  void Formal(model::NodeNumber person, model::NodeNumber org, base::Validity valid = {}) {
    Tie(model::TieKind::kAffiliation, person, org, valid, 0, static_cast<uint8_t>(model::AffiliationManner::kFormal));
  }
  void Fact(model::NodeNumber node, model::Fact fact, base::Validity valid, int32_t value) {
    batch_.facts.push_back({node, fact, valid, value});
  }
  void Node(const model::NodeRow& row) { batch_.nodes.push_back(row); }
  void Text(model::NodeNumber node, model::TextAttribute attribute, base::Validity valid, std::string_view value) {
    batch_.texts.push_back({node, attribute, valid, std::string(value)});
  }
  void Term(const model::TermRow& row) { batch_.terms.push_back(row); }
  void Attachment(const model::AttachmentRow& row) { batch_.attachments.push_back(row); }

  // Ends the batch: ties in key order and numbered, an amended one keeping its number.
  void Take() {
    std::stable_sort(batch_.ties.begin(), batch_.ties.end(),
                     [](const model::Tie& a, const model::Tie& b) { return a.key() < b.key(); });
    for (model::Tie& tie : batch_.ties) {
      const auto [it, inserted] = numbers_.emplace(tie.key(), next_tie_);
      if (inserted) ++next_tie_;
      tie.number = it->second;
    }
    batches_.push_back(std::move(batch_));
    batch_ = {};
  }
  // One base of all batches.
  std::shared_ptr<const graph::Snapshot> Build() {
    if (!batch_.empty()) Take();
    graph::BaseBuilder builder;
    for (const model::Batch& batch : batches_) builder.OnBatch(batch);
    return std::make_shared<graph::Snapshot>(builder.Finish({}).value());
  }
  // A base of the first batches and a delta of the others up to `end`.
  std::shared_ptr<const graph::Snapshot> BuildWithDelta(size_t in_base) {
    if (!batch_.empty()) Take();
    return BuildWithDelta(in_base, batches_.size());
  }
  std::shared_ptr<const graph::Snapshot> BuildWithDelta(size_t in_base, size_t end) const {
    graph::BaseBuilder builder;
    for (size_t i = 0; i < std::min(in_base, batches_.size()); ++i) builder.OnBatch(batches_[i]);
    std::shared_ptr<const graph::Snapshot> snapshot = std::make_shared<graph::Snapshot>(builder.Finish({}).value());
    for (size_t i = in_base; i < end; ++i) snapshot = snapshot->With(batches_[i]);
    return snapshot;
  }
  // The snapshot with one more batch.
  std::shared_ptr<const graph::Snapshot> Add(const graph::Snapshot& snapshot, size_t batch) const {
    return snapshot.With(batches_[batch]);
  }
  size_t batches() const { return batches_.size(); }
  const model::Batch& batch(size_t i) const { return batches_[i]; }

 private:
  model::NodeNumber Put(model::NodeKind kind, std::string_view id, base::Validity life) {
    const model::NodeNumber node(kind, count_[static_cast<int>(kind)]++);
    texts_.emplace_back(id);
    model::NodeRow row;
    row.node = node;
    row.life = life;
    batch_.nodes.push_back(row);
    batch_.identities.push_back({node, texts_.back(), texts_.back()});
    return node;
  }
  std::array<int32_t, model::kMaxFacts>& Facts(model::NodeNumber) { return batch_.nodes.back().facts; }

  model::Batch batch_;
  std::vector<model::Batch> batches_;
  std::deque<std::string> texts_;
  std::map<model::TieKey, uint32_t> numbers_;
  uint32_t count_[model::kNodeKinds] = {};
  uint32_t next_tie_ = 1;
};

}  // namespace jiceng::testing

#endif  // JICENG_TESTS_GRAPH_ORGANIZATION_BUILDER_H_
