// A draft: changes being put together over a snapshot.  Reading it sees the snapshot with the draft's changes;
// finishing it gives the batch.
#ifndef JICENG_ENGINE_DRAFT_H_
#define JICENG_ENGINE_DRAFT_H_

#include <algorithm>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "absl/status/status.h"
#include "base/release.h"
#include "engine/text_index.h"
#include "graph/snapshot.h"
#include "model/catalogue.h"
#include "model/rows.h"
#include "model/timeline.h"

namespace jiceng::engine {

using base::Release;

// Text that stays where it is, for views handed around while a draft is made.
class Arena {
 public:
  std::string_view Keep(std::string_view text);

 private:
  std::deque<std::string> blocks_;
};

// Where a change came from, for telling whoever asked; meaning is the caller's.  kNowhere for what follows from other
// changes.
using Origin = int64_t;
inline constexpr Origin kNowhere = -1;

// A put or a withdrawal of a tie; `tie.extra` is what KeepAttributes() gave.
struct TieRow {
  model::Tie tie;
  Origin origin = kNowhere;
};

// A finished draft.
struct DraftResult {
  model::Batch batch;
  std::vector<Origin> tie_origins;  // parallel to batch.ties
  absl::Status room;  // RESOURCE_EXHAUSTED (LIMIT_REACHED) when numbers ran out: then it is no whole batch
};

// Sorts rows holding a `tie` by its key, stably.  Ledgers mostly come in order of their people: then only each one's
// few rows are moved.
template <typename Row>
void SortByKey(std::vector<Row>* rows) {
  const auto before = [](const Row& a, const Row& b) { return a.tie.key() < b.tie.key(); };
  const auto person_before = [](const Row& a, const Row& b) { return a.tie.from < b.tie.from; };
  if (std::is_sorted(rows->begin(), rows->end(), before)) return;
  if (!std::is_sorted(rows->begin(), rows->end(), person_before)) {
    std::stable_sort(rows->begin(), rows->end(), before);
    return;
  }
  for (auto first = rows->begin(); first != rows->end();) {
    auto last = first + 1;
    while (last != rows->end() && last->tie.from == first->tie.from) ++last;
    if (!std::is_sorted(first, last, before)) std::stable_sort(first, last, before);
    first = last;
  }
}

// One thread at a time.  The snapshot must outlive it.
class Draft {
 public:
  Draft(const graph::Snapshot& before, const model::Catalogue& catalogue) : before_(before), catalogue_(catalogue) {}

  const graph::Snapshot& before() const { return before_; }
  const model::Catalogue& catalogue() const { return catalogue_; }
  Arena& arena() { return arena_; }

  // --- Nodes
  // A new node.  The id must be free.
  model::NodeNumber CreateNode(model::NodeKind kind, std::string_view id, std::string_view name) {
    return CreateKeptNode(kind, arena_.Keep(id), arena_.Keep(name));
  }
  // The same for texts that lie in arena() already.
  model::NodeNumber CreateKeptNode(model::NodeKind kind, std::string_view id, std::string_view name);
  bool IsNew(model::NodeNumber node) const { return node.ordinal() >= before_.Count(node.kind()); }
  bool In(model::NodeNumber node) const {
    return before_.In(node) || (node.kind() != model::NodeKind::kNone && node.ordinal() < Count(node.kind()));
  }
  uint32_t Count(model::NodeKind kind) const {
    return before_.Count(kind) + static_cast<uint32_t>(created_[static_cast<int>(kind)].rows.size());
  }
  // Room for so many new nodes of a kind.
  void ReserveNodes(model::NodeKind kind, size_t more);
  // By id, else by a code in force in the end.  Sees new nodes; those withdrawn are found too.
  std::optional<model::NodeNumber> Find(model::NodeKind kind, std::string_view id) const;
  std::string_view Id(model::NodeNumber node) const;
  std::string Text(model::NodeNumber node) const;

  base::Validity Life(model::NodeNumber node) const;
  uint8_t Precision(model::NodeNumber node) const;
  bool Withdrawn(model::NodeNumber node) const;
  void SetLife(model::NodeNumber node, base::Validity life, uint8_t precision);
  void WithdrawNode(model::NodeNumber node);
  // Puts a withdrawn node again, with no facts; they are assigned afterwards.
  void RestoreNode(model::NodeNumber node);

