// Values in order, each once.
#ifndef JICENG_BASE_SORTED_H_
#define JICENG_BASE_SORTED_H_

#include <algorithm>
#include <vector>

namespace jiceng::base {

template <typename T>
void SortUnique(std::vector<T>* values) {
  std::sort(values->begin(), values->end());
  values->erase(std::unique(values->begin(), values->end()), values->end());
}

}  // namespace jiceng::base

#endif  // JICENG_BASE_SORTED_H_
