// A disk that fails on order.
#ifndef JICENG_TESTS_STORE_FAULTY_VFS_H_
#define JICENG_TESTS_STORE_FAULTY_VFS_H_

#include <cstdint>

namespace jiceng::store {

// Becomes the process's default VFS of SQLite for its lifetime, over the one that was.  Every open, read, write, sync,
// truncation and deletion counts as one operation.  One thread at a time.
class FaultyDisk {
 public:
  FaultyDisk();
  ~FaultyDisk();
  FaultyDisk(const FaultyDisk&) = delete;
  FaultyDisk& operator=(const FaultyDisk&) = delete;

  // Fails the nth operation from now, or that and all after it.  A failing write may still have put half of its bytes.
  void FailAt(int64_t nth, bool forever);
  void Heal();
  bool failed() const;         // since FailAt()
  int64_t operations() const;  // since FailAt() or Heal()
};

}  // namespace jiceng::store

#endif  // JICENG_TESTS_STORE_FAULTY_VFS_H_
