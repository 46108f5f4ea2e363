// Shape: an election or an extension keeps within so many years of the regular end of a term.
#include <algorithm>
#include <tuple>

#include "rules/judge.h"

namespace jiceng::rules {
namespace {

using base::Date;
using model::NodeKind;
using model::NodeNumber;
using model::TermRow;

class TermShiftJudge : public Judge {
 public:
  TermShiftJudge(const Case& c, const BoundTermShift& shape)
      : c_(c),
        shape_(shape),
        years_(static_cast<int>(std::min<int64_t>(shape.at_most_years.In(c.parameters), 10000))) {}

  // Bodies without terms are most of them.
  std::optional<std::vector<uint32_t>> Suspects(NodeKind kind) override {
    std::vector<uint32_t> suspects;
    const uint32_t count = kind == NodeKind::kOrganization ? c_.day.snapshot().Count(kind) : 0;
    for (uint32_t i = 0; i < count; ++i) {
      if (c_.day.LatestTerm(i) != nullptr) suspects.push_back(i);
    }
    return suspects;
  }

  Finding Run(NodeNumber org) override {
    Finding finding = c_.Blank(org);
    finding.comparator = Comparator::kAtMost;
    finding.threshold = years_;
    const TermRow* latest = c_.day.LatestTerm(org.ordinal());
    const std::optional<TermRow> term = latest == nullptr                          ? std::nullopt
                                        : shape_.kind == TermShiftKind::kExtension ? std::optional<TermRow>(*latest)
                                                                                   : Before(*latest);
    const Date end = term.has_value() ? RegularEnd(*term) : Date::Forever();
    const Date shifted = latest == nullptr                          ? Date::Forever()
                         : shape_.kind == TermShiftKind::kExtension ? latest->extended_to
                                                                    : latest->elected_on;
    if (!end.IsFinite() || !shifted.IsFinite()) {
      c_.Decide(Status::kNotApplicable, MessageCase::kNotApplicable, &finding);
      return finding;
    }
    const bool early = shape_.kind == TermShiftKind::kEarlyElection;
    // How many days before or after the regular end; the last day allowed is the same date so many years on.
    finding.value = early ? end.days() - shifted.days() : shifted.days() - end.days();
    const bool met = early ? !(shifted.AddYears(years_) < end) : !(end.AddYears(years_) < shifted);
    if (!met) finding.since = early || shape_.kind == TermShiftKind::kLateElection ? shifted : latest->elected_on;
    if (c_.explain) {
      TellTerm(*term);
      c_.TellNumber(Evidence::kLastDay, org, end.days());
      if (shape_.kind != TermShiftKind::kExtension) TellTerm(*latest);
    }
    c_.Decide(met ? Status::kMet : Status::kUnmet, met ? MessageCase::kMet : MessageCase::kUnmet, &finding);
    return finding;
  }

 private:
  // The end without an extension; Forever() when the term says neither the day nor the years.
  static Date RegularEnd(TermRow term) {
    term.extended_to = Date::Forever();
    return Day::LastDay(term);
  }

  // The term elected last before `latest`.
  std::optional<TermRow> Before(const TermRow& latest) const {
    std::optional<TermRow> before;
    const auto order = [](const TermRow& term) { return std::tuple(term.elected_on, term.number); };
    c_.day.snapshot().ForEachTermOf(latest.org, [&](const TermRow& term) {
      if (order(term) < order(latest) && (!before.has_value() || order(*before) < order(term))) before = term;
    });
    return before;
  }

  void TellTerm(const TermRow& term) const {
    c_.TellNumber(Evidence::kTerm, term.org, static_cast<int64_t>(c_.findings->terms.size()));
    c_.findings->terms.push_back(term);
  }

  const Case& c_;
  const BoundTermShift& shape_;
  const int years_;
};

}  // namespace

std::unique_ptr<Judge> MakeTermShiftJudge(const Case& c, const BoundTermShift& shape) {
  return std::make_unique<TermShiftJudge>(c, shape);
}

}  // namespace jiceng::rules
