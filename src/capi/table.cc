// Reading tables.  Nothing here fails: what is not there reads as null, 0 or "".
#include "capi/table.h"

#include <cstring>

namespace {

using Column = jiceng_table::Column;

const Column* ColumnOf(const jiceng_table* table, int32_t column) {
  if (table == nullptr || column < 0 || static_cast<size_t>(column) >= table->columns.size()) return nullptr;
  return table->columns[static_cast<size_t>(column)].get();
}

// The column when it and the row are there.
const Column* CellOf(const jiceng_table* table, int64_t row, int32_t column) {
  const Column* found = ColumnOf(table, column);
  return found != nullptr && row >= 0 && row < table->rows ? found : nullptr;
}

const char* TextAt(const Column& column, size_t index, size_t* out_len) {
  if (out_len != nullptr) *out_len = column.texts[index + 1] - column.texts[index] - 1;
  return column.bytes.data() + column.texts[index];
}

const char* NoText(size_t* out_len) {
  if (out_len != nullptr) *out_len = 0;
  return "";
}

}  // namespace

int64_t jiceng_table_rows(const jiceng_table* table) { return table == nullptr ? 0 : table->rows; }

int32_t jiceng_table_columns(const jiceng_table* table) {
  return table == nullptr ? 0 : static_cast<int32_t>(table->columns.size());
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
  for (size_t i = 0; i < table->columns.size(); ++i) {
    if (std::strcmp(table->columns[i]->name, name) == 0) return static_cast<int32_t>(i);
  }
  return -1;
}

int32_t jiceng_table_is_null(const jiceng_table* table, int64_t row, int32_t column) {
  const Column* found = CellOf(table, row, column);
  if (found != nullptr && found->lazy != nullptr) return found->lazy->At(static_cast<size_t>(row)).empty() ? 1 : 0;
  if (found == nullptr) return 1;
  return static_cast<size_t>(row) < found->null.size() ? found->null[static_cast<size_t>(row)] : 0;
}

int64_t jiceng_table_int64(const jiceng_table* table, int64_t row, int32_t column) {
  const Column* found = CellOf(table, row, column);
  return found == nullptr || found->numbers.empty() ? 0 : found->numbers[static_cast<size_t>(row)];
}

const char* jiceng_table_text(const jiceng_table* table, int64_t row, int32_t column, size_t* out_len) {
  const Column* found = CellOf(table, row, column);
  if (found == nullptr || found->type != JICENG_COLUMN_TEXT) return NoText(out_len);
  if (found->lazy != nullptr) {
    const std::string& text = found->lazy->At(static_cast<size_t>(row));
    if (out_len != nullptr) *out_len = text.size();
    return text.c_str();
  }
  return TextAt(*found, static_cast<size_t>(row), out_len);
}

size_t jiceng_table_list_size(const jiceng_table* table, int64_t row, int32_t column) {
  const Column* found = CellOf(table, row, column);
  if (found == nullptr || found->type != JICENG_COLUMN_TEXT_LIST) return 0;
  return found->lists[static_cast<size_t>(row) + 1] - found->lists[static_cast<size_t>(row)];
}

const char* jiceng_table_list_text(const jiceng_table* table, int64_t row, int32_t column, size_t item,
                                   size_t* out_len) {
  if (item >= jiceng_table_list_size(table, row, column)) return NoText(out_len);
  const Column& found = *ColumnOf(table, column);
  return TextAt(found, found.lists[static_cast<size_t>(row)] + item, out_len);
}

const int64_t* jiceng_table_int64_column(const jiceng_table* table, int32_t column) {
  const Column* found = ColumnOf(table, column);
  if (found == nullptr || found->type == JICENG_COLUMN_TEXT || found->type == JICENG_COLUMN_TEXT_LIST) return nullptr;
  return found->numbers.data();
}

void jiceng_table_free(jiceng_table* table) { delete table; }
