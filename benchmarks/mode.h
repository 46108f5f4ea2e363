#ifndef JICENG_BENCHMARKS_MODE_H_
#define JICENG_BENCHMARKS_MODE_H_

namespace jiceng::benchmarks {

// What a side is opened for: questions, or commits that are durable when they return.
enum Mode { kRead, kWrite };

// Opens a further reader, for another thread, of what a side has open.
struct Another {};

}  // namespace jiceng::benchmarks

#endif  // JICENG_BENCHMARKS_MODE_H_
