// Findings: verdicts with what they rest on.  Data, not errors.
#ifndef JICENG_RULES_FINDINGS_H_
#define JICENG_RULES_FINDINGS_H_

#include <cstdint>
#include <memory>
#include <vector>

#include "absl/types/span.h"
#include "base/date.h"
#include "model/rows.h"
#include "model/tie.h"
#include "rules/matters.h"
#include "rules/policy.h"
#include "rules/rule.h"

namespace jiceng::rules {

enum class Status : uint8_t { kMet = 1, kUnmet = 2, kNotApplicable = 3, kUnknown = 4 };
const char* StatusName(Status status);  // "met", "unmet", "not_applicable", "unknown"

// One thing a verdict rests on, or the smallest thing missing.
struct Evidence {
  enum Kind : uint8_t {
    kTie = 1,         // `tie`, holding on the day
    kMissingTie = 2,  // no such tie is open: `tie` with what it would have to be (an end may be no node), `value` of
                      // them are missing
    kFact = 3,        // `fact` of `node` is `value` on the day (kNoValue: nothing is said)
    kCount = 4,       // the rule's measure of `node` gave `value`
    kConditionCount = 5,  // the measure of the rule's condition gave `value`
    kTerm = 6,            // Findings::terms[value]
    kParameter = 7,       // the rule's parameter number `value` has no value
    kLastDay = 8,         // the last day of the term counted from the tie before: Date::FromDays(value)
    kLife = 9,            // `node` exists, or does not, on the day: its lifetime is tie.valid
    kInForce = 10,        // the rule does not govern the node: it is in force in tie.valid
    kStep = 11,           // step number `value` of the rule's resolution, counted from 0, gave the answer
    kPolicy = 12,         // Attached::policies[value] gave the rule's parameter number `which`, or set -1 - `which`
    kWaiver = 13,         // Attached::waivers[value] waives it
    kMatter = 14,         // Findings::overdue[value], a matter about `node`
  };
  Kind kind = kTie;
  model::Fact fact{};
  model::NodeNumber node;
  int32_t value = 0;
  int32_t which = 0;
  model::Tie tie;
};

// Which figure of a finding, if any, is a number of days up to the day asked for: one more on the next day.
enum class Ageing : uint8_t { kNothing = 0, kValue = 1, kThreshold = 2 };

struct Finding {
  model::NodeNumber subject;  // no node: the store as a whole
  int32_t rule = 0;           // index in the rule set
  Status status = Status::kUnknown;
  bool waived = false;
  Level level = Level::kUnspecified;                // how strongly the norm binds where the subject is
  MessageCase message = MessageCase::kUnspecified;  // how it is worded
  Comparator comparator = Comparator::kUnspecified;
  base::Date since =
      base::Date::Beginning();  // the first day it has been so without a break; Beginning() where the shape cannot tell
  model::NodeNumber
      object;  // the other node, where there is one: the community not reported to, the one reported to twice
  Ageing ageing = Ageing::kNothing;
  int64_t value = 0;      // what was counted; of a term its years, 0 where a last day is on record
  int64_t threshold = 0;  // the figure it was compared with; of a term the days past its last day
  int64_t condition = 0;  // what the condition counted; of a figure per something how many of those there are; of a
                          // resolution the step that answered, counted from 1; of matters how many clocks are late
  uint32_t first = 0, last = 0;  // [first, last) in Findings::evidence; none while not `explained`

  // Makes it read as it does so many days later when nothing but time has passed.
  void Age(int64_t days) {
    value += ageing == Ageing::kValue ? days : 0;
    threshold += ageing == Ageing::kThreshold ? days : 0;
  }
};

// Ordered bytewise by the text of the subject ("org:1000001", "store:"), then by rule id; equal inputs give equal
// bytes.
struct Findings {
  base::Date date;
  Parameters parameters;                     // as they were set
  std::shared_ptr<const Attached> attached;  // the packs and waivers it was judged with; may be null
  std::vector<int> judged;                   // the rules judged by, ascending
  bool explained = false;                    // the rows have their evidence
  std::vector<Finding> rows;
  std::vector<Evidence> evidence;
  std::vector<model::TermRow> terms;
  std::shared_ptr<const Matters> matters;  // what it was judged with; null: no matters
  std::vector<MatterFact> overdue;

  size_t size() const { return rows.size(); }
  absl::Span<const Evidence> EvidenceOf(const Finding& f) const {
    return absl::MakeConstSpan(evidence).subspan(f.first, f.last - f.first);
  }
};

}  // namespace jiceng::rules

#endif  // JICENG_RULES_FINDINGS_H_
