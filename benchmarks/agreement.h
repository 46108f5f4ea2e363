// Before anything is timed: both sides must give the same answers to everything that will be.
#ifndef JICENG_BENCHMARKS_AGREEMENT_H_
#define JICENG_BENCHMARKS_AGREEMENT_H_

#include <cstdint>

#include "benchmarks/jiceng_side.h"
#include "benchmarks/sample.h"
#include "benchmarks/sqlite_side.h"

namespace jiceng::benchmarks {

// Prints a line a question with the number of rows and their digest; of a question with different answers also the
// first rows that only one side has.  True when all agree.
bool Agree(JicengSide& jiceng, SqliteSide& sqlite, const Sample& sample, int32_t date);

}  // namespace jiceng::benchmarks

#endif  // JICENG_BENCHMARKS_AGREEMENT_H_
