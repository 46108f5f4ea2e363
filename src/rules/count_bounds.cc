// Shape: a number within bounds.
#include <algorithm>

#include "rules/judge.h"

namespace jiceng::rules {
namespace {

using model::NodeKind;
using model::NodeNumber;

class CountBoundsJudge : public Judge {
 public:
  CountBoundsJudge(const Case& c, const BoundCountBounds& shape) : c_(c), shape_(shape) {
    for (const BoundMeasure& measure : shape.measures) measured_.push_back({measure, {}});
    for (const auto& condition : shape.conditions) conditioned_.push_back({condition.measure, {}});
    if (shape.per.has_value()) per_.push_back({*shape.per, {}});
  }

  bool Want(Counts* counts) override {
    for (const auto* quantities : {&measured_, &conditioned_, &per_}) {
      for (const Quantity& quantity : *quantities) {
        if (quantity.IsCounted()) counts->Want(quantity.measure, c_.bound.domain.node_kinds);
      }
    }
    return true;
  }

  void Prepare(const Counts& counts) override {
    prepared_ = true;
    for (auto* quantities : {&measured_, &conditioned_, &per_}) {
      for (Quantity& quantity : *quantities) {
        prepared_ = prepared_ && quantity.IsCounted();
        for (int k = 1; k < model::kNodeKinds; ++k) {
          if (quantity.IsCounted()) quantity.column[k] = counts.Of(quantity.measure, static_cast<NodeKind>(k));
        }
      }
    }
  }

  // Where all is counted, the numbers alone say who may be unmet.
  std::optional<std::vector<uint32_t>> Suspects(NodeKind kind) override {
    if (!prepared_) return std::nullopt;
    std::vector<uint32_t> suspects;
    const uint32_t count = c_.day.snapshot().Count(kind);
    for (uint32_t i = 0; i < count; ++i) {
      const int64_t per = per_.empty() ? 1 : per_[0].column[static_cast<int>(kind)][i].count;
      if (per != 0 && Applies(kind, i) && Broken(Measured(kind, i), per) != nullptr) suspects.push_back(i);
    }
    return suspects;
  }

  Finding Run(NodeNumber node) override {
    Finding finding = c_.Blank(node);
    for (size_t i = 0; i < conditioned_.size(); ++i) {
      const auto number = Number(conditioned_[i], node);
      if (i == 0) finding.condition = number.value_or(0);
      const BoundCountBounds::Bound& bound = shape_.conditions[i].bound;
      if (number.has_value() && Satisfies(*number, bound.comparator, bound.amount.In(c_.parameters))) continue;
      return NotApplicable(Evidence::kConditionCount, conditioned_[i].measure, number, &finding);
    }
    int64_t per = 1;
    for (const Quantity& quantity : per_) {
      const auto number = Number(quantity, node);
      if (number.value_or(0) == 0) return NotApplicable(Evidence::kConditionCount, quantity.measure, number, &finding);
      per = finding.condition = *number;
    }
    for (const Quantity& quantity : measured_) {
      const auto number = Number(quantity, node);
      if (!number.has_value()) return NotApplicable(Evidence::kCount, quantity.measure, number, &finding);
      finding.value += *number;
    }
    const BoundCountBounds::Bound* broken = Broken(finding.value, per);
    const BoundCountBounds::Bound& said = broken != nullptr ? *broken : shape_.bounds.back();
    finding.comparator = said.comparator;
    finding.threshold = said.amount.In(c_.parameters);
    const bool met = broken == nullptr;
    if (c_.explain) TellAll(finding, per, met);
    c_.Decide(met ? Status::kMet : Status::kUnmet, met ? MessageCase::kMet : MessageCase::kUnmet, &finding);
    return finding;
  }

 private:
  // A measure and, once prepared, its counts of all nodes of a kind.
  struct Quantity {
    const BoundMeasure& measure;
    const Counts::Cell* column[model::kNodeKinds] = {};

    // Whether one pass over the ties counts it for all nodes.
    bool IsCounted() const { return !measure.IsFact() && !measure.below; }
  };

  // Nothing where a fact is not said.
  std::optional<int64_t> Number(const Quantity& quantity, NodeNumber node) const {
    if (quantity.measure.IsFact()) {
      const int32_t value = c_.day.snapshot().FactAt(node, quantity.measure.fact, c_.day.date());
      return value == model::kNoValue ? std::nullopt : std::optional<int64_t>(value);
    }
    const Counts::Cell* column = quantity.column[static_cast<int>(node.kind())];
    return column != nullptr ? column[node.ordinal()].count : Count(c_.day, quantity.measure, node);
  }

