// Codes with structure and check characters: divisions, grids, citizen numbers, unified social credit codes.
#ifndef JICENG_BASE_CODES_H_
#define JICENG_BASE_CODES_H_

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace jiceng::base {

enum class CodeKind { kUnknown, kCitizenId, kUscc, kDivision, kGrid };

// What a code is and whether it is well formed.  `valid` judges length, alphabet, a real birth date and the final check
// character (GB 11643-1999, GB 32100-2015) only; region and inner organisation code are shown in `parts`, not judged.
struct CodeReport {
  std::string code;  // as given; a citizen number is masked, e.g. "110105********002X"
  CodeKind kind = CodeKind::kUnknown;
  bool valid = false;
  std::string reason;  // "" when valid, else a stable word such as "CHECK_CHARACTER"
  std::vector<std::pair<std::string, std::string>> parts;  // name, value; in reading order
};

const char* CodeKindName(CodeKind kind);  // "citizen_id", "uscc", "division", "grid", "unknown"

// Recognises by length and alphabet, then checks: 18 characters, 17 digits and a digit or X, are a citizen number;
// other 18 a USCC; 2, 4, 6, 9 or 12 digits a division; 14 or 15 digits a grid (12 + 2 or 3).
CodeReport CheckCode(std::string_view code);

// The check character of the first 17 of a citizen number or USCC, or '\0' when they are not of its alphabet.
char CitizenIdCheckCharacter(std::string_view first17);
char UsccCheckCharacter(std::string_view first17);

// One spelling for one unit: trailing zero groups of a zero-padded division code are cut ("320102000000" and "320102"
// are one unit). Text that is not 2, 4, 6, 9 or 12 digits is returned as it is (grids and other schemes have no
// padding).
std::string_view CanonicalDivisionCode(std::string_view code);

// True for 2/4/6/9/12 digits and for grids of 14 or 15 digits.
bool IsUnitCode(std::string_view code);

}  // namespace jiceng::base

#endif  // JICENG_BASE_CODES_H_
