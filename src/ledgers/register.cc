#include "ledgers/register.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_join.h"
#include "base/codes.h"
#include "base/status.h"
#include "base/text.h"
#include "ledgers/cell.h"
#include "ledgers/csv.h"
#include "ledgers/decode.h"
#include "ledgers/header.h"
#include "ledgers/loose_date.h"
#include "ledgers/register_field.h"
#include "ledgers/strings.h"

namespace jiceng::ledgers {
namespace {

constexpr int kHeaderWithin = 10;  // rows; above the header stand titles and dates of the sheet

// Where the fields of a mapping stand in a sheet.
struct Sheet {
  const RegisterColumn* columns[kRegisterFields] = {};
  int place[kRegisterFields];
  size_t width = 0;
  std::vector<size_t> unknown;  // headers no column of the mapping has
  std::vector<size_t> spare;    // other headers of a field that has a better one: 政治面貌 beside 人员类别
  std::vector<size_t> doubled;  // headers that stand further left already
};

// The spelling of a column's header list that the header is, or npos.  Earlier spellings are better.
size_t FindSpelling(const RegisterColumn& column, const std::string& header) {
  const auto spelling = std::find_if(column.headers.begin(), column.headers.end(),
                                     [&](const std::string& h) { return NormalizeHeader(h) == header; });
  return spelling == column.headers.end() ? std::string::npos : static_cast<size_t>(spelling - column.headers.begin());
}

Sheet Place(const RegisterMapping& mapping, const CsvRecord& record) {
  Sheet sheet;
  size_t spelling_at[kRegisterFields] = {};
  std::fill(std::begin(sheet.place), std::end(sheet.place), -1);
  for (size_t i = 0; i < record.cells.size(); ++i) {
    const std::string header = NormalizeHeader(record.cells[i]);
    if (header.empty()) continue;
    sheet.width = i + 1;
    const auto column = std::find_if(mapping.columns.begin(), mapping.columns.end(), [&](const RegisterColumn& c) {
      return FindSpelling(c, header) != std::string::npos;
    });
    if (column == mapping.columns.end()) {
      sheet.unknown.push_back(i);
      continue;
    }
    const size_t field = static_cast<size_t>(column->field);
    const size_t spelling = FindSpelling(*column, header);
    if (sheet.place[field] >= 0 && spelling >= spelling_at[field]) {
      (spelling == spelling_at[field] ? sheet.doubled : sheet.spare).push_back(i);
      continue;
    }
    if (sheet.place[field] >= 0) sheet.spare.push_back(static_cast<size_t>(sheet.place[field]));
    sheet.place[field] = static_cast<int>(i);
    spelling_at[field] = spelling;
    sheet.columns[field] = &*column;
  }
  return sheet;
}

bool HasRequired(const RegisterMapping& mapping, const Sheet& sheet) {
  return !mapping.required.empty() &&
         std::all_of(mapping.required.begin(), mapping.required.end(),
                     [&](RegisterField field) { return sheet.place[static_cast<size_t>(field)] >= 0; });
}

// Finds the header row; the reader then stands after it.
bool FindHeader(const RegisterMapping& mapping, CsvReader* csv, CsvRecord* record, Sheet* sheet) {
  for (int i = 0; i < kHeaderWithin && csv->Next(record); ++i) {
    *sheet = Place(mapping, *record);
    if (HasRequired(mapping, *sheet)) return true;
  }
  return false;
}

// Why no header was found, from the row with the most headers of the mapping.
std::string HeaderAdvice(const RegisterMapping& mapping, std::string_view text, const char** code) {
  CsvReader csv(text);
  CsvRecord record;
  std::vector<std::string> missing, found;
  char foreign = '\0';
  size_t best = 0;
  for (int i = 0; i < kHeaderWithin && csv.Next(&record); ++i) {
    if (foreign == '\0') foreign = ForeignSeparator(record);
    const Sheet sheet = Place(mapping, record);
    const size_t here = static_cast<size_t>(
        std::count_if(std::begin(sheet.place), std::end(sheet.place), [](int p) { return p >= 0; }));
    if (i > 0 && here <= best) continue;
    best = here;
    missing.clear();
    found.clear();
    for (RegisterField field : mapping.required) {
      if (sheet.place[static_cast<size_t>(field)] >= 0) continue;
      const auto column = std::find_if(mapping.columns.begin(), mapping.columns.end(),
                                       [&](const RegisterColumn& c) { return c.field == field; });
      missing.push_back(column == mapping.columns.end() ? RegisterFieldName(field)
                                                        : absl::StrJoin(column->headers, "/"));
    }
    for (std::string_view cell : record.cells) {
      if (!TrimCell(cell).empty() && found.size() < 30) found.push_back(ClipCell(TrimCell(cell)));
    }
  }
  if (best == 0 && foreign != '\0') {
    *code = "BAD_SEPARATOR";
    return SeparatorAdvice(foreign);
  }
  *code = "MISSING_COLUMN";
  return Cat("no header row of ", mapping.title_zh, " within the first ", kHeaderWithin,
             " rows; missing: ", absl::StrJoin(missing, ", "),
             "; found: ", found.empty() ? "nothing" : absl::StrJoin(found, ", "));
}

bool IsHanByte(unsigned char c) { return c >= 0x80; }

// A citizen number as it may be shown: region and last four.
std::string Masked(std::string_view number) {
  std::string masked(number.substr(0, 200));
  for (size_t i = std::min<size_t>(6, masked.size() / 3); i + std::min<size_t>(4, masked.size() / 4) < masked.size();
       ++i)
    masked[i] = '*';
  return masked;
}

// The cells of one field, with the mapping's spellings.
class FieldReader {
 public:
  FieldReader(RegisterField field, const RegisterColumn* column, const model::Catalogue* catalogue)
      : spec_(SpecOf(field)),
        column_(column),
        catalogue_(catalogue),
        typed_(spec_.cell, catalogue, model::TieKind::kNone) {}

