// The health check and its findings.
#include <jiceng/audit.h>

#include <algorithm>

#include "base/strings.h"
#include "capi/arguments.h"
#include "capi/ask.h"
#include "capi/guard.h"
#include "capi/verdicts.h"
#include "rules/evaluator.h"
#include "rules/message.h"
#include "rules/turns.h"

namespace capi = jiceng::capi;
namespace base = jiceng::base;
namespace model = jiceng::model;
namespace rules = jiceng::rules;

namespace {

using model::NodeNumber;

constexpr jiceng_audit_options kAuditDefaults = JICENG_AUDIT_OPTIONS_INIT;
constexpr char kStoreText[] = "store:";  // the subject that is no node: the store as a whole

// The text of a finding's subject.
std::string SubjectText(const jiceng::graph::Snapshot& graph, NodeNumber subject) {
  return subject ? graph.Text(subject) : kStoreText;
}

constexpr const char* kEvidenceKinds[] = {"",          "tie",  "missing",   "fact",     "count",
                                          "condition", "term", "parameter", "last_day", "life",
                                          "in_force",  "step", "policy",    "waiver",   "matter"};

// One row of evidence; what does not apply is null.
struct EvidenceRow {
  std::string_view tie_kind;
  NodeNumber from_node, to_node, node;
  std::string role, fact;
  std::string_view manner;
  base::Validity valid{base::Date::Beginning(), base::Date::Forever()};
  std::optional<int64_t> value;
};

EvidenceRow RowOf(const rules::Rule& rule, const rules::Findings& findings, const model::Catalogue& catalogue,
                  const rules::Evidence& evidence) {
  using rules::Evidence;
  EvidenceRow row;
  row.node = evidence.node;
  switch (evidence.kind) {
    case Evidence::kTie:
    case Evidence::kMissingTie: {
      const model::Tie& tie = evidence.tie;
      const model::Role* role = tie.role == 0 ? nullptr : catalogue.FindRole(tie.role);
      row.node = NodeNumber();
      row.tie_kind = model::TieKindName(tie.kind);
      row.from_node = tie.from;
      row.to_node = tie.to;
      if (role != nullptr) row.role = role->id;
      row.manner = model::MannerName(tie.kind, tie.manner);
      if (evidence.kind == Evidence::kMissingTie) {
        row.value = evidence.value;
      } else {
        row.valid = tie.valid;
      }
      break;
    }
    case Evidence::kFact:
      row.fact = model::FactName(evidence.node.kind(), evidence.fact);
      if (evidence.value != model::kNoValue) row.value = evidence.value;
      break;
    case Evidence::kCount:
    case Evidence::kConditionCount:
      row.value = evidence.value;
      break;
    case Evidence::kTerm: {
      const model::TermRow& term = findings.terms[static_cast<size_t>(evidence.value)];
      row.value = term.number;
      row.valid.from = term.elected_on;
      break;
    }
    case Evidence::kParameter:
      row.fact = rule.parameters[static_cast<size_t>(evidence.value)].name;
      break;
    case Evidence::kLastDay:
      row.valid.from = base::Date::FromDays(evidence.value);
      break;
    case Evidence::kLife:
    case Evidence::kInForce:
      row.valid = evidence.tie.valid;
      break;
    case Evidence::kPolicy: {
      const rules::AttachedPolicy& attached = findings.attached->policies[static_cast<size_t>(evidence.value)];
      row.node = attached.unit;
      row.valid = attached.valid;
      row.fact = evidence.which >= 0 ? rule.parameters[static_cast<size_t>(evidence.which)].name
                                     : rules::SettingName(static_cast<rules::Setting>(-1 - evidence.which));
      break;
    }
    case Evidence::kWaiver:
      row.valid = findings.attached->waivers[static_cast<size_t>(evidence.value)].valid;
      break;
    case Evidence::kMatter: {
      const rules::MatterFact& matter = findings.overdue[static_cast<size_t>(evidence.value)];
      row.fact = base::StrCat(matter.id, "/", matter.clock);
      row.valid.from = matter.late_from;
      break;
    }
    case Evidence::kStep:
      row.value = int64_t{evidence.value} + 1;
      break;
  }
  return row;
}

}  // namespace

