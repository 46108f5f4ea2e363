// Finding records by a text of theirs.
#ifndef JICENG_ENGINE_TEXT_INDEX_H_
#define JICENG_ENGINE_TEXT_INDEX_H_

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "graph/base.h"

namespace jiceng::engine {

// Positions of records in somebody's vector by a text each of them has, in open addressing: eight bytes a slot, no
// allocation a record.  The texts stay with the records; `key_of(position)` gives one, and is asked only where the hash
// fits.  When memory runs out while adding, the index is as it was before.
class TextIndex {
 public:
  // Makes room for so many in all.
  void Reserve(size_t count) {
    size_t capacity = slots_.empty() ? 16 : slots_.size();
    while (capacity * 2 < count * 3) capacity *= 2;
    if (capacity == slots_.size()) return;
    std::vector<Slot> slots(capacity);
    for (const Slot& slot : slots_) {
      if (slot.place != 0) Free(slots, slot.hash) = slot;
    }
    slots_ = std::move(slots);
  }

  template <typename KeyOf>
  std::optional<uint32_t> Find(std::string_view key, KeyOf key_of) const {
    if (count_ == 0) return std::nullopt;
    const uint32_t hash = static_cast<uint32_t>(graph::DictionaryHash(key));
    const size_t mask = slots_.size() - 1;
    for (size_t s = hash & mask; slots_[s].place != 0; s = (s + 1) & mask) {
      if (slots_[s].hash == hash && key_of(slots_[s].place - 1) == key) return slots_[s].place - 1;
    }
    return std::nullopt;
  }

  // Adds the record at `position`; when one with the key is there, gives its position and adds nothing.
  template <typename KeyOf>
  std::optional<uint32_t> Add(std::string_view key, uint32_t position, KeyOf key_of) {
    if (const auto found = Find(key, key_of)) return found;
    Reserve(count_ + 1);
    const uint32_t hash = static_cast<uint32_t>(graph::DictionaryHash(key));
    Free(slots_, hash) = {hash, position + 1};
    ++count_;
    return std::nullopt;
  }

 private:
  struct Slot {
    uint32_t hash = 0, place = 0;  // position + 1; 0: free
  };
  static Slot& Free(std::vector<Slot>& slots, uint32_t hash) {
    const size_t mask = slots.size() - 1;
    size_t s = hash & mask;
    while (slots[s].place != 0) s = (s + 1) & mask;
    return slots[s];
  }

  std::vector<Slot> slots_;
  size_t count_ = 0;
};

}  // namespace jiceng::engine

#endif  // JICENG_ENGINE_TEXT_INDEX_H_
