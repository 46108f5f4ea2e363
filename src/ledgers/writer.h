// Ledgers out: CSV as the contract reads it back.
#ifndef JICENG_LEDGERS_WRITER_H_
#define JICENG_LEDGERS_WRITER_H_

#include <cstdio>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace jiceng::ledgers {

// Writes one CSV file: UTF-8 with BOM so that Excel reads it, CRLF-free, quoting only where RFC 4180 needs it.
// Buffered; the file is complete only after Close() returned OK, which also reports any earlier failure: NOT_FOUND,
// PERMISSION_DENIED, RESOURCE_EXHAUSTED (disk full), UNAVAILABLE, and FAILED_PRECONDITION for a second Close().  One
// thread at a time.
class CsvWriter {
 public:
  static absl::StatusOr<CsvWriter> Create(const std::string& path, const std::vector<std::string>& header);
  // Writes the same bytes to the end of a text, which outlives the writer.
  static CsvWriter Into(std::string* memory, const std::vector<std::string>& header);
  CsvWriter(CsvWriter&& other) noexcept;
  CsvWriter& operator=(CsvWriter&& other) noexcept;
  ~CsvWriter();

  void Cell(std::string_view text);
  void EndRow();
  absl::Status Close();

 private:
  CsvWriter() = default;
  void Begin(const std::vector<std::string>& header);
  void Flush();

  std::FILE* file_ = nullptr;      // either this
  std::string* memory_ = nullptr;  // or this, until it is closed
  std::string path_, buffer_;
  bool row_started_ = false;
  bool lone_empty_ = false;  // the row so far is one empty cell
  bool failed_ = false;
  int error_ = 0;  // errno of the first failure
};

// Writes a file that is no ledger, whole.  Errors: those of CsvWriter::Close().
absl::Status WriteWhole(const std::string& path, std::string_view bytes);

}  // namespace jiceng::ledgers

#endif  // JICENG_LEDGERS_WRITER_H_
