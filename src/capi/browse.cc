// Looking around: one node whole, the tree, names, what turns by time.
#include <jiceng/snapshot.h>

#include "access/fields.h"
#include "capi/arguments.h"
#include "capi/ask.h"
#include "capi/guard.h"
#include "engine/describe.h"

namespace capi = jiceng::capi;
namespace base = jiceng::base;
namespace engine = jiceng::engine;
namespace model = jiceng::model;

namespace {

using model::NodeNumber;

constexpr int64_t kSearchLimit = 100;
constexpr char kMasked[] = "***";

// A text of a restricted class is masked for an actor: she has stated no purpose for it.  The host answers for itself.
bool IsMasked(const jiceng_snapshot& snapshot, NodeNumber node, const engine::Detail& detail) {
  if (snapshot.actor == nullptr || detail.section != "text") return false;
  model::TextAttribute attribute{};
  if (!model::TextAttributeFromName(detail.key, &attribute)) return true;
  return jiceng::access::IsMasked(jiceng::access::ClassOf(node.kind(), attribute), "");
}

}  // namespace

jiceng_status jiceng_show(const jiceng_snapshot* snapshot, const char* node, size_t node_len, int32_t date,
                          int32_t lang, jiceng_table** out_table, jiceng_error** out_error) {
  return capi::Guard(out_error, [&]() -> absl::Status {
    RETURN_IF_ERROR(capi::Clear(out_table, "out_table"));
    RETURN_IF_ERROR(capi::CheckSnapshot(snapshot));
    ASSIGN_OR_RETURN(const base::Date day, capi::ReadDate(date, "date"));
    ASSIGN_OR_RETURN(const auto language, capi::ReadLanguage(lang));
    ASSIGN_OR_RETURN(const NodeNumber shown, capi::FindNode(*snapshot, node, node_len, day, "node"));
    ASSIGN_OR_RETURN(const std::vector<engine::Detail> details,
                     engine::Show(snapshot->engine.get(), snapshot->version, shown, day, language));
    capi::TableBuilder table({{"section", JICENG_COLUMN_TEXT},
                              {"key", JICENG_COLUMN_TEXT},
                              {"value", JICENG_COLUMN_TEXT},
                              {"node", JICENG_COLUMN_TEXT},
                              {"from", JICENG_COLUMN_DATE},
                              {"to", JICENG_COLUMN_DATE}});
    for (const engine::Detail& detail : details) {
      table.Text(detail.section);
      table.Text(detail.key);
      table.Text(IsMasked(*snapshot, shown, detail) ? kMasked : detail.value);
      table.TextOrNull(detail.node ? snapshot->graph().Text(detail.node) : "");
      table.Date(detail.valid.from);
      table.Date(detail.valid.to);
    }
    *out_table = table.Finish().release();
    return absl::OkStatus();
  });
}

jiceng_status jiceng_tree(const jiceng_snapshot* snapshot, const char* node, size_t node_len, int32_t date,
                          int32_t max_depth, uint32_t flags, jiceng_table** out_table, jiceng_error** out_error) {
  return capi::Guard(out_error, [&]() -> absl::Status {
    RETURN_IF_ERROR(capi::Clear(out_table, "out_table"));
    RETURN_IF_ERROR(capi::CheckSnapshot(snapshot));
    ASSIGN_OR_RETURN(const base::Date day, capi::ReadDate(date, "date"));
    ASSIGN_OR_RETURN(const auto root, capi::FindRoot(*snapshot, node, node_len, day));
    if (max_depth < 0) return capi::BadValue("max_depth is a number of levels, or 0 for all", "max_depth");
    RETURN_IF_ERROR(capi::CheckFlags(flags, JICENG_TREE_UNITS_ONLY));
    const std::vector<engine::TreeRow> rows = engine::Tree(snapshot->version, snapshot->catalogue().model, root, day,
                                                           max_depth, (flags & JICENG_TREE_UNITS_ONLY) != 0);
    std::vector<NodeNumber> nodes;
    nodes.reserve(rows.size());
    for (const engine::TreeRow& row : rows) nodes.push_back(row.node);
    ASSIGN_OR_RETURN(const capi::NamesOn names, capi::NamesOn::Read(*snapshot, day, nodes));
    capi::TableBuilder table({{"depth", JICENG_COLUMN_INT64},
                              {"node", JICENG_COLUMN_TEXT},
                              {"name", JICENG_COLUMN_TEXT},
                              {"kind", JICENG_COLUMN_TEXT},
                              {"members", JICENG_COLUMN_INT64}});
    for (const engine::TreeRow& row : rows) {
      table.Int64(row.depth);
      capi::PutNode(snapshot->graph(), row.node, &table);
      table.TextOrNull(names.Of(row.node));
      table.TextOrNull(capi::KindOf(*snapshot, row.node, day));
      table.Int64(row.members);
    }
    *out_table = table.Finish().release();
    return absl::OkStatus();
  });
}

