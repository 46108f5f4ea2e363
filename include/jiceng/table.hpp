// Tables as ranges of rows.
#ifndef JICENG_TABLE_HPP
#define JICENG_TABLE_HPP

#include <jiceng/table.h>

#include <cstddef>
#include <iterator>
#include <jiceng/base.hpp>
#include <string_view>
#include <utility>

namespace jiceng {
namespace detail {

// Walks what is reached by an index: `source[i]` makes a value, `source` is small and copied.  Random access for C++20;
// in C++17's words an input iterator, since it hands out values and not references.
template <typename Source>
class IndexIterator {
 public:
  using value_type = decltype(std::declval<const Source&>()[int64_t{}]);
  using reference = value_type;
  using difference_type = std::ptrdiff_t;
  using pointer = void;
  using iterator_category = std::input_iterator_tag;
#if defined(__cpp_lib_concepts)
  using iterator_concept = std::random_access_iterator_tag;
#endif

  IndexIterator() = default;
  IndexIterator(Source source, int64_t index) : source_(source), index_(index) {}

  value_type operator*() const { return source_[index_]; }
  value_type operator[](difference_type n) const { return source_[index_ + n]; }

  IndexIterator& operator++() { return *this += 1; }
  IndexIterator& operator--() { return *this += -1; }
  IndexIterator operator++(int) { return std::exchange(*this, *this + 1); }
  IndexIterator operator--(int) { return std::exchange(*this, *this - 1); }
  IndexIterator& operator+=(difference_type n) {
    index_ += n;
    return *this;
  }
  IndexIterator& operator-=(difference_type n) { return *this += -n; }
  friend IndexIterator operator+(IndexIterator it, difference_type n) { return it += n; }
  friend IndexIterator operator+(difference_type n, IndexIterator it) { return it += n; }
  friend IndexIterator operator-(IndexIterator it, difference_type n) { return it -= n; }
  friend difference_type operator-(const IndexIterator& a, const IndexIterator& b) { return a.index_ - b.index_; }

  friend bool operator==(const IndexIterator& a, const IndexIterator& b) { return a.index_ == b.index_; }
  friend bool operator!=(const IndexIterator& a, const IndexIterator& b) { return a.index_ != b.index_; }
  friend bool operator<(const IndexIterator& a, const IndexIterator& b) { return a.index_ < b.index_; }
  friend bool operator>(const IndexIterator& a, const IndexIterator& b) { return a.index_ > b.index_; }
  friend bool operator<=(const IndexIterator& a, const IndexIterator& b) { return a.index_ <= b.index_; }
  friend bool operator>=(const IndexIterator& a, const IndexIterator& b) { return a.index_ >= b.index_; }

 private:
  Source source_{};
  int64_t index_ = 0;
};

}  // namespace detail

enum class ColumnType : int32_t {
  kNone = 0,  // no such column
  kInt64 = JICENG_COLUMN_INT64,
  kBool = JICENG_COLUMN_BOOL,
  kDate = JICENG_COLUMN_DATE,
  kTime = JICENG_COLUMN_TIME,
  kText = JICENG_COLUMN_TEXT,
  kTextList = JICENG_COLUMN_TEXT_LIST
};

// The texts of one cell, as a range of std::string_view.
class TextList {
 public:
  using iterator = detail::IndexIterator<TextList>;

  TextList() = default;
  TextList(const jiceng_table* table, int64_t row, int32_t column) noexcept
      : table_(table), row_(row), column_(column) {}

  int64_t size() const noexcept { return static_cast<int64_t>(jiceng_table_list_size(table_, row_, column_)); }
  bool empty() const noexcept { return size() == 0; }
  std::string_view operator[](int64_t item) const noexcept {
    size_t length = 0;
    const char* text = jiceng_table_list_text(table_, row_, column_, static_cast<size_t>(item), &length);
    return {text, length};
  }
  iterator begin() const { return {*this, 0}; }
  iterator end() const { return {*this, size()}; }

 private:
  const jiceng_table* table_ = nullptr;
  int64_t row_ = 0;
  int32_t column_ = 0;
};

// One cell, read when asked.  A cell that is not there, or of another type than asked for, reads as none, 0 or "".
class Cell {
 public:
  Cell(const jiceng_table* table, int64_t row, int32_t column) noexcept : table_(table), row_(row), column_(column) {}

  bool is_null() const noexcept { return jiceng_table_is_null(table_, row_, column_) != 0; }
  int64_t number() const noexcept { return jiceng_table_int64(table_, row_, column_); }
  bool truth() const noexcept { return number() != 0; }
  Date date() const noexcept { return Date::FromNumber(number()); }  // none is an open end
  Time time() const noexcept { return Time(std::chrono::seconds(number())); }
  TextList texts() const noexcept { return {table_, row_, column_}; }
  // Ends with a NUL that is not counted.
  std::string_view text() const noexcept {
    size_t length = 0;
    const char* text = jiceng_table_text(table_, row_, column_, &length);
    return {text, length};
  }

