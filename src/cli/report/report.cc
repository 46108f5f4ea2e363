#include "cli/report/report.h"

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <system_error>

#include "cli/report/page.h"
#include "cli/report/payload.h"

namespace jiceng::cli {
namespace {

// A reader of the old page never sees half of the new one.
bool WriteWhole(const std::string& path, const std::string& bytes) {
  const std::string part = path + ".part";
  std::error_code failed;
  {
    std::ofstream file(part, std::ios::binary | std::ios::trunc);
    file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    file.close();
    if (!file) {
      std::filesystem::remove(part, failed);
      return false;
    }
  }
  std::filesystem::rename(part, path, failed);
  if (!failed) return true;
  std::error_code ignored;
  std::filesystem::remove(part, ignored);
  return false;
}

}  // namespace

bool WriteReport(const jiceng_snapshot* snapshot, const ReportOptions& options, ReportSummary* summary,
                 std::string* error) {
  *summary = ReportSummary();
  nlohmann::ordered_json payload;
  if (!PayloadBuilder(snapshot, options).Build(&payload, summary, error)) return false;
  const bool english = options.lang == JICENG_LANG_EN;
  std::string title = options.title;
  if (title.empty()) title = payload["scope"]["name"].get<std::string>();
  if (title.empty()) title = "jiceng";
  // Names come from ledgers; a byte that is not UTF-8 must not keep the page from being written.
  const std::string json = payload.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
  const std::string page = FillPage(english ? "en" : "zh-CN", title, json);
  if (!WriteWhole(options.out_path, page)) {
    *error = english ? "cannot write " + options.out_path : "无法写入 " + options.out_path;
    return false;
  }
  summary->bytes = static_cast<int64_t>(page.size());
  return true;
}

}  // namespace jiceng::cli
