#include "ledgers/writer.h"

#include <cerrno>
#include <cstring>
#include <utility>

#include "base/status.h"
#include "ledgers/strings.h"

namespace jiceng::ledgers {
namespace {

constexpr size_t kBuffer = size_t{1} << 16;
constexpr std::string_view kUtf8Mark = "\xEF\xBB\xBF";

absl::Status FileTrouble(const std::string& path, int why) {
  const std::string message = Cat("cannot write ", path, ": ", std::strerror(why));
  if (why == ENOENT || why == ENOTDIR) return base::Error(absl::StatusCode::kNotFound, "FILE_NOT_FOUND", message, path);
  if (why == EACCES || why == EPERM || why == EROFS) {
    return base::Error(absl::StatusCode::kPermissionDenied, "FILE_NOT_WRITABLE", message, path);
  }
  if (why == ENOSPC || why == EDQUOT)
    return base::Error(absl::StatusCode::kResourceExhausted, "DISK_FULL", message, path);
  return base::Error(absl::StatusCode::kUnavailable, "FILE_TROUBLE", message, path);
}

}  // namespace

absl::StatusOr<CsvWriter> CsvWriter::Create(const std::string& path, const std::vector<std::string>& header) {
  CsvWriter writer;
  writer.path_ = path;
  writer.file_ = std::fopen(path.c_str(), "wbe");
  if (writer.file_ == nullptr) return FileTrouble(path, errno);
  writer.Begin(header);
  return writer;
}

CsvWriter CsvWriter::Into(std::string* memory, const std::vector<std::string>& header) {
  CsvWriter writer;
  writer.memory_ = memory;
  writer.Begin(header);
  return writer;
}

void CsvWriter::Begin(const std::vector<std::string>& header) {
  buffer_.reserve(kBuffer * 2);
  buffer_.append(kUtf8Mark);
  for (const std::string& name : header) Cell(name);
  EndRow();
}

CsvWriter::CsvWriter(CsvWriter&& other) noexcept { *this = std::move(other); }

CsvWriter& CsvWriter::operator=(CsvWriter&& other) noexcept {
  if (this == &other) return *this;
  if (file_ != nullptr) std::fclose(file_);
  file_ = std::exchange(other.file_, nullptr);
  memory_ = std::exchange(other.memory_, nullptr);
  path_ = std::move(other.path_);
  buffer_ = std::move(other.buffer_);
  row_started_ = other.row_started_;
  lone_empty_ = other.lone_empty_;
  failed_ = other.failed_;
  error_ = other.error_;
  return *this;
}

CsvWriter::~CsvWriter() {
  if (file_ != nullptr) std::fclose(file_);
}

void CsvWriter::Cell(std::string_view text) {
  lone_empty_ = !row_started_ && text.empty();
  if (row_started_) buffer_.push_back(',');
  row_started_ = true;
  if (text.find_first_of(",\"\r\n") == std::string_view::npos) {
    buffer_.append(text);
    return;
  }
  buffer_.push_back('"');
  for (size_t quote; (quote = text.find('"')) != std::string_view::npos; text.remove_prefix(quote + 1)) {
    buffer_.append(text.substr(0, quote + 1));
    buffer_.push_back('"');
  }
  buffer_.append(text);
  buffer_.push_back('"');
}

void CsvWriter::EndRow() {
  if (lone_empty_) buffer_.append("\"\"");  // a row of one empty cell is not an empty line
  buffer_.push_back('\n');
  row_started_ = lone_empty_ = false;
  if (buffer_.size() >= kBuffer) Flush();
}

void CsvWriter::Flush() {
  if (memory_ != nullptr) {
    memory_->append(buffer_);
  } else if (!failed_ && std::fwrite(buffer_.data(), 1, buffer_.size(), file_) != buffer_.size()) {
    failed_ = true;
    error_ = errno;
  }
  buffer_.clear();
}

absl::Status CsvWriter::Close() {
  if (file_ == nullptr && memory_ == nullptr)
    return base::Error(absl::StatusCode::kFailedPrecondition, "FILE_CLOSED", "the file is closed already", path_);
  if (row_started_) EndRow();
  Flush();
  if (std::exchange(memory_, nullptr) != nullptr) return absl::OkStatus();
  if (std::fclose(std::exchange(file_, nullptr)) != 0 && !failed_) {
    failed_ = true;
    error_ = errno;
  }
  return failed_ ? FileTrouble(path_, error_) : absl::OkStatus();
}

absl::Status WriteWhole(const std::string& path, std::string_view bytes) {
  std::FILE* file = std::fopen(path.c_str(), "wbe");
  if (file == nullptr) return FileTrouble(path, errno);
  int trouble = std::fwrite(bytes.data(), 1, bytes.size(), file) == bytes.size() ? 0 : errno;
  if (std::fclose(file) != 0 && trouble == 0) trouble = errno;
  return trouble == 0 ? absl::OkStatus() : FileTrouble(path, trouble);
}

}  // namespace jiceng::ledgers
