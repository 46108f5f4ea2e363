#include "rules/judge.h"

#include <limits>

namespace jiceng::rules {

using model::Fact;
using model::NodeKind;
using model::NodeNumber;

void Case::TellTie(const model::Tie& tie) const {
  Evidence evidence;
  evidence.kind = Evidence::kTie;
  evidence.tie = tie;
  Tell(evidence);
}

void Case::TellNumber(Evidence::Kind kind, NodeNumber node, int64_t value) const {
  Evidence evidence;
  evidence.kind = kind;
  evidence.node = node;
  evidence.value = static_cast<int32_t>(value);
  Tell(evidence);
}

namespace {

// Says that `fact` has `value`, which is not what the domain asks for.
bool Outside(NodeNumber node, Fact fact, int32_t value, std::vector<Evidence>* why_not) {
  if (why_not != nullptr) {
    Evidence evidence;
    evidence.kind = Evidence::kFact;
    evidence.node = node;
    evidence.fact = fact;
    evidence.value = value;
    why_not->push_back(evidence);
  }
  return false;
}

}  // namespace

bool Governs(const Case& c, NodeNumber node, std::vector<Evidence>* why_not) {
  const BoundDomain& domain = c.bound.domain;
  if (!domain.Has(node.kind())) return false;
  const graph::Snapshot& snapshot = c.day.snapshot();
  const base::Date date = c.day.date();
  if (node.kind() == NodeKind::kPerson) {
    const int status = c.day.Status(node.ordinal());
    if ((domain.statuses >> status & 1) == 0) {
      return Outside(node, Fact::kPartyStatus, status == kStatusUnsaid ? model::kNoValue : status, why_not);
    }
    if (domain.in_service && !c.day.InService(node.ordinal())) {
      return Outside(node, Fact::kInService, snapshot.FactAt(node, Fact::kInService, date), why_not);
    }
  }
  if (node.kind() == NodeKind::kOrganization && !domain.org_kinds.any) {
    const int32_t kind = c.day.OrgKind(node);
    if (!domain.org_kinds.Has(kind)) return Outside(node, Fact::kOrgKind, kind, why_not);
  }
  if (node.kind() == NodeKind::kUnit && domain.levels != 0xffff) {
    const int32_t level = snapshot.FactAt(node, Fact::kLevel, date);
    if (level < 0 || level > 15 || (domain.levels >> level & 1) == 0)
      return Outside(node, Fact::kLevel, level, why_not);
  }
  // Whatever the rule says of lifetimes, a node put by mistake and taken back is not there.
  const bool exists =
      domain.live && node.kind() != NodeKind::kPerson ? snapshot.Exists(node, date) : !snapshot.Withdrawn(node);
  if (!exists && why_not != nullptr) {
    Evidence evidence;
    evidence.kind = Evidence::kLife;
    evidence.node = node;
    evidence.tie.valid = snapshot.Life(node);
    why_not->push_back(evidence);
  }
  return exists;
}

std::unique_ptr<Judge> MakeJudge(const Case& c) {
  if (const auto* s = std::get_if<BoundCountBounds>(&c.bound.shape)) return MakeCountBoundsJudge(c, *s);
  if (const auto* s = std::get_if<BoundTermLength>(&c.bound.shape)) return MakeTermLengthJudge(c, *s);
  if (const auto* s = std::get_if<BoundDeadline>(&c.bound.shape)) return MakeDeadlineJudge(c, *s);
  if (const auto* s = std::get_if<BoundUniqueness>(&c.bound.shape)) return MakeUniquenessJudge(c, *s);
  return nullptr;
}

}  // namespace jiceng::rules
