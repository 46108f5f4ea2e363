#include "benchmarks/child.h"

#include <malloc.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cinttypes>
#include <cstdio>
#include <fstream>
#include <sstream>

#include "benchmarks/fail.h"
#include "benchmarks/sides.h"

extern char** environ;

namespace jiceng::benchmarks {
namespace {

// A line of /proc/self/status in bytes.
int64_t Status(const std::string& name) {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);) {
    if (line.rfind(name + ":", 0) == 0) return std::stoll(line.substr(name.size() + 1)) * 1024;
  }
  return 0;
}

template <class Side>
int FirstAnswer(const Options& options) {
  const auto begin = std::chrono::steady_clock::now();
  Side side(options.path);
  CountingSink sink;
  side.Unreported(options.unit, options.date, sink);
  const auto end = std::chrono::steady_clock::now();
  std::printf("%" PRId64 " %" PRId64 "\n",
              static_cast<int64_t>(std::chrono::duration_cast<std::chrono::nanoseconds>(end - begin).count()),
              sink.rows());
  return 0;
}

template <class Side>
int Resident(const Options& options) {
  malloc_trim(0);
  const int64_t heap = Status("RssAnon");
  const int64_t files = Status("RssFile");
  const int64_t all = Status("VmRSS");
  Side side(options.path);
  CountingSink sink;
  side.Audit(options.date, sink);
  side.Rollup("members.full", options.date, sink);
  side.Rollup("report.rate", options.date, sink);
  side.Unreported(options.unit, options.date, sink);
  side.CrossAppointments(options.unit, options.date, sink);
  side.Officers(options.unit, "secretary", options.date, sink);
  side.Members(options.unit, options.date, sink);
  malloc_trim(0);
  std::printf("%" PRId64 " %" PRId64 " %" PRId64 "\n", Status("RssAnon") - heap, Status("RssFile") - files,
              Status("VmHWM") - all);
  return 0;
}

template <class Side>
int Run(const Options& options) {
  if (options.child == "first-answer") return FirstAnswer<Side>(options);
  if (options.child == "resident") return Resident<Side>(options);
  Fail("no such measure: " + options.child);
}

}  // namespace

int RunChild(const Options& options) {
  int code = 1;
  ForEachSide(options, [&](auto of) {
    using Side = typename decltype(of)::Side;
    if (options.side == Side::kName) code = Run<Side>(options);
  });
  return code;
}

std::vector<int64_t> AskChild(const std::string& what, const std::string& side, const std::string& path,
                              const std::string& unit, int32_t date) {
  char day[16];
  std::snprintf(day, sizeof day, "%04d-%02d-%02d", date / 10000, date / 100 % 100, date % 100);
  std::string words[] = {"/proc/self/exe", "--child", what,     "--side", side, "--path", path,
                         "--unit",         unit,      "--date", day};
  std::vector<char*> arguments;
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);

  int ends[2];
  if (::pipe(ends) != 0) Fail("no pipe");
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
  posix_spawn_file_actions_addclose(&actions, ends[0]);
  posix_spawn_file_actions_addclose(&actions, ends[1]);
  pid_t child = 0;
  if (posix_spawn(&child, words[0].c_str(), &actions, nullptr, arguments.data(), environ) != 0)
    Fail("no child process");
  posix_spawn_file_actions_destroy(&actions);
  ::close(ends[1]);
  std::string output;
  char buffer[256];
  for (ssize_t got = 0; (got = ::read(ends[0], buffer, sizeof buffer)) > 0;) output.append(buffer, got);
  ::close(ends[0]);
  int status = 0;
  ::waitpid(child, &status, 0);
  if (status != 0) Fail("the child that measures " + what + " of " + side + " failed");

  std::istringstream figures(output);
  std::vector<int64_t> values;
  for (int64_t value = 0; figures >> value;) values.push_back(value);
  return values;
}

}  // namespace jiceng::benchmarks