jiceng_status jiceng_search(const jiceng_snapshot* snapshot, const char* text, size_t text_len, int32_t date,
                            int64_t limit, jiceng_table** out_table, jiceng_error** out_error) {
  return capi::Guard(out_error, [&]() -> absl::Status {
    RETURN_IF_ERROR(capi::Clear(out_table, "out_table"));
    RETURN_IF_ERROR(capi::CheckSnapshot(snapshot));
    RETURN_IF_ERROR(capi::Need(text, "text"));
    ASSIGN_OR_RETURN(const std::string_view wanted, capi::ReadText(text, text_len, "text"));
    if (wanted.empty()) return capi::BadValue("there is nothing to look for", "text");
    ASSIGN_OR_RETURN(const base::Date day, capi::ReadDate(date, "date"));
    if (limit < 0) return capi::BadValue("limit is a count, or 0 for 100", "limit");
    const size_t wanted_rows = static_cast<size_t>(limit == 0 ? kSearchLimit : limit);
    // For an actor the limit is of what she may see, so that what lies outside leaves no gap.
    ASSIGN_OR_RETURN(std::vector<NodeNumber> found,
                     engine::Search(snapshot->engine.get(), snapshot->version, wanted, day,
                                    snapshot->actor == nullptr ? static_cast<int64_t>(wanted_rows) : INT64_MAX));
    std::vector<NodeNumber> nodes;
    for (const NodeNumber node : found) {
      if (nodes.size() < wanted_rows && capi::MaySee(*snapshot, node, day)) nodes.push_back(node);
    }
    ASSIGN_OR_RETURN(const capi::NamesOn names, capi::NamesOn::Read(*snapshot, day, nodes));
    const capi::PlacesOn places(snapshot->graph(), day);
    capi::TableBuilder table({{"node", JICENG_COLUMN_TEXT},
                              {"name", JICENG_COLUMN_TEXT},
                              {"kind", JICENG_COLUMN_TEXT},
                              {"place", JICENG_COLUMN_TEXT}});
    for (const NodeNumber node : nodes) {
      capi::PutNode(snapshot->graph(), node, &table);
      table.TextOrNull(names.Of(node));
      table.TextOrNull(capi::KindOf(*snapshot, node, day));
      table.TextOrNull(places.Of(node));
    }
    *out_table = table.Finish().release();
    return absl::OkStatus();
  });
}

jiceng_status jiceng_upcoming(const jiceng_snapshot* snapshot, const char* node, size_t node_len, int32_t date,
                              int32_t until, int32_t lang, jiceng_table** out_table, jiceng_error** out_error) {
  return capi::Guard(out_error, [&]() -> absl::Status {
    RETURN_IF_ERROR(capi::Clear(out_table, "out_table"));
    RETURN_IF_ERROR(capi::CheckSnapshot(snapshot));
    ASSIGN_OR_RETURN(const base::Date day, capi::ReadDate(date, "date"));
    ASSIGN_OR_RETURN(const base::Date last, capi::ReadDate(until, "until"));
    if (last < day)
      return base::Error(absl::StatusCode::kInvalidArgument, "REVERSED_INTERVAL", "until is before date", "until");
    ASSIGN_OR_RETURN(const auto language, capi::ReadLanguage(lang));
    ASSIGN_OR_RETURN(const auto root, capi::FindRoot(*snapshot, node, node_len, day));
    ASSIGN_OR_RETURN(const std::vector<engine::Upcoming> rows,
                     engine::ListUpcoming(snapshot->engine.get(), snapshot->version, root, day, last, language));
    std::vector<NodeNumber> nodes;
    nodes.reserve(rows.size());
    for (const engine::Upcoming& row : rows) nodes.push_back(row.node);
    ASSIGN_OR_RETURN(const capi::NamesOn names, capi::NamesOn::Read(*snapshot, day, nodes));
    capi::TableBuilder table({{"due", JICENG_COLUMN_DATE},
                              {"what", JICENG_COLUMN_TEXT},
                              {"node", JICENG_COLUMN_TEXT},
                              {"name", JICENG_COLUMN_TEXT},
                              {"detail", JICENG_COLUMN_TEXT}});
    for (const engine::Upcoming& row : rows) {
      table.Date(row.due);
      table.Text(row.what);
      capi::PutNode(snapshot->graph(), row.node, &table);
      table.TextOrNull(names.Of(row.node));
      table.Text(row.detail);
    }
    *out_table = table.Finish().release();
    return absl::OkStatus();
  });
}
