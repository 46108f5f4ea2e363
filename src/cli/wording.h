// The words of tables made for people: headings of columns, and titles in place of the identifiers of closed lists.
// JSON and CSV never go through here: programs get the stable names.
#ifndef JICENG_CLI_WORDING_H_
#define JICENG_CLI_WORDING_H_

#include <map>
#include <string>
#include <string_view>

#include "cli/text.h"

namespace jiceng::cli {

// Immutable once made.
class Wording {
 public:
  // Titles of kinds of organisation and roles come from the library's catalogue, so that a kind has one name
  // everywhere.
  explicit Wording(Lang lang);

  // The heading of a column; its own name where none is known.
  std::string Heading(std::string_view column) const;
  // The title of a cell of a column with a closed list of values (`kind`, `role`, `status` …); the cell itself
  // otherwise.
  std::string_view Title(std::string_view column, std::string_view cell) const;
  // Whether Title may change the cells of this column.
  static bool HasTitles(std::string_view column);
  Lang lang() const { return lang_; }

 private:
  Lang lang_;
  std::map<std::string, std::string, std::less<>> titles_;
};

}  // namespace jiceng::cli

#endif  // JICENG_CLI_WORDING_H_
