// Records of indicators out of a catalogue's message.
#ifndef JICENG_WIRE_INDICATORS_H_
#define JICENG_WIRE_INDICATORS_H_

#include <vector>

#include "absl/status/statusor.h"
#include "jiceng_private/v1/catalogue.pb.h"
#include "procedures/indicator.h"

namespace jiceng::wire {

// Errors: INVALID_ARGUMENT (BAD_CATALOGUE, INVALID_UTF8) with the place, as in `matter_indicators[3].title.zh`.
absl::StatusOr<std::vector<procedures::MatterIndicator>> ReadIndicators(
    const ::jiceng_private::v1::Catalogue& catalogue);

}  // namespace jiceng::wire

#endif  // JICENG_WIRE_INDICATORS_H_