 private:
  const jiceng_table* table_;
  int64_t row_;
  int32_t column_;
};

// One row: a place in its table, which must outlive it.
class Row {
 public:
  Row(const jiceng_table* table, int64_t index) noexcept : table_(table), index_(index) {}

  int64_t index() const noexcept { return index_; }
  // By the column's name, or by its number where that is looked up once for many rows.
  Cell operator[](const char* column) const noexcept {
    return {table_, index_, jiceng_table_find_column(table_, column)};
  }
  Cell operator[](int32_t column) const noexcept { return {table_, index_, column}; }

 private:
  const jiceng_table* table_;
  int64_t index_;
};

class RowsWhere;

// Named, typed columns of equal length, as a range of rows.  A view: whoever handed it out owns it.
class TableView {
 public:
  using iterator = detail::IndexIterator<TableView>;

  TableView() = default;
  explicit TableView(const jiceng_table* borrowed) noexcept : raw_(borrowed) {}

  const jiceng_table* get() const noexcept { return raw_; }

  int64_t size() const noexcept { return jiceng_table_rows(raw_); }
  bool empty() const noexcept { return size() == 0; }
  Row operator[](int64_t row) const noexcept { return {raw_, row}; }
  iterator begin() const { return {*this, 0}; }
  iterator end() const { return {*this, size()}; }

  int32_t columns() const noexcept { return jiceng_table_columns(raw_); }
  std::string_view column_name(int32_t column) const noexcept { return jiceng_table_column_name(raw_, column); }
  ColumnType column_type(int32_t column) const noexcept {
    return static_cast<ColumnType>(jiceng_table_column_type(raw_, column));
  }
  int32_t FindColumn(const char* name) const noexcept { return jiceng_table_find_column(raw_, name); }  // -1: none
  // size() numbers of a column of an integer type (0 where null), else nullptr.
  const int64_t* numbers(int32_t column) const noexcept { return jiceng_table_int64_column(raw_, column); }

  // Fills a stream of the caller's, who releases it; it outlives the table.
  Result<void> ToArrow(ArrowArrayStream* out) const {
    return detail::Do([&](jiceng_error** error) { return jiceng_table_arrow(raw_, out, error); });
  }

  // The rows whose cell reads so: `shown.Where("section", "tie")` are a node's ties.  The text must outlive the range.
  RowsWhere Where(const char* column, std::string_view text) const noexcept;

 private:
  const jiceng_table* raw_ = nullptr;
};

// A table of one's own.
class Table : public TableView {
 public:
  using Raw = jiceng_table;

  explicit Table(jiceng_table* adopted) noexcept : TableView(adopted), raw_(adopted) {}
  Table(Table&& other) noexcept : Table(other.release()) {}
  Table& operator=(Table&& other) noexcept {
    Handle<jiceng_table, jiceng_table_free> moved(other.release());
    std::swap(raw_, moved);
    TableView::operator=(TableView(raw_.get()));
    return *this;
  }

  jiceng_table* release() noexcept {
    TableView::operator=(TableView());
    return raw_.release();
  }

 private:
  Handle<jiceng_table, jiceng_table_free> raw_;
};

// A table's rows with one text in one column.
class RowsWhere {
 public:
  class iterator {
   public:
    using value_type = Row;
    using reference = Row;
    using difference_type = std::ptrdiff_t;
    using pointer = void;
    using iterator_category = std::input_iterator_tag;

    iterator() = default;
    iterator(const RowsWhere* rows, int64_t row) : rows_(rows), row_(rows->Next(row)) {}

    Row operator*() const { return rows_->table_[row_]; }
    iterator& operator++() { return *this = iterator(rows_, row_ + 1); }
    iterator operator++(int) { return std::exchange(*this, iterator(rows_, row_ + 1)); }
    friend bool operator==(const iterator& a, const iterator& b) { return a.row_ == b.row_; }
    friend bool operator!=(const iterator& a, const iterator& b) { return a.row_ != b.row_; }

   private:
    const RowsWhere* rows_ = nullptr;
    int64_t row_ = 0;
  };

  RowsWhere(TableView table, int32_t column, std::string_view text) noexcept
      : table_(table), column_(column), text_(text) {}

  iterator begin() const { return {this, 0}; }
  iterator end() const { return {this, table_.size()}; }

 private:
  // The first row from `row` on that reads so.
  int64_t Next(int64_t row) const noexcept {
    const int64_t size = table_.size();
    while (row < size && table_[row][column_].text() != text_) ++row;
    return row;
  }

  TableView table_;
  int32_t column_;
  std::string_view text_;
};

inline RowsWhere TableView::Where(const char* column, std::string_view text) const noexcept {
  return {*this, FindColumn(column), text};
}

}  // namespace jiceng

#endif  // JICENG_TABLE_HPP
