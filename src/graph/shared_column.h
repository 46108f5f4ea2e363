// A column of numbers whose versions share the stretches they have in common.
#ifndef JICENG_GRAPH_SHARED_COLUMN_H_
#define JICENG_GRAPH_SHARED_COLUMN_H_

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <vector>

namespace jiceng::graph {

// A new version makes the stretches it changes anew and points to the others: O(changes * kStretch + size / kStretch).
// Immutable, share freely.
template <typename T>
class SharedColumn {
 public:
  SharedColumn() = default;
  explicit SharedColumn(const std::vector<T>& values) : size_(values.size()) {
    for (size_t first = 0; first < size_; first += kStretch) {
      auto stretch = std::make_shared<Stretch>();
      std::copy_n(values.begin() + static_cast<ptrdiff_t>(first), std::min(kStretch, size_ - first), stretch->begin());
      stretches_.push_back(std::move(stretch));
    }
  }

  size_t size() const { return size_; }
  T operator[](size_t i) const { return (*stretches_[i / kStretch])[i % kStretch]; }

  // With so much added to the values of some rows, all of which are there.
  SharedColumn Plus(const std::map<uint32_t, T>& changes) const {
    SharedColumn next = *this;
    std::shared_ptr<Stretch> open;
    size_t open_at = 0;
    for (const auto& [row, change] : changes) {
      if (open == nullptr || open_at != row / kStretch) {
        open_at = row / kStretch;
        open = std::make_shared<Stretch>(*next.stretches_[open_at]);
        next.stretches_[open_at] = open;
      }
      (*open)[row % kStretch] += change;
    }
    return next;
  }

 private:
  static constexpr size_t kStretch = 256;
  using Stretch = std::array<T, kStretch>;

  size_t size_ = 0;
  std::vector<std::shared_ptr<const Stretch>> stretches_;
};

}  // namespace jiceng::graph

#endif  // JICENG_GRAPH_SHARED_COLUMN_H_
