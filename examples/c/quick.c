/* Ledgers in, findings out: quick LEDGER-FOLDER */
#include <jiceng/jiceng.h>
#include <stdio.h>

static int fail(jiceng_error* error) {
  fprintf(stderr, "%s: %s\n", jiceng_error_reason(error), jiceng_error_message(error));
  jiceng_error_free(error);
  return 1;
}

int main(int argc, char** argv) {
  jiceng_open_options open = JICENG_OPEN_OPTIONS_INIT;
  jiceng_writer_options write = JICENG_WRITER_OPTIONS_INIT;
  const char* const* ledgers = (const char* const*)argv + 1;
  jiceng_error* error = NULL;
  jiceng_store* store = NULL;
  jiceng_writer* writer = NULL;
  jiceng_import_report* report = NULL;
  jiceng_snapshot* snapshot = NULL;
  jiceng_findings* findings = NULL;
  jiceng_table *members = NULL, *table = NULL;
  int64_t i;
  if (argc != 2) return 2;
  open.flags = JICENG_OPEN_CREATE;
  write.recorded_at = 1782777600; /* 2026-06-30 */

  if (jiceng_store_open("memory:", JICENG_NUL, &open, &store, &error) ||
      jiceng_writer_open(store, NULL, &write, &writer, &error) ||
      jiceng_writer_import(writer, ledgers, 1, NULL, &report, &error) ||
      jiceng_snapshot_open(store, NULL, 0, &snapshot, &error) ||
      jiceng_count(snapshot, "unit:320102", JICENG_NUL, 20260630, &members, &error) ||
      jiceng_audit(snapshot, NULL, 0, 20260630, NULL, &findings, &error) ||
      jiceng_findings_table(findings, JICENG_LANG_ZH, 0, 0, &table, &error))
    return fail(error);

  for (i = 0; i < 2; ++i) /* members.full, members.probationary */
    printf("%s %d\n", jiceng_table_text(members, i, 0, NULL), (int)jiceng_table_int64(members, i, 1));
  for (i = 0; i < jiceng_table_rows(table); ++i)
    printf("%s %s %s\n", jiceng_table_text(table, i, jiceng_table_find_column(table, "subject"), NULL),
           jiceng_table_text(table, i, jiceng_table_find_column(table, "rule"), NULL),
           jiceng_table_text(table, i, jiceng_table_find_column(table, "status"), NULL));

  jiceng_table_free(table);
  jiceng_table_free(members);
  jiceng_findings_free(findings);
  jiceng_snapshot_close(snapshot);
  jiceng_import_report_free(report);
  jiceng_writer_close(writer);
  jiceng_store_close(store);
  return 0;
}
