#ifndef JICENG_BENCHMARKS_FAIL_H_
#define JICENG_BENCHMARKS_FAIL_H_

#include <cstdio>
#include <cstdlib>
#include <string>

namespace jiceng::benchmarks {

// Prints what went wrong and ends the program: a benchmark has nobody to pass an error to.
[[noreturn]] inline void Fail(const std::string& what) {
  std::fprintf(stderr, "jiceng_benchmark: %s\n", what.c_str());
  std::exit(1);
}

}  // namespace jiceng::benchmarks

#endif  // JICENG_BENCHMARKS_FAIL_H_