  // --- Facts and texts
  model::FactTimeline Timeline(model::NodeNumber node, model::Fact fact) const;
  int32_t FactAt(model::NodeNumber node, model::Fact fact, base::Date day) const {
    return Timeline(node, fact).At(day);
  }
  // No row when the timeline already says so.
  void AssignFact(model::NodeNumber node, model::Fact fact, base::Validity valid, int32_t value);
  // Always a row: the caller has compared with what the store has.
  void AssignText(model::NodeNumber node, model::TextAttribute attribute, base::Validity valid, std::string_view value);
  void RegisterCode(std::string_view code, model::NodeNumber node);  // lets Find() see a code given in this draft

  // --- Ties
  // Opens or amends: no row when the snapshot has the same tie with the same content.  A later put of the same key
  // wins.
  void PutTie(model::Tie tie, std::string_view attributes, Origin origin);
  // Puts many of one kind, taking the vector over where it can.
  void PutTies(model::TieKind kind, std::vector<TieRow> ties);
  // Attributes JSON of ties, "" for none; the index counts until Finish().
  int32_t KeepAttributes(std::string_view attributes);
  std::string_view Attributes(const model::Tie& tie) const {
    return tie.extra < 0 ? std::string_view() : std::string_view(extras_[static_cast<size_t>(tie.extra)]);
  }
  void WithdrawTie(const model::Tie& tie, Origin origin);
  void PutTerm(const model::TermRow& term);
  // No row when what is attached says so already.  attachments() sees it.
  void PutAttachment(const model::AttachmentRow& row);
  const model::Attachments& attachments() const;
  // The number of a matter that is new.
  uint32_t CreateMatter() { return before_.next_matter() + created_matters_++; }
  void PutStep(const model::StepRow& row) { steps_.push_back(row); }

  // Nodes whose lifetime, kind, parent or seat the draft has touched, for DeriveStructure(); some more than once.
  const std::vector<model::NodeNumber>& touched() const { return touched_; }

  // Numbers new ties in key order and hands everything over.  The draft's arena must outlive the batch.
  DraftResult Finish();

 private:
  // New nodes of one kind, as the batch will have them.
  struct Created {
    std::vector<model::NodeRow> rows;
    std::vector<model::IdentityRow> identities;
  };
  static uint64_t FactKey(model::NodeNumber node, model::Fact fact) {
    return uint64_t{node.bits()} << 8 | static_cast<uint64_t>(fact);
  }
  model::NodeRow* FindCreated(model::NodeNumber node) {
    return IsNew(node) ? &created_[static_cast<int>(node.kind())].rows[node.ordinal() - before_.Count(node.kind())]
                       : nullptr;
  }
  const model::NodeRow* FindCreated(model::NodeNumber node) const {
    return const_cast<Draft*>(this)->FindCreated(node);
  }

  // How an id is looked up: units may spell a division code in several ways.
  static std::string_view Canonical(model::NodeKind kind, std::string_view id);
  void Touch(model::NodeNumber node) {
    if (touched_.empty() || touched_.back() != node) touched_.push_back(node);
  }
  void FinishTies(std::vector<TieRow>& ties, uint32_t* next, DraftResult* result);

  const graph::Snapshot& before_;
  const model::Catalogue& catalogue_;
  Arena arena_;
  Created created_[model::kNodeKinds];
  TextIndex by_id_[model::kNodeKinds];  // of created_
  std::unordered_map<std::string, model::NodeNumber> by_code_[model::kNodeKinds];
  std::unordered_map<model::NodeNumber, model::NodeRow>
      changed_;  // lifetime, withdrawal or restoration of nodes there before
  std::unordered_map<uint64_t, model::FactTimeline> timelines_;  // of facts the draft has touched
  std::vector<model::NodeNumber> touched_;
  std::vector<model::FactRow> facts_;
  std::vector<model::TextRow> texts_;
  std::vector<model::TermRow> terms_;
  std::vector<model::AttachmentRow> attachment_rows_;
  std::optional<model::Attachments> attachments_;  // with the rows; none while there are none
  std::vector<model::StepRow> steps_;
  uint32_t created_matters_ = 0;
  std::vector<TieRow> ties_[model::kTieKinds];
  std::vector<std::string> extras_;
  absl::Status room_;
};

}  // namespace jiceng::engine

#endif  // JICENG_ENGINE_DRAFT_H_
