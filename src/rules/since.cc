// Since when a rule has been unmet: the same days, looked for backwards and at one node.
#include <algorithm>
#include <set>
#include <utility>

#include "rules/node_judge.h"
#include "rules/sight.h"
#include "rules/turns.h"

namespace jiceng::rules {

using base::Date;
using model::Fact;
using model::NodeKind;
using model::NodeNumber;
using model::Tie;
using model::TieKind;

namespace {

// The days on which the verdict on one node may have turned, up to `until`.
class Past {
 public:
  Past(const graph::Snapshot& snapshot, const Matters* matters, const Rule& rule, Judged judged, Date until)
      : snapshot_(snapshot), matters_(matters), rule_(rule), j_(std::move(judged)), until_(until) {}

  // Descending.
  std::vector<Date> Run(NodeNumber node) {
    Both(rule_.in_force);
    if (node.kind() != NodeKind::kPerson) Both(snapshot_.Life(node));
    Of(node, true);
    if (j_.sight.parents && node.kind() == NodeKind::kOrganization) {
      const model::FactTimeline parents = snapshot_.FactTimeline(node, Fact::kOrgParent);
      for (const auto& step : parents.steps()) {
        if (step.value != model::kNoValue) Of(NodeNumber::FromBits(static_cast<uint32_t>(step.value)), false);
      }
    }
    if (j_.sight.terms) {
      snapshot_.ForEachTermOf(node, [&](const model::TermRow& term) {
        Enter(term.elected_on);
        const Date last_day = Day::LastDay(term);
        if (last_day.IsFinite()) Enter(last_day.AddDays(1));
      });
    }
    if (matters_ != nullptr && std::holds_alternative<BoundMatterOverdue>(j_.bound.shape)) {
      matters_->ForEachClock(node, [&](const MatterClock& clock) {
        Both(clock.runs);
        Enter(clock.late_from);
      });
    }
    return {days_.rbegin(), days_.rend()};
  }

 private:
  void Enter(Date day) {
    if (day.IsFinite() && day <= until_) days_.insert(day);
  }
  void Both(base::Validity valid) {
    Enter(valid.from);
    Enter(valid.to);
  }

  // What changes of a node: its facts, its ties, and (`near`) what is at their other ends.
  void Of(NodeNumber node, bool near) {
    if (!snapshot_.In(node)) return;
    if (node.kind() == NodeKind::kUnit) return Place(node, near);
    if (node.kind() == NodeKind::kOrganization) Both(snapshot_.Life(node));
    Facts(node, near);
    Ties(node, near);
  }

  // A unit with all above it: what lies where may change with any of them.
  void Place(NodeNumber unit, bool near) {
    if (!snapshot_.In(unit) || !places_.insert(unit).second) return;
    Both(snapshot_.Life(unit));
    Facts(unit, false);
    snapshot_.ForEachFrom(TieKind::kTerritory, unit, [&](const Tie& tie) {
      Both(tie.valid);
      Place(tie.to, false);
    });
    if (near) Ties(unit, true);
  }

  void Facts(NodeNumber node, bool near) {
    for (int f = 0; f < model::FactCount(node.kind()); ++f) {
      const model::FactTimeline timeline = snapshot_.FactTimeline(node, static_cast<Fact>(f));
      for (const auto& step : timeline.steps()) {
        Enter(step.from);
        const bool dated = node.kind() == NodeKind::kPerson &&
                           (static_cast<Fact>(f) == Fact::kJoinedOn || static_cast<Fact>(f) == Fact::kFullOn);
        if (near && dated && step.value != model::kNoValue) Due(base::PartialDate::Unpack(step.value).date);
      }
    }
  }

  void Ties(NodeNumber node, bool near) {
    const auto tie_at = [&](const Tie& tie, NodeNumber other) {
      Both(tie.valid);
      if (other.kind() == NodeKind::kUnit) Place(other, false);
      if (!near) return;
      Due(tie.valid.from);
      Of(other, false);
    };
    for (int k = 1; k < model::kTieKinds; ++k) {
      const bool seat = static_cast<TieKind>(k) == TieKind::kSeat;
      if (!j_.sight.ties.test(static_cast<size_t>(k)) || (!near && !seat && !j_.sight.linked)) continue;
      const TieKind kind = static_cast<TieKind>(k);
      const model::TieLaw& law = model::LawOf(kind);
      if ((law.from_kinds >> static_cast<int>(node.kind()) & 1) != 0)
        snapshot_.ForEachFrom(kind, node, [&](const Tie& tie) { tie_at(tie, tie.to); });
      if ((law.to_kinds >> static_cast<int>(node.kind()) & 1) != 0 && (near || !seat))
        snapshot_.ForEachTo(kind, node, [&](const Tie& tie) { tie_at(tie, tie.from); });
    }
  }
  void Due(Date begun) {
    if (!begun.IsFinite()) return;
    for (const Clock& clock : j_.clocks) Enter(clock.Due(begun));
  }

  const graph::Snapshot& snapshot_;
  const Matters* const matters_;
  const Rule& rule_;
  const Judged j_;
  const Date until_;
  std::set<Date> days_;
  std::set<NodeNumber> places_;
};

}  // namespace

std::optional<Date> UnmetSince(const graph::Snapshot& snapshot, const model::Catalogue& catalogue, const RuleSet& rules,
                               int rule, NodeNumber node, Date date, const Parameters& parameters,
                               const Attached* attached, std::shared_ptr<const Matters> matters) {
  if (rules.bound(rule).deep) return std::nullopt;
  if (attached != nullptr) {
    for (const AttachedPolicy& policy : attached->policies) {
      if (policy.policy->Find(rule) != nullptr) return std::nullopt;
    }
  }
  AuditRequest request;
  request.date = date;
  request.rules = {rule};
  request.parameters = parameters;
  request.matters = std::move(matters);
  std::vector<Judged> judged = JudgedOf(snapshot, catalogue, rules, request, {date});
  if (judged.empty()) return std::nullopt;
  for (const Date day : Past(snapshot, request.matters.get(), rules[rule], std::move(judged[0]), date).Run(node)) {
    const AuditRequest before = OnDay(request, day.AddDays(-1));
    if (!NodeJudge(snapshot, catalogue, rules, before).IsUnmet(rule, node)) return day;
  }
  return Date::Beginning();
}

}  // namespace jiceng::rules
