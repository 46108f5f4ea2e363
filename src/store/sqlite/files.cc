#include "store/sqlite/files.h"

#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <system_error>

#include "absl/strings/match.h"
#include "base/status.h"
#include "base/strings.h"

namespace jiceng::store {
namespace {

constexpr std::string_view kSqliteMagic("SQLite format 3\0", 16);
constexpr size_t kHeaderSize = 100;

uint32_t BigEndian32(std::string_view bytes, size_t at) {
  uint32_t value = 0;
  for (size_t i = 0; i < 4; ++i) value = value << 8 | static_cast<uint8_t>(bytes[at + i]);
  return value;
}

absl::Status NotAStore(const std::string& path, std::string_view what) {
  return base::Error(absl::StatusCode::kDataLoss, "NOT_A_STORE", base::StrCat(path, " is not a store: ", what));
}

absl::Status Truncated(const std::string& path, int64_t expected, int64_t size) {
  return base::Error(absl::StatusCode::kDataLoss, "STORE_TRUNCATED",
                     base::StrCat(path, " is cut short: its header tells of ", expected, " bytes, it has ", size,
                                  "; restore it from a backup"));
}

absl::Status Errno(const std::string& path, int error) {
  if (error == EACCES || error == EPERM || error == EROFS) {
    return base::Error(
        absl::StatusCode::kPermissionDenied, "STORE_PERMISSION",
        base::StrCat(path, ": ", std::strerror(error), "; the file and its folder must be accessible to this user"));
  }
  if (error == ENOENT || error == ENOTDIR) {
    return base::Error(absl::StatusCode::kNotFound, "STORE_NOT_FOUND", base::StrCat(path, " does not exist"));
  }
  return base::Error(absl::StatusCode::kUnavailable, "DISK", base::StrCat(path, ": ", std::strerror(error)));
}

absl::Status Exists(const std::string& path) {
  return base::Error(absl::StatusCode::kAlreadyExists, "STORE_EXISTS",
                     base::StrCat(path, " exists already: choose another name, or remove it first"));
}

// The first bytes as people know them: text where it is printable, else hex.
std::string Shown(std::string_view bytes) {
  std::string text;
  for (const char c : bytes.substr(0, 16)) {
    if (c >= ' ' && c <= '~') {
      text.push_back(c);
    } else {
      absl::StrAppend(&text, "\\x", absl::Hex(static_cast<uint8_t>(c), absl::kZeroPad2));
    }
  }
  return text;
}

// Compares the pages the header tells of with the size of the file.
absl::Status CheckLength(Connection* connection) {
  ASSIGN_OR_RETURN(const std::string header, connection->ReadFileStart(kHeaderSize));
  ASSIGN_OR_RETURN(const int64_t size, connection->FileSize());
  if (header.size() < kHeaderSize) return Truncated(connection->path(), kHeaderSize, size);
  int64_t page = static_cast<uint8_t>(header[16]) << 8 | static_cast<uint8_t>(header[17]);
  if (page == 1) page = 65536;  // sqlite.org/fileformat2.html 1.3.2
  const int64_t expected = page * BigEndian32(header, 28);
  return size < expected ? Truncated(connection->path(), expected, size) : absl::OkStatus();
}

bool IsThere(const std::string& path) {
  struct stat info;
  return lstat(path.c_str(), &info) == 0;
}

std::string Folder(const std::string& path) {
  const std::string folder = std::filesystem::path(path).parent_path().string();
  return folder.empty() ? "." : folder;
}

// Moves without replacing; a link and an unlink where the kernel or the file system cannot.
int MoveNew(const char* from, const char* to) {
  if (renameat2(AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE) == 0) return 0;
  if (errno != EINVAL && errno != ENOSYS) return errno;
  if (link(from, to) != 0) return errno;
  unlink(from);
  return 0;
}

}  // namespace

std::string ResolvePath(const std::string& path) {
  std::error_code error;
  const std::filesystem::path absolute = std::filesystem::absolute(path, error);
  if (error) return path;
  const std::filesystem::path resolved = std::filesystem::weakly_canonical(absolute, error);
  return error ? absolute.string() : resolved.string();
}

absl::Status CheckFile(const std::string& path, bool read_only) {
  struct stat info;
  if (stat(path.c_str(), &info) != 0) {
    if (errno == ENOENT || errno == ENOTDIR) {
      return base::Error(absl::StatusCode::kNotFound, "STORE_NOT_FOUND",
                         base::StrCat(path, " does not exist: check the path, or create a store there first"));
    }
    return Errno(path, errno);
  }
  if (S_ISDIR(info.st_mode)) return NotAStore(path, "it is a directory");
  if (!S_ISREG(info.st_mode)) return NotAStore(path, "it is not a regular file");
  if (access(path.c_str(), read_only ? R_OK : R_OK | W_OK) != 0) return Errno(path, errno);
  return absl::OkStatus();
}

absl::Status CheckHeader(Connection* connection) {
  const std::string& path = connection->path();
  ASSIGN_OR_RETURN(const std::string header, connection->ReadFileStart(kHeaderSize));
  if (header.empty()) return NotAStore(path, "it is empty");
  if (!absl::StartsWith(header, absl::string_view(kSqliteMagic.data(), std::min(kSqliteMagic.size(), header.size())))) {
    return NotAStore(path, base::StrCat("it begins with \"", Shown(header), "\""));
  }
  if (header.size() < kHeaderSize) return Truncated(path, kHeaderSize, static_cast<int64_t>(header.size()));
  const uint32_t application = BigEndian32(header, 68);
  if (application != kApplicationId) {
    return NotAStore(path, base::StrCat("it is an SQLite database of another program (application id 0x",
                                        absl::Hex(application, absl::kZeroPad8), ")"));
  }
  const uint32_t format = BigEndian32(header, 60);
  if (format > kFormat) {
    return base::Error(absl::StatusCode::kFailedPrecondition, "STORE_NEWER",
                       base::StrCat(path, " has format ", format, ", this library reads up to format ", kFormat,
                                    ": use a newer library"));
  }
  if (format < kOldestFormat) return CorruptError(path, base::StrCat("no released library writes format ", format));
  return absl::OkStatus();
}

absl::Status Diagnose(Connection* connection, const absl::Status& error) {
  if (base::ErrorReason(error) != "STORE_CORRUPT") return error;
  const absl::Status length = CheckLength(connection);
  return length.ok() ? error : length;
}

absl::Status CheckComplete(Connection* connection) {
  struct stat log;
  const bool logged = stat((connection->path() + "-wal").c_str(), &log) == 0 && log.st_size > 0;
  return logged ? absl::OkStatus() : CheckLength(connection);
}

NewFile::NewFile(const std::string& path) : path_(ResolvePath(path)) {
  std::array<uint8_t, 6> bytes;
  base::RandomBytes().Fill(bytes.data(), bytes.size());
  const std::string temporary = base::StrCat(path_, "-new-", base::Hex(AsBytes(bytes)));
  traces_ = {temporary, temporary + "-journal", temporary + "-wal", temporary + "-shm"};
}

NewFile::~NewFile() {
  if (!made_) return;
  for (const std::string& file : traces_) unlink(file.c_str());
}

absl::Status NewFile::Prepare() {
  if (IsThere(path_)) return Exists(path_);
  // SQLite would take the journal of a store that was here before for this one's, and "recover" it.
  for (const char* suffix : {"-wal", "-journal"}) {
    const std::string left = path_ + suffix;
    if (IsThere(left)) {
      return base::Error(absl::StatusCode::kAlreadyExists, "STORE_EXISTS",
                         base::StrCat(left, " is left of an older store: remove it, or bring its store back"));
    }
  }
  // Personal data lie in it: only its owner may read it until the owner decides otherwise.
  const int fd = open(temporary().c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (fd < 0) return Errno(errno == ENOENT ? Folder(path_) : temporary(), errno);
  close(fd);
  made_ = true;
  return absl::OkStatus();
}

absl::Status NewFile::Publish() {
  // SQLite passes over some errors when it tidies up.  A journal or log that still holds something would be needed
  // beside the file.
  for (const std::string& left : {traces_[1], traces_[2]}) {
    struct stat info;
    if (stat(left.c_str(), &info) != 0) continue;
    if (info.st_size > 0) {
      return base::Error(absl::StatusCode::kUnavailable, "DISK",
                         base::StrCat(left, " could not be written back or deleted"));
    }
    unlink(left.c_str());
  }
  const int error = MoveNew(temporary().c_str(), path_.c_str());
  if (error == EEXIST) return Exists(path_);
  if (error != 0) return Errno(path_, error);
  made_ = false;
  const std::string folder = Folder(path_);
  const int fd = open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  const bool synced = fd >= 0 && fsync(fd) == 0;
  const int sync_error = errno;
  if (fd >= 0) close(fd);
  return synced ? absl::OkStatus() : Errno(folder, sync_error);
}

absl::Status InitializeFile(const std::string& file, const StoreInfo& info) {
  Connection connection;
  RETURN_IF_ERROR(connection.Open(file, SQLITE_OPEN_READWRITE, 0));
  RETURN_IF_ERROR(connection.Execute("PRAGMA synchronous = EXTRA"));
  RETURN_IF_ERROR(CreateSchema(&connection, info));
  ASSIGN_OR_RETURN(const std::string mode, connection.QueryText("PRAGMA journal_mode = WAL"));
  if (mode != "wal") {
    return base::Error(absl::StatusCode::kUnavailable, "DISK",
                       base::StrCat(file, ": the file system cannot keep a write-ahead log; stores need a local one"));
  }
  return absl::OkStatus();
}

}  // namespace jiceng::store
