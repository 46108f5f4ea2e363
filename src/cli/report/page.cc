#include "cli/report/page.h"

#include <algorithm>

#include "cli/html.h"

namespace jiceng::cli {
namespace {

// In JSON "<" occurs only within strings, where its escape means the same.  Without it neither "</script" nor "<!--"
// can occur.
void AppendJson(std::string_view json, std::string* out) {
  for (size_t begin = 0; begin < json.size();) {
    const size_t sign = std::min(json.find('<', begin), json.size());
    out->append(json, begin, sign - begin);
    if (sign < json.size()) out->append("\\u003c");
    begin = sign + 1;
  }
}

}  // namespace

std::string FillPage(std::string_view lang, std::string_view title, std::string_view payload) {
  const std::string_view page = kReportPage;
  std::string out;
  out.reserve(page.size() + title.size() + payload.size() + payload.size() / 64);
  // One pass over the template only: what is filled in is never searched for holes.
  for (size_t at = 0; at < page.size();) {
    const size_t hole = std::min(page.find("{{", at), page.size());
    out.append(page, at, hole - at);
    if (hole == page.size()) break;
    const size_t end = page.find("}}", hole);
    const std::string_view name = page.substr(hole + 2, end - hole - 2);
    if (name == "lang") AppendEscaped(lang, &out);
    if (name == "title") AppendEscaped(title, &out);
    if (name == "payload") AppendJson(payload, &out);
    at = end + 2;
  }
  return out;
}

}  // namespace jiceng::cli
