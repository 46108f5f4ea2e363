// Reading the library's tables by column name.
#ifndef JICENG_CLI_REPORT_COLUMNS_H_
#define JICENG_CLI_REPORT_COLUMNS_H_

#include <jiceng/jiceng.h>

#include <cstdint>
#include <string>
#include <string_view>

namespace jiceng::cli {

// A column of a borrowed table.  One that is not there reads as empty and 0, like everywhere in the C ABI.
class Column {
 public:
  Column(const jiceng_table* table, const char* name) : table_(table), column_(jiceng_table_find_column(table, name)) {}

  bool IsNull(int64_t row) const { return jiceng_table_is_null(table_, row, column_) != 0; }
  int64_t Int(int64_t row) const { return jiceng_table_int64(table_, row, column_); }
  std::string_view Text(int64_t row) const {
    size_t size = 0;
    const char* text = jiceng_table_text(table_, row, column_, &size);
    return {text, size};
  }
  size_t ListSize(int64_t row) const { return jiceng_table_list_size(table_, row, column_); }
  std::string_view Item(int64_t row, size_t item) const {
    size_t size = 0;
    const char* text = jiceng_table_list_text(table_, row, column_, item, &size);
    return {text, size};
  }
  // A text, or the items of a list a line each.
  std::string Lines(int64_t row) const {
    std::string lines(Text(row));
    for (size_t i = 0; i < ListSize(row); ++i) {
      if (!lines.empty()) lines.push_back('\n');
      lines.append(Item(row, i));
    }
    return lines;
  }

 private:
  const jiceng_table* table_;
  int32_t column_;
};

}  // namespace jiceng::cli

#endif  // JICENG_CLI_REPORT_COLUMNS_H_
