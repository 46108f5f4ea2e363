/* Policy packs and waivers: what places make of the rules.
 *
 * A pack (jiceng.v1.PolicyPack) is attached to a unit from a day to a day by a change (attach_policy), a finding waived by
 * another (waive); both are rows of the log like everything else, so that what was judged with them can be judged again.
 * jiceng_audit, jiceng_explain and monitors judge every node by what holds where it lies. */
#ifndef JICENG_POLICY_H
#define JICENG_POLICY_H

#include <jiceng/audit.h>
#include <jiceng/store.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Checks the bytes of a pack against the catalogue of `store` (NULL: the one compiled in) and tells what it sets:
 * `rule,setting,value,document,confidence`, a row for each.  A rule that the pack carries is turned on by it.  Where it sets
 * a figure of a procedure, the template's id stands in the place of the rule's.
 * Errors: INVALID_ARGUMENT (BAD_MESSAGE, BAD_POLICY, BAD_RULE, UNKNOWN_RULE, UNKNOWN_PROCEDURE, UNKNOWN_PARAMETER, BAD_PARAMETER, PARAMETER_LOCKED,
 * PARAMETER_LOOSENED), with the place as field.  Since: 0.1 */
JICENG_API jiceng_status jiceng_policy_check(const jiceng_store* store, const void* pack, size_t pack_len,
                                             jiceng_table** out_table, jiceng_error** out_error);

/* The rules of a snapshot, as columns those of jiceng_rules(): the catalogue's, and behind them those that attached packs
 * carry, with the `pack`.  Its rows are what jiceng_findings_rules() numbers.  Since: 0.1 */
JICENG_API jiceng_status jiceng_snapshot_rules(const jiceng_snapshot* snapshot, int32_t lang, jiceng_table** out_table,
                                               jiceng_error** out_error);

/* The packs attached, on whatever days: `pack,version,title,unit,from,to,priority,document,confidence`.  Unit "" is the
 * root of all units; the days are those of the attachment.  Since: 0.1 */
JICENG_API jiceng_status jiceng_policies(const jiceng_snapshot* snapshot, int32_t lang, jiceng_table** out_table,
                                         jiceng_error** out_error);

/* What the rules and procedures are where a node lies on `date`, of one rule or template (`rule`), or (NULL) of all that
 * have a parameter or that a pack speaks of: `rule,setting,value,override,source,pack,version,unit,document,confidence`.  A setting is a parameter, or
 * `enabled`, `level`, `enforcement`; a parameter without value has none.  The source is `catalogue` or `pack`; of a pack
 * the document is the one that says so.
 * Errors: NOT_FOUND · INVALID_ARGUMENT (UNKNOWN_RULE) · PERMISSION_DENIED.  Since: 0.1 */
JICENG_API jiceng_status jiceng_policy_effective(const jiceng_snapshot* snapshot, const char* node, size_t node_len,
                                                 int32_t date, const char* rule, jiceng_table** out_table,
                                                 jiceng_error** out_error);

/* The waivers, on whatever days: `rule,node,from,to,reason,basis`.  Since: 0.1 */
JICENG_API jiceng_status jiceng_waivers(const jiceng_snapshot* snapshot, jiceng_table** out_table,
                                        jiceng_error** out_error);

/* Why the writer's last jiceng_writer_apply or jiceng_writer_import was refused, or (JICENG_WRITER_TRY) would be: what it
 * newly breaks of the rules that a pack blocks, on the first day on which it does.
 * Errors: NOT_FOUND (NOTHING_REFUSED).  Since: 0.1 */
JICENG_API jiceng_status jiceng_writer_refused(const jiceng_writer* writer, jiceng_findings** out_findings,
                                               jiceng_error** out_error);

#ifdef __cplusplus
}
#endif

#endif /* JICENG_POLICY_H */
