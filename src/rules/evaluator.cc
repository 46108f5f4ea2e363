#include "rules/evaluator.h"

#include <algorithm>
#include <atomic>
#include <map>
#include <memory>
#include <thread>
#include <utility>

#include "base/parallel.h"
#include "base/release.h"
#include "base/status.h"
#include "base/strings.h"
#include "rules/judge.h"
#include "rules/scope.h"
#include "rules/text_order.h"

namespace jiceng::rules {
namespace {

using model::NodeKind;
using model::NodeNumber;

absl::Status UnknownNode() {
  return base::Error(absl::StatusCode::kInvalidArgument, "UNKNOWN_NODE", "no such node in the store");
}
absl::Status UnknownRule() {
  return base::Error(absl::StatusCode::kInvalidArgument, "UNKNOWN_RULE", "no such rule in the rule set");
}

// Puts rows[order[i]] at i for every i, in place: there may be many rows.
void Permute(std::vector<uint32_t> order, std::vector<Finding>* rows) {
  for (uint32_t start = 0; start < order.size(); ++start) {
    if (order[start] == start) continue;
    const Finding moved = (*rows)[start];
    uint32_t to = start;
    for (uint32_t from = order[to]; from != start; to = from, from = order[to]) {
      (*rows)[to] = (*rows)[from];
      order[to] = to;
    }
    (*rows)[to] = moved;
    order[to] = to;
  }
}

// Counts the nodes judged and tells the caller now and then, on the caller's own thread.
class Progress {
 public:
  Progress(const AuditRequest& request, int64_t total) : request_(request), total_(total) {}
  // False when the caller wants no more.
  bool Step(int64_t nodes = 1) {
    constexpr int64_t kEvery = 1 << 16;
    const int64_t before = done_.fetch_add(nodes, std::memory_order_relaxed);
    if (before / kEvery != (before + nodes) / kEvery) Tell();
    return !stopped();
  }
  void Tell() {
    if (std::this_thread::get_id() != caller_ || !request_.progress.has_value() || stopped()) return;
    if (!(*request_.progress)(done_.load(std::memory_order_relaxed), total_)) stopped_.store(true);
  }
  bool stopped() const { return stopped_.load(std::memory_order_relaxed); }

 private:
  const AuditRequest& request_;
  const int64_t total_;
  const std::thread::id caller_ = std::this_thread::get_id();
  std::atomic<int64_t> done_{0};
  std::atomic<bool> stopped_{false};
};

class Auditor {
 public:
  Auditor(const graph::Snapshot& snapshot, const model::Catalogue& catalogue, const RuleSet& rules,
          const AuditRequest& request)
      : snapshot_(snapshot),
        catalogue_(catalogue),
        rules_(rules),
        request_(request),
        day_(snapshot, request.date),
        effective_(day_, rules, request.parameters, request.attached),
        scope_(day_, request.root) {}

  absl::StatusOr<Findings> Run() {
    if (request_.root.has_value() && !snapshot_.In(*request_.root)) return UnknownNode();
    RETURN_IF_ERROR(Select());
    Load();
    FindLacking();
    int64_t total = 0;
    for (const auto& c : cases_) {
      for (const NodeKind kind : kKinds) {
        if (c->bound.domain.Has(kind)) total += scope_.Size(kind);
      }
    }
    Progress progress(request_, total);
    progress.Tell();
    JudgeCases(&progress);
    progress.Tell();
    if (progress.stopped())
      return base::Error(absl::StatusCode::kCancelled, "STOPPED", "the audit was stopped by its caller");
    Waive();
    Sort();
    return std::move(findings_);
  }

 private:
  static constexpr NodeKind kKinds[] = {NodeKind::kOrganization, NodeKind::kPerson, NodeKind::kUnit};

  // Makes the cases in the order of the rules' ids, and answers at once for those without a parameter anywhere.
  absl::Status Select() {
    findings_.date = request_.date;
    findings_.parameters = request_.parameters;
    findings_.attached = request_.attached;
    findings_.matters = request_.matters;
    for (const int rule : request_.rules) {
      if (rule < 0 || rule >= rules_.size()) return UnknownRule();
    }
    for (Variant& variant : effective_.Variants(request_.rules)) {
      if (findings_.judged.empty() || findings_.judged.back() != variant.rule) findings_.judged.push_back(variant.rule);
      auto c = MakeCase(day_, catalogue_, rules_, variant.rule, variant.values, false, &findings_);
      if (!LacksParameter(*c)) {
        cases_.push_back(std::move(c));
        variants_.push_back(std::move(variant));
      } else if (variant.zones.empty()) {
        findings_.rows.push_back(*MissingParameter(*c, Root()));
      } else {
        lacking_.emplace_back(std::move(c), std::move(variant));
      }
    }
    std::sort(findings_.judged.begin(), findings_.judged.end());
    return absl::OkStatus();
  }

  NodeNumber Root() const { return request_.root.value_or(NodeNumber()); }

