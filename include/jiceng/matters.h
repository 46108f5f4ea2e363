/* Procedures and the matters that run them: double reporting, cases with their clocks, deliberation.
 *
 * A procedure is a template: states, steps, who may take them, what has to be told and to hold, and the periods that run.
 * A matter is one dated run of it.  How it stands at a moment follows from its steps, the template and the calendar, so
 * it can be asked for any past moment.  A step that may not be taken is refused with reasons, which is not an error.
 *
 * A moment is text: "2026-03-01" (its beginning) or "2026-03-01 09:30", of the place where the matter runs.  What is told
 * is a list of texts `name=value`. */
#ifndef JICENG_MATTERS_H
#define JICENG_MATTERS_H

#include <jiceng/snapshot.h>
#include <jiceng/store.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The templates of the compiled-in catalogue: `id,version,title,subjects,states,steps,clocks,citations,
 * parameters,tallies`, the parameters as jiceng_rules() writes those of rules, the tallies as `claimed: report.member.post
 * (serving)`: the field that counts, and in which states.
 * Errors: INVALID_ARGUMENT.  Since: 0.1 */
JICENG_API jiceng_status jiceng_procedures(int32_t lang, jiceng_table** out_table, jiceng_error** out_error);
/* The steps of one template, in its order: `step,title,from,to,actors,fields,guards,ties`; the first row, `open`, is the
 * opening.  Of a field that is a choice its words are told, each with what it is called.
 * Errors: NOT_FOUND (UNKNOWN_PROCEDURE) · INVALID_ARGUMENT.  Since: 0.1 */
JICENG_API jiceng_status jiceng_procedure(const char* id, int32_t lang, jiceng_table** out_table,
                                          jiceng_error** out_error);

/* Opens a matter.  `matter` is the host's id for it: 1 to 64 bytes, unlike that of any other matter, never a name or a
 * citizen number.  `subjects` are the nodes it is about (`member=person:7`), `fields` what is told.  A NULL actor names
 * nobody.  `out_seq` is the head after the call, or 0 when it was refused, and nothing was kept: then
 * jiceng_writer_refused_step says why, or jiceng_writer_refused when it newly breaks what a pack blocks.
 * Errors: NOT_FOUND (UNKNOWN_PROCEDURE, UNKNOWN_NODE) · ALREADY_EXISTS (MATTER_EXISTS) · INVALID_ARGUMENT (UNKNOWN_FIELD,
 * BAD_FIELD, BAD_MOMENT) · those of jiceng_writer_apply.  Since: 0.1 */
JICENG_API jiceng_status jiceng_writer_matter_open(jiceng_writer* writer, const char* procedure, const char* matter,
                                                   const char* at, const char* actor, const char* const* subjects,
                                                   size_t subject_count, const char* const* fields, size_t field_count,
                                                   int64_t* out_seq, jiceng_error** out_error);
/* Takes a step, and begins or ends in the same commit the ties that follow from it.
 * Errors: NOT_FOUND (UNKNOWN_MATTER, UNKNOWN_NODE) · otherwise as above.  Since: 0.1 */
JICENG_API jiceng_status jiceng_writer_matter_step(jiceng_writer* writer, const char* matter, const char* step,
                                                   const char* at, const char* actor, const char* const* fields,
                                                   size_t field_count, int64_t* out_seq, jiceng_error** out_error);
/* Why the writer's last call, jiceng_writer_apply included, was refused for a step of a matter, or an opening, that may
 * not be taken: `change,code,place,message`, a row for each reason; `change` is its place in the change set, from 0.
 * Nothing was kept, and (JICENG_WRITER_TRY) nothing tried.  The codes: MATTER_OVER, BEFORE_LAST_STEP, UNKNOWN_STEP,
 * WRONG_STATE, WRONG_SUBJECT, MISSING_FIELD, BAD_FIELD, WRONG_ACTOR, and GUARD with the guard's name as the place.
 * Errors: NOT_FOUND (NOTHING_REFUSED) · INVALID_ARGUMENT.  Since: 0.1 */
JICENG_API jiceng_status jiceng_writer_refused_step(const jiceng_writer* writer, int32_t lang, jiceng_table** out_table,
                                                    jiceng_error** out_error);

enum {
  JICENG_MATTERS_OPEN = 1, /* only those that are not over */
  JICENG_MATTERS_TOLD = 2  /* with what was told, which takes reading each */
};

/* The matters there were at a moment: `matter,procedure,title,about,name,state,state_title,opened,entered,over,told`, in
 * the order in which they were opened.  NULL for `procedure` is any, a NULL node all; a unit stands for what lies at or
 * below it too.  `told` is what was last told of each field, and the tallies (how many other matters refer to it, as
 * claims do to a post), as `name=value`; NULL without JICENG_MATTERS_TOLD.
 * Errors: NOT_FOUND · INVALID_ARGUMENT.  Since: 0.1 */
JICENG_API jiceng_status jiceng_matters(const jiceng_snapshot* snapshot, const char* procedure, const char* node,
                                        size_t node_len, const char* at, uint32_t flags, int32_t lang,
                                        jiceng_table** out_table, jiceng_error** out_error);
/* The clocks that had run out at a moment and still ran, longest first: `due,matter,procedure,clock,title,about,name,
 * begun`.  Errors: NOT_FOUND · INVALID_ARGUMENT.  Since: 0.1 */
JICENG_API jiceng_status jiceng_matters_late(const jiceng_snapshot* snapshot, const char* node, size_t node_len,
                                             const char* at, int32_t lang, jiceng_table** out_table,
                                             jiceng_error** out_error);

/* Who had passed on what by a moment (层层转派), a row for each time: `matter,procedure,part,depth,at,from_node,from_name,
 * to_node,to_name,withheld,only_relayed`, by matter, in order.  `depth` counts from when the part was given out by somebody
 * else; `withheld` are the flags told as false with it (`power`, `funds`); `only_relayed` says that the one who passed it on
 * had told of nothing since it came there.
 * Errors: NOT_FOUND · INVALID_ARGUMENT.  Since: 0.1 */
JICENG_API jiceng_status jiceng_matters_handovers(const jiceng_snapshot* snapshot, const char* node, size_t node_len,
                                                  const char* at, int32_t lang, jiceng_table** out_table,
                                                  jiceng_error** out_error);

/* The register (台账) of double reporting: who had reported by the end of `date`, in the order of reporting, a row for each
 * matter of the template report.member, as it stood by then.  Columns:
 * `matter,node,name,employer,employer_name,community,community_name,host,host_name,home,home_name,register_no`,
 * `reported_on,appraisal_on,posts,services,hours,fed_back_on,form,published_on,published_at,used_for,used_for_title`,
 * `moved_on,state,state_title`.  A unit stands for who reported at or below it, an organisation for who works there on the
 * day and those whose matter names it, a person for themselves; NULL for everybody.  `posts` are what they are called, in
 * the order in which they were claimed.  A `year` other than 0: only matters with a step in it, and services of it.
 * Errors: NOT_FOUND · INVALID_ARGUMENT (BAD_YEAR).  Since: 0.1 */
JICENG_API jiceng_status jiceng_list_register(const jiceng_snapshot* snapshot, const char* node, size_t node_len,
                                              int32_t date, int32_t year, int32_t lang, jiceng_table** out_table,
                                              jiceng_error** out_error);
/* The records of service of the same matters, in their order, then as recorded: `matter,node,name,served_on,post,hours,
 * noted_on,noted_by,noted_by_name`; `post` is the one last claimed before it.  With both a host has all that the feedback
 * form says.  Errors: as above.  Since: 0.1 */
JICENG_API jiceng_status jiceng_list_services(const jiceng_snapshot* snapshot, const char* node, size_t node_len,
                                              int32_t date, int32_t year, int32_t lang, jiceng_table** out_table,
                                              jiceng_error** out_error);

/* One matter at a moment: `what,id,title,value,value_title`, where `what` is `procedure`, `state`, `subject`, `field`, `tally`
 * (how many other matters refer to it), `figure` (what held of a parameter of the template at the last step) or, for a step
 * that leads on from there, `step`; `value_title` is what the template calls a choice, else null.
 * Errors: NOT_FOUND (UNKNOWN_MATTER, NOT_OPEN_YET) · INVALID_ARGUMENT.  Since: 0.1 */
JICENG_API jiceng_status jiceng_matter(const jiceng_snapshot* snapshot, const char* matter, const char* at,
                                       int32_t lang, jiceng_table** out_table, jiceng_error** out_error);
/* Its steps up to the moment: `number,at,step,title,actor,state,told`.  Since: 0.1 */
JICENG_API jiceng_status jiceng_matter_steps(const jiceng_snapshot* snapshot, const char* matter, const char* at,
                                             int32_t lang, jiceng_table** out_table, jiceng_error** out_error);
/* Its clocks up to the moment, a row for each stretch in which the end did not change: `clock,title,begun,since,until,due,
 * status,reason`.  The status is `runs`, `late`, `stopped`, `stopped_late`, `paused` (the reason says why), `no_schedule`
 * (the calendar does not reach that far) or `no_day` (the day it depends on has not been told).  Since: 0.1 */
JICENG_API jiceng_status jiceng_matter_clocks(const jiceng_snapshot* snapshot, const char* matter, const char* at,
                                              int32_t lang, jiceng_table** out_table, jiceng_error** out_error);

#ifdef __cplusplus
}
#endif

#endif /* JICENG_MATTERS_H */
