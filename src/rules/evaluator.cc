#include "rules/evaluator.h"

#include <algorithm>
#include <atomic>
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
        scope_(day_, request.root) {}

  absl::StatusOr<Findings> Run() {
    if (request_.root.has_value() && !snapshot_.In(*request_.root)) return UnknownNode();
    RETURN_IF_ERROR(Select());
    Load();
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

  // Makes the cases in the order of the rules' ids, and answers at once for those without a parameter.
  absl::Status Select() {
    findings_.date = request_.date;
    findings_.parameters = request_.parameters;
    for (const int rule : request_.rules) {
      if (rule < 0 || rule >= rules_.size()) return UnknownRule();
    }
    for (const int rule : rules_.Select(request_.rules, request_.parameters, request_.date)) {
      auto c = MakeCase(day_, catalogue_, rules_, rule, request_.parameters, false, &findings_);
      if (const auto unknown = MissingParameter(*c, request_.root.value_or(NodeNumber()))) {
        findings_.rows.push_back(*unknown);
        continue;
      }
      cases_.push_back(std::move(c));
    }
    return absl::OkStatus();
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
        JudgeAll(*cases_[i], judges_[i].get(), progress, rows.empty() ? &findings_.rows : &rows[i]);
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

  void JudgeAll(const Case& c, Judge* judge, Progress* progress, std::vector<Finding>* rows) {
    for (const NodeKind kind : kKinds) {
      if (!c.bound.domain.Has(kind) || progress->stopped()) continue;
      const auto run = [&](uint32_t ordinal) {
        const NodeNumber node(kind, ordinal);
        if (!Governs(c, node)) return;
        const Finding finding = judge->Run(node);
        if (finding.status == Status::kUnmet || (request_.met && finding.status == Status::kMet))
          rows->push_back(finding);
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
    if (request_.waivers.empty()) return;
    for (Finding& finding : findings_.rows) finding.waived = IsWaived(request_, finding);
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
  Scope scope_;
  Findings findings_;
  std::vector<std::unique_ptr<Case>> cases_;
  std::vector<std::unique_ptr<Judge>> judges_;
  std::vector<bool> wide_;  // judged by passes, not by look-ups
  Counts counts_;
};

}  // namespace

bool IsWaived(const AuditRequest& request, const Finding& finding) {
  return std::any_of(request.waivers.begin(), request.waivers.end(), [&](const Waiver& waiver) {
    return waiver.rule == finding.rule && waiver.subject == finding.subject && waiver.valid.Holds(request.date);
  });
}

absl::StatusOr<Findings> Audit(const graph::Snapshot& snapshot, const model::Catalogue& catalogue, const RuleSet& rules,
                               const AuditRequest& request) {
  return Auditor(snapshot, catalogue, rules, request).Run();
}

Findings WithEvidence(const graph::Snapshot& snapshot, const model::Catalogue& catalogue, const RuleSet& rules,
                      const Findings& audited, size_t first, size_t last) {
  Findings findings;
  findings.date = audited.date;
  findings.parameters = audited.parameters;
  findings.explained = true;
  findings.rows.assign(audited.rows.begin() + static_cast<ptrdiff_t>(first),
                       audited.rows.begin() + static_cast<ptrdiff_t>(last));
  if (audited.explained) {
    findings.evidence = audited.evidence;
    findings.terms = audited.terms;
    return findings;
  }
  Day day(snapshot, audited.date);
  day.LoadTerms();
  std::vector<std::unique_ptr<Case>> cases(static_cast<size_t>(rules.size()));
  std::vector<std::unique_ptr<Judge>> judges(cases.size());
  for (Finding& finding : findings.rows) {
    const size_t rule = static_cast<size_t>(finding.rule);
    if (cases[rule] == nullptr) {
      cases[rule] = MakeCase(day, catalogue, rules, finding.rule, audited.parameters, true, &findings);
      judges[rule] = MakeJudge(*cases[rule]);
    }
    const auto unknown = MissingParameter(*cases[rule], finding.subject);
    const Finding again = unknown.has_value() ? *unknown : judges[rule]->Run(finding.subject);
    finding.first = again.first;
    finding.last = again.last;
  }
  return findings;
}

absl::StatusOr<Findings> Explain(const graph::Snapshot& snapshot, const model::Catalogue& catalogue,
                                 const RuleSet& rules, int rule, NodeNumber node, base::Date date,
                                 const Parameters& parameters) {
  if (rule < 0 || rule >= rules.size()) return UnknownRule();
  if (!snapshot.In(node)) return UnknownNode();
  if (!rules[rule].evaluable()) {
    return base::Error(absl::StatusCode::kFailedPrecondition, "NOT_EVALUABLE",
                       base::StrCat("the library holds no data for rule ", rules[rule].id));
  }
  Findings findings;
  findings.date = date;
  findings.parameters = parameters;
  findings.explained = true;
  Day day(snapshot, date);
  if (node.kind() == NodeKind::kOrganization) day.LoadTermsOf(node);
  const auto c = MakeCase(day, catalogue, rules, rule, parameters, true, &findings);
  if (!Governs(*c, node)) {
    Finding finding = c->Blank(node);
    for (const Evidence& evidence : WhyNotGoverned(*c, node)) c->Tell(evidence);
    c->Decide(Status::kNotApplicable, MessageCase::kNotApplicable, &finding);
    findings.rows.push_back(finding);
  } else if (const auto unknown = MissingParameter(*c, node)) {
    findings.rows.push_back(*unknown);
  } else {
    findings.rows.push_back(MakeJudge(*c)->Run(node));
  }
  return findings;
}

}  // namespace jiceng::rules
