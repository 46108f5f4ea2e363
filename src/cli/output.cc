#include "cli/output.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <cstdlib>
#include <cstring>

namespace jiceng::cli {

bool Output::Flush() {
  if (!buffer_.empty() && std::fwrite(buffer_.data(), 1, buffer_.size(), file_) != buffer_.size()) failed_ = true;
  buffer_.clear();
  if (std::fflush(file_) != 0) failed_ = true;
  return !failed_;
}

Terminal TerminalOf(std::FILE* file) {
  Terminal terminal;
  const int descriptor = fileno(file);
  terminal.is_terminal = isatty(descriptor) == 1;
  if (!terminal.is_terminal) return terminal;
  winsize size{};
  if (ioctl(descriptor, TIOCGWINSZ, &size) == 0) terminal.width = size.ws_col;
  const char* no_color = std::getenv("NO_COLOR");
  const char* kind = std::getenv("TERM");
  const bool refused = no_color != nullptr && *no_color != '\0';
  terminal.color = !refused && kind != nullptr && std::strcmp(kind, "dumb") != 0;
  return terminal;
}

}  // namespace jiceng::cli
