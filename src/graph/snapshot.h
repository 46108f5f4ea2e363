// A snapshot: the organisation as one commit left it, with its whole valid-time history, answering for any date.
#ifndef JICENG_GRAPH_SNAPSHOT_H_
#define JICENG_GRAPH_SNAPSHOT_H_

#include <algorithm>
#include <limits>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "graph/base.h"
#include "graph/delta.h"
#include "graph/territory.h"

namespace jiceng::graph {

class Seating;

// Base and delta seen as one.  Immutable, share freely; readers never wait for writers.  Holds no names and no personal
// attributes.
class Snapshot {
 public:
  explicit Snapshot(std::shared_ptr<const Base> base, std::shared_ptr<const Delta> delta = nullptr)
      : base_(std::move(base)), delta_(std::move(delta)) {}

  // A store without commits.
  static std::shared_ptr<const Snapshot> Empty();
  // Rows for a snapshot after this one, which must outlive the builder, and the snapshot they give.  Shares the base.
  DeltaBuilder Builder() const { return DeltaBuilder(*base_, delta_.get()); }
  std::shared_ptr<const Snapshot> With(DeltaBuilder* rows) const;
  std::shared_ptr<const Snapshot> With(const model::Batch& batch) const;
  const Base& base() const { return *base_; }
  const Delta* delta() const { return delta_.get(); }  // null when there is none
  int64_t delta_rows() const { return delta_ == nullptr ? 0 : delta_->rows; }

  // What has been touched since the base, in the order of the log.  Of two versions of one store with the same base the
  // later one has touched what the earlier had, and from touches() of that one on what has come between.
  uint32_t touches() const { return delta_ == nullptr ? 0 : delta_->touches; }
  bool SharesBase(const Snapshot& other) const { return base_ == other.base_; }
  // Calls visit(touched) for as long as it returns true; false when it did not.
  template <typename Visit>  // bool(const Touched&)
  bool ForEachTouched(uint32_t first, Visit visit) const {
    bool more = true;
    if (delta_ == nullptr) return more;
    delta_->touched.ForEachFrom(first, [&](uint32_t, const Touched& touched) { return more = visit(touched); });
    return more;
  }

  // --- Nodes.  A number from outside is good when In() says so; everything else here expects a good one.
  uint32_t Count(model::NodeKind kind) const {
    return delta_ == nullptr ? base_->Count(kind) : delta_->count[static_cast<int>(kind)];
  }
  bool In(model::NodeNumber node) const {
    return node.kind() != model::NodeKind::kNone && node.ordinal() < Count(node.kind());
  }
  // Whether all that is known of a node itself may be other than in the base; false for most of which it is not.
  bool MayHaveChanged(model::NodeNumber node) const { return delta_ != nullptr && delta_->MayHold(node); }
  base::Validity Life(model::NodeNumber node) const;
  uint8_t Precision(model::NodeNumber node) const;  // from | to << 2
  bool Withdrawn(model::NodeNumber node) const;
  // Existing on that day: put, not withdrawn, and within its lifetime.
  bool Exists(model::NodeNumber node, base::Date day) const { return Life(node).Holds(day) && !Withdrawn(node); }
  int32_t FactAt(model::NodeNumber node, model::Fact fact, base::Date day) const {
    const NodeState* state = Changed(node);
    if (state != nullptr) return state->facts[static_cast<int>(fact)].At(day);
    return node.ordinal() < base_->Count(node.kind()) ? base_->Fact(node.kind(), fact).At(node.ordinal(), day)
                                                      : model::kNoValue;
  }
  model::FactTimeline FactTimeline(model::NodeNumber node, model::Fact fact) const;
  std::string_view Id(model::NodeNumber node) const;
  std::string Text(model::NodeNumber node) const;  // "org:1000001"

  // The node of that kind with this id, else with this code in force on `day` (Forever(): the latest).  Withdrawn nodes
  // are found too.
  std::optional<model::NodeNumber> Find(model::NodeKind kind, std::string_view id, base::Date day) const;

