#include "cli/file.h"

#include <cerrno>
#include <cstdio>
#include <cstring>

namespace jiceng::cli {

bool HasExtension(std::string_view path, std::string_view extension) {
  return path.size() > extension.size() && path.substr(path.size() - extension.size()) == extension;
}

bool WriteFile(const std::string& path, std::string_view bytes, std::string* error) {
  std::FILE* file = std::fopen(path.c_str(), "wb");
  bool written = file != nullptr && std::fwrite(bytes.data(), 1, bytes.size(), file) == bytes.size();
  if (!written) *error = std::strerror(errno);
  if (file != nullptr && std::fclose(file) != 0 && written) {
    *error = std::strerror(errno);
    written = false;
  }
  return written;
}

}  // namespace jiceng::cli
