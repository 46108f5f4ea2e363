// What a side answers, cell by cell.  A question is asked with a sink: the timed runs only look at every cell, the
// check before them keeps the rows, so what is timed is what was checked.
#ifndef JICENG_BENCHMARKS_ANSWER_H_
#define JICENG_BENCHMARKS_ANSWER_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace jiceng::benchmarks {

// Looks at every cell, keeps a count.
class CountingSink {
 public:
  void Text(std::string_view text) { sum_ += text.size(); }
  void Int(int64_t value) { sum_ += value; }
  void Null() { ++sum_; }
  void ListItem(std::string_view text) { sum_ += text.size(); }
  void EndRow() { ++rows_; }

  int64_t rows() const { return rows_; }
  int64_t sum() const { return sum_; }  // for benchmark::DoNotOptimize

 private:
  int64_t rows_ = 0;
  int64_t sum_ = 0;
};

// Keeps the rows as texts.
class KeepingSink {
 public:
  void Text(std::string_view text) { Cell(text); }
  void Int(int64_t value) { Cell(std::to_string(value)); }
  void Null() { Cell("-"); }
  void ListItem(std::string_view text) { list_.emplace_back(text); }
  // The items of a list have no order of their own.
  void EndRow() {
    std::sort(list_.begin(), list_.end());
    for (const std::string& item : list_) Cell(item);
    list_.clear();
    rows_.push_back(std::move(row_));
    row_.clear();
  }

  // Bytewise.
  std::vector<std::string> SortedRows() && {
    std::sort(rows_.begin(), rows_.end());
    return std::move(rows_);
  }

 private:
  void Cell(std::string_view text) {
    if (!row_.empty()) row_ += " | ";
    row_ += text;
  }

  std::string row_;
  std::vector<std::string> list_;
  std::vector<std::string> rows_;
};

}  // namespace jiceng::benchmarks

#endif  // JICENG_BENCHMARKS_ANSWER_H_
