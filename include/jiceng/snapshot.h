/* Questions to a snapshot.  Every one takes a date: "what held on that day".  All are safe from any number of threads
 * at once.
 *
 * A node that is not in the store is NOT_FOUND (UNKNOWN_NODE); one outside the actor's scope PERMISSION_DENIED
 * (OUT_OF_SCOPE).  `node` may be NULL where it says so: then everything the actor may see.  A date must be given
 * (MISSING_DATE) except where 0 is said to mean something.
 *
 * In a child after fork() questions fail with STORE_USED_AFTER_FORK, except jiceng_find, jiceng_node_text and
 * jiceng_is_under: they take no lock and go on answering from the memory the child has inherited. */
#ifndef JICENG_SNAPSHOT_H
#define JICENG_SNAPSHOT_H

#include <jiceng/store.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The number of a node given in text, by its id or a code in force on `date` (0: the latest).  NOT_FOUND when there is
 * none.  Since: 0.1 */
JICENG_API jiceng_status jiceng_find(const jiceng_snapshot* snapshot, const char* node, size_t node_len, int32_t date,
                                     int64_t* out_number, jiceng_error** out_error);
/* The text form of a number: copies at most `size` bytes including the NUL and returns the length without it; 0 for no
 * such node. For an actor with a scope: nodes that lie in it by ties without an end.  Since: 0.1 */
JICENG_API size_t jiceng_node_text(const jiceng_snapshot* snapshot, int64_t number, char* buffer, size_t size);
/* 1 when `node` was at or below `ancestor` on `date`, by the ways of jiceng_path; 0 when not or when either is no node
 * the actor may see. No allocation.  Since: 0.1 */
JICENG_API int32_t jiceng_is_under(const jiceng_snapshot* snapshot, int64_t node, int64_t ancestor, int32_t date);

/* The way from `node` up to `ancestor`: `node`, one row a step, both ends included; no rows when it is not under it.
 * unit→unit by territory, org→unit by seat and territory, org→org by party_line, person→unit by residence and
 * territory, person→org by formal affiliation and party_line; or by one kind of tie only when `via` is given.  Of
 * several ways the bytewise smallest.  Since: 0.1 */
JICENG_API jiceng_status jiceng_path(const jiceng_snapshot* snapshot, const char* node, size_t node_len,
                                     const char* ancestor, size_t ancestor_len, int32_t date, const char* via,
                                     jiceng_table** out_path, jiceng_error** out_error);

/* Kinds of tie.  The numbers are those of jiceng_tie_kinds() and are never reused. */
enum {
  JICENG_TIE_TERRITORY = 1,     /* 属地层级  unit -> unit, from the lower to the higher */
  JICENG_TIE_PARTY_LINE = 2,    /* 隶属      org -> org, likewise up to 6 */
  JICENG_TIE_ADMIN_LINE = 3,    /* 行政领导 */
  JICENG_TIE_GUIDANCE = 4,      /* 业务指导 */
  JICENG_TIE_SUPERVISION = 5,   /* 监督 */
  JICENG_TIE_DISPATCH = 6,      /* 派驻 */
  JICENG_TIE_SEAT = 7,          /* 属地      org -> unit */
  JICENG_TIE_COVERS = 8,        /* 覆盖      Party org -> unit or org */
  JICENG_TIE_OVERLAY = 9,       /* 片区      unit -> unit */
  JICENG_TIE_GRID_MAPPING = 10, /* 多网映射  unit -> unit */
  JICENG_TIE_ALLIANCE = 11,     /* 联盟      org -> org */
  JICENG_TIE_PAIRING = 12,      /* 结对联建  org - org, the smaller number first */
  JICENG_TIE_SERVICE = 13,      /* 物业服务  org -> unit */
  JICENG_TIE_AFFILIATION = 14,  /* 组织关系  person -> Party org */
  JICENG_TIE_EMPLOYMENT = 15,   /* person -> org */
  JICENG_TIE_RESIDENCE = 16,    /* person -> unit */
  JICENG_TIE_APPOINTMENT = 17,  /* 任职      person -> org or unit */
  JICENG_TIE_REPORT = 18,       /* 报到      person or org -> unit */
  JICENG_TIE_LIAISON = 19,      /* 包联      person -> org or unit */
  JICENG_TIE_RECUSAL = 20       /* 回避申报  person - person */
};

