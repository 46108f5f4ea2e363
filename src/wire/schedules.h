// Yearly schedules of working days.
#ifndef JICENG_WIRE_SCHEDULES_H_
#define JICENG_WIRE_SCHEDULES_H_

#include "absl/status/statusor.h"
#include "base/calendar.h"
#include "jiceng_private/v1/catalogue.pb.h"

namespace jiceng::wire {

namespace pb = ::jiceng_private::v1;

absl::StatusOr<base::Calendar> ReadCalendar(const pb::Catalogue& catalogue);

}  // namespace jiceng::wire

#endif  // JICENG_WIRE_SCHEDULES_H_
