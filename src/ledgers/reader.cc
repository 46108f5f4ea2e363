#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/base/optimization.h"
#include "base/codes.h"
#include "base/status.h"
#include "ledgers/cell.h"
#include "ledgers/csv.h"
#include "ledgers/decode.h"
#include "ledgers/header.h"
#include "ledgers/ledger.h"
#include "ledgers/strings.h"

namespace jiceng::ledgers {
namespace {

constexpr size_t kProgressStep = size_t{1} << 20;

bool IsBlank(const CsvRecord& record, size_t from = 0) {
  return std::all_of(record.cells.begin() + static_cast<std::ptrdiff_t>(std::min(from, record.cells.size())),
                     record.cells.end(), [](std::string_view cell) { return TrimCell(cell).empty(); });
}

// One pass over a ledger's rows.  The rules between cells of a row (intervals, one of two) come from the spec like the
// types.
class LedgerPass {
 public:
  LedgerPass(const LedgerSpec& spec, const std::string& file, Header header, const model::Catalogue& catalogue,
             Diagnostics* diagnostics)
      : spec_(spec),
        file_(file),
        header_(std::move(header)),
        diagnostics_(diagnostics),
        cells_(spec.columns.size() + header_.further.size()) {
    for (const ColumnSpec& column : spec.columns) readers_.emplace_back(column.type, &catalogue, spec.tie);
    if (!header_.further.empty()) further_.emplace(CellType::kText, &catalogue, spec.tie);
  }

  // True when the row is well formed; its cells are then in cells().
  bool Read(const CsvRecord& record) {
    if (ABSL_PREDICT_FALSE(record.cells.size() != header_.width || record.defect != CsvRecord::kNone) &&
        !CheckShape(record)) {
      return false;
    }
    bool ok = true;
    const size_t own = spec_.columns.size();
    for (size_t c = 0; c < own; ++c) ok &= ReadCell(record, c);
    for (size_t c = own; c < cells_.size(); ++c) ok &= ReadFurther(record, header_.further[c - own], &cells_[c]);
    return ok && CheckBetweenCells(record.row);
  }
  absl::Span<const Cell> cells() const { return cells_; }

 private:
  bool CheckShape(const CsvRecord& record) {
    if (record.defect == CsvRecord::kUnclosedQuote) {
      AddError(record.row, "", record.cells[record.defect_cell], "UNCLOSED_QUOTE",
               Cat("the quote that opens the cell in column ", ColumnLetter(record.defect_cell),
                   " is never closed, so all that follows is in this cell; close it, or double a quote that is meant"));
      return false;
    }
    if (record.defect == CsvRecord::kTextAfterQuote) {
      AddError(record.row, "", record.cells[record.defect_cell], "BAD_QUOTE",
               Cat("text after the closing quote in column ", ColumnLetter(record.defect_cell),
                   "; double the quotes inside a quoted cell"));
      return false;
    }
    const size_t width = record.cells.size();
    if (width < header_.width) {
      AddError(record.row, "", "", "ROW_TOO_SHORT",
               Cat(width, " cells; expected ", header_.width, " as in the header, a comma between each two"));
      return false;
    }
    if (!IsBlank(record, header_.width)) {
      AddError(
          record.row, "", record.cells[header_.width], "ROW_TOO_LONG",
          Cat(width, " cells; expected ", header_.width, " as in the header; put a cell that holds a comma in quotes"));
      return false;
    }
    return true;  // empty cells beyond the last header: spreadsheets leave them
  }

  bool ReadCell(const CsvRecord& record, size_t c) {
    const ColumnSpec& column = spec_.columns[c];
    Cell& cell = cells_[c];
    const int place = header_.place[c];
    const std::string_view text = place < 0 ? std::string_view() : TrimCell(record.cells[static_cast<size_t>(place)]);
    if (text.empty()) {
      cell = Cell();
      if (ABSL_PREDICT_TRUE(!column.not_empty)) return true;
      AddError(record.row, column.name, "", "EMPTY_CELL",
               Cat("`", column.name, "` is empty; expected a value in every row"));
      return false;
    }
    if (ABSL_PREDICT_FALSE(!readers_[c].Read(text, &cell, &fault_))) {
      AddError(record.row, column.name, text, fault_.code, fault_.message);
      return false;
    }
    if (column.type == CellType::kUnitCode && !base::IsUnitCode(cell.text)) {
      diagnostics_->AddWarning(
          {file_, record.row, column.name, ClipCell(text), "ODD_CODE",
           "no division code (2, 4, 6, 9 or 12 digits) or grid code (12 digits and 2 or 3 more); kept as it is"});
    }
    return true;
  }

  bool ReadFurther(const CsvRecord& record, size_t place, Cell* cell) {
    const std::string_view text = TrimCell(record.cells[place]);
    *cell = Cell();
    if (text.empty() || further_->Read(text, cell, &fault_)) return true;
    AddError(record.row, Cat("column ", ColumnLetter(place)), text, fault_.code, fault_.message);
    return false;
  }

