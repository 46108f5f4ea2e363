#include "cli/synth/csv_file.h"

#include <cerrno>
#include <cstring>

namespace jiceng::cli {

bool CsvFile::Open(const std::string& path, std::string_view header, std::string* error) {
  path_ = path;
  file_.reset(std::fopen(path.c_str(), "wb"));
  if (file_ == nullptr) {
    *error = "cannot write '" + path + "': " + std::strerror(errno);
    return false;
  }
  buffer_.reserve(kFlushAt + 4096);
  buffer_.append(header);
  buffer_.push_back('\n');
  return true;
}

bool CsvFile::Close(std::string* error) {
  if (file_ == nullptr) return true;
  Flush();
  if (std::fclose(file_.release()) != 0) failed_ = true;
  if (failed_) *error = "cannot write all of '" + path_ + "' (disk full?)";
  return !failed_;
}

void CsvFile::Flush() {
  if (std::fwrite(buffer_.data(), 1, buffer_.size(), file_.get()) != buffer_.size()) failed_ = true;
  buffer_.clear();
}

void CsvFile::Append(std::string_view text) {
  if (text.find_first_of(",\"\r\n") == std::string_view::npos) {
    buffer_.append(text);
    return;
  }
  buffer_.push_back('"');
  for (const char c : text) {
    if (c == '"') buffer_.push_back('"');
    buffer_.push_back(c);
  }
  buffer_.push_back('"');
}

void CsvFile::Append(int64_t number) {
  char digits[24];
  char* p = digits + sizeof(digits);
  uint64_t rest = number < 0 ? 0 - static_cast<uint64_t>(number) : static_cast<uint64_t>(number);
  do {
    *--p = static_cast<char>('0' + rest % 10);
    rest /= 10;
  } while (rest != 0);
  if (number < 0) *--p = '-';
  buffer_.append(p, digits + sizeof(digits) - p);
}

void CsvFile::Append(DateCell date) {
  if (date.day == kNoDay) return;
  const Civil c = CivilOf(date.day);
  const auto digit = [](int value) { return static_cast<char>('0' + value % 10); };
  const char text[10] = {digit(c.year / 1000),
                         digit(c.year / 100),
                         digit(c.year / 10),
                         digit(c.year),
                         '-',
                         digit(c.month / 10),
                         digit(c.month),
                         '-',
                         digit(c.day / 10),
                         digit(c.day)};
  buffer_.append(text, date.precision == DateCell::kYear ? 4 : date.precision == DateCell::kMonth ? 7 : 10);
}

}  // namespace jiceng::cli
