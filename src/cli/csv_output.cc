#include "cli/csv_output.h"

namespace jiceng::cli {

void AppendCsvCell(std::string_view cell, std::string* out) {
  if (cell.find_first_of(",\"\r\n") == std::string_view::npos) {
    out->append(cell);
    return;
  }
  out->push_back('"');
  for (char c : cell) {
    if (c == '"') out->push_back('"');
    out->push_back(c);
  }
  out->push_back('"');
}

void WriteCsv(const Grid& grid, bool header, Output* out) {
  std::string line, cell;
  const int columns = static_cast<int>(grid.columns().size());
  for (int c = 0; c < columns; ++c) {
    if (c > 0) line.push_back(',');
    AppendCsvCell(grid.columns()[c].name, &line);
  }
  if (header) out->Line(line);
  for (int64_t r = 0; r < grid.rows(); ++r) {
    line.clear();
    for (int c = 0; c < columns; ++c) {
      if (c > 0) line.push_back(',');
      cell.clear();
      grid.AppendPlain(r, c, &cell);
      AppendCsvCell(cell, &line);
    }
    out->Line(line);
  }
}

}  // namespace jiceng::cli
