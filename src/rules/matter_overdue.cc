// Shape: no clock of the matters about a node has run out.
#include <algorithm>
#include <tuple>

#include "base/sorted.h"
#include "rules/judge.h"
#include "rules/matters.h"

namespace jiceng::rules {
namespace {

using model::NodeKind;
using model::NodeNumber;

class MatterOverdueJudge : public Judge {
 public:
  MatterOverdueJudge(const Case& c, const BoundMatterOverdue& shape)
      : c_(c), shape_(shape), matters_(c.findings->matters.get()) {}

  std::optional<std::vector<uint32_t>> Suspects(NodeKind kind) override {
    std::vector<uint32_t> suspects;
    if (matters_ == nullptr) return suspects;
    matters_->ForEachLate(c_.day.date(), [&](const MatterClock& clock) {
      if (clock.about.kind() == kind && shape_.Has(clock)) suspects.push_back(clock.about.ordinal());
    });
    base::SortUnique(&suspects);
    return suspects;
  }

  Finding Run(NodeNumber node) override {
    Finding finding = c_.Blank(node);
    const base::Date today = c_.day.date();
    bool governed = false;
    late_.clear();
    if (matters_ != nullptr) {
      matters_->ForEachClock(node, [&](const MatterClock& clock) {
        if (!clock.runs.Holds(today) || !shape_.Has(clock)) return;
        governed = true;
        if (clock.Late(today)) late_.push_back(clock);
      });
    }
    if (!governed) {
      c_.Decide(Status::kNotApplicable, MessageCase::kNotApplicable, &finding);
      return finding;
    }
    finding.comparator = Comparator::kAtMost;
    if (late_.empty()) {
      c_.Decide(Status::kMet, MessageCase::kMet, &finding);
      return finding;
    }
    // The one longest overdue is the one the finding is about.
    std::sort(late_.begin(), late_.end(), [](const MatterClock& a, const MatterClock& b) {
      return std::tuple(a.late_from, a.matter, a.place) < std::tuple(b.late_from, b.matter, b.place);
    });
    const MatterClock& first = late_.front();
    finding.object = matters_->Responsible(first, today);
    finding.since = first.late_from;
    finding.value = int64_t{today.days()} - first.late_from.days() + 1;
    finding.ageing = Ageing::kValue;
    finding.condition = static_cast<int64_t>(late_.size());
    if (c_.explain) {
      for (size_t i = 0; i < std::min(late_.size(), kMostTies); ++i) {
        c_.TellNumber(Evidence::kMatter, node, static_cast<int64_t>(c_.findings->overdue.size()));
        c_.findings->overdue.push_back(matters_->Tell(late_[i]));
      }
    }
    c_.Decide(Status::kUnmet, MessageCase::kUnmet, &finding);
    return finding;
  }

 private:
  const Case& c_;
  const BoundMatterOverdue& shape_;
  const Matters* const matters_;
  std::vector<MatterClock> late_;
};

}  // namespace

std::unique_ptr<Judge> MakeMatterOverdueJudge(const Case& c, const BoundMatterOverdue& shape) {
  return std::make_unique<MatterOverdueJudge>(c, shape);
}

}  // namespace jiceng::rules
