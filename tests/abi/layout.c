/* The layout of the public structs on 64-bit machines, and the numbers of the enums: what a compiled caller has built
 * in.  A change here breaks every such caller; a new member goes to the end and gets its own line. */
#include <jiceng/jiceng.h>
#include <stddef.h>
#include <stdio.h>

static int failures;

static void check(const char* what, size_t is, size_t pinned) {
  if (is == pinned) return;
  fprintf(stderr, "%s is %lu, not %lu\n", what, (unsigned long)is, (unsigned long)pinned);
  ++failures;
}

#define SIZE(type, pinned) check("sizeof(" #type ")", sizeof(type), pinned)
#define AT(type, member, pinned) check(#type "." #member, offsetof(type, member), pinned)
#define NUMBER(name, pinned) check(#name, (size_t)(name), pinned)

static void layouts(void) {
  SIZE(jiceng_status, 4);
  SIZE(jiceng_open_options, 72);
  AT(jiceng_open_options, struct_size, 0);
  AT(jiceng_open_options, flags, 4);
  AT(jiceng_open_options, busy_timeout_ms, 8);
  AT(jiceng_open_options, seed, 16);
  AT(jiceng_open_options, catalogue, 24);
  AT(jiceng_open_options, catalogue_len, 32);
  AT(jiceng_open_options, progress, 40);
  AT(jiceng_open_options, progress_user, 48);
  AT(jiceng_open_options, notice, 56);
  AT(jiceng_open_options, notice_user, 64);
  SIZE(jiceng_writer_options, 64);
  AT(jiceng_writer_options, struct_size, 0);
  AT(jiceng_writer_options, flags, 4);
  AT(jiceng_writer_options, recorded_at, 8);
  AT(jiceng_writer_options, expected_seq, 16);
  AT(jiceng_writer_options, author, 24);
  AT(jiceng_writer_options, reason, 32);
  AT(jiceng_writer_options, basis, 40);
  AT(jiceng_writer_options, progress, 48);
  AT(jiceng_writer_options, progress_user, 56);
  SIZE(jiceng_import_options, 40);
  AT(jiceng_import_options, struct_size, 0);
  AT(jiceng_import_options, flags, 4);
  AT(jiceng_import_options, date, 8);
  AT(jiceng_import_options, lang, 12);
  AT(jiceng_import_options, scope, 16);
  AT(jiceng_import_options, max_closures, 24);
  AT(jiceng_import_options, under, 32);
  SIZE(jiceng_tie, 48);
  AT(jiceng_tie, number, 0);
  AT(jiceng_tie, from, 8);
  AT(jiceng_tie, to, 16);
  AT(jiceng_tie, valid_from, 24);
  AT(jiceng_tie, valid_to, 28);
  AT(jiceng_tie, kind, 32);
  AT(jiceng_tie, role, 36);
  AT(jiceng_tie, manner, 40);
  AT(jiceng_tie, reserved, 44);
  SIZE(struct ArrowSchema, 72);
  SIZE(struct ArrowArray, 80);
  SIZE(struct ArrowArrayStream, 40);
  SIZE(jiceng_audit_options, 64);
  AT(jiceng_audit_options, struct_size, 0);
  AT(jiceng_audit_options, flags, 4);
  AT(jiceng_audit_options, rules, 8);
  AT(jiceng_audit_options, rule_count, 16);
  AT(jiceng_audit_options, parameters, 24);
  AT(jiceng_audit_options, parameter_count, 32);
  AT(jiceng_audit_options, progress, 40);
  AT(jiceng_audit_options, progress_user, 48);
  AT(jiceng_audit_options, max_threads, 56);
}

static void numbers(void) {
  NUMBER(JICENG_OK, 0);
  NUMBER(JICENG_CANCELLED, 1);
  NUMBER(JICENG_UNKNOWN, 2);
  NUMBER(JICENG_INVALID_ARGUMENT, 3);
  NUMBER(JICENG_DEADLINE_EXCEEDED, 4);
  NUMBER(JICENG_NOT_FOUND, 5);
  NUMBER(JICENG_ALREADY_EXISTS, 6);
  NUMBER(JICENG_PERMISSION_DENIED, 7);
  NUMBER(JICENG_RESOURCE_EXHAUSTED, 8);
  NUMBER(JICENG_FAILED_PRECONDITION, 9);
  NUMBER(JICENG_ABORTED, 10);
  NUMBER(JICENG_OUT_OF_RANGE, 11);
  NUMBER(JICENG_UNIMPLEMENTED, 12);
  NUMBER(JICENG_INTERNAL, 13);
  NUMBER(JICENG_UNAVAILABLE, 14);
  NUMBER(JICENG_DATA_LOSS, 15);
  NUMBER(JICENG_LANG_ZH, 1);
  NUMBER(JICENG_LANG_EN, 2);
  NUMBER(JICENG_COLUMN_INT64, 1);
  NUMBER(JICENG_COLUMN_BOOL, 2);
  NUMBER(JICENG_COLUMN_DATE, 3);
  NUMBER(JICENG_COLUMN_TIME, 4);
  NUMBER(JICENG_COLUMN_TEXT, 5);
  NUMBER(JICENG_COLUMN_TEXT_LIST, 6);
  NUMBER(JICENG_OPEN_CREATE, 1);
  NUMBER(JICENG_OPEN_READ_ONLY, 2);
  NUMBER(JICENG_OPEN_NO_MMAP, 4);
  NUMBER(JICENG_IMPORT_DRY_RUN, 1);
  NUMBER(JICENG_IMPORT_KEEP_GOOD, 2);
  NUMBER(JICENG_IMPORT_SNAPSHOT, 4);
  NUMBER(JICENG_IMPORT_DONE, 1);
  NUMBER(JICENG_IMPORT_CHECKED, 2);
  NUMBER(JICENG_IMPORT_REJECTED, 3);
  NUMBER(JICENG_IMPORT_REFUSED, 4);
  NUMBER(JICENG_TREE_UNITS_ONLY, 1);
}

static void defaults(void) {
  const jiceng_open_options open = JICENG_OPEN_OPTIONS_INIT;
  const jiceng_writer_options writer = JICENG_WRITER_OPTIONS_INIT;
  const jiceng_import_options import = JICENG_IMPORT_OPTIONS_INIT;
  const jiceng_audit_options audit = JICENG_AUDIT_OPTIONS_INIT;
  check("open.struct_size", open.struct_size, sizeof open);
  check("writer.struct_size", writer.struct_size, sizeof writer);
  check("import.struct_size", import.struct_size, sizeof import);
  check("audit.struct_size", audit.struct_size, sizeof audit);
  check("-writer.expected_seq", (size_t)-writer.expected_seq, 1);
  check("-import.max_closures", (size_t)-import.max_closures, 1);
}

int main(void) {
  if (sizeof(void*) == 8) layouts();
  numbers();
  defaults();
  return failures == 0 ? 0 : 1;
}
