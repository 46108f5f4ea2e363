// CSV as RFC 4180 has it, cut into records and cells without copying.
#ifndef JICENG_LEDGERS_CSV_H_
#define JICENG_LEDGERS_CSV_H_

#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

namespace jiceng::ledgers {

// One record.  Cells are views of the text, or of the reader's memory where quotes were doubled; both end with the next
// record.
struct CsvRecord {
  enum Defect : uint8_t {
    kNone,
    kTextAfterQuote,  // "a"b
    kUnclosedQuote,   // the text ended inside quotes: this record swallowed all the rest
  };
  int64_t row =
      0;  // as a spreadsheet numbers it: every record counts, empty ones too, and a cell of several lines is one row
  std::vector<std::string_view> cells;  // at least one
  Defect defect = kNone;
  size_t defect_cell = 0;  // position of the first cell with the defect
};

// Cuts a text into records.  Lines end with LF, CRLF or CR; a quote opens a quoted cell only as its first byte and is a
// letter like any other elsewhere.  Any bytes are accepted.  One thread at a time.
class CsvReader {
 public:
  explicit CsvReader(std::string_view text, char separator = ',');

  // Reads the next record; false at the end.  A line end at the end of the text does not begin another record.
  bool Next(CsvRecord* record);
  size_t position() const { return position_; }  // bytes read

 private:
  void Seek(size_t position);
  size_t NextStop();
  uint64_t StopsAt(size_t block) const;
  std::string_view ReadQuoted(CsvRecord* record);

  std::string_view text_;
  char separator_;
  size_t position_ = 0;  // first byte of the next cell
  int64_t row_ = 0;
  // The stops (separators and line ends) of the 64 bytes from block_ on that were not yet taken, one bit each.
  size_t block_ = 0;
  uint64_t stops_ = 0;
  std::deque<std::string> unescaped_;  // a deque, so that growing does not move the strings cells look into
  size_t unescaped_used_ = 0;
};

}  // namespace jiceng::ledgers

#endif  // JICENG_LEDGERS_CSV_H_
