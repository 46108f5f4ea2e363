#include "rules/turns.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "base/sorted.h"
#include "base/status.h"
#include "graph/facts_on.h"
#include "graph/walk.h"
#include "rules/node_judge.h"
#include "rules/sight.h"

namespace jiceng::rules {
namespace {

using base::Date;
using model::Fact;
using model::NodeKind;
using model::NodeNumber;
using model::Tie;
using model::TieKind;

constexpr NodeKind kKinds[] = {NodeKind::kUnit, NodeKind::kOrganization, NodeKind::kPerson};

// The days in (from, until] on which a law comes into force or goes out of it, or a pack begins or ends to hold.
std::set<Date> Boundaries(const RuleSet& rules, const Attached* attached, Date from, Date until) {
  std::set<Date> days;
  const auto enter = [&](const base::Validity& valid) {
    for (const Date day : {valid.from, valid.to}) {
      if (from < day && day <= until) days.insert(day);
    }
  };
  for (int rule = 0; rule < rules.size(); ++rule) enter(rules[rule].in_force);
  if (attached != nullptr) {
    for (const AttachedPolicy& policy : attached->policies) enter(policy.valid);
  }
  return days;
}

class Finder {
 public:
  Finder(const graph::Snapshot& snapshot, const RuleSet& rules, const Attached* attached, const Matters* matters,
         std::vector<Judged> judged, Date from, Date until)
      : snapshot_(snapshot),
        rules_(rules),
        attached_(attached),
        matters_(matters),
        judged_(std::move(judged)),
        from_(from),
        until_(until) {}

  std::vector<MayTurn> Run() {
    Laws();
    Ties();
    Facts();
    Lives();
    Terms();
    Overdue();
    base::SortUnique(&found_);
    return std::move(found_);
  }

 private:
  bool InWindow(Date day) const { return from_ < day && day <= until_; }
  void Everybody(const Judged& j, Date day) { found_.push_back({day, j.rule, NodeNumber()}); }
  void Enter(const Judged& j, Date day, NodeNumber node) {
    if (!j.bound.domain.Has(node.kind()) || !snapshot_.In(node)) return;
    found_.push_back({day, j.rule, j.bound.deep ? NodeNumber() : node});
  }

  void Laws() {
    for (const Judged& j : judged_) {
      const base::Validity in_force = rules_[j.rule].in_force;
      for (const Date day : {in_force.from, in_force.to}) {
        if (InWindow(day)) Everybody(j, day);
      }
      if (attached_ == nullptr) continue;
      for (const AttachedPolicy& policy : attached_->policies) {
        if (policy.policy->Find(j.rule) == nullptr) continue;
        for (const Date day : {policy.valid.from, policy.valid.to}) {
          if (InWindow(day)) Everybody(j, day);
        }
      }
    }
  }

  // Ties that begin or end, and periods that a tie began long before.
  void Ties() {
    for (int k = 1; k < model::kTieKinds; ++k) {
      const TieKind kind = static_cast<TieKind>(k);
      std::vector<const Judged*> looking;
      std::vector<std::pair<const Judged*, const Clock*>> clocked;
      for (const Judged& j : judged_) {
        if (j.sight.ties.test(static_cast<size_t>(k))) looking.push_back(&j);
        for (const Clock& clock : j.clocks) {
          if (clock.kind == kind) clocked.emplace_back(&j, &clock);
        }
      }
      if (looking.empty() && clocked.empty() && kind != TieKind::kTerritory) continue;
      snapshot_.ForEachTie(kind, [&](const Tie& tie) {
        for (const auto& [j, clock] : clocked) {
          const Date due = tie.valid.from.IsFinite() ? clock->Due(tie.valid.from) : Date::Forever();
          if (InWindow(due) && tie.valid.Holds(due)) Enter(*j, due, clock->end == TieEnd::kFrom ? tie.from : tie.to);
        }
        for (const Date day : {tie.valid.from, tie.valid.to}) {
          if (InWindow(day)) Changed(tie, day, looking);
        }
      });
    }
  }

  void Changed(const Tie& tie, Date day, const std::vector<const Judged*>& looking) {
    if (tie.kind == TieKind::kTerritory) {
      for (const Judged& j : judged_) {
        if (j.sight.places) Everybody(j, day);
      }
      return;
    }
    for (const Judged* j : looking) {
      if (j->bound.deep || (j->sight.parents && tie.kind == TieKind::kSeat)) {
        Everybody(*j, day);
        continue;
      }
      for (const NodeNumber end : {tie.from, tie.to}) {
        Enter(*j, day, end);
        if (j->sight.linked || (j->sight.seats && tie.kind == TieKind::kSeat)) Neighbours(*j, day, end);
      }
    }
  }

