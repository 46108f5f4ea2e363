// Memory for arrays of megabytes: pages of the system's own, so that what is freed is given back at once, and what is
// reserved but not yet written takes none.
#ifndef JICENG_GRAPH_LARGE_MEMORY_H_
#define JICENG_GRAPH_LARGE_MEMORY_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace jiceng::graph {

// From this size on memory comes from the system, below it from the heap.
constexpr size_t kLargeMemory = size_t{1} << 20;

// Throw std::bad_alloc.
void* AllocateMemory(size_t size);
void* GrowMemory(void* memory, size_t from, size_t to);  // null may grow; moves pages instead of copying them
void FreeMemory(void* memory, size_t size) noexcept;

template <typename T>
struct LargeAllocator {
  using value_type = T;
  LargeAllocator() = default;
  template <typename U>
  LargeAllocator(const LargeAllocator<U>&) {}  // NOLINT: an allocator is any other's
  T* allocate(size_t n) { return static_cast<T*>(AllocateMemory(n * sizeof(T))); }
  void deallocate(T* memory, size_t n) noexcept { FreeMemory(memory, n * sizeof(T)); }
  friend bool operator==(LargeAllocator, LargeAllocator) { return true; }
  friend bool operator!=(LargeAllocator, LargeAllocator) { return false; }
};

template <typename T>
using LargeVector = std::vector<T, LargeAllocator<T>>;

// Bytes that grow to hundreds of megabytes where they lie.  Moves by swapping.
class ByteBlock {
 public:
  ByteBlock() = default;
  ~ByteBlock() { FreeMemory(bytes_, capacity_); }
  ByteBlock(ByteBlock&& other) noexcept { *this = std::move(other); }
  ByteBlock& operator=(ByteBlock&& other) noexcept {
    std::swap(bytes_, other.bytes_);
    std::swap(size_, other.size_);
    std::swap(capacity_, other.capacity_);
    return *this;
  }

  size_t size() const { return size_; }
  uint8_t* data() { return bytes_; }
  void Grow(size_t size);  // by zeroes
  void ShrinkToFit();

 private:
  uint8_t* bytes_ = nullptr;
  size_t size_ = 0, capacity_ = 0;
};

}  // namespace jiceng::graph

#endif  // JICENG_GRAPH_LARGE_MEMORY_H_
