// Nodes: units, organisations and persons, and the numbers that stand for them.
#ifndef JICENG_MODEL_NODE_H_
#define JICENG_MODEL_NODE_H_

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>

#include "absl/status/statusor.h"
#include "base/date.h"

namespace jiceng::model {

enum class NodeKind : uint8_t { kNone = 0, kUnit = 1, kOrganization = 2, kPerson = 3 };
inline constexpr int kNodeKinds = 4;  // array size; slot 0 unused

// The word before the colon in a node's text form: "unit", "org", "person".
const char* NodeKindName(NodeKind kind);
NodeKind NodeKindFromName(std::string_view name);  // kNone when unknown

// A node's permanent number in its store.  It holds the kind and the place in the kind's columns, so neither needs a
// lookup: number = 4 * ordinal + kind.  Ordinals are given out without gaps from 0 and never reused.  Travels as int64;
// room for 2^30 nodes a kind.
class NodeNumber {
 public:
  constexpr NodeNumber() : value_(0) {}  // no node
  constexpr NodeNumber(NodeKind kind, uint32_t ordinal) : value_(ordinal << 2 | static_cast<uint32_t>(kind)) {}
  // Any bits are accepted; a number from outside must be checked against a snapshot's counts.
  static constexpr NodeNumber FromBits(uint32_t bits) {
    NodeNumber n;
    n.value_ = bits;
    return n;
  }
  static constexpr NodeNumber FromInt64(int64_t number) {
    return number > 0 && number <= 0xffffffffll ? FromBits(static_cast<uint32_t>(number)) : NodeNumber();
  }

  constexpr NodeKind kind() const { return static_cast<NodeKind>(value_ & 3); }
  constexpr uint32_t ordinal() const { return value_ >> 2; }
  constexpr uint32_t bits() const { return value_; }
  constexpr int64_t ToInt64() const { return value_; }
  constexpr explicit operator bool() const { return value_ != 0; }
  friend constexpr bool operator==(NodeNumber a, NodeNumber b) { return a.value_ == b.value_; }
  friend constexpr bool operator!=(NodeNumber a, NodeNumber b) { return a.value_ != b.value_; }
  // By kind, then ordinal: the nodes of one kind lie together wherever nodes are sorted.
  friend constexpr bool operator<(NodeNumber a, NodeNumber b) { return a.sort_key() < b.sort_key(); }
  constexpr uint32_t sort_key() const { return value_ << 30 | value_ >> 2; }

 private:
  uint32_t value_;
};

inline constexpr uint32_t kMostNodes = uint32_t{1} << 30;  // of a kind

// Levels of a unit, outermost first; the order is the law of the territory tree (a parent's level is above its child's,
// and any may be missing).
enum class Level : uint8_t { kNone, kProvince, kCity, kDistrict, kStreet, kCommunity, kGrid, kMicroGrid };
const char* LevelName(Level level);          // "province" ... "micro_grid"; "" for what a damaged base may say
Level LevelFromName(std::string_view name);  // kNone when unknown

// Rule facts: the closed list of what a verdict may rest on besides ties.  Each is a step function of the day.  Values
// are int32: levels and kinds by their numbers, dates as base::PartialDate::Pack(), references as NodeNumber bits.
enum class Fact : uint8_t {
  kLevel = 0,
  kHouseholds = 1,
  kPopulation = 2,
  kUnitParent = 3,  // of units
  kOrgKind = 0,
  kOrgParent = 1,
  kOrgSeat = 2,  // of organisations: parent and seat as the ledger names them;
                 // the ties are derived from them when a change is applied
  kPartyStatus = 0,
  kInService = 1,
  kJoinedOn = 2,
  kFullOn = 3,
  kSex = 4,  // of persons
};
inline constexpr int kMaxFacts = 5;
int FactCount(NodeKind kind);                    // 4, 3, 5
const char* FactName(NodeKind kind, Fact fact);  // the ledger's column name, e.g. "party_status"
// The fact of that column name, or false.
bool FactFromName(NodeKind kind, std::string_view name, Fact* fact);
inline constexpr int32_t kNoValue = INT32_MIN;

enum class PartyStatus : int32_t { kNone = 0, kProbationary = 1, kFull = 2 };
inline constexpr int kPartyStatuses = 3;
const char* PartyStatusName(PartyStatus status);  // "none", "probationary", "full"; "none" for what is no status
// The status of that name, or false.
bool PartyStatusFromName(std::string_view name, PartyStatus* status);

// Texts of a node.  Host ids and names of persons are personal; all texts lie in the store's erasable table, none but
// ids and codes is resident.
enum class TextAttribute : uint8_t {
  kId = 0,
  kName = 1,
  kCode = 2,
  kUscc = 3,
  kPartyCode = 4,
  kStaffNumber = 5,
  kCitizenIdHash = 6,
};
const char* TextAttributeName(TextAttribute attribute);
bool TextAttributeFromName(std::string_view name, TextAttribute* attribute);
// Codes resolve to a node; they are resident beside the ids.
constexpr bool IsCode(TextAttribute a) {
  return a == TextAttribute::kCode || a == TextAttribute::kUscc || a == TextAttribute::kPartyCode;
}

// "unit:320102", "org:1000001", "person:1000023522": the text form used by the C interface, ledgers and findings.
struct NodeText {
  NodeKind kind = NodeKind::kNone;
  std::string_view id;
};
// Errors: INVALID_ARGUMENT, reason BAD_NODE, when there is no known kind before the first colon or the id is not a host
// id.
absl::StatusOr<NodeText> ParseNodeText(std::string_view text);

}  // namespace jiceng::model

template <>
struct std::hash<jiceng::model::NodeNumber> {
  size_t operator()(jiceng::model::NodeNumber node) const noexcept { return node.bits(); }
};

#endif  // JICENG_MODEL_NODE_H_
