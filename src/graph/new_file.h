// A file being written beside the place where it is to stand.
#ifndef JICENG_GRAPH_NEW_FILE_H_
#define JICENG_GRAPH_NEW_FILE_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "base/descriptor.h"

namespace jiceng::graph {

// Lies at `PATH.tmp`, locked, until it is published, and is gone with its owner when it never is.  What a killed process
// has left there is written over by the next.  One thread at a time.
class NewFile {
 public:
  // Errors: UNAVAILABLE (DISK), also when another process or handle is writing there.
  static absl::StatusOr<std::unique_ptr<NewFile>> Create(const std::string& path);
  ~NewFile();
  NewFile(const NewFile&) = delete;
  NewFile& operator=(const NewFile&) = delete;

  int fd() const { return fd_->get(); }
  uint64_t size() const { return size_; }
  // Writes behind what has been written, or over it at `offset`; after a failure nothing more is written.
  void Append(const void* bytes, size_t size);
  void WriteAt(uint64_t offset, const void* bytes, size_t size);
  absl::Status status() const;
  // The file will never be published, and is gone when the last one lets go of it.
  void DropName();
  // Syncs the file and puts it in the place of whatever is at the path.  Those who have the old one open keep it.
  absl::Status Publish();

 private:
  explicit NewFile(const std::string& path) : path_(path), temporary_(path + ".tmp") {}
  absl::Status Open();

  std::string path_, temporary_;
  std::optional<base::Descriptor> fd_;
  uint64_t size_ = 0, pushed_ = 0;  // pushed_: up to there the system has been told to write to the disk
  int error_ = 0;                   // errno of the first failure
  bool named_ = true;               // at temporary_
};

absl::Status DiskError(std::string_view what, const std::string& path, int error);

}  // namespace jiceng::graph

#endif  // JICENG_GRAPH_NEW_FILE_H_
