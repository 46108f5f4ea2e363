#include "rules/monitor.h"

#include <algorithm>
#include <limits>
#include <map>
#include <set>
#include <tuple>

#include "base/sorted.h"
#include "base/status.h"
#include "rules/node_judge.h"
#include "rules/reach.h"
#include "rules/text_order.h"

namespace jiceng::rules {
namespace {

using model::NodeKind;
using model::NodeNumber;

// All that a finding that is kept says; where its evidence lies is not part of it.
bool SaysTheSame(const Finding& a, const Finding& b) {
  const auto what = [](const Finding& f) {
    return std::tuple(f.subject, f.rule, f.status, f.waived, f.level, f.message, f.comparator, f.since, f.object,
                      f.value, f.threshold, f.condition);
  };
  return what(a) == what(b);
}

// The unit and all above it, added to `units`.
void Climb(const graph::Territory& territory, uint32_t unit, std::vector<uint32_t>* units) {
  for (; unit != kNone && unit < territory.size(); unit = territory.Parent(unit)) units->push_back(unit);
}

}  // namespace

absl::StatusOr<std::shared_ptr<const Monitor>> Monitor::Build(std::shared_ptr<const graph::Snapshot> snapshot,
                                                              const model::Catalogue& catalogue, const RuleSet& rules,
                                                              const AuditRequest& request) {
  std::shared_ptr<Monitor> monitor(new Monitor(std::move(snapshot), catalogue, rules, request));
  const graph::Snapshot& graph = *monitor->snapshot_;
  ASSIGN_OR_RETURN(const Findings audited, Audit(graph, catalogue, rules, request));
  monitor->request_.progress.reset();  // of this call alone
  monitor->judged_ = audited.judged;
  FindingMap::Changes changes;
  for (const Finding& finding : audited.rows) {
    changes.emplace_hint(changes.end(), monitor->KeyOf(finding), monitor->ToKeep(finding));
  }
  monitor->unmet_.assign(static_cast<size_t>(rules.size()), 0);
  monitor->Keep({}, changes);

  Day day(graph, request.date);
  const CountsAtUnits counts = CountPeople(&day, catalogue, kAllPeopleCounts);
  for (size_t i = 0; i < counts.size(); ++i) monitor->counts_[i] = graph::SharedColumn<int64_t>(counts[i]);
  std::vector<NodeNumber> units, ordered;
  for (uint32_t u = 0; u < graph.Count(NodeKind::kUnit); ++u) units.emplace_back(NodeKind::kUnit, u);
  ordered.reserve(units.size());
  for (const uint32_t i : TextOrder(graph, units)) ordered.push_back(units[i]);
  monitor->units_ = std::make_shared<const std::vector<NodeNumber>>(std::move(ordered));
  return monitor;
}

absl::StatusOr<std::shared_ptr<const Monitor>> Monitor::Next(std::shared_ptr<const graph::Snapshot> snapshot,
                                                             base::Date date, const RuleSet& rules,
                                                             std::shared_ptr<const Attached> attached,
                                                             std::shared_ptr<const Matters> matters, Step* step) const {
  Step ignored;
  if (step == nullptr) step = &ignored;
  *step = Step();
  if (!snapshot->SharesBase(*snapshot_) || snapshot->touches() < snapshot_->touches() ||
      attached != request_.attached ||
      (date != request_.date && attached != nullptr && !attached->AlikeOn(date, request_.date)))
    return Rebuild(std::move(snapshot), date, rules, std::move(attached), std::move(matters), step);
  const bool moved = date != request_.date || snapshot->touches() != snapshot_->touches();
  const std::shared_ptr<Monitor> next = Successor(std::move(snapshot), date, matters);
  NodeJudge judge(*next->snapshot_, *catalogue_, rules_, next->request_);
  // What a verdict reaches beyond the node's own ties is not followed, so such rules are judged anew as a whole.
  const auto is_deep = [&](int rule) { return rules_.bound(rule).deep; };
  if (judge.rules() != judged_ || (moved && std::any_of(judged_.begin(), judged_.end(), is_deep)))
    return Rebuild(next->snapshot_, date, rules, std::move(attached), std::move(matters), step);
  // Looking a node up costs some thirty times what it costs in a pass.
  const graph::Snapshot& graph = *next->snapshot_;
  const size_t most = 1000 + (size_t{graph.Count(NodeKind::kOrganization)} + graph.Count(NodeKind::kPerson)) / 32;
  std::vector<RuleClock> clocks;
  judge.ForEachRule([&](int rule, const std::vector<Clock>& of_rule) {
    for (const Clock& clock : of_rule) clocks.push_back({clock, rules_.bound(rule).domain.node_kinds});
  });
  const Reach reach = ReachOf({*snapshot_, graph, request_.date, date, matters.get()}, clocks, 4 * most);
  if (reach.everything || reach.nodes.size() + reach.people.size() > most)
    return Rebuild(next->snapshot_, date, rules, std::move(attached), std::move(matters), step);
  next->JudgeAgain(&judge, reach.nodes, *this, step);
  next->CountAgain(reach.people, *this);
  return next;
}

std::shared_ptr<Monitor> Monitor::Successor(std::shared_ptr<const graph::Snapshot> snapshot, base::Date date,
                                            std::shared_ptr<const Matters> matters) const {
  std::shared_ptr<Monitor> next(new Monitor(std::move(snapshot), *catalogue_, rules_, request_));
  next->request_.date = date;
  next->request_.matters = std::move(matters);
  next->size_ = size_;
  next->unmet_ = unmet_;
  next->units_ = units_;
  next->judged_ = judged_;
  next->counts_ = counts_;
  return next;
}

absl::StatusOr<std::shared_ptr<const Monitor>> Monitor::Rebuild(std::shared_ptr<const graph::Snapshot> snapshot,
                                                                base::Date date, const RuleSet& rules,
                                                                std::shared_ptr<const Attached> attached,
                                                                std::shared_ptr<const Matters> matters,
                                                                Step* step) const {
  // A pack that carries rules can change the numbers of others'.
  const std::vector<int> there = rules_.IndexesIn(rules), here = rules.IndexesIn(rules_);
  AuditRequest request = request_;
  for (int& rule : request.rules) rule = there[static_cast<size_t>(rule)];
  request.date = date;
  request.attached = std::move(attached);
  request.matters = std::move(matters);
  step->rebuilt = true;
  step->judged = int64_t{snapshot->Count(NodeKind::kUnit)} + snapshot->Count(NodeKind::kOrganization) +
                 snapshot->Count(NodeKind::kPerson);
  ASSIGN_OR_RETURN(std::shared_ptr<const Monitor> next, Build(std::move(snapshot), *catalogue_, rules, request));
  // Whether a monitor has the finding of another, whose rules have these numbers in its own set.
  const auto has = [](const Monitor& monitor, const Finding& finding, const std::string& text,
                      const std::vector<int>& numbers) {
    Finding same = finding;
    same.rule = numbers[static_cast<size_t>(finding.rule)];
    if (same.rule < 0) return false;
    const Finding* found = monitor.findings_.Find(Key(text, monitor.rules_.rank()[static_cast<size_t>(same.rule)]));
    return found != nullptr && SaysTheSame(*found, same);
  };
  findings_.ForEach([&](const Key& key, const Finding& finding) {
    if (!has(*next, finding, key.first, there)) step->gone.push_back(Kept(finding));
  });
  next->findings_.ForEach([&](const Key& key, const Finding& finding) {
    if (!has(*this, finding, key.first, here)) step->appeared.push_back(next->Kept(finding));
  });
  return next;
}

Monitor::Key Monitor::KeyOf(const Finding& finding) const {
  return {finding.subject ? snapshot_->Text(finding.subject) : "store:",
          rules_.rank()[static_cast<size_t>(finding.rule)]};
}

void Monitor::JudgeAgain(NodeJudge* judge, const std::vector<NodeNumber>& nodes, const Monitor& before, Step* step) {
  FindingMap::Changes changes;
  std::set<int> lacking;  // rules without a value for a node judged here
  for (const NodeNumber node : nodes) {
    if (!snapshot_->In(node)) continue;
    ++step->judged;
    const std::string text = snapshot_->Text(node);
    before.findings_.ForEachFrom(Key(text, std::numeric_limits<int>::min()), [&](const Key& key, const Finding&) {
      if (key.first != text) return false;
      changes.emplace(key, std::nullopt);
      return true;
    });
    judge->Run(
        node, [&](const Finding& finding) { changes[KeyOf(finding)] = ToKeep(finding); },
        [&](int rule) { lacking.insert(rule); });
  }
  // One unknown a rule as long as it governs anybody for whom it has no value.
  const auto unknown_of = [&](int rule) {
    Finding unknown;
    unknown.rule = rule;
    unknown.level = rules_[rule].level;
    unknown.status = Status::kUnknown;
    unknown.message = MessageCase::kUnknown;
    return unknown;
  };
  std::map<int, bool> unknown;
  judge->ForEachLacking([&](int rule, const auto& anybody) {
    bool& now = unknown[rule];
    const bool then = before.findings_.Find(KeyOf(unknown_of(rule))) != nullptr;
    now = now || lacking.count(rule) != 0 || (then && anybody());
  });
  for (const auto& [rule, now] : unknown) {
    const Finding finding = unknown_of(rule);
    const bool then = before.findings_.Find(KeyOf(finding)) != nullptr;
    if (now != then) changes[KeyOf(finding)] = now ? std::optional(finding) : std::nullopt;
  }
  for (auto change = changes.begin(); change != changes.end();) {
    const Finding* then = before.findings_.Find(change->first);
    if (then != nullptr && change->second.has_value() && SaysTheSame(*then, *change->second)) {
      change = changes.erase(change);
      continue;
    }
    if (then != nullptr) step->gone.push_back(before.Kept(*then));
    if (change->second.has_value()) step->appeared.push_back(Kept(*change->second));
    ++change;
  }
  Keep(before.findings_, changes);
}

void Monitor::Keep(const FindingMap& before, const FindingMap::Changes& changes) {
  const auto enter = [&](const Finding& finding, int sign) {
    size_ += static_cast<size_t>(sign);
    if (finding.status == Status::kUnmet && !finding.waived) unmet_[static_cast<size_t>(finding.rule)] += sign;
  };
  for (const auto& [key, finding] : changes) {
    if (const Finding* then = before.Find(key)) enter(*then, -1);
    if (finding.has_value()) enter(*finding, 1);
  }
  findings_ = before.With(changes);
}

void Monitor::CountAgain(const std::vector<NodeNumber>& people, const Monitor& before) {
  const Day then(*before.snapshot_, before.request_.date), now(*snapshot_, request_.date);
  std::vector<uint32_t> units, counted;
  for (int c = 0; c < kPeopleCounts; ++c) {
    std::map<uint32_t, int64_t> changes;
    const auto enter = [&](const Day& day, NodeNumber person, int64_t sign) {
      if (!day.snapshot().In(person)) return;
      units.clear();
      counted.clear();
      AppendUnitsOf(day, *catalogue_, static_cast<PeopleCount>(c), person, &units);
      for (const uint32_t unit : units) Climb(day.territory(), unit, &counted);
      base::SortUnique(&counted);
      for (const uint32_t unit : counted) changes[unit] += sign;
    };
    for (const NodeNumber person : people) {
      enter(then, person, -1);
      enter(now, person, 1);
    }
    counts_[static_cast<size_t>(c)] = before.counts_[static_cast<size_t>(c)].Plus(changes);
  }
}

Findings Monitor::findings() const {
  Findings findings;
  findings.date = request_.date;
  findings.parameters = request_.parameters;
  findings.attached = request_.attached;
  findings.matters = request_.matters;
  findings.judged = judged_;
  findings.rows.reserve(size_);
  findings_.ForEach([&](const Key&, const Finding& finding) {
    findings.rows.push_back(finding);
    findings.rows.back().Age(request_.date.days());
  });
  return findings;
}

std::vector<RollupRow> Monitor::RollUp(const Indicator& indicator, std::optional<model::Level> level) const {
  const auto territory = snapshot_->TerritoryOn(request_.date);
  std::vector<RollupRow> rows;
  for (const NodeNumber unit : *units_) {
    const int64_t among = Count(indicator.among, unit.ordinal());
    if (among == 0 || (level.has_value() && territory->Level(unit.ordinal()) != *level)) continue;
    rows.push_back({unit, Count(indicator.counted, unit.ordinal()), indicator.IsRatio() ? among : kNoDenominator});
  }
  return rows;
}

}  // namespace jiceng::rules
