#include "rules/sight.h"

#include <algorithm>
#include <utility>

#include "rules/node_judge.h"

namespace jiceng::rules {

using base::Date;
using model::TieKind;

namespace {

Sight SightOf(const Rule& rule, const BoundRule& bound) {
  Sight sight;
  const auto look = [&](const BoundMeasure& measure) {
    if (!measure.IsFact()) sight.ties.set(static_cast<size_t>(measure.kind));
    sight.places = sight.places || measure.levels != kAnyLevel;
  };
  sight.terms = rule.governing_day == GoverningDay::kElection;
  if (const auto* count = std::get_if<BoundCountBounds>(&bound.shape)) {
    for (const BoundMeasure& measure : count->measures) look(measure);
    for (const auto& condition : count->conditions) look(condition.measure);
    if (count->per.has_value()) look(*count->per);
  } else if (const auto* deadline = std::get_if<BoundDeadline>(&bound.shape)) {
    sight.ties.set(static_cast<size_t>(deadline->start));
    sight.ties.set(static_cast<size_t>(deadline->required));
    sight.places = true;
  } else if (const auto* duration = std::get_if<BoundDuration>(&bound.shape)) {
    look(duration->start);
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
    sight.terms = sight.parents = true;
  } else if (std::holds_alternative<BoundTermShift>(bound.shape)) {
    sight.terms = true;
  } else if (const auto* resolution = std::get_if<BoundResolution>(&bound.shape)) {
    for (const auto& step : resolution->steps) look(step.measure);
    sight.seats = true;
  }
  sight.places = sight.places || sight.seats || sight.parents || bound.deep;
  if (sight.seats || sight.parents || bound.deep) sight.ties.set(static_cast<size_t>(TieKind::kSeat));
  if (bound.deep) sight.ties.set(static_cast<size_t>(TieKind::kPartyLine));
  return sight;
}

}  // namespace

std::vector<Judged> JudgedOf(const graph::Snapshot& snapshot, const model::Catalogue& catalogue, const RuleSet& rules,
                             const AuditRequest& request, const std::set<Date>& days) {
  std::vector<Judged> judged;
  const bool packs = request.attached != nullptr && !request.attached->policies.empty();
  for (const Date date : days) {
    const AuditRequest one = OnDay(request, date);
    const NodeJudge judge(snapshot, catalogue, rules, one);
    judge.ForEachRule([&](int rule, std::vector<Clock> clocks) {
      const auto is_same = [&](const Judged& other) { return other.rule == rule && other.clocks == clocks; };
      if (std::any_of(judged.begin(), judged.end(), is_same)) return;
      Sight sight = SightOf(rules[rule], rules.bound(rule));
      if (packs) {  // what holds for a node depends on where it lies
        sight.ties.set(static_cast<size_t>(TieKind::kSeat));
        sight.ties.set(static_cast<size_t>(TieKind::kResidence));
        sight.seats = sight.places = true;
      }
      judged.push_back({rule, rules.bound(rule), sight, std::move(clocks)});
    });
  }
  return judged;
}

}  // namespace jiceng::rules
