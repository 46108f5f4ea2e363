// How the schema's numbers of nodes and ties stand to the model's.  Seen by the .cc files of this room only.
#ifndef JICENG_WIRE_NUMBERS_H_
#define JICENG_WIRE_NUMBERS_H_

#include <cstdint>

#include "jiceng_private/v1/node.pb.h"
#include "jiceng_private/v1/tie.pb.h"
#include "model/node.h"
#include "model/tie.h"

namespace jiceng::wire {

namespace pb = ::jiceng_private::v1;

static_assert(static_cast<int>(model::Level::kMicroGrid) == pb::Level_MAX);
static_assert(static_cast<int>(model::TieKind::kRecusal) == pb::TieKind_MAX && model::kTieKinds == pb::TieKind_MAX + 1);
static_assert(static_cast<int>(model::TieKind::kAppointment) == pb::TIE_KIND_APPOINTMENT);
// A status of zero is a status ("none"), and on the wire zero is "not given": the schema is one ahead.
static_assert(static_cast<int>(model::PartyStatus::kFull) == pb::PARTY_STATUS_FULL - 1);

// A member of pb::Fact: of which kind of node it is which fact, and its name in field paths.
struct FactField {
  pb::Fact::ValueCase value_case;
  model::NodeKind kind;
  model::Fact fact;
  const char* name;
};

inline constexpr FactField kFactFields[] = {
    {pb::Fact::kLevel, model::NodeKind::kUnit, model::Fact::kLevel, "level"},
    {pb::Fact::kHouseholds, model::NodeKind::kUnit, model::Fact::kHouseholds, "households"},
    {pb::Fact::kPopulation, model::NodeKind::kUnit, model::Fact::kPopulation, "population"},
    {pb::Fact::kUnitParent, model::NodeKind::kUnit, model::Fact::kUnitParent, "unit_parent"},
    {pb::Fact::kOrganizationKind, model::NodeKind::kOrganization, model::Fact::kOrgKind, "organization_kind"},
    {pb::Fact::kOrganizationParent, model::NodeKind::kOrganization, model::Fact::kOrgParent, "organization_parent"},
    {pb::Fact::kOrganizationSeat, model::NodeKind::kOrganization, model::Fact::kOrgSeat, "organization_seat"},
    {pb::Fact::kPartyStatus, model::NodeKind::kPerson, model::Fact::kPartyStatus, "party_status"},
    {pb::Fact::kInService, model::NodeKind::kPerson, model::Fact::kInService, "in_service"},
    {pb::Fact::kJoinedOn, model::NodeKind::kPerson, model::Fact::kJoinedOn, "joined_on"},
    {pb::Fact::kFullOn, model::NodeKind::kPerson, model::Fact::kFullOn, "full_on"},
    {pb::Fact::kSex, model::NodeKind::kPerson, model::Fact::kSex, "sex"},
};

// nullptr for a fact that is not set.
inline const FactField* FactFieldOf(pb::Fact::ValueCase value_case) {
  for (const FactField& field : kFactFields) {
    if (field.value_case == value_case) return &field;
  }
  return nullptr;
}
inline const FactField* FactFieldOf(model::NodeKind kind, model::Fact fact) {
  for (const FactField& field : kFactFields) {
    if (field.kind == kind && field.fact == fact) return &field;
  }
  return nullptr;
}

struct TextNumber {
  pb::TextAttribute number;
  model::TextAttribute attribute;
};

inline constexpr TextNumber kTextNumbers[] = {
    {pb::TEXT_ATTRIBUTE_NAME, model::TextAttribute::kName},
    {pb::TEXT_ATTRIBUTE_CODE, model::TextAttribute::kCode},
    {pb::TEXT_ATTRIBUTE_USCC, model::TextAttribute::kUscc},
    {pb::TEXT_ATTRIBUTE_PARTY_CODE, model::TextAttribute::kPartyCode},
    {pb::TEXT_ATTRIBUTE_STAFF_NUMBER, model::TextAttribute::kStaffNumber},
};

inline bool TextAttributeFromNumber(int number, model::TextAttribute* attribute) {
  for (const TextNumber& text : kTextNumbers) {
    if (text.number == number) {
      *attribute = text.attribute;
      return true;
    }
  }
  return false;
}
// TEXT_ATTRIBUTE_UNSPECIFIED for what no change can set.
inline pb::TextAttribute NumberOf(model::TextAttribute attribute) {
  for (const TextNumber& text : kTextNumbers) {
    if (text.attribute == attribute) return text.number;
  }
  return pb::TEXT_ATTRIBUTE_UNSPECIFIED;
}

// The schema has one list of manners, the model one for each kind that has any.
inline constexpr int kFirstAffiliationManner = pb::TIE_MANNER_FORMAL,
                     kLastAffiliationManner = pb::TIE_MANNER_FUNCTIONAL;
inline constexpr int kFirstAppointmentManner = pb::TIE_MANNER_ELECTED,
                     kLastAppointmentManner = pb::TIE_MANNER_EX_OFFICIO;
static_assert(kLastAffiliationManner - kFirstAffiliationManner + 1 ==
              static_cast<int>(model::AffiliationManner::kFunctional));
static_assert(kLastAppointmentManner - kFirstAppointmentManner + 1 ==
              static_cast<int>(model::AppointmentManner::kExOfficio));

// False for a manner that the kind does not have; none is a manner of every kind.
inline bool MannerFromNumber(model::TieKind kind, int number, uint8_t* manner) {
  *manner = 0;
  if (number == pb::TIE_MANNER_UNSPECIFIED) return true;
  int first = 0, last = -1;
  if (kind == model::TieKind::kAffiliation) {
    first = kFirstAffiliationManner;
    last = kLastAffiliationManner;
  } else if (kind == model::TieKind::kAppointment) {
    first = kFirstAppointmentManner;
    last = kLastAppointmentManner;
  }
  if (number < first || number > last) return false;
  *manner = static_cast<uint8_t>(number - first + 1);
  return true;
}
inline pb::TieManner NumberOf(model::TieKind kind, uint8_t manner) {
  if (manner == 0) return pb::TIE_MANNER_UNSPECIFIED;
  const int first = kind == model::TieKind::kAffiliation ? kFirstAffiliationManner : kFirstAppointmentManner;
  return static_cast<pb::TieManner>(first + manner - 1);
}

}  // namespace jiceng::wire

#endif  // JICENG_WIRE_NUMBERS_H_
