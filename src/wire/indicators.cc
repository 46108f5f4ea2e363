#include "wire/indicators.h"

#include <string>
#include <utility>

#include "base/status.h"
#include "wire/record_fields.h"

namespace jiceng::wire {
namespace {

template <typename Messages>
absl::StatusOr<std::vector<procedures::MatterTest>> ReadTests(const Messages& messages, const Place& parent,
                                                              const char* name) {
  std::vector<procedures::MatterTest> tests;
  for (int i = 0; i < messages.size(); ++i) {
    const Place place = parent.In(name, i);
    const pb::MatterTest& message = messages.Get(i);
    procedures::MatterTest test;
    ASSIGN_OR_RETURN(test.states, ReadWords(message.states(), place, "states"));
    ASSIGN_OR_RETURN(test.taken, ReadWords(message.taken(), place, "taken"));
    ASSIGN_OR_RETURN(test.due, ReadString(message.due(), place.In("due")));
    ASSIGN_OR_RETURN(test.in_time, ReadString(message.in_time(), place.In("in_time")));
    tests.push_back(std::move(test));
  }
  return tests;
}

absl::StatusOr<procedures::MatterIndicator> ReadIndicator(const pb::MatterIndicator& message, const Place& place) {
  procedures::MatterIndicator indicator;
  ASSIGN_OR_RETURN(indicator.id, ReadFilled(message.id(), place.In("id")));
  ASSIGN_OR_RETURN(indicator.title, ReadBoth(message.title(), place.In("title")));
  ASSIGN_OR_RETURN(indicator.numerator, ReadBoth(message.numerator(), place.In("numerator")));
  if (message.has_denominator()) {
    ASSIGN_OR_RETURN(indicator.denominator, ReadBoth(message.denominator(), place.In("denominator")));
  }
  ASSIGN_OR_RETURN(indicator.procedure, ReadFilled(message.procedure(), place.In("procedure")));
  ASSIGN_OR_RETURN(indicator.part, ReadFilled(message.part(), place.In("part")));
  ASSIGN_OR_RETURN(indicator.line_part, ReadString(message.line_part(), place.In("line_part")));
  ASSIGN_OR_RETURN(indicator.among, ReadTests(message.among(), place, "among"));
  ASSIGN_OR_RETURN(indicator.counted, ReadTests(message.counted(), place, "counted"));
  ASSIGN_OR_RETURN(indicator.steps, ReadWords(message.steps(), place, "steps"));
  ASSIGN_OR_RETURN(indicator.field, ReadString(message.field(), place.In("field")));
  return indicator;
}

}  // namespace

absl::StatusOr<std::vector<procedures::MatterIndicator>> ReadIndicators(const pb::Catalogue& catalogue) {
  std::vector<procedures::MatterIndicator> indicators;
  for (int i = 0; i < catalogue.matter_indicators_size(); ++i) {
    ASSIGN_OR_RETURN(procedures::MatterIndicator indicator,
                     ReadIndicator(catalogue.matter_indicators(i), Place("matter_indicators", i)));
    indicators.push_back(std::move(indicator));
  }
  return indicators;
}

}  // namespace jiceng::wire
