// Reading tables.  Nothing here fails: what is not there reads as null, 0 or "".
#include "capi/table.h"

#include <cstring>

namespace {

using jiceng::capi::Column;

const Column* ColumnOf(const jiceng_table* table, int32_t column) {
  if (table == nullptr || column < 0 || static_cast<size_t>(column) >= table->data->columns.size()) return nullptr;
  return table->data->columns[static_cast<size_t>(column)].get();
}

// The column when it and the row are there.
const Column* CellOf(const jiceng_table* table, int64_t row, int32_t column) {
  const Column* found = ColumnOf(table, column);
  return found != nullptr && row >= 0 && row < table->data->rows ? found : nullptr;
}

const char* Give(std::string_view text, size_t* out_len) {
  if (out_len != nullptr) *out_len = text.size();
  return text.data();
}

}  // namespace

int64_t jiceng_table_rows(const jiceng_table* table) { return table == nullptr ? 0 : table->data->rows; }

int32_t jiceng_table_columns(const jiceng_table* table) {
  return table == nullptr ? 0 : static_cast<int32_t>(table->data->columns.size());
}

const char* jiceng_table_column_name(const jiceng_table* table, int32_t column) {
  const Column* found = ColumnOf(table, column);
  return found == nullptr ? "" : found->name;
}

int32_t jiceng_table_column_type(const jiceng_table* table, int32_t column) {
  const Column* found = ColumnOf(table, column);
  return found == nullptr ? 0 : found->type;
}

int32_t jiceng_table_find_column(const jiceng_table* table, const char* name) {
  if (table == nullptr || name == nullptr) return -1;
  for (size_t i = 0; i < table->data->columns.size(); ++i) {
    if (std::strcmp(table->data->columns[i]->name, name) == 0) return static_cast<int32_t>(i);
  }
  return -1;
}

int32_t jiceng_table_is_null(const jiceng_table* table, int64_t row, int32_t column) {
  const Column* found = CellOf(table, row, column);
  return found == nullptr || found->IsNull(static_cast<size_t>(row)) ? 1 : 0;
}

int64_t jiceng_table_int64(const jiceng_table* table, int64_t row, int32_t column) {
  const Column* found = CellOf(table, row, column);
  return found == nullptr || found->numbers.empty() ? 0 : found->numbers[static_cast<size_t>(row)];
}

const char* jiceng_table_text(const jiceng_table* table, int64_t row, int32_t column, size_t* out_len) {
  const Column* found = CellOf(table, row, column);
  if (found == nullptr || found->type != JICENG_COLUMN_TEXT) return Give("", out_len);
  return Give(found->TextOf(static_cast<size_t>(row)), out_len);
}

size_t jiceng_table_list_size(const jiceng_table* table, int64_t row, int32_t column) {
  const Column* found = CellOf(table, row, column);
  if (found == nullptr || found->type != JICENG_COLUMN_TEXT_LIST) return 0;
  return found->lists[static_cast<size_t>(row) + 1] - found->lists[static_cast<size_t>(row)];
}

const char* jiceng_table_list_text(const jiceng_table* table, int64_t row, int32_t column, size_t item,
                                   size_t* out_len) {
  if (item >= jiceng_table_list_size(table, row, column)) return Give("", out_len);
  const Column& found = *ColumnOf(table, column);
  return Give(found.Text(found.lists[static_cast<size_t>(row)] + item), out_len);
}

const int64_t* jiceng_table_int64_column(const jiceng_table* table, int32_t column) {
  const Column* found = ColumnOf(table, column);
  if (found == nullptr || found->type == JICENG_COLUMN_TEXT || found->type == JICENG_COLUMN_TEXT_LIST) return nullptr;
  return found->numbers.data();
}

void jiceng_table_free(jiceng_table* table) { delete table; }
