// The catalogue: calendars, kinds, roles, register mappings, rules, procedures and indicators, out of the bytes of jiceng.v1.Catalogue.
#ifndef JICENG_WIRE_CATALOGUE_H_
#define JICENG_WIRE_CATALOGUE_H_

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "base/calendar.h"
#include "ledgers/register.h"
#include "model/catalogue.h"
#include "procedures/indicator.h"
#include "procedures/procedure.h"
#include "rules/rule.h"

namespace jiceng::wire {

// All the data an engine works by.  Immutable once decoded, share freely.
struct Catalogue {
  base::Calendar calendar;
  model::Catalogue model;
  rules::RuleSet rules;
  procedures::ProcedureSet procedures;
  procedures::IndicatorSet indicators;  // over matters
  std::vector<ledgers::RegisterMapping> registers;
  std::string version;
};

inline constexpr size_t kMaxCatalogueBytes = 64u << 20;

// Reads and checks a whole catalogue; one that comes back can be worked with.  The compiled-in bytes never fail.
//
// Errors: INVALID_ARGUMENT, reason BAD_MESSAGE, for bytes that are no such message; INVALID_UTF8 and BAD_CATALOGUE,
// with the place as in `rules[3].citations[0].article`; BAD_DATE, EMPTY_INTERVAL and BAD_SCHEDULE for dates and
// schedules; BAD_RULE for words and parameters a rule cannot be evaluated by;
// BAD_PROCEDURE for templates that cannot be run, BAD_INDICATOR for indicators that count what is not there; RESOURCE_EXHAUSTED, reason TOO_LARGE.
absl::StatusOr<Catalogue> DecodeCatalogue(std::string_view bytes);

// The bytes compiled in from the text records of this version.  They live as long as the program.
std::string_view BuiltinCatalogue();

}  // namespace jiceng::wire

#endif  // JICENG_WIRE_CATALOGUE_H_
