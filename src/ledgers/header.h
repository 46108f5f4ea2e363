// The header row of a ledger: which column stands where, and what to say when it does not fit.
#ifndef JICENG_LEDGERS_HEADER_H_
#define JICENG_LEDGERS_HEADER_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "ledgers/csv.h"
#include "ledgers/ledger.h"

namespace jiceng::ledgers {

struct Header {
  std::vector<int> place;       // of each column of the spec: its position in the file, or -1
  size_t width = 0;             // columns of the file, without empty ones at its end (spreadsheets leave them)
  std::vector<size_t> further;  // of an open ledger: where its further columns stand
};

// Errors, in `diagnostics` too: INVALID_ARGUMENT, reasons BAD_SEPARATOR, MISSING_COLUMN, DOUBLED_COLUMN.
absl::StatusOr<Header> MatchHeader(const LedgerSpec& spec, const std::string& file, const CsvRecord& record,
                                   Diagnostics* diagnostics);

// The separator a header of one column was really written with, '\0' when there is none: semicolon, tab, bar,
// full-width comma ('W').
char ForeignSeparator(const CsvRecord& record);
std::string SeparatorAdvice(char separator);

// A column's letter as in a spreadsheet: 0 is A, 26 is AA.
std::string ColumnLetter(size_t position);

}  // namespace jiceng::ledgers

#endif  // JICENG_LEDGERS_HEADER_H_
