/* Stores: opening, writing, keeping. */
#ifndef JICENG_STORE_H
#define JICENG_STORE_H

#include <jiceng/table.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct jiceng_store jiceng_store;       /* internally locked */
typedef struct jiceng_actor jiceng_actor;       /* immutable, share freely */
typedef struct jiceng_writer jiceng_writer;     /* one thread at a time; keeps its store alive */
typedef struct jiceng_snapshot jiceng_snapshot; /* immutable, share freely; keeps its store alive */

enum {
  JICENG_OPEN_CREATE = 1, /* make a new store; it must not exist */
  JICENG_OPEN_READ_ONLY = 2,
  JICENG_OPEN_NO_MMAP = 4 /* read the base file into memory instead of mapping it: for disks that are not trusted */
};

/* How to open a store. */
typedef struct jiceng_open_options {
  uint32_t struct_size;    /* set by JICENG_OPEN_OPTIONS_INIT */
  uint32_t flags;          /* JICENG_OPEN_* */
  int64_t busy_timeout_ms; /* how long to wait for another process's lock; 0: 5,000 */
  uint64_t seed;         /* 0: uuid, key and salts are random; anything else makes them reproducible, for tests only */
  const void* catalogue; /* a binary jiceng.v1.Catalogue that replaces the compiled-in one, or NULL */
  size_t catalogue_len;  /* bytes at `catalogue` */
  jiceng_progress_fn progress; /* of building the base when there is none, or NULL */
  void* progress_user;         /* handed to `progress` */
  jiceng_notice_fn notice;     /* told of what no answer tells until the store is closed, or NULL */
  void* notice_user;           /* handed to `notice` */
} jiceng_open_options;
/* A store that is there, to be read and written. */
#define JICENG_OPEN_OPTIONS_INIT \
  { sizeof(jiceng_open_options), 0, 0, 0, 0, 0, 0, 0, 0, 0 }

/* Opens the store at `url`: "sqlite:/path", a bare path, or "memory:".
 *
 * Within this process the file belongs to this library alone; other processes may read its documented views.  A store
 * must not be used in a child after fork(); calls there fail with STORE_USED_AFTER_FORK.
 *
 * Errors: INVALID_ARGUMENT (url, options) · NOT_FOUND (STORE_NOT_FOUND) · ALREADY_EXISTS (STORE_EXISTS) ·
 * FAILED_PRECONDITION (STORE_NEWER) · UNAVAILABLE (STORE_LOCKED, STORE_HELD) · DATA_LOSS (NOT_A_STORE,
 * STORE_TRUNCATED, STORE_CORRUPT).  Since: 0.1 */
JICENG_API jiceng_status jiceng_store_open(const char* url, size_t url_len, const jiceng_open_options* options,
                                           jiceng_store** out_store, jiceng_error** out_error);
/* Handles opened from the store stay good; the file is let go with the last of them. */
JICENG_API void jiceng_store_close(jiceng_store* store);

/* Someone on whose behalf one reads or writes, limited to what lies at or below one node (by territory, seat,
 * residence and party_line).
 * Errors: INVALID_ARGUMENT.  Since: 0.1 */
JICENG_API jiceng_status jiceng_actor_create(const char* name, size_t name_len, const char* scope_node,
                                             size_t scope_node_len, jiceng_actor** out_actor, jiceng_error** out_error);
/* Takes NULL as well; snapshots opened for it stay good. */
JICENG_API void jiceng_actor_free(jiceng_actor* actor);

/* Opens the organisation as the head believes it, or as an earlier commit did.  `recorded_seq` 0 is the head.  A NULL
 * actor is the host itself and sees everything.  Readers never wait for writers.
 * Errors: OUT_OF_RANGE (no such seq) · DATA_LOSS · UNAVAILABLE.  Since: 0.1 */
JICENG_API jiceng_status jiceng_snapshot_open(jiceng_store* store, const jiceng_actor* actor, int64_t recorded_seq,
                                              jiceng_snapshot** out_snapshot, jiceng_error** out_error);
/* Takes NULL as well. */
JICENG_API void jiceng_snapshot_close(jiceng_snapshot* snapshot);
/* The commit it shows. */
JICENG_API int64_t jiceng_snapshot_seq(const jiceng_snapshot* snapshot);
/* The last commit recorded at or before `time` (seconds since 1970, UTC); 0 when there is none.  Since: 0.1 */
JICENG_API jiceng_status jiceng_store_seq_at(jiceng_store* store, int64_t time, int64_t* out_seq,
                                             jiceng_error** out_error);

