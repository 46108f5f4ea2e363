// Reads scenario files; README.md here says what they look like.
#ifndef JICENG_TESTS_SCENARIOS_SCENARIO_H_
#define JICENG_TESTS_SCENARIOS_SCENARIO_H_

#include <map>
#include <string>
#include <vector>

namespace jiceng::scenarios {

// One step of a scenario: an import, a setting, a date, or an expectation, in the order written.
struct Step {
  enum Kind { kImport, kRule, kSet, kOn, kExpect, kAttach, kDetach, kWaive, kMatter } kind = kImport;
  int line = 0;
  std::vector<std::string> words;              // after the leading word
  std::map<std::string, std::string> ledgers;  // of kImport: file name -> CSV text
};

struct Scenario {
  std::string file, name, source;
  int line = 0;
  std::vector<Step> steps;
};

// All scenarios of the *.scenario files of a folder and those in it, by path.  A malformed file gives one scenario whose name says what
// is wrong and whose only step fails.
std::vector<Scenario> ReadScenarios(const std::string& folder);

}  // namespace jiceng::scenarios

#endif  // JICENG_TESTS_SCENARIOS_SCENARIO_H_
