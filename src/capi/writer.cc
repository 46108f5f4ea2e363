// Writing: change sets and taking commits back; importing is in import.cc.
#include <jiceng/audit.h>
#include <jiceng/policy.h>

#include "base/status.h"
#include "capi/arguments.h"
#include "capi/guard.h"
#include "capi/handles.h"
#include "capi/verdicts.h"
#include "engine/erase.h"
#include "engine/maintain.h"

namespace capi = jiceng::capi;
namespace base = jiceng::base;
namespace engine = jiceng::engine;

jiceng_status jiceng_writer_apply(jiceng_writer* writer, const void* changes, size_t changes_len, int64_t* out_seq,
                                  jiceng_error** out_error) {
  return capi::Guard(out_error, [&]() -> absl::Status {
    RETURN_IF_ERROR(capi::Clear(out_seq, "out_seq"));
    RETURN_IF_ERROR(capi::Need(writer, "writer"));
    RETURN_IF_ERROR(writer->Begin());
    ASSIGN_OR_RETURN(const std::string_view bytes, capi::ReadBytes(changes, changes_len, "changes"));
    ASSIGN_OR_RETURN(*out_seq, engine::ApplyChanges(writer->engine.get(), bytes, writer->commit));
    if (*out_seq != 0) writer->Advance(*out_seq);
    return absl::OkStatus();
  });
}

jiceng_status jiceng_writer_refused(const jiceng_writer* writer, jiceng_findings** out_findings,
                                    jiceng_error** out_error) {
  return capi::Guard(out_error, [&]() -> absl::Status {
    RETURN_IF_ERROR(capi::Clear(out_findings, "out_findings"));
    RETURN_IF_ERROR(capi::Need(writer, "writer"));
    RETURN_IF_ERROR(writer->process.Check());
    if (!writer->refused.has_value()) {
      return base::Error(absl::StatusCode::kNotFound, "NOTHING_REFUSED",
                         "the writer's last call was not refused by a policy", "writer");
    }
    jiceng_snapshot snapshot;
    snapshot.engine = writer->engine;
    snapshot.version = writer->refused->version;
    *out_findings = capi::NewFindings(std::move(snapshot), writer->refused->findings).release();
    return absl::OkStatus();
  });
}

jiceng_status jiceng_writer_revert(jiceng_writer* writer, int64_t seq, int64_t* out_seq, jiceng_error** out_error) {
  return capi::Guard(out_error, [&]() -> absl::Status {
    RETURN_IF_ERROR(capi::Clear(out_seq, "out_seq"));
    RETURN_IF_ERROR(capi::Need(writer, "writer"));
    RETURN_IF_ERROR(writer->Begin());
    ASSIGN_OR_RETURN(*out_seq, engine::Revert(writer->engine.get(), seq, writer->commit));
    writer->Advance(*out_seq);
    return absl::OkStatus();
  });
}

jiceng_status jiceng_writer_erase(jiceng_writer* writer, const char* const* people, size_t count, int64_t* out_seq,
                                  jiceng_error** out_error) {
  return capi::Guard(out_error, [&]() -> absl::Status {
    RETURN_IF_ERROR(capi::Clear(out_seq, "out_seq"));
    RETURN_IF_ERROR(capi::Need(writer, "writer"));
    RETURN_IF_ERROR(writer->Begin());
    ASSIGN_OR_RETURN(const std::vector<std::string> given, capi::ReadTexts(people, count, "people"));
    ASSIGN_OR_RETURN(*out_seq, engine::Erase(writer->engine.get(), given, writer->commit));
    writer->Advance(*out_seq);
    return absl::OkStatus();
  });
}

jiceng_status jiceng_writer_tried(const jiceng_writer* writer, jiceng_snapshot** out_snapshot,
                                  jiceng_error** out_error) {
  return capi::Guard(out_error, [&]() -> absl::Status {
    RETURN_IF_ERROR(capi::Clear(out_snapshot, "out_snapshot"));
    RETURN_IF_ERROR(capi::Need(writer, "writer"));
    RETURN_IF_ERROR(writer->process.Check());
    if (writer->tried.graph == nullptr) {
      return base::Error(absl::StatusCode::kNotFound, "NOTHING_TRIED",
                         "the writer's last call came to nothing, or it does not try (JICENG_WRITER_TRY)", "writer");
    }
    auto snapshot = std::make_unique<jiceng_snapshot>();
    snapshot->engine = writer->engine;
    snapshot->version = writer->tried;
    *out_snapshot = snapshot.release();
    return absl::OkStatus();
  });
}
