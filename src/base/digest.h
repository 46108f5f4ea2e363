// Digests and random bytes, over the well-kept library named in docs/dependencies.md.
#ifndef JICENG_BASE_DIGEST_H_
#define JICENG_BASE_DIGEST_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace jiceng::base {

using Digest = std::array<uint8_t, 32>;

// SHA-256 fed piece by piece.  One thread at a time.
class Hasher {
 public:
  Hasher();
  ~Hasher();
  Hasher(const Hasher&) = delete;
  Hasher& operator=(const Hasher&) = delete;
  void Update(std::string_view bytes);
  Digest Finish();  // and starts anew

 private:
  struct State;
  std::unique_ptr<State> state_;
};

Digest Sha256(std::string_view bytes);
Digest HmacSha256(std::string_view key, std::string_view bytes);
std::string Hex(std::string_view bytes);
inline std::string_view Bytes(const Digest& d) { return {reinterpret_cast<const char*>(d.data()), d.size()}; }

// Fills from the system's generator; with a seed, from a reproducible stream instead (for tests): equal seeds and equal
// calls give equal bytes.  A system without any generator throws std::system_error, as one without memory throws
// std::bad_alloc.  One thread at a time.
class RandomBytes {
 public:
  explicit RandomBytes(uint64_t seed = 0) : seed_(seed) {}  // 0: the system
  void Fill(void* out, size_t size);

 private:
  uint64_t seed_;
  uint64_t counter_ = 0;
};

}  // namespace jiceng::base

#endif  // JICENG_BASE_DIGEST_H_