/* One tie.  `number` is permanent within a store and kept through amendments. */
typedef struct jiceng_tie {
  int64_t number;     /* permanent, see above */
  int64_t from;       /* a node */
  int64_t to;         /* a node */
  int32_t valid_from; /* YYYYMMDD, 0 an open end */
  int32_t valid_to;   /* likewise */
  int32_t kind;       /* JICENG_TIE_* */
  int32_t role;       /* of an appointment, a number of jiceng_roles(); 0: none */
  int32_t manner;     /* of an affiliation 1 formal, 2 temporary, 3 floating, 4 functional; of an appointment 1 elected,
                       2 appointed, 3 part_time, 4 acting, 5 seconded, 6 ex_officio; 0: none */
  int32_t reserved;   /* 0 */
} jiceng_tie;

enum { JICENG_TIES_FROM = 1, JICENG_TIES_TO = 2, JICENG_TIES_BOTH = 3 };

/* The ties that leave `node` (JICENG_TIES_FROM), reach it (_TO) or both: of one kind, or of all with kind 0; holding on
 * `date`, or over the whole history with 0.  Copies at most `size` of them and returns how many there are; 0 also for no
 * node the actor may see and for numbers that mean nothing.  No allocation; ordered by kind, then as the store keeps
 * them.  Since: 0.1 */
JICENG_API int64_t jiceng_node_ties(const jiceng_snapshot* snapshot, int64_t node, int32_t kind, int32_t ends,
                                    int32_t date, jiceng_tie* ties, int64_t size);

/* All ties of one kind ("affiliation"), holding on `date` or over the whole history with 0, in columns:
 * `tie,from_number,to_number,valid_from,valid_to,role,manner,attributes`.  A million of them is a matter of
 * milliseconds; jiceng_table_int64_column() gives a column as it lies, jiceng_table_arrow() all of them.  For an actor
 * those with an end in the scope.
 * Errors: INVALID_ARGUMENT (UNKNOWN_TIE_KIND).  Since: 0.1 */
JICENG_API jiceng_status jiceng_ties(const jiceng_snapshot* snapshot, const char* kind, int32_t date,
                                     jiceng_table** out_table, jiceng_error** out_error);

/* All nodes of one kind ("unit", "org", "person"), in the order of their numbers: `number,node,name,kind,from,to`, with
 * names as they are on `date` (0: the latest) and `kind` a unit's level, an organisation's kind.  Those that exist on
 * `date`, or ever existed with 0.  What the numbers of jiceng_ties() stand for.  For an actor those in the scope.
 * Errors: INVALID_ARGUMENT (BAD_NODE).  Since: 0.1 */
JICENG_API jiceng_status jiceng_nodes(const jiceng_snapshot* snapshot, const char* kind, int32_t date,
                                      jiceng_table** out_table, jiceng_error** out_error);

/* The nodes that so many numbers stand for, in the order given and as often: the columns of jiceng_nodes(), with names as
 * they are on `date` (0: the latest).  All but the number is null where there is no such node, or none that the actor may
 * see.  At most 1,000,000 numbers; NULL with a `count` of 0 is none.
 * Errors: INVALID_ARGUMENT (TOO_MANY).  Since: 0.1 */
JICENG_API jiceng_status jiceng_nodes_by_number(const jiceng_snapshot* snapshot, const int64_t* numbers, size_t count,
                                                int32_t date, jiceng_table** out_table, jiceng_error** out_error);

/* Numbers of one unit or organisation: `measure,value` with dotted names: members.full, members.probationary, units,
 * grids, organizations, branches; what exists on `date` at or below it, itself included.  Since: 0.1 */
JICENG_API jiceng_status jiceng_count(const jiceng_snapshot* snapshot, const char* node, size_t node_len, int32_t date,
                                      jiceng_table** out_table, jiceng_error** out_error);

