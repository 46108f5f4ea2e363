#include "cli/progress.h"

#include <signal.h>

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "cli/width.h"

namespace jiceng::cli {
namespace {

constexpr std::chrono::milliseconds kBetweenDraws{100};
constexpr int kBarWidth = 24;

volatile sig_atomic_t g_interrupted = 0;
struct sigaction g_previous;

void OnInterrupt(int) {
  g_interrupted = 1;
  sigaction(SIGINT, &g_previous, nullptr);  // the next one is not asked for patience
}

struct Stage {
  std::string_view name;
  Text text;
  bool bytes = false;  // what is counted: bytes of files, else rows
};
constexpr Stage kStages[] = {
    {"read", {"读取", "reading"}, true},
    {"check", {"检查", "checking"}},
    {"build", {"整理变更", "preparing"}},
    {"write", {"写入", "writing"}},
    {"load", {"载入", "loading"}},
    {"fold", {"整理", "folding"}},
    {"verify", {"核验", "verifying"}},
    {"export", {"导出", "exporting"}},
    {"divisions", {"区划", "divisions"}},
    {"units", {"治理单元", "units"}},
    {"organizations", {"组织", "organisations"}},
    {"people", {"人员", "people"}},
};
constexpr Text kRows = {"{0} 行", "{0} rows"};
constexpr Text kRowRate = {"{0} 行/秒", "{0} rows/s"};
constexpr Text kByteRate = {"{0} MB/秒", "{0} MB/s"};
constexpr Text kLeft = {"还剩 {0}", "{0} left"};

// 1234567 as "1,234,567".
std::string Grouped(int64_t number) {
  std::string digits = std::to_string(number);
  for (int i = static_cast<int>(digits.size()) - 3; i > 0; i -= 3) digits.insert(i, ",");
  return digits;
}

std::string Clocked(int64_t seconds) {
  char buffer[48];
  if (seconds >= 3600) {
    std::snprintf(buffer, sizeof(buffer), "%lld:%02lld:%02lld", static_cast<long long>(seconds / 3600),
                  static_cast<long long>(seconds / 60 % 60), static_cast<long long>(seconds % 60));
  } else {
    std::snprintf(buffer, sizeof(buffer), "%lld:%02lld", static_cast<long long>(seconds / 60),
                  static_cast<long long>(seconds % 60));
  }
  return buffer;
}

}  // namespace

std::string ProgressLine(std::string_view stage, int64_t done, int64_t total, double seconds, int width, Lang lang) {
  std::string line(stage);
  bool bytes = false;
  for (const Stage& known : kStages) {
    if (known.name != stage) continue;
    line = known.text.In(lang);
    bytes = known.bytes;
  }
  const double rate = seconds > 0.2 ? static_cast<double>(done) / seconds : 0;
  if (total > 0) {
    const double share = std::clamp(static_cast<double>(done) / static_cast<double>(total), 0.0, 1.0);
    const int filled = static_cast<int>(share * kBarWidth);
    line += "  ";
    for (int i = 0; i < kBarWidth; ++i) line += i < filled ? "█" : "░";
    char percent[16];
    std::snprintf(percent, sizeof(percent), " %3d%%", static_cast<int>(share * 100));
    line += percent;
  } else if (done > 0 && !bytes) {
    line += "  " + Fill(kRows.In(lang), {Grouped(done)});
  } else {
    line += " …";
  }
  if (rate >= 1 && bytes) {
    char megabytes[32];
    std::snprintf(megabytes, sizeof(megabytes), "%.1f", rate / 1e6);
    line += "  " + Fill(kByteRate.In(lang), {megabytes});
  } else if (rate >= 1) {
    line += "  " + Fill(kRowRate.In(lang), {Grouped(std::llround(rate))});
  }
  if (rate > 0 && total > done) {
    line += "  " + Fill(kLeft.In(lang), {Clocked(std::llround(static_cast<double>(total - done) / rate))});
  }
  return width > 1 ? CutToWidth(line, width - 1) : line;
}

Progress::Progress(Lang lang, Terminal terminal)
    : lang_(lang), terminal_(terminal), stage_began_(Clock::now()), last_drawn_(Clock::now()) {
  g_interrupted = 0;
  struct sigaction action {};
  action.sa_handler = OnInterrupt;
  sigemptyset(&action.sa_mask);
  sigaction(SIGINT, &action, &g_previous);
}

Progress::~Progress() {
  sigaction(SIGINT, &g_previous, nullptr);
  if (drawn_) std::fputs("\r\033[K", stderr);
}

int32_t Progress::Callback(const char* stage, int64_t done, int64_t total, void* user) {
  return static_cast<Progress*>(user)->Update(stage, done, total) ? 0 : 1;
}

bool Progress::Interrupted() { return g_interrupted != 0; }

bool Progress::Update(std::string_view stage, int64_t done, int64_t total) {
  if (g_interrupted != 0) return false;
  if (!terminal_.is_terminal) return true;
  const Clock::time_point now = Clock::now();
  if (stage != stage_) {
    stage_ = stage;
    stage_began_ = now;
  }
  if (now - last_drawn_ < kBetweenDraws) return true;
  last_drawn_ = now;
  drawn_ = true;
  const double seconds = std::chrono::duration<double>(now - stage_began_).count();
  const std::string line = ProgressLine(stage, done, total, seconds, terminal_.width, lang_);
  std::fprintf(stderr, "\r%s\033[K", line.c_str());
  std::fflush(stderr);
  return true;
}

}  // namespace jiceng::cli