  // Where packs give a value for some places: who is governed elsewhere, cannot be judged, and is told of once a rule.
  void FindLacking() {
    std::optional<int> told;
    for (const auto& [c, variant] : lacking_) {
      if (told == variant.rule) continue;
      bool found = false;
      for (const NodeKind kind : kKinds) {
        if (!c->bound.domain.Has(kind) || found) continue;
        scope_.ForEach(kind, [&, &governed_by = *c, &where = variant](uint32_t ordinal) {
          if (found) return;
          const NodeNumber node(kind, ordinal);
          found = Governs(governed_by, node) && where.In(effective_.ZoneOf(where.rule, node));
        });
      }
      if (!found) continue;
      findings_.rows.push_back(*MissingParameter(*c, Root()));
      told = variant.rule;
    }
  }

  // Loads what a pass over memory gives cheaper than look-ups, unless the scope is small.
  void Load() {
    bool people = false;
    for (const auto& c : cases_) {
      judges_.push_back(MakeJudge(*c));
      bool wide = false;
      for (const NodeKind kind : kKinds) wide = wide || (c->bound.domain.Has(kind) && scope_.Wide(kind));
      wide_.push_back(wide);
      people = people || wide;
    }
    if (people) {
      day_.LoadPeople();
      day_.LoadOrgKinds();
    }
    day_.LoadTerms();
  }

  // The rules that share counts are one piece of work, every other rule is one.
  void JudgeCases(Progress* progress) {
    std::vector<std::vector<size_t>> pieces(1);
    for (size_t i = 0; i < cases_.size(); ++i) {
      if (wide_[i] && judges_[i]->Want(&counts_)) {
        pieces[0].push_back(i);
      } else {
        pieces.push_back({i});
      }
    }
    std::vector<std::vector<Finding>> rows(request_.max_threads > 1 ? cases_.size() : 0);
    base::ForEachInParallel(request_.max_threads, pieces.size(), [&](size_t piece) {
      if (piece == 0) counts_.Run(day_);
      for (const size_t i : pieces[piece]) {
        if (progress->stopped()) return;
        if (wide_[i]) judges_[i]->Prepare(counts_);
        JudgeAll(*cases_[i], variants_[i], judges_[i].get(), progress, rows.empty() ? &findings_.rows : &rows[i]);
        judges_[i].reset();
      }
    });
    size_t size = findings_.rows.size();
    for (const auto& some : rows) size += some.size();
    findings_.rows.reserve(size);
    for (auto& some : rows) {
      findings_.rows.insert(findings_.rows.end(), some.begin(), some.end());
      base::Release(&some);
    }
  }

  // Of several variants of a rule each judges everybody and keeps whom it holds for: looking up where somebody is costs
  // more than most verdicts.
  void JudgeAll(const Case& c, const Variant& variant, Judge* judge, Progress* progress, std::vector<Finding>* rows) {
    for (const NodeKind kind : kKinds) {
      if (!c.bound.domain.Has(kind) || progress->stopped()) continue;
      const auto run = [&](uint32_t ordinal) {
        const NodeNumber node(kind, ordinal);
        if (!Governs(c, node)) return;
        const Finding finding = judge->Run(node);
        if (finding.status != Status::kUnmet && !(request_.met && finding.status == Status::kMet)) return;
        if (variant.zones.empty() || variant.In(effective_.ZoneOf(variant.rule, node))) rows->push_back(finding);
      };
      if (auto suspects = scope_.Wide(kind) && !request_.met ? judge->Suspects(kind) : std::nullopt) {
        const std::vector<uint32_t> within = scope_.Within(kind, *std::move(suspects));
        rows->reserve(rows->size() + within.size());
        for (const uint32_t ordinal : within) run(ordinal);
        progress->Step(scope_.Size(kind));
        continue;
      }
      scope_.ForEach(kind, [&](uint32_t ordinal) {
        if (progress->Step()) run(ordinal);
      });
    }
  }

  void Waive() {
    const Attached* attached = request_.attached.get();
    if (attached == nullptr || attached->waivers.empty()) return;
    for (Finding& finding : findings_.rows) finding.waived = IsWaived(attached, finding, request_.date);
  }

  // By subject's text, then by rule.
  void Sort() {
    const auto& rank = rules_.rank();
    const auto before = [&](const Finding& a, const Finding& b) { return rank[a.rule] < rank[b.rule]; };
    std::vector<Finding>& rows = findings_.rows;
    // Rules that share counts were judged before the others, and what was unknown from the start before all.
    if (!std::is_sorted(rows.begin(), rows.end(), before)) std::stable_sort(rows.begin(), rows.end(), before);
    std::vector<NodeNumber> subjects;
    subjects.reserve(rows.size());
    for (const Finding& finding : rows) subjects.push_back(finding.subject);
    Permute(TextOrder(snapshot_, subjects), &rows);
  }