  // What is at the other ends of a node's ties that the rule looks at.
  void Neighbours(const Judged& j, Date day, NodeNumber node) {
    for (int k = 1; k < model::kTieKinds; ++k) {
      if (!j.sight.ties.test(static_cast<size_t>(k))) continue;
      const TieKind kind = static_cast<TieKind>(k);
      const model::TieLaw& law = model::LawOf(kind);
      if ((law.from_kinds >> static_cast<int>(node.kind()) & 1) != 0)
        snapshot_.ForEachFrom(kind, node, [&](const Tie& tie) { Enter(j, day, tie.to); });
      if ((law.to_kinds >> static_cast<int>(node.kind()) & 1) != 0)
        snapshot_.ForEachTo(kind, node, [&](const Tie& tie) { Enter(j, day, tie.from); });
    }
  }

  void Facts() {
    for (const NodeKind kind : kKinds) {
      for (int f = 0; f < model::FactCount(kind); ++f) ForEachChange(kind, static_cast<Fact>(f));
    }
    for (const Judged& j : judged_) {
      for (const Clock& clock : j.clocks) {
        if (clock.kind == TieKind::kNone) Said(j, clock);
      }
    }
  }

  // Periods that a dated fact began.
  void Said(const Judged& j, const Clock& clock) {
    for (const NodeKind kind : kKinds) {
      if (!j.bound.domain.Has(kind)) continue;
      const std::vector<int32_t> facts = graph::FactsOn(snapshot_, kind, clock.fact, until_);
      for (uint32_t i = 0; i < facts.size(); ++i) {
        if (facts[i] == model::kNoValue) continue;
        const Date due = clock.Due(base::PartialDate::Unpack(facts[i]).date);
        if (InWindow(due)) Enter(j, due, NodeNumber(kind, i));
      }
    }
  }

  // The days on which a fact of some node has another value than before.
  void ForEachChange(NodeKind kind, Fact fact) {
    const auto consider = [&](NodeNumber node) {
      const model::FactTimeline timeline = snapshot_.FactTimeline(node, fact);
      for (const auto& step : timeline.steps()) {
        if (InWindow(step.from)) FactChanged(node, fact, step.from);
      }
    };
    const graph::FactColumn& column = snapshot_.base().Fact(kind, fact);
    for (const uint32_t ordinal : column.dated) {
      const NodeNumber node(kind, ordinal);
      if (snapshot_.In(node)) consider(node);
    }
    std::set<NodeNumber> touched;
    snapshot_.ForEachTouched(0, [&](const graph::Touched& t) {
      const bool fits = t.what == graph::Touched::kFact && t.which == static_cast<uint8_t>(fact);
      if (t.node.kind() == kind && (fits || t.what == graph::Touched::kNode)) touched.insert(t.node);
      return true;
    });
    for (const NodeNumber node : touched) consider(node);
  }

  void FactChanged(NodeNumber node, Fact fact, Date day) {
    const bool moves_units = node.kind() == NodeKind::kUnit && fact == Fact::kLevel;
    const bool moves_orgs =
        node.kind() == NodeKind::kOrganization && (fact == Fact::kOrgKind || fact == Fact::kOrgParent);
    for (const Judged& j : judged_) {
      if (moves_units || (moves_orgs && (j.sight.parents || j.bound.deep))) {
        Everybody(j, day);
      } else {
        Enter(j, day, node);
        Neighbours(j, day, node);
      }
    }
  }

  void Lives() {
    for (const NodeKind kind : {NodeKind::kUnit, NodeKind::kOrganization}) {
      for (uint32_t i = 0; i < snapshot_.Count(kind); ++i) {
        const NodeNumber node(kind, i);
        const base::Validity life = snapshot_.Life(node);
        for (const Date day : {life.from, life.to}) {
          if (!InWindow(day)) continue;
          for (const Judged& j : judged_) {
            if (kind == NodeKind::kUnit && j.sight.places) {
              Everybody(j, day);
            } else {
              Enter(j, day, node);
            }
          }
        }
      }
    }
  }

  void Terms() {
    snapshot_.ForEachTerm([&](const model::TermRow& term) {
      const Date last_day = Day::LastDay(term);
      for (const Date day : {term.elected_on, last_day.IsFinite() ? last_day.AddDays(1) : last_day}) {
        if (!InWindow(day)) continue;
        for (const Judged& j : judged_) {
          if (j.sight.terms) Enter(j, day, term.org);
        }
      }
    });
  }

  // Clocks of matters that begin, end or run out.
  void Overdue() {
    if (matters_ == nullptr) return;
    for (const Judged& j : judged_) {
      const auto* shape = std::get_if<BoundMatterOverdue>(&j.bound.shape);
      if (shape == nullptr) continue;
      matters_->ForEachTurn({from_.AddDays(1), until_.AddDays(1)}, [&](Date day, const MatterClock& clock) {
        if (shape->Has(clock)) Enter(j, day, clock.about);
      });
    }
  }

