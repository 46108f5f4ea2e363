#include "rules/turns.h"

#include <algorithm>
#include <bitset>
#include <map>
#include <memory>
#include <set>
#include <utility>

#include "base/status.h"
#include "graph/walk.h"
#include "rules/effective.h"
#include "rules/judge.h"

namespace jiceng::rules {
namespace {

using base::Date;
using model::Fact;
using model::NodeKind;
using model::NodeNumber;
using model::Tie;
using model::TieKind;

constexpr NodeKind kKinds[] = {NodeKind::kUnit, NodeKind::kOrganization, NodeKind::kPerson};

// What a rule looks at besides the node and its facts, as far as time can change it.  Wider than need be: a day too many
// is judged in vain, one too few would be missed.
struct Sight {
  std::bitset<model::kTieKinds> ties;  // of the node, or of what is at their other ends
  TieKind clock = TieKind::kNone;      // whose beginning starts a period
  bool fact_clock = false;             // a dated fact does
  bool terms = false;
  bool linked = false;   // the ties of those the node is linked to by a symmetric tie count
  bool seats = false;    // where the other ends are seated
  bool parents = false;  // where the node's parent is seated
};

Sight SightOf(const Rule& rule, const BoundRule& bound) {
  Sight sight;
  const auto look = [&](const BoundMeasure& measure) {
    if (!measure.IsFact()) sight.ties.set(static_cast<size_t>(measure.kind));
  };
  sight.terms = rule.governing_day == GoverningDay::kElection;
  if (const auto* count = std::get_if<BoundCountBounds>(&bound.shape)) {
    for (const BoundMeasure& measure : count->measures) look(measure);
    for (const auto& condition : count->conditions) look(condition.measure);
    if (count->per.has_value()) look(*count->per);
  } else if (const auto* deadline = std::get_if<BoundDeadline>(&bound.shape)) {
    sight.ties.set(static_cast<size_t>(deadline->start));
    sight.ties.set(static_cast<size_t>(deadline->required));
    sight.clock = deadline->start;
  } else if (const auto* duration = std::get_if<BoundDuration>(&bound.shape)) {
    look(duration->start);
    sight.clock = duration->start.kind;
    sight.fact_clock = duration->start.IsFact();
  } else if (const auto* unique = std::get_if<BoundUniqueness>(&bound.shape)) {
    sight.ties.set(static_cast<size_t>(unique->kind));
  } else if (const auto* pair = std::get_if<BoundTiePair>(&bound.shape)) {
    look(pair->first);
    for (const BoundMeasure& measure : pair->second) look(measure);
    sight.seats = pair->place == PairPlace::kSameCommunity;
    sight.linked = pair->through != TieKind::kNone;
    if (sight.linked) sight.ties.set(static_cast<size_t>(pair->through));
  } else if (std::holds_alternative<BoundTermLength>(bound.shape)) {
    sight.ties.set(static_cast<size_t>(TieKind::kAppointment));
    sight.clock = TieKind::kAppointment;
    sight.terms = sight.parents = true;
  } else if (std::holds_alternative<BoundTermShift>(bound.shape)) {
    sight.terms = true;
  } else if (const auto* resolution = std::get_if<BoundResolution>(&bound.shape)) {
    for (const auto& step : resolution->steps) look(step.measure);
    sight.seats = true;
  }
  if (sight.seats || sight.parents || bound.deep) sight.ties.set(static_cast<size_t>(TieKind::kSeat));
  if (bound.deep) sight.ties.set(static_cast<size_t>(TieKind::kPartyLine));
  return sight;
}

int Capped(int64_t figure, int64_t most) { return static_cast<int>(std::min(figure, most)); }

// The first days on which what began on `begun` has gone on for too long.
template <typename Visit>
void ForEachDue(const BoundRule& bound, const std::vector<std::optional<int64_t>>& parameters, Date begun,
                Visit visit) {
  if (!begun.IsFinite()) return;
  if (const auto* deadline = std::get_if<BoundDeadline>(&bound.shape)) {
    visit(begun.AddDays(Capped(deadline->days.In(parameters), 4000000)).AddDays(1));
  } else if (const auto* duration = std::get_if<BoundDuration>(&bound.shape)) {
    const int64_t most = duration->at_most.In(parameters);
    const Date last = duration->period == Period::kMonths  ? begun.AddMonths(Capped(most, 120000))
                      : duration->period == Period::kYears ? begun.AddYears(Capped(most, 10000))
                                                           : begun.AddDays(Capped(most, 4000000));
    visit(last.AddDays(1));
  } else if (const auto* term = std::get_if<BoundTermLength>(&bound.shape)) {
    for (const auto& c : term->classes) visit(begun.AddYears(Capped(c.years.In(parameters), 10000)).AddDays(1));
  }
}

// A rule that is judged, with what it looks at, and one set of values that it has somewhere.
struct Judged {
  int rule;
  const BoundRule& bound;
  Sight sight;
  std::vector<std::optional<int64_t>> values;
};

// The rules that a request judges by on any of the days, with each set of values that packs and the caller give them.
std::vector<Judged> JudgedOf(const graph::Snapshot& snapshot, const RuleSet& rules, const AuditRequest& request,
                             const std::set<Date>& days) {
  std::vector<Judged> judged;
  const bool packs = request.attached != nullptr && !request.attached->policies.empty();
  for (const Date date : days) {
    const Day day(snapshot, date);
    const EffectiveRules effective(day, rules, request.parameters, request.attached);
    for (const Variant& variant : effective.Variants(request.rules)) {
      const BoundRule& bound = rules.bound(variant.rule);
      Judged j{variant.rule, bound, SightOf(rules[variant.rule], bound), {}};
      for (const EffectiveValue& value : variant.values.parameters) j.values.push_back(value.value);
      const auto lacks = [&](int used) { return !j.values[static_cast<size_t>(used)].has_value(); };
      if (std::any_of(bound.used_parameters.begin(), bound.used_parameters.end(), lacks)) continue;
      const auto same = [&](const Judged& other) { return other.rule == j.rule && other.values == j.values; };
      if (std::any_of(judged.begin(), judged.end(), same)) continue;
      if (packs) {  // what holds for a node depends on where it lies
        j.sight.ties.set(static_cast<size_t>(TieKind::kSeat));
        j.sight.ties.set(static_cast<size_t>(TieKind::kResidence));
        j.sight.seats = true;
      }
      judged.push_back(std::move(j));
    }
  }
  return judged;
}

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
  Finder(const graph::Snapshot& snapshot, const RuleSet& rules, const Attached* attached, std::vector<Judged> judged,
         Date from, Date until)
      : snapshot_(snapshot),
        rules_(rules),
        attached_(attached),
        judged_(std::move(judged)),
        from_(from),
        until_(until) {}

