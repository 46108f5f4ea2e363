// Attributes of ties: a JSON object in one spelling.
#ifndef JICENG_LEDGERS_JSON_H_
#define JICENG_LEDGERS_JSON_H_

#include <string>
#include <string_view>

namespace jiceng::ledgers {

// Writes the object with keys in bytewise order and no spaces; "" for an empty one.  False, with a reason in `why`,
// when the text is no JSON object, has a key twice, or is nested deeper than 32.
bool CanonicalJsonObject(std::string_view text, std::string* canonical, std::string* why);

}  // namespace jiceng::ledgers

#endif  // JICENG_LEDGERS_JSON_H_
