// What rules look at of matters (事项): on which days their clocks ran and when they had run out.
#ifndef JICENG_RULES_MATTERS_H_
#define JICENG_RULES_MATTERS_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/functional/function_ref.h"
#include "base/date.h"
#include "model/node.h"
#include "rules/rule.h"

namespace jiceng::rules {

// A stretch in which the end of a matter's clock did not change, by days: a rule is asked about a day and sees the matter
// as the day's last step left it.
struct MatterClock {
  uint32_t matter = 0;
  int32_t place = 0;                  // among the matter's stretches
  std::string_view procedure, clock;  // the ids of the template and of the clock in it
  model::NodeNumber about;
  base::Validity runs;   // the days at whose end it ran
  base::Date late_from;  // the first of them at whose end the period was over; Forever() where nobody knows its end

  bool Late(base::Date day) const { return late_from <= day && runs.Holds(day); }
};

// The same in words, as a finding tells it.
struct MatterFact {
  std::string id, procedure, clock;
  Text procedure_title, clock_title;
  std::string begun, due;  // moments
  base::Date late_from;
  std::vector<std::string> stops;  // the steps that stop the clock; none: only the end of the matter does
};

// The matters of one version of a store.  Procedures rest on rules, so it is they who implement it.  Immutable.
class Matters {
 public:
  virtual ~Matters() = default;
  // Those of the matters about a node, by matter, then by place.
  virtual void ForEachClock(model::NodeNumber about, absl::FunctionRef<void(const MatterClock&)> visit) const = 0;
  // Those that are late on a day, in no order.
  virtual void ForEachLate(base::Date day, absl::FunctionRef<void(const MatterClock&)> visit) const = 0;
  // Those of which more can be said on one of `days` than on the day before: they begin, end, are late from then on, or
  // somebody else has to act.
  virtual void ForEachTurn(base::Validity days,
                           absl::FunctionRef<void(base::Date, const MatterClock&)> visit) const = 0;
  virtual MatterFact Tell(const MatterClock& clock) const = 0;
  // Who had to act at the end of a day; no node where the template does not say, or nobody plays the part.
  virtual model::NodeNumber Responsible(const MatterClock& clock, base::Date day) const = 0;
};

}  // namespace jiceng::rules

#endif  // JICENG_RULES_MATTERS_H_
