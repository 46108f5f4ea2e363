#include "store/sqlite/lock_file.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <new>
#include <set>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "base/descriptor.h"
#include "base/digest.h"
#include "base/status.h"
#include "base/strings.h"

namespace jiceng::store {
namespace {

// Tells this copy of the library from another one in the same process.
const std::string& CopyId() {
  static const std::string* const id = [] {
    std::array<uint8_t, 8> bytes;
    base::RandomBytes().Fill(bytes.data(), bytes.size());
    return new std::string(base::Hex({reinterpret_cast<const char*>(bytes.data()), bytes.size()}));
  }();
  return *id;
}

std::string ReadWhole(int fd) {
  std::string text;
  char buffer[4096];
  off_t at = 0;
  for (;;) {
    const ssize_t got = pread(fd, buffer, sizeof(buffer), at);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return text;
    text.append(buffer, static_cast<size_t>(got));
    at += got;
  }
}

bool WriteWhole(int fd, const std::string& text) {
  if (ftruncate(fd, 0) != 0) return false;
  size_t at = 0;
  while (at < text.size()) {
    const ssize_t put = pwrite(fd, text.data() + at, text.size() - at, static_cast<off_t>(at));
    if (put < 0 && errno == EINTR) continue;
    if (put <= 0) return false;
    at += static_cast<size_t>(put);
  }
  return true;
}

// The start of a process in clock ticks since boot (field 22 of /proc/PID/stat), which tells it from a later process of
// the same number; "0" where there is no /proc, "" when the process is gone.
std::string StartTime(int64_t pid) {
  const base::Descriptor fd(open(base::StrCat("/proc/", pid, "/stat").c_str(), O_RDONLY | O_CLOEXEC));
  if (!fd.ok()) return kill(static_cast<pid_t>(pid), 0) == 0 || errno == EPERM ? "0" : "";
  const std::string stat = ReadWhole(fd.get());
  const size_t name_end = stat.rfind(')');  // the name may hold spaces and brackets
  if (name_end == std::string::npos) return "0";
  const std::vector<std::string> fields = absl::StrSplit(stat.substr(name_end + 1), ' ', absl::SkipEmpty());
  return fields.size() > 19 ? fields[19] : "0";
}

struct Line {
  std::string text;
  int64_t pid = 0;
  std::string start, copy;
};

// The lines whose processes live.
std::vector<Line> LiveLines(const std::string& text) {
  std::vector<Line> lines;
  for (const absl::string_view one : absl::StrSplit(text, '\n', absl::SkipEmpty())) {
    const std::vector<std::string> fields = absl::StrSplit(one, ' ');
    Line line{std::string(one), 0, "", ""};
    if (fields.size() != 4 || !absl::SimpleAtoi(fields[0], &line.pid) || line.pid <= 0) continue;
    line.start = fields[1];
    line.copy = fields[2];
    if (StartTime(line.pid) == line.start) lines.push_back(std::move(line));
  }
  return lines;
}

std::string Joined(const std::vector<Line>& lines) {
  std::string text;
  for (const Line& line : lines) absl::StrAppend(&text, line.text, "\n");
  return text;
}

// Opens and locks the file; flock() belongs to the open file and so is safe beside other copies in this process.  Since
// the last holder deletes the file, the one locked may be gone by then: try again.  Returns none with errno set when it
// cannot.
base::Descriptor OpenLocked(const std::string& file, bool create) {
  for (;;) {
    base::Descriptor fd(open(file.c_str(), O_RDWR | O_CLOEXEC | O_NOFOLLOW | (create ? O_CREAT : 0), 0600));
    if (!fd.ok()) return fd;
    int code;
    do code = flock(fd.get(), LOCK_EX);
    while (code != 0 && errno == EINTR);
    if (code != 0) return base::Descriptor(-1);
    struct stat mine, there;
    if (fstat(fd.get(), &mine) == 0 && stat(file.c_str(), &there) == 0 && mine.st_ino == there.st_ino &&
        mine.st_dev == there.st_dev) {
      return fd;
    }
  }
}

std::string LockName(const std::string& store) { return store + "-lock"; }

}  // namespace

absl::Status LockFile::Acquire(const std::string& store, bool best_effort) {
  static std::atomic<uint64_t> handles{0};
  file_ = LockName(store);
  const base::Descriptor fd = OpenLocked(file_, /*create=*/true);
  if (!fd.ok()) {
    if (best_effort) return absl::OkStatus();
    return base::Error(absl::StatusCode::kUnavailable, "DISK",
                       base::StrCat("lock file ", file_, " cannot be written: ", std::strerror(errno),
                                    "; the folder of a store must be writable, or open the store read-only"));
  }
  std::vector<Line> lines = LiveLines(ReadWhole(fd.get()));
  const int64_t pid = getpid();
  const std::string start = StartTime(pid);
  for (const Line& line : lines) {
    if (line.pid == pid && line.start == start && line.copy != CopyId()) {
      return base::Error(absl::StatusCode::kUnavailable, "STORE_HELD",
                         base::StrCat(store, " is open in this process (", pid,
                                      ") through another copy of the library: close it there first"));
    }
  }
  line_ = base::StrCat(pid, " ", start, " ", CopyId(), " ", handles.fetch_add(1));
  lines.push_back({line_, pid, start, CopyId()});
  if (WriteWhole(fd.get(), Joined(lines)) || best_effort) return absl::OkStatus();
  const int error = errno;
  line_.clear();
  return base::Error(absl::StatusCode::kUnavailable, "DISK",
                     base::StrCat("lock file ", file_, " cannot be written: ", std::strerror(error)));
}

void LockFile::Release() noexcept {
  if (line_.empty()) return;
  const std::string mine = std::move(line_);
  line_.clear();
  try {
    const base::Descriptor fd = OpenLocked(file_, /*create=*/false);
    if (!fd.ok()) return;
    std::vector<Line> kept;
    for (Line& line : LiveLines(ReadWhole(fd.get()))) {
      if (line.text != mine) kept.push_back(std::move(line));
    }
    if (kept.empty()) {
      unlink(file_.c_str());
    } else {
      WriteWhole(fd.get(), Joined(kept));
    }
  } catch (const std::bad_alloc&) {
    // The line stays until this process ends; it keeps out no handle of this copy of the library.
  }
}

std::string LockFile::OtherHolders(const std::string& store) {
  // Read without the lock: the answer goes into a message only.
  const base::Descriptor fd(open(LockName(store).c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
  if (!fd.ok()) return "";
  const std::string text = ReadWhole(fd.get());
  std::set<int64_t> pids;
  for (const Line& line : LiveLines(text)) {
    if (line.pid != getpid()) pids.insert(line.pid);
  }
  return absl::StrJoin(pids, ", ");
}

}  // namespace jiceng::store