enum {
  JICENG_WRITER_TRY = 1 /* every call does all but keep: what would be is read with jiceng_writer_tried */
};

/* Who writes, when and why. */
typedef struct jiceng_writer_options {
  uint32_t struct_size; /* set by JICENG_WRITER_OPTIONS_INIT */
  uint32_t flags;       /* JICENG_WRITER_* */
  int64_t recorded_at;  /* seconds since 1970 UTC; never before the head's.  Must be given: the library has no clock */
  int64_t expected_seq; /* the head the writer has seen, its own commits included, or -1 for any; ABORTED (SEQ_MOVED)
                           when it is another */
  const char* author;   /* free text or NULL; likewise the next two */
  const char* reason;   /* why it is changed */
  const char* basis;    /* the document the change rests on */
  jiceng_progress_fn progress; /* told now and then, or NULL */
  void* progress_user;         /* handed to `progress` */
} jiceng_writer_options;
/* A writer on whatever the head is; `recorded_at` is still to be given. */
#define JICENG_WRITER_OPTIONS_INIT \
  { sizeof(jiceng_writer_options), 0, 0, -1, 0, 0, 0, 0, 0 }

/* Errors: INVALID_ARGUMENT · PERMISSION_DENIED (SCOPED_WRITER: an actor with a scope reads only, for now) ·
 * FAILED_PRECONDITION (READ_ONLY).  Since: 0.1 */
JICENG_API jiceng_status jiceng_writer_open(jiceng_store* store, const jiceng_actor* actor,
                                            const jiceng_writer_options* options, jiceng_writer** out_writer,
                                            jiceng_error** out_error);
/* Takes NULL as well. */
JICENG_API void jiceng_writer_close(jiceng_writer* writer);

enum {
  JICENG_IMPORT_DRY_RUN = 1,   /* all checks, nothing kept */
  JICENG_IMPORT_KEEP_GOOD = 2, /* leave out bad rows and keep the others, instead of keeping nothing */
  JICENG_IMPORT_SNAPSHOT =
      4 /* the ledgers list all that holds on `date` within `scope`: ties not listed end on `date` */
};

/* How to read ledgers. */
typedef struct jiceng_import_options {
  uint32_t struct_size; /* set by JICENG_IMPORT_OPTIONS_INIT */
  uint32_t flags;       /* JICENG_IMPORT_* */
  int32_t date;         /* changed facts and structure hold from this day; 0: they correct what was believed */
  int32_t lang;         /* of messages; 0: Chinese */
  const char* scope;    /* snapshot mode: a node in text */
  int64_t max_closures; /* snapshot mode: more than this many ends is refused; -1: no limit */
  const char*
      under; /* registers: names of bodies and communities are looked for at or below this node; NULL: everywhere */
} jiceng_import_options;
/* Ledgers to be merged, whole or not at all. */
#define JICENG_IMPORT_OPTIONS_INIT \
  { sizeof(jiceng_import_options), 0, 0, 0, 0, -1, 0 }

/* What an import did.  Immutable, share freely. */
typedef struct jiceng_import_report jiceng_import_report;
enum {
  JICENG_IMPORT_DONE = 1,     /* kept, or nothing to change */
  JICENG_IMPORT_CHECKED = 2,  /* a dry run that would have been kept */
  JICENG_IMPORT_REJECTED = 3, /* bad rows; nothing kept */
  JICENG_IMPORT_REFUSED = 4   /* more closures than max_closures, or a blocking rule; nothing kept */
};
JICENG_API int32_t jiceng_import_report_outcome(const jiceng_import_report* report);  /* one of the above */
JICENG_API int64_t jiceng_import_report_seq(const jiceng_import_report* report);      /* the head after the call */
JICENG_API int64_t jiceng_import_report_rejected(const jiceng_import_report* report); /* rows */
/* Accepted rows, `file,rows`; borrowed, likewise the other tables. */
JICENG_API const jiceng_table* jiceng_import_report_rows(const jiceng_import_report* report);
/* `code,rows`. */
JICENG_API const jiceng_table* jiceng_import_report_warnings(const jiceng_import_report* report);
/* Bad rows in order of file and row, `file,row,column,cell,code,message` with the row as in Excel. */
JICENG_API const jiceng_table* jiceng_import_report_problems(const jiceng_import_report* report);
/* The first warnings of each code, in the same columns. */
JICENG_API const jiceng_table* jiceng_import_report_warning_rows(const jiceng_import_report* report);
/* Planned ends of snapshot mode, `tie,kind,from_node,to_node,from,to`. */
JICENG_API const jiceng_table* jiceng_import_report_closures(const jiceng_import_report* report);
/* Takes NULL as well. */
JICENG_API void jiceng_import_report_free(jiceng_import_report* report);

