// The lines of a scenario that are about matters.
#ifndef JICENG_TESTS_SCENARIOS_MATTERS_H_
#define JICENG_TESTS_SCENARIOS_MATTERS_H_

#include <jiceng/jiceng.h>

#include <string>
#include <utility>
#include <vector>

namespace jiceng::scenarios {

// What was seen of a matter at a moment, which is to be seen of that moment ever after.
struct Seen {
  std::string matter, at, told;
};

// By the names of their files.
using Ledgers = std::vector<std::pair<std::string, std::string>>;

class Matters {
 public:
  explicit Matters(jiceng_store* store) : store_(store) {}

  // `open PROCEDURE MATTER …`, `step MATTER STEP …` or `refused CODE[:PLACE] MATTER STEP …`, each followed by
  // `at WHEN [by NODE] [name=value …]`.
  void Take(const std::vector<std::string>& words);
  // Takes the last commit back.
  void Revert();
  // `state MATTER STATE at WHEN`, `clock MATTER CLOCK STATUS DUE at WHEN`, `late WHEN [MATTER/CLOCK …]`.
  void Expect(const std::vector<std::string>& words) const;
  // What matters looked like at every moment so far is what they look like now when asked for that moment.
  void CheckPast() const;
  // Another store that imports what this one exports says the same of every moment, and exports the same.  `packs` are
  // the change sets that attached and detached packs, which ledgers do not have.
  void CheckLedgers(const std::vector<std::string>& packs) const;

 private:
  void Import(const Ledgers& ledgers);
  std::string Told(const std::string& matter, const std::string& at) const;
  jiceng_writer* Writer();

  jiceng_store* store_;
  int commits_ = 0;
  std::vector<Seen> seen_;
};

}  // namespace jiceng::scenarios

#endif  // JICENG_TESTS_SCENARIOS_MATTERS_H_
