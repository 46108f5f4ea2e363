// Shape: the first of several steps that gives an answer gives exactly one.
#include <algorithm>

#include "base/sorted.h"
#include "rules/judge.h"

namespace jiceng::rules {
namespace {

using model::NodeKind;
using model::NodeNumber;
using model::Tie;

class ResolutionJudge : public Judge {
 public:
  ResolutionJudge(const Case& c, const BoundResolution& shape) : c_(c), shape_(shape) {}

  Finding Run(NodeNumber node) override {
    Finding finding = c_.Blank(node);
    finding.threshold = 1;
    for (size_t i = 0; i < shape_.steps.size(); ++i) {
      const BoundResolution::Step& step = shape_.steps[i];
      std::vector<Tie> ties;
      const std::vector<NodeNumber> answers = Answers(step, node, &ties);
      if (answers.empty()) continue;
      finding.value = static_cast<int64_t>(answers.size());
      finding.condition = static_cast<int64_t>(i) + 1;
      finding.object = answers.front();
      finding.comparator = Comparator::kAtMost;
      if (c_.explain) {
        c_.TellNumber(Evidence::kStep, node, static_cast<int64_t>(i));
        for (size_t t = 0; t < std::min(ties.size(), kMostTies); ++t) c_.TellTie(ties[t]);
      }
      const bool met = answers.size() == 1;
      c_.Decide(met ? Status::kMet : Status::kUnmet, met ? MessageCase::kMet : MessageCase::kUnmet, &finding);
      return finding;
    }
    finding.comparator = Comparator::kAtLeast;
    if (c_.explain) TellMissing(node);
    c_.Decide(Status::kUnmet, MessageCase::kUnmetNone, &finding);
    return finding;
  }

 private:
  // Who answers at this step, ascending, with the ties that say so in key order.
  std::vector<NodeNumber> Answers(const BoundResolution::Step& step, NodeNumber node, std::vector<Tie>* ties) const {
    std::vector<NodeNumber> asked{node};
    if (step.from_seat) asked = Seats(node);
    while (!asked.empty()) {
      for (const NodeNumber one : asked) {
        for (const Tie& tie : CountedTies(c_.day, step.measure, one)) {
          if (Fits(step.parent, step.measure.Other(tie), node)) ties->push_back(tie);
        }
      }
      if (!ties->empty() || !step.from_seat) break;
      asked = Above(asked);
    }
    std::sort(ties->begin(), ties->end(), [](const Tie& a, const Tie& b) { return a.key() < b.key(); });
    std::vector<NodeNumber> answers;
    for (const Tie& tie : *ties) answers.push_back(step.measure.Other(tie));
    Unique(&answers);
    return answers;
  }

  std::vector<NodeNumber> Seats(NodeNumber org) const {
    std::vector<NodeNumber> units;
    c_.day.snapshot().ForEachOpenFrom(model::TieKind::kSeat, org, c_.day.date(),
                                      [&](const Tie& seat) { units.push_back(seat.to); });
    Unique(&units);
    return units;
  }

  std::vector<NodeNumber> Above(const std::vector<NodeNumber>& units) const {
    std::vector<NodeNumber> above;
    for (const NodeNumber unit : units) {
      const uint32_t parent =
          unit.ordinal() < c_.day.territory().size() ? c_.day.territory().Parent(unit.ordinal()) : kNone;
      if (parent != kNone) above.emplace_back(NodeKind::kUnit, parent);
    }
    Unique(&above);
    return above;
  }

  bool Fits(ResolutionParent wanted, NodeNumber org, NodeNumber node) const {
    if (wanted == ResolutionParent::kAnybody) return true;
    const int32_t bits = c_.day.snapshot().FactAt(org, model::Fact::kOrgParent, c_.day.date());
    const NodeNumber parent =
        bits == model::kNoValue ? NodeNumber() : NodeNumber::FromBits(static_cast<uint32_t>(bits));
    const bool known = parent.kind() == NodeKind::kOrganization && c_.day.snapshot().In(parent);
    const bool of_body = known && !c_.catalogue.IsParty(c_.day.OrgKind(parent));
    switch (wanted) {
      case ResolutionParent::kOwn:
        return parent == node;
      case ResolutionParent::kOtherBody:
        return of_body && parent != node;
      case ResolutionParent::kParty:
        return !of_body;
      case ResolutionParent::kAnybody:
        break;
    }
    return true;
  }

  // The least that would answer: one tie of the first step.
  void TellMissing(NodeNumber node) const {
    const BoundMeasure& first = shape_.steps.front().measure;
    Evidence missing;
    missing.kind = Evidence::kMissingTie;
    missing.node = node;
    missing.value = 1;
    missing.tie.kind = first.kind;
    if (!shape_.steps.front().from_seat) (first.end == TieEnd::kTo ? missing.tie.to : missing.tie.from) = node;
    c_.Tell(missing);
  }

  static void Unique(std::vector<NodeNumber>* nodes) { base::SortUnique(nodes); }

  const Case& c_;
  const BoundResolution& shape_;
};

}  // namespace

std::unique_ptr<Judge> MakeResolutionJudge(const Case& c, const BoundResolution& shape) {
  return std::make_unique<ResolutionJudge>(c, shape);
}

}  // namespace jiceng::rules
