#include "rules/judge.h"

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

// That `fact` is `value`, which is not what the domain asks for.
Evidence FactIs(NodeNumber node, Fact fact, int32_t value) {
  Evidence evidence;
  evidence.kind = Evidence::kFact;
  evidence.node = node;
  evidence.fact = fact;
  evidence.value = value;
  return evidence;
}

}  // namespace

std::vector<Evidence> WhyNotGoverned(const Case& c, NodeNumber node) {
  const BoundDomain& domain = c.bound.domain;
  if (!domain.Has(node.kind())) return {};
  const auto fact_on = [&](Fact fact) { return c.day.snapshot().FactAt(node, fact, c.day.date()); };
  if (!FactsFit(c, node)) {
    switch (node.kind()) {
      case NodeKind::kPerson: {
        const int status = c.day.Status(node.ordinal());
        if ((domain.statuses >> status & 1) != 0) return {FactIs(node, Fact::kInService, fact_on(Fact::kInService))};
        return {FactIs(node, Fact::kPartyStatus, status == kStatusUnsaid ? model::kNoValue : status)};
      }
      case NodeKind::kOrganization:
        return {FactIs(node, Fact::kOrgKind, fact_on(Fact::kOrgKind))};
      case NodeKind::kUnit:
        return {FactIs(node, Fact::kLevel, fact_on(Fact::kLevel))};
      case NodeKind::kNone:
        break;
    }
    return {};
  }
  const bool there = IsThere(c, node);
  if (there && IsInForce(c, node)) return {};
  Evidence evidence;
  evidence.kind = there ? Evidence::kInForce : Evidence::kLife;
  evidence.node = node;
  evidence.tie.valid = there ? c.rule.in_force : c.day.snapshot().Life(node);
  return {evidence};
}

std::unique_ptr<Case> MakeCase(const Day& day, const model::Catalogue& catalogue, const RuleSet& rules, int index,
                               const EffectiveRule& values, bool explain, Findings* findings) {
  auto c = std::unique_ptr<Case>(
      new Case{day, catalogue, index, rules[index], rules.bound(index), {}, values.level(), explain, findings});
  for (const EffectiveValue& value : values.parameters) c->parameters.push_back(value.value);
  return c;
}

void TellPolicy(const Case& c, const EffectiveRule& values, Finding* finding) {
  const auto tell = [&](const EffectiveValue& value, int which) {
    if (value.source < 0) return;
    Evidence evidence;
    evidence.kind = Evidence::kPolicy;
    evidence.node = finding->subject;
    evidence.value = value.source;
    evidence.which = which;
    c.Tell(evidence);
  };
  for (const int p : c.bound.used_parameters) tell(values.parameters[static_cast<size_t>(p)], p);
  for (int s = 0; s < kSettings; ++s) tell(values.settings[s], -1 - s);
  if (finding->waived) {
    const std::vector<Waiver>& waivers = c.findings->attached->waivers;
    const Waiver* waiver = c.findings->attached->FindWaiver(c.rule_index, finding->subject, c.day.date());
    Evidence evidence;
    evidence.kind = Evidence::kWaiver;
    evidence.node = finding->subject;
    evidence.value = static_cast<int32_t>(waiver - waivers.data());
    c.Tell(evidence);
  }
  finding->last = static_cast<uint32_t>(c.findings->evidence.size());
}

bool LacksParameter(const Case& c) {
  for (const int p : c.bound.used_parameters) {
    if (!c.parameters[static_cast<size_t>(p)].has_value()) return true;
  }
  return false;
}

std::optional<Finding> MissingParameter(const Case& c, NodeNumber subject) {
  Finding finding = c.Blank(subject);
  finding.level = c.rule.level;  // of the rule as such: it may be unknown in several places
  bool missing = false;
  for (const int p : c.bound.used_parameters) {
    if (c.parameters[static_cast<size_t>(p)].has_value()) continue;
    missing = true;
    if (c.explain) c.TellNumber(Evidence::kParameter, subject, p);
  }
  if (!missing) return std::nullopt;
  c.Decide(Status::kUnknown, MessageCase::kUnknown, &finding);
  return finding;
}

std::unique_ptr<Judge> MakeJudge(const Case& c) {
  if (const auto* s = std::get_if<BoundCountBounds>(&c.bound.shape)) return MakeCountBoundsJudge(c, *s);
  if (const auto* s = std::get_if<BoundTermLength>(&c.bound.shape)) return MakeTermLengthJudge(c, *s);
  if (const auto* s = std::get_if<BoundDeadline>(&c.bound.shape)) return MakeDeadlineJudge(c, *s);
  if (const auto* s = std::get_if<BoundUniqueness>(&c.bound.shape)) return MakeUniquenessJudge(c, *s);
  if (const auto* s = std::get_if<BoundDuration>(&c.bound.shape)) return MakeDurationJudge(c, *s);
  if (const auto* s = std::get_if<BoundTiePair>(&c.bound.shape)) return MakeTiePairJudge(c, *s);
  if (const auto* s = std::get_if<BoundTermShift>(&c.bound.shape)) return MakeTermShiftJudge(c, *s);
  if (const auto* s = std::get_if<BoundResolution>(&c.bound.shape)) return MakeResolutionJudge(c, *s);
  if (const auto* s = std::get_if<BoundMatterOverdue>(&c.bound.shape)) return MakeMatterOverdueJudge(c, *s);
  return nullptr;
}

}  // namespace jiceng::rules
