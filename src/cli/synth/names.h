// Invented names of people, composed of common surnames and syllables; no list of real people was used.
#ifndef JICENG_CLI_SYNTH_NAMES_H_
#define JICENG_CLI_SYNTH_NAMES_H_

#include <string>

#include "cli/synth/random.h"

namespace jiceng::cli {

// Two to four characters, or now and then a name of two parts joined by `·` (U+00B7).
std::string PersonName(Random& random, bool female);

// The trade name of an invented firm, "恒泰科技".
std::string FirmName(Random& random);

// 一 .. 九十九, then digits.
std::string ChineseNumber(int number);

}  // namespace jiceng::cli

#endif  // JICENG_CLI_SYNTH_NAMES_H_
