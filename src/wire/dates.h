// Civil dates of messages.  Seen by the .cc files of this room only, like everything that includes *.pb.h.
#ifndef JICENG_WIRE_DATES_H_
#define JICENG_WIRE_DATES_H_

#include "absl/status/statusor.h"
#include "base/date.h"
#include "jiceng_private/v1/date.pb.h"
#include "wire/place.h"

namespace jiceng::wire {

namespace pb = ::jiceng_private::v1;

// A whole day.  Errors: BAD_DATE, also for no date at all or one that lacks the day.
absl::StatusOr<base::Date> ReadDay(const pb::Date& date, const Place& place);
// A whole day, or `none` where every field is zero.
absl::StatusOr<base::Date> ReadDay(const pb::Date& date, base::Date none, const Place& place);
// A date of any precision, or `none`.
absl::StatusOr<base::PartialDate> ReadPartialDate(const pb::Date& date, base::Date none, const Place& place);

// Leaves the message empty for either end of the calendar.
void WriteDay(base::Date day, pb::Date* date);
void WritePartialDate(base::PartialDate partial, pb::Date* date);

}  // namespace jiceng::wire

#endif  // JICENG_WIRE_DATES_H_
