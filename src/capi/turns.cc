// Verdicts that turn by time alone.
#include "rules/turns.h"

#include <jiceng/audit.h>

#include "base/status.h"
#include "capi/arguments.h"
#include "capi/ask.h"
#include "capi/guard.h"
#include "capi/verdicts.h"
#include "rules/message.h"

namespace capi = jiceng::capi;
namespace base = jiceng::base;
namespace model = jiceng::model;
namespace rules = jiceng::rules;

namespace {

constexpr jiceng_audit_options kAuditDefaults = JICENG_AUDIT_OPTIONS_INIT;

}  // namespace

jiceng_status jiceng_turns(const jiceng_snapshot* snapshot, const char* node, size_t node_len, int32_t date,
                           int32_t until, const jiceng_audit_options* options, int32_t lang, jiceng_table** out_table,
                           jiceng_error** out_error) {
  return capi::Guard(out_error, [&]() -> absl::Status {
    RETURN_IF_ERROR(capi::Clear(out_table, "out_table"));
    RETURN_IF_ERROR(capi::CheckSnapshot(snapshot));
    ASSIGN_OR_RETURN(const jiceng_audit_options read, capi::ReadOptions(options, kAuditDefaults, 0));
    const model::Catalogue& catalogue = snapshot->catalogue().model;
    const jiceng::graph::Snapshot& graph = snapshot->graph();
    ASSIGN_OR_RETURN(const base::Date day, capi::ReadDate(date, "date"));
    ASSIGN_OR_RETURN(const base::Date last, capi::ReadDate(until, "until"));
    if (last < day)
      return base::Error(absl::StatusCode::kInvalidArgument, "REVERSED_INTERVAL", "until is before date", "until");
    ASSIGN_OR_RETURN(const rules::Language language, capi::ReadLanguage(lang));
    ASSIGN_OR_RETURN(const auto root, capi::FindRoot(*snapshot, node, node_len, day));
    ASSIGN_OR_RETURN(rules::AuditRequest request, capi::ReadRequest(*snapshot, read, day));
    request.root = root;
    const rules::RuleSet& set = snapshot->RulesWith(request.attached);
    ASSIGN_OR_RETURN(const std::vector<rules::Turn> turns, rules::Turns(graph, catalogue, set, request, last));

    std::vector<model::NodeNumber> nodes;
    nodes.reserve(turns.size());
    for (const rules::Turn& turn : turns) nodes.push_back(turn.node);
    ASSIGN_OR_RETURN(const capi::NamesOn names, capi::NamesOn::Read(*snapshot, day, nodes));
    const auto node_text = [&](model::NodeNumber n) { return graph.Text(n); };
    capi::TableBuilder table({{"due", JICENG_COLUMN_DATE},
                              {"rule", JICENG_COLUMN_TEXT},
                              {"node", JICENG_COLUMN_TEXT},
                              {"name", JICENG_COLUMN_TEXT},
                              {"status", JICENG_COLUMN_TEXT},
                              {"level", JICENG_COLUMN_TEXT},
                              {"message", JICENG_COLUMN_TEXT}});
    for (const rules::Turn& turn : turns) {
      ASSIGN_OR_RETURN(const rules::Findings then,
                       rules::Explain(graph, catalogue, set, turn.rule, turn.node, turn.day, request.parameters,
                                      request.attached, request.matters));
      const rules::Rule& rule = set[turn.rule];
      table.Date(turn.day);
      table.Text(rule.id);
      table.Text(graph.Text(turn.node));
      table.TextOrNull(names.Of(turn.node));
      table.Text(rules::StatusName(then.rows[0].status));
      table.Text(rules::LevelName(then.rows[0].level));
      table.Text(rules::RenderMessage(rule, then, then.rows[0], language, node_text));
    }
    *out_table = table.Finish().release();
    return absl::OkStatus();
  });
}
