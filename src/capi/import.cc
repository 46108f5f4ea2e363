// Ledgers in, and the report of what they did.
#include "engine/import.h"

#include <jiceng/store.h>

#include <algorithm>

#include "base/strings.h"
#include "capi/arguments.h"
#include "capi/error_texts.h"
#include "capi/guard.h"
#include "capi/handles.h"

namespace capi = jiceng::capi;
namespace base = jiceng::base;
namespace engine = jiceng::engine;
namespace ledgers = jiceng::ledgers;

namespace {

using jiceng::rules::Language;

constexpr jiceng_import_options kImportDefaults = JICENG_IMPORT_OPTIONS_INIT;

absl::StatusOr<engine::ImportOptions> ReadImportOptions(const jiceng_import_options* given, Language* language) {
  ASSIGN_OR_RETURN(const jiceng_import_options read,
                   capi::ReadOptions(given, kImportDefaults,
                                     JICENG_IMPORT_DRY_RUN | JICENG_IMPORT_KEEP_GOOD | JICENG_IMPORT_SNAPSHOT));
  if (read.max_closures < -1) return capi::BadValue("max_closures is a count, or -1 for no limit", "max_closures");
  engine::ImportOptions options;
  options.dry_run = (read.flags & JICENG_IMPORT_DRY_RUN) != 0;
  options.keep_good = (read.flags & JICENG_IMPORT_KEEP_GOOD) != 0;
  options.snapshot_mode = (read.flags & JICENG_IMPORT_SNAPSHOT) != 0;
  ASSIGN_OR_RETURN(options.date, capi::ReadDateOr(read.date, base::Date::Beginning(), "date"));
  ASSIGN_OR_RETURN(*language, capi::ReadLanguage(read.lang));
  ASSIGN_OR_RETURN(options.scope, capi::ReadOptionalText(read.scope, "scope"));
  options.max_closures = read.max_closures;
  ASSIGN_OR_RETURN(options.under, capi::ReadOptionalText(read.under, "under"));
  return options;
}

std::unique_ptr<jiceng_table> Problems(const std::vector<ledgers::Problem>& problems, Language language) {
  std::vector<const ledgers::Problem*> order;
  order.reserve(problems.size());
  for (const ledgers::Problem& problem : problems) order.push_back(&problem);
  std::stable_sort(order.begin(), order.end(), [](const ledgers::Problem* a, const ledgers::Problem* b) {
    return a->file != b->file ? a->file < b->file : a->row < b->row;
  });
  capi::TableBuilder table({{"file", JICENG_COLUMN_TEXT},
                            {"row", JICENG_COLUMN_INT64},
                            {"column", JICENG_COLUMN_TEXT},
                            {"cell", JICENG_COLUMN_TEXT},
                            {"code", JICENG_COLUMN_TEXT},
                            {"message", JICENG_COLUMN_TEXT}});
  for (const ledgers::Problem* problem : order) {
    table.Text(problem->file);
    table.Int64OrNull(problem->row > 0 ? std::optional<int64_t>(problem->row) : std::nullopt);  // null: the whole file
    table.Text(problem->column);
    table.Text(problem->cell);
    table.Text(problem->code);
    table.Text(language == Language::kChinese ? capi::ChineseText(problem->code, problem->message) : problem->message);
  }
  return table.Finish();
}

template <typename Counts>
std::unique_ptr<jiceng_table> CountTable(const char* key, const Counts& counts) {
  capi::TableBuilder table({{key, JICENG_COLUMN_TEXT}, {"rows", JICENG_COLUMN_INT64}});
  for (const auto& [name, count] : counts) {
    table.Text(name);
    table.Int64(count);
  }
  return table.Finish();
}

// The planned ends: each tie as it is, with the day on which it will end.
std::unique_ptr<jiceng_table> Closures(const std::vector<engine::Closure>& closures, base::Date day) {
  capi::TableBuilder table({{"tie", JICENG_COLUMN_INT64},
                            {"kind", JICENG_COLUMN_TEXT},
                            {"from_node", JICENG_COLUMN_TEXT},
                            {"to_node", JICENG_COLUMN_TEXT},
                            {"from", JICENG_COLUMN_DATE},
                            {"to", JICENG_COLUMN_DATE}});
  for (const engine::Closure& closure : closures) {
    table.Int64(closure.tie.number);
    table.Text(jiceng::model::TieKindName(closure.tie.kind));
    table.Text(closure.from);
    table.Text(closure.to);
    table.Date(closure.tie.valid.from);
    table.Date(day);
  }
  return table.Finish();
}

std::unique_ptr<jiceng_import_report> MakeReport(const engine::ImportReport& done, const engine::ImportOptions& options,
                                                 Language language) {
  auto report = std::make_unique<jiceng_import_report>();
  report->outcome = static_cast<int32_t>(done.outcome);
  report->seq = done.seq;
  report->rejected = done.rejected;
  report->rows = CountTable("file", done.rows);
  report->warnings = CountTable("code", done.diagnostics.warning_counts());
  report->problems = Problems(done.diagnostics.errors(), language);
  report->warning_rows = Problems(done.diagnostics.warnings(), language);
  report->closures = Closures(done.closures, options.date);
  return report;
}

}  // namespace

