// Periods of days, months and years, and what turns when they have run out.
#ifndef JICENG_RULES_PERIOD_H_
#define JICENG_RULES_PERIOD_H_

#include <algorithm>
#include <cstdint>

#include "base/date.h"
#include "model/node.h"
#include "model/tie.h"
#include "rules/rule.h"

namespace jiceng::rules {

// The last day of a period: the day it begins is not counted; months and years end on the same date, or on the last day
// of the month (民法典 Arts. 201, 202).  The other way with a count below 0.
inline base::Date After(base::Date begun, Period period, int64_t count) {
  const auto most = [&](int64_t limit) { return static_cast<int>(std::clamp(count, -limit, limit)); };
  switch (period) {
    case Period::kMonths:
      return begun.AddMonths(most(120000));
    case Period::kYears:
      return begun.AddYears(most(10000));
    case Period::kDays:
    case Period::kUnspecified:
      break;
  }
  return begun.AddDays(most(4000000));
}

// That a verdict on the node at one end of a tie, or of whom a date is said, turns on the day after a period that begins
// with the tie, or that date: by time alone.
struct Clock {
  model::TieKind kind = model::TieKind::kNone;  // kNone: the fact
  model::Fact fact{};                           // of nodes of the kinds the rule governs
  TieEnd end = TieEnd::kFrom;
  Period period = Period::kDays;
  int64_t count = 0;

  friend bool operator==(const Clock& a, const Clock& b) {
    return a.kind == b.kind && a.fact == b.fact && a.end == b.end && a.period == b.period && a.count == b.count;
  }
  // The first day on which what began on that day has gone on for longer.
  base::Date Due(base::Date begun) const { return After(begun, period, count).AddDays(1); }
  // The days on which must have begun what turns on one of `days`, whose ends are within the calendar; perhaps a few
  // more.
  base::Validity Beginnings(base::Validity days) const {
    // Counting back from the day before the first to that before the last; a month shorter than the date goes to its
    // last day either way.
    const base::Date first = After(days.from.AddDays(-1), period, -count);
    return {first, After(days.to.AddDays(-1), period, -count).AddDays(1)};
  }
};

}  // namespace jiceng::rules

#endif  // JICENG_RULES_PERIOD_H_
