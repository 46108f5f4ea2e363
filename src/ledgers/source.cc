#include <dirent.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <memory>
#include <system_error>
#include <utility>

#include "base/descriptor.h"
#include "base/status.h"
#include "ledgers/ledger.h"
#include "ledgers/strings.h"

namespace jiceng::ledgers {
namespace {

// Files up to this size are read: whoever cuts a mapped file short under us kills the host's process, and the files
// people keep open in a spreadsheet are small.  Larger ones are mapped, which saves a copy.
constexpr size_t kMappedFrom = size_t{8} << 20;

absl::Status FileTrouble(const std::string& path, int why) {
  const std::string_view doing = "cannot read";
  const std::string message = Cat(doing, " ", path, ": ", std::strerror(why));
  if (why == ENOENT || why == ENOTDIR) return base::Error(absl::StatusCode::kNotFound, "FILE_NOT_FOUND", message, path);
  if (why == EACCES || why == EPERM)
    return base::Error(absl::StatusCode::kPermissionDenied, "FILE_NOT_READABLE", message, path);
  return base::Error(absl::StatusCode::kUnavailable, "FILE_TROUBLE", message, path);
}

std::string NameOf(const std::string& path) { return std::filesystem::path(path).filename().string(); }

// Reads to the end; a pipe has no size beforehand.
absl::Status ReadAll(int fd, const std::string& path, size_t expected, std::string* bytes) {
  bytes->resize(expected + 1);
  size_t size = 0;
  for (;;) {
    if (size == bytes->size()) bytes->resize(bytes->size() * 2 + 4096);
    const ssize_t got = read(fd, bytes->data() + size, bytes->size() - size);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return FileTrouble(path, errno);
    if (got == 0) break;
    size += static_cast<size_t>(got);
  }
  bytes->resize(size);
  return absl::OkStatus();
}

bool IsTable(const std::string& name) {
  const std::string extension = std::filesystem::path(name).extension().string();
  return EqualsIgnoreCase(extension, ".csv") || EqualsIgnoreCase(extension, ".xlsx") ||
         EqualsIgnoreCase(extension, ".xls");
}

// The tables of a folder by name; a folder within it is not entered, and hidden files are marks of other programs.
absl::StatusOr<std::vector<std::string>> ListFolder(const std::string& folder) {
  // std::filesystem's iterator ends the process when it finds no memory.
  const std::unique_ptr<DIR, int (*)(DIR*)> open(opendir(folder.c_str()), closedir);
  if (open == nullptr) return FileTrouble(folder, errno);
  std::vector<std::string> files;
  while (true) {
    errno = 0;
    const dirent* const entry = readdir(open.get());
    if (entry == nullptr && errno != 0) return FileTrouble(folder, errno);
    if (entry == nullptr) break;
    const std::string name = entry->d_name;
    if (name[0] == '.' || StartsWith(name, "~$") || !IsTable(name)) continue;
    std::string path = folder;
    if (path.back() != '/') path += '/';
    path += name;
    std::error_code ignored;
    if (!std::filesystem::is_directory(path, ignored)) files.push_back(std::move(path));
  }
  std::sort(files.begin(), files.end());
  return files;
}

}  // namespace

Source::Source(std::string name, std::string bytes)
    : name_(std::move(name)), owned_(std::move(bytes)), bytes_(owned_) {}
Source::Source(std::string name, std::string_view borrowed) : name_(std::move(name)), bytes_(borrowed) {}

Source::Source(Source&& other) noexcept { *this = std::move(other); }

Source& Source::operator=(Source&& other) noexcept {
  if (this == &other) return *this;
  if (mapped_ != nullptr) munmap(mapped_, bytes_.size());
  const bool owns = other.bytes_.data() == other.owned_.data();
  name_ = std::move(other.name_);
  owned_ = std::move(other.owned_);
  bytes_ = owns ? std::string_view(owned_) : other.bytes_;  // a short string's bytes move with it
  mapped_ = std::exchange(other.mapped_, nullptr);
  other.owned_.clear();
  other.bytes_ = other.owned_;
  return *this;
}

Source::~Source() {
  if (mapped_ != nullptr) munmap(mapped_, bytes_.size());
}

void Source::LetGo(size_t from, size_t to) const {
  if (mapped_ == nullptr || to <= from) return;
  const size_t page = static_cast<size_t>(sysconf(_SC_PAGESIZE));
  const size_t begin = from / page * page, end = to == bytes_.size() ? to : to / page * page;
  if (begin < end) madvise(static_cast<char*>(mapped_) + begin, end - begin, MADV_DONTNEED);
}

absl::StatusOr<Source> Source::FromFile(const std::string& path) {
  const base::Descriptor file(open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (file.get() < 0) return FileTrouble(path, errno);
  struct stat info {};
  if (fstat(file.get(), &info) != 0) return FileTrouble(path, errno);
  if (S_ISDIR(info.st_mode)) return FileTrouble(path, EISDIR);
  const size_t size = S_ISREG(info.st_mode) ? static_cast<size_t>(info.st_size) : 0;
  if (size >= kMappedFrom) {
    void* mapped = mmap(nullptr, size, PROT_READ, MAP_PRIVATE, file.get(), 0);
    if (mapped != MAP_FAILED) {
      madvise(mapped, size, MADV_SEQUENTIAL);
      Source source(NameOf(path), std::string_view(static_cast<const char*>(mapped), size));
      source.mapped_ = mapped;
      return source;
    }
  }
  std::string bytes;
  RETURN_IF_ERROR(ReadAll(file.get(), path, size, &bytes));
  return Source(NameOf(path), std::move(bytes));
}

absl::StatusOr<std::vector<Source>> OpenSources(absl::Span<const std::string> paths, Diagnostics* diagnostics) {
  return OpenSources(paths, diagnostics, [](const Source&) { return false; });
}

namespace {

// Keeps a ledger or a wanted table, and warns of any other.
void Take(Source source, Diagnostics* diagnostics, absl::FunctionRef<bool(const Source&)> wanted,
          std::vector<Source>* sources) {
  if (FindSpec(source.name()) != nullptr || wanted(source)) return sources->push_back(std::move(source));
  std::string names;
  for (int i = 0; i < kLedgers; ++i) Append(&names, i == 0 ? "" : ", ", SpecOf(static_cast<Ledger>(i)).file);
  diagnostics->AddWarning(
      {source.name(), 0, "", "", "SKIPPED_FILE", Cat("no ledger by its name, and left out; ledgers are ", names)});
}

absl::Status NoLedger() {
  return base::Error(absl::StatusCode::kInvalidArgument, "NO_LEDGER",
                     "no ledger among the files given; expected files such as units.csv, orgs.csv, people.csv");
}

}  // namespace

absl::StatusOr<std::vector<Source>> TakeSources(std::vector<Source> given, Diagnostics* diagnostics,
                                                absl::FunctionRef<bool(const Source&)> wanted) {
  std::vector<Source> sources;
  for (Source& source : given) Take(std::move(source), diagnostics, wanted, &sources);
  if (sources.empty()) return NoLedger();
  return sources;
}

absl::StatusOr<std::vector<Source>> OpenSources(absl::Span<const std::string> paths, Diagnostics* diagnostics,
                                                absl::FunctionRef<bool(const Source&)> wanted) {
  std::vector<Source> sources;
  const auto take = [&](const std::string& path) -> absl::Status {
    ASSIGN_OR_RETURN(Source source, Source::FromFile(path));
    Take(std::move(source), diagnostics, wanted, &sources);
    return absl::OkStatus();
  };
  for (const std::string& path : paths) {
    std::error_code error;
    if (!std::filesystem::is_directory(path, error)) {
      RETURN_IF_ERROR(take(path));
      continue;
    }
    ASSIGN_OR_RETURN(const std::vector<std::string> files, ListFolder(path));
    const size_t before = sources.size();
    for (const std::string& file : files) RETURN_IF_ERROR(take(file));
    if (sources.size() == before) {
      return base::Error(
          absl::StatusCode::kInvalidArgument, "NO_LEDGER",
          Cat("no ledger in the folder ", path, "; expected files such as units.csv, orgs.csv, people.csv"), path);
    }
  }
  if (sources.empty()) return NoLedger();
  return sources;
}

}  // namespace jiceng::ledgers
