#include "cli/grid.h"

#include <algorithm>
#include <cstdlib>

#include "cli/moment.h"

namespace jiceng::cli {

Grid Grid::Of(const jiceng_table* table) {
  Grid grid;
  grid.table_ = table;
  grid.count_ = jiceng_table_rows(table);
  for (int32_t i = 0; i < jiceng_table_columns(table); ++i) {
    grid.columns_.push_back(
        {jiceng_table_column_name(table, i), static_cast<CellType>(jiceng_table_column_type(table, i)), i});
  }
  return grid;
}

Grid Grid::Own(const std::vector<std::pair<std::string, CellType>>& columns, std::vector<OwnRow> rows) {
  Grid grid;
  grid.own_ = std::move(rows);
  grid.count_ = static_cast<int64_t>(grid.own_.size());
  for (const auto& [name, type] : columns) {
    grid.columns_.push_back({name, type, static_cast<int32_t>(grid.columns_.size())});
  }
  return grid;
}

Grid Grid::Select(std::initializer_list<const char*> names) const {
  Grid grid = *this;
  grid.columns_.clear();
  for (const char* name : names) {
    const int column = Find(name);
    if (column >= 0) grid.columns_.push_back(columns_[column]);
  }
  return grid;
}

Grid Grid::Without(std::initializer_list<const char*> names) const {
  Grid grid = *this;
  auto unwanted = [&](const GridColumn& column) {
    return std::any_of(names.begin(), names.end(), [&](const char* name) { return column.name == name; });
  };
  grid.columns_.erase(std::remove_if(grid.columns_.begin(), grid.columns_.end(), unwanted), grid.columns_.end());
  return grid;
}

Grid Grid::Rename(std::string_view from, std::string_view to) const {
  Grid grid = *this;
  const int column = Find(from);
  if (column >= 0) grid.columns_[column].name = to;
  return grid;
}

Grid Grid::Slice(int64_t first, int64_t count) const {
  Grid grid = *this;
  first = std::clamp<int64_t>(first, 0, count_);
  grid.first_ = first_ + first;
  grid.count_ = std::clamp<int64_t>(count, 0, count_ - first);
  return grid;
}

int Grid::Find(std::string_view name) const {
  for (size_t i = 0; i < columns_.size(); ++i) {
    if (columns_[i].name == name) return static_cast<int>(i);
  }
  return -1;
}

bool Grid::IsNull(int64_t row, int column) const {
  const int32_t source = columns_[column].source;
  if (table_ != nullptr) return jiceng_table_is_null(table_, first_ + row, source) != 0;
  return !own_[first_ + row][source].has_value();
}

int64_t Grid::Integer(int64_t row, int column) const {
  const int32_t source = columns_[column].source;
  if (table_ != nullptr) return jiceng_table_int64(table_, first_ + row, source);
  const std::optional<std::string>& cell = own_[first_ + row][source];
  return cell.has_value() ? std::strtoll(cell->c_str(), nullptr, 10) : 0;
}

void Grid::AppendPlain(int64_t row, int column, std::string* out) const {
  if (IsNull(row, column)) return;
  const int32_t source = columns_[column].source;
  if (table_ == nullptr) {
    out->append(*own_[first_ + row][source]);
    return;
  }
  switch (columns_[column].type) {
    case CellType::kInteger:
      out->append(std::to_string(jiceng_table_int64(table_, first_ + row, source)));
      return;
    case CellType::kBool:
      out->append(jiceng_table_int64(table_, first_ + row, source) != 0 ? "true" : "false");
      return;
    case CellType::kDate:
      out->append(FormatDate(jiceng_table_int64(table_, first_ + row, source)));
      return;
    case CellType::kTime:
      out->append(FormatTime(jiceng_table_int64(table_, first_ + row, source)));
      return;
    case CellType::kText: {
      size_t length = 0;
      const char* text = jiceng_table_text(table_, first_ + row, source, &length);
      out->append(text, length);
      return;
    }
    case CellType::kTextList: {
      bool first = true;
      for (std::string_view item : Items(row, column)) {
        if (!first) out->append("; ");
        first = false;
        out->append(item);
      }
      return;
    }
  }
}

std::string Grid::Plain(int64_t row, int column) const {
  std::string out;
  AppendPlain(row, column, &out);
  return out;
}

std::vector<std::string_view> Grid::Items(int64_t row, int column) const {
  std::vector<std::string_view> items;
  if (table_ == nullptr) return items;
  const int32_t source = columns_[column].source;
  const size_t size = jiceng_table_list_size(table_, first_ + row, source);
  for (size_t i = 0; i < size; ++i) {
    size_t length = 0;
    const char* text = jiceng_table_list_text(table_, first_ + row, source, i, &length);
    items.emplace_back(text, length);
  }
  return items;
}

}  // namespace jiceng::cli
