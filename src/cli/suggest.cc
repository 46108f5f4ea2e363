#include "cli/suggest.h"

#include <algorithm>

namespace jiceng::cli {

int EditDistance(std::string_view a, std::string_view b) {
  // Optimal string alignment; three rows, for a swap looks two rows back.
  std::vector<int> before(b.size() + 1), last(b.size() + 1), row(b.size() + 1);
  for (size_t j = 0; j <= b.size(); ++j) last[j] = static_cast<int>(j);
  for (size_t i = 1; i <= a.size(); ++i) {
    row[0] = static_cast<int>(i);
    for (size_t j = 1; j <= b.size(); ++j) {
      const int change = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, change});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) row[j] = std::min(row[j], before[j - 2] + 1);
    }
    before.swap(last);
    last.swap(row);
  }
  return last[b.size()];
}

std::string Nearest(std::string_view word, const std::vector<std::string_view>& known) {
  // The beginning of one word only is what people type when they are sure of it.
  if (word.size() >= 3) {
    std::string_view only;
    int hits = 0;
    for (std::string_view candidate : known) {
      if (candidate.substr(0, word.size()) == word && ++hits == 1) only = candidate;
    }
    if (hits == 1) return std::string(only);
  }
  std::string_view best;
  int best_distance = static_cast<int>(word.size()) / 3 + 2;  // one slip in a short word, more in a long one
  for (std::string_view candidate : known) {
    const int distance = EditDistance(word, candidate);
    if (distance < best_distance && distance < static_cast<int>(candidate.size())) {
      best = candidate;
      best_distance = distance;
    }
  }
  return std::string(best);
}

}  // namespace jiceng::cli
