// Step functions of the day: how a dated attribute is believed to have run.
#ifndef JICENG_MODEL_TIMELINE_H_
#define JICENG_MODEL_TIMELINE_H_

#include <utility>
#include <vector>

#include "base/date.h"

namespace jiceng::model {

// A value for every day: each step holds from its day to the next one's.  `None` is the value of days nothing is said
// about; no two neighbouring steps are equal and the first is never None.
template <typename Value>
class Timeline {
 public:
  struct Step {
    base::Date from;
    Value value;
    friend bool operator==(const Step& a, const Step& b) { return a.from == b.from && a.value == b.value; }
  };

  explicit Timeline(Value none) : none_(std::move(none)) {}

  // Gives `value` to the days of `valid`, whatever they had.  O(steps).
  void Assign(base::Validity valid, const Value& value) {
    if (valid.IsEmpty()) return;
    const Value after = valid.to == base::Date::Forever() ? none_ : At(valid.to);
    std::vector<Step> steps;
    steps.reserve(steps_.size() + 2);
    for (const Step& step : steps_) {
      if (step.from < valid.from) steps.push_back(step);
    }
    steps.push_back({valid.from, value});
    if (valid.to != base::Date::Forever()) {
      steps.push_back({valid.to, after});
      for (const Step& step : steps_) {
        if (step.from > valid.to) steps.push_back(step);
      }
    }
    steps_.clear();
    for (Step& step : steps) {
      const Value& last = steps_.empty() ? none_ : steps_.back().value;
      if (!(step.value == last)) steps_.push_back(std::move(step));
    }
  }

  const Value& At(base::Date day) const {
    const Value* value = &none_;
    for (const Step& step : steps_) {
      if (step.from > day) break;
      value = &step.value;
    }
    return *value;
  }

  // The value that holds in the end, and the day it began (Beginning() when there are no steps).
  const Value& Last() const { return steps_.empty() ? none_ : steps_.back().value; }
  base::Date LastFrom() const { return steps_.empty() ? base::Date::Beginning() : steps_.back().from; }

  // Calls visit(validity, value) for every stretch with a value.
  template <typename Visit>
  void ForEach(Visit visit) const {
    for (size_t i = 0; i < steps_.size(); ++i) {
      if (steps_[i].value == none_) continue;
      visit(base::Validity{steps_[i].from, i + 1 < steps_.size() ? steps_[i + 1].from : base::Date::Forever()},
            steps_[i].value);
    }
  }

  const std::vector<Step>& steps() const { return steps_; }
  const Value& none() const { return none_; }
  friend bool operator==(const Timeline& a, const Timeline& b) { return a.steps_ == b.steps_; }
  friend bool operator!=(const Timeline& a, const Timeline& b) { return !(a == b); }

 private:
  Value none_;
  std::vector<Step> steps_;
};

// Of a fact, with kNoValue for none; of a text, with "".
using FactTimeline = Timeline<int32_t>;

}  // namespace jiceng::model

#endif  // JICENG_MODEL_TIMELINE_H_
