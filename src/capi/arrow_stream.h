// Tables as Arrow streams (the C data and C stream interface).
#ifndef JICENG_CAPI_ARROW_STREAM_H_
#define JICENG_CAPI_ARROW_STREAM_H_

#include <jiceng/arrow.h>

#include <functional>
#include <memory>

#include "absl/status/statusor.h"
#include "capi/table.h"

namespace jiceng::capi {

// Gives one table after the other, all of the same columns, and null at the end.  Called once more than it gives
// tables, and first for the schema: there is at least one, which may be empty.
using NextTable = std::function<absl::StatusOr<std::shared_ptr<const TableData>>()>;

// Fills the caller's struct.
absl::Status MakeStream(NextTable next, ArrowArrayStream* out);

}  // namespace jiceng::capi

#endif  // JICENG_CAPI_ARROW_STREAM_H_
