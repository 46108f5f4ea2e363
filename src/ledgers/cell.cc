#include "ledgers/cell.h"

#include <array>
#include <cstdio>
#include <limits>

#include "absl/base/optimization.h"
#include "base/codes.h"
#include "base/text.h"
#include "ledgers/closed_list.h"
#include "ledgers/decode.h"
#include "ledgers/json.h"
#include "ledgers/loose_date.h"
#include "ledgers/strings.h"
#include "model/node.h"

namespace jiceng::ledgers {
namespace {

constexpr size_t kLongestId = 64;  // base::CheckHostId

constexpr bool IsAsciiSpace(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\v' || c == '\f';
}

// Marks at either end that spreadsheets and web pages leave and nobody sees.
constexpr std::string_view kInvisible[] = {
    "\xE3\x80\x80",  // U+3000 ideographic space
    "\xC2\xA0",      // U+00A0 no-break space
    "\xEF\xBB\xBF",  // U+FEFF zero width no-break space
    "\xE2\x80\x8B",  // U+200B zero width space
};

bool Fail(CellFault* fault, const char* code, std::string message) {
  fault->code = code;
  fault->message = std::move(message);
  return false;
}

std::string Quoted(std::string_view text) { return Cat("`", ClipCell(text), "`"); }

// True for printable ASCII, which is what nearly all ids are.
bool IsPrintableAscii(std::string_view text) {
  unsigned bad = 0;
  for (unsigned char c : text) bad |= static_cast<unsigned>(c - 0x20u >= 0x5Fu);
  return bad == 0;
}

// True when all characters are Han of the two common blocks (lead bytes E4 to E9), which no check of names objects to.
bool IsPlainHanName(std::string_view name) {
  if (name.size() % 3 != 0 || name.size() > 60) return false;
  for (size_t i = 0; i < name.size(); i += 3) {
    const unsigned char lead = static_cast<unsigned char>(name[i]);
    if (lead < 0xE4 || lead > 0xE9) return false;
  }
  return true;
}

// The offset of the first control character (Cc) or line separator of a UTF-8 text, or npos.
size_t FindControl(std::string_view text) {
  for (size_t i = 0; i < text.size(); ++i) {
    const unsigned char c = static_cast<unsigned char>(text[i]);
    if (c < 0x20 || c == 0x7F) return i;
    if (c == 0xC2 && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) <= 0x9F) return i;
    if (c == 0xE2 && (text.substr(i, 3) == "\xE2\x80\xA8" || text.substr(i, 3) == "\xE2\x80\xA9")) return i;
  }
  return std::string_view::npos;
}

// "3.20102E+11": what a spreadsheet makes of a long number in a column that is not text.
bool IsScientific(std::string_view text) {
  const size_t e = text.find_first_of("Ee");
  return e != std::string_view::npos && e > 0 && text.substr(e + 1, 1) == "+" && e + 2 < text.size() &&
         text.find_first_not_of("0123456789.") == e &&
         text.find_first_not_of("0123456789", e + 2) == std::string_view::npos;
}

bool FailText(std::string_view text, size_t control, CellFault* fault) {
  if (text[control] == '\n' || text[control] == '\r') {
    return Fail(fault, "BAD_TEXT", Cat(Quoted(text), " has a line break; expected one line, take it out of the cell"));
  }
  char point[8];
  const unsigned c = static_cast<unsigned char>(text[control]);
  std::snprintf(point, sizeof(point), "U+%04X",
                c == 0xC2   ? static_cast<unsigned char>(text[control + 1])
                : c == 0xE2 ? (text[control + 2] == '\xA8' ? 0x2028u : 0x2029u)
                            : c);
  return Fail(fault, "BAD_TEXT", Cat("control character ", point, "; expected plain text, take it out of the cell"));
}

std::string Reason(const absl::Status& status) { return std::string(status.message()); }

}  // namespace

std::string_view TrimCellSlowly(std::string_view text) {
  for (;;) {
    while (!text.empty() && IsAsciiSpace(text.front())) text.remove_prefix(1);
    while (!text.empty() && IsAsciiSpace(text.back())) text.remove_suffix(1);
    if (text.empty() || (static_cast<signed char>(text.front()) >= 0 && static_cast<signed char>(text.back()) >= 0)) {
      return text;
    }
    const size_t before = text.size();
    for (std::string_view mark : kInvisible) {
      if (StartsWith(text, mark)) text.remove_prefix(mark.size());
      if (EndsWith(text, mark)) text.remove_suffix(mark.size());
    }
    if (text.size() == before) return text;
  }
}