  const graph::Snapshot& snapshot_;
  const model::Catalogue& catalogue_;
  const RuleSet& rules_;
  const AuditRequest& request_;
  Day day_;
  EffectiveRules effective_;
  Scope scope_;
  Findings findings_;
  std::vector<std::unique_ptr<Case>> cases_;
  std::vector<Variant> variants_;                                   // parallel to them
  std::vector<std::pair<std::unique_ptr<Case>, Variant>> lacking_;  // without a parameter that has a value elsewhere
  std::vector<std::unique_ptr<Judge>> judges_;
  std::vector<bool> wide_;  // judged by passes, not by look-ups
  Counts counts_;
};

}  // namespace

absl::StatusOr<Findings> Audit(const graph::Snapshot& snapshot, const model::Catalogue& catalogue, const RuleSet& rules,
                               const AuditRequest& request) {
  return Auditor(snapshot, catalogue, rules, request).Run();
}

Findings WithEvidence(const graph::Snapshot& snapshot, const model::Catalogue& catalogue, const RuleSet& rules,
                      const Findings& audited, size_t first, size_t last) {
  Findings findings;
  findings.date = audited.date;
  findings.parameters = audited.parameters;
  findings.attached = audited.attached;
  findings.matters = audited.matters;
  findings.judged = audited.judged;
  findings.explained = true;
  findings.rows.assign(audited.rows.begin() + static_cast<ptrdiff_t>(first),
                       audited.rows.begin() + static_cast<ptrdiff_t>(last));
  if (audited.explained) {
    findings.evidence = audited.evidence;
    findings.terms = audited.terms;
    findings.overdue = audited.overdue;
    return findings;
  }
  Day day(snapshot, audited.date);
  day.LoadTerms();
  const EffectiveRules effective(day, rules, findings.parameters, findings.attached);
  struct Ready {
    EffectiveRule values;
    std::unique_ptr<Case> c;
    std::unique_ptr<Judge> judge;
  };
  std::map<std::pair<int, int>, Ready> by_rule_and_zone;
  const auto ready = [&](int rule, int zone) -> Ready& {
    Ready& made = by_rule_and_zone[{rule, zone}];
    if (made.c == nullptr) {
      made.values = effective.Of(rule, zone);
      made.c = MakeCase(day, catalogue, rules, rule, made.values, true, &findings);
      made.judge = MakeJudge(*made.c);
    }
    return made;
  };
  for (Finding& finding : findings.rows) {
    int zone = finding.status == Status::kUnknown ? 0 : effective.ZoneOf(finding.rule, finding.subject);
    // What is unknown is so of some place; the first one that lacks a value says which.
    while (finding.status == Status::kUnknown && zone + 1 < effective.zones() &&
           !LacksParameter(*ready(finding.rule, zone).c))
      ++zone;
    const Ready& use = ready(finding.rule, zone);
    const auto unknown = MissingParameter(*use.c, finding.subject);
    const Finding again = unknown.has_value() ? *unknown : use.judge->Run(finding.subject);
    finding.first = again.first;
    finding.last = again.last;
    TellPolicy(*use.c, use.values, &finding);
  }
  return findings;
}

absl::StatusOr<Findings> Explain(const graph::Snapshot& snapshot, const model::Catalogue& catalogue,
                                 const RuleSet& rules, int rule, NodeNumber node, base::Date date,
                                 const Parameters& parameters, std::shared_ptr<const Attached> attached,
                                 std::shared_ptr<const Matters> matters) {
  if (rule < 0 || rule >= rules.size()) return UnknownRule();
  if (!snapshot.In(node)) return UnknownNode();
  if (!rules[rule].evaluable()) {
    return base::Error(absl::StatusCode::kFailedPrecondition, "NOT_EVALUABLE",
                       base::StrCat("the library holds no data for rule ", rules[rule].id));
  }
  Findings findings;
  findings.date = date;
  findings.parameters = parameters;
  findings.attached = std::move(attached);
  findings.matters = std::move(matters);
  findings.judged = {rule};
  findings.explained = true;
  Day day(snapshot, date);
  if (node.kind() == NodeKind::kOrganization) day.LoadTermsOf(node);
  const EffectiveRules effective(day, rules, parameters, findings.attached);
  const EffectiveRule values = effective.Of(rule, effective.ZoneOf(rule, node));
  const auto c = MakeCase(day, catalogue, rules, rule, values, true, &findings);
  Finding finding = c->Blank(node);
  if (rules[rule].is_local() && !values.enabled()) {
    c->Decide(Status::kNotApplicable, MessageCase::kNotApplicable, &finding);
  } else if (!Governs(*c, node)) {
    for (const Evidence& evidence : WhyNotGoverned(*c, node)) c->Tell(evidence);
    c->Decide(Status::kNotApplicable, MessageCase::kNotApplicable, &finding);
  } else if (const auto unknown = MissingParameter(*c, node)) {
    finding = *unknown;
  } else {
    finding = MakeJudge(*c)->Run(node);
  }
  finding.waived = finding.status == Status::kUnmet && IsWaived(findings.attached.get(), finding, findings.date);
  TellPolicy(*c, values, &finding);
  findings.rows.push_back(finding);
  return findings;
}

}  // namespace jiceng::rules