  // As CellReader::Read; a text the mapping spells as nothing ("至今") leaves the cell empty.
  bool Read(std::string_view text, Cell* cell, CellFault* fault) {
    for (const auto& [spelling, value] : column_->values) {
      if (text != spelling) continue;
      if (value.empty()) {
        *cell = Cell();
        return true;
      }
      text = value;
      break;
    }
    switch (spec_.type) {
      case FieldType::kName:
        return typed_.Read(WithoutAlignment(text), cell, fault);
      case FieldType::kTyped:
        return typed_.Read(text, cell, fault);
      case FieldType::kCitizenId:
        return ReadCitizenId(text, cell, fault);
      case FieldType::kLooseDate:
      case FieldType::kLooseEnd:
        return ReadDate(text, cell, fault);
      case FieldType::kPost:
        return ReadPost(text, cell, fault);
    }
    return false;
  }

 private:
  // "王　伟" is 王伟: rosters part the characters of short names so that columns align.  Names with ASCII letters keep
  // their spaces.
  std::string_view WithoutAlignment(std::string_view text) {
    std::string compact;
    for (std::string_view rest = text; !rest.empty();) {
      if (ConsumePrefix(&rest, "\xE3\x80\x80") || ConsumePrefix(&rest, " ") || ConsumePrefix(&rest, "\xC2\xA0"))
        continue;
      if (!IsHanByte(static_cast<unsigned char>(rest.front()))) return text;
      compact.push_back(rest.front());
      rest.remove_prefix(1);
    }
    if (compact.size() == text.size()) return text;
    own_text_ = std::move(compact);
    return own_text_;
  }

  bool ReadCitizenId(std::string_view text, Cell* cell, CellFault* fault) {
    own_text_ = base::NormalizeWidth(text);
    if (!own_text_.empty() && own_text_.back() == 'x') own_text_.back() = 'X';
    const base::CodeReport report = base::CheckCode(own_text_);
    if (report.kind != base::CodeKind::kCitizenId || !report.valid) {
      fault->code = "BAD_CITIZEN_ID";
      fault->message =
          Contains(own_text_, "E+") || Contains(own_text_, "e+")
              ? "the number was cut short by a spreadsheet; format the column as text and write all 18 characters"
              : Cat("not a citizen number of GB 11643",
                    report.kind == base::CodeKind::kCitizenId ? Cat(" (", report.reason, ")") : "",
                    "; expected 17 digits and a check character; digits at the end that became 0 were cut by a "
                    "spreadsheet");
      return false;
    }
    *cell = Cell();
    cell->text = own_text_;
    cell->present = true;
    return true;
  }