  const graph::Snapshot& snapshot_;
  const RuleSet& rules_;
  const Attached* const attached_;
  const Matters* const matters_;
  const std::vector<Judged> judged_;
  const Date from_, until_;
  std::vector<MayTurn> found_;
};

// What is unmet on a day under some rules.
absl::StatusOr<std::set<std::pair<int, NodeNumber>>> UnmetOn(const graph::Snapshot& snapshot,
                                                             const model::Catalogue& catalogue, const RuleSet& rules,
                                                             const AuditRequest& request,
                                                             const std::vector<int>& judged, Date day) {
  AuditRequest one = OnDay(request, day);
  one.rules = judged;
  ASSIGN_OR_RETURN(const Findings findings, Audit(snapshot, catalogue, rules, one));
  std::set<std::pair<int, NodeNumber>> unmet;
  for (const Finding& finding : findings.rows) {
    if (finding.status == Status::kUnmet) unmet.emplace(finding.rule, finding.subject);
  }
  return unmet;
}

}  // namespace

std::vector<MayTurn> WhatMayTurn(const graph::Snapshot& snapshot, const model::Catalogue& catalogue,
                                 const RuleSet& rules, const AuditRequest& request, Date until) {
  const Attached* const attached = request.attached.get();
  std::set<Date> days = Boundaries(rules, attached, request.date, until);
  days.insert({request.date, until});
  std::vector<Judged> judged = JudgedOf(snapshot, catalogue, rules, request, days);
  return Finder(snapshot, rules, attached, request.matters.get(), std::move(judged), request.date, until).Run();
}

absl::StatusOr<std::vector<Turn>> Turns(const graph::Snapshot& snapshot, const model::Catalogue& catalogue,
                                        const RuleSet& rules, const AuditRequest& request, Date until) {
  const std::vector<MayTurn> may = WhatMayTurn(snapshot, catalogue, rules, request, until);

  // What is known of a verdict so far; it changes at the days in `may` only.
  std::map<std::pair<int, NodeNumber>, bool> unmet;
  {
    const AuditRequest first = OnDay(request, request.date);
    NodeJudge judge(snapshot, catalogue, rules, first);
    for (const MayTurn& m : may) {
      if (m.node && unmet.count({m.rule, m.node}) == 0) unmet[{m.rule, m.node}] = judge.IsUnmet(m.rule, m.node);
    }
  }
  std::vector<Turn> turns;
  const auto turn = [&](Date day, int rule, NodeNumber node, bool now) {
    if (!request.root.has_value() || graph::IsUnder(snapshot, node, *request.root, day))
      turns.push_back({day, rule, node, now});
  };
  for (auto at = may.begin(); at != may.end();) {
    const Date day = at->day;
    const auto end = std::find_if(at, may.end(), [&](const MayTurn& m) { return m.day != day; });
    std::vector<int> whole;  // the rules under which anybody may turn: two audits say who does
    for (auto m = at; m != end; ++m) {
      if (!m->node) whole.push_back(m->rule);
    }
    if (!whole.empty()) {
      ASSIGN_OR_RETURN(const auto before, UnmetOn(snapshot, catalogue, rules, request, whole, day.AddDays(-1)));
      ASSIGN_OR_RETURN(const auto after, UnmetOn(snapshot, catalogue, rules, request, whole, day));
      for (const auto& [rule, node] : before) {
        if (after.count({rule, node}) == 0) turn(day, rule, node, false);
      }
      for (const auto& [rule, node] : after) {
        if (before.count({rule, node}) == 0) turn(day, rule, node, true);
      }
      for (const int rule : whole) {
        auto known = unmet.lower_bound({rule, NodeNumber()});
        for (; known != unmet.end() && known->first.first == rule; ++known)
          known->second = after.count(known->first) != 0;
      }
    }
    const AuditRequest today = OnDay(request, day);
    NodeJudge judge(snapshot, catalogue, rules, today);
    for (; at != end; ++at) {
      if (std::binary_search(whole.begin(), whole.end(), at->rule)) continue;
      bool& known = unmet[{at->rule, at->node}];
      const bool now = judge.IsUnmet(at->rule, at->node);
      if (now != known) turn(day, at->rule, at->node, now);
      known = now;
    }
  }
  std::sort(turns.begin(), turns.end(), [](const Turn& a, const Turn& b) {
    return MayTurn{a.day, a.rule, a.node} < MayTurn{b.day, b.rule, b.node};
  });
  return turns;
}

}  // namespace jiceng::rules
