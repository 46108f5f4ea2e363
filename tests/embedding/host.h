/* What the hosts share: a store with the organisation of tests/abi/ledgers, made and asked. */
#ifndef TESTS_EMBEDDING_HOST_H
#define TESTS_EMBEDDING_HOST_H

#include <jiceng/jiceng.h>
#include <stdio.h>
#include <stdlib.h>

/* The functions as a table, so that a host that has loaded the library by itself may use the same code. */
typedef struct {
  jiceng_status (*store_open)(const char*, size_t, const jiceng_open_options*, jiceng_store**, jiceng_error**);
  void (*store_close)(jiceng_store*);
  jiceng_status (*writer_open)(jiceng_store*, const jiceng_actor*, const jiceng_writer_options*, jiceng_writer**,
                               jiceng_error**);
  jiceng_status (*writer_import)(jiceng_writer*, const char* const*, size_t, const jiceng_import_options*,
                                 jiceng_import_report**, jiceng_error**);
  int32_t (*report_outcome)(const jiceng_import_report*);
  void (*report_free)(jiceng_import_report*);
  void (*writer_close)(jiceng_writer*);
  jiceng_status (*snapshot_open)(jiceng_store*, const jiceng_actor*, int64_t, jiceng_snapshot**, jiceng_error**);
  void (*snapshot_close)(jiceng_snapshot*);
  jiceng_status (*audit)(const jiceng_snapshot*, const char*, size_t, int32_t, const jiceng_audit_options*,
                         jiceng_findings**, jiceng_error**);
  int64_t (*findings_count)(const jiceng_findings*);
  void (*findings_free)(jiceng_findings*);
  const char* (*error_reason)(const jiceng_error*);
  void (*error_free)(jiceng_error*);
  jiceng_status (*writer_apply)(jiceng_writer*, const void*, size_t, int64_t*, jiceng_error**);
} library;

#define LIBRARY_NAMES                                                                                               \
  {                                                                                                                 \
    "jiceng_store_open", "jiceng_store_close", "jiceng_writer_open", "jiceng_writer_import",                        \
        "jiceng_import_report_outcome", "jiceng_import_report_free", "jiceng_writer_close", "jiceng_snapshot_open", \
        "jiceng_snapshot_close", "jiceng_audit", "jiceng_findings_count", "jiceng_findings_free",                   \
        "jiceng_error_reason", "jiceng_error_free", "jiceng_writer_apply"                                           \
  }

#define LIBRARY_LINKED                                                                                             \
  {                                                                                                                \
    jiceng_store_open, jiceng_store_close, jiceng_writer_open, jiceng_writer_import, jiceng_import_report_outcome, \
        jiceng_import_report_free, jiceng_writer_close, jiceng_snapshot_open, jiceng_snapshot_close, jiceng_audit, \
        jiceng_findings_count, jiceng_findings_free, jiceng_error_reason, jiceng_error_free, jiceng_writer_apply   \
  }

static void fail(const char* what) {
  printf("%s\n", what);
  exit(1);
}

/* Makes a store at `url` or opens it, `reason` being what it is refused with, or NULL. */
static jiceng_store* open_store(const library* l, const char* url, uint32_t flags, const char** reason) {
  jiceng_open_options options = JICENG_OPEN_OPTIONS_INIT;
  jiceng_store* store = NULL;
  jiceng_error* error = NULL;
  static char kept[64];
  options.flags = flags;
  *reason = NULL;
  if (l->store_open(url, JICENG_NUL, &options, &store, &error) != JICENG_OK) {
    snprintf(kept, sizeof(kept), "%s", l->error_reason(error));
    *reason = kept;
  }
  l->error_free(error);
  return store;
}

static void import_ledgers(const library* l, jiceng_store* store, const char* ledgers) {
  jiceng_writer_options options = JICENG_WRITER_OPTIONS_INIT;
  jiceng_writer* writer = NULL;
  jiceng_import_report* report = NULL;
  options.recorded_at = 1782777600;
  if (l->writer_open(store, NULL, &options, &writer, NULL) != JICENG_OK) fail("no writer");
  if (l->writer_import(writer, &ledgers, 1, NULL, &report, NULL) != JICENG_OK) fail("no import");
  if (l->report_outcome(report) != JICENG_IMPORT_DONE) fail("rows were rejected");
  l->report_free(report);
  l->writer_close(writer);
}

/* How many findings there are. */
static int64_t audit(const library* l, jiceng_store* store) {
  jiceng_snapshot* snapshot = NULL;
  jiceng_findings* findings = NULL;
  int64_t count;
  if (l->snapshot_open(store, NULL, 0, &snapshot, NULL) != JICENG_OK) fail("no snapshot");
  if (l->audit(snapshot, NULL, 0, 20260630, NULL, &findings, NULL) != JICENG_OK) fail("no audit");
  count = l->findings_count(findings);
  l->findings_free(findings);
  l->snapshot_close(snapshot);
  return count;
}

/* Applies a change set, and gives the head after it. */
static inline int64_t apply(const library* l, jiceng_store* store, const void* changes, size_t size) {
  jiceng_writer_options options = JICENG_WRITER_OPTIONS_INIT;
  jiceng_writer* writer = NULL;
  jiceng_error* error = NULL;
  int64_t seq = 0;
  options.recorded_at = 1782777601;
  if (l->writer_open(store, NULL, &options, &writer, NULL) != JICENG_OK) fail("no writer");
  if (l->writer_apply(writer, changes, size, &seq, &error) != JICENG_OK) fail(l->error_reason(error));
  l->writer_close(writer);
  return seq;
}

/* The whole job: ledgers in, findings out, a change set applied after which the branch has its third full member and so
 * one finding less, and the same again from the file. */
static inline void work(const library* l, const char* url, const char* ledgers, const void* changes, size_t size) {
  const char* reason;
  int64_t findings;
  jiceng_store* store = open_store(l, url, JICENG_OPEN_CREATE, &reason);
  if (store == NULL) fail(reason);
  import_ledgers(l, store, ledgers);
  findings = audit(l, store);
  if (findings == 0) fail("no findings");
  if (apply(l, store, changes, size) != 2) fail("the changes were not kept");
  if (audit(l, store) != findings - 1) fail("the branch with three full members is found as before");
  l->store_close(store);
  store = open_store(l, url, 0, &reason);
  if (store == NULL) fail(reason);
  if (audit(l, store) != findings - 1) fail("other findings from the file");
  l->store_close(store);
}

#endif
