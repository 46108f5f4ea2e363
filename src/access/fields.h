// Classes of fields: how far the texts of a node may travel.
#ifndef JICENG_ACCESS_FIELDS_H_
#define JICENG_ACCESS_FIELDS_H_

#include <string_view>

#include "model/node.h"

namespace jiceng::access {

// From what anyone may read to what hardly anyone needs.
enum class FieldClass : uint8_t {
  kPublic = 1,      // on the notice board: units, bodies, their official codes
  kInternal = 2,    // for those whose scope it lies in: who a person is, how the Party counts its own bodies
  kRestricted = 3,  // masked unless a purpose is stated (个人信息保护法 Art. 28: what is sensitive, or identifies
                    // beyond the work at hand)
};
const char* FieldClassName(FieldClass field_class);  // "public", "internal", "restricted"

// The class of a text of a node of that kind.  A text the kind does not have is restricted.
FieldClass ClassOf(model::NodeKind kind, model::TextAttribute attribute);

// Whether a value of the class is masked for a caller who states `purpose` (white space is none).
bool IsMasked(FieldClass field_class, std::string_view purpose);

}  // namespace jiceng::access

#endif  // JICENG_ACCESS_FIELDS_H_
