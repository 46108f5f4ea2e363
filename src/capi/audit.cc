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

}  // namespace

jiceng_status jiceng_audit(const jiceng_snapshot* snapshot, const char* node, size_t node_len, int32_t date,
                           const jiceng_audit_options* options, jiceng_findings** out_findings,
                           jiceng_error** out_error) {
  return capi::Guard(out_error, [&]() -> absl::Status {
    RETURN_IF_ERROR(capi::Clear(out_findings, "out_findings"));
    RETURN_IF_ERROR(capi::CheckSnapshot(snapshot));
    ASSIGN_OR_RETURN(const jiceng_audit_options read, capi::ReadOptions(options, kAuditDefaults, 0));
    const rules::RuleSet& set = snapshot->catalogue().rules;
    ASSIGN_OR_RETURN(const base::Date day, capi::ReadDate(date, "date"));
    ASSIGN_OR_RETURN(const std::optional<NodeNumber> root, capi::FindRoot(*snapshot, node, node_len, day));
    ASSIGN_OR_RETURN(rules::AuditRequest request, capi::ReadRequest(*snapshot, read, day));
    request.root = root;
    const jiceng::engine::Progress progress = capi::ReadProgress(read.progress, read.progress_user);
    const auto report = [&](int64_t done, int64_t total) { return progress("check", done, total); };
    if (progress) request.progress.emplace(report);
    ASSIGN_OR_RETURN(rules::Findings findings,
                     rules::Audit(snapshot->graph(), snapshot->catalogue().model, set, request));
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
    const rules::RuleSet& set = snapshot->catalogue().rules;
    ASSIGN_OR_RETURN(const base::Date day, capi::ReadDate(date, "date"));
    ASSIGN_OR_RETURN(const std::string_view id, capi::ReadText(rule, JICENG_NUL, "rule"));
    ASSIGN_OR_RETURN(const int index, capi::FindRule(set, id, "rule"));
    ASSIGN_OR_RETURN(const NodeNumber subject, capi::FindNode(*snapshot, node, node_len, day, "node"));
    ASSIGN_OR_RETURN(const rules::Parameters parameters, capi::ReadParameters(set, read));
    ASSIGN_OR_RETURN(std::shared_ptr<const rules::Attached> attached, snapshot->attached());

    ASSIGN_OR_RETURN(rules::Findings findings, rules::Explain(snapshot->graph(), snapshot->catalogue().model, set,
                                                              index, subject, day, parameters, std::move(attached)));
    *out_findings = capi::NewFindings(*snapshot, std::move(findings)).release();
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
    const rules::RuleSet& set = findings->snapshot.catalogue().rules;
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

jiceng_status jiceng_findings_table(const jiceng_findings* findings, int32_t lang, int64_t first, int64_t limit,
                                    jiceng_table** out_table, jiceng_error** out_error) {
  return capi::Guard(out_error, [&]() -> absl::Status {
    RETURN_IF_ERROR(capi::Clear(out_table, "out_table"));
    RETURN_IF_ERROR(capi::Need(findings, "findings"));
    RETURN_IF_ERROR(capi::CheckSnapshot(&findings->snapshot));
    ASSIGN_OR_RETURN(const rules::Language language, capi::ReadLanguage(lang));
    if (first < 0) return capi::BadValue("first is a row", "first");
    if (limit < 0) return capi::BadValue("limit is a count, or 0 for all", "limit");
    const jiceng_snapshot& snapshot = findings->snapshot;
    const jiceng::graph::Snapshot& graph = snapshot.graph();
    const rules::Findings& all = findings->findings;
    const int64_t size = static_cast<int64_t>(all.size());
    const int64_t begin = std::min(first, size), end = limit == 0 || limit > size - begin ? size : begin + limit;
    const rules::RuleSet& set = snapshot.catalogue().rules;
    const rules::Findings page = rules::WithEvidence(graph, snapshot.catalogue().model, set, all,
                                                     static_cast<size_t>(begin), static_cast<size_t>(end));

    std::vector<NodeNumber> subjects;
    subjects.reserve(page.size());
    for (const rules::Finding& finding : page.rows) {
      if (finding.subject) subjects.push_back(finding.subject);
    }
    ASSIGN_OR_RETURN(const capi::NamesOn names, capi::NamesOn::Read(snapshot, all.date, subjects));
    const capi::PlacesOn places(graph, all.date);
    const auto node_text = [&](NodeNumber node) { return graph.Text(node); };
    std::vector<std::string> citations(static_cast<size_t>(set.size()));  // rendered once a rule
    capi::TableBuilder table({{"rule", JICENG_COLUMN_TEXT},
                              {"subject", JICENG_COLUMN_TEXT},
                              {"name", JICENG_COLUMN_TEXT},
                              {"status", JICENG_COLUMN_TEXT},
                              {"waived", JICENG_COLUMN_BOOL},
                              {"level", JICENG_COLUMN_TEXT},
                              {"message", JICENG_COLUMN_TEXT},
                              {"citation", JICENG_COLUMN_TEXT},
                              {"facts", JICENG_COLUMN_TEXT_LIST},
                              {"since", JICENG_COLUMN_DATE},
                              {"place", JICENG_COLUMN_TEXT}});
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
      table.Date(finding.since);
      table.TextOrNull(places.Of(finding.subject));
    }
    *out_table = table.Finish().release();
    return absl::OkStatus();
  });
}

void jiceng_findings_free(jiceng_findings* findings) { delete findings; }
