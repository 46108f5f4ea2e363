// Answers in bulk as Arrow streams.
#include <jiceng/audit.h>

#include <utility>

#include "capi/arguments.h"
#include "capi/arrow_stream.h"
#include "capi/ask.h"
#include "capi/guard.h"
#include "capi/verdicts.h"

namespace capi = jiceng::capi;

namespace {

constexpr int64_t kFindingsAtOnce = 8192;

}  // namespace

jiceng_status jiceng_table_arrow(const jiceng_table* table, struct ArrowArrayStream* out_stream,
                                 jiceng_error** out_error) {
  return capi::Guard(out_error, [&]() -> absl::Status {
    RETURN_IF_ERROR(capi::Clear(out_stream, "out_stream"));
    RETURN_IF_ERROR(capi::Need(table, "table"));
    return capi::MakeStream([rest = table->data]() mutable { return std::exchange(rest, nullptr); }, out_stream);
  });
}

jiceng_status jiceng_findings_arrow(const jiceng_findings* findings, int32_t lang, struct ArrowArrayStream* out_stream,
                                    jiceng_error** out_error) {
  return capi::Guard(out_error, [&]() -> absl::Status {
    RETURN_IF_ERROR(capi::Clear(out_stream, "out_stream"));
    RETURN_IF_ERROR(capi::Need(findings, "findings"));
    RETURN_IF_ERROR(capi::CheckSnapshot(&findings->snapshot));
    ASSIGN_OR_RETURN(const jiceng::rules::Language language, capi::ReadLanguage(lang));
    const auto next = [kept = findings->self, language,
                       first = int64_t{0}]() mutable -> absl::StatusOr<std::shared_ptr<const capi::TableData>> {
      RETURN_IF_ERROR(capi::CheckSnapshot(&kept->snapshot));
      if (first > 0 && first >= jiceng_findings_count(kept.get())) return nullptr;
      ASSIGN_OR_RETURN(const auto page, capi::FindingsPage(*kept, language, first, kFindingsAtOnce));
      first += kFindingsAtOnce;
      return page->data;
    };
    return capi::MakeStream(next, out_stream);
  });
}
