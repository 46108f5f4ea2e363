/* What the library knows without any store: rules, kinds, roles, codes, calendars. */
#ifndef JICENG_CATALOGUE_H
#define JICENG_CATALOGUE_H

#include <jiceng/table.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The rules of the compiled-in catalogue, in their order:
 * `id,level,title,citations,parameters,evaluable,on,in_force_from,in_force_to,pack`.  A rule that is not `on` is judged
 * only when it is asked for by its id or one of its parameters is set.  `pack` is null: see jiceng_snapshot_rules().
 * Since: 0.1 */
JICENG_API jiceng_status jiceng_rules(int32_t lang, jiceng_table** out_table, jiceng_error** out_error);
/* Kinds of organisation: `number,id,title`.  Since: 0.1 */
JICENG_API jiceng_status jiceng_organization_kinds(int32_t lang, jiceng_table** out_table, jiceng_error** out_error);
/* Roles, likewise.  Since: 0.1 */
JICENG_API jiceng_status jiceng_roles(int32_t lang, jiceng_table** out_table, jiceng_error** out_error);

/* Kinds of tie, likewise.  Since: 0.1 */
JICENG_API jiceng_status jiceng_tie_kinds(int32_t lang, jiceng_table** out_table, jiceng_error** out_error);

/* What each code is and whether it is well formed: `code,kind,valid,reason,parts`; citizen numbers come back masked;
 * `parts` as "name=value".  Since: 0.1 */
JICENG_API jiceng_status jiceng_codes_check(const char* const* codes, size_t count, jiceng_table** out_table,
                                            jiceng_error** out_error);

/* The n-th working day after `from`, which does not count itself (民法典 Art. 201), by the compiled-in schedules of the
 * State Council.
 * Errors: OUT_OF_RANGE (NO_SCHEDULE: a year whose schedule is not known, never a guess) · INVALID_ARGUMENT.
 * Since: 0.1 */
JICENG_API jiceng_status jiceng_calendar_due(int32_t from, int32_t working_days, int32_t* out_due,
                                             jiceng_error** out_error);
/* Working days in [from, to).  Errors as above.  Since: 0.1 */
JICENG_API jiceng_status jiceng_calendar_count(int32_t from, int32_t to, int32_t* out_days, jiceng_error** out_error);

#ifdef __cplusplus
}
#endif

#endif /* JICENG_CATALOGUE_H */