  bool ReadDate(std::string_view text, Cell* cell, CellFault* fault) const {
    base::PartialDate date;
    if (ReadLooseDate(text, &date) != LooseDate::kDate) {
      fault->code = "BAD_DATE";
      fault->message = DateAdvice(text, true);
      return false;
    }
    *cell = Cell();
    cell->text = text;
    cell->present = true;
    cell->date = date.date;
    cell->precision = date.precision;
    // The last day of what is written belongs to it: "至 2024年6月" ends with June.
    if (spec_.type == FieldType::kLooseEnd && column_->inclusive_end) {
      cell->date = date.precision == base::PartialDate::kYear    ? date.date.AddYears(1)
                   : date.precision == base::PartialDate::kMonth ? date.date.AddMonths(1)
                                                                 : date.date.AddDays(1);
      cell->precision = base::PartialDate::kDay;
    }
    return true;
  }

  bool ReadPost(std::string_view text, Cell* cell, CellFault* fault) {
    for (const model::Role& role : catalogue_->roles()) {
      if (text != role.id && text != role.title_zh) continue;
      *cell = Cell();
      cell->text = text;
      cell->present = true;
      cell->number = role.number;
      return true;
    }
    return typed_.Read(text, cell, fault);  // says what there is
  }

  const FieldSpec& spec_;
  const RegisterColumn* column_;
  const model::Catalogue* catalogue_;
  CellReader typed_;
  std::string own_text_;
};

constexpr std::pair<RegisterField, RegisterField> kIntervals[] = {
    {RegisterField::kBranchFrom, RegisterField::kBranchTo},
    {RegisterField::kEmployerFrom, RegisterField::kEmployerTo},
    {RegisterField::kCommunityFrom, RegisterField::kCommunityTo},
    {RegisterField::kPostFrom, RegisterField::kPostTo},
};

// One pass over a register's rows.
class RegisterPass {
 public:
  RegisterPass(const Sheet& sheet, const std::string& file, const std::vector<std::string>& headers,
               const model::Catalogue& catalogue, Diagnostics* diagnostics)
      : sheet_(sheet), file_(file), headers_(headers), diagnostics_(diagnostics), cells_(kRegisterFields) {
    for (int i = 0; i < kRegisterFields; ++i) {
      readers_.emplace_back(static_cast<RegisterField>(i), sheet.columns[i], &catalogue);
    }
  }

  bool Read(const CsvRecord& record) {
    row_ = record.row;
    if (record.defect != CsvRecord::kNone) {
      AddError("", record.cells[record.defect_cell],
               record.defect == CsvRecord::kUnclosedQuote ? "UNCLOSED_QUOTE" : "BAD_QUOTE",
               Cat("the quotes of the cell in column ", ColumnLetter(record.defect_cell),
                   " do not match; double a quote that is meant"));
      return false;
    }
    const bool overflow =
        std::any_of(record.cells.begin() + static_cast<std::ptrdiff_t>(std::min(sheet_.width, record.cells.size())),
                    record.cells.end(), [](std::string_view cell) { return !TrimCell(cell).empty(); });
    if (overflow) {
      AddError("", record.cells[sheet_.width], "ROW_TOO_LONG",
               Cat(record.cells.size(), " cells; expected ", sheet_.width,
                   " as in the header; put a cell that holds a comma in quotes"));
      return false;
    }
    bool ok = true;
    for (int i = 0; i < kRegisterFields; ++i) ok &= ReadField(record, i);
    if (!ok) return false;
    if (!Of(RegisterField::kName).present && sheet_.place[static_cast<size_t>(RegisterField::kName)] >= 0) {
      AddError(HeaderOf(RegisterField::kName), "", "EMPTY_CELL", "the name is empty; expected a value in every row");
      return false;
    }
    if (!Of(RegisterField::kPersonId).present && !Of(RegisterField::kCitizenId).present &&
        !Of(RegisterField::kStaffNumber).present) {
      AddError("", "", "NO_IDENTITY",
               "the row has neither a person id nor a citizen number nor a staff number; expected one, as names are "
               "not unique");
      return false;
    }
    return CheckIntervals();
  }
  absl::Span<const Cell> cells() const { return cells_; }

 private:
  const Cell& Of(RegisterField field) const { return cells_[static_cast<size_t>(field)]; }
  std::string HeaderOf(RegisterField field) const {
    const int place = sheet_.place[static_cast<size_t>(field)];
    return place < 0 ? RegisterFieldName(field) : headers_[static_cast<size_t>(place)];
  }

