#include "ledgers/decode.h"

#include <algorithm>
#include <utility>

#include "base/status.h"
#include "base/text.h"
#include "ledgers/csv.h"
#include "ledgers/strings.h"

namespace jiceng::ledgers {
namespace {

constexpr size_t kShownCell = 200;
constexpr std::string_view kUtf8Mark = "\xEF\xBB\xBF";
constexpr std::string_view kWebTags[] = {"<html", "<!doctype", "<table", "<?xml", "<meta", "<head"};
constexpr std::string_view kUseCsv = "; open it in a spreadsheet and save it as CSV UTF-8";

// What a file that only bears the name of a CSV file really is, by its first bytes; "" when nothing is known against
// it.
std::string_view ForeignFormat(std::string_view bytes) {
  if (StartsWith(bytes, "PK\x03\x04")) return "an Excel workbook (.xlsx) or another zip archive";
  if (StartsWith(bytes, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")) return "an old Excel workbook (.xls)";
  if (StartsWith(bytes, "%PDF-")) return "a PDF document";
  if (StartsWith(bytes, "\x1F\x8B")) return "a gzip archive";
  if (StartsWith(bytes, "SQLite format 3")) return "an SQLite database";
  // Office systems export web pages under the name of a table.
  std::string_view head = bytes.substr(0, 512);
  if (StartsWith(head, kUtf8Mark)) head.remove_prefix(kUtf8Mark.size());
  head.remove_prefix(std::min(head.find_first_not_of(" \t\r\n"), head.size()));
  for (std::string_view tag : kWebTags) {
    if (StartsWithIgnoreCase(head, tag)) return "a web page or XML document";
  }
  return "";
}

// UTF-16, with a mark or seen by the zero half of ASCII characters: commas and line ends are never Han.
bool LooksLikeUtf16(std::string_view bytes) {
  if (StartsWith(bytes, "\xFF\xFE") || StartsWith(bytes, "\xFE\xFF")) return true;
  const std::string_view head = bytes.substr(0, 256);
  size_t pairs = 0, zero_first = 0, zero_second = 0;
  for (size_t i = 0; i + 1 < head.size(); i += 2, ++pairs) {
    zero_first += head[i] == '\0';
    zero_second += head[i + 1] == '\0';
  }
  const size_t zeros = std::max(zero_first, zero_second);
  return zeros >= 2 && zeros * 4 >= pairs && std::min(zero_first, zero_second) == 0;
}

// The row in which the byte at `offset` lies.  The bytes of Han characters are never separators, quotes or line ends,
// in UTF-8 or GB18030.
int64_t RowAt(std::string_view bytes, size_t offset) {
  CsvReader reader(bytes.substr(0, offset + 1));
  CsvRecord record;
  while (reader.Next(&record)) {
  }
  return record.row;
}

// True when the bytes are UTF-8 beyond chance: eight characters of three bytes each.  GBK text shows such a run once in
// some ten million texts, while a damaged UTF-8 file read as GB18030 would put nonsense in place of every name.
bool IsSurelyUtf8(std::string_view valid) {
  int han = 0;
  for (size_t i = 0; i < valid.size() && han < 8; ++i) {
    const unsigned char c = static_cast<unsigned char>(valid[i]);
    if (0xE3 <= c && c <= 0xE9) ++han;
  }
  return han >= 8;
}

size_t OffsetIn(const absl::Status& status) {
  const absl::string_view message = status.message();
  size_t digits = message.size();
  while (digits > 0 && message[digits - 1] >= '0' && message[digits - 1] <= '9') --digits;
  size_t offset = 0;
  for (char c : message.substr(digits)) offset = offset * 10 + static_cast<size_t>(c - '0');
  return offset;
}

}  // namespace

std::string ClipCell(std::string_view cell) {
  if (cell.size() <= kShownCell) return std::string(cell);
  size_t size = kShownCell;
  while (size > 0 && (static_cast<unsigned char>(cell[size]) & 0xC0) == 0x80) --size;
  return Cat(cell.substr(0, size), "…");
}

absl::Status FileError(Problem problem, Diagnostics* diagnostics) {
  absl::Status status = base::Error(absl::StatusCode::kInvalidArgument, problem.code,
                                    Cat(problem.file, ": ", problem.message), problem.file);
  diagnostics->AddError(std::move(problem));
  return status;
}

absl::Status Decode(const Source& source, Diagnostics* diagnostics, DecodedText* decoded) {
  std::string_view bytes = source.bytes();
  const auto refuse = [&](int64_t row, std::string_view code, std::string message) {
    return FileError({source.name(), row, "", "", std::string(code), std::move(message)}, diagnostics);
  };
  if (const std::string_view format = ForeignFormat(bytes); !format.empty()) {
    return refuse(0, "NOT_CSV", Cat("the file is ", format, " under the name of a CSV file", kUseCsv));
  }
  if (LooksLikeUtf16(bytes)) {
    return refuse(0, "UTF16", Cat("the file is UTF-16 (\"Unicode text\"); expected UTF-8 or GB18030", kUseCsv));
  }
  if (const size_t nul = bytes.find('\0'); nul != std::string_view::npos) {
    return refuse(RowAt(bytes, nul), "NUL_BYTE",
                  Cat("zero byte at byte ", nul, "; the file is damaged or no text", kUseCsv));
  }

  const bool marked = StartsWith(bytes, kUtf8Mark);
  if (marked) bytes.remove_prefix(kUtf8Mark.size());
  const size_t invalid = base::FindInvalidUtf8(bytes);
  if (invalid == std::string_view::npos) {
    decoded->text = bytes;
    return absl::OkStatus();
  }
  const size_t offset = invalid + (marked ? kUtf8Mark.size() : 0);
  if (marked || IsSurelyUtf8(bytes.substr(0, invalid))) {
    return refuse(RowAt(bytes, invalid), "BAD_ENCODING",
                  Cat("the file is UTF-8 but damaged at byte ", offset,
                      "; correct that row, or save the file as CSV UTF-8 again"));
  }
  absl::StatusOr<std::string> converted = base::Gb18030ToUtf8(bytes);
  if (!converted.ok()) {
    const size_t bad = std::min(OffsetIn(converted.status()), bytes.size() - 1);
    return refuse(RowAt(bytes, bad), "BAD_ENCODING",
                  Cat("neither UTF-8 (wrong at byte ", offset, ") nor GB18030 (wrong at byte ", bad,
                      "); save the file as CSV UTF-8"));
  }
  decoded->converted = *std::move(converted);
  decoded->text = decoded->converted;
  if (StartsWith(decoded->text, kUtf8Mark)) decoded->text.remove_prefix(kUtf8Mark.size());
  return absl::OkStatus();
}

}  // namespace jiceng::ledgers
