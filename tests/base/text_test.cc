#include "base/text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/status.h"

namespace jiceng::base {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

constexpr size_t kNone = std::string_view::npos;

TEST(Utf8, WellFormedTextIsAccepted) {
  for (const char* text : {"", "abc", "社区党支部", "买买提·吐尔逊", "\xC2\x80", "\xDF\xBF", "\xE0\xA0\x80",
                           "\xED\x9F\xBF", "\xEE\x80\x80", "\xEF\xBF\xBF", "\xF0\x90\x80\x80", "\xF4\x8F\xBF\xBF", "𠮷",
                           "sixteen ascii ch和 and more ascii text"}) {
    EXPECT_EQ(FindInvalidUtf8(text), kNone) << text;
  }
  EXPECT_EQ(FindInvalidUtf8(std::string_view("a\0b", 3)), kNone);
}

TEST(Utf8, TheFirstBadByteIsNamed) {
  struct Case {
    std::string_view text;
    size_t offset;
  };
  const Case cases[] = {
      {"\x80", 0},                // a continuation byte alone
      {"ab\xC0\xAF", 2},          // overlong '/', two bytes
      {"ab\xC1\xBF", 2},          // overlong
      {"ab\xE0\x80\xAF", 2},      // overlong '/', three bytes
      {"ab\xE0\x9F\xBF", 2},      // overlong U+07FF
      {"ab\xF0\x8F\xBF\xBF", 2},  // overlong U+FFFF
      {"中\xED\xA0\x80", 3},      // surrogate U+D800
      {"中\xED\xBF\xBF", 3},      // surrogate U+DFFF
      {"\xF4\x90\x80\x80", 0},    // U+110000
      {"\xF5\x80\x80\x80", 0},    // beyond any lead byte
      {"\xFF", 0},
      {"中国\xE4", 6},      // cut after one byte
      {"中国\xE4\xB8", 6},  // cut after two
      {"\xF0\xA0\xAE", 0},  // cut after three
      {"\xE4\xB8z", 0},     // a continuation missing inside
      {"\xC2", 0},
      {"0123456789abcdef\xFFzzzzzzz", 16},  // after two whole words of ASCII
      {"0123456789abcde\xFFzzzzzzzz", 15},
      {"\xD6\xD0\xB9\xFA", 0},  // GB18030 中国 taken for UTF-8
  };
  for (const Case& c : cases) {
    EXPECT_EQ(FindInvalidUtf8(c.text), c.offset) << testing::PrintToString(c.text);
    const absl::Status status = CheckUtf8(c.text);
    EXPECT_EQ(ErrorReason(status), "INVALID_UTF8");
    EXPECT_EQ(status.message(), "not UTF-8 at byte " + std::to_string(c.offset));
  }
  EXPECT_TRUE(CheckUtf8("社区").ok());
}

// Every code point there is, encoded as the table of RFC 3629 says, is accepted alone; surrogates are not.
TEST(Utf8, EveryCodePoint) {
  for (uint32_t c = 0; c <= 0x10FFFF; ++c) {
    std::string text;
    if (c < 0x80) {
      text = {static_cast<char>(c)};
    } else if (c < 0x800) {
      text = {static_cast<char>(0xC0 + c / 64), static_cast<char>(0x80 + c % 64)};
    } else if (c < 0x10000) {
      text = {static_cast<char>(0xE0 + c / 4096), static_cast<char>(0x80 + c / 64 % 64),
              static_cast<char>(0x80 + c % 64)};
    } else {
      text = {static_cast<char>(0xF0 + c / 262144), static_cast<char>(0x80 + c / 4096 % 64),
              static_cast<char>(0x80 + c / 64 % 64), static_cast<char>(0x80 + c % 64)};
    }
    const bool surrogate = 0xD800 <= c && c <= 0xDFFF;
    ASSERT_EQ(FindInvalidUtf8(text), surrogate ? 0 : kNone) << std::hex << c;
    if (!surrogate) {
      ASSERT_EQ(CodePoints(text), std::vector<char32_t>{static_cast<char32_t>(c)}) << std::hex << c;
    }
  }
}

TEST(VisibleAscii, EveryByteAtEveryPlace) {
  EXPECT_TRUE(IsVisibleAscii({}));
  for (size_t size = 1; size <= 20; ++size) {
    for (size_t place = 0; place < size; ++place) {
      for (int byte = 0; byte < 256; ++byte) {
        std::string text(size, '~');
        text[place] = static_cast<char>(byte);
        EXPECT_EQ(IsVisibleAscii(text), byte >= 0x21 && byte <= 0x7E) << size << " " << place << " " << byte;
      }
    }
  }
}

TEST(Utf8, CodePointsOfMixedText) {
  EXPECT_THAT(CodePoints("a·中𠮷"), ElementsAre(U'a', U'\u00B7', U'中', U'\U00020BB7'));
  EXPECT_THAT(CodePoints("a\xFFz"), ElementsAre(U'a', U'\uFFFD', U'z'));
  EXPECT_THAT(CodePoints("\xE4\xB8"), ElementsAre(U'\uFFFD', U'\uFFFD'));
}

// Pairs of the code tables of GB 18030.
TEST(Gb18030, KnownPairs) {
  struct Pair {
    std::string_view gb;
    std::string_view utf8;
  };
  const Pair pairs[] = {
      {"abc", "abc"},
      {"\xD6\xD0", "中"},
      {"\xFD\x9B", "\xE9\xBE\xA5"},              // U+9FA5
      {"\xA1\xA1", "\xE3\x80\x80"},              // U+3000
      {"\xA1\xA4", "\xC2\xB7"},                  // U+00B7, the separator of names
      {"\xA2\xE3", "\xE2\x82\xAC"},              // U+20AC
      {"\x81\x30\x81\x30", "\xC2\x80"},          // U+0080
      {"\x81\x30\x84\x36", "\xC2\xA5"},          // U+00A5
      {"\x81\x39\xEE\x39", "\xE3\x90\x80"},      // U+3400
      {"\x82\x35\x87\x38", "\xE4\xB6\xB5"},      // U+4DB5
      {"\x84\x31\xA4\x39", "\xEF\xBF\xBF"},      // U+FFFF
      {"\x90\x30\x81\x30", "\xF0\x90\x80\x80"},  // U+10000
      {"\x95\x32\x82\x36", "\xF0\xA0\x80\x80"},  // U+20000
      {"\x95\x34\xB2\x35", "𠮷"},                // U+20BB7, met in names
      {"\xE3\x32\x9A\x35", "\xF4\x8F\xBF\xBF"},  // U+10FFFF
      {"\xD6\xD0\xB9\xFA\xB9\xB2\xB2\xFA\xB5\xB3\xA1\xA4\xD6\xA7\xB2\xBF", "中国共产党·支部"},
      {"", ""},
  };
  for (const Pair& pair : pairs) {
    const absl::StatusOr<std::string> utf8 = Gb18030ToUtf8(pair.gb);
    ASSERT_TRUE(utf8.ok()) << utf8.status() << testing::PrintToString(pair.gb);
    EXPECT_EQ(*utf8, pair.utf8);
  }
}

TEST(Gb18030, LongTextIsConvertedWhole) {
  std::string gb, utf8;
  for (int i = 0; i < 100000; ++i) {
    gb += "\xD6\xD0\x95\x34\xB2\x35,";
    utf8 += "中𠮷,";
  }
  EXPECT_EQ(Gb18030ToUtf8(gb).value(), utf8);
}

TEST(Gb18030, TheFirstBadByteIsNamed) {
  struct Case {
    std::string_view text;
    const char* place;
  };
  const Case cases[] = {
      {"ab\xFFzz", "at byte 2"},
      {"\x80", "at byte 0"},
      {"\xD6\xD0\xD6\x20zz", "at byte 2"},        // a trail byte out of range
      {"\xD6\xD0\xD6", "at byte 2"},              // two bytes cut short
      {"\xD6\xD0\x81\x30\x81", "at byte 2"},      // four bytes cut short
      {"\xD6\xD0\x81\x30\x81\x20", "at byte 2"},  // the fourth byte out of range
      {"\xD6\xD0\xE3\x32\x9A\x36", "at byte 2"},  // beyond U+10FFFF
  };
  for (const Case& c : cases) {
    const absl::Status status = Gb18030ToUtf8(c.text).status();
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
    EXPECT_EQ(ErrorReason(status), "INVALID_GB18030");
    EXPECT_THAT(std::string(status.message()), HasSubstr(c.place)) << testing::PrintToString(c.text);
  }
  std::string far(100000, 'a');
  far += "\xFF";
  EXPECT_THAT(std::string(Gb18030ToUtf8(far).status().message()), HasSubstr("at byte 100000"));
}

// Whatever bytes come in, the answer is an error or well-formed UTF-8.
TEST(Gb18030, OutputIsAlwaysWellFormed) {
  for (int lead = 0; lead < 256; ++lead) {
    for (int trail = 0; trail < 256; ++trail) {
      const std::string two = {static_cast<char>(lead), static_cast<char>(trail)};
      for (const std::string& text : {two, two + two, two + "\x81\x30", "a" + two + "0"}) {
        const absl::StatusOr<std::string> utf8 = Gb18030ToUtf8(text);
        if (utf8.ok()) {
          ASSERT_EQ(FindInvalidUtf8(*utf8), kNone) << testing::PrintToString(text);
        }
      }
    }
  }
}

TEST(HostId, PlainIdsAreAccepted) {
  for (const std::string& id :
       {std::string("1000001"), std::string("p-7"), std::string("党员 01"), std::string("a b"), std::string(64, 'x')}) {
    EXPECT_TRUE(CheckHostId(id).ok()) << id;
  }
}

TEST(HostId, OthersAreRefused) {
  for (const std::string& id :
       {std::string(), std::string(65, 'x'), std::string(" a"), std::string("a "), std::string("a\n"),
        std::string("a\tb"), std::string("a\0b", 3), std::string("\x7f"), std::string("\xC2\x85x"), std::string("　a"),
        std::string("a　"), std::string("\xC2\xA0x"), std::string("\xFF"), std::string("a\xE2\x80\xA8z"),
        std::string("社区\xE4\xB8")}) {
    const absl::Status status = CheckHostId(id);
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << testing::PrintToString(id);
    EXPECT_EQ(ErrorReason(status), "BAD_ID") << testing::PrintToString(id);
  }
}

TEST(PersonName, TransliteratedNamesKeepTheirMiddleDot) {
  for (const char* name : {"张三", "买买提·吐尔逊", "阿卜杜拉·阿卜杜热合曼·艾山", "欧阳娜娜", "𠮷田", "John F. Kennedy",
                           "张 三", "A.B", "王•", "J.张"}) {
    EXPECT_TRUE(CheckPersonName(name).ok()) << name;
  }
}

TEST(PersonName, LookAlikeDotsBetweenHanAreRefusedByName) {
  struct Case {
    const char* name;
    const char* point;
  };
  for (const Case& c :
       {Case{"买买提•吐尔逊", "U+2022"}, Case{"买买提・吐尔逊", "U+30FB"}, Case{"买买提．吐尔逊", "U+FF0E"},
        Case{"买买提‧吐尔逊", "U+2027"}, Case{"买买提.吐尔逊", "U+002E"}, Case{"买买提･吐尔逊", "U+FF65"},
        Case{"买买提∙吐尔逊", "U+2219"}, Case{"买买提⋅吐尔逊", "U+22C5"}, Case{"𠮷·买•提", "U+2022"},
        Case{"买·提•𠮷", "U+2022"}}) {
    const absl::Status status = CheckPersonName(c.name);
    EXPECT_EQ(ErrorReason(status), "BAD_NAME") << c.name;
    EXPECT_THAT(std::string(status.message()), HasSubstr(c.point));
    EXPECT_THAT(std::string(status.message()), HasSubstr("U+00B7"));
  }
}

TEST(PersonName, EmptyLongAndBrokenNamesAreRefused) {
  for (const std::string& name : {std::string(), std::string(201, 'x'), std::string("张\n三"), std::string("张\0三", 7),
                                  std::string("\xD5\xC5\xC8\xFD"), std::string("　 ")}) {
    EXPECT_EQ(ErrorReason(CheckPersonName(name)), "BAD_NAME") << testing::PrintToString(name);
  }
  EXPECT_TRUE(CheckPersonName(std::string(200, 'x')).ok());
}

TEST(NormalizeWidth, FullWidthBecomesHalfWidthAndEndsAreCut) {
  EXPECT_EQ(NormalizeWidth("ｃｏｄｅ"), "code");
  EXPECT_EQ(NormalizeWidth("　３２０１０２　"), "320102");
  EXPECT_EQ(NormalizeWidth("（姓名）"), "(姓名)");
  EXPECT_EQ(NormalizeWidth(" \t姓　名\r\n"), "姓 名");
  EXPECT_EQ(NormalizeWidth("！～"), "!~");
  EXPECT_EQ(NormalizeWidth("a·b、"), "a·b、");
  EXPECT_EQ(NormalizeWidth(" 　 "), "");
  EXPECT_EQ(NormalizeWidth(""), "");
  EXPECT_EQ(NormalizeWidth("a\xFFz"), "a\xFFz");  // judged elsewhere, not changed here
}

TEST(DisplayWidth, WideCharactersTakeTwoColumns) {
  EXPECT_EQ(DisplayWidth(""), 0);
  EXPECT_EQ(DisplayWidth("abc"), 3);
  EXPECT_EQ(DisplayWidth("社区"), 4);
  EXPECT_EQ(DisplayWidth("社区A1"), 6);
  EXPECT_EQ(DisplayWidth("ＡＢ"), 4);  // full-width
  EXPECT_EQ(DisplayWidth("，。（）"), 8);
  EXPECT_EQ(DisplayWidth("　"), 2);
  EXPECT_EQ(DisplayWidth("𠮷"), 2);  // plane 2
  EXPECT_EQ(DisplayWidth("ｱ"), 1);   // half-width katakana
  EXPECT_EQ(DisplayWidth("カ"), 2);
  EXPECT_EQ(DisplayWidth("한"), 2);
  EXPECT_EQ(DisplayWidth("買·買"), 5);  // U+00B7 is ambiguous: narrow outside legacy terminals
  EXPECT_EQ(DisplayWidth("é"), 1);
  EXPECT_EQ(DisplayWidth("★"), 1);
  EXPECT_EQ(DisplayWidth("😀"), 2);
}

TEST(DisplayWidth, CombiningMarksTakeNone) {
  EXPECT_EQ(DisplayWidth("e\u0301"), 1);
  EXPECT_EQ(DisplayWidth("か\u3099"), 2);
  EXPECT_EQ(DisplayWidth("a\u200Bb"), 2);      // zero width space
  EXPECT_EQ(DisplayWidth("\u0E01\u0E34"), 1);  // Thai ko kai with sara i
}

}  // namespace
}  // namespace jiceng::base
