// One change of every kind, as a host would send them.
#ifndef JICENG_TESTS_WIRE_CHANGES_H_
#define JICENG_TESTS_WIRE_CHANGES_H_

#include <vector>

#include "model/change.h"
#include "wire/policy.h"

namespace jiceng::wire {

inline base::Date Day(int year, int month, int day) { return base::Date::FromCivil(year, month, day).value(); }

inline std::vector<model::Change> EveryChange() {
  using base::Date;
  using base::PartialDate;
  using model::Fact;
  using model::TextAttribute;
  using model::TieKind;
  const model::TieName secretary{TieKind::kAppointment, "person:7", "org:1000001", "secretary", Day(2024, 2, 29)};

  model::PutNode unit{"unit:320102002001",
                      "梅园社区",
                      {Day(2001, 1, 1), Date::Forever()},
                      PartialDate::kYear,
                      PartialDate::kDay,
                      {},
                      {}};
  unit.facts = {{Fact::kLevel, static_cast<int32_t>(model::Level::kCommunity), ""},
                {Fact::kHouseholds, 2100, ""},
                {Fact::kPopulation, 0, ""},
                {Fact::kUnitParent, model::kNoValue, "unit:320102002"}};
  unit.codes = {{TextAttribute::kCode, "320102002001"}};
  model::PutNode org{"org:1000001",
                     "第一党支部",
                     {Date::Beginning(), Day(2026, 6, 1)},
                     PartialDate::kDay,
                     PartialDate::kMonth,
                     {},
                     {}};
  org.facts = {{Fact::kOrgKind, model::kNoValue, "party_branch"},
               {Fact::kOrgParent, model::kNoValue, "org:1000000"},
               {Fact::kOrgSeat, model::kNoValue, "unit:320102002001"}};
  org.codes = {{TextAttribute::kUscc, "91350100M000100Y43"}, {TextAttribute::kPartyCode, "001.002"}};
  model::PutNode person{"person:7", "古丽·阿依", {}, PartialDate::kDay, PartialDate::kDay, {}, {}};
  person.facts = {{Fact::kPartyStatus, static_cast<int32_t>(model::PartyStatus::kNone), ""},
                  {Fact::kInService, 0, ""},
                  {Fact::kJoinedOn, PartialDate{Day(1998, 7, 1), PartialDate::kMonth}.Pack(), ""},
                  {Fact::kFullOn, PartialDate{Day(1999, 7, 1), PartialDate::kDay}.Pack(), ""},
                  {Fact::kSex, 2, ""}};
  person.codes = {{TextAttribute::kStaffNumber, "A-0007"}};

  return {
      unit,
      org,
      person,
      model::AmendFact{"person:7",
                       {Day(2025, 1, 1), Date::Forever()},
                       {Fact::kPartyStatus, static_cast<int32_t>(model::PartyStatus::kFull), ""},
                       false},
      model::AmendFact{"unit:1", {Date::Beginning(), Day(2025, 1, 1)}, {Fact::kHouseholds, model::kNoValue, ""}, true},
      model::SetText{"org:1000001", {Day(2020, 5, 1), Day(2021, 5, 1)}, {TextAttribute::kName, "第一支部"}},
      model::SetText{"org:1000001", {}, {TextAttribute::kPartyCode, ""}},
      model::OpenTie{secretary, Day(2027, 3, 1), static_cast<uint8_t>(model::AppointmentManner::kElected),
                     R"({"capacity":"full_time"})"},
      model::OpenTie{{TieKind::kAffiliation, "person:7", "org:1000001", "", Date::Beginning()},
                     Date::Forever(),
                     static_cast<uint8_t>(model::AffiliationManner::kFunctional),
                     ""},
      model::AmendTie{secretary, Date::Forever(), static_cast<uint8_t>(model::AppointmentManner::kExOfficio), ""},
      model::CloseTie{secretary, Day(2025, 12, 31)},
      model::CorrectTie{
          secretary,
          {{TieKind::kAppointment, "person:8", "unit:1", "grid_head", Day(2024, 3, 1)}, Date::Forever(), 0, ""}},
      model::WithdrawTie{{TieKind::kReport, "org:1000001", "unit:1", "", Day(2024, 3, 1)}},
      model::PutTerm{"org:1000001", 3, Day(2024, 2, 29), 3, Day(2027, 2, 28), Day(2027, 5, 31)},
      model::PutTerm{"org:1000001", 1, Date::Beginning(), 0, Date::Forever(), Date::Forever()},
      model::Rename{"unit:1", "新名", Day(2026, 1, 1)},
      model::Recode{"unit:1", model::TextValue{TextAttribute::kCode, std::string("320102002009")}, Day(2026, 1, 1)},
      model::Move{"unit:1", TieKind::kTerritory, "", "unit:2", Day(2026, 1, 1)},
      model::Move{"org:1", TieKind::kAdminLine, "org:2", "org:3", Day(2026, 1, 1)},
      // A pack that has an id, a title and an issuer; the rest is checked where it is attached.
      model::AttachPolicy{"unit:1",
                          "p",
                          std::string("\n\x01p\x1a\x06\n\x01t\x12\x01t\"\x06\n\x01i\x12\x01i"),
                          {Day(2026, 1, 1), Date::Forever()},
                          3},
      model::DetachPolicy{"unit:1", "p", Day(2027, 1, 1), Day(2026, 1, 1)},
      model::Waive{
          "org:1", "branch.min-members", {Day(2026, 1, 1), Day(2026, 7, 1)}, EncodeWaiver("整改中", "某办〔2026〕1号")},
      model::EndWaiver{"org:1", "branch.min-members", Day(2026, 5, 1), Day(2026, 1, 1)},
      model::OpenMatter{"report.member", "R1", {{"member", "person:7"}}, Day(2026, 3, 2), 540, "person:7", {}},
      model::TakeStep{"R1", "serve", Day(2026, 4, 11), 0, "", {{"hours", "3"}, {"served_on", "2026-04-11"}}},
  };
}

}  // namespace jiceng::wire

#endif  // JICENG_TESTS_WIRE_CHANGES_H_