  std::vector<MayTurn> Run() {
    Laws();
    Ties();
    Facts();
    Lives();
    Terms();
    std::sort(found_.begin(), found_.end());
    found_.erase(std::unique(found_.begin(), found_.end()), found_.end());
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
      std::vector<const Judged*> looking, clocked;
      for (const Judged& j : judged_) {
        if (j.sight.ties.test(static_cast<size_t>(k))) looking.push_back(&j);
        if (j.sight.clock == kind) clocked.push_back(&j);
      }
      if (looking.empty() && clocked.empty() && kind != TieKind::kTerritory) continue;
      snapshot_.ForEachTie(kind, [&](const Tie& tie) {
        for (const Judged* j : clocked) {
          ForEachDue(j->bound, j->values, tie.valid.from, [&](Date due) {
            if (!InWindow(due) || !tie.valid.Holds(due)) return;
            Enter(*j, due, tie.from);
            Enter(*j, due, tie.to);
          });
        }
        for (const Date day : {tie.valid.from, tie.valid.to}) {
          if (InWindow(day)) Changed(tie, day, looking);
        }
      });
    }
  }

  void Changed(const Tie& tie, Date day, const std::vector<const Judged*>& looking) {
    if (tie.kind == TieKind::kTerritory) {
      for (const Judged& j : judged_) Everybody(j, day);
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
      const auto* duration = std::get_if<BoundDuration>(&j.bound.shape);
      if (!j.sight.fact_clock || duration == nullptr) continue;
      for (const NodeKind kind : kKinds) {
        if (!j.bound.domain.Has(kind)) continue;
        const std::vector<int32_t> facts = FactsOn(snapshot_, kind, duration->start.fact, until_);
        for (uint32_t i = 0; i < facts.size(); ++i) {
          if (facts[i] != model::kNoValue) Due(j, facts[i], NodeNumber(kind, i));
        }
      }
    }
  }
  void Due(const Judged& j, int32_t fact, NodeNumber node) {
    ForEachDue(j.bound, j.values, base::PartialDate::Unpack(fact).date, [&](Date due) {
      if (InWindow(due)) Enter(j, due, node);
    });
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
            if (kind == NodeKind::kUnit) {
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

  const graph::Snapshot& snapshot_;
  const RuleSet& rules_;
  const Attached* const attached_;
  const std::vector<Judged> judged_;
  const Date from_, until_;
  std::vector<MayTurn> found_;
};

// One day with a judge for each rule of a request.
class Bench {
 public:
  Bench(const graph::Snapshot& snapshot, const model::Catalogue& catalogue, const RuleSet& rules,
        const AuditRequest& request, Date date)
      : day_(snapshot, date), effective_(day_, rules, request.parameters, request.attached) {
    for (Variant& variant : effective_.Variants(request.rules)) {
      Seat seat;
      seat.c = MakeCase(day_, catalogue, rules, variant.rule, variant.values, false, &findings_);
      if (LacksParameter(*seat.c)) continue;
      seat.judge = MakeJudge(*seat.c);
      const int rule = variant.rule;
      seat.variant = std::move(variant);
      seats_[rule].push_back(std::move(seat));
    }
  }

  bool IsUnmet(int rule, NodeNumber node) {
    const auto found = seats_.find(rule);
    if (found == seats_.end()) return false;
    if (node.kind() == NodeKind::kOrganization && loaded_.insert(node).second) day_.LoadTermsOf(node);
    for (const Seat& seat : found->second) {
      if (!Governs(*seat.c, node)) return false;
      if (!seat.variant.zones.empty() && !seat.variant.In(effective_.ZoneOf(rule, node))) continue;
      return seat.judge->Run(node).status == Status::kUnmet;
    }
    return false;
  }

 private:
  struct Seat {
    Variant variant;
    std::unique_ptr<Case> c;
    std::unique_ptr<Judge> judge;
  };
  Day day_;
  const EffectiveRules effective_;
  Findings findings_;
  std::map<int, std::vector<Seat>> seats_;  // by rule, one for each of its variants
  std::set<NodeNumber> loaded_;             // whose terms the day knows
};

absl::StatusOr<std::set<NodeNumber>> UnmetOn(const graph::Snapshot& snapshot, const model::Catalogue& catalogue,
                                             const RuleSet& rules, const AuditRequest& request, int rule, Date day) {
  AuditRequest one;
  one.date = day;
  one.rules = {rule};
  one.parameters = request.parameters;
  one.attached = request.attached;
  one.max_threads = request.max_threads;
  ASSIGN_OR_RETURN(const Findings findings, Audit(snapshot, catalogue, rules, one));
  std::set<NodeNumber> unmet;
  for (const Finding& finding : findings.rows) {
    if (finding.status == Status::kUnmet) unmet.insert(finding.subject);
  }
  return unmet;
}

}  // namespace

std::vector<MayTurn> WhatMayTurn(const graph::Snapshot& snapshot, const RuleSet& rules, const AuditRequest& request,
                                 Date until) {
  std::set<Date> days = Boundaries(rules, request.attached.get(), request.date, until);
  days.insert({request.date, until});
  return Finder(snapshot, rules, request.attached.get(), JudgedOf(snapshot, rules, request, days), request.date, until)
      .Run();
}

absl::StatusOr<std::vector<Turn>> Turns(const graph::Snapshot& snapshot, const model::Catalogue& catalogue,
                                        const RuleSet& rules, const AuditRequest& request, Date until) {
  const std::vector<MayTurn> may = WhatMayTurn(snapshot, rules, request, until);

  // What is known of a verdict so far; it changes at the days in `may` only.
  std::map<std::pair<int, NodeNumber>, bool> unmet;
  {
    Bench first(snapshot, catalogue, rules, request, request.date);
    for (const MayTurn& m : may) {
      if (m.node && unmet.count({m.rule, m.node}) == 0) unmet[{m.rule, m.node}] = first.IsUnmet(m.rule, m.node);
    }
  }
  std::vector<Turn> turns;
  const auto turn = [&](Date day, int rule, NodeNumber node, bool now) {
    if (!request.root.has_value() || graph::IsUnder(snapshot, node, *request.root, day))
      turns.push_back({day, rule, node, now});
  };
  for (auto at = may.begin(); at != may.end();) {
    Bench today(snapshot, catalogue, rules, request, at->day);
    const Date day = at->day;
    while (at != may.end() && at->day == day) {
      const int rule = at->rule;
      const auto end = std::find_if(at, may.end(), [&](const MayTurn& m) { return m.day != day || m.rule != rule; });
      if (!at->node) {  // no node comes first: everybody, those named beside it too
        ASSIGN_OR_RETURN(const auto before, UnmetOn(snapshot, catalogue, rules, request, rule, day.AddDays(-1)));
        ASSIGN_OR_RETURN(const auto after, UnmetOn(snapshot, catalogue, rules, request, rule, day));
        for (const NodeNumber node : before) {
          if (after.count(node) == 0) turn(day, rule, node, false);
        }
        for (const NodeNumber node : after) {
          if (before.count(node) == 0) turn(day, rule, node, true);
        }
        for (auto known = unmet.lower_bound({rule, NodeNumber()}); known != unmet.end() && known->first.first == rule;
             ++known)
          known->second = after.count(known->first.second) != 0;
        at = end;
        continue;
      }
      for (; at != end; ++at) {
        bool& known = unmet[{rule, at->node}];
        const bool now = today.IsUnmet(rule, at->node);
        if (now != known) turn(day, rule, at->node, now);
        known = now;
      }
    }
  }
  std::sort(turns.begin(), turns.end(), [](const Turn& a, const Turn& b) {
    return MayTurn{a.day, a.rule, a.node} < MayTurn{b.day, b.rule, b.node};
  });
  return turns;
}

namespace {

// The days on which the verdict on one node may have turned, up to `until`.
class Past {
 public:
  Past(const graph::Snapshot& snapshot, const Rule& rule, Judged judged, Date until)
      : snapshot_(snapshot), rule_(rule), j_(std::move(judged)), until_(until) {}

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
    ForEachDue(j_.bound, j_.values, begun, [&](Date due) { Enter(due); });
  }

  const graph::Snapshot& snapshot_;
  const Rule& rule_;
  const Judged j_;
  const Date until_;
  std::set<Date> days_;
  std::set<NodeNumber> places_;
};

}  // namespace

std::optional<Date> UnmetSince(const graph::Snapshot& snapshot, const model::Catalogue& catalogue, const RuleSet& rules,
                               int rule, NodeNumber node, Date date, const Parameters& parameters,
                               std::shared_ptr<const Attached> attached) {
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
  std::vector<Judged> judged = JudgedOf(snapshot, rules, request, {date});
  if (judged.empty()) return std::nullopt;
  for (const Date day : Past(snapshot, rules[rule], std::move(judged[0]), date).Run(node)) {
    Bench before(snapshot, catalogue, rules, request, day.AddDays(-1));
    if (!before.IsUnmet(rule, node)) return day;
  }
  return Date::Beginning();
}

}  // namespace jiceng::rules
