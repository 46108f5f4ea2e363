// SharedMap against std::map, version by version.
#include "graph/shared_map.h"

#include <gtest/gtest.h>

#include <random>
#include <string>

namespace jiceng::graph {
namespace {

using Map = SharedMap<int, std::string>;
using Peer = std::map<int, std::string>;

Peer Content(const Map& map) {
  Peer content;
  int last = -1;
  map.ForEach([&](int key, const std::string& value) {
    EXPECT_LT(last, key);
    last = key;
    content[key] = value;
  });
  return content;
}

TEST(SharedMapTest, EveryVersionStaysWhatItWas) {
  std::mt19937 random(1);
  const auto below = [&](int n) { return static_cast<int>(random() % static_cast<unsigned>(n)); };
  std::vector<std::pair<Map, Peer>> versions(1);
  for (int v = 0; v < 60; ++v) {
    auto [map, peer] = versions[static_cast<size_t>(below(static_cast<int>(versions.size())))];
    Map::Changes changes;
    // Now a few, now more than a chunk holds, now at the end only.
    const int count = below(3) == 0 ? below(1000) : below(8), least = below(4) == 0 ? 5000 : 0;
    for (int i = 0; i < count; ++i) {
      const int key = least + below(5000);
      if (below(3) == 0) {
        changes[key].reset();
        peer.erase(key);
      } else {
        changes[key] = std::to_string(v) + "/" + std::to_string(i);
        peer[key] = *changes[key];
      }
    }
    versions.emplace_back(map.With(changes), peer);
  }
  for (const auto& [map, peer] : versions) {
    EXPECT_EQ(Content(map), peer);
    EXPECT_EQ(map.empty(), peer.empty());
    for (int key = 0; key < 10000; key += 7) {
      const std::string* found = map.Find(key);
      const auto it = peer.find(key);
      ASSERT_EQ(found != nullptr, it != peer.end()) << key;
      EXPECT_TRUE(found == nullptr || *found == it->second);
      // The rest from a key on, cut short.
      auto expected = peer.lower_bound(key);
      int steps = 0;
      map.ForEachFrom(key, [&](int k, const std::string& value) {
        EXPECT_TRUE(expected != peer.end() && expected->first == k && expected->second == value);
        ++expected;
        return ++steps < 5;
      });
      EXPECT_TRUE(steps == 5 || expected == peer.end());
    }
  }
}

TEST(SharedMapTest, AVersionSharesWhatItDoesNotChange) {
  Map::Changes many;
  for (int key = 0; key < 10000; ++key) many[key] = "x";
  const Map before = Map().With(many);
  const Map after = before.With({{5000, "y"}});
  int shared = 0;
  for (int key = 0; key < 10000; ++key) shared += before.Find(key) == after.Find(key) ? 1 : 0;
  EXPECT_GE(shared, 10000 - 256);
  EXPECT_EQ(*before.Find(5000), "x");
  EXPECT_EQ(*after.Find(5000), "y");
}

TEST(SharedMapTest, TakingOutEverythingLeavesNothing) {
  Map::Changes many, none;
  for (int key = 0; key < 1000; ++key) {
    many[key] = "x";
    none[key].reset();
  }
  const Map empty = Map().With(many).With(none);
  EXPECT_TRUE(empty.empty());
  EXPECT_EQ(empty.Find(1), nullptr);
  empty.ForEachFrom(0, [](int, const std::string&) {
    ADD_FAILURE();
    return true;
  });
}

}  // namespace
}  // namespace jiceng::graph
