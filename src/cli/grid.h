// What the printers print: named columns over a library table, or over a few rows of our own.
#ifndef JICENG_CLI_GRID_H_
#define JICENG_CLI_GRID_H_

#include <jiceng/table.h>

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace jiceng::cli {

// Values equal JICENG_COLUMN_*.
enum class CellType : int32_t { kInteger = 1, kBool = 2, kDate = 3, kTime = 4, kText = 5, kTextList = 6 };

struct GridColumn {
  std::string name;  // stable English, lower_snake_case
  CellType type = CellType::kText;
  int32_t source = 0;
};

// A view when made from a table, which must outlive it.  Copies cheaply in that case.
class Grid {
 public:
  using OwnRow = std::vector<std::optional<std::string>>;  // nothing: null

  // All columns of a table, in its order.
  static Grid Of(const jiceng_table* table);
  // Rows of our own; cells are the plain form of their column's type.
  static Grid Own(const std::vector<std::pair<std::string, CellType>>& columns, std::vector<OwnRow> rows);

  // Only these columns, in this order; names that are not there are left out.
  Grid Select(std::initializer_list<const char*> names) const;
  Grid Without(std::initializer_list<const char*> names) const;
  // The same with one column called otherwise.
  Grid Rename(std::string_view from, std::string_view to) const;
  // Rows [first, first + count) only.
  Grid Slice(int64_t first, int64_t count) const;

  int64_t rows() const { return count_; }
  const std::vector<GridColumn>& columns() const { return columns_; }
  // The position of a column, or -1.
  int Find(std::string_view name) const;

  bool IsNull(int64_t row, int column) const;
  int64_t Integer(int64_t row, int column) const;  // 0 where null or no number
  // The plain form: ISO dates and times, true and false, list items joined by "; ", "" for null.  Appends.
  void AppendPlain(int64_t row, int column, std::string* out) const;
  std::string Plain(int64_t row, int column) const;
  std::vector<std::string_view> Items(int64_t row, int column) const;  // of a list column

 private:
  const jiceng_table* table_ = nullptr;
  std::vector<OwnRow> own_;
  std::vector<GridColumn> columns_;
  int64_t first_ = 0, count_ = 0;
};

}  // namespace jiceng::cli

#endif  // JICENG_CLI_GRID_H_
