// The delta: what commits since the base was built have changed, small and in memory.
#ifndef JICENG_GRAPH_DELTA_H_
#define JICENG_GRAPH_DELTA_H_

#include <array>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <variant>
#include <vector>

#include "graph/base.h"
#include "graph/shared_map.h"
#include "model/rows.h"
#include "model/timeline.h"

namespace jiceng::graph {

// All that is known of a node whose rows lie in the delta; stands instead of the base's.
struct NodeState {
  base::Validity life;
  uint8_t precision = 0;
  bool withdrawn = false;
  std::vector<model::FactTimeline> facts;
};

// What may be among some numbers: says no for most that are not, in one look.  64 Kibit.
class Filter {
 public:
  void Add(uint32_t number) { words_[Place(number) / 64] |= Bit(number); }
  bool MayHold(uint32_t number) const { return (words_[Place(number) / 64] & Bit(number)) != 0; }

 private:
  static uint32_t Place(uint32_t number) { return number * 0x9E3779B9u >> 16; }
  static uint64_t Bit(uint32_t number) { return uint64_t{1} << Place(number) % 64; }
  std::array<uint64_t, 1024> words_{};
};

// Ties of one kind that are new or amended since the base.
struct DeltaTies {
  struct ToKey {
    model::NodeNumber to;
    model::TieKey key;
    friend bool operator<(const ToKey& a, const ToKey& b) { return a.to != b.to ? a.to < b.to : a.key < b.key; }
  };
  SharedMap<model::TieKey, model::Tie> by_from;  // a withdrawn one only hides the base's
  SharedMap<ToKey, model::Tie> by_to;            // the same by their other end
  SharedMap<uint32_t, std::monostate> hidden;    // indexes in the base's columns of those that stand here instead
  Filter ends;                                   // the nodes at either end; what is hidden lies between the same two

  // False for most nodes without a tie here, and so without a hidden one: theirs are the base's.
  bool MayConcern(model::NodeNumber node) const { return ends.MayHold(node.bits()); }
  bool Hides(uint32_t index) const { return hidden.Find(index) != nullptr; }
};

// A node that a row since the base has touched; of a tie's row both ends.
struct Touched {
  enum What : uint8_t { kNode, kFact, kTerm, kTie };
  model::NodeNumber node;
  What what = kNode;
  uint8_t which = 0;  // the model::Fact or model::TieKind

  // Whether such a row may change the territory on some day: units, their levels, what they belong to.
  bool ChangesTerritory() const { return Is(model::NodeKind::kUnit, model::Fact::kLevel, model::TieKind::kTerritory); }
  // Whether it may change the seating but by the territory: organisations, their kinds, where they are seated.
  bool ChangesSeats() const { return Is(model::NodeKind::kOrganization, model::Fact::kOrgKind, model::TieKind::kSeat); }

 private:
  // About a node of that kind, or such a fact of it, or a tie of that kind.
  bool Is(model::NodeKind kind, model::Fact fact, model::TieKind tie) const {
    return what == kTie
               ? which == static_cast<uint8_t>(tie)
               : node.kind() == kind && (what == kNode || (what == kFact && which == static_cast<uint8_t>(fact)));
  }
};

// Immutable once published in a snapshot.  A new one shares with the last what it does not change; `optimize` folds it
// away.
struct Delta {
  uint32_t count[model::kNodeKinds] = {};  // nodes in all, base included
  uint32_t next_tie = 1;
  int64_t rows = 0;  // how many have come since the base: when folding pays
  uint32_t touches = 0;
  SharedMap<uint32_t, Touched> touched;  // in the order of the log, numbered from 0
  SharedMap<model::NodeNumber, std::shared_ptr<const NodeState>> nodes;
  std::shared_ptr<const Filter> changed_nodes;    // what may be in `nodes`
  SharedMap<model::NodeNumber, std::string> ids;  // of nodes beyond the base's count
  using IdMap = SharedMap<std::string, model::NodeNumber>;
  std::array<IdMap, model::kNodeKinds> by_id;                           // by canonical id
  std::array<std::shared_ptr<const DeltaTies>, model::kTieKinds> ties;  // null where there are none
  SharedMap<uint32_t, std::string> extras;                              // attributes JSON by tie number
  using CodeOwner = std::pair<model::NodeNumber, model::TextAttribute>;
  SharedMap<CodeOwner, model::Timeline<std::string>> codes;  // instead of the base's for that owner
  SharedMap<std::tuple<std::string, model::NodeNumber, model::TextAttribute>, std::monostate> code_owners;  // by text
  SharedMap<std::pair<model::NodeNumber, int32_t>, model::TermRow> terms;
  std::shared_ptr<const model::Attachments> attachments;  // all there are, instead of the base's; null: the base's
  SharedMap<model::StepRow::Key, model::StepRow> steps;   // a withdrawn one only hides the base's
  uint32_t next_matter = 1, matter_touches = 0;
  SharedMap<uint32_t, uint32_t> touched_matters;  // in the order of the log, numbered from 0

