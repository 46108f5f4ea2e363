// Fast appending to one table.
#ifndef JICENG_STORE_SQLITE_INSERTER_H_
#define JICENG_STORE_SQLITE_INSERTER_H_

#include <cstdint>
#include <string_view>

#include "absl/status/status.h"
#include "base/date.h"
#include "store/sqlite/connection.h"

namespace jiceng::store {

// Inserts rows value by value, many rows a statement: starting and ending a statement costs as much as a narrow row
// itself (docs/store-format.md has the figures).  Rows whose ids follow each other leave the ids to SQLite, which then
// appends without looking for each one's place.  The statements are prepared once and kept.
class Inserter {
 public:
  Inserter(const char* table, int columns) : table_(table), columns_(columns) {}

  // Begins `rows` rows; exactly so many EndRow() must follow.  `consecutive`: they are given by Row(), each id follows
  // the one before, and the table has none behind them.
  absl::Status Begin(Connection* connection, int64_t rows, bool consecutive = false);

  // The first column, the row's id.
  void Row(int64_t id) {
    id_ = id;
    if (current_ != &next_) Int(id);
  }
  void Int(int64_t value) { sqlite3_bind_int64(raw_, ++parameter_, value); }
  void IntOrNull(int64_t value, int64_t null) { value == null ? Null() : Int(value); }
  void Null() { sqlite3_bind_null(raw_, ++parameter_); }
  // Text and blobs must outlive the whole append.
  void Text(std::string_view value) { current_->BindText(++parameter_, value); }
  // A text; an integer where one gives back the same text, in half the bytes or less.
  void TextOrDecimal(std::string_view value);
  void Blob(std::string_view value) { current_->BindBlob(++parameter_, value); }
  // An open end is NULL.
  void From(base::Date day) { IntOrNull(day.days(), base::Date::Beginning().days()); }
  void To(base::Date day) { IntOrNull(day.days(), base::Date::Forever().days()); }
  absl::Status EndRow();

  void Forget();

 private:
  static constexpr int kManyRows = 32;
  absl::Status Prepare(Connection* connection, bool consecutive);
  void Choose();

  const char* table_;
  int columns_;
  Statement one_, many_, next_;  // next_: many rows that take the ids behind the table's last
  Connection* connection_ = nullptr;
  Statement* current_ = nullptr;
  sqlite3_stmt* raw_ = nullptr;
  int parameter_ = 0;
  int rows_in_statement_ = 0;
  int64_t remaining_ = 0, id_ = 0;
  bool consecutive_ = false;  // and the first one is in
};

}  // namespace jiceng::store

#endif  // JICENG_STORE_SQLITE_INSERTER_H_
