// Chance that is the same everywhere: integers only, no library generator or distribution, whose results differ between
// platforms.
#ifndef JICENG_CLI_SYNTH_RANDOM_H_
#define JICENG_CLI_SYNTH_RANDOM_H_

#include <cstddef>
#include <cstdint>

namespace jiceng::cli {

// SplitMix64: Steele, Lea, Flood, "Fast Splittable Pseudorandom Number Generators", OOPSLA 2014 (the form published by
// Vigna).
inline uint64_t SplitMix64(uint64_t* state) {
  uint64_t z = (*state += 0x9E3779B97F4A7C15u);
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
  return z ^ (z >> 31);
}

// xoshiro256**: Blackman and Vigna, "Scrambled Linear Pseudorandom Number Generators", ACM TOMS 47(4), 2021; seeded by
// SplitMix64 as they advise. Each (seed, stream, index) is a sequence of its own, so what is drawn for one place does
// not depend on the places before it.
// Each draw stands in a statement of its own: two of them as arguments of one call, or on both sides of one +, come in
// an order that differs between compilers.
class Random {
 public:
  Random(uint64_t seed, uint64_t stream, uint64_t index) {
    uint64_t mixer = seed;
    mixer = SplitMix64(&mixer) ^ (stream * 0xD1342543DE82EF95u);
    mixer = SplitMix64(&mixer) ^ index;
    for (uint64_t& word : state_) word = SplitMix64(&mixer);
  }

  uint64_t Next() {
    const uint64_t result = Rotate(state_[1] * 5, 7) * 9;
    const uint64_t shifted = state_[1] << 17;
    state_[2] ^= state_[0];
    state_[3] ^= state_[1];
    state_[1] ^= state_[2];
    state_[0] ^= state_[3];
    state_[2] ^= shifted;
    state_[3] = Rotate(state_[3], 45);
    return result;
  }

  // In [0, bound); 0 when bound is 0 or less.  The bias of at most bound / 2^32 does not matter here.
  int64_t Below(int64_t bound) {
    return bound <= 0 ? 0 : static_cast<int64_t>(((Next() >> 32) * static_cast<uint64_t>(bound)) >> 32);
  }
  // In [low, high], both included; `low` when high < low.
  int64_t Between(int64_t low, int64_t high) { return low + Below(high - low + 1); }
  // True `share` times in 10,000.
  bool Chance(int64_t share) { return Below(10000) < share; }

  template <typename T, size_t N>
  const T& Pick(const T (&items)[N]) {
    return items[Below(N)];
  }

 private:
  static uint64_t Rotate(uint64_t x, int k) { return (x << k) | (x >> (64 - k)); }
  uint64_t state_[4];
};

}  // namespace jiceng::cli

#endif  // JICENG_CLI_SYNTH_RANDOM_H_