  bool ReadField(const CsvRecord& record, int i) {
    Cell& cell = cells_[static_cast<size_t>(i)];
    const int place = sheet_.place[i];
    cell = Cell();
    if (place < 0 || static_cast<size_t>(place) >= record.cells.size()) return true;
    const std::string_view text = TrimCell(record.cells[static_cast<size_t>(place)]);
    if (text.empty() || readers_[static_cast<size_t>(i)].Read(text, &cell, &fault_)) return true;
    const RegisterField field = static_cast<RegisterField>(i);
    AddError(HeaderOf(field), field == RegisterField::kCitizenId ? Masked(text) : std::string(text), fault_.code,
             fault_.message);
    return false;
  }

  bool CheckIntervals() {
    for (const auto& [from, to] : kIntervals) {
      if (!Of(from).present || !Of(to).present || Of(from).date < Of(to).date) continue;
      AddError(HeaderOf(to), Of(to).text, "EMPTY_INTERVAL",
               Cat("the end ", Of(to).text, " is not after the beginning ", Of(from).text));
      return false;
    }
    return true;
  }

  void AddError(std::string column, std::string_view cell, const char* code, std::string message) {
    diagnostics_->AddError({file_, row_, std::move(column), ClipCell(cell), code, std::move(message)});
  }

  const Sheet& sheet_;
  const std::string& file_;
  const std::vector<std::string>& headers_;
  Diagnostics* diagnostics_;
  std::vector<FieldReader> readers_;
  std::vector<Cell> cells_;
  CellFault fault_;
  int64_t row_ = 0;
};

}  // namespace

const RegisterMapping* MatchRegister(const Source& source, absl::Span<const RegisterMapping> mappings) {
  Diagnostics unheard;
  DecodedText decoded;
  if (!Decode(source, &unheard, &decoded).ok()) return nullptr;
  const RegisterMapping* best = nullptr;
  size_t fewest = 0;
  for (const RegisterMapping& mapping : mappings) {
    CsvReader csv(decoded.text);
    CsvRecord record;
    Sheet sheet;
    if (!FindHeader(mapping, &csv, &record, &sheet)) continue;
    if (best == nullptr || sheet.unknown.size() < fewest) {
      best = &mapping;
      fewest = sheet.unknown.size();
    }
  }
  return best;
}

absl::Status ReadRegister(const RegisterMapping& mapping, const Source& source, const model::Catalogue& catalogue,
                          Diagnostics* diagnostics,
                          absl::FunctionRef<void(int64_t row, absl::Span<const Cell> fields)> row) {
  DecodedText decoded;
  RETURN_IF_ERROR(Decode(source, diagnostics, &decoded));
  CsvReader csv(decoded.text);
  CsvRecord record;
  Sheet sheet;
  if (!FindHeader(mapping, &csv, &record, &sheet)) {
    const char* code = "";
    std::string message = HeaderAdvice(mapping, decoded.text, &code);
    return FileError({source.name(), 0, "", "", code, std::move(message)}, diagnostics);
  }
  std::vector<std::string> headers;
  for (std::string_view cell : record.cells) headers.push_back(ClipCell(TrimCell(cell)));
  for (size_t i : sheet.unknown) {
    diagnostics->AddWarning({source.name(), record.row, headers[i], headers[i], "UNKNOWN_COLUMN",
                             Cat("no column of ", mapping.title_zh, "; it is ignored")});
  }
  for (size_t i : sheet.spare) {
    diagnostics->AddWarning({source.name(), record.row, headers[i], headers[i], "SPARE_COLUMN",
                             "another column says the same under a better header; this one is ignored"});
  }
  absl::Status doubled;
  for (size_t i : sheet.doubled) {
    doubled.Update(
        FileError({source.name(), record.row, headers[i], headers[i], "DOUBLED_COLUMN",
                   Cat("column ", ColumnLetter(i), " has the same header as one further left; leave one out")},
                  diagnostics));
  }
  RETURN_IF_ERROR(doubled);

  RegisterPass pass(sheet, source.name(), headers, catalogue, diagnostics);
  while (csv.Next(&record)) {
    const bool blank = std::all_of(record.cells.begin(), record.cells.end(),
                                   [](std::string_view cell) { return TrimCell(cell).empty(); });
    if (!blank && pass.Read(record)) row(record.row, pass.cells());
  }
  return absl::OkStatus();
}

}  // namespace jiceng::ledgers
