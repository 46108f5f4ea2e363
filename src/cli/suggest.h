// "Did you mean …": the nearest of some known words.
#ifndef JICENG_CLI_SUGGEST_H_
#define JICENG_CLI_SUGGEST_H_

#include <string>
#include <string_view>
#include <vector>

namespace jiceng::cli {

// Letters to add, drop, change or swap with their neighbour to make one word from the other.
int EditDistance(std::string_view a, std::string_view b);

// The known word nearest to `word`, the first of several; "" when none is near enough to be what was meant.
std::string Nearest(std::string_view word, const std::vector<std::string_view>& known);

}  // namespace jiceng::cli

#endif  // JICENG_CLI_SUGGEST_H_
