// Texts that are nearly the same, kept once.  Fifty thousand verdicts differ in a number, a date or a name; what they
// share is sent once.
#ifndef JICENG_CLI_REPORT_TEXT_POOL_H_
#define JICENG_CLI_REPORT_TEXT_POOL_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace jiceng::cli {

// In a pattern U+0001 stands for a run of ASCII digits, U+0002 for the subject's name, U+0003 for the subject's node
// text.  Other control characters U+0001..U+0003 in a text become spaces, so that filling a pattern gives the text
// back.
class TextPool {
 public:
  struct Entry {
    int32_t pattern;
    std::string digits;  // the runs, in order, separated by a space
  };
  Entry Add(std::string_view text, std::string_view name, std::string_view node);
  // A text of which there are few, kept as it is; the pattern has no holes.
  int32_t Whole(std::string_view text);
  const std::vector<std::string>& patterns() const { return patterns_; }

 private:
  int32_t Row(std::string pattern);

  std::unordered_map<std::string, int32_t> known_;
  std::vector<std::string> patterns_;
};

}  // namespace jiceng::cli

#endif  // JICENG_CLI_REPORT_TEXT_POOL_H_