/* An indicator at every unit with something to count: `node,name,level,numerator,denominator` (denominator null when
 * the indicator is a plain count), ordered bytewise by node.  Indicators: members.full, report.rate; over matters, as
 * they stood when the day was over, report.feedback-rate, report.hours, report.posts-claimed, case.on-time-rate,
 * case.whistle-on-time; and every rule by its id: of the nodes it governs those that meet it, each at the unit where it
 * lies and at all above, by what packs set there.  `level` limits the units, NULL for all.
 * Errors: INVALID_ARGUMENT (UNKNOWN_INDICATOR, UNKNOWN_LEVEL) · FAILED_PRECONDITION (NOT_EVALUABLE).  Since: 0.1 */
JICENG_API jiceng_status jiceng_rollup(const jiceng_snapshot* snapshot, const char* indicator, const char* level,
                                       int32_t date, jiceng_table** out_table, jiceng_error** out_error);

/* The same of `date` as it was and as it is: by the territory of that day, and by that of `territory_of`:
 * `node,name,level,was_numerator,was_denominator,is_numerator,is_denominator,mapping`.  A unit that was moved, renamed or
 * recoded between the two is the same unit; `mapping` is `exact`; `gone` or `new` for a unit that is there on one of the days
 * only, of which nothing is put anywhere else (a merger or a division does not say where people went); `partial` for a unit
 * above where such a one was or may now be.  Since: 0.1 */
JICENG_API jiceng_status jiceng_rollup_across(const jiceng_snapshot* snapshot, const char* indicator, const char* level,
                                              int32_t date, int32_t territory_of, jiceng_table** out_table,
                                              jiceng_error** out_error);

/* An indicator of jiceng_rollup() at every organisation with something to count: `node,name,kind,numerator,denominator`,
 * ordered bytewise by node.  Each of those counted counts at the Party organisations it belongs to and at all above them
 * by party_line on `date`, once each.  A Party organisation belongs to itself; a person to that of the formal
 * affiliation (of report.rate whoever has an open residence, wherever it is); a unit to those that cover it (`covers`),
 * else those that cover the nearest unit above that any covers; another body to those that cover it, else those of the
 * units it is seated on; a matter where the record of the indicator says, such as the employer's Party organisation of
 * who reported.  What belongs to none is counted nowhere.
 * Errors: INVALID_ARGUMENT (UNKNOWN_INDICATOR) · FAILED_PRECONDITION (NOT_EVALUABLE).  Since: 0.1 */
JICENG_API jiceng_status jiceng_rollup_party_line(const jiceng_snapshot* snapshot, const char* indicator, int32_t date,
                                                  jiceng_table** out_table, jiceng_error** out_error);

/* In-service members living at or below `node` without an open report to the community they live in: `node,name`.
 * Since: 0.1 */
JICENG_API jiceng_status jiceng_list_unreported(const jiceng_snapshot* snapshot, const char* node, size_t node_len,
                                                int32_t date, jiceng_table** out_table, jiceng_error** out_error);
/* People with open posts in two or more kinds of organisation seated in one community: `node,name,community,kinds`.
 * Since: 0.1 */
JICENG_API jiceng_status jiceng_list_cross_appointments(const jiceng_snapshot* snapshot, const char* node,
                                                        size_t node_len, int32_t date, jiceng_table** out_table,
                                                        jiceng_error** out_error);
/* Who holds `role` at or below `node`: `node,name,body,body_name,role,manner,from`.  Since: 0.1 */
JICENG_API jiceng_status jiceng_list_officers(const jiceng_snapshot* snapshot, const char* node, size_t node_len,
                                              const char* role, int32_t date, jiceng_table** out_table,
                                              jiceng_error** out_error);
/* The same of the bodies of one class: a level of units ("grid") or a kind of organisation ("party_committee"); NULL for
 * all.  Errors: UNKNOWN_ROLE, UNKNOWN_LEVEL.  Since: 0.1 */
JICENG_API jiceng_status jiceng_list_officers_at(const jiceng_snapshot* snapshot, const char* node, size_t node_len,
                                                 const char* role, const char* where, int32_t date,
                                                 jiceng_table** out_table, jiceng_error** out_error);
