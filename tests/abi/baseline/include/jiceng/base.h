/* jiceng: the conventions every other header keeps.
 *
 * Names    jiceng_noun_verb.  open/close for resources, create/free for values.
 * Order    object, inputs, options, outputs, `out_error` last.  Outputs are set to NULL or 0 when a call fails.
 * Memory   What a function returns is borrowed from its first argument and lives as long as that.  What arrives through
 *          an `out_` parameter is yours; its type has one _free or _close, which accepts NULL.
 * Text     UTF-8 as (pointer, size_t).  The length may be JICENG_NUL for a NUL-terminated text.  Text handed out is
 *          NUL-terminated as well.
 * Dates    int32_t YYYYMMDD; 0 is "none": an open end, a date not given.  Intervals are half-open, [from, to).
 * Nodes    In text unit:ID, org:ID, person:ID.  By number int64_t, permanent within a store; 0 is "no node".
 * Threads  Every type says one of: immutable, share freely; internally locked; one thread at a time.  The library
 *          starts no threads.
 * Errors   A call that can fail returns a jiceng_status and fills `out_error` when that is not NULL.  Nothing aborts,
 *          prints or exits.
 */
#ifndef JICENG_BASE_H
#define JICENG_BASE_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__)
/* What the library lets be seen. */
#define JICENG_API __attribute__((visibility("default")))
#else
#define JICENG_API
#endif

/* A text length that means "up to the NUL". */
#define JICENG_NUL ((size_t)-1)

/* Outcome of every call that can fail.  Numbers equal the canonical status codes and are never reused. */
typedef int32_t jiceng_status;
enum {
  JICENG_OK = 0,
  JICENG_CANCELLED = 1,
  JICENG_UNKNOWN = 2,
  JICENG_INVALID_ARGUMENT = 3,
  JICENG_DEADLINE_EXCEEDED = 4,
  JICENG_NOT_FOUND = 5,
  JICENG_ALREADY_EXISTS = 6,
  JICENG_PERMISSION_DENIED = 7,
  JICENG_RESOURCE_EXHAUSTED = 8,
  JICENG_FAILED_PRECONDITION = 9,
  JICENG_ABORTED = 10,
  JICENG_OUT_OF_RANGE = 11,
  JICENG_UNIMPLEMENTED = 12,
  JICENG_INTERNAL = 13,
  JICENG_UNAVAILABLE = 14,
  JICENG_DATA_LOSS = 15
};

/* Languages of texts made for people. */
enum { JICENG_LANG_ZH = 1, JICENG_LANG_EN = 2 };

/* Called now and then during long work, on the calling thread.  `stage` is a stable English word ("read", "check",
 * "write"); `total` is 0 when it is not known.  Non-zero stops the work with CANCELLED.  Must not call back into the
 * same handle. */
typedef int32_t (*jiceng_progress_fn)(const char* stage, int64_t done, int64_t total, void* user);

/* What no answer tells: a cache that could not be used, an upgrade on opening.  Nothing of it needs to be done anything
 * about at once. */
enum { JICENG_NOTICE_INFO = 1, JICENG_NOTICE_WARNING = 2 };
/* Told a store's notices, on the thread whose call they come from, one at a time.  `event` is a stable word for programs
 * (BASE_UNUSABLE, BASE_NOT_WRITTEN, STORE_UPGRADED, CAUGHT_UP; more may come), `text` is English and for people; both are
 * gone when it returns.  They name files and numbers, never a person.  Must not call the library. */
typedef void (*jiceng_notice_fn)(int32_t level, const char* event, const char* text, void* user);

/* The library's version, e.g. "0.1.0".  Since: 0.1 */
JICENG_API const char* jiceng_version(void);

/* Why a call failed.  Immutable, share freely.  `reason` is stable and for programs; the message is for people and may
 * change. */
typedef struct jiceng_error jiceng_error;
JICENG_API jiceng_status jiceng_error_code(const jiceng_error* error);  /* JICENG_OK for NULL */
JICENG_API const char* jiceng_error_reason(const jiceng_error* error);  /* e.g. "NOT_A_STORE" */
JICENG_API const char* jiceng_error_message(const jiceng_error* error); /* English */
JICENG_API const char* jiceng_error_field(const jiceng_error* error);   /* the part of the input at fault, or "" */
/* The message in a language; English where there is no translation for the reason.  Since: 0.1 */
JICENG_API const char* jiceng_error_text(const jiceng_error* error, int32_t lang);
/* Takes NULL as well. */
JICENG_API void jiceng_error_free(jiceng_error* error);

#ifdef __cplusplus
}
#endif

#endif /* JICENG_BASE_H */