/* Reads ledgers and Chinese registers from files and folders and keeps what they say, in one commit or none. Bad rows
 * are not an error: the report says what and where.
 * Errors: NOT_FOUND · INVALID_ARGUMENT · CANCELLED · ABORTED · UNAVAILABLE · DATA_LOSS.  Since: 0.1 */
JICENG_API jiceng_status jiceng_writer_import(jiceng_writer* writer, const char* const* paths, size_t path_count,
                                              const jiceng_import_options* options, jiceng_import_report** out_report,
                                              jiceng_error** out_error);

/* The same of ledgers in memory: `names[i]` is what the file would be called ("people.csv"; a register may have any
 * name), `bytes[i]` and `lengths[i]` are its content, read during the call only.  Errors as above.  Since: 0.1 */
JICENG_API jiceng_status jiceng_writer_import_bytes(jiceng_writer* writer, const char* const* names,
                                                    const void* const* bytes, const size_t* lengths, size_t count,
                                                    const jiceng_import_options* options,
                                                    jiceng_import_report** out_report, jiceng_error** out_error);

/* Applies a change set: length-delimited jiceng.v1.Change messages, all or nothing.  `out_seq` is the head after the
 * call; 0 when the set is refused: nothing is kept then, which is no error.  Either it newly breaks a rule that a policy
 * pack blocks, and jiceng_writer_refused() has the findings, or a step of a matter in it may not be taken, and
 * jiceng_writer_refused_step() has the reasons.
 * Errors: INVALID_ARGUMENT, NOT_FOUND or FAILED_PRECONDITION naming the change in the field (`changes[3].tie.to`).
 * Since: 0.1 */
JICENG_API jiceng_status jiceng_writer_apply(jiceng_writer* writer, const void* changes, size_t changes_len,
                                             int64_t* out_seq, jiceng_error** out_error);

/* Takes back what commit `seq` changed, as a commit of its own.
 * Errors: OUT_OF_RANGE · FAILED_PRECONDITION (LATER_CHANGES: names the commit that has changed the same since; IN_USE:
 * something later refers to what it put).  Since: 0.1 */
JICENG_API jiceng_status jiceng_writer_revert(jiceng_writer* writer, int64_t seq, int64_t* out_seq,
                                              jiceng_error** out_error);

/* Erases people (个人信息保护法 Art. 47), given as person:ID: id, name, other texts and salts leave the store in one
 * commit, and every byte of them leaves its files, which are rewritten.  Ties and rule facts stay, of someone who is
 * called `person:#NUMBER` from then on; the log's chain still verifies.  An import or a change that would bring one back
 * is told ERASED_PERSON, by keyed hashes of the id and of the citizen number.  With `count` 0 only the files are
 * cleaned.  Not reached are texts of the host about commits, exports and backups made before, snapshots that are open,
 * and what other processes hold in memory until they look again.
 * Errors: NOT_FOUND (UNKNOWN_NODE) · INVALID_ARGUMENT (BAD_NODE: no person) · UNAVAILABLE (BYTES_LEFT: they are
 * erased, and while another process reads the files have bytes of them yet: call again with none) · ABORTED.
 * Since: 0.1 */
JICENG_API jiceng_status jiceng_writer_erase(jiceng_writer* writer, const char* const* people, size_t count,
                                             int64_t* out_seq, jiceng_error** out_error);

/* The organisation as the last call of a writer that tries would have left it: a snapshot like any other, to be asked,
 * audited, and followed by a monitor (what-if).  Its seq is that of the head it was tried on; names that only the tried
 * changes know are not there.  Each call tries on the head anew.
 * Errors: NOT_FOUND (NOTHING_TRIED: the last call failed or was rejected, or the writer keeps).  Since: 0.1 */
JICENG_API jiceng_status jiceng_writer_tried(const jiceng_writer* writer, jiceng_snapshot** out_snapshot,
                                             jiceng_error** out_error);

/* Writes the ledgers of the contract into an existing or new folder, and beside them, where packs or waivers are attached,
 * `policies.binpb`: a jiceng.v1.ChangeSet that attaches them again, and no ledger.  Tables: `file,rows`.  An actor with a scope
 * exports nothing: PERMISSION_DENIED (OUT_OF_SCOPE).  Since: 0.1 */
JICENG_API jiceng_status jiceng_snapshot_export(const jiceng_snapshot* snapshot, const char* folder, size_t folder_len,
                                                jiceng_progress_fn progress, void* progress_user,
                                                jiceng_table** out_files, jiceng_error** out_error);

