/* A monitor: the findings of a whole store and its indicators on one date, kept current as commits come.
 *
 * It is made by one audit and answers from memory afterwards.  Following a commit judges what the commit can have
 * changed and no more, going to another date what begins, ends or runs out between the dates; a changed territory,
 * other rules in force, a base built anew meanwhile (jiceng_store_optimize, a large import) and a date far away judge
 * everything again.  What it says is what jiceng_audit, jiceng_rollup and jiceng_count say of the same snapshot on the
 * same date.
 *
 * Safe from any number of threads: readers see the version before or the one after a step and never wait for it; steps
 * take turns.  About 150 bytes a finding and 40 a unit, and 50 a unit for the texts of each roll-up once asked for. */
#ifndef JICENG_MONITOR_H
#define JICENG_MONITOR_H

#include <jiceng/audit.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Keeps its store alive. */
typedef struct jiceng_monitor jiceng_monitor;

/* Judges everything in the snapshot on `date` by the rules and parameters of `options`, which stay those of the monitor.
 * Errors: those of jiceng_audit · PERMISSION_DENIED (WHOLE_STORE_ONLY: the snapshot was opened for an actor).
 * Since: 0.1 */
JICENG_API jiceng_status jiceng_monitor_open(const jiceng_snapshot* snapshot, int32_t date,
                                             const jiceng_audit_options* options, jiceng_monitor** out_monitor,
                                             jiceng_error** out_error);

/* Goes on to a snapshot of the same store, and to `date` (0: stays on its date).  `out_appeared` and `out_gone` may be
 * NULL; else they take the findings that are new and those that are no longer, in the order of findings; one whose
 * figures changed is in both, but not when it is only that days overdue have become more by the days gone by.  On an
 * error the monitor stays where it was.
 * Errors: those of jiceng_audit · PERMISSION_DENIED (WHOLE_STORE_ONLY) · INVALID_ARGUMENT (OTHER_STORE).  Since: 0.1 */
JICENG_API jiceng_status jiceng_monitor_follow(jiceng_monitor* monitor, const jiceng_snapshot* snapshot, int32_t date,
                                               jiceng_findings** out_appeared, jiceng_findings** out_gone,
                                               jiceng_error** out_error);

/* The commit it stands at.  Since: 0.1 */
JICENG_API int64_t jiceng_monitor_seq(const jiceng_monitor* monitor);
/* The date it stands at.  Since: 0.1 */
JICENG_API int32_t jiceng_monitor_date(const jiceng_monitor* monitor);

/* All findings, as jiceng_audit gives them.  Since: 0.1 */
JICENG_API jiceng_status jiceng_monitor_findings(const jiceng_monitor* monitor, jiceng_findings** out_findings,
                                                 jiceng_error** out_error);
/* An indicator at every unit, as jiceng_rollup gives it.  Since: 0.1 */
JICENG_API jiceng_status jiceng_monitor_rollup(const jiceng_monitor* monitor, const char* indicator, const char* level,
                                               jiceng_table** out_table, jiceng_error** out_error);
/* The members at or below a unit, as jiceng_count gives them; `unit` is a node number.  1 and both numbers, or 0 when it
 * is no unit of the store.  No allocation.  Since: 0.1 */
JICENG_API int32_t jiceng_monitor_members(const jiceng_monitor* monitor, int64_t unit, int64_t* out_full,
                                          int64_t* out_probationary);

/* Takes NULL as well. */
JICENG_API void jiceng_monitor_close(jiceng_monitor* monitor);

#ifdef __cplusplus
}
#endif

#endif /* JICENG_MONITOR_H */
