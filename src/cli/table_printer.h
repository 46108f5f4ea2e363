// Tables for people: columns aligned by display width, numbers to the right, a heading and a rule above.
#ifndef JICENG_CLI_TABLE_PRINTER_H_
#define JICENG_CLI_TABLE_PRINTER_H_

#include "cli/grid.h"
#include "cli/output.h"
#include "cli/wording.h"

namespace jiceng::cli {

struct TableStyle {
  int width = 0;  // of the terminal: long texts are cut with "…" to fit, identifiers never; 0: nothing is cut
  bool color = false;
  bool hide_empty = false;  // leave out columns without any value
  int indent = 0;           // spaces before each line
};

void PrintTable(const Grid& grid, const Wording& wording, const TableStyle& style, Output* out);

}  // namespace jiceng::cli

#endif  // JICENG_CLI_TABLE_PRINTER_H_