  // False for most nodes of which all lies in the base.
  bool MayHold(model::NodeNumber node) const { return changed_nodes != nullptr && changed_nodes->MayHold(node.bits()); }
  const NodeState* Find(model::NodeNumber node) const {
    if (!MayHold(node)) return nullptr;
    const auto* state = nodes.Find(node);
    return state == nullptr ? nullptr : state->get();
  }
};

// Adds rows to what a base and an earlier delta hold.  One thread at a time; O(log size) a row, and what SharedMap says
// at the end.
class DeltaBuilder {
 public:
  // `before` may be null; both must outlive the builder.
  DeltaBuilder(const Base& base, const Delta* before);

  void OnNode(const model::NodeRow& row);
  void OnFact(const model::FactRow& row);
  void OnText(model::NodeNumber node, model::TextAttribute attribute, base::Validity valid, std::string_view value);
  void OnTerm(const model::TermRow& row);
  void OnAttachment(const model::AttachmentRow& row);
  void OnStep(const model::StepRow& row);
  void OnTie(const model::Tie& tie, std::string_view attributes);
  std::shared_ptr<const Delta> Finish();
  // Whether a row so far may have changed the territory on some day.
  bool changes_territory() const { return changes_territory_; }
  // Likewise the seating, but by the territory.
  bool changes_seats() const { return changes_seats_; }

 private:
  template <typename Map>
  using Changes = typename Map::Changes;
  struct TieChanges {
    Changes<decltype(DeltaTies::by_from)> by_from;
    Changes<decltype(DeltaTies::by_to)> by_to;
    Changes<decltype(DeltaTies::hidden)> hidden;
  };

  NodeState& StateOf(model::NodeNumber node);
  void Touch(const Touched& touched) {
    touched_[delta_.touches++] = touched;
    changes_territory_ = changes_territory_ || touched.ChangesTerritory();
    changes_seats_ = changes_seats_ || touched.ChangesSeats();
  }
  void OnId(model::NodeNumber node, std::string_view id);
  void OnCode(model::NodeNumber node, model::TextAttribute attribute, base::Validity valid, std::string_view value);

  const Base& base_;
  Delta delta_;  // as before, but for the numbers; changes are merged in at the end
  std::map<model::NodeNumber, NodeState> nodes_;
  std::map<Delta::CodeOwner, model::Timeline<std::string>> codes_;
  Changes<decltype(Delta::ids)> ids_;
  std::array<Changes<Delta::IdMap>, model::kNodeKinds> by_id_;
  std::array<TieChanges, model::kTieKinds> ties_;
  Changes<decltype(Delta::extras)> extras_;
  Changes<decltype(Delta::terms)> terms_;
  std::vector<model::AttachmentRow> attachments_;
  Changes<decltype(Delta::steps)> steps_;
  Changes<decltype(Delta::touched_matters)> touched_matters_;
  Changes<decltype(Delta::touched)> touched_;
  bool changes_territory_ = false, changes_seats_ = false;
};

}  // namespace jiceng::graph

#endif  // JICENG_GRAPH_DELTA_H_
