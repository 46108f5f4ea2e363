#include "graph/new_file.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <utility>

#include "base/status.h"
#include "base/strings.h"

namespace jiceng::graph {

absl::Status DiskError(std::string_view what, const std::string& path, int error) {
  return base::Error(error == ENOENT ? absl::StatusCode::kNotFound : absl::StatusCode::kUnavailable, "DISK",
                     base::StrCat(what, " ", path, ": ", std::strerror(error)));
}

absl::StatusOr<std::unique_ptr<NewFile>> NewFile::Create(const std::string& path) {
  std::unique_ptr<NewFile> file(new NewFile(path));
  RETURN_IF_ERROR(file->Open());
  return file;
}

absl::Status NewFile::Open() {
  // Whoever locks the file may find that it has just been published by another and stands elsewhere: then again.
  for (int attempt = 0; attempt < 3; ++attempt) {
    fd_.emplace(open(temporary_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600));
    if (!fd_->ok()) return DiskError("cannot create", temporary_, errno);
    if (flock(fd(), LOCK_EX | LOCK_NB) != 0) return DiskError("cannot lock", temporary_, errno);
    struct stat mine {
    }, there{};
    named_ = fstat(fd(), &mine) == 0 && stat(temporary_.c_str(), &there) == 0 && mine.st_ino == there.st_ino;
    if (!named_) continue;
    return ftruncate(fd(), 0) == 0 ? absl::OkStatus() : DiskError("cannot write", temporary_, errno);
  }
  return DiskError("cannot create", temporary_, EBUSY);
}

NewFile::~NewFile() { DropName(); }

void NewFile::DropName() {
  if (named_) unlink(temporary_.c_str());
  named_ = false;
}

void NewFile::WriteAt(uint64_t offset, const void* bytes, size_t size) {
  const char* next = static_cast<const char*>(bytes);
  while (size > 0 && error_ == 0) {
    const ssize_t n = pwrite(fd(), next, size, static_cast<off_t>(offset));
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) {
      error_ = n < 0 ? errno : ENOSPC;
      return;
    }
    next += n;
    offset += static_cast<uint64_t>(n);
    size -= static_cast<size_t>(n);
  }
}

void NewFile::Append(const void* bytes, size_t size) {
  constexpr uint64_t kPush = uint64_t{16} << 20;
  WriteAt(size_, bytes, size);
  size_ += size;
  // Gigabytes are written while the next are made, not all at the end.
  if (size_ - pushed_ < kPush || error_ != 0) return;
  sync_file_range(fd(), static_cast<off_t>(pushed_), static_cast<off_t>(size_ - pushed_), SYNC_FILE_RANGE_WRITE);
  pushed_ = size_;
}

absl::Status NewFile::status() const {
  return error_ == 0 ? absl::OkStatus() : DiskError("cannot write", temporary_, error_);
}

absl::Status NewFile::Publish() {
  RETURN_IF_ERROR(status());
  if (fsync(fd()) != 0 || rename(temporary_.c_str(), path_.c_str()) != 0)
    return DiskError("cannot write", path_, errno);
  named_ = false;
  flock(fd(), LOCK_UN);
  return absl::OkStatus();
}

}  // namespace jiceng::graph
