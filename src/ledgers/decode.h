// From a file's bytes to UTF-8 text, or the reason why it is no CSV.
#ifndef JICENG_LEDGERS_DECODE_H_
#define JICENG_LEDGERS_DECODE_H_

#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "ledgers/ledger.h"

namespace jiceng::ledgers {

// The text of a source: its own bytes without the byte order mark, or converted ones.  Stays where it is, as `text` may
// look into `converted`.
struct DecodedText {
  DecodedText() = default;
  DecodedText(const DecodedText&) = delete;
  DecodedText& operator=(const DecodedText&) = delete;

  std::string_view text;
  std::string converted;
};

// Valid UTF-8 is taken as such, else the whole is GB18030.  Errors, in `diagnostics` too: INVALID_ARGUMENT, reasons
// NOT_CSV (a workbook, a web page), UTF16, NUL_BYTE, BAD_ENCODING with byte and row.
absl::Status Decode(const Source& source, Diagnostics* diagnostics, DecodedText* decoded);

// Adds an error of a whole file and gives it as a status; `column` and `cell` may be empty, and so may be the row (0).
absl::Status FileError(Problem problem, Diagnostics* diagnostics);

// A cell for people to look at: cut to some 200 bytes at a character's end.
std::string ClipCell(std::string_view cell);

}  // namespace jiceng::ledgers

#endif  // JICENG_LEDGERS_DECODE_H_
