// The change feed, and waiting for what comes next.
#include "engine/feed.h"

#include <jiceng/store.h>

#include "capi/arguments.h"
#include "capi/guard.h"
#include "capi/handles.h"

namespace capi = jiceng::capi;
namespace engine = jiceng::engine;

namespace {

constexpr int64_t kPage = 10'000;

const char* WhatName(engine::FeedRow::What what) {
  static constexpr const char* kNames[] = {"node", "fact", "text", "term", "tie", "erased", "attachment", "step"};
  return kNames[what];
}

std::unique_ptr<jiceng_table> FeedTable(const std::vector<engine::FeedRow>& rows) {
  capi::TableBuilder table({{"seq", JICENG_COLUMN_INT64},
                            {"row", JICENG_COLUMN_INT64},
                            {"recorded_at", JICENG_COLUMN_TIME},
                            {"what", JICENG_COLUMN_TEXT},
                            {"node", JICENG_COLUMN_TEXT},
                            {"kind", JICENG_COLUMN_TEXT},
                            {"value", JICENG_COLUMN_TEXT},
                            {"to_node", JICENG_COLUMN_TEXT},
                            {"role", JICENG_COLUMN_TEXT},
                            {"manner", JICENG_COLUMN_TEXT},
                            {"valid_from", JICENG_COLUMN_DATE},
                            {"valid_to", JICENG_COLUMN_DATE},
                            {"attributes", JICENG_COLUMN_TEXT},
                            {"withdrawn", JICENG_COLUMN_BOOL},
                            {"tie", JICENG_COLUMN_INT64},
                            {"node_number", JICENG_COLUMN_INT64},
                            {"to_number", JICENG_COLUMN_INT64}});
  const auto number_or_null = [&table](int64_t number) {
    table.Int64OrNull(number == 0 ? std::nullopt : std::optional(number));
  };
  for (const engine::FeedRow& row : rows) {
    table.Int64(row.seq);
    table.Int64(row.row);
    table.Time(row.recorded_at);
    table.Text(WhatName(row.what));
    table.TextOrNull(row.node_text);
    table.TextOrNull(row.kind);
    table.TextOrNull(row.value);
    table.TextOrNull(row.to_text);
    table.TextOrNull(row.role);
    table.TextOrNull(row.manner);
    table.Date(row.valid.from);
    table.Date(row.valid.to);
    table.TextOrNull(row.attributes);
    table.Bool(row.withdrawn);
    number_or_null(row.tie);
    number_or_null(row.node.ToInt64());
    number_or_null(row.to.ToInt64());
  }
  return table.Finish();
}

}  // namespace

jiceng_status jiceng_store_changes(jiceng_store* store, int64_t after_seq, int64_t after_row, int64_t limit,
                                   jiceng_table** out_rows, jiceng_error** out_error) {
  return capi::Guard(out_error, [&]() -> absl::Status {
    RETURN_IF_ERROR(capi::Clear(out_rows, "out_rows"));
    RETURN_IF_ERROR(capi::Need(store, "store"));
    RETURN_IF_ERROR(store->process.Check());
    if (after_row < -1) return capi::BadValue("after_row is a row, or -1 for the whole commit", "after_row");
    if (limit < 0) return capi::BadValue("limit is a count, or 0 for 10,000", "limit");
    ASSIGN_OR_RETURN(const std::vector<engine::FeedRow> rows,
                     engine::ReadFeed(store->engine.get(), after_seq, after_row, limit == 0 ? kPage : limit));
    *out_rows = FeedTable(rows).release();
    return absl::OkStatus();
  });
}

jiceng_status jiceng_store_wait(jiceng_store* store, int64_t seq, int64_t timeout_ms, jiceng_progress_fn progress,
                                void* progress_user, int64_t* out_seq, jiceng_error** out_error) {
  return capi::Guard(out_error, [&]() -> absl::Status {
    RETURN_IF_ERROR(capi::Clear(out_seq, "out_seq"));
    RETURN_IF_ERROR(capi::Need(store, "store"));
    RETURN_IF_ERROR(store->process.Check());
    if (timeout_ms < -1) return capi::BadValue("a time to wait, or -1 for one without end", "timeout_ms");
    // Of its own, so that the store's handle may be closed by another thread meanwhile.
    const std::shared_ptr<engine::Store> waited_for = store->engine;
    ASSIGN_OR_RETURN(*out_seq, waited_for->Wait(seq, timeout_ms, capi::ReadProgress(progress, progress_user)));
    return absl::OkStatus();
  });
}
