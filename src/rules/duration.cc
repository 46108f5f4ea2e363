// Shape: what has begun does not go on for longer than a while.
#include <algorithm>

#include "base/sorted.h"
#include "graph/facts_on.h"
#include "rules/judge.h"
#include "rules/open_ties.h"

namespace jiceng::rules {
namespace {

using base::Date;
using model::NodeKind;
using model::NodeNumber;
using model::Tie;

class DurationJudge : public Judge {
 public:
  DurationJudge(const Case& c, const BoundDuration& shape)
      : c_(c), shape_(shape), at_most_(shape.at_most.In(c.parameters)) {}

  // One pass over the ties, or over the facts of all, for what has gone on for too long.
  std::optional<std::vector<uint32_t>> Suspects(NodeKind kind) override {
    std::vector<uint32_t> suspects;
    if (shape_.start.IsFact()) {
      const std::vector<int32_t> facts = graph::FactsOn(c_.day.snapshot(), kind, shape_.start.fact, c_.day.date());
      for (uint32_t i = 0; i < facts.size(); ++i) {
        if (facts[i] != model::kNoValue && TooLong(DateOf(facts[i]))) suspects.push_back(i);
      }
      return suspects;
    }
    const uint32_t count = c_.day.snapshot().Count(kind);
    OpenTies(c_.day.snapshot(), shape_.start.kind, c_.day.date()).ForEach([&](const OpenTie& tie) {
      const NodeNumber subject = shape_.start.Subject(tie);
      if (subject.kind() != kind || subject.ordinal() >= count || !Qualifies(shape_.start, tie, c_.day)) return;
      if (TooLong(tie.since)) suspects.push_back(subject.ordinal());
    });
    base::SortUnique(&suspects);
    return suspects;
  }

  void AppendClocks(std::vector<Clock>* clocks) const override {
    clocks->push_back({shape_.start.kind, shape_.start.fact, shape_.start.end, shape_.period, at_most_});
  }

  Finding Run(NodeNumber node) override {
    Finding finding = c_.Blank(node);
    finding.comparator = Comparator::kAtMost;
    finding.threshold = at_most_;
    std::optional<Date> begun;
    std::optional<Tie> first;
    if (shape_.start.IsFact()) {
      const int32_t fact = c_.day.snapshot().FactAt(node, shape_.start.fact, c_.day.date());
      if (fact != model::kNoValue) begun = DateOf(fact);
      if (c_.explain) TellFact(node, fact);
    } else {
      // In key order, so that of two begun on one day the answer is always the same.
      for (const Tie& tie : CountedTies(c_.day, shape_.start, node)) {
        if (!first.has_value() || tie.valid.from < first->valid.from) first = tie;
      }
      if (first.has_value()) begun = first->valid.from;
    }
    // What has not begun by the day has not gone on.
    if (!begun.has_value() || *begun > c_.day.date()) {
      c_.Decide(Status::kNotApplicable, MessageCase::kNotApplicable, &finding);
      return finding;
    }
    if (first.has_value()) {
      finding.object = shape_.start.Other(*first);
      if (c_.explain) c_.TellTie(*first);
    }
    const Date last_day = LastDay(*begun);
    if (c_.explain && last_day.IsFinite()) c_.TellNumber(Evidence::kLastDay, node, last_day.days());
    if (begun->IsFinite()) {
      finding.value = int64_t{c_.day.date().days()} - begun->days();
      finding.ageing = Ageing::kValue;
    }
    if (!TooLong(*begun)) {
      c_.Decide(Status::kMet, MessageCase::kMet, &finding);
      return finding;
    }
    const bool known = *begun != Date::Beginning();
    if (known) finding.since = last_day.AddDays(1);
    c_.Decide(Status::kUnmet, known ? MessageCase::kUnmet : MessageCase::kUnmetStartUnknown, &finding);
    return finding;
  }

 private:
  static Date DateOf(int32_t fact) { return base::PartialDate::Unpack(fact).date; }

  Date LastDay(Date begun) const { return After(begun, shape_.period, at_most_); }
  // What began before everything has gone on for longer than any while.
  bool TooLong(Date begun) const { return begun == Date::Beginning() || LastDay(begun) < c_.day.date(); }

  void TellFact(NodeNumber node, int32_t value) const {
    Evidence evidence;
    evidence.kind = Evidence::kFact;
    evidence.node = node;
    evidence.fact = shape_.start.fact;
    evidence.value = value;
    c_.Tell(evidence);
  }

  const Case& c_;
  const BoundDuration& shape_;
  const int64_t at_most_;
};

}  // namespace

std::unique_ptr<Judge> MakeDurationJudge(const Case& c, const BoundDuration& shape) {
  return std::make_unique<DurationJudge>(c, shape);
}

}  // namespace jiceng::rules