jiceng_status jiceng_audit(const jiceng_snapshot* snapshot, const char* node, size_t node_len, int32_t date,
                           const jiceng_audit_options* options, jiceng_findings** out_findings,
                           jiceng_error** out_error) {
  return capi::Guard(out_error, [&]() -> absl::Status {
    RETURN_IF_ERROR(capi::Clear(out_findings, "out_findings"));
    RETURN_IF_ERROR(capi::CheckSnapshot(snapshot));
    ASSIGN_OR_RETURN(const jiceng_audit_options read, capi::ReadOptions(options, kAuditDefaults, JICENG_AUDIT_MET));
    ASSIGN_OR_RETURN(const base::Date day, capi::ReadDate(date, "date"));
    ASSIGN_OR_RETURN(const std::optional<NodeNumber> root, capi::FindRoot(*snapshot, node, node_len, day));
    ASSIGN_OR_RETURN(rules::AuditRequest request, capi::ReadRequest(*snapshot, read, day));
    request.root = root;
    request.met = (read.flags & JICENG_AUDIT_MET) != 0;
    const jiceng::engine::Progress progress = capi::ReadProgress(read.progress, read.progress_user);
    const auto report = [&](int64_t done, int64_t total) { return progress("check", done, total); };
    if (progress) request.progress.emplace(report);
    ASSIGN_OR_RETURN(rules::Findings findings, rules::Audit(snapshot->graph(), snapshot->catalogue().model,
                                                            snapshot->RulesWith(request.attached), request));
    *out_findings = capi::NewFindings(*snapshot, std::move(findings)).release();
    return absl::OkStatus();
  });
}

jiceng_status jiceng_explain(const jiceng_snapshot* snapshot, const char* rule, const char* node, size_t node_len,
                             int32_t date, const jiceng_audit_options* options, jiceng_findings** out_findings,
                             jiceng_error** out_error) {
  return capi::Guard(out_error, [&]() -> absl::Status {
    RETURN_IF_ERROR(capi::Clear(out_findings, "out_findings"));
    RETURN_IF_ERROR(capi::CheckSnapshot(snapshot));
    ASSIGN_OR_RETURN(const jiceng_audit_options read, capi::ReadOptions(options, kAuditDefaults, 0));
    ASSIGN_OR_RETURN(const std::shared_ptr<const rules::Attached> attached, snapshot->attached());
    const rules::RuleSet& set = snapshot->RulesWith(attached);
    ASSIGN_OR_RETURN(const base::Date day, capi::ReadDate(date, "date"));
    ASSIGN_OR_RETURN(const std::string_view id, capi::ReadText(rule, JICENG_NUL, "rule"));
    ASSIGN_OR_RETURN(const int index, capi::FindRule(set, id, "rule"));
    ASSIGN_OR_RETURN(const NodeNumber subject, capi::FindNode(*snapshot, node, node_len, day, "node"));
    ASSIGN_OR_RETURN(const rules::Parameters parameters, capi::ReadParameters(set, read));

    const std::shared_ptr<const rules::Matters> matters = snapshot->MattersFor(set, {index});
    ASSIGN_OR_RETURN(rules::Findings findings, rules::Explain(snapshot->graph(), snapshot->catalogue().model, set,
                                                              index, subject, day, parameters, attached, matters));
    std::optional<base::Date> since;
    if (findings.rows[0].status == rules::Status::kUnmet) {
      since = rules::UnmetSince(snapshot->graph(), snapshot->catalogue().model, set, index, subject, day, parameters,
                                attached.get(), matters);
    }
    auto handle = capi::NewFindings(*snapshot, std::move(findings));
    handle->since = since;
    *out_findings = handle.release();
    return absl::OkStatus();
  });
}

int64_t jiceng_findings_count(const jiceng_findings* findings) {
  return findings == nullptr ? 0 : static_cast<int64_t>(findings->findings.size());
}
const int64_t* jiceng_findings_subjects(const jiceng_findings* findings) {
  return findings == nullptr ? nullptr : findings->subjects.data();
}
const int32_t* jiceng_findings_rules(const jiceng_findings* findings) {
  return findings == nullptr ? nullptr : findings->rules.data();
}