  bool CheckBetweenCells(int64_t row) {
    for (const IntervalSpec& interval : spec_.intervals) {
      const Cell& first = cells_[static_cast<size_t>(interval.first)];
      const Cell& second = cells_[static_cast<size_t>(interval.second)];
      if (!first.present || !second.present || first.date < second.date ||
          (interval.same_day_ok && first.date == second.date)) {
        continue;
      }
      const char* first_name = spec_.columns[static_cast<size_t>(interval.first)].name;
      const char* second_name = spec_.columns[static_cast<size_t>(interval.second)].name;
      AddError(row, second_name, second.text, "EMPTY_INTERVAL",
               interval.same_day_ok
                   ? Cat("`", second_name, "` ", second.text, " is before `", first_name, "` ", first.text)
                   : Cat("`", second_name, "` ", second.text, " is not after `", first_name, "` ", first.text,
                         "; expected the first day on which it no longer holds, or nothing"));
      return false;
    }
    if (spec_.one_of.empty()) return true;
    const auto filled = std::count_if(spec_.one_of.begin(), spec_.one_of.end(),
                                      [&](int c) { return cells_[static_cast<size_t>(c)].present; });
    if (ABSL_PREDICT_TRUE(filled == 1)) return true;
    const char* first_name = spec_.columns[static_cast<size_t>(spec_.one_of[0])].name;
    const char* second_name = spec_.columns[static_cast<size_t>(spec_.one_of[1])].name;
    AddError(row, first_name, cells_[static_cast<size_t>(spec_.one_of[0])].text, "ONE_TARGET",
             Cat(filled == 0 ? "neither `" : "both `", first_name, filled == 0 ? "` nor `" : "` and `", second_name,
                 filled == 0 ? "` is" : "` are", " filled; expected exactly one"));
    return false;
  }

  void AddError(int64_t row, std::string_view column, std::string_view cell, std::string_view code,
                std::string message) {
    diagnostics_->AddError({file_, row, std::string(column), ClipCell(cell), std::string(code), std::move(message)});
  }

  const LedgerSpec& spec_;
  const std::string& file_;
  Header header_;
  Diagnostics* diagnostics_;
  std::vector<CellReader> readers_;
  std::optional<CellReader> further_;  // of all further columns: as text they share no memory
  std::vector<Cell> cells_;
  CellFault fault_;
};

}  // namespace

absl::Status ReadLedger(Ledger ledger, const Source& source, const model::Catalogue& catalogue,
                        Diagnostics* diagnostics,
                        absl::FunctionRef<void(int64_t row, absl::Span<const Cell> cells)> row,
                        absl::FunctionRef<bool(int64_t bytes)> progress, std::vector<std::string>* further) {
  const LedgerSpec& spec = SpecOf(ledger);
  DecodedText decoded;
  RETURN_IF_ERROR(Decode(source, diagnostics, &decoded));
  source.LetGo(0, source.bytes().size());
  CsvReader csv(decoded.text);
  CsvRecord record;
  bool found = false;
  while (!found && csv.Next(&record)) found = !IsBlank(record);
  if (!found) {
    return FileError({source.name(), 0, "", "", "EMPTY_FILE",
                      "the file has no header row; expected the names of the columns in row 1"},
                     diagnostics);
  }
  ASSIGN_OR_RETURN(Header header, MatchHeader(spec, source.name(), record, diagnostics));
  if (further != nullptr) {
    further->clear();
    for (const size_t i : header.further) further->emplace_back(TrimCell(record.cells[i]));
  }

  // Converted text is longer or shorter than the file; progress speaks of the file.
  const double scale = decoded.text.empty()
                           ? 1.0
                           : static_cast<double>(source.bytes().size()) / static_cast<double>(decoded.text.size());
  LedgerPass pass(spec, source.name(), std::move(header), catalogue, diagnostics);
  size_t next_report = kProgressStep;
  while (csv.Next(&record)) {
    if (ABSL_PREDICT_FALSE(TrimCell(record.cells.front()).empty() && IsBlank(record))) continue;
    if (pass.Read(record)) row(record.row, pass.cells());
    if (ABSL_PREDICT_FALSE(csv.position() >= next_report)) {
      if (!progress(static_cast<int64_t>(static_cast<double>(csv.position()) * scale))) {
        return base::Error(absl::StatusCode::kCancelled, "CANCELLED", "reading was cancelled", source.name());
      }
      // Rows lie behind one another, and none is looked at twice: what was read need not stay in memory.
      const size_t read = std::min(csv.position(), source.bytes().size());
      source.LetGo(read - std::min(read, 2 * kProgressStep), read);
      next_report = csv.position() + kProgressStep;
    }
  }
  source.LetGo(0, source.bytes().size());
  if (!progress(static_cast<int64_t>(source.bytes().size()))) {
    return base::Error(absl::StatusCode::kCancelled, "CANCELLED", "reading was cancelled", source.name());
  }
  return absl::OkStatus();
}

}  // namespace jiceng::ledgers
