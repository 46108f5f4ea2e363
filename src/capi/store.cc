// Opening stores, snapshots and writers.
#include <jiceng/store.h>

#include "base/strings.h"
#include "base/text.h"
#include "capi/arguments.h"
#include "capi/guard.h"
#include "capi/handles.h"

namespace capi = jiceng::capi;
namespace base = jiceng::base;
namespace engine = jiceng::engine;

namespace {

constexpr jiceng_open_options kOpenDefaults = JICENG_OPEN_OPTIONS_INIT;
constexpr jiceng_writer_options kWriterDefaults = JICENG_WRITER_OPTIONS_INIT;
constexpr int64_t kDefaultBusyTimeoutMs = 5000;

absl::StatusOr<engine::OpenOptions> ReadOpenOptions(const jiceng_open_options* given) {
  ASSIGN_OR_RETURN(
      const jiceng_open_options read,
      capi::ReadOptions(given, kOpenDefaults, JICENG_OPEN_CREATE | JICENG_OPEN_READ_ONLY | JICENG_OPEN_NO_MMAP));
  if (read.busy_timeout_ms < 0) return capi::BadValue("a time to wait is not negative", "busy_timeout_ms");
  engine::OpenOptions options;
  options.store.create = (read.flags & JICENG_OPEN_CREATE) != 0;
  options.store.read_only = (read.flags & JICENG_OPEN_READ_ONLY) != 0;
  options.store.busy_timeout_ms = read.busy_timeout_ms == 0 ? kDefaultBusyTimeoutMs : read.busy_timeout_ms;
  options.store.seed = read.seed;
  options.map_base = (read.flags & JICENG_OPEN_NO_MMAP) == 0;
  ASSIGN_OR_RETURN(options.catalogue, capi::ReadBytes(read.catalogue, read.catalogue_len, "catalogue"));
  options.progress = capi::ReadProgress(read.progress, read.progress_user);
  options.notices = capi::ReadNotices(read.notice, read.notice_user);
  return options;
}

// The time of a commit may lie in any year a date can have, and no later: nothing could be recorded after it.
constexpr int64_t kFirstSecond = -62'135'596'800, kLastSecond = 253'402'300'799;

absl::StatusOr<engine::CommitOptions> ReadWriterOptions(const jiceng_writer_options* given, bool* tries) {
  RETURN_IF_ERROR(capi::Need(given, "options"));
  ASSIGN_OR_RETURN(const jiceng_writer_options read, capi::ReadOptions(given, kWriterDefaults, JICENG_WRITER_TRY));
  *tries = (read.flags & JICENG_WRITER_TRY) != 0;
  if (read.recorded_at == 0) {
    return base::Error(absl::StatusCode::kInvalidArgument, "MISSING_OPTION",
                       "recorded_at must be given: the library has no clock", "recorded_at");
  }
  if (read.recorded_at < kFirstSecond || read.recorded_at > kLastSecond) {
    return capi::BadValue("recorded_at is seconds since 1970, within the years 1 to 9999", "recorded_at");
  }
  if (read.expected_seq < -1) return capi::BadValue("expected_seq is a seq, or -1 for any", "expected_seq");
  engine::CommitOptions commit;
  commit.recorded_at = read.recorded_at;
  commit.expected_seq = read.expected_seq;
  ASSIGN_OR_RETURN(commit.author, capi::ReadOptionalText(read.author, "author"));
  ASSIGN_OR_RETURN(commit.reason, capi::ReadOptionalText(read.reason, "reason"));
  ASSIGN_OR_RETURN(commit.basis, capi::ReadOptionalText(read.basis, "basis"));
  commit.progress = capi::ReadProgress(read.progress, read.progress_user);
  return commit;
}

}  // namespace

jiceng_status jiceng_store_open(const char* url, size_t url_len, const jiceng_open_options* options,
                                jiceng_store** out_store, jiceng_error** out_error) {
  return capi::Guard(out_error, [&]() -> absl::Status {
    RETURN_IF_ERROR(capi::Clear(out_store, "out_store"));
    RETURN_IF_ERROR(capi::Need(url, "url"));
    ASSIGN_OR_RETURN(const std::string_view where, capi::ReadText(url, url_len, "url"));
    ASSIGN_OR_RETURN(const engine::OpenOptions open, ReadOpenOptions(options));
    auto store = std::make_unique<jiceng_store>();
    ASSIGN_OR_RETURN(store->engine, engine::Store::Open(where, open));
    *out_store = store.release();
    return absl::OkStatus();
  });
}

