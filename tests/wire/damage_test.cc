// Broken bytes never crash a decoder, and what it makes of them is either an error with its reason or something that can be written down again.
#include <algorithm>
#include <random>
#include <string>

#include "base/status.h"
#include "gtest/gtest.h"
#include "tests/wire/changes.h"
#include "wire/catalogue.h"
#include "wire/changes.h"

namespace jiceng::wire {
namespace {

void ReadChanges(const std::string& bytes) {
  const absl::StatusOr<std::vector<model::Change>> changes = DecodeChanges(bytes);
  if (!changes.ok()) {
    EXPECT_NE(changes.status().code(), absl::StatusCode::kInternal) << changes.status();
    EXPECT_FALSE(base::ErrorField(changes.status()).empty()) << changes.status();
    return;
  }
  const std::string again = EncodeChanges(*changes);
  const absl::StatusOr<std::vector<model::Change>> reread = DecodeChanges(again);
  ASSERT_TRUE(reread.ok()) << reread.status();
  EXPECT_EQ(EncodeChanges(*reread), again);
}

void ReadCatalogue(const std::string& bytes) {
  const absl::Status status = DecodeCatalogue(bytes).status();
  if (!status.ok()) {
    EXPECT_NE(status.code(), absl::StatusCode::kInternal) << status;
    EXPECT_FALSE(base::ErrorReason(status).empty());
  }
}

TEST(Damage, EveryTruncationOfAStreamIsAnErrorOrAPrefix) {
  const std::string bytes = EncodeChanges(EveryChange());
  for (size_t size = 0; size <= bytes.size(); ++size) ReadChanges(bytes.substr(0, size));
}

TEST(Damage, EveryFlippedBitOfAStreamIsBorne) {
  const std::string bytes = EncodeChanges(EveryChange());
  for (size_t i = 0; i < bytes.size() * 8; ++i) {
    std::string damaged = bytes;
    damaged[i / 8] = static_cast<char>(damaged[i / 8] ^ (1 << (i % 8)));
    ReadChanges(damaged);
  }
}

TEST(Damage, TruncationsOfTheCatalogueAreBorne) {
  const std::string bytes(BuiltinCatalogue());
  const size_t step = std::max<size_t>(1, bytes.size() / 300);
  for (size_t size = 0; size < bytes.size(); size += step) ReadCatalogue(bytes.substr(0, size));
}

TEST(Damage, RandomChangesOfTheCatalogueAreBorne) {
  constexpr uint32_t kSeed = 20261121;
  std::mt19937 random(kSeed);
  for (int round = 0; round < 400; ++round) {
    std::string bytes(BuiltinCatalogue());
    const int edits = 1 + static_cast<int>(random() % 4);
    for (int i = 0; i < edits; ++i) {
      const size_t at = random() % bytes.size();
      switch (random() % 3) {
        case 0:
          bytes[at] = static_cast<char>(random());
          break;
        case 1:
          bytes.erase(at, 1 + random() % 8);
          break;
        default:
          bytes.insert(at, 1 + random() % 8, static_cast<char>(random()));
      }
      if (bytes.empty()) break;
    }
    SCOPED_TRACE(testing::Message() << "seed " << kSeed << ", round " << round);
    ReadCatalogue(bytes);
  }
}

TEST(Damage, RandomBytesAreBorne) {
  constexpr uint32_t kSeed = 7;
  std::mt19937 random(kSeed);
  for (int round = 0; round < 2000; ++round) {
    std::string bytes(random() % 200, '\0');
    for (char& c : bytes) c = static_cast<char>(random());
    SCOPED_TRACE(testing::Message() << "seed " << kSeed << ", round " << round);
    ReadCatalogue(bytes);
    ReadChanges(bytes);
  }
}

}  // namespace
}  // namespace jiceng::wire
