// Procedures as records.
#ifndef JICENG_WIRE_PROCEDURES_H_
#define JICENG_WIRE_PROCEDURES_H_

#include <vector>

#include "absl/status/statusor.h"
#include "jiceng_private/v1/catalogue.pb.h"
#include "procedures/procedure.h"

namespace jiceng::wire {

namespace pb = ::jiceng_private::v1;

// What the records say, every number and choice well formed; whether the words in them are known and the templates can
// be run is for procedures::ProcedureSet to say.
absl::StatusOr<std::vector<procedures::Procedure>> ReadProcedures(const pb::Catalogue& catalogue);

}  // namespace jiceng::wire

#endif  // JICENG_WIRE_PROCEDURES_H_
