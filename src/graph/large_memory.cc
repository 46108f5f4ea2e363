#include "graph/large_memory.h"

#include <sys/mman.h>

#include <algorithm>
#include <cstring>
#include <new>

namespace jiceng::graph {
namespace {

constexpr size_t kHugeMemory = size_t{64} << 20;

}  // namespace

void* AllocateMemory(size_t size) {
  if (size < kLargeMemory) return ::operator new(size);
  void* memory = mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED) throw std::bad_alloc();
  // Tables this large are read and written at random; fewer pages are found faster.
  if (size >= kHugeMemory) madvise(memory, size, MADV_HUGEPAGE);
  return memory;
}

void FreeMemory(void* memory, size_t size) noexcept {
  if (memory == nullptr) return;
  if (size < kLargeMemory) {
    ::operator delete(memory);
  } else {
    munmap(memory, size);
  }
}

void* GrowMemory(void* memory, size_t from, size_t to) {
  if (memory != nullptr && from >= kLargeMemory && to >= kLargeMemory) {
    void* moved = mremap(memory, from, to, MREMAP_MAYMOVE);
    if (moved == MAP_FAILED) throw std::bad_alloc();
    return moved;
  }
  void* grown = AllocateMemory(to);
  if (memory != nullptr) std::memcpy(grown, memory, std::min(from, to));
  FreeMemory(memory, from);
  return grown;
}

void ByteBlock::Grow(size_t size) {
  if (size > capacity_) {
    const size_t capacity = std::max(size, capacity_ * 2);
    bytes_ = static_cast<uint8_t*>(GrowMemory(bytes_, capacity_, capacity));
    capacity_ = capacity;
  }
  std::memset(bytes_ + size_, 0, size - size_);
  size_ = size;
}

void ByteBlock::ShrinkToFit() {
  if (size_ == capacity_) return;
  bytes_ = static_cast<uint8_t*>(GrowMemory(bytes_, capacity_, size_));
  capacity_ = size_;
}

}  // namespace jiceng::graph
