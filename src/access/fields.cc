#include "access/fields.h"

#include "base/text.h"

namespace jiceng::access {
namespace {

using model::NodeKind;
using model::TextAttribute;

struct FieldRow {
  NodeKind kind;
  TextAttribute attribute;
  FieldClass field_class;
};

// The table; what is not in it is restricted.
constexpr FieldRow kFields[] = {
    {NodeKind::kUnit, TextAttribute::kId, FieldClass::kPublic},
    {NodeKind::kUnit, TextAttribute::kName, FieldClass::kPublic},
    {NodeKind::kUnit, TextAttribute::kCode, FieldClass::kPublic},
    {NodeKind::kOrganization, TextAttribute::kId, FieldClass::kPublic},
    {NodeKind::kOrganization, TextAttribute::kName, FieldClass::kPublic},
    {NodeKind::kOrganization, TextAttribute::kUscc, FieldClass::kPublic},
    {NodeKind::kOrganization, TextAttribute::kPartyCode, FieldClass::kInternal},
    {NodeKind::kPerson, TextAttribute::kId, FieldClass::kInternal},
    {NodeKind::kPerson, TextAttribute::kName, FieldClass::kInternal},
    {NodeKind::kPerson, TextAttribute::kStaffNumber, FieldClass::kRestricted},
    {NodeKind::kPerson, TextAttribute::kCitizenIdHash, FieldClass::kRestricted},
};

}  // namespace

const char* FieldClassName(FieldClass field_class) {
  switch (field_class) {
    case FieldClass::kPublic:
      return "public";
    case FieldClass::kInternal:
      return "internal";
    case FieldClass::kRestricted:
      break;
  }
  return "restricted";
}

FieldClass ClassOf(NodeKind kind, TextAttribute attribute) {
  for (const FieldRow& field : kFields) {
    if (field.kind == kind && field.attribute == attribute) return field.field_class;
  }
  return FieldClass::kRestricted;
}

bool IsMasked(FieldClass field_class, std::string_view purpose) {
  return field_class == FieldClass::kRestricted && base::NormalizeWidth(purpose).empty();
}

}  // namespace jiceng::access
