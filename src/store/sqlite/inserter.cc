#include "store/sqlite/inserter.h"

#include <algorithm>
#include <string>

#include "base/status.h"
#include "base/strings.h"
#include "store/sqlite/schema.h"

namespace jiceng::store {
namespace {

// `names` is empty for all columns.
std::string InsertSql(const char* table, std::string_view names, int columns, int rows) {
  std::string row = "(?";
  for (int i = 1; i < columns; ++i) row += ",?";
  row += ")";
  std::string sql = base::StrCat("INSERT INTO ", table, names, " VALUES", row);
  for (int i = 1; i < rows; ++i) absl::StrAppend(&sql, ",", row);
  return sql;
}

}  // namespace

absl::Status Inserter::Prepare(Connection* connection, bool consecutive) {
  connection_ = connection;
  if (!one_.prepared()) RETURN_IF_ERROR(one_.Prepare(connection, InsertSql(table_, "", columns_, 1)));
  if (remaining_ < kManyRows) return absl::OkStatus();
  if (!consecutive) return many_.Prepare(connection, InsertSql(table_, "", columns_, kManyRows));
  if (next_.prepared()) return absl::OkStatus();
  ASSIGN_OR_RETURN(
      const std::string names,
      connection->QueryText(
          base::StrCat("SELECT '(' || group_concat(name) || ')' FROM pragma_table_info('", table_, "') WHERE NOT pk")
              .c_str()));
  return next_.Prepare(connection, InsertSql(table_, names, columns_ - 1, kManyRows));
}

absl::Status Inserter::Begin(Connection* connection, int64_t rows, bool consecutive) {
  remaining_ = rows;
  parameter_ = 0;
  consecutive_ = false;
  if (rows == 0) return absl::OkStatus();
  RETURN_IF_ERROR(Prepare(connection, consecutive));
  // An append cut short by an error may have left any of them half bound, which does no harm, or half run, which holds
  // locks.
  for (Statement* statement : {&one_, &many_, &next_}) {
    if (statement->prepared()) statement->Reset();
  }
  Choose();
  if (consecutive) {
    current_ = &one_;  // the first row says where the others follow
    raw_ = current_->raw();
    consecutive_ = true;
  }
  return absl::OkStatus();
}

void Inserter::Choose() {
  current_ = remaining_ < kManyRows ? &one_ : consecutive_ ? &next_ : &many_;
  raw_ = current_->raw();
  rows_in_statement_ = 0;
  parameter_ = 0;
}

void Inserter::TextOrDecimal(std::string_view value) {
  constexpr size_t kMostDigits = 18;  // of any 64-bit integer
  const bool decimal = !value.empty() && value.size() <= kMostDigits && (value.front() != '0' || value.size() == 1) &&
                       std::all_of(value.begin(), value.end(), [](char c) { return '0' <= c && c <= '9'; });
  if (!decimal) return Text(value);
  int64_t number = 0;
  for (char c : value) number = number * 10 + (c - '0');
  Int(number);
}

absl::Status Inserter::EndRow() {
  --remaining_;
  if (++rows_in_statement_ < (current_ == &one_ ? 1 : kManyRows)) return absl::OkStatus();
  RETURN_IF_ERROR(current_->Run());
  if (current_ == &next_ && sqlite3_last_insert_rowid(connection_->db()) != id_) {
    return CorruptError(connection_->path(),
                        base::StrCat("table ", table_, " has rows of a commit that is not in the log"));
  }
  Choose();
  return absl::OkStatus();
}

void Inserter::Forget() {
  one_.Forget();
  many_.Forget();
  next_.Forget();
}

}  // namespace jiceng::store
