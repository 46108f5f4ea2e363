// Nearness of words: what someone may have meant.
#ifndef JICENG_LEDGERS_HINT_H_
#define JICENG_LEDGERS_HINT_H_

#include <string_view>

namespace jiceng::ledgers {

// True for names a slip of the hand apart: case, separators, order of words ("code_parent"), or up to two letters in a
// word of five or more (one in a shorter one).
bool LooksLike(std::string_view written, std::string_view meant);

// True when a Chinese header is one of `titles` (parted by '|'), or one is part of the other.
bool LooksLikeTitle(std::string_view header, std::string_view titles);

}  // namespace jiceng::ledgers

#endif  // JICENG_LEDGERS_HINT_H_
