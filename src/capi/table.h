// Tables: named, typed columns of equal length, the shape of every list-like answer.
#ifndef JICENG_CAPI_TABLE_H_
#define JICENG_CAPI_TABLE_H_

#include <jiceng/table.h>

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"

namespace jiceng::capi {

// Texts that are read when the first of them is asked for: names, which lie in the store and not in memory.  "" is
// null.
class LazyTexts {
 public:
  explicit LazyTexts(std::function<std::vector<std::string>()> read) : read_(std::move(read)) {}
  // The text of a row, "" where it cannot be read.  Any thread; the first call waits for the store.
  const std::string& At(size_t row) const;

 private:
  const std::function<std::vector<std::string>()> read_;
  mutable std::once_flag once_;
  mutable std::vector<std::string> texts_;
};

struct Column {
  const char* name = "";                  // of static storage
  int32_t type = 0;                       // JICENG_COLUMN_*
  std::vector<uint8_t> null;              // a row each up to the last null; of days: not used, null is 0
  std::vector<int64_t> numbers;           // of integer types: a row each
  std::string bytes;                      // of text types: each text with a NUL behind it
  std::vector<size_t> texts;              // where each text begins, and the end
  std::vector<size_t> lists;              // of lists: which text each row's first is, and the end
  bool of_words = false;                  // a text column of few different texts: then
  std::vector<uint8_t> words;             // which text each row has, or kNoWord
  std::shared_ptr<const LazyTexts> lazy;  // of a text column filled later, instead of the others

  static constexpr uint8_t kNoWord = 255;

  // Of a row that is there.
  bool IsNull(size_t row) const {
    if (lazy != nullptr) return lazy->At(row).empty();
    if (of_words) return words[row] == kNoWord;
    if (type == JICENG_COLUMN_DATE) return numbers[row] == 0;
    return row < null.size() && null[row] != 0;
  }
  // One of its texts, by its place; NUL-terminated.
  std::string_view Text(size_t place) const {
    return {bytes.data() + texts[place], texts[place + 1] - texts[place] - 1};
  }
  // The text of a row of a text column.
  std::string_view TextOf(size_t row) const {
    if (lazy != nullptr) return lazy->At(row);
    if (!of_words) return Text(row);
    return words[row] == kNoWord ? std::string_view("") : Text(words[row]);
  }
};

// Tables may share columns.
struct TableData {
  std::vector<std::shared_ptr<const Column>> columns;
  int64_t rows = 0;
};

}  // namespace jiceng::capi

// Immutable once built, share freely.  Streams made of it share its data and may outlive it.
struct jiceng_table {
  std::shared_ptr<const jiceng::capi::TableData> data;
};

namespace jiceng::capi {

// Builds a table cell by cell, row after row: each call fills the next column.  A call that does not fit the column's
// type is a mistake of ours (asserted).
class TableBuilder {
 public:
  struct Spec {
    const char* name;
    int32_t type;
  };
  TableBuilder(std::initializer_list<Spec> columns);

  void Int64(int64_t value);
  void Int64OrNull(std::optional<int64_t> value);
  void Bool(bool value);
  void Date(base::Date day);  // an end outside the calendar is null
  void Time(int64_t seconds);
  void Text(std::string_view text);
  void Text(std::initializer_list<std::string_view> pieces);  // put together
  void TextOrNull(std::string_view text);                     // "" is null
  void TextList(const std::vector<std::string>& texts);
  void TextViews(const std::vector<std::string_view>& texts);  // likewise a list
  void Null();
  void Later();  // a text that Fill() gives for all rows at once
  void Fill(const char* column, std::function<std::vector<std::string>()> read);
  // Room for so many rows, where their number is known.
  void Reserve(size_t rows);

  std::unique_ptr<jiceng_table> Finish();

 private:
  Column& Next(int32_t type);
  void Number(int32_t type, int64_t value) { Next(type).numbers.push_back(value); }

  std::vector<Column> columns_;
  size_t next_ = 0, row_ = 0;  // the cell to be filled
};

}  // namespace jiceng::capi

#endif  // JICENG_CAPI_TABLE_H_
