#ifndef JICENG_BENCHMARKS_REPORTS_H_
#define JICENG_BENCHMARKS_REPORTS_H_

#include <algorithm>
#include <cstddef>
#include <string>
#include <vector>

#include "benchmarks/sample.h"

namespace jiceng::benchmarks {

// Reports that were never made before: person and community by turns, a day further each time round.
class Reports {
 public:
  explicit Reports(const Sample& sample) : communities_(sample.communities) {
    for (const auto& [person, unit] : sample.person_unit) persons_.push_back(person);
    std::sort(persons_.begin(), persons_.end());
    persons_.erase(std::unique(persons_.begin(), persons_.end()), persons_.end());
  }
  template <class Side>
  void Next(Side& side) {
    const size_t day = next_ / persons_.size();
    side.Report(persons_[next_ % persons_.size()], communities_[next_ % communities_.size()],
                static_cast<int32_t>(19500101 + day % 28 + day / 28 % 12 * 100 + day / 336 * 10000));
    ++next_;
  }

 private:
  std::vector<std::string> persons_, communities_;
  size_t next_ = 0;
};

}  // namespace jiceng::benchmarks

#endif  // JICENG_BENCHMARKS_REPORTS_H_
