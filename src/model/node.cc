#include "model/node.h"

#include <iterator>
#include <string>

#include "base/status.h"
#include "base/text.h"

namespace jiceng::model {
namespace {

constexpr std::string_view kKindNames[kNodeKinds] = {"", "unit", "org", "person"};
constexpr const char* kLevelNames[] = {"", "province", "city", "district", "street", "community", "grid", "micro_grid"};
constexpr const char* kUnitFacts[] = {"level", "households", "population", "parent_code"};
constexpr const char* kOrgFacts[] = {"kind", "parent_id", "unit_code"};
constexpr const char* kPersonFacts[] = {"party_status", "in_service", "joined_on", "full_on", "sex"};
constexpr const char* kStatusNames[kPartyStatuses] = {"none", "probationary", "full"};
constexpr const char* kTextNames[] = {"id", "name", "code", "uscc", "party_code", "staff_number", "citizen_id_hash"};

const char* const* FactNames(NodeKind kind) {
  switch (kind) {
    case NodeKind::kUnit:
      return kUnitFacts;
    case NodeKind::kOrganization:
      return kOrgFacts;
    default:
      return kPersonFacts;
  }
}

}  // namespace

const char* NodeKindName(NodeKind kind) { return kKindNames[static_cast<int>(kind)].data(); }

NodeKind NodeKindFromName(std::string_view name) {
  for (int kind = 1; kind < kNodeKinds; ++kind) {
    if (name == kKindNames[kind]) return static_cast<NodeKind>(kind);
  }
  return NodeKind::kNone;
}

const char* PartyStatusName(PartyStatus status) {
  const auto number = static_cast<size_t>(status);
  return kStatusNames[number < std::size(kStatusNames) ? number : 0];
}

bool PartyStatusFromName(std::string_view name, PartyStatus* status) {
  for (int i = 0; i < kPartyStatuses; ++i) {
    if (name != kStatusNames[i]) continue;
    *status = static_cast<PartyStatus>(i);
    return true;
  }
  return false;
}

const char* LevelName(Level level) {
  return static_cast<size_t>(level) < std::size(kLevelNames) ? kLevelNames[static_cast<int>(level)] : "";
}

Level LevelFromName(std::string_view name) {
  for (int i = 1; i < 8; ++i) {
    if (name == kLevelNames[i]) return static_cast<Level>(i);
  }
  return Level::kNone;
}

int FactCount(NodeKind kind) {
  switch (kind) {
    case NodeKind::kUnit:
      return 4;
    case NodeKind::kOrganization:
      return 3;
    case NodeKind::kPerson:
      return 5;
    case NodeKind::kNone:
      return 0;
  }
  return 0;
}

const char* FactName(NodeKind kind, Fact fact) { return FactNames(kind)[static_cast<int>(fact)]; }

bool FactFromName(NodeKind kind, std::string_view name, Fact* fact) {
  for (int i = 0; i < FactCount(kind); ++i) {
    if (name == FactNames(kind)[i]) {
      *fact = static_cast<Fact>(i);
      return true;
    }
  }
  return false;
}

const char* TextAttributeName(TextAttribute attribute) { return kTextNames[static_cast<int>(attribute)]; }

bool TextAttributeFromName(std::string_view name, TextAttribute* attribute) {
  for (int i = 0; i < 7; ++i) {
    if (name == kTextNames[i]) {
      *attribute = static_cast<TextAttribute>(i);
      return true;
    }
  }
  return false;
}

absl::StatusOr<NodeText> ParseNodeText(std::string_view text) {
  const size_t colon = text.find(':');
  NodeText node;
  if (colon != std::string_view::npos) node.kind = NodeKindFromName(text.substr(0, colon));
  if (node.kind == NodeKind::kNone) {
    return base::Error(absl::StatusCode::kInvalidArgument, "BAD_NODE",
                       "a node is written unit:ID, org:ID or person:ID, not '" + std::string(text) + "'");
  }
  node.id = text.substr(colon + 1);
  RETURN_IF_ERROR(base::CheckHostId(node.id));
  return node;
}

}  // namespace jiceng::model
