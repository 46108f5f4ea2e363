#include "benchmarks/files.h"

#include <fcntl.h>
#include <unistd.h>

#include <filesystem>
#include <system_error>
#include <vector>

namespace jiceng::benchmarks {
namespace {

namespace fs = std::filesystem;

std::vector<fs::path> FilesOf(const std::string& path) {
  const fs::path file(path);
  const std::string name = file.filename().string();
  std::vector<fs::path> files;
  std::error_code none;
  for (const auto& entry : fs::directory_iterator(file.parent_path(), none)) {
    if (entry.path().filename().string().rfind(name, 0) == 0) files.push_back(entry.path());
  }
  return files;
}

void EvictFile(const fs::path& path) {
  const int opened = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (opened < 0) return;
  ::fdatasync(opened);
  ::posix_fadvise(opened, 0, 0, POSIX_FADV_DONTNEED);
  ::close(opened);
}

}  // namespace

std::string Beside(const std::string& path, const std::string& prefix) {
  const fs::path file(path);
  return (file.parent_path() / (prefix + file.filename().string())).string();
}

double BytesOfFiles(const std::string& path) {
  double bytes = 0;
  for (const fs::path& file : FilesOf(path)) {
    if (fs::is_regular_file(file)) bytes += static_cast<double>(fs::file_size(file));
  }
  return bytes;
}

void RemoveFiles(const std::string& path) {
  for (const fs::path& file : FilesOf(path)) fs::remove(file);
}

void CopyFiles(const std::string& path, const std::string& copy) {
  RemoveFiles(copy);
  for (const fs::path& file : FilesOf(path)) fs::copy_file(file, copy + file.string().substr(path.size()));
}

void EvictFiles(const std::string& path) {
  if (fs::is_directory(path)) {
    for (const auto& entry : fs::recursive_directory_iterator(path)) {
      if (entry.is_regular_file()) EvictFile(entry.path());
    }
    return;
  }
  for (const fs::path& file : FilesOf(path)) EvictFile(file);
}

}  // namespace jiceng::benchmarks
