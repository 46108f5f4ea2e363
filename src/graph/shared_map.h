// An ordered map whose versions share what they have in common: how a delta grows by a few rows without being copied.
#ifndef JICENG_GRAPH_SHARED_MAP_H_
#define JICENG_GRAPH_SHARED_MAP_H_

#include <algorithm>
#include <cstddef>
#include <functional>
#include <iterator>
#include <map>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

namespace jiceng::graph {

// A sorted sequence cut into chunks that never change once made.  A new version makes the chunks it changes anew and
// points to the others: O(changes * kChunk + size / kChunk).  Immutable, share freely.
template <typename Key, typename Value, typename Less = std::less<>>
class SharedMap {
 public:
  // What a version changes: a value to set, or none to take the key out.
  using Changes = std::map<Key, std::optional<Value>, Less>;

  bool empty() const { return chunks_.empty(); }
  // O(size / kChunk).
  size_t size() const {
    size_t size = 0;
    for (const auto& chunk : chunks_) size += chunk->size();
    return size;
  }

  // The value of a key, null when it has none; for as long as a version that holds it lives.  O(log size).
  template <typename K>
  const Value* Find(const K& key) const {
    const auto chunk = ChunkOf(key);
    if (chunk == chunks_.end()) return nullptr;
    const auto entry = EntryOf(**chunk, key);
    return entry != (*chunk)->end() && !Less()(key, entry->first) ? &entry->second : nullptr;
  }

  // Calls visit(key, value) in order, from the first key that is not before `key`, for as long as it returns true.
  template <typename K, typename Visit>
  void ForEachFrom(const K& key, Visit visit) const {
    const auto start = ChunkOf(key);
    for (auto chunk = start; chunk != chunks_.end(); ++chunk) {
      auto entry = chunk == start ? EntryOf(**chunk, key) : (*chunk)->begin();
      for (; entry != (*chunk)->end(); ++entry) {
        if (!visit(entry->first, entry->second)) return;
      }
    }
  }
  template <typename Visit>
  void ForEach(Visit visit) const {
    for (const auto& chunk : chunks_) {
      for (const auto& [key, value] : *chunk) visit(key, value);
    }
  }

  SharedMap With(const Changes& changes) const {
    if (changes.empty()) return *this;
    SharedMap next;
    next.chunks_.reserve(chunks_.size() + changes.size() / kChunk + 1);
    auto change = changes.begin();
    for (size_t i = 0; i < chunks_.size(); ++i) {
      // Changes behind this chunk's last key belong to the next one; those behind every key to the last chunk.
      const auto end = i + 1 == chunks_.size() ? changes.end() : changes.upper_bound(chunks_[i]->back().first);
      if (change == end) {
        next.chunks_.push_back(chunks_[i]);
      } else {
        next.Append(*chunks_[i], change, end);
        change = end;
      }
    }
    if (chunks_.empty()) next.Append({}, change, changes.end());
    return next;
  }

 private:
  static constexpr size_t kChunk = 128;
  using Chunk = std::vector<std::pair<Key, Value>>;

  // The chunk in which the key is or would be: the first whose last key is not before it.
  template <typename K>
  auto ChunkOf(const K& key) const {
    return std::partition_point(chunks_.begin(), chunks_.end(),
                                [&](const auto& chunk) { return Less()(chunk->back().first, key); });
  }
  template <typename K>
  static auto EntryOf(const Chunk& chunk, const K& key) {
    return std::partition_point(chunk.begin(), chunk.end(),
                                [&](const auto& entry) { return Less()(entry.first, key); });
  }

  // Adds the entries of `old` with the changes made, in chunks of kChunk at most.
  void Append(const Chunk& old, typename Changes::const_iterator change, typename Changes::const_iterator end) {
    Chunk merged;
    merged.reserve(old.size() + static_cast<size_t>(std::distance(change, end)));
    for (const auto& entry : old) {
      for (; change != end && Less()(change->first, entry.first); ++change) {
        if (change->second) merged.emplace_back(change->first, *change->second);
      }
      if (change == end || Less()(entry.first, change->first)) {
        merged.push_back(entry);
        continue;
      }
      if (change->second) merged.emplace_back(change->first, *change->second);
      ++change;
    }
    for (; change != end; ++change) {
      if (change->second) merged.emplace_back(change->first, *change->second);
    }
    if (merged.empty()) return;
    const size_t pieces = (merged.size() + kChunk - 1) / kChunk;
    if (pieces == 1) {
      chunks_.push_back(std::make_shared<const Chunk>(std::move(merged)));
      return;
    }
    for (size_t piece = 0; piece < pieces; ++piece) {
      const auto at = [&](size_t p) { return std::make_move_iterator(merged.begin() + merged.size() * p / pieces); };
      chunks_.push_back(std::make_shared<const Chunk>(at(piece), at(piece + 1)));
    }
  }

  std::vector<std::shared_ptr<const Chunk>> chunks_;  // none is empty
};

}  // namespace jiceng::graph

#endif  // JICENG_GRAPH_SHARED_MAP_H_
