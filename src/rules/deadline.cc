// Shape: once a tie has begun, another has to exist.
#include <algorithm>

#include "rules/judge.h"

namespace jiceng::rules {
namespace {

using model::NodeKind;
using model::NodeNumber;
using model::Tie;

class DeadlineJudge : public Judge {
 public:
  DeadlineJudge(const Case& c, const BoundDeadline& shape) : c_(c), shape_(shape), days_(shape.days.In(c.parameters)) {}

  Finding Run(NodeNumber node) override {
    Finding finding = c_.Blank(node);
    const graph::Snapshot& snapshot = c_.day.snapshot();
    const base::Date date = c_.day.date();
    bool governed = false, met = true;
    const Tie* first_late = nullptr;
    starts_.clear();
    snapshot.ForEachOpenFrom(shape_.start, node, date, [&](const Tie& start) {
      if (start.to.kind() != NodeKind::kUnit) return;
      const uint32_t community = c_.day.Community(start.to.ordinal());
      if (community == kNone) return;  // nowhere the second tie could lead
      governed = true;
      if (!c_.explain && !Late(start)) return;
      const NodeNumber place(NodeKind::kUnit, community);
      const std::optional<Tie> required = FindRequired(node, place);
      const bool late = Late(start) && !required.has_value();
      if (late) met = false;
      if (late || c_.explain) starts_.push_back({start, place, required, late});
    });
    if (starts_.empty()) {
      c_.Decide(governed ? Status::kMet : Status::kNotApplicable,
                governed ? MessageCase::kMet : MessageCase::kNotApplicable, &finding);
      return finding;
    }
    // In key order, so that the answer does not depend on where in memory a tie lies; the one longest overdue is the
    // one the finding is about.
    std::sort(starts_.begin(), starts_.end(), [](const Start& a, const Start& b) { return a.tie.key() < b.tie.key(); });
    for (const Start& start : starts_) {
      if (met || start.late) Tell(start);
      if (start.late && (first_late == nullptr || start.tie.valid.from < first_late->valid.from)) {
        first_late = &start.tie;
        finding.object = start.place;
      }
    }
    finding.comparator = Comparator::kAtMost;
    finding.threshold = days_;
    if (met) {
      c_.Decide(Status::kMet, MessageCase::kMet, &finding);
      return finding;
    }
    const base::Date from = first_late->valid.from;
    const bool start_known = from != base::Date::Beginning();
    if (start_known) {
      finding.value = int64_t{date.days()} - from.days();
      finding.since = from.AddDays(static_cast<int>(days_) + 1);
    }
    c_.Decide(Status::kUnmet, start_known ? MessageCase::kUnmet : MessageCase::kUnmetStartUnknown, &finding);
    return finding;
  }

 private:
  struct Start {
    Tie tie;
    NodeNumber place;
    std::optional<Tie> required;
    bool late;
  };

  // Begun more than the days allowed ago.  The day it begins is not counted (民法典 Art. 201); what began before
  // everything began long ago.
  bool Late(const Tie& start) const {
    return start.valid.from == base::Date::Beginning() ||
           int64_t{c_.day.date().days()} - start.valid.from.days() > days_;
  }

  std::optional<Tie> FindRequired(NodeNumber node, NodeNumber place) const {
    std::optional<Tie> found;
    c_.day.snapshot().ForEachOpenFrom(shape_.required, node, c_.day.date(), [&](const Tie& tie) {
      if (tie.to == place && (!found.has_value() || tie.key() < found->key())) found = tie;
    });
    return found;
  }

  void Tell(const Start& start) const {
    c_.TellTie(start.tie);
    if (start.required.has_value()) {
      c_.TellTie(*start.required);
      return;
    }
    Evidence missing;
    missing.kind = Evidence::kMissingTie;
    missing.node = start.tie.from;
    missing.value = 1;
    missing.tie.kind = shape_.required;
    missing.tie.from = start.tie.from;
    missing.tie.to = start.place;
    c_.Tell(missing);
  }

  const Case& c_;
  const BoundDeadline& shape_;
  const int64_t days_;
  std::vector<Start> starts_;
};

}  // namespace

std::unique_ptr<Judge> MakeDeadlineJudge(const Case& c, const BoundDeadline& shape) {
  return std::make_unique<DeadlineJudge>(c, shape);
}

}  // namespace jiceng::rules
