// Dates as offices write them: accepted in registers, recognised in ledgers to say what was meant.
#ifndef JICENG_LEDGERS_LOOSE_DATE_H_
#define JICENG_LEDGERS_LOOSE_DATE_H_

#include <string>
#include <string_view>

#include "base/date.h"

namespace jiceng::ledgers {

enum class LooseDate {
  kDate,       // a date, written in one of the known ways
  kNotADay,    // written in a known way, but there is no such day: 2026-02-30
  kAmbiguous,  // "2020.1": January, or an October whose zero a spreadsheet cut off
  kNotADate,
};

// Reads `2020-07-01`, `2020.7.1`, `2020/7/1`, `2020年7月1日`, `20200701`, each without the day or without both as well
// (`202007`, `2020年7月`, `2020`), full-width digits, and a midnight after it (`2020/7/1 0:00:00`).
LooseDate ReadLooseDate(std::string_view text, base::PartialDate* date);

// What is wrong with a cell that should be a date, and what to write instead.  `partial` when a year or month alone
// will do.
std::string DateAdvice(std::string_view text, bool partial);

}  // namespace jiceng::ledgers

#endif  // JICENG_LEDGERS_LOOSE_DATE_H_
