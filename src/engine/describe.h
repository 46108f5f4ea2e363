// Descriptions for people: one node whole, the tree, a search by name, what turns by time alone.
#ifndef JICENG_ENGINE_DESCRIBE_H_
#define JICENG_ENGINE_DESCRIBE_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/store.h"
#include "rules/message.h"

namespace jiceng::engine {

// One line about a node.  `section` is node, fact, text or tie; `key` a stable word, `value` for reading; `node` the
// other end of a tie.
struct Detail {
  std::string section, key, value;
  model::NodeNumber node;
  base::Validity valid;
};
// Lifetime, facts and texts in force on `day`, then the ties holding then, both ways, in order of kind, then of the
// other node's text.
absl::StatusOr<std::vector<Detail>> Show(Store* store, const Version& version, model::NodeNumber node, base::Date day,
                                         rules::Language language);

struct TreeRow {
  int32_t depth = 0;
  model::NodeNumber node;
  int64_t members = 0;  // full and probationary, by open formal affiliation, at or below; people once a row
};
// Depth-first; below a unit its organisations by seat (those whose party_line parent is seated on the same unit hang
// below that one), then its units; below an organisation those on party_line.  Siblings bytewise by node text.  Without
// a root: every unit without a parent, then organisations without seat or parent.
std::vector<TreeRow> Tree(const Version& version, const model::Catalogue& catalogue,
                          std::optional<model::NodeNumber> root, base::Date day, int32_t max_depth, bool units_only);

// Nodes whose name on `day` contains the text, at most `limit`, in node order.
absl::StatusOr<std::vector<model::NodeNumber>> Search(Store* store, const Version& version, std::string_view text,
                                                      base::Date day, int64_t limit);

// Something that turns by time alone.
struct Upcoming {
  base::Date due;
  const char* what = "";  // term_ends, probation_ends, tie_begins, tie_ends, node_begins, node_ends, matter_due
  model::NodeNumber node;
  std::string detail;
};
// Within (day, until], at or below `root` (none: everywhere), by due day, then node text, then what.  A term ends on
// its last day: terms.csv, else the open secretary post begun n years before (the rule term.expired and its classes
// decide n); probation one year after joined_on (党章 2022 Art. 7) for people probationary on `day` without full_on; of
// matters the clocks that run on `day`, at the node the matter is about.
absl::StatusOr<std::vector<Upcoming>> ListUpcoming(Store* store, const Version& version,
                                                   std::optional<model::NodeNumber> root, base::Date day,
                                                   base::Date until, rules::Language language);

}  // namespace jiceng::engine

#endif  // JICENG_ENGINE_DESCRIBE_H_