jiceng_status jiceng_findings_counts(const jiceng_findings* findings, jiceng_table** out_table,
                                     jiceng_error** out_error) {
  return capi::Guard(out_error, [&]() -> absl::Status {
    RETURN_IF_ERROR(capi::Clear(out_table, "out_table"));
    RETURN_IF_ERROR(capi::Need(findings, "findings"));
    const rules::RuleSet& set = findings->rule_set();
    std::vector<int64_t> counts(static_cast<size_t>(set.size()), 0);
    for (const rules::Finding& finding : findings->findings.rows) {
      if (finding.status == rules::Status::kUnmet && !finding.waived) ++counts[static_cast<size_t>(finding.rule)];
    }
    capi::TableBuilder table({{"rule", JICENG_COLUMN_TEXT}, {"findings", JICENG_COLUMN_INT64}});
    for (const int rule : findings->findings.judged) {
      table.Text(set[rule].id);
      table.Int64(counts[static_cast<size_t>(rule)]);
    }
    *out_table = table.Finish().release();
    return absl::OkStatus();
  });
}

namespace jiceng::capi {

absl::StatusOr<std::unique_ptr<jiceng_table>> FindingsPage(const jiceng_findings& findings, rules::Language language,
                                                           int64_t first, int64_t limit) {
  const jiceng_snapshot& snapshot = findings.snapshot;
  const jiceng::graph::Snapshot& graph = snapshot.graph();
  const rules::Findings& all = findings.findings;
  const int64_t size = static_cast<int64_t>(all.size());
  const int64_t begin = std::min(first, size), end = limit == 0 || limit > size - begin ? size : begin + limit;
  const rules::RuleSet& set = findings.rule_set();
  const rules::Findings page = rules::WithEvidence(graph, snapshot.catalogue().model, set, all,
                                                   static_cast<size_t>(begin), static_cast<size_t>(end));

  std::vector<NodeNumber> subjects;
  subjects.reserve(page.size());
  for (const rules::Finding& finding : page.rows) {
    if (finding.subject) subjects.push_back(finding.subject);
  }
  ASSIGN_OR_RETURN(const NamesOn names, NamesOn::Read(snapshot, all.date, subjects));
  const PlacesOn places(graph, all.date);
  const auto node_text = [&](NodeNumber node) { return graph.Text(node); };
  std::vector<std::string> citations(static_cast<size_t>(set.size()));  // rendered once a rule
  TableBuilder table({{"rule", JICENG_COLUMN_TEXT},
                      {"subject", JICENG_COLUMN_TEXT},
                      {"name", JICENG_COLUMN_TEXT},
                      {"status", JICENG_COLUMN_TEXT},
                      {"waived", JICENG_COLUMN_BOOL},
                      {"level", JICENG_COLUMN_TEXT},
                      {"message", JICENG_COLUMN_TEXT},
                      {"citation", JICENG_COLUMN_TEXT},
                      {"facts", JICENG_COLUMN_TEXT_LIST},
                      {"since", JICENG_COLUMN_DATE},
                      {"place", JICENG_COLUMN_TEXT},
                      {"value", JICENG_COLUMN_INT64},
                      {"comparator", JICENG_COLUMN_TEXT},
                      {"threshold", JICENG_COLUMN_INT64},
                      {"object", JICENG_COLUMN_TEXT},
                      {"missing", JICENG_COLUMN_TEXT_LIST}});
  for (const rules::Finding& finding : page.rows) {
    const rules::Rule& rule = set[finding.rule];
    std::string& citation = citations[static_cast<size_t>(finding.rule)];
    if (citation.empty()) citation = rules::RenderCitations(rule);
    table.Text(rule.id);
    table.Text(SubjectText(graph, finding.subject));
    table.TextOrNull(names.Of(finding.subject));
    table.Text(rules::StatusName(finding.status));
    table.Bool(finding.waived);
    table.Text(rules::LevelName(finding.level));
    table.Text(rules::RenderMessage(rule, page, finding, language, node_text));
    table.Text(citation);
    table.TextList(rules::RenderFacts(rule, page, finding, snapshot.catalogue().model, node_text));
    table.Date(findings.since.value_or(finding.since));
    table.TextOrNull(places.Of(finding.subject));
    const bool compared = finding.comparator != rules::Comparator::kUnspecified;
    table.Int64OrNull(compared ? std::optional(finding.value) : std::nullopt);
    table.TextOrNull(compared ? rules::ComparatorName(finding.comparator) : "");
    const bool bounded = compared && finding.comparator != rules::Comparator::kOdd;
    table.Int64OrNull(bounded ? std::optional(finding.threshold) : std::nullopt);
    table.TextOrNull(finding.object ? graph.Text(finding.object) : "");
    table.TextList(rules::RenderMissing(rule, page, finding, snapshot.catalogue().model, node_text));
  }
  return table.Finish();
}

}  // namespace jiceng::capi

