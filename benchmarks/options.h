#ifndef JICENG_BENCHMARKS_OPTIONS_H_
#define JICENG_BENCHMARKS_OPTIONS_H_

#include <cstdint>
#include <string>
#include <vector>

namespace jiceng::benchmarks {

// rule report.member-unreported has no national figure: both sides are given this one.
constexpr int kDeadlineDays = 30;

struct Options {
  std::string ledgers;
  std::string work = ".";            // where the stores and databases are made
  int32_t date = 20260630;           // YYYYMMDD
  bool small = false;                // every benchmark once
  int repetitions = 3;               // of every benchmark; the table takes the least
  std::vector<std::string> without;  // peers that are not asked
  std::string child;                 // what this process measures for its parent (child.h)
  std::string side, path, unit;

  // Where a side keeps what it is asked about: in a directory of its own.
  std::string Path(const std::string& side_name) const;
  bool Without(const std::string& side_name) const;
  // Of the organisation some time ago.
  int32_t PastDate() const { return date - 5 * 10000; }
};

// Reads what is ours from the command line and leaves the rest, which is Google Benchmark's, in `rest`.  Prints the
// usage and ends the program when something is wrong.
Options ReadOptions(int argc, char** argv, std::vector<char*>& rest);

}  // namespace jiceng::benchmarks

#endif  // JICENG_BENCHMARKS_OPTIONS_H_
