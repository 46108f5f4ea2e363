// Keeping a store: export, backup, verify, optimize, the log of commits.
#include <jiceng/store.h>

#include <algorithm>

#include "base/digest.h"
#include "capi/arguments.h"
#include "capi/ask.h"
#include "capi/guard.h"
#include "capi/handles.h"
#include "engine/maintain.h"

namespace capi = jiceng::capi;
namespace base = jiceng::base;
namespace engine = jiceng::engine;

namespace {

// That the store is given and this is the process that opened it, before any lock is taken.
absl::Status CheckStore(const jiceng_store* store) {
  RETURN_IF_ERROR(capi::Need(store, "store"));
  return store->process.Check();
}

absl::Status CheckWhole(const jiceng_snapshot& snapshot) {
  if (snapshot.actor == nullptr) return absl::OkStatus();
  return base::Error(absl::StatusCode::kPermissionDenied, "OUT_OF_SCOPE",
                     "an export holds the whole store; an actor with a scope sees a part");
}

}  // namespace

jiceng_status jiceng_snapshot_export(const jiceng_snapshot* snapshot, const char* folder, size_t folder_len,
                                     jiceng_progress_fn progress, void* progress_user, jiceng_table** out_files,
                                     jiceng_error** out_error) {
  return capi::Guard(out_error, [&]() -> absl::Status {
    RETURN_IF_ERROR(capi::Clear(out_files, "out_files"));
    RETURN_IF_ERROR(capi::CheckSnapshot(snapshot));
    RETURN_IF_ERROR(capi::Need(folder, "folder"));
    ASSIGN_OR_RETURN(const std::string_view where, capi::ReadText(folder, folder_len, "folder"));
    if (where.empty()) return capi::BadValue("the folder has no name", "folder");
    RETURN_IF_ERROR(CheckWhole(*snapshot));
    ASSIGN_OR_RETURN(const auto files, engine::Export(snapshot->engine.get(), snapshot->version, std::string(where),
                                                      capi::ReadProgress(progress, progress_user)));
    capi::TableBuilder table({{"file", JICENG_COLUMN_TEXT}, {"rows", JICENG_COLUMN_INT64}});
    for (const auto& [file, rows] : files) {
      table.Text(file);
      table.Int64(rows);
    }
    *out_files = table.Finish().release();
    return absl::OkStatus();
  });
}

jiceng_status jiceng_snapshot_export_bytes(const jiceng_snapshot* snapshot, jiceng_progress_fn progress,
                                           void* progress_user, jiceng_table** out_files, jiceng_error** out_error) {
  return capi::Guard(out_error, [&]() -> absl::Status {
    RETURN_IF_ERROR(capi::Clear(out_files, "out_files"));
    RETURN_IF_ERROR(capi::CheckSnapshot(snapshot));
    RETURN_IF_ERROR(CheckWhole(*snapshot));
    engine::LedgersInMemory memory;
    ASSIGN_OR_RETURN(const auto files, engine::Export(snapshot->engine.get(), snapshot->version, &memory,
                                                      capi::ReadProgress(progress, progress_user)));
    capi::TableBuilder table(
        {{"file", JICENG_COLUMN_TEXT}, {"rows", JICENG_COLUMN_INT64}, {"content", JICENG_COLUMN_TEXT}});
    for (const auto& [file, rows] : files) {
      table.Text(file);
      table.Int64(rows);
      table.Text(memory[file]);
      memory.erase(file);  // the table has it now
    }
    *out_files = table.Finish().release();
    return absl::OkStatus();
  });
}

jiceng_status jiceng_store_backup(jiceng_store* store, const char* file, size_t file_len, jiceng_error** out_error) {
  return capi::Guard(out_error, [&]() -> absl::Status {
    RETURN_IF_ERROR(CheckStore(store));
    RETURN_IF_ERROR(capi::Need(file, "file"));
    ASSIGN_OR_RETURN(const std::string_view where, capi::ReadText(file, file_len, "file"));
    if (where.empty()) return capi::BadValue("the file has no name", "file");
    return store->engine->rows().Backup(std::string(where));
  });
}

jiceng_status jiceng_store_verify(jiceng_store* store, jiceng_progress_fn progress, void* progress_user,
                                  jiceng_table** out_problems, jiceng_error** out_error) {
  return capi::Guard(out_error, [&]() -> absl::Status {
    RETURN_IF_ERROR(capi::Clear(out_problems, "out_problems"));
    RETURN_IF_ERROR(CheckStore(store));
    ASSIGN_OR_RETURN(const auto problems,
                     engine::Verify(store->engine.get(), capi::ReadProgress(progress, progress_user)));
    capi::TableBuilder table({{"seq", JICENG_COLUMN_INT64}, {"what", JICENG_COLUMN_TEXT}});
    for (const auto& [seq, what] : problems) {
      table.Int64(seq);
      table.Text(what);
    }
    *out_problems = table.Finish().release();
    return absl::OkStatus();
  });
}

jiceng_status jiceng_store_optimize(jiceng_store* store, jiceng_progress_fn progress, void* progress_user,
                                    jiceng_error** out_error) {
  return capi::Guard(out_error, [&]() -> absl::Status {
    RETURN_IF_ERROR(CheckStore(store));
    return store->engine->Optimize(capi::ReadProgress(progress, progress_user));
  });
}

jiceng_status jiceng_store_log(jiceng_store* store, int64_t before_seq, int64_t limit, jiceng_table** out_commits,
                               jiceng_error** out_error) {
  return capi::Guard(out_error, [&]() -> absl::Status {
    RETURN_IF_ERROR(capi::Clear(out_commits, "out_commits"));
    RETURN_IF_ERROR(CheckStore(store));
    if (before_seq < 0) return capi::BadValue("before_seq is a seq, or 0 for the head", "before_seq");
    if (limit < 0) return capi::BadValue("limit is a count, or 0 for all", "limit");
    std::vector<jiceng::store::CommitInfo> commits;
    if (before_seq != 1) {  // nothing is before the first commit
      ASSIGN_OR_RETURN(commits, store->engine->rows().ReadCommits(std::max<int64_t>(before_seq - 1, 0),
                                                                  limit == 0 ? INT64_MAX : limit));
    }
    capi::TableBuilder table({{"seq", JICENG_COLUMN_INT64},
                              {"recorded_at", JICENG_COLUMN_TIME},
                              {"operation", JICENG_COLUMN_TEXT},
                              {"author", JICENG_COLUMN_TEXT},
                              {"reason", JICENG_COLUMN_TEXT},
                              {"basis", JICENG_COLUMN_TEXT},
                              {"rows", JICENG_COLUMN_INT64},
                              {"hash", JICENG_COLUMN_TEXT}});
    for (const jiceng::store::CommitInfo& commit : commits) {
      table.Int64(commit.header.seq);
      table.Time(commit.header.recorded_at);
      table.Text(commit.header.operation);
      table.Text(commit.header.author);
      table.Text(commit.header.reason);
      table.Text(commit.header.basis);
      table.Int64(commit.rows);
      table.Text(base::Hex(base::Bytes(commit.hash)));
    }
    *out_commits = table.Finish().release();
    return absl::OkStatus();
  });
}
