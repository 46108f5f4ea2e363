#include "ledgers/header.h"

#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "base/text.h"
#include "ledgers/cell.h"
#include "ledgers/decode.h"
#include "ledgers/hint.h"
#include "ledgers/strings.h"

namespace jiceng::ledgers {
namespace {

constexpr size_t kShownHeaders = 30;

std::string Normal(std::string_view header) {
  std::string normal = base::NormalizeWidth(TrimCell(header));
  absl::AsciiStrToLower(&normal);
  return normal;
}

std::string Shown(const std::vector<std::string>& headers) {
  std::vector<std::string> shown;
  for (const std::string& header : headers) {
    if (header.empty()) continue;
    if (shown.size() == kShownHeaders) {
      shown.push_back("…");
      break;
    }
    shown.push_back(ClipCell(header));
  }
  return shown.empty() ? "no header at all" : absl::StrJoin(shown, ", ");
}

// The ledger all of whose columns the header has: the file may bear another one's name.
const LedgerSpec* LedgerOfHeader(const std::vector<std::string>& headers, const LedgerSpec& but) {
  for (int i = 0; i < kLedgers; ++i) {
    const LedgerSpec& spec = SpecOf(static_cast<Ledger>(i));
    if (&spec == &but) continue;
    const bool fits = std::all_of(spec.columns.begin(), spec.columns.end(), [&](const ColumnSpec& column) {
      return !column.in_header || std::find(headers.begin(), headers.end(), column.name) != headers.end();
    });
    if (fits) return &spec;
  }
  return nullptr;
}

// One of the titles parted by '|'.
bool IsTitle(std::string_view header, std::string_view titles) {
  for (const absl::string_view title : absl::StrSplit(absl::string_view(titles.data(), titles.size()), '|')) {
    if (header == std::string_view(title.data(), title.size())) return true;
  }
  return false;
}

}  // namespace

std::string ColumnLetter(size_t position) {
  std::string letters;
  for (size_t n = position + 1; n > 0; n = (n - 1) / 26)
    letters.insert(letters.begin(), static_cast<char>('A' + (n - 1) % 26));
  return letters;
}

char ForeignSeparator(const CsvRecord& record) {
  if (record.cells.size() != 1) return '\0';
  const std::string_view line = record.cells.front();
  for (char separator : {'\t', ';', '|'}) {
    if (Contains(line, std::string_view(&separator, 1))) return separator;
  }
  return Contains(line, "，") ? 'W' : '\0';
}

std::string SeparatorAdvice(char separator) {
  const char* name = separator == '\t'  ? "tabs"
                     : separator == ';' ? "semicolons"
                     : separator == '|' ? "bars"
                                        : "full-width commas";
  return Cat("columns are parted by ", name, "; expected commas, save the file as CSV (comma delimited) UTF-8");
}

absl::StatusOr<Header> MatchHeader(const LedgerSpec& spec, const std::string& file, const CsvRecord& record,
                                   Diagnostics* diagnostics) {
  Header header;
  header.place.assign(spec.columns.size(), -1);
  std::vector<std::string> headers;
  for (std::string_view cell : record.cells) headers.push_back(Normal(cell));
  while (!headers.empty() && headers.back().empty()) headers.pop_back();
  header.width = headers.size();
  const auto problem = [&](std::string column, std::string cell, std::string code, std::string message) {
    return Problem{file, record.row, std::move(column), std::move(cell), std::move(code), std::move(message)};
  };

  std::vector<size_t> unknown;
  absl::Status status;
  for (size_t i = 0; i < headers.size(); ++i) {
    const auto column = std::find_if(spec.columns.begin(), spec.columns.end(), [&](const ColumnSpec& c) {
      return headers[i] == c.name || (spec.open && IsTitle(headers[i], c.title_zh));
    });
    if (column == spec.columns.end()) {
      unknown.push_back(i);
      continue;
    }
    int& place = header.place[static_cast<size_t>(column - spec.columns.begin())];
    if (place >= 0) {
      status.Update(
          FileError(problem(column->name, ClipCell(record.cells[i]), "DOUBLED_COLUMN",
                            Cat("the column `", column->name, "` stands twice, in ",
                                ColumnLetter(static_cast<size_t>(place)), " and ", ColumnLetter(i), "; leave one out")),
                    diagnostics));
      continue;
    }
    place = static_cast<int>(i);
  }

  const bool none_found = unknown.size() == headers.size();
  if (const char separator = ForeignSeparator(record); none_found && separator != '\0') {
    return FileError(problem("", ClipCell(record.cells.front()), "BAD_SEPARATOR", SeparatorAdvice(separator)),
                     diagnostics);
  }
  std::string renamed;
  if (const LedgerSpec* other = LedgerOfHeader(headers, spec); other != nullptr) {
    renamed = Cat("; the header is that of ", other->file, ", so the file may bear the wrong name");
  }
  std::vector<bool> spoken_for(headers.size(), false);
  for (size_t c = 0; c < spec.columns.size(); ++c) {
    const ColumnSpec& column = spec.columns[c];
    if (header.place[c] >= 0 || !column.in_header) continue;
    std::string message = Cat("the column `", column.name, "` is missing; found: ", Shown(headers));
    for (size_t i : unknown) {
      if (spoken_for[i] || (!LooksLike(headers[i], column.name) && !LooksLikeTitle(headers[i], column.title_zh)))
        continue;
      spoken_for[i] = true;
      Append(&message, "; `", ClipCell(headers[i]), "` looks like it: rename that header to `", column.name, "`");
      break;
    }
    Append(&message, renamed);
    status.Update(FileError(problem(column.name, "", "MISSING_COLUMN", std::move(message)), diagnostics));
  }
  if (!status.ok()) return status;

  for (size_t i : unknown) {
    if (headers[i].empty()) {
      diagnostics->AddWarning(
          problem("", "", "UNKNOWN_COLUMN", Cat("the column ", ColumnLetter(i), " has no header; it is ignored")));
      continue;
    }
    if (spec.open) {
      header.further.push_back(i);
      continue;
    }
    std::string message = Cat("`", ClipCell(headers[i]), "` is no column of ", spec.file, "; it is ignored");
    for (size_t c = 0; c < spec.columns.size(); ++c) {
      const ColumnSpec& column = spec.columns[c];
      if (header.place[c] >= 0 || (!LooksLike(headers[i], column.name) && !LooksLikeTitle(headers[i], column.title_zh)))
        continue;
      Append(&message, "; rename it if `", column.name, "` is meant");
      break;
    }
    diagnostics->AddWarning(problem(ClipCell(headers[i]), "", "UNKNOWN_COLUMN", std::move(message)));
  }
  return header;
}

}  // namespace jiceng::ledgers
