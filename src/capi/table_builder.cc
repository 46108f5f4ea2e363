#include <cassert>

#include "capi/table.h"

namespace jiceng::capi {
namespace {

void Append(std::string_view text, Column* column) {
  column->bytes.append(text);
  column->bytes.push_back('\0');
  column->texts.push_back(column->bytes.size());
}

}  // namespace

TableBuilder::TableBuilder(std::initializer_list<Spec> columns) : table_(std::make_shared<TableData>()) {
  table_->columns.reserve(columns.size());
  for (const Spec& spec : columns) {
    Column& column = table_->columns.emplace_back();
    column.name = spec.name;
    column.type = spec.type;
    if (spec.type == JICENG_COLUMN_TEXT || spec.type == JICENG_COLUMN_TEXT_LIST) column.texts.push_back(0);
    if (spec.type == JICENG_COLUMN_TEXT_LIST) column.lists.push_back(0);
  }
}

Column& TableBuilder::Next(int32_t type, bool null) {
  Column& column = table_->columns[next_];
  assert(column.type == type);
  static_cast<void>(type);
  next_ = (next_ + 1) % table_->columns.size();
  column.null.push_back(null ? 1 : 0);
  return column;
}

void TableBuilder::Int64(int64_t value) { Number(JICENG_COLUMN_INT64, value); }
void TableBuilder::Bool(bool value) { Number(JICENG_COLUMN_BOOL, value ? 1 : 0); }
void TableBuilder::Time(int64_t seconds) { Number(JICENG_COLUMN_TIME, seconds); }

void TableBuilder::Date(base::Date day) {
  if (!day.IsFinite()) return Null();
  Number(JICENG_COLUMN_DATE, day.ToNumber());
}

void TableBuilder::Text(std::string_view text) { Append(text, &Next(JICENG_COLUMN_TEXT, false)); }

void TableBuilder::TextOrNull(std::string_view text) {
  if (text.empty()) return Null();
  Text(text);
}

void TableBuilder::TextList(const std::vector<std::string>& texts) {
  Column& column = Next(JICENG_COLUMN_TEXT_LIST, false);
  for (const std::string& text : texts) Append(text, &column);
  column.lists.push_back(column.texts.size() - 1);
}

void TableBuilder::Null() {
  Column& column = Next(table_->columns[next_].type, true);
  switch (column.type) {
    case JICENG_COLUMN_TEXT:
      return Append({}, &column);
    case JICENG_COLUMN_TEXT_LIST:
      return column.lists.push_back(column.texts.size() - 1);
    default:
      return column.numbers.push_back(0);
  }
}

void TableBuilder::Later() { Next(JICENG_COLUMN_TEXT, false); }

void TableBuilder::Fill(const char* column, std::function<std::vector<std::string>()> read) {
  for (Column& one : table_->columns) {
    if (one.name != std::string_view(column)) continue;
    one.lazy = std::make_shared<const LazyTexts>(std::move(read));
    return;
  }
}

const std::string& LazyTexts::At(size_t row) const {
  static const std::string* const nothing = new std::string();
  // What is thrown stays inside: a name that cannot be read is a name that is not there.
  try {
    std::call_once(once_, [this] { texts_ = read_(); });
  } catch (...) {
    return *nothing;
  }
  return row < texts_.size() ? texts_[row] : *nothing;
}

std::unique_ptr<jiceng_table> TableBuilder::Finish() {
  assert(next_ == 0);
  table_->rows = table_->columns.empty() ? 0 : static_cast<int64_t>(table_->columns[0].null.size());
  auto table = std::make_unique<jiceng_table>();
  table->data = std::move(table_);
  return table;
}

}  // namespace jiceng::capi
