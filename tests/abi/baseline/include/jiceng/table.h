/* Tables: the one shape in which every list-like answer arrives.  Named, typed columns of equal length. */
#ifndef JICENG_TABLE_H
#define JICENG_TABLE_H

#include <jiceng/arrow.h>
#include <jiceng/base.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Immutable, share freely. */
typedef struct jiceng_table jiceng_table;

enum {
  JICENG_COLUMN_INT64 = 1,
  JICENG_COLUMN_BOOL = 2, /* int64 0 or 1 */
  JICENG_COLUMN_DATE = 3, /* int64 YYYYMMDD; null is an open end */
  JICENG_COLUMN_TIME = 4, /* int64 seconds since 1970-01-01T00:00:00Z */
  JICENG_COLUMN_TEXT = 5,
  JICENG_COLUMN_TEXT_LIST = 6
};

/* How many rows there are. */
JICENG_API int64_t jiceng_table_rows(const jiceng_table* table);
/* How many columns there are. */
JICENG_API int32_t jiceng_table_columns(const jiceng_table* table);
/* Stable English names in lower_snake_case; "" for a column that is not there. */
JICENG_API const char* jiceng_table_column_name(const jiceng_table* table, int32_t column);
/* JICENG_COLUMN_*; 0 for a column that is not there. */
JICENG_API int32_t jiceng_table_column_type(const jiceng_table* table, int32_t column);
/* -1 when there is no column of that name. */
JICENG_API int32_t jiceng_table_find_column(const jiceng_table* table, const char* name);

/* 1 for a null.  Here and below a row or column that is not there, or of another type, reads as null, 0 or "". */
JICENG_API int32_t jiceng_table_is_null(const jiceng_table* table, int64_t row, int32_t column);
/* A cell of JICENG_COLUMN_INT64, _BOOL, _DATE or _TIME. */
JICENG_API int64_t jiceng_table_int64(const jiceng_table* table, int64_t row, int32_t column);
/* A cell of JICENG_COLUMN_TEXT, borrowed; `out_len` may be NULL. */
JICENG_API const char* jiceng_table_text(const jiceng_table* table, int64_t row, int32_t column, size_t* out_len);
/* How many texts a cell of JICENG_COLUMN_TEXT_LIST has. */
JICENG_API size_t jiceng_table_list_size(const jiceng_table* table, int64_t row, int32_t column);
/* One of them, borrowed. */
JICENG_API const char* jiceng_table_list_text(const jiceng_table* table, int64_t row, int32_t column, size_t item,
                                              size_t* out_len);

/* A whole column of an integer type as jiceng_table_rows() values (0 where null), or NULL for other types. */
JICENG_API const int64_t* jiceng_table_int64_column(const jiceng_table* table, int32_t column);

/* A table as a stream of record batches: int64, bool, date32, timestamp[s, UTC], utf8, list<utf8>, and texts of a
 * closed list (a role) as dictionary<uint8, utf8>.  An open end of a tie is null.  `out_stream` is a struct of the
 * caller's, filled in, who ends it with its release(); it and what comes from it outlive the table.  One thread at a
 * time; names are read through the store when a batch is asked for.
 * Errors: INVALID_ARGUMENT.  Since: 0.1 */
JICENG_API jiceng_status jiceng_table_arrow(const jiceng_table* table, struct ArrowArrayStream* out_stream,
                                            jiceng_error** out_error);

/* Takes NULL as well. */
JICENG_API void jiceng_table_free(jiceng_table* table);

#ifdef __cplusplus
}
#endif

#endif /* JICENG_TABLE_H */