namespace {

// The call itself; `give` puts in what is to be read.
template <typename Give>
absl::Status Import(jiceng_writer* writer, const jiceng_import_options* options, jiceng_import_report** out_report,
                    Give give) {
  RETURN_IF_ERROR(capi::Clear(out_report, "out_report"));
  RETURN_IF_ERROR(capi::Need(writer, "writer"));
  RETURN_IF_ERROR(writer->Begin());
  Language language = Language::kChinese;
  ASSIGN_OR_RETURN(engine::ImportOptions import, ReadImportOptions(options, &language));
  RETURN_IF_ERROR(give(&import));
  import.commit = writer->commit;
  ASSIGN_OR_RETURN(const engine::ImportReport done, engine::Import(writer->engine.get(), import));
  std::unique_ptr<jiceng_import_report> report = MakeReport(done, import, language);
  if (writer->commit.expected_seq >= 0 && done.outcome == engine::ImportOutcome::kDone)
    writer->commit.expected_seq = done.seq;
  *out_report = report.release();
  return absl::OkStatus();
}

}  // namespace

jiceng_status jiceng_writer_import(jiceng_writer* writer, const char* const* paths, size_t path_count,
                                   const jiceng_import_options* options, jiceng_import_report** out_report,
                                   jiceng_error** out_error) {
  return capi::Guard(out_error, [&]() -> absl::Status {
    return Import(writer, options, out_report, [&](engine::ImportOptions* import) -> absl::Status {
      ASSIGN_OR_RETURN(import->paths, capi::ReadTexts(paths, path_count, "paths"));
      return absl::OkStatus();
    });
  });
}

jiceng_status jiceng_writer_import_bytes(jiceng_writer* writer, const char* const* names, const void* const* bytes,
                                         const size_t* lengths, size_t count, const jiceng_import_options* options,
                                         jiceng_import_report** out_report, jiceng_error** out_error) {
  return capi::Guard(out_error, [&]() -> absl::Status {
    return Import(writer, options, out_report, [&](engine::ImportOptions* import) -> absl::Status {
      ASSIGN_OR_RETURN(const std::vector<std::string> read, capi::ReadTexts(names, count, "names"));
      if (count > 0) {
        RETURN_IF_ERROR(capi::Need(bytes, "bytes"));
        RETURN_IF_ERROR(capi::Need(lengths, "lengths"));
      }
      for (size_t i = 0; i < count; ++i) {
        ASSIGN_OR_RETURN(const std::string_view content,
                         capi::ReadBytes(bytes[i], lengths[i], base::StrCat("bytes[", i, "]").c_str()));
        import->bytes.emplace_back(read[i], content);
      }
      return absl::OkStatus();
    });
  });
}

int32_t jiceng_import_report_outcome(const jiceng_import_report* report) {
  return report == nullptr ? 0 : report->outcome;
}
int64_t jiceng_import_report_seq(const jiceng_import_report* report) { return report == nullptr ? 0 : report->seq; }
int64_t jiceng_import_report_rejected(const jiceng_import_report* report) {
  return report == nullptr ? 0 : report->rejected;
}
const jiceng_table* jiceng_import_report_rows(const jiceng_import_report* report) {
  return report == nullptr ? nullptr : report->rows.get();
}
const jiceng_table* jiceng_import_report_warnings(const jiceng_import_report* report) {
  return report == nullptr ? nullptr : report->warnings.get();
}
const jiceng_table* jiceng_import_report_problems(const jiceng_import_report* report) {
  return report == nullptr ? nullptr : report->problems.get();
}
const jiceng_table* jiceng_import_report_warning_rows(const jiceng_import_report* report) {
  return report == nullptr ? nullptr : report->warning_rows.get();
}
const jiceng_table* jiceng_import_report_closures(const jiceng_import_report* report) {
  return report == nullptr ? nullptr : report->closures.get();
}
void jiceng_import_report_free(jiceng_import_report* report) { delete report; }
