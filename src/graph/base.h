// The base: every node and tie of the current belief with its whole valid-time history, as columns indexed by both
// ends.
#ifndef JICENG_GRAPH_BASE_H_
#define JICENG_GRAPH_BASE_H_

#include <algorithm>
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>

#include "absl/status/statusor.h"
#include "base/date.h"
#include "graph/columns.h"
#include "graph/packed.h"
#include "graph/step_columns.h"
#include "model/rows.h"
#include "model/timeline.h"

namespace jiceng::graph {

// One fact of one kind of node: a value each, or a pointer into the steps for the few whose value has changed over
// time.
struct FactColumn {
  static constexpr uint8_t kNarrowNone = 255, kNarrowDated = 254;
  static constexpr int32_t kWideDated = INT32_MIN + 1;
  absl::Span<const uint8_t> narrow;  // either this
  absl::Span<const int32_t> wide;    // or this
  absl::Span<const uint32_t> dated;  // ordinals with steps, ascending
  absl::Span<const uint32_t> steps;  // offsets into the next two, one more than `dated`
  absl::Span<const int32_t> step_from, step_value;

  int32_t At(uint32_t ordinal, base::Date day) const;
  // Appends every step to the timeline.
  void Read(uint32_t ordinal, model::FactTimeline* timeline) const;

 private:
  int32_t Dated(uint32_t ordinal, base::Date day) const;
};

// One kind of tie, ordered by from-node; `permutation` lists them by to-node.  Offsets are by node kind, empty where
// the kind cannot stand at that end.
struct TieColumns {
  uint32_t size = 0;
  absl::Span<const uint32_t> from, to;  // NodeNumber bits; as they are, since passes read them
  DayColumn since, until;
  BlockColumn number;
  absl::Span<const uint8_t> role, manner;  // empty for kinds without
  BlockColumn forward[model::kNodeKinds], backward[model::kNodeKinds];
  absl::Span<const uint32_t> permutation;
  absl::Span<const uint32_t> extra_tie,
      extra_offset;  // ties with further attributes, ascending, and where their JSON begins
  absl::Span<const char> extra_bytes;

  // [first, last) of the ties leaving (or, through the permutation, reaching) a node.
  std::pair<uint32_t, uint32_t> Range(const BlockColumn& offsets, uint32_t ordinal) const {
    if (ordinal + size_t{1} >= offsets.size()) return {0, 0};
    const auto [first, end] = offsets.Two(ordinal);
    const uint32_t last = std::min(end, size);  // a damaged file must not lead us out of it
    return {std::min(first, last), last};
  }
  model::Tie At(model::TieKind kind, uint32_t index) const {
    model::Tie tie;
    tie.kind = kind;
    tie.from = model::NodeNumber::FromBits(from[index]);
    tie.to = model::NodeNumber::FromBits(to[index]);
    tie.valid = {since[index], until[index]};
    tie.number = number[index];
    if (!role.empty()) tie.role = role[index];
    if (!manner.empty()) tie.manner = manner[index];
    return tie;
  }
  std::string_view Extra(uint32_t index) const;
};

// A code of a node and the days it is in force.
struct CodeEntry {
  model::NodeNumber node;
  model::TextAttribute attribute{};
  base::Validity valid;
};

// The base over a file of columns.  Immutable, share freely.
class Base {
 public:
  // Checks that columns which belong together are of one length.  Errors: DATA_LOSS, reason BASE_UNREADABLE.
  static absl::StatusOr<std::shared_ptr<const Base>> Open(std::shared_ptr<const ColumnFile> file);

  const ColumnFile& file() const { return *file_; }
  const Stamp& stamp() const { return file_->stamp(); }
  uint32_t Count(model::NodeKind kind) const { return count_[static_cast<int>(kind)]; }
  uint32_t next_tie() const { return next_tie_; }

