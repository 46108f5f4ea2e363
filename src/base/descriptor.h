// A file descriptor that is closed with its owner, whatever leaves the block.
#ifndef JICENG_BASE_DESCRIPTOR_H_
#define JICENG_BASE_DESCRIPTOR_H_

#include <unistd.h>

#include <utility>

namespace jiceng::base {

// Owns what open() returned; -1 is none.
class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  ~Descriptor() {
    if (fd_ >= 0) close(fd_);
  }
  Descriptor(Descriptor&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  Descriptor& operator=(Descriptor&&) = delete;
  int get() const { return fd_; }
  bool ok() const { return fd_ >= 0; }

 private:
  int fd_;
};

}  // namespace jiceng::base

#endif  // JICENG_BASE_DESCRIPTOR_H_
