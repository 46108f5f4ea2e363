// A quick reader of ledgers for the peers: what a competent user would write in an afternoon, with nothing in it that
// slows a peer down.
#ifndef JICENG_BENCHMARKS_LEDGER_READER_H_
#define JICENG_BENCHMARKS_LEDGER_READER_H_

#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

namespace jiceng::benchmarks {

// Half-open intervals of YYYYMMDD: an empty `from` is kBegin, an empty `to` kEnd.
constexpr int32_t kBegin = 0;
constexpr int32_t kEnd = 99999999;

// YYYY[-MM[-DD]] as YYYYMMDD, a month or day not given being the first; `empty` for an empty cell.  Ledgers here come
// from `jiceng synth` and are well formed, so nothing is checked.
int32_t DateOf(std::string_view cell, int32_t empty);

// One CSV file with a header row (RFC 4180, UTF-8, BOM allowed), mapped and read row by row.  A file that is not there
// has no rows. Cells are views that live as long as the reader.
class LedgerReader {
 public:
  explicit LedgerReader(const std::string& path);
  ~LedgerReader();
  LedgerReader(const LedgerReader&) = delete;
  LedgerReader& operator=(const LedgerReader&) = delete;

  // The position of a column, or one past the last when the file has none of that name: its cells are empty.
  size_t Column(std::string_view name) const;
  // Moves on to the next row; false after the last.
  bool Next();
  std::string_view Cell(size_t column) const { return column < cells_.size() ? cells_[column] : std::string_view(); }

 private:
  bool ReadRow();
  std::string_view ReadQuoted();

  const char* data_ = nullptr;
  size_t size_ = 0;
  const char* at_ = nullptr;
  const char* end_ = nullptr;
  std::vector<std::string> header_;
  std::vector<std::string_view> cells_;
  std::deque<std::string> unquoted_;
};

// Numbers 1, 2, 3 … for texts in the order they are added: an open-addressing table over views that must outlive it.
class TextNumbers {
 public:
  // Adds the text if it is new; returns its number.
  int32_t Add(std::string_view text);
  // 0 when the text was never added.
  int32_t Find(std::string_view text) const;
  int32_t size() const { return static_cast<int32_t>(texts_.size()); }
  std::string_view Text(int32_t number) const { return texts_[number - 1]; }

 private:
  size_t Slot(std::string_view text) const;
  void Grow();

  std::vector<std::string_view> texts_;
  std::vector<int32_t> slots_;
};

}  // namespace jiceng::benchmarks

#endif  // JICENG_BENCHMARKS_LEDGER_READER_H_
