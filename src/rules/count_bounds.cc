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
  }

  bool Want(Counts* counts) override {
    for (const auto* quantities : {&measured_, &conditioned_}) {
      for (const Quantity& quantity : *quantities) {
        if (!quantity.measure.IsFact()) counts->Want(quantity.measure, c_.bound.domain.node_kinds);
      }
    }
    return true;
  }

  void Prepare(const Counts& counts) override {
    prepared_ = true;
    for (auto* quantities : {&measured_, &conditioned_}) {
      for (Quantity& quantity : *quantities) {
        prepared_ = prepared_ && !quantity.measure.IsFact();
        for (int k = 1; k < model::kNodeKinds; ++k) {
          if (!quantity.measure.IsFact()) quantity.column[k] = counts.Of(quantity.measure, static_cast<NodeKind>(k));
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
      if (Applies(kind, i) && Broken(Measured(kind, i)) != nullptr) suspects.push_back(i);
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
      if (c_.explain) TellNumber(Evidence::kConditionCount, conditioned_[i].measure, node, number);
      c_.Decide(Status::kNotApplicable, MessageCase::kNotApplicable, &finding);
      return finding;
    }
    for (const Quantity& quantity : measured_) {
      const auto number = Number(quantity, node);
      if (!number.has_value()) {
        if (c_.explain) TellNumber(Evidence::kCount, quantity.measure, node, number);
        c_.Decide(Status::kNotApplicable, MessageCase::kNotApplicable, &finding);
        return finding;
      }
      finding.value += *number;
    }
    const BoundCountBounds::Bound* broken = Broken(finding.value);
    const BoundCountBounds::Bound& said = broken != nullptr ? *broken : shape_.bounds.back();
    finding.comparator = said.comparator;
    finding.threshold = said.amount.In(c_.parameters);
    const bool met = broken == nullptr;
    if (c_.explain) TellAll(finding, met);
    c_.Decide(met ? Status::kMet : Status::kUnmet, met ? MessageCase::kMet : MessageCase::kUnmet, &finding);
    return finding;
  }

 private:
  // A measure and, once prepared, its counts of all nodes of a kind.
  struct Quantity {
    const BoundMeasure& measure;
    const Counts::Cell* column[model::kNodeKinds] = {};
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
  const BoundCountBounds::Bound* Broken(int64_t number) const {
    for (const BoundCountBounds::Bound& bound : shape_.bounds) {
      if (!Satisfies(number, bound.comparator, bound.amount.In(c_.parameters))) return &bound;
    }
    return nullptr;
  }

  void TellAll(const Finding& finding, bool met) const {
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
      missing.value = static_cast<int32_t>(finding.threshold - finding.value +
                                           (finding.comparator == Comparator::kMoreThan ? 1 : 0));
      c_.Tell(missing);
    }
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
  bool prepared_ = false;
};

}  // namespace

std::unique_ptr<Judge> MakeCountBoundsJudge(const Case& c, const BoundCountBounds& shape) {
  return std::make_unique<CountBoundsJudge>(c, shape);
}

}  // namespace jiceng::rules
