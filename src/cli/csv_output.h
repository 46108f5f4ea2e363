// Tables as CSV for programs: RFC 4180 with a header of stable English names, UTF-8, lines ended by LF.
#ifndef JICENG_CLI_CSV_OUTPUT_H_
#define JICENG_CLI_CSV_OUTPUT_H_

#include <string>
#include <string_view>

#include "cli/grid.h"
#include "cli/output.h"

namespace jiceng::cli {

// Appends one cell, quoted where it must be.
void AppendCsvCell(std::string_view cell, std::string* out);

// `header` false: rows only, to go on after another page.
void WriteCsv(const Grid& grid, bool header, Output* out);
inline void WriteCsv(const Grid& grid, Output* out) { WriteCsv(grid, true, out); }

}  // namespace jiceng::cli

#endif  // JICENG_CLI_CSV_OUTPUT_H_
