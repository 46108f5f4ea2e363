#include <cassert>

#include "capi/table.h"

namespace jiceng::capi {
namespace {

void Append(std::initializer_list<std::string_view> pieces, Column* column) {
  for (const std::string_view piece : pieces) column->bytes.append(piece);
  column->bytes.push_back('\0');
  column->texts.push_back(column->bytes.size());
}

}  // namespace

TableBuilder::TableBuilder(std::initializer_list<Spec> columns) {
  columns_.reserve(columns.size());
  for (const Spec& spec : columns) {
    Column& column = columns_.emplace_back();
    column.name = spec.name;
    column.type = spec.type;
    if (spec.type == JICENG_COLUMN_TEXT || spec.type == JICENG_COLUMN_TEXT_LIST) column.texts.push_back(0);
    if (spec.type == JICENG_COLUMN_TEXT_LIST) column.lists.push_back(0);
  }
}

void TableBuilder::Reserve(size_t rows) {
  for (Column& column : columns_) {
    const bool is_text = column.type == JICENG_COLUMN_TEXT || column.type == JICENG_COLUMN_TEXT_LIST;
    if (is_text) {
      column.texts.reserve(rows + 1);
    } else {
      column.numbers.reserve(rows);
    }
  }
}

Column& TableBuilder::Next(int32_t type) {
  Column& column = columns_[next_];
  assert(column.type == type);
  static_cast<void>(type);
  if (++next_ == columns_.size()) {
    next_ = 0;
    ++row_;
  }
  return column;
}

void TableBuilder::Int64(int64_t value) { Number(JICENG_COLUMN_INT64, value); }
void TableBuilder::Int64OrNull(std::optional<int64_t> value) { return value.has_value() ? Int64(*value) : Null(); }
void TableBuilder::Bool(bool value) { Number(JICENG_COLUMN_BOOL, value ? 1 : 0); }
void TableBuilder::Time(int64_t seconds) { Number(JICENG_COLUMN_TIME, seconds); }

void TableBuilder::Date(base::Date day) {
  if (!day.IsFinite()) return Null();
  Number(JICENG_COLUMN_DATE, day.ToNumber());
}

void TableBuilder::Text(std::string_view text) { Append({text}, &Next(JICENG_COLUMN_TEXT)); }

void TableBuilder::Text(std::initializer_list<std::string_view> pieces) { Append(pieces, &Next(JICENG_COLUMN_TEXT)); }

void TableBuilder::TextOrNull(std::string_view text) {
  if (text.empty()) return Null();
  Text(text);
}

void TableBuilder::TextList(const std::vector<std::string>& texts) {
  TextViews(std::vector<std::string_view>(texts.begin(), texts.end()));
}

void TableBuilder::TextViews(const std::vector<std::string_view>& texts) {
  Column& column = Next(JICENG_COLUMN_TEXT_LIST);
  for (const std::string_view text : texts) Append({text}, &column);
  column.lists.push_back(column.texts.size() - 1);
}

void TableBuilder::Null() {
  const size_t row = row_;
  Column& column = Next(columns_[next_].type);
  if (column.type != JICENG_COLUMN_DATE) {
    column.null.resize(row);
    column.null.push_back(1);
  }
  switch (column.type) {
    case JICENG_COLUMN_TEXT:
      return Append({}, &column);
    case JICENG_COLUMN_TEXT_LIST:
      return column.lists.push_back(column.texts.size() - 1);
    default:
      return column.numbers.push_back(0);
  }
}

void TableBuilder::Later() { Next(JICENG_COLUMN_TEXT); }

void TableBuilder::Fill(const char* column, std::function<std::vector<std::string>()> read) {
  for (Column& one : columns_) {
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
  auto data = std::make_shared<TableData>();
  data->rows = static_cast<int64_t>(row_);
  data->columns.reserve(columns_.size());
  for (Column& column : columns_) data->columns.push_back(std::make_shared<const Column>(std::move(column)));
  auto table = std::make_unique<jiceng_table>();
  table->data = std::move(data);
  return table;
}

}  // namespace jiceng::capi
