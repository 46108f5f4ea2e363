#include "ledgers/hint.h"

#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "ledgers/strings.h"

namespace jiceng::ledgers {
namespace {

constexpr size_t kLongestName = 64;  // longer text is no slip of the hand, and the table below is square

// Levenshtein, Soviet Physics Doklady 10 (1966), in one row.
size_t Distance(std::string_view a, std::string_view b) {
  std::vector<size_t> row(b.size() + 1);
  for (size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (size_t i = 1; i <= a.size(); ++i) {
    size_t diagonal = row[0];
    row[0] = i;
    for (size_t j = 1; j <= b.size(); ++j) {
      const size_t substituted = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({row[j] + 1, row[j - 1] + 1, substituted});
    }
  }
  return row[b.size()];
}

// The words in order of the alphabet: "Code-Parent" and "parent code" give "code_parent".
std::string SortedWords(std::string_view name) {
  std::vector<std::string> words =
      absl::StrSplit(absl::AsciiStrToLower(ToAbsl(name)), absl::ByAnyChar("_- ."), absl::SkipEmpty());
  std::sort(words.begin(), words.end());
  return absl::StrJoin(words, "_");
}

std::string Letters(std::string_view name) {
  std::string letters = absl::AsciiStrToLower(ToAbsl(name));
  letters.erase(std::remove_if(letters.begin(), letters.end(), [](unsigned char c) { return !absl::ascii_isalnum(c); }),
                letters.end());
  return letters;
}

bool IsHan(std::string_view text) { return !text.empty() && static_cast<unsigned char>(text.front()) >= 0xE3; }

}  // namespace

bool LooksLike(std::string_view written, std::string_view meant) {
  if (written.empty() || written.size() > kLongestName || IsHan(written)) return false;
  if (SortedWords(written) == SortedWords(meant)) return true;
  const std::string a = Letters(written), b = Letters(meant);
  if (a.empty()) return false;
  if (a == b) return true;
  const size_t allowed = b.size() >= 5 ? 2 : b.size() >= 4 ? 1 : 0;
  return Distance(a, b) <= allowed;
}

bool LooksLikeTitle(std::string_view header, std::string_view titles) {
  if (!IsHan(header)) return false;
  for (size_t end; !titles.empty(); titles.remove_prefix(std::min(end + 1, titles.size()))) {
    end = std::min(titles.find('|'), titles.size());
    const std::string_view title = titles.substr(0, end);
    if (Contains(header, title) || Contains(title, header)) return true;
  }
  return false;
}

}  // namespace jiceng::ledgers
