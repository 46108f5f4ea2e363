// Standard output, buffered, and what it is connected to.
#ifndef JICENG_CLI_OUTPUT_H_
#define JICENG_CLI_OUTPUT_H_

#include <cstdio>
#include <string>
#include <string_view>

namespace jiceng::cli {

// Does not copy.  One thread at a time.
class Output {
 public:
  explicit Output(std::FILE* file) : file_(file) {}
  Output(const Output&) = delete;
  Output& operator=(const Output&) = delete;
  ~Output() { Flush(); }

  void Write(std::string_view text) {
    buffer_.append(text);
    if (buffer_.size() >= kFlushAt) Flush();
  }
  void Line(std::string_view text) {
    Write(text);
    Write("\n");
  }
  // False when any byte since the beginning was not written (a full disk).
  bool Flush();

 private:
  static constexpr size_t kFlushAt = size_t{1} << 16;
  std::FILE* file_;
  std::string buffer_;
  bool failed_ = false;
};

// What a stream is connected to.
struct Terminal {
  bool is_terminal = false;
  bool color = false;  // a terminal, not a dumb one, and NO_COLOR is not set (no-color.org)
  int width = 0;       // columns; 0 when it is no terminal or does not tell
};
Terminal TerminalOf(std::FILE* file);

}  // namespace jiceng::cli

#endif  // JICENG_CLI_OUTPUT_H_
