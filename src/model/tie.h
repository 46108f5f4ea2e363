// Ties: dated, typed links between two nodes.  All structure is ties.
#ifndef JICENG_MODEL_TIE_H_
#define JICENG_MODEL_TIE_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "base/date.h"
#include "model/node.h"

namespace jiceng::model {

// Numbers are stored; never reuse one.  A hierarchy's tie goes from the lower node to the higher.
enum class TieKind : uint8_t {
  kNone = 0,
  kTerritory = 1,     // 属地层级  unit -> unit
  kPartyLine = 2,     // 隶属      org -> org
  kAdminLine = 3,     // 行政领导  org -> org
  kGuidance = 4,      // 业务指导  org -> org
  kSupervision = 5,   // 监督      org -> org
  kDispatch = 6,      // 派驻      org -> org
  kSeat = 7,          // 属地      org -> unit
  kCovers = 8,        // 覆盖      Party org -> unit or org
  kOverlay = 9,       // 片区      unit -> unit
  kGridMapping = 10,  // 多网映射  unit -> unit
  kAlliance = 11,     // 联盟      org -> org
  kPairing = 12,      // 结对联建  org - org, symmetric: kept with the smaller number first
  kService = 13,      // 物业服务  org -> unit
  kAffiliation = 14,  // 组织关系  person -> Party org
  kEmployment = 15,   // person -> org
  kResidence = 16,    // person -> unit
  kAppointment = 17,  // 任职      person -> org or unit
  kReport = 18,       // 报到      person or org -> unit
  kLiaison = 19,      // 包联      person -> org or unit
  kRecusal = 20,      // 回避申报  person - person, symmetric
};
inline constexpr int kTieKinds = 21;  // array size

// How a kind of tie may be shaped; one row of the table in tie.cc each.
struct TieLaw {
  TieKind kind;
  const char* name;              // "territory"
  const char* title_zh;          // "属地层级"
  uint8_t from_kinds, to_kinds;  // bit masks 1 << NodeKind
  enum Shape : uint8_t { kFree, kAcyclic, kTree, kSymmetric } shape;
  bool party_org_from, party_org_to;  // that end must be a Party organisation
  bool with_role;                     // the role is part of the key
  bool with_manner;                   // carries one of MannerNames(kind)
};
const TieLaw& LawOf(TieKind kind);
const char* TieKindName(TieKind kind);
TieKind TieKindFromName(std::string_view name);  // kNone when unknown

// The closed lists of the `kind` column of affiliations.csv and appointments.csv: how the tie came about.
enum class AffiliationManner : uint8_t { kNone = 0, kFormal = 1, kTemporary = 2, kFloating = 3, kFunctional = 4 };
enum class AppointmentManner : uint8_t {
  kNone = 0,
  kElected = 1,
  kAppointed = 2,
  kPartTime = 3,
  kActing = 4,
  kSeconded = 5,
  kExOfficio = 6,
};
const char* MannerName(TieKind kind, uint8_t manner);  // "" for 0
bool MannerFromName(TieKind kind, std::string_view name, uint8_t* manner);

using RoleNumber = uint8_t;  // of the role catalogue; 0 is none

// A tie's identity: the kind, both nodes, the role of an appointment, and the day it begins.  Ordered by kind,
// from-node, to-node, role, day.
struct TieKey {
  TieKind kind = TieKind::kNone;
  RoleNumber role = 0;
  NodeNumber from, to;
  base::Date since;

  friend bool operator==(const TieKey& a, const TieKey& b) {
    return a.kind == b.kind && a.role == b.role && a.from == b.from && a.to == b.to && a.since == b.since;
  }
  friend bool operator<(const TieKey& a, const TieKey& b) {
    if (a.kind != b.kind) return a.kind < b.kind;
    if (a.from != b.from) return a.from < b.from;
    if (a.to != b.to) return a.to < b.to;
    if (a.role != b.role) return a.role < b.role;
    return a.since < b.since;
  }
};

// A tie as the current belief has it.  `number` is its store-local integer, kept through amendments.
struct Tie {
  TieKind kind = TieKind::kNone;
  RoleNumber role = 0;
  uint8_t manner = 0;
  bool withdrawn = false;  // believed once, no longer: kept as a row of the log, in no answer
  uint32_t number = 0;
  NodeNumber from, to;
  base::Validity valid;
  int32_t extra = -1;  // index of the attributes JSON in the batch that carries the tie, or -1

  TieKey key() const { return {kind, role, from, to, valid.from}; }
};

// Whether an affiliation is the formal one (正式组织关系), by which a member is counted.
template <typename AnyTie>
bool IsFormal(const AnyTie& affiliation) {
  return affiliation.manner == static_cast<uint8_t>(AffiliationManner::kFormal);
}

}  // namespace jiceng::model

#endif  // JICENG_MODEL_TIE_H_
