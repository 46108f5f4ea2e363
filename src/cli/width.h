// How many columns a text takes on a terminal: Chinese characters take two.
#ifndef JICENG_CLI_WIDTH_H_
#define JICENG_CLI_WIDTH_H_

#include <string>
#include <string_view>

namespace jiceng::cli {

// East Asian wide and full-width characters (UAX #11) take two columns, combining marks and format characters none, a
// byte that is not UTF-8 one.  Ambiguous characters take one, as terminals outside legacy encodings show them.
int DisplayWidth(std::string_view text);

// The text cut to at most `width` columns, ending in "…" where something was cut.  Never splits a character.
std::string CutToWidth(std::string_view text, int width);

}  // namespace jiceng::cli

#endif  // JICENG_CLI_WIDTH_H_
