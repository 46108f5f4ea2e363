// Which nodes are asked about: an even sample of the ledgers, the same for every side and in every run.
#ifndef JICENG_BENCHMARKS_SAMPLE_H_
#define JICENG_BENCHMARKS_SAMPLE_H_

#include <cstdint>
#include <string>
#include <unordered_set>
#include <utility>
#include <vector>

namespace jiceng::benchmarks {

struct Sample {
  int64_t rows = 0;     // of all ledgers, without headers
  int64_t members = 0;  // rows of people.csv
  std::string top;      // the unit without a parent, like every node here in text
  std::vector<std::string> districts;
  std::vector<std::string> streets;
  std::vector<std::string> communities;
  std::unordered_set<std::string> committees;  // Party committees seated at a community
  // Persons with a unit each: half of them with the community, street or district they have lived in, half with any
  // other.
  std::vector<std::pair<std::string, std::string>> person_unit;
};

// A level the ledgers do not have (a district's own ledgers have no city) is asked about at the top.
Sample ReadSample(const std::string& ledgers);

}  // namespace jiceng::benchmarks

#endif  // JICENG_BENCHMARKS_SAMPLE_H_
