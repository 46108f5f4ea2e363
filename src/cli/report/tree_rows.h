// The organisation tree as the page shows it.
#ifndef JICENG_CLI_REPORT_TREE_ROWS_H_
#define JICENG_CLI_REPORT_TREE_ROWS_H_

#include <cstdint>
#include <string>
#include <vector>

namespace jiceng::cli {

struct TreeRow {
  int32_t depth = 0;
  std::string node, name, kind;
  int64_t members = 0;
  int32_t copy_of = -1;  // the row at which the same body stands itself; -1: here
};

// A body may come up more than once: one with two seats stands at both, and below a body as root everything on its
// party_line stands wherever it is seated. Here each body keeps everything below it at one place, the one in the lowest
// unit (of several the first), and leaves a row without anything below it at the others. `rows` are depth-first, their
// copy_of is not read.
std::vector<TreeRow> FoldCopies(std::vector<TreeRow> rows);

}  // namespace jiceng::cli

#endif  // JICENG_CLI_REPORT_TREE_ROWS_H_
