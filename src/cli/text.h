// Everything the command says exists in Chinese and in English, side by side, so that neither can be forgotten.
#ifndef JICENG_CLI_TEXT_H_
#define JICENG_CLI_TEXT_H_

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>

namespace jiceng::cli {

// Values equal JICENG_LANG_*.
enum class Lang : int32_t { kZh = 1, kEn = 2 };

struct Text {
  const char* zh = "";
  const char* en = "";
  const char* In(Lang lang) const { return lang == Lang::kEn ? en : zh; }
  bool empty() const { return *zh == '\0' && *en == '\0'; }
};

// Puts the values in place of {0}, {1} … {9}; a brace without a value of that number stays as it is.
std::string Fill(std::string_view pattern, std::initializer_list<std::string_view> values);

}  // namespace jiceng::cli

#endif  // JICENG_CLI_TEXT_H_
