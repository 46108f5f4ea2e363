// What an import found wrong, in lines for people.
#ifndef JICENG_CLI_PROBLEMS_H_
#define JICENG_CLI_PROBLEMS_H_

#include <string>

#include "cli/context.h"
#include "cli/grid.h"

namespace jiceng::cli {

// One row of the problems of a report: file, row, column, cell, and what is wrong with it.
std::string DescribeProblem(const Grid& grid, int64_t row, Lang lang);
// The first of them on standard error, and how many more there are.
void TellProblems(Context& context, const jiceng_import_report* report);

}  // namespace jiceng::cli

#endif  // JICENG_CLI_PROBLEMS_H_