bool CellReader::Read(std::string_view text, Cell* cell, CellFault* fault) {
  cell->text = text;
  cell->number = 0;
  cell->date = base::Date();
  cell->precision = 0;
  cell->present = true;
  switch (type_) {
    case CellType::kText: {
      const size_t control = FindControl(text);
      return control == std::string_view::npos || FailText(text, control, fault);
    }
    case CellType::kPersonName: {
      if (ABSL_PREDICT_TRUE(IsPlainHanName(text))) return true;
      const absl::Status status = base::CheckPersonName(text);
      if (status.ok()) return true;
      return Fail(fault, "BAD_NAME",
                  Cat(Quoted(text), " is no name of a person: ", Reason(status),
                      "; expected at most 200 bytes on one line, parts parted by `·` (U+00B7)"));
    }
    case CellType::kId:
      return ReadId(text, fault);
    case CellType::kSubject: {
      std::string_view id = text;
      if (StartsWith(id, "person:")) {
        id.remove_prefix(7);
      } else if (StartsWith(id, "org:")) {
        id.remove_prefix(4);
      }
      return ReadId(id, fault);
    }
    case CellType::kUnitCode:
    case CellType::kUnitRef:
      return ReadUnitCode(text, cell, fault);
    case CellType::kNode:
      return ReadNode(text, fault);
    case CellType::kLevel:
    case CellType::kOrgKind:
    case CellType::kRole:
    case CellType::kManner:
    case CellType::kPartyStatus:
    case CellType::kSex:
    case CellType::kTieKind:
      return ReadListed(text, cell, fault);
    case CellType::kFlag:
      if (text == "0" || text == "1") {
        cell->number = text[0] - '0';
        return true;
      }
      return Fail(fault, "BAD_FLAG", Cat(Quoted(text), " is no flag; expected 0 (no, 否) or 1 (yes, 是)"));
    case CellType::kCount:
      return ReadCount(text, cell, fault);
    case CellType::kDate:
    case CellType::kPartialDate:
      return ReadDate(text, cell, fault);
    case CellType::kJsonObject: {
      std::string why;
      if (!CanonicalJsonObject(text, &own_text_, &why)) {
        return Fail(fault, "BAD_JSON",
                    Cat(Quoted(text), " is ", why,
                        "; expected a JSON object such as {\"share\":50}, its quotes doubled inside a quoted cell"));
      }
      cell->text = own_text_;
      return true;
    }
  }
  return true;
}

bool CellReader::ReadId(std::string_view text, CellFault* fault) const {
  const bool ascii = IsPrintableAscii(text);
  if (ABSL_PREDICT_TRUE(ascii && text.size() <= kLongestId && !text.empty() &&
                        text.find('+') == std::string_view::npos && text.front() != '=' && text.front() != ' ')) {
    return true;
  }
  if (IsScientific(text)) {
    return Fail(
        fault, "BAD_ID",
        Cat(Quoted(text), " is a number a spreadsheet cut short; format the column as text and write all its digits"));
  }
  if (StartsWith(text, "=")) {
    return Fail(fault, "BAD_ID", Cat(Quoted(text), " is a formula; expected the id itself"));
  }
  const absl::Status status = base::CheckHostId(text);
  if (status.ok()) return true;
  return Fail(fault, "BAD_ID",
              Cat(Quoted(text), " is no id: ", Reason(status), "; expected 1 to 64 bytes of text on one line"));
}

bool CellReader::ReadUnitCode(std::string_view text, Cell* cell, CellFault* fault) {
  if (ABSL_PREDICT_FALSE(!IsPrintableAscii(text))) {
    // Full-width digits are a slip of the input method; any other code is the host's own and stays as it is.
    own_text_ = base::NormalizeWidth(text);
    if (base::IsUnitCode(own_text_)) cell->text = own_text_;
  }
  return ReadId(cell->text, fault);
}

bool CellReader::ReadDate(std::string_view text, Cell* cell, CellFault* fault) const {
  if (ABSL_PREDICT_TRUE(text.size() == 10)) {
    const absl::StatusOr<base::Date> date = base::Date::Parse(text);
    if (ABSL_PREDICT_TRUE(date.ok())) {
      cell->date = *date;
      return true;
    }
  } else if (type_ == CellType::kPartialDate) {
    const absl::StatusOr<base::PartialDate> date = base::PartialDate::Parse(text);
    if (date.ok()) {
      cell->date = date->date;
      cell->precision = date->precision;
      return true;
    }
  }
  return Fail(fault, "BAD_DATE", DateAdvice(text, type_ == CellType::kPartialDate));
}

bool CellReader::ReadListed(std::string_view text, Cell* cell, CellFault* fault) {
  if (ABSL_PREDICT_TRUE(text == last_word_)) {
    cell->number = last_number_;
    return true;
  }
  if (!FindListed(type_, *catalogue_, tie_, text, &cell->number)) {
    return Fail(fault, "BAD_KIND", ListAdvice(type_, *catalogue_, tie_, text));
  }
  last_word_.assign(text);
  last_number_ = cell->number;
  return true;
}

bool CellReader::ReadCount(std::string_view text, Cell* cell, CellFault* fault) const {
  int64_t number = 0;
  for (char c : text) {
    if (c < '0' || c > '9') {
      return Fail(fault, "BAD_NUMBER", Cat(Quoted(text), " is no whole number; expected digits only, such as 1234"));
    }
    number = number * 10 + (c - '0');
    if (number > std::numeric_limits<int32_t>::max()) {
      return Fail(fault, "BAD_NUMBER", Cat(Quoted(text), " is too large; expected at most 2147483647"));
    }
  }
  cell->number = number;
  return true;
}

bool CellReader::ReadNode(std::string_view text, CellFault* fault) const {
  const absl::StatusOr<model::NodeText> node = model::ParseNodeText(text);
  if (node.ok()) return true;
  return Fail(
      fault, "BAD_NODE",
      Cat(Quoted(text), " names no node; expected `unit:`, `org:` or `person:` and the id, such as org:1000001"));
}

}  // namespace jiceng::ledgers
