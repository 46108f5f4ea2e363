#include "model/tie.h"

namespace jiceng::model {
namespace {

constexpr uint8_t kU = 1 << static_cast<int>(NodeKind::kUnit);
constexpr uint8_t kO = 1 << static_cast<int>(NodeKind::kOrganization);
constexpr uint8_t kP = 1 << static_cast<int>(NodeKind::kPerson);

// The integrity laws of every kind of tie (docs/model.md): always enforced, whatever rules a place has.
constexpr TieLaw kLaws[kTieKinds] = {
    {TieKind::kNone, "", "", 0, 0, TieLaw::kFree, false, false, false, false},
    {TieKind::kTerritory, "territory", "属地层级", kU, kU, TieLaw::kTree, false, false, false, false},
    {TieKind::kPartyLine, "party_line", "隶属", kO, kO, TieLaw::kAcyclic, true, true, false, false},
    {TieKind::kAdminLine, "admin_line", "行政领导", kO, kO, TieLaw::kAcyclic, false, false, false, false},
    {TieKind::kGuidance, "guidance", "业务指导", kO, kO, TieLaw::kAcyclic, false, false, false, false},
    {TieKind::kSupervision, "supervision", "监督", kO, kO, TieLaw::kAcyclic, false, false, false, false},
    {TieKind::kDispatch, "dispatch", "派驻", kO, kO, TieLaw::kAcyclic, false, false, false, false},
    {TieKind::kSeat, "seat", "属地", kO, kU, TieLaw::kFree, false, false, false, false},
    {TieKind::kCovers, "covers", "覆盖", kO, kU | kO, TieLaw::kFree, true, false, false, false},
    {TieKind::kOverlay, "overlay", "片区", kU, kU, TieLaw::kFree, false, false, false, false},
    {TieKind::kGridMapping, "grid_mapping", "多网映射", kU, kU, TieLaw::kFree, false, false, false, false},
    {TieKind::kAlliance, "alliance", "联盟", kO, kO, TieLaw::kFree, false, false, false, false},
    {TieKind::kPairing, "pairing", "结对联建", kO, kO, TieLaw::kSymmetric, false, false, false, false},
    {TieKind::kService, "service", "物业服务", kO, kU, TieLaw::kFree, false, false, false, false},
    {TieKind::kAffiliation, "affiliation", "组织关系", kP, kO, TieLaw::kFree, false, true, false, true},
    {TieKind::kEmployment, "employment", "就业", kP, kO, TieLaw::kFree, false, false, false, false},
    {TieKind::kResidence, "residence", "居住", kP, kU, TieLaw::kFree, false, false, false, false},
    {TieKind::kAppointment, "appointment", "任职", kP, kU | kO, TieLaw::kFree, false, false, true, true},
    {TieKind::kReport, "report", "报到", kP | kO, kU, TieLaw::kFree, false, false, false, false},
    {TieKind::kLiaison, "liaison", "包联", kP, kU | kO, TieLaw::kFree, false, false, false, false},
    {TieKind::kRecusal, "recusal", "回避申报", kP, kP, TieLaw::kSymmetric, false, false, false, false},
};

constexpr const char* kAffiliationManners[] = {"", "formal", "temporary", "floating", "functional"};
constexpr const char* kAppointmentManners[] = {"",       "elected",  "appointed", "part_time",
                                               "acting", "seconded", "ex_officio"};

struct Manners {
  const char* const* names;
  uint8_t count;
};

Manners MannersOf(TieKind kind) {
  if (kind == TieKind::kAffiliation) return {kAffiliationManners, 5};
  if (kind == TieKind::kAppointment) return {kAppointmentManners, 7};
  return {kAffiliationManners, 1};
}

}  // namespace

const TieLaw& LawOf(TieKind kind) { return kLaws[static_cast<int>(kind) < kTieKinds ? static_cast<int>(kind) : 0]; }

const char* TieKindName(TieKind kind) { return LawOf(kind).name; }

TieKind TieKindFromName(std::string_view name) {
  for (int i = 1; i < kTieKinds; ++i) {
    if (name == kLaws[i].name) return static_cast<TieKind>(i);
  }
  return TieKind::kNone;
}

const char* MannerName(TieKind kind, uint8_t manner) {
  const Manners manners = MannersOf(kind);
  return manner < manners.count ? manners.names[manner] : "";
}

bool MannerFromName(TieKind kind, std::string_view name, uint8_t* manner) {
  const Manners manners = MannersOf(kind);
  for (uint8_t i = 1; i < manners.count; ++i) {
    if (name == manners.names[i]) {
      *manner = i;
      return true;
    }
  }
  return false;
}

}  // namespace jiceng::model