  // --- Ties of the current belief, over all valid time.  Visit: void(const model::Tie&).
  template <typename Visit>
  void ForEachFrom(model::TieKind kind, model::NodeNumber node, Visit visit) const;
  template <typename Visit>
  void ForEachTo(model::TieKind kind, model::NodeNumber node, Visit visit) const;
  template <typename Visit>
  void ForEachTie(model::TieKind kind, Visit visit) const;
  // Those holding on `day`.
  template <typename Visit>
  void ForEachOpenFrom(model::TieKind kind, model::NodeNumber node, base::Date day, Visit visit) const {
    ForEachFrom(kind, node, [&](const model::Tie& tie) {
      if (tie.valid.Holds(day)) visit(tie);
    });
  }
  template <typename Visit>
  void ForEachOpenTo(model::TieKind kind, model::NodeNumber node, base::Date day, Visit visit) const {
    ForEachTo(kind, node, [&](const model::Tie& tie) {
      if (tie.valid.Holds(day)) visit(tie);
    });
  }
  // Where the ties leaving a node lead that hold on `day`: visit(const Upper&).  Reads three or four columns where a whole
  // tie lies in seven.
  struct Upper {
    model::NodeNumber to;
    uint8_t manner = 0;
  };
  template <typename Visit>
  void ForEachUpper(model::TieKind kind, model::NodeNumber node, base::Date day, Visit visit) const;
  // What has changed since the base among the ties of a kind, or those of one node; null where nothing has.
  const DeltaTies* Changed(model::TieKind kind) const {
    return delta_ == nullptr ? nullptr : delta_->ties[static_cast<int>(kind)].get();
  }
  const DeltaTies* Changed(model::TieKind kind, model::NodeNumber node) const {
    const DeltaTies* changed = Changed(kind);
    return changed != nullptr && changed->MayConcern(node) ? changed : nullptr;
  }
  std::optional<model::Tie> FindTie(const model::TieKey& key) const;
  std::string_view Extra(const model::Tie& tie) const;  // attributes JSON or ""
  uint32_t next_tie() const { return delta_ == nullptr ? base_->next_tie() : delta_->next_tie; }

  // --- Codes and terms.  Visit: void(const CodeEntry&, std::string_view); void(const model::TermRow&).
  template <typename Visit>
  void ForEachCode(Visit visit) const;
  template <typename Visit>
  void ForEachTerm(Visit visit) const;
  template <typename Visit>
  void ForEachTermOf(model::NodeNumber org, Visit visit) const;

  // What is attached to nodes, in the order of the keys.  Of two snapshots of one store with the same pointer nothing was
  // attached or detached in between.
  const std::shared_ptr<const model::Attachments>& attachments() const {
    return delta_ == nullptr || delta_->attachments == nullptr ? base_->attachments() : delta_->attachments;
  }

  // --- Matters, by their numbers from 1; some of them may have been withdrawn.  Visit: void(const model::StepRow&), in
  // the order of the steps.
  uint32_t next_matter() const { return delta_ == nullptr ? base_->steps().next_matter() : delta_->next_matter; }
  template <typename Visit>
  void ForEachStepOf(uint32_t matter, Visit visit) const;
  template <typename Visit>  // void(uint32_t), of every matter with an opening, in no order and some twice
  void ForEachMatter(Visit visit) const;
  // Of two snapshots with the same base the later one has touched what the earlier had, and then the matters from
  // matter_touches() of that one on; some more than once.
  uint32_t matter_touches() const { return delta_ == nullptr ? 0 : delta_->matter_touches; }
  template <typename Visit>  // void(uint32_t)
  void ForEachTouchedMatter(uint32_t first, Visit visit) const {
    if (delta_ == nullptr) return;
    delta_->touched_matters.ForEachFrom(first, [&](uint32_t, uint32_t matter) {
      visit(matter);
      return true;
    });
  }

  // The territory tree on `day`; the last few made are kept, each for all days it is good for.
  std::shared_ptr<const Territory> TerritoryOn(base::Date day) const;
  // Where organisations are seated on `day`, kept likewise.
  std::shared_ptr<const Seating> SeatingOn(base::Date day) const;
  // The same for who can do without: null as long as making it would take longer than all that was done without so far.
  // `walk` says how long this question takes without, as a number of units whose seats are looked up.
  std::shared_ptr<const Seating> SeatingOn(base::Date day, uint64_t walk) const;

