#include "access/actor.h"

#include "base/status.h"
#include "base/strings.h"
#include "base/text.h"
#include "graph/walk.h"
#include "model/node.h"

namespace jiceng::access {
namespace {

absl::Status OutOfScope(std::string_view message) {
  return base::Error(absl::StatusCode::kPermissionDenied, "OUT_OF_SCOPE", message);
}

bool HasControlCharacter(std::string_view text) {
  for (char32_t c : base::CodePoints(text)) {
    if (c < 0x20 || (c >= 0x7f && c < 0xa0)) return true;
  }
  return false;
}

}  // namespace

absl::StatusOr<Actor> Actor::Create(std::string_view name, std::string_view scope) {
  RETURN_IF_ERROR(base::CheckUtf8(name));
  if (name.empty() || HasControlCharacter(name)) {
    return base::Error(absl::StatusCode::kInvalidArgument, "BAD_NAME",
                       "an actor's name is not empty and has no control characters", "name");
  }
  ASSIGN_OR_RETURN(const model::NodeText node, model::ParseNodeText(scope));
  if (node.kind == model::NodeKind::kPerson) {
    return base::Error(absl::StatusCode::kInvalidArgument, "BAD_NODE",
                       "a scope is a unit or an organisation; nothing lies below a person", "scope");
  }
  Actor actor;
  actor.name_ = std::string(name);
  actor.scope_ = std::string(scope);
  return actor;
}

std::optional<model::NodeNumber> Actor::ScopeIn(const graph::Snapshot& snapshot, base::Date day) const {
  const absl::StatusOr<model::NodeText> node = model::ParseNodeText(scope_);
  if (!node.ok()) return std::nullopt;
  return snapshot.Find(node->kind, node->id, day);
}

bool MaySee(const graph::Snapshot& snapshot, const Actor& actor, model::NodeNumber node, base::Date day) {
  const std::optional<model::NodeNumber> scope = actor.ScopeIn(snapshot, day);
  return scope.has_value() && snapshot.In(node) && graph::IsUnder(snapshot, node, *scope, day);
}

std::vector<model::NodeNumber> WhyMaySee(const graph::Snapshot& snapshot, const Actor& actor, model::NodeNumber node,
                                         base::Date day) {
  const std::optional<model::NodeNumber> scope = actor.ScopeIn(snapshot, day);
  if (!scope.has_value() || !snapshot.In(node)) return {};
  return graph::Path(snapshot, node, *scope, day, std::nullopt);
}

absl::StatusOr<std::optional<model::NodeNumber>> EffectiveRoot(const graph::Snapshot& snapshot, const Actor* actor,
                                                               std::optional<model::NodeNumber> requested,
                                                               base::Date day) {
  if (actor == nullptr) return requested;
  const std::optional<model::NodeNumber> scope = actor->ScopeIn(snapshot, day);
  if (!scope.has_value())
    return OutOfScope(base::StrCat("the scope ", actor->scope(), " of the actor is not in the store"));
  if (!requested.has_value()) return scope;
  if (!MaySee(snapshot, *actor, *requested, day)) {
    return OutOfScope(base::StrCat("the node does not lie at or below ", actor->scope(), ", the scope of the actor"));
  }
  return requested;
}

}  // namespace jiceng::access
