// Text on its way into a page.
#ifndef JICENG_CLI_HTML_H_
#define JICENG_CLI_HTML_H_

#include <string>
#include <string_view>

namespace jiceng::cli {

// With what markup is made of written as references: good between tags and within quoted attributes.
inline void AppendEscaped(std::string_view text, std::string* html) {
  for (const char c : text) {
    switch (c) {
      case '&':
        html->append("&amp;");
        break;
      case '<':
        html->append("&lt;");
        break;
      case '>':
        html->append("&gt;");
        break;
      case '"':
        html->append("&quot;");
        break;
      case '\'':
        html->append("&#39;");
        break;
      default:
        html->push_back(c);
    }
  }
}

}  // namespace jiceng::cli

#endif  // JICENG_CLI_HTML_H_
