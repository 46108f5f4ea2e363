// What a register can say, as a table: the name and the kind of value of each field.
#ifndef JICENG_LEDGERS_REGISTER_FIELD_H_
#define JICENG_LEDGERS_REGISTER_FIELD_H_

#include "ledgers/register.h"

namespace jiceng::ledgers {

enum class FieldType : uint8_t {
  kName,       // of a person; the spaces that align Han names are taken out
  kTyped,      // as in ledgers, by `cell`
  kCitizenId,  // 18 characters with a right check character
  kLooseDate,  // the first day of what is written
  kLooseEnd,   // the first day after it when the column is inclusive
  kPost,       // a role by id or Chinese title
};

struct FieldSpec {
  RegisterField field;
  const char* name;
  FieldType type;
  CellType cell;  // of kTyped
};
const FieldSpec& SpecOf(RegisterField field);

// A header as it is compared: half-width, lower case, without brackets and what is in them, without spaces, `*` before
// and `:` after.
std::string NormalizeHeader(std::string_view header);

}  // namespace jiceng::ledgers

#endif  // JICENG_LEDGERS_REGISTER_FIELD_H_