 private:
  const NodeState* Changed(model::NodeNumber node) const { return delta_ == nullptr ? nullptr : delta_->Find(node); }
  template <typename Visit>
  void VisitCodesOf(std::string_view canonical, Visit visit) const;

  std::shared_ptr<const Base> base_;
  std::shared_ptr<const Delta> delta_;
  mutable std::mutex mutex_;
  // Under mutex_; the newest last.
  mutable std::vector<std::shared_ptr<const Territory>> territories_;
  mutable std::vector<std::shared_ptr<const Seating>> seatings_;
  mutable uint64_t walked_ = 0;  // since a seating was made
};

template <typename Visit>
void Snapshot::ForEachFrom(model::TieKind kind, model::NodeNumber node, Visit visit) const {
  const TieColumns& columns = base_->Ties(kind);
  const DeltaTies* changed = Changed(kind, node);
  const auto [first, last] = columns.Range(columns.forward[static_cast<int>(node.kind())], node.ordinal());
  for (uint32_t i = first; i < last; ++i) {
    if (changed == nullptr || !changed->Hides(i)) visit(columns.At(kind, i));
  }
  if (changed == nullptr) return;
  const model::TieKey least{kind, 0, node, model::NodeNumber(), base::Date::Beginning()};
  changed->by_from.ForEachFrom(least, [&](const model::TieKey& key, const model::Tie& tie) {
    if (key.from != node) return false;
    if (!tie.withdrawn) visit(tie);
    return true;
  });
}

template <typename Visit>
void Snapshot::ForEachUpper(model::TieKind kind, model::NodeNumber node, base::Date day, Visit visit) const {
  if (Changed(kind, node) != nullptr) {
    return ForEachOpenFrom(kind, node, day, [&](const model::Tie& tie) { visit(Upper{tie.to, tie.manner}); });
  }
  const TieColumns& columns = base_->Ties(kind);
  const auto [first, last] = columns.Range(columns.forward[static_cast<int>(node.kind())], node.ordinal());
  for (uint32_t i = first; i < last; ++i) {
    if (!(columns.since[i] <= day && day < columns.until[i])) continue;
    visit(Upper{model::NodeNumber::FromBits(columns.to[i]), columns.manner.empty() ? uint8_t{0} : columns.manner[i]});
  }
}

template <typename Visit>
void Snapshot::ForEachTo(model::TieKind kind, model::NodeNumber node, Visit visit) const {
  const TieColumns& columns = base_->Ties(kind);
  const DeltaTies* changed = Changed(kind, node);
  const auto [first, last] = columns.Range(columns.backward[static_cast<int>(node.kind())], node.ordinal());
  for (uint32_t p = first; p < last; ++p) {
    const uint32_t i = columns.permutation[p];
    if (i < columns.size && (changed == nullptr || !changed->Hides(i))) visit(columns.At(kind, i));
  }
  if (changed == nullptr) return;
  const DeltaTies::ToKey least{node, {kind, 0, model::NodeNumber(), model::NodeNumber(), base::Date::Beginning()}};
  changed->by_to.ForEachFrom(least, [&](const DeltaTies::ToKey& key, const model::Tie& tie) {
    if (key.to != node) return false;
    if (!tie.withdrawn) visit(tie);
    return true;
  });
}

template <typename Visit>
void Snapshot::ForEachTie(model::TieKind kind, Visit visit) const {
  const TieColumns& columns = base_->Ties(kind);
  const DeltaTies* changed = Changed(kind);
  uint32_t i = 0;
  const auto visit_until = [&](uint32_t end) {
    for (; i < end; ++i) visit(columns.At(kind, i));
  };
  if (changed != nullptr) {
    changed->hidden.ForEach([&](uint32_t hidden, std::monostate) {
      visit_until(hidden);
      i = hidden + 1;
    });
  }
  visit_until(columns.size);
  if (changed == nullptr) return;
  changed->by_from.ForEach([&](const model::TieKey&, const model::Tie& tie) {
    if (!tie.withdrawn) visit(tie);
  });
}

template <typename Visit>
void Snapshot::ForEachTerm(Visit visit) const {
  for (const model::TermRow& term : base_->terms()) {
    if (delta_ == nullptr || delta_->terms.Find(std::pair(term.org, term.number)) == nullptr) visit(term);
  }
  if (delta_ == nullptr) return;
  delta_->terms.ForEach([&](const auto&, const model::TermRow& term) {
    if (!term.withdrawn) visit(term);
  });
}

template <typename Visit>
void Snapshot::ForEachTermOf(model::NodeNumber org, Visit visit) const {
  const auto terms = base_->terms();
  auto term = std::partition_point(terms.begin(), terms.end(), [&](const auto& t) { return t.org < org; });
  for (; term != terms.end() && term->org == org; ++term) {
    if (delta_ == nullptr || delta_->terms.Find(std::pair(org, term->number)) == nullptr) visit(*term);
  }
  if (delta_ == nullptr) return;
  delta_->terms.ForEachFrom(std::pair(org, std::numeric_limits<int32_t>::min()),
                            [&](const auto& key, const model::TermRow& row) {
                              if (key.first != org) return false;
                              if (!row.withdrawn) visit(row);
                              return true;
                            });
}

template <typename Visit>
void Snapshot::ForEachMatter(Visit visit) const {
  const StepColumns& steps = base_->steps();
  for (size_t i = 0; i < steps.size(); ++i) {
    if (steps.KeyAt(i).second == 0) visit(steps.KeyAt(i).first);
  }
  if (delta_ == nullptr) return;
  delta_->steps.ForEach([&](const model::StepRow::Key& key, const model::StepRow&) {
    if (key.second == 0) visit(key.first);
  });
}

template <typename Visit>
void Snapshot::ForEachStepOf(uint32_t matter, Visit visit) const {
  const StepColumns& steps = base_->steps();
  const model::StepRow::Key first(matter, 0);
  // What a delta adds comes behind what the base has: a step can be taken back only when it is a matter's last.
  for (size_t i = steps.LowerBound(first); i < steps.size() && steps.KeyAt(i).first == matter; ++i) {
    if (delta_ == nullptr || delta_->steps.Find(steps.KeyAt(i)) == nullptr) visit(steps.At(i));
  }
  if (delta_ == nullptr) return;
  delta_->steps.ForEachFrom(first, [&](const model::StepRow::Key& key, const model::StepRow& row) {
    if (key.first != matter) return false;
    if (!row.withdrawn) visit(row);
    return true;
  });
}

template <typename Visit>
void Snapshot::VisitCodesOf(std::string_view canonical, Visit visit) const {
  base_->VisitCodes(canonical, [&](const CodeEntry& entry, std::string_view text) {
    if (delta_ == nullptr || delta_->codes.Find(Delta::CodeOwner(entry.node, entry.attribute)) == nullptr)
      visit(entry, text);
  });
  if (delta_ == nullptr) return;
  const auto visit_owner = [&](const Delta::CodeOwner& owner, const model::Timeline<std::string>& timeline) {
    timeline.ForEach([&](base::Validity valid, const std::string& text) {
      if (canonical.empty() || text == canonical)
        visit(CodeEntry{owner.first, owner.second, valid}, std::string_view(text));
    });
  };
  if (canonical.empty()) return delta_->codes.ForEach(visit_owner);
  const std::tuple<std::string, model::NodeNumber, model::TextAttribute> least(canonical, model::NodeNumber(),
                                                                               model::TextAttribute{});
  delta_->code_owners.ForEachFrom(least, [&](const auto& key, std::monostate) {
    const auto& [text, node, attribute] = key;
    if (text != canonical) return false;
    const Delta::CodeOwner owner(node, attribute);
    visit_owner(owner, *delta_->codes.Find(owner));
    return true;
  });
}

template <typename Visit>
void Snapshot::ForEachCode(Visit visit) const {
  VisitCodesOf({}, visit);
}

}  // namespace jiceng::graph

#endif  // JICENG_GRAPH_SNAPSHOT_H_
