// A CSV file being written (RFC 4180, UTF-8, LF): large buffer, no locale, no float.
#ifndef JICENG_CLI_SYNTH_CSV_FILE_H_
#define JICENG_CLI_SYNTH_CSV_FILE_H_

#include <cstdint>
#include <cstdio>
#include <memory>
#include <string>
#include <string_view>

#include "cli/synth/dates.h"

namespace jiceng::cli {

// A day as a cell: empty for kNoDay, else ISO at the given precision.
struct DateCell {
  enum Precision : uint8_t { kDay, kMonth, kYear };
  Day day;
  Precision precision = kDay;
};

// Moves, does not copy.  A failed write is remembered and told by Close.
class CsvFile {
 public:
  bool Open(const std::string& path, std::string_view header, std::string* error);
  // Flushes and closes; false when any byte was not written.
  bool Close(std::string* error);

  template <typename... Cells>
  void Row(const Cells&... cells) {
    ((Append(cells), buffer_.push_back(',')), ...);
    buffer_.back() = '\n';
    ++rows_;
    if (buffer_.size() >= kFlushAt) Flush();
  }
  int64_t rows() const { return rows_; }

 private:
  static constexpr size_t kFlushAt = size_t{1} << 20;
  struct Closer {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };

  void Append(std::string_view text);
  void Append(const std::string& text) { Append(std::string_view(text)); }
  void Append(const char* text) { Append(std::string_view(text)); }
  void Append(int64_t number);
  void Append(int32_t number) { Append(static_cast<int64_t>(number)); }
  void Append(DateCell date);
  void Flush();

  std::unique_ptr<std::FILE, Closer> file_;
  std::string path_, buffer_;
  int64_t rows_ = 0;
  bool failed_ = false;
};

}  // namespace jiceng::cli

#endif  // JICENG_CLI_SYNTH_CSV_FILE_H_
