#include "store/sqlite/inserter.h"

#include <string>

#include "base/status.h"
#include "base/strings.h"

namespace jiceng::store {
namespace {

std::string InsertSql(const char* table, int columns, int rows) {
  std::string row = "(?";
  for (int i = 1; i < columns; ++i) row += ",?";
  row += ")";
  std::string sql = base::StrCat("INSERT INTO ", table, " VALUES", row);
  for (int i = 1; i < rows; ++i) absl::StrAppend(&sql, ",", row);
  return sql;
}

}  // namespace

absl::Status Inserter::Begin(Connection* connection, int64_t rows) {
  remaining_ = rows;
  parameter_ = 0;
  if (rows == 0) return absl::OkStatus();
  // An append cut short by an error may have left either of them half bound, which does no harm, or half run, which
  // holds locks.
  if (!one_.prepared()) RETURN_IF_ERROR(one_.Prepare(connection, InsertSql(table_, columns_, 1)));
  one_.Reset();
  if (rows >= kManyRows && !many_.prepared()) {
    RETURN_IF_ERROR(many_.Prepare(connection, InsertSql(table_, columns_, kManyRows)));
  }
  if (many_.prepared()) many_.Reset();
  Choose();
  return absl::OkStatus();
}

void Inserter::Choose() {
  current_ = remaining_ >= kManyRows ? &many_ : &one_;
  raw_ = current_->raw();
  rows_in_statement_ = 0;
  parameter_ = 0;
}

absl::Status Inserter::EndRow() {
  --remaining_;
  if (++rows_in_statement_ < (current_ == &many_ ? kManyRows : 1)) return absl::OkStatus();
  RETURN_IF_ERROR(current_->Run());
  Choose();
  return absl::OkStatus();
}

void Inserter::Forget() {
  one_.Forget();
  many_.Forget();
}

}  // namespace jiceng::store