void jiceng_store_close(jiceng_store* store) { delete store; }

jiceng_status jiceng_actor_create(const char* name, size_t name_len, const char* scope_node, size_t scope_node_len,
                                  jiceng_actor** out_actor, jiceng_error** out_error) {
  return capi::Guard(out_error, [&]() -> absl::Status {
    RETURN_IF_ERROR(capi::Clear(out_actor, "out_actor"));
    RETURN_IF_ERROR(capi::Need(name, "name"));
    RETURN_IF_ERROR(capi::Need(scope_node, "scope_node"));
    ASSIGN_OR_RETURN(const std::string_view called, capi::ReadText(name, name_len, "name"));
    ASSIGN_OR_RETURN(const std::string_view scope, capi::ReadText(scope_node, scope_node_len, "scope_node"));
    ASSIGN_OR_RETURN(jiceng::access::Actor actor, jiceng::access::Actor::Create(called, scope));
    auto handle = std::make_unique<jiceng_actor>();
    handle->actor = std::make_shared<const jiceng::access::Actor>(std::move(actor));
    *out_actor = handle.release();
    return absl::OkStatus();
  });
}

void jiceng_actor_free(jiceng_actor* actor) { delete actor; }

jiceng_status jiceng_snapshot_open(jiceng_store* store, const jiceng_actor* actor, int64_t recorded_seq,
                                   jiceng_snapshot** out_snapshot, jiceng_error** out_error) {
  return capi::Guard(out_error, [&]() -> absl::Status {
    RETURN_IF_ERROR(capi::Clear(out_snapshot, "out_snapshot"));
    RETURN_IF_ERROR(capi::Need(store, "store"));
    RETURN_IF_ERROR(store->process.Check());
    auto snapshot = std::make_unique<jiceng_snapshot>();
    snapshot->engine = store->engine;
    if (recorded_seq == 0) {
      ASSIGN_OR_RETURN(snapshot->version, store->engine->Head());
    } else {
      ASSIGN_OR_RETURN(snapshot->version, store->engine->At(recorded_seq));
    }
    if (actor != nullptr) snapshot->actor = actor->actor;
    *out_snapshot = snapshot.release();
    return absl::OkStatus();
  });
}

void jiceng_snapshot_close(jiceng_snapshot* snapshot) { delete snapshot; }

int64_t jiceng_snapshot_seq(const jiceng_snapshot* snapshot) { return snapshot == nullptr ? 0 : snapshot->version.seq; }

jiceng_status jiceng_store_seq_at(jiceng_store* store, int64_t time, int64_t* out_seq, jiceng_error** out_error) {
  return capi::Guard(out_error, [&]() -> absl::Status {
    RETURN_IF_ERROR(capi::Clear(out_seq, "out_seq"));
    RETURN_IF_ERROR(capi::Need(store, "store"));
    ASSIGN_OR_RETURN(*out_seq, store->engine->SeqAt(time));
    return absl::OkStatus();
  });
}

jiceng_status jiceng_writer_open(jiceng_store* store, const jiceng_actor* actor, const jiceng_writer_options* options,
                                 jiceng_writer** out_writer, jiceng_error** out_error) {
  return capi::Guard(out_error, [&]() -> absl::Status {
    RETURN_IF_ERROR(capi::Clear(out_writer, "out_writer"));
    RETURN_IF_ERROR(capi::Need(store, "store"));
    RETURN_IF_ERROR(store->process.Check());
    if (actor != nullptr) {
      return base::Error(absl::StatusCode::kPermissionDenied, "SCOPED_WRITER", "an actor with a scope reads only",
                         "actor");
    }
    auto writer = std::make_unique<jiceng_writer>();
    writer->engine = store->engine;
    bool tries = false;
    ASSIGN_OR_RETURN(writer->commit, ReadWriterOptions(options, &tries));
    writer->commit.refused = &writer->refused;
    writer->commit.refused_step = &writer->refused_step;
    if (tries) {
      writer->commit.trial = &writer->tried;
    } else if (store->engine->read_only()) {
      return base::Error(absl::StatusCode::kFailedPrecondition, "READ_ONLY",
                         "the store was opened read-only: open it for writing");
    }
    *out_writer = writer.release();
    return absl::OkStatus();
  });
}

void jiceng_writer_close(jiceng_writer* writer) { delete writer; }
