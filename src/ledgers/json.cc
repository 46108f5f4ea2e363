#include "ledgers/json.h"

#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>

#include "ledgers/strings.h"

namespace jiceng::ledgers {
namespace {

constexpr int kDeepest = 32;  // writing recurses

}  // namespace

bool CanonicalJsonObject(std::string_view text, std::string* canonical, std::string* why) {
  // A key given twice would be lost silently by the parser: its last value would win.
  bool too_deep = false;
  std::string doubled;
  std::vector<std::set<std::string>> keys;
  const auto watch = [&](int depth, nlohmann::json::parse_event_t event, nlohmann::json& parsed) {
    using Event = nlohmann::json::parse_event_t;
    if (event == Event::object_start) {
      keys.emplace_back();
    } else if (event == Event::object_end) {
      keys.pop_back();
    } else if (event == Event::key && !keys.back().insert(parsed.get<std::string>()).second) {
      doubled = parsed.get<std::string>();
    }
    if (depth >= kDeepest) too_deep = true;
    return !too_deep;
  };
  const nlohmann::json value = nlohmann::json::parse(text.begin(), text.end(), watch, /*allow_exceptions=*/false);
  if (too_deep) {
    *why = Cat("nested deeper than ", kDeepest);
    return false;
  }
  if (value.is_discarded()) {
    *why = "no well-formed JSON";
    return false;
  }
  if (!value.is_object()) {
    *why = Cat("a JSON ", value.type_name(), ", no object");
    return false;
  }
  if (!doubled.empty()) {
    *why = Cat("the key `", doubled, "` stands twice");
    return false;
  }
  *canonical = value.empty() ? "" : value.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
  return true;
}

}  // namespace jiceng::ledgers
