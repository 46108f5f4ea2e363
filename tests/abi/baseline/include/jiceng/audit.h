/* The health check (体检): rules against the organisation. */
#ifndef JICENG_AUDIT_H
#define JICENG_AUDIT_H

#include <jiceng/snapshot.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Verdicts of one audit.  Immutable, share freely; keeps its snapshot alive. */
typedef struct jiceng_findings jiceng_findings;

/* What to check, and how; all of it may be left as it is. */
typedef struct jiceng_audit_options {
  uint32_t struct_size;          /* set by JICENG_AUDIT_OPTIONS_INIT */
  uint32_t flags;                /* JICENG_AUDIT_* */
  const char* const* rules;      /* ids of the rules to evaluate; none: all that are on, see jiceng_rules() */
  size_t rule_count;             /* how many `rules` are */
  const char* const* parameters; /* "report.deadline_days=30"; overrides every policy */
  size_t parameter_count;        /* how many `parameters` are */
  jiceng_progress_fn progress;   /* told now and then, or NULL */
  void* progress_user;           /* handed to `progress` */
  int32_t max_threads; /* threads that may work on it, the caller's one of them; 0: that one alone.  They are gone when
                          the call returns; progress is told on the caller's, and findings do not depend on it. */
  int32_t reserved;    /* 0 */
} jiceng_audit_options;
/* List what is met as well: who is covered and by which step, not only who is not. */
enum { JICENG_AUDIT_MET = 1 };
/* An audit of all rules that are on, by one thread. */
#define JICENG_AUDIT_OPTIONS_INIT \
  { sizeof(jiceng_audit_options), 0, 0, 0, 0, 0, 0, 0, 0, 0 }

/* Checks everything at or below `node` (NULL: the whole store) against the rules on `date`.
 *
 * Finding something wrong is not an error: the findings say what, where and under which clause.  A parameter nobody
 * has set gives one finding with status `unknown` at the root.  Ordered bytewise by subject, then rule; equal inputs
 * give equal bytes.
 * Errors: NOT_FOUND · INVALID_ARGUMENT (UNKNOWN_RULE, UNKNOWN_PARAMETER, BAD_VALUE) · PERMISSION_DENIED · CANCELLED.
 * Since: 0.1 */
JICENG_API jiceng_status jiceng_audit(const jiceng_snapshot* snapshot, const char* node, size_t node_len, int32_t date,
                                      const jiceng_audit_options* options, jiceng_findings** out_findings,
                                      jiceng_error** out_error);
/* The verdict of one rule on one node with what it rests on, whatever it is: met, unmet, not_applicable (with the facts
 * that take the node out of the rule's reach) or unknown.  One finding, read like those of an audit.  Of `options` the
 * parameters count.
 * Errors: NOT_FOUND · INVALID_ARGUMENT (UNKNOWN_RULE, UNKNOWN_PARAMETER, BAD_VALUE) · FAILED_PRECONDITION (NOT_EVALUABLE:
 * the library holds no data for the rule) · PERMISSION_DENIED.  Since: 0.1 */
JICENG_API jiceng_status jiceng_explain(const jiceng_snapshot* snapshot, const char* rule, const char* node,
                                        size_t node_len, int32_t date, const jiceng_audit_options* options,
                                        jiceng_findings** out_findings, jiceng_error** out_error);
/* Verdicts that turn by time alone in (date, until]: between unmet and anything else, and nothing is written in between.
 * `due,rule,node,name,status,level,message`: `due` is the first day of the new verdict, `status` and `message` are what it
 * is then; ordered by due, rule, node.  Rules, parameters and threads as in jiceng_audit(); a rule that wants a parameter
 * nobody has set is left out.
 * Errors: NOT_FOUND · INVALID_ARGUMENT (REVERSED_INTERVAL, UNKNOWN_RULE, UNKNOWN_PARAMETER, BAD_VALUE) ·
 * PERMISSION_DENIED.  Since: 0.1 */
JICENG_API jiceng_status jiceng_turns(const jiceng_snapshot* snapshot, const char* node, size_t node_len, int32_t date,
                                      int32_t until, const jiceng_audit_options* options, int32_t lang,
                                      jiceng_table** out_table, jiceng_error** out_error);
/* How many there are. */
JICENG_API int64_t jiceng_findings_count(const jiceng_findings* findings);
/* Node numbers of the subjects: jiceng_findings_count() values, borrowed. */
JICENG_API const int64_t* jiceng_findings_subjects(const jiceng_findings* findings);
/* The rules as rows of jiceng_snapshot_rules(), which begin with those of jiceng_rules(); likewise. */
JICENG_API const int32_t* jiceng_findings_rules(const jiceng_findings* findings);
/* Unmet and not waived, for every rule that was evaluated: `rule,findings`.  Since: 0.1 */
JICENG_API jiceng_status jiceng_findings_counts(const jiceng_findings* findings, jiceng_table** out_table,
                                                jiceng_error** out_error);
/* The findings with their texts rendered: `rule,subject,name,status,waived,level,message,citation,facts,since,place,value,
 * comparator,threshold,object,missing`.
 * `facts` lists the ties and values the verdict rests on; `place` is the community, else the unit, in which the
 * subject lies.  `since` is the first day the verdict has been unmet without a break, null when it always has been or is
 * not known: an audit gives it where the rule's shape tells, jiceng_explain() looks back through everything the verdict
 * rests on.  `value` stands to `threshold` as `comparator` (at_least, more_than, at_most, less_than, odd; null where
 * nothing is compared) says it must; `object` is the other node, where there is one.  `missing` lists the least that
 * would have to be there, or not be there, for the rule to be met.  `first` and `limit` cut a page, limit 0 being all.
 * Since: 0.1 */
JICENG_API jiceng_status jiceng_findings_table(const jiceng_findings* findings, int32_t lang, int64_t first,
                                               int64_t limit, jiceng_table** out_table, jiceng_error** out_error);
/* What finding number `row` rests on, for programs: `kind,tie_kind,from_node,to_node,role,manner,from,to,node,fact,value`,
 * a column that does not apply being null.  `kind`: tie (`from` and `to` are its validity); missing (no such tie is open,
 * `value` of them are wanted; a node that may be any is null); fact (of `node`); count and condition (`value` of `node`);
 * term (of `node`, number `value`, elected on `from`); last_day (`from`); parameter (`fact` is its name); life and in_force
 * (`from` and `to`); step (`value`, counted from 1); policy (`fact` is the parameter or setting that the pack attached to
 * `node`, null the root of all units, from `from` to `to` gives); waiver (of `node`, from `from` to `to`); matter (about
 * `node`, `fact` being MATTER/CLOCK, late since `from`).  Since: 0.1 */
JICENG_API jiceng_status jiceng_findings_evidence(const jiceng_findings* findings, int64_t row,
                                                  jiceng_table** out_table, jiceng_error** out_error);
/* All findings with their texts, as jiceng_findings_table gives them: rendered batch by batch as they are asked for, so
 * that a million of them take the memory of some thousands.  Keeps what it needs of the findings.
 * Errors: INVALID_ARGUMENT · FAILED_PRECONDITION (STORE_USED_AFTER_FORK).  Since: 0.1 */
JICENG_API jiceng_status jiceng_findings_arrow(const jiceng_findings* findings, int32_t lang,
                                               struct ArrowArrayStream* out_stream, jiceng_error** out_error);
/* Takes NULL as well. */
JICENG_API void jiceng_findings_free(jiceng_findings* findings);

#ifdef __cplusplus
}
#endif

#endif /* JICENG_AUDIT_H */
