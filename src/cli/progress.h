// A bar on standard error during long work: stage, percent, rate, time left.  Also how Ctrl-C reaches the library.
#ifndef JICENG_CLI_PROGRESS_H_
#define JICENG_CLI_PROGRESS_H_

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

#include "cli/output.h"
#include "cli/text.h"

namespace jiceng::cli {

// The line of a bar.  `total` 0: not known.  Separate from drawing so that it can be tested.
std::string ProgressLine(std::string_view stage, int64_t done, int64_t total, double seconds, int width, Lang lang);

// While one of these lives, Ctrl-C asks the work to stop at its next step; a second one ends the program at once.  One
// at a time.
class Progress {
 public:
  Progress(Lang lang, Terminal terminal);
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;
  ~Progress();  // clears the bar

  // For the library's `progress` and `progress_user`.
  static int32_t Callback(const char* stage, int64_t done, int64_t total, void* user);
  // False when the work must stop.
  bool Update(std::string_view stage, int64_t done, int64_t total);
  static bool Interrupted();

 private:
  using Clock = std::chrono::steady_clock;
  Lang lang_;
  Terminal terminal_;
  std::string stage_;
  Clock::time_point stage_began_, last_drawn_;
  bool drawn_ = false;
};

}  // namespace jiceng::cli

#endif  // JICENG_CLI_PROGRESS_H_