  // `node` must be in range for the next four.
  base::Validity Life(model::NodeNumber node) const;
  bool Withdrawn(model::NodeNumber node) const;
  uint8_t Precision(model::NodeNumber node) const;  // from | to << 2
  std::string_view Id(model::NodeNumber node) const;
  // Of all nodes of a kind; empty for persons, who have no lifetimes.
  const DayColumn& LifeFrom(model::NodeKind kind) const { return nodes_[static_cast<int>(kind)].life_from; }
  const DayColumn& LifeTo(model::NodeKind kind) const { return nodes_[static_cast<int>(kind)].life_to; }
  const FactColumn& Fact(model::NodeKind kind, model::Fact fact) const {
    return facts_[static_cast<int>(kind)][static_cast<int>(fact)];
  }
  const TieColumns& Ties(model::TieKind kind) const { return ties_[static_cast<int>(kind)]; }

  std::optional<model::NodeNumber> FindId(model::NodeKind kind, std::string_view canonical_id) const;
  // Calls visit(entry, text) for every code equal to `canonical`, and with an empty `canonical` for every code there
  // is.
  template <typename Visit>
  void VisitCodes(std::string_view canonical, Visit visit) const;
  // Those of one node and attribute.  O(log codes).
  template <typename Visit>
  void VisitCodesOf(model::NodeNumber node, model::TextAttribute attribute, Visit visit) const;
  absl::Span<const model::TermRow> terms() const { return terms_; }  // by organisation, then number
  const std::shared_ptr<const model::Attachments>& attachments() const { return attachments_; }  // never null
  const StepColumns& steps() const { return steps_; }

 private:
  friend class BaseBuilder;
  Base() = default;
  CodeEntry CodeAt(uint32_t index) const;
  std::string_view CodeText(uint32_t index) const;

  std::shared_ptr<const ColumnFile> file_;
  uint32_t count_[model::kNodeKinds] = {};
  uint32_t next_tie_ = 1;
  struct NodeColumns {
    DayColumn life_from, life_to;
    absl::Span<const uint8_t> precision;
    absl::Span<const uint32_t> withdrawn;
    BlockColumn id_offset;
    SlotTable id_slot;
    absl::Span<const char> id_bytes;
  } nodes_[model::kNodeKinds];
  FactColumn facts_[model::kNodeKinds][model::kMaxFacts];
  TieColumns ties_[model::kTieKinds];
  struct {
    absl::Span<const uint32_t> node, offset;
    SlotTable slot;
    absl::Span<const uint8_t> attribute;
    absl::Span<const int32_t> from, to;
    absl::Span<const char> bytes;
  } codes_;
  std::vector<model::TermRow> terms_;
  std::shared_ptr<const model::Attachments> attachments_ = std::make_shared<const model::Attachments>();
  StepColumns steps_;
};

template <typename Visit>
void Base::VisitCodes(std::string_view canonical, Visit visit) const {
  if (canonical.empty()) {
    for (uint32_t i = 0; i < codes_.node.size(); ++i) visit(CodeAt(i), CodeText(i));
    return;
  }
  codes_.slot.Probe(canonical, [&](uint32_t index) {
    if (CodeText(index) == canonical) visit(CodeAt(index), canonical);
    return true;
  });
}

template <typename Visit>
void Base::VisitCodesOf(model::NodeNumber node, model::TextAttribute attribute, Visit visit) const {
  const auto owner = [&](uint32_t i) { return std::pair(CodeAt(i).node, CodeAt(i).attribute); };
  const std::pair wanted(node, attribute);
  uint32_t first = 0, last = static_cast<uint32_t>(codes_.node.size());
  while (first < last) {
    const uint32_t middle = first + (last - first) / 2;
    if (owner(middle) < wanted) {
      first = middle + 1;
    } else {
      last = middle;
    }
  }
  for (; first < codes_.node.size() && owner(first) == wanted; ++first) visit(CodeAt(first), CodeText(first));
}

// Where each column lies; see base_builder.cc for what is written there.
enum ColumnGroup : uint32_t {
  kGroupNode = 1,
  kGroupFact = 2,
  kGroupTie = 3,
  kGroupCode = 4,
  kGroupTerm = 5,
  kGroupStore = 6,
  kGroupAttachment = 7,
  kGroupStep = 8
};
constexpr uint32_t ColumnId(ColumnGroup group, uint32_t which, uint32_t field) {
  return group << 24 | which << 8 | field;
}

}  // namespace jiceng::graph

#endif  // JICENG_GRAPH_BASE_H_