/* The same ledgers as texts, no folder needed: `file,rows,content`.  Since: 0.1 */
JICENG_API jiceng_status jiceng_snapshot_export_bytes(const jiceng_snapshot* snapshot, jiceng_progress_fn progress,
                                                      void* progress_user, jiceng_table** out_files,
                                                      jiceng_error** out_error);

/* Copies the store into a new file.
 * Errors: ALREADY_EXISTS.  Since: 0.1 */
JICENG_API jiceng_status jiceng_store_backup(jiceng_store* store, const char* file, size_t file_len,
                                             jiceng_error** out_error);

/* Walks the hash chain, re-checks integrity and the base file.  `out_problems`: `seq,what`, empty when all is well.
 * Since: 0.1 */
JICENG_API jiceng_status jiceng_store_verify(jiceng_store* store, jiceng_progress_fn progress, void* progress_user,
                                             jiceng_table** out_problems, jiceng_error** out_error);

/* Folds everything into a new base file, so that opening is a map and no rows are read.  Since: 0.1 */
JICENG_API jiceng_status jiceng_store_optimize(jiceng_store* store, jiceng_progress_fn progress, void* progress_user,
                                               jiceng_error** out_error);

/* Commits, newest first: `seq,recorded_at,operation,author,reason,basis,rows,hash`.  `before_seq` 0: from the head,
 * else the commits before that one; `limit` 0: all.  Since: 0.1 */
JICENG_API jiceng_status jiceng_store_log(jiceng_store* store, int64_t before_seq, int64_t limit,
                                          jiceng_table** out_commits, jiceng_error** out_error);

/* What commits have said, row after row in the order of the log, for those who keep tables of their own in step:
 * `seq,row,recorded_at,what,node,kind,value,to_node,role,manner,valid_from,valid_to,attributes,withdrawn,tie,
 * node_number,to_number`.  `what`:
 *
 *   node  its lifetime is now valid_from..valid_to, or it is withdrawn: it was put by mistake
 *   fact  the fact `kind` has `value` from valid_from to valid_to, whatever was believed of these days; null: nothing
 *   text  the same of a name, a code, a staff number, of the hash of a citizen number "***"; null also where the person
 *         has been erased since
 *   term  the organisation's term number `value`, elected on valid_from, with years, ends_on and extended_to in
 *         `attributes`, or it is withdrawn
 *   tie   the tie with the number `tie` is now this, or it is withdrawn: it never held
 *   attachment  the policy pack `value` holds in the unit `node` (null: above all units) from valid_from to valid_to, or
 *         the rule `value` is waived for `node`, or it is withdrawn; `kind`: policy, waiver; `attributes`: the priority
 *   step  the step `value` of a matter, or with the kind `open` its opening by the procedure `value`, was taken on
 *         valid_from by to_node, or it is withdrawn; `node`: what the matter is about; `attributes`: at, matter, number
 *   erased  the person has been erased, known by node_number from now on: texts and ids are to go
 *
 * A row that creates a node comes with its facts and its name behind it, all with one `row`.  Nodes are named as the
 * head names them.  Asked for are the rows after row `after_row` of commit `after_seq`, with -1 those after the whole
 * of it; 0 and -1 is all.  The last row's seq and row are what the next call takes; no rows: there is nothing new.
 * `limit`: about so many, 0 for 10,000.  The host's own: no actor has a feed.
 * Errors: OUT_OF_RANGE (NO_SUCH_SEQ: the store has been put back to an earlier state) · UNAVAILABLE · DATA_LOSS.
 * Since: 0.1 */
JICENG_API jiceng_status jiceng_store_changes(jiceng_store* store, int64_t after_seq, int64_t after_row, int64_t limit,
                                              jiceng_table** out_rows, jiceng_error** out_error);

/* Waits until there is a commit after `seq`: `out_seq` is the head then, or `seq` when `timeout_ms` have passed.  0 only
 * looks, -1 waits without end.  Commits of this handle are noticed at once, those of others and of other processes
 * within 50 ms, as often as `progress` is told "wait": from there, and so from any thread that tells it, waiting is
 * stopped (CANCELLED).
 * Errors: OUT_OF_RANGE (NO_SUCH_SEQ: the head is before `seq`) · CANCELLED · UNAVAILABLE.  Since: 0.1 */
JICENG_API jiceng_status jiceng_store_wait(jiceng_store* store, int64_t seq, int64_t timeout_ms,
                                           jiceng_progress_fn progress, void* progress_user, int64_t* out_seq,
                                           jiceng_error** out_error);

#ifdef __cplusplus
}
#endif

#endif /* JICENG_STORE_H */
