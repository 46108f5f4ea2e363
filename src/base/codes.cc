#include "base/codes.h"

#include <algorithm>
#include <cstddef>

#include "base/date.h"
#include "base/text.h"

namespace jiceng::base {
namespace {

constexpr size_t kPersonOrOrganisation = 18;  // length of a citizen number and of a USCC
// Where the groups of a division code end: province, prefecture, county, township, village (统计用区划代码, 12 digits).
constexpr size_t kDivisionEnds[] = {2, 4, 6, 9, 12};
constexpr const char* kDivisionNames[] = {"province", "prefecture", "county", "township", "village"};
constexpr size_t kCommunity = 12;

// GB 32100-2015, table 3: digits and capitals without I, O, S, V and Z; the value of a character is its place.
constexpr std::string_view kUsccAlphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";

bool IsDigit(char c) { return '0' <= c && c <= '9'; }
bool AllDigits(std::string_view text) { return std::all_of(text.begin(), text.end(), IsDigit); }
bool InUsccAlphabet(std::string_view text) { return text.find_first_not_of(kUsccAlphabet) == std::string_view::npos; }

bool IsDivisionLength(size_t size) {
  return std::find(std::begin(kDivisionEnds), std::end(kDivisionEnds), size) != std::end(kDivisionEnds);
}
bool IsGridLength(size_t size) { return size == kCommunity + 2 || size == kCommunity + 3; }

// 17 digits and a digit or X.  A small x has the shape too, and is refused later: a slip of the shift key must not show
// a number unmasked.
bool HasCitizenShape(std::string_view code) {
  if (code.size() != kPersonOrOrganisation || !AllDigits(code.substr(0, 17))) return false;
  return IsDigit(code[17]) || code[17] == 'X' || code[17] == 'x';
}

bool IsRealBirthDate(std::string_view yyyymmdd) {
  int32_t number = 0;
  for (const char c : yyyymmdd) number = number * 10 + (c - '0');
  const absl::StatusOr<Date> date = Date::FromNumber(number, Date::Beginning());
  return date.ok() && date->IsFinite();
}

void AddPart(CodeReport* report, std::string_view name, std::string_view value) {
  report->parts.emplace_back(std::string(name), std::string(value));
}

// Only what the mask leaves visible is shown: the birth date is never echoed.
CodeReport CheckCitizenId(std::string_view code, std::string_view normal) {
  CodeReport report;
  report.kind = CodeKind::kCitizenId;
  report.code.append(normal.substr(0, 6)).append("********").append(normal.substr(14));
  AddPart(&report, "region", normal.substr(0, 6));
  AddPart(&report, "sequence", normal.substr(14, 3));
  AddPart(&report, "check", normal.substr(17));
  if (code != normal || normal[17] == 'x') {
    report.reason = "ALPHABET";  // full-width digits, spaces around, or a small x
  } else if (!IsRealBirthDate(normal.substr(6, 8))) {
    report.reason = "BIRTH_DATE";
  } else if (CitizenIdCheckCharacter(normal.substr(0, 17)) != normal[17]) {
    report.reason = "CHECK_CHARACTER";
  }
  return report;
}

CodeReport CheckUscc(std::string_view code) {
  CodeReport report;
  report.kind = CodeKind::kUscc;
  report.code = std::string(code);
  if (!InUsccAlphabet(code)) {
    report.reason = "ALPHABET";
    return report;
  }
  AddPart(&report, "authority", code.substr(0, 1));
  AddPart(&report, "category", code.substr(1, 1));
  AddPart(&report, "region", code.substr(2, 6));
  AddPart(&report, "organisation", code.substr(8, 9));
  AddPart(&report, "check", code.substr(17));
  if (UsccCheckCharacter(code.substr(0, 17)) != code[17]) {
    report.reason = "CHECK_CHARACTER";
  }
  return report;
}

CodeReport CheckUnit(std::string_view code) {
  CodeReport report;
  report.code = std::string(code);
  report.kind = IsGridLength(code.size()) ? CodeKind::kGrid : CodeKind::kDivision;
  const std::string_view division = CanonicalDivisionCode(code.substr(0, kCommunity));
  for (size_t i = 0; i < std::size(kDivisionEnds) && kDivisionEnds[i] <= division.size(); ++i) {
    AddPart(&report, kDivisionNames[i], division.substr(0, kDivisionEnds[i]));
  }
  if (report.kind == CodeKind::kGrid) AddPart(&report, "sequence", code.substr(kCommunity));
  return report;
}

CodeReport Judge(std::string_view code) {
  const std::string normal = NormalizeWidth(code);
  if (HasCitizenShape(normal)) return CheckCitizenId(code, normal);
  if (IsUnitCode(code)) return CheckUnit(code);
  if (CodePoints(code).size() == kPersonOrOrganisation) return CheckUscc(code);
  CodeReport report;
  report.code = std::string(code);
  report.reason = InUsccAlphabet(code) ? "LENGTH" : "ALPHABET";
  return report;
}

}  // namespace

const char* CodeKindName(CodeKind kind) {
  switch (kind) {
    case CodeKind::kCitizenId:
      return "citizen_id";
    case CodeKind::kUscc:
      return "uscc";
    case CodeKind::kDivision:
      return "division";
    case CodeKind::kGrid:
      return "grid";
    case CodeKind::kUnknown:
      break;
  }
  return "unknown";
}

CodeReport CheckCode(std::string_view code) {
  CodeReport report = Judge(code);
  report.valid = report.reason.empty();
  return report;
}

// GB 11643-1999 (ISO 7064, MOD 11-2): weight of place i (0 to 16) is 2^(17-i) mod 11.
char CitizenIdCheckCharacter(std::string_view first17) {
  constexpr int kWeights[17] = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
  if (first17.size() != std::size(kWeights) || !AllDigits(first17)) return '\0';
  int sum = 0;
  for (size_t i = 0; i < first17.size(); ++i) sum += kWeights[i] * (first17[i] - '0');
  return "10X98765432"[sum % 11];
}

// GB 32100-2015 (ISO 7064, MOD 31-3): weight of place i (0 to 16) is 3^i mod 31.
char UsccCheckCharacter(std::string_view first17) {
  constexpr int kWeights[17] = {1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28};
  if (first17.size() != std::size(kWeights)) return '\0';
  int sum = 0;
  for (size_t i = 0; i < first17.size(); ++i) {
    const size_t value = kUsccAlphabet.find(first17[i]);
    if (value == std::string_view::npos) return '\0';
    sum += kWeights[i] * static_cast<int>(value);
  }
  return kUsccAlphabet[static_cast<size_t>((31 - sum % 31) % 31)];
}

std::string_view CanonicalDivisionCode(std::string_view code) {
  if (!IsDivisionLength(code.size()) || !AllDigits(code)) return code;
  // Only groups at the end are padding: in 441900003000 the county group 00 is the place of a level that 东莞 does not
  // have.
  for (size_t i = std::size(kDivisionEnds) - 1; i > 0; --i) {
    if (code.size() < kDivisionEnds[i]) continue;
    const std::string_view group = code.substr(kDivisionEnds[i - 1]);
    if (group.find_first_not_of('0') != std::string_view::npos) break;
    code = code.substr(0, kDivisionEnds[i - 1]);
  }
  return code;
}

bool IsUnitCode(std::string_view code) {
  return (IsDivisionLength(code.size()) || IsGridLength(code.size())) && AllDigits(code);
}

}  // namespace jiceng::base
