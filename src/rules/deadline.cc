// Shape: once a tie has begun, another has to exist.
#include <algorithm>
#include <tuple>

#include "base/sorted.h"
#include "rules/judge.h"
#include "rules/open_ties.h"

namespace jiceng::rules {
namespace {

using model::NodeKind;
using model::NodeNumber;
using model::Tie;

class DeadlineJudge : public Judge {
 public:
  DeadlineJudge(const Case& c, const BoundDeadline& shape)
      : c_(c),
        shape_(shape),
        days_(shape.days.In(c.parameters)),
        starting_(c.day.snapshot(), shape.start, c.day.date()),
        required_(c.day.snapshot(), shape.required, c.day.date()) {}

  // One pass over the ties of each kind.  Of several required ties of a node only one is kept here: who has reported
  // elsewhere too may be suspected in vain.
  [[gnu::flatten]] std::optional<std::vector<uint32_t>> Suspects(NodeKind kind) override {
    std::vector<uint32_t> suspects;
    std::vector<NodeNumber> leads_to(c_.day.snapshot().Count(kind));
    required_.ForEach([&](const OpenTie& tie) {
      if (tie.from.kind() == kind && tie.from.ordinal() < leads_to.size()) leads_to[tie.from.ordinal()] = tie.to;
    });
    starting_.ScanSince([&](const OpenTie& start, bool holds) {
      const NodeNumber node = start.from;
      if (node.kind() != kind || node.ordinal() >= leads_to.size()) return;
      const NodeNumber place = Place(start);
      const bool late = All(holds, Late(start.since), static_cast<bool>(place), leads_to[node.ordinal()] != place);
      if (late && FactsFit(c_, node)) suspects.push_back(node.ordinal());
    });
    base::SortUnique(&suspects);
    return suspects;
  }

  void AppendClocks(std::vector<Clock>* clocks) const override {
    clocks->push_back({shape_.start, {}, TieEnd::kFrom, Period::kDays, days_});
  }

  Finding Run(NodeNumber node) override {
    Finding finding = c_.Blank(node);
    bool governed = false;
    std::optional<Start> first_late;
    starts_.clear();
    starting_.ForEachFrom(node, [&](const OpenTie& tie) {
      const NodeNumber place = Place(tie);
      if (!place) return;
      governed = true;
      const Start start{tie, place, Late(tie.since) && !Met(node, place)};
      // The one longest overdue is the one the finding is about.
      if (start.late && (!first_late.has_value() || Earlier(start.tie, first_late->tie))) first_late = start;
      if (c_.explain) starts_.push_back(start);
    });
    if (!governed) {
      c_.Decide(Status::kNotApplicable, MessageCase::kNotApplicable, &finding);
      return finding;
    }
    finding.comparator = Comparator::kAtMost;
    finding.threshold = days_;
    const bool met = !first_late.has_value();
    if (c_.explain) TellAll(met);
    if (met) {
      c_.Decide(Status::kMet, MessageCase::kMet, &finding);
      return finding;
    }
    finding.object = first_late->place;
    const base::Date from = first_late->tie.since;
    const bool start_known = from != base::Date::Beginning();
    if (start_known) {
      finding.value = int64_t{c_.day.date().days()} - from.days();
      finding.ageing = Ageing::kValue;
      finding.since = from.AddDays(static_cast<int>(days_) + 1);
    }
    c_.Decide(Status::kUnmet, start_known ? MessageCase::kUnmet : MessageCase::kUnmetStartUnknown, &finding);
    return finding;
  }

 private:
  struct Start {
    OpenTie tie;
    NodeNumber place;
    bool late;
  };

  // The community to which the other tie has to lead; no node where there is nowhere it could.
  NodeNumber Place(const OpenTie& start) const {
    const uint32_t community = start.to.kind() == NodeKind::kUnit ? c_.day.Community(start.to.ordinal()) : kNone;
    return community == kNone ? NodeNumber() : NodeNumber(NodeKind::kUnit, community);
  }

  bool Met(NodeNumber node, NodeNumber place) const {
    bool found = false;
    required_.ForEachFrom(node, [&](const OpenTie& tie) { found = found || tie.to == place; });
    return found;
  }

  // Which of two has begun first; of one day the first by key.
  static bool Earlier(const OpenTie& a, const OpenTie& b) {
    return a.since != b.since ? a.since < b.since : ByKey(a, b);
  }
  static bool ByKey(const OpenTie& a, const OpenTie& b) {
    return std::tuple(a.to.sort_key(), a.role, a.since) < std::tuple(b.to.sort_key(), b.role, b.since);
  }

  // Begun more than the days allowed ago.  The day it begins is not counted (民法典 Art. 201); what began before
  // everything began long ago.
  bool Late(base::Date begun) const {
    return begun == base::Date::Beginning() || int64_t{c_.day.date().days()} - begun.days() > days_;
  }

  // In key order, so that the answer does not depend on where in memory a tie lies.
  void TellAll(bool met) {
    std::sort(starts_.begin(), starts_.end(), [](const Start& a, const Start& b) { return ByKey(a.tie, b.tie); });
    for (const Start& start : starts_) {
      if (met || start.late) Tell(start);
    }
  }

  void Tell(const Start& start) const {
    const NodeNumber node = start.tie.from;
    if (const auto tie = c_.day.snapshot().FindTie({shape_.start, start.tie.role, node, start.tie.to, start.tie.since}))
      c_.TellTie(*tie);
    if (const auto required = FindRequired(node, start.place)) {
      c_.TellTie(*required);
      return;
    }
    Evidence missing;
    missing.kind = Evidence::kMissingTie;
    missing.node = node;
    missing.value = 1;
    missing.tie.kind = shape_.required;
    missing.tie.from = node;
    missing.tie.to = start.place;
    c_.Tell(missing);
  }

  std::optional<Tie> FindRequired(NodeNumber node, NodeNumber place) const {
    std::optional<Tie> found;
    c_.day.snapshot().ForEachOpenFrom(shape_.required, node, c_.day.date(), [&](const Tie& tie) {
      if (tie.to == place && (!found.has_value() || tie.key() < found->key())) found = tie;
    });
    return found;
  }

  const Case& c_;
  const BoundDeadline& shape_;
  const int64_t days_;
  const OpenTies starting_, required_;
  std::vector<Start> starts_;
};

}  // namespace

std::unique_ptr<Judge> MakeDeadlineJudge(const Case& c, const BoundDeadline& shape) {
  return std::make_unique<DeadlineJudge>(c, shape);
}

}  // namespace jiceng::rules
