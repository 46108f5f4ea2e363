// Markup by pieces: what stands in the source as a literal is markup, everything else is text and is escaped.
#ifndef PORTAL_HTML_H
#define PORTAL_HTML_H

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace portal {

// Text that means itself in an element and in a quoted attribute.  Control characters, which HTML does not have, are
// U+FFFD.
std::string Escape(std::string_view text);

// One segment of a path, or a value of a query.
std::string Percent(std::string_view text);

class Html {
 public:
  template <size_t N>
  Html& operator<<(const char (&markup)[N]) {
    out_.append(markup, N - 1);
    return *this;
  }
  Html& operator<<(std::string_view text) {
    out_ += Escape(text);
    return *this;
  }
  Html& operator<<(const std::string& text) { return *this << std::string_view(text); }
  Html& operator<<(int64_t number) {
    out_ += std::to_string(number);
    return *this;
  }
  Html& operator<<(const Html& part) {
    out_ += part.out_;
    return *this;
  }

  bool empty() const { return out_.empty(); }
  std::string Take() { return std::move(out_); }

 private:
  std::string out_;
};

}  // namespace portal

#endif  // PORTAL_HTML_H
