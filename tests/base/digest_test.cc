#include "base/digest.h"

#include <gtest/gtest.h>

namespace jiceng::base {
namespace {

std::string HexOf(const Digest& digest) { return Hex(Bytes(digest)); }

// Examples of FIPS 180-4 (NIST, "Examples with Intermediate Values") and the empty message.
TEST(Sha256, KnownAnswers) {
  EXPECT_EQ(HexOf(Sha256("")), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(HexOf(Sha256("abc")), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(HexOf(Sha256("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")),
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  EXPECT_EQ(HexOf(Sha256(std::string(1000000, 'a'))),
            "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST(Hasher, PiecesGiveTheDigestOfTheWhole) {
  const std::string text(200, 'x');
  Hasher hasher;
  for (size_t cut = 0; cut <= text.size(); ++cut) {
    hasher.Update(std::string_view(text).substr(0, cut));
    hasher.Update("");
    hasher.Update(std::string_view(text).substr(cut));
    EXPECT_EQ(hasher.Finish(), Sha256(text)) << cut;
  }
}

TEST(Hasher, BeginsAnewAfterFinish) {
  Hasher hasher;
  hasher.Update("abc");
  (void)hasher.Finish();
  EXPECT_EQ(hasher.Finish(), Sha256(""));
}

// RFC 4231, test cases 1 to 4, 6 and 7 (5 is about truncation).
TEST(HmacSha256, KnownAnswers) {
  EXPECT_EQ(HexOf(HmacSha256(std::string(20, '\x0b'), "Hi There")),
            "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
  EXPECT_EQ(HexOf(HmacSha256("Jefe", "what do ya want for nothing?")),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  EXPECT_EQ(HexOf(HmacSha256(std::string(20, '\xaa'), std::string(50, '\xdd'))),
            "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe");
  std::string key;
  for (char c = 1; c <= 25; ++c) key.push_back(c);
  EXPECT_EQ(HexOf(HmacSha256(key, std::string(50, '\xcd'))),
            "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b");
  EXPECT_EQ(HexOf(HmacSha256(std::string(131, '\xaa'), "Test Using Larger Than Block-Size Key - Hash Key First")),
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
  EXPECT_EQ(HexOf(HmacSha256(std::string(131, '\xaa'),
                             "This is a test using a larger than block-size key and a larger than block-size data. The "
                             "key needs to be hashed before being used by the HMAC algorithm.")),
            "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2");
}

TEST(Hex, BytesAboveAsciiAreNotSignExtended) {
  EXPECT_EQ(Hex(""), "");
  EXPECT_EQ(Hex(std::string_view("\x00\x7f\x80\xff", 4)), "007f80ff");
}

TEST(RandomBytes, SystemBytesDiffer) {
  RandomBytes random;
  std::string a(32, '\0'), b(32, '\0');
  random.Fill(a.data(), a.size());
  random.Fill(b.data(), b.size());
  EXPECT_NE(a, b);
  EXPECT_NE(a, std::string(32, '\0'));
  random.Fill(nullptr, 0);
}

// SHA-256 of (seed, counter), both 64-bit little-endian; computed with Python's hashlib.
TEST(RandomBytes, SeededStreamIsReproducible) {
  RandomBytes random(1);
  std::string bytes(40, '\0');
  random.Fill(bytes.data(), bytes.size());
  EXPECT_EQ(Hex(bytes), "4cbbd8ca5215b8d161aec181a74b694f4e24b001d5b081dc0030ed797a8973e0814dd7b9784d57c1");
  RandomBytes again(1), other(2);
  std::string same(40, '\0'), different(40, '\0');
  again.Fill(same.data(), same.size());
  other.Fill(different.data(), different.size());
  EXPECT_EQ(same, bytes);
  EXPECT_NE(different, bytes);
}

}  // namespace
}  // namespace jiceng::base
