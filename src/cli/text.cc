#include "cli/text.h"

namespace jiceng::cli {

std::string Fill(std::string_view pattern, std::initializer_list<std::string_view> values) {
  std::string out;
  for (size_t i = 0; i < pattern.size(); ++i) {
    const bool slot = pattern[i] == '{' && i + 2 < pattern.size() && pattern[i + 2] == '}' && pattern[i + 1] >= '0' &&
                      static_cast<size_t>(pattern[i + 1] - '0') < values.size();
    if (slot) {
      out.append(values.begin()[pattern[i + 1] - '0']);
      i += 2;
    } else {
      out.push_back(pattern[i]);
    }
  }
  return out;
}

}  // namespace jiceng::cli
