// Mappings of Chinese registers.
#ifndef JICENG_WIRE_REGISTERS_H_
#define JICENG_WIRE_REGISTERS_H_

#include <vector>

#include "absl/status/statusor.h"
#include "jiceng_private/v1/catalogue.pb.h"
#include "ledgers/register.h"

namespace jiceng::wire {

namespace pb = ::jiceng_private::v1;

absl::StatusOr<std::vector<ledgers::RegisterMapping>> ReadRegisters(const pb::Catalogue& catalogue);

}  // namespace jiceng::wire

#endif  // JICENG_WIRE_REGISTERS_H_