/* The posts in `role` at or below `node`, filled and vacant, one row for each body that has one: `node,name,state,holders,
 * holder,holder_name,held,first`.  `where` says which bodies have it: a level of units ("grid") or a kind of organisation
 * ("party_branch").  `state`: vacant; own (the holder's only such post, or the one held for longest); also (the holder has
 * held another one for longer: `first`); several (more than one holder; the row names the one in it for longest).  `held`:
 * how many such posts the holder has.  Errors: UNKNOWN_ROLE, UNKNOWN_LEVEL.  Since: 0.1 */
JICENG_API jiceng_status jiceng_list_posts(const jiceng_snapshot* snapshot, const char* node, size_t node_len,
                                           const char* role, const char* where, int32_t date, jiceng_table** out_table,
                                           jiceng_error** out_error);
/* Paired organisations of which one at least is at or below `node` (NULL: everything): `node,name,other,other_name,tier,
 * from`.  `tier` follows from where both stand on `date`: same_alliance; other_alliance; outside_system (one of them in no
 * alliance); outside_area (one of them not at or below `node`).  Since: 0.1 */
JICENG_API jiceng_status jiceng_list_pairings(const jiceng_snapshot* snapshot, const char* node, size_t node_len,
                                              int32_t date, jiceng_table** out_table, jiceng_error** out_error);

/* What becomes of posts between two snapshots of one store on `date`, as between the head and what a writer that tries would
 * leave: `what,body,body_name,role,person,person_name,manner,before,after`, ordered by body and role.  `what` is `begins` or
 * `ends` (somebody's post; the numbers are how many posts that person holds), `vacant` or `filled` (a post that nobody holds
 * any more, or that somebody holds again; the numbers are how many people hold it).
 * Errors: INVALID_ARGUMENT (OTHER_STORE).  Since: 0.1 */
JICENG_API jiceng_status jiceng_list_seat_changes(const jiceng_snapshot* before, const jiceng_snapshot* after,
                                                  int32_t date, jiceng_table** out_table, jiceng_error** out_error);

/* What the store knows of one node on `date`: `section,key,value,node,from,to` (sections: node, fact, text, tie;
 * `node` is the other end of a tie). For an actor restricted texts (a staff number) read "***".  Since: 0.1 */
JICENG_API jiceng_status jiceng_show(const jiceng_snapshot* snapshot, const char* node, size_t node_len, int32_t date,
                                     int32_t lang, jiceng_table** out_table, jiceng_error** out_error);
enum {
  JICENG_TREE_UNITS_ONLY = 1 /* no organisations */
};
/* The nodes below `node` (NULL: from the top) as a flat tree in depth-first order: `depth,node,name,kind,members`.
 * Units by territory, organisations below them by seat, and party_line below an organisation.  `max_depth` 0: all the
 * way.  `flags`: JICENG_TREE_*.  Since: 0.1 */
JICENG_API jiceng_status jiceng_tree(const jiceng_snapshot* snapshot, const char* node, size_t node_len, int32_t date,
                                     int32_t max_depth, uint32_t flags, jiceng_table** out_table,
                                     jiceng_error** out_error);
/* Nodes whose name contains `text`: `node,name,kind,place`.  At most `limit` rows; 0: 100.  Reads names through the
 * store.  Since: 0.1 */
JICENG_API jiceng_status jiceng_search(const jiceng_snapshot* snapshot, const char* text, size_t text_len, int32_t date,
                                       int64_t limit, jiceng_table** out_table, jiceng_error** out_error);
/* What turns by time alone in (date, until]: `due,what,node,name,detail` — terms that end, probation that is over,
 * ties that end or begin, and the periods of matters that run on `date`, at the node each is about.  Since: 0.1 */
JICENG_API jiceng_status jiceng_upcoming(const jiceng_snapshot* snapshot, const char* node, size_t node_len,
                                         int32_t date, int32_t until, int32_t lang, jiceng_table** out_table,
                                         jiceng_error** out_error);

#ifdef __cplusplus
}
#endif

#endif /* JICENG_SNAPSHOT_H */
