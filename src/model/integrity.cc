#include "model/integrity.h"

#include "absl/strings/str_cat.h"

namespace jiceng::model {
namespace {

uint8_t Bit(NodeKind kind) { return static_cast<uint8_t>(1u << static_cast<int>(kind)); }

// Depth-first upward on the days that are left of `window`; true when `goal` was reached, with the way in `path`.
bool Climb(NodeNumber node, NodeNumber goal, base::Validity window, VisitUpward upward, std::vector<NodeNumber>* path) {
  constexpr size_t kDeepest = 64;  // no real hierarchy is deeper; a longer way is a cycle that does not pass the goal
  if (path->size() > kDeepest) return false;
  path->push_back(node);
  if (node == goal) return true;
  bool found = false;
  upward(node, [&](NodeNumber to, base::Validity valid) {
    if (found) return;
    const base::Validity rest = window.Intersect(valid);
    if (!rest.IsEmpty()) found = Climb(to, goal, rest, upward, path);
  });
  if (!found) path->pop_back();
  return found;
}

}  // namespace

std::optional<Violation> CheckTie(const Tie& tie, const Catalogue& catalogue) {
  const TieLaw& law = LawOf(tie.kind);
  if (law.kind == TieKind::kNone) return Violation{"UNKNOWN_TIE_KIND", "unknown kind of tie", {}};
  if (tie.valid.IsEmpty()) {
    return Violation{
        "EMPTY_INTERVAL",
        absl::StrCat("begins on ", tie.valid.from.ToString(), ", not before its end ", tie.valid.to.ToString()),
        {}};
  }
  if ((law.from_kinds & Bit(tie.from.kind())) == 0 || (law.to_kinds & Bit(tie.to.kind())) == 0) {
    return Violation{"WRONG_NODE_KIND",
                     absl::StrCat("a ", law.name, " tie cannot join a ", NodeKindName(tie.from.kind()), " to a ",
                                  NodeKindName(tie.to.kind())),
                     {}};
  }
  if (tie.from == tie.to) return Violation{"SELF_TIE", absl::StrCat("a ", law.name, " tie joins a node to itself"), {}};
  if (law.with_role != (tie.role != 0)) {
    return Violation{
        "UNKNOWN_ROLE", law.with_role ? "the role is missing" : absl::StrCat("a ", law.name, " tie has no role"), {}};
  }
  if (law.with_role && catalogue.FindRole(tie.role) == nullptr) {
    return Violation{"UNKNOWN_ROLE", absl::StrCat("no role has the number ", tie.role), {}};
  }
  return std::nullopt;
}

std::optional<Violation> CheckAcyclic(const Tie& tie, VisitUpward upward) {
  std::vector<NodeNumber> path{tie.from};
  if (!Climb(tie.to, tie.from, tie.valid, upward, &path)) return std::nullopt;
  return Violation{"CYCLE", absl::StrCat("closes a circle of ", path.size() - 1, " ", TieKindName(tie.kind), " ties"),
                   path};
}

std::optional<Violation> CheckOneParent(const Tie& tie, VisitUpward upward) {
  std::optional<Violation> violation;
  upward(tie.from, [&](NodeNumber to, base::Validity valid) {
    if (violation || to == tie.to || tie.valid.Intersect(valid).IsEmpty()) return;
    violation = Violation{"TWO_PARENTS", absl::StrCat("has two ", TieKindName(tie.kind), " parents on one day"), {to}};
  });
  return violation;
}

}  // namespace jiceng::model