jiceng_status jiceng_findings_table(const jiceng_findings* findings, int32_t lang, int64_t first, int64_t limit,
                                    jiceng_table** out_table, jiceng_error** out_error) {
  return capi::Guard(out_error, [&]() -> absl::Status {
    RETURN_IF_ERROR(capi::Clear(out_table, "out_table"));
    RETURN_IF_ERROR(capi::Need(findings, "findings"));
    RETURN_IF_ERROR(capi::CheckSnapshot(&findings->snapshot));
    ASSIGN_OR_RETURN(const rules::Language language, capi::ReadLanguage(lang));
    if (first < 0) return capi::BadValue("first is a row", "first");
    if (limit < 0) return capi::BadValue("limit is a count, or 0 for all", "limit");
    ASSIGN_OR_RETURN(auto page, capi::FindingsPage(*findings, language, first, limit));
    *out_table = page.release();
    return absl::OkStatus();
  });
}

jiceng_status jiceng_findings_evidence(const jiceng_findings* findings, int64_t row, jiceng_table** out_table,
                                       jiceng_error** out_error) {
  return capi::Guard(out_error, [&]() -> absl::Status {
    RETURN_IF_ERROR(capi::Clear(out_table, "out_table"));
    RETURN_IF_ERROR(capi::Need(findings, "findings"));
    RETURN_IF_ERROR(capi::CheckSnapshot(&findings->snapshot));
    const rules::Findings& all = findings->findings;
    if (row < 0 || row >= static_cast<int64_t>(all.size())) return capi::BadValue("row is one of the findings", "row");
    const jiceng::graph::Snapshot& graph = findings->snapshot.graph();
    const model::Catalogue& catalogue = findings->snapshot.catalogue().model;
    const rules::RuleSet& set = findings->rule_set();
    const rules::Findings one =
        rules::WithEvidence(graph, catalogue, set, all, static_cast<size_t>(row), static_cast<size_t>(row) + 1);
    capi::TableBuilder table({{"kind", JICENG_COLUMN_TEXT},
                              {"tie_kind", JICENG_COLUMN_TEXT},
                              {"from_node", JICENG_COLUMN_TEXT},
                              {"to_node", JICENG_COLUMN_TEXT},
                              {"role", JICENG_COLUMN_TEXT},
                              {"manner", JICENG_COLUMN_TEXT},
                              {"from", JICENG_COLUMN_DATE},
                              {"to", JICENG_COLUMN_DATE},
                              {"node", JICENG_COLUMN_TEXT},
                              {"fact", JICENG_COLUMN_TEXT},
                              {"value", JICENG_COLUMN_INT64}});
    const auto text = [&](NodeNumber node) { return node ? graph.Text(node) : std::string(); };
    for (const rules::Evidence& evidence : one.EvidenceOf(one.rows[0])) {
      const EvidenceRow told = RowOf(set[one.rows[0].rule], one, catalogue, evidence);
      table.Text(kEvidenceKinds[evidence.kind]);
      table.TextOrNull(told.tie_kind);
      table.TextOrNull(text(told.from_node));
      table.TextOrNull(text(told.to_node));
      table.TextOrNull(told.role);
      table.TextOrNull(told.manner);
      table.Date(told.valid.from);
      table.Date(told.valid.to);
      table.TextOrNull(text(told.node));
      table.TextOrNull(told.fact);
      table.Int64OrNull(told.value);
    }
    *out_table = table.Finish().release();
    return absl::OkStatus();
  });
}

void jiceng_findings_free(jiceng_findings* findings) {
  if (findings == nullptr) return;
  const std::shared_ptr<const jiceng_findings> last = std::move(findings->self);
}