  int64_t Measured(NodeKind kind, uint32_t node) const {
    int64_t sum = 0;
    for (const Quantity& quantity : measured_) sum += quantity.column[static_cast<int>(kind)][node].count;
    return sum;
  }
  bool Applies(NodeKind kind, uint32_t node) const {
    for (size_t i = 0; i < conditioned_.size(); ++i) {
      const BoundCountBounds::Bound& bound = shape_.conditions[i].bound;
      const int64_t number = conditioned_[i].column[static_cast<int>(kind)][node].count;
      if (!Satisfies(number, bound.comparator, bound.amount.In(c_.parameters))) return false;
    }
    return true;
  }
  // The first bound that the number breaks, or nullptr.
  const BoundCountBounds::Bound* Broken(int64_t number, int64_t per) const {
    for (const BoundCountBounds::Bound& bound : shape_.bounds) {
      const int64_t figure = bound.amount.In(c_.parameters);
      const bool kept = per_.empty() ? Satisfies(number, bound.comparator, figure) : Keeps(bound, number, figure, per);
      if (!kept) return &bound;
    }
    return nullptr;
  }
  // A count c keeps a figure of f for each of p, s of them at a time, when c × s stands to f × p as the bound says: when
  // it is on the right side of the nearest count that does.
  bool Keeps(const BoundCountBounds::Bound& bound, int64_t number, int64_t figure, int64_t per) const {
    const int64_t nearest = Nearest(bound.comparator, figure, per, shape_.per_size);
    return bound.comparator == Comparator::kAtLeast || bound.comparator == Comparator::kMoreThan ? number >= nearest
                                                                                                 : number <= nearest;
  }

  Finding NotApplicable(Evidence::Kind kind, const BoundMeasure& measure, std::optional<int64_t> number,
                        Finding* finding) const {
    if (c_.explain) TellNumber(kind, measure, finding->subject, number);
    c_.Decide(Status::kNotApplicable, MessageCase::kNotApplicable, finding);
    return *finding;
  }

  void TellAll(const Finding& finding, int64_t per, bool met) const {
    for (const Quantity& quantity : measured_)
      TellNumber(Evidence::kCount, quantity.measure, finding.subject, Number(quantity, finding.subject));
    const BoundMeasure& named = shape_.measures.front();
    const bool too_few = finding.comparator == Comparator::kAtLeast || finding.comparator == Comparator::kMoreThan;
    if (!met && too_few && !named.IsFact()) {
      Evidence missing;
      missing.kind = Evidence::kMissingTie;
      missing.node = finding.subject;
      missing.tie.kind = named.kind;
      (named.end == TieEnd::kTo ? missing.tie.to : missing.tie.from) = finding.subject;
      missing.value =
          static_cast<int32_t>(Nearest(finding.comparator, finding.threshold, per, shape_.per_size) - finding.value);
      c_.Tell(missing);
    }
    for (const Quantity& quantity : per_) TellNumber(Evidence::kConditionCount, quantity.measure, finding.subject, per);
    for (size_t i = 0; i < conditioned_.size(); ++i) {
      const Quantity& quantity = conditioned_[i];
      if (i > 0 && quantity.measure == conditioned_[i - 1].measure) continue;  // two bounds of one number
      TellNumber(Evidence::kConditionCount, quantity.measure, finding.subject, Number(quantity, finding.subject));
    }
  }

  void TellNumber(Evidence::Kind kind, const BoundMeasure& measure, NodeNumber node,
                  std::optional<int64_t> number) const {
    if (measure.IsFact()) {
      Evidence evidence;
      evidence.kind = Evidence::kFact;
      evidence.node = node;
      evidence.fact = measure.fact;
      evidence.value = number.has_value() ? static_cast<int32_t>(*number) : model::kNoValue;
      return c_.Tell(evidence);
    }
    c_.TellNumber(kind, node, number.value_or(0));
    const std::vector<model::Tie> ties = CountedTies(c_.day, measure, node);
    for (size_t i = 0; i < std::min(ties.size(), kMostTies); ++i) c_.TellTie(ties[i]);
  }

  const Case& c_;
  const BoundCountBounds& shape_;
  std::vector<Quantity> measured_, conditioned_;
  std::vector<Quantity> per_;  // one, or none
  bool prepared_ = false;
};

}  // namespace

std::unique_ptr<Judge> MakeCountBoundsJudge(const Case& c, const BoundCountBounds& shape) {
  return std::make_unique<CountBoundsJudge>(c, shape);
}

}  // namespace jiceng::rules
