// What only a process of its own can measure.  The program starts itself with `--child WHAT --side SIDE --path PATH
// --unit UNIT`; the child prints its figures on one line.
#ifndef JICENG_BENCHMARKS_CHILD_H_
#define JICENG_BENCHMARKS_CHILD_H_

#include <cstdint>
#include <string>
#include <vector>

#include "benchmarks/options.h"

namespace jiceng::benchmarks {

// In the child.  `first-answer`: nanoseconds from opening to the answer of `unreported` for one unit.  `resident`:
// bytes of private memory and of mapped files that opening and asking everything once have added, freed heap given
// back, and the largest size on the way.
int RunChild(const Options& options);

// In the parent: starts a child and returns its figures.
std::vector<int64_t> AskChild(const std::string& what, const std::string& side, const std::string& path,
                              const std::string& unit, int32_t date);

}  // namespace jiceng::benchmarks

#endif  // JICENG_BENCHMARKS_CHILD_H_
