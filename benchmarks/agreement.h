// Before anything is timed: all sides must give the same answers to everything that will be.
#ifndef JICENG_BENCHMARKS_AGREEMENT_H_
#define JICENG_BENCHMARKS_AGREEMENT_H_

#include "benchmarks/options.h"
#include "benchmarks/sample.h"

namespace jiceng::benchmarks {

// Prints a line a question with the number of rows and their digest; of a question with different answers also the
// first rows that only one side has.  True when all agree.
bool Agree(const Options& options, const Sample& sample);

}  // namespace jiceng::benchmarks

#endif  // JICENG_BENCHMARKS_AGREEMENT_H_
