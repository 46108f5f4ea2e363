// Shape: a count within bounds.
#include <algorithm>

#include "rules/judge.h"

namespace jiceng::rules {
namespace {

using model::NodeNumber;

class CountBoundsJudge : public Judge {
 public:
  CountBoundsJudge(const Case& c, const BoundCountBounds& shape) : c_(c), shape_(shape) {}

  bool Want(Counts* counts) override {
    counts->Want(shape_.measure, c_.bound.domain.node_kinds);
    if (shape_.condition.has_value()) counts->Want(*shape_.condition, c_.bound.domain.node_kinds);
    return true;
  }

  void Prepare(const Counts& counts) override {
    for (int k = 1; k < model::kNodeKinds; ++k) {
      measured_[k] = counts.Of(shape_.measure, static_cast<model::NodeKind>(k));
      if (shape_.condition.has_value()) conditioned_[k] = counts.Of(*shape_.condition, static_cast<model::NodeKind>(k));
    }
  }

  Finding Run(NodeNumber node) override {
    Finding finding = c_.Blank(node);
    if (shape_.condition.has_value()) {
      finding.condition = Number(conditioned_, *shape_.condition, node);
      const int64_t figure = shape_.condition_bound.amount.In(c_.parameters);
      if (!Satisfies(finding.condition, shape_.condition_bound.comparator, figure)) {
        if (c_.explain) TellCount(Evidence::kConditionCount, *shape_.condition, node, finding.condition);
        c_.Decide(Status::kNotApplicable, MessageCase::kNotApplicable, &finding);
        return finding;
      }
    }
    finding.value = Number(measured_, shape_.measure, node);
    bool met = true;
    for (const BoundCountBounds::Bound& bound : shape_.bounds) {
      finding.comparator = bound.comparator;
      finding.threshold = bound.amount.In(c_.parameters);
      met = Satisfies(finding.value, bound.comparator, finding.threshold);
      if (!met) break;
    }
    if (c_.explain) TellAll(finding, met);
    c_.Decide(met ? Status::kMet : Status::kUnmet, met ? MessageCase::kMet : MessageCase::kUnmet, &finding);
    return finding;
  }

 private:
  int64_t Number(const Counts::Cell* const (&columns)[model::kNodeKinds], const BoundMeasure& measure,
                 NodeNumber node) const {
    const Counts::Cell* column = columns[static_cast<int>(node.kind())];
    return column != nullptr ? column[node.ordinal()].count : Count(c_.day, measure, node);
  }

  void TellAll(const Finding& finding, bool met) const {
    TellCount(Evidence::kCount, shape_.measure, finding.subject, finding.value);
    const bool too_few = finding.comparator == Comparator::kAtLeast || finding.comparator == Comparator::kMoreThan;
    if (!met && too_few) {
      Evidence missing;
      missing.kind = Evidence::kMissingTie;
      missing.node = finding.subject;
      missing.tie.kind = shape_.measure.kind;
      (shape_.measure.end == TieEnd::kTo ? missing.tie.to : missing.tie.from) = finding.subject;
      missing.value = static_cast<int32_t>(finding.threshold - finding.value +
                                           (finding.comparator == Comparator::kMoreThan ? 1 : 0));
      c_.Tell(missing);
    }
    if (shape_.condition.has_value())
      TellCount(Evidence::kConditionCount, *shape_.condition, finding.subject, finding.condition);
  }

  void TellCount(Evidence::Kind kind, const BoundMeasure& measure, NodeNumber node, int64_t count) const {
    c_.TellNumber(kind, node, count);
    const std::vector<model::Tie> ties = CountedTies(c_.day, measure, node);
    for (size_t i = 0; i < std::min(ties.size(), kMostTies); ++i) c_.TellTie(ties[i]);
  }

  const Case& c_;
  const BoundCountBounds& shape_;
  const Counts::Cell* measured_[model::kNodeKinds] = {};
  const Counts::Cell* conditioned_[model::kNodeKinds] = {};
};

}  // namespace

std::unique_ptr<Judge> MakeCountBoundsJudge(const Case& c, const BoundCountBounds& shape) {
  return std::make_unique<CountBoundsJudge>(c, shape);
}

}  // namespace jiceng::rules
