#include "base/codes.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace jiceng::base {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using testing::Pair;

// The samples of GB 11643-1999 itself.
TEST(CitizenId, SamplesOfTheStandardAreValid) {
  for (const char* code : {"11010519491231002X", "440524188001010014"}) {
    const CodeReport report = CheckCode(code);
    EXPECT_EQ(report.kind, CodeKind::kCitizenId);
    EXPECT_TRUE(report.valid) << report.reason;
    EXPECT_EQ(report.reason, "");
  }
  EXPECT_EQ(CitizenIdCheckCharacter("11010519491231002"), 'X');
  EXPECT_EQ(CitizenIdCheckCharacter("44052418800101001"), '4');
}

TEST(CitizenId, EveryOtherCheckCharacterIsWrong) {
  for (const char check : std::string("0123456789")) {
    const CodeReport report = CheckCode(std::string("11010519491231002") + check);
    EXPECT_EQ(report.kind, CodeKind::kCitizenId);
    EXPECT_FALSE(report.valid);
    EXPECT_EQ(report.reason, "CHECK_CHARACTER");
  }
}

// ISO 7064 MOD 11-2 finds every single slip of a digit, and every swap of neighbours.
TEST(CitizenId, SlipsAndSwapsAreFound) {
  const std::string good = "11010519491231002";
  for (size_t i = 0; i < good.size(); ++i) {
    for (char digit = '0'; digit <= '9'; ++digit) {
      std::string slip = good;
      slip[i] = digit;
      EXPECT_EQ(CitizenIdCheckCharacter(slip) == 'X', digit == good[i]) << slip;
    }
    if (i > 0 && good[i] != good[i - 1]) {
      std::string swapped = good;
      std::swap(swapped[i], swapped[i - 1]);
      EXPECT_NE(CitizenIdCheckCharacter(swapped), 'X') << swapped;
    }
  }
}

TEST(CitizenId, ImpossibleBirthDatesAreRefusedWhateverTheCheckCharacter) {
  // The check characters are right; 2023 had no 29 February, and there is no month 00.
  EXPECT_EQ(CheckCode("110105202302290022").reason, "BIRTH_DATE");
  EXPECT_EQ(CheckCode("110105000001010028").reason, "BIRTH_DATE");
  EXPECT_TRUE(CheckCode("11010520240229002X").valid);
}

TEST(CitizenId, EchoIsMaskedAndPartsDoNotGiveTheBirthDate) {
  for (const char* code : {"11010519491231002X", "110105194912310021", "11010519491231002x", " 11010519491231002X",
                           "１１０１０５１９４９１２３１００２Ｘ"}) {
    const CodeReport report = CheckCode(code);
    EXPECT_EQ(report.kind, CodeKind::kCitizenId) << code;
    EXPECT_THAT(report.code, HasSubstr("110105********002"));
    for (const auto& [name, value] : report.parts) EXPECT_THAT(value, Not(HasSubstr("1949"))) << name;
  }
  EXPECT_EQ(CheckCode("11010519491231002X").code, "110105********002X");
  EXPECT_THAT(CheckCode("11010519491231002X").parts,
              ElementsAre(Pair("region", "110105"), Pair("sequence", "002"), Pair("check", "X")));
}

TEST(CitizenId, OtherSpellingsAreNotOfTheAlphabet) {
  EXPECT_EQ(CheckCode("11010519491231002x").reason, "ALPHABET");
  EXPECT_EQ(CheckCode("１１０１０５１９４９１２３１００２Ｘ").reason, "ALPHABET");
}

TEST(CitizenId, CheckCharacterNeedsSeventeenDigits) {
  EXPECT_EQ(CitizenIdCheckCharacter("1101051949123100"), '\0');
  EXPECT_EQ(CitizenIdCheckCharacter("1101051949123100A"), '\0');
  EXPECT_EQ(CitizenIdCheckCharacter(""), '\0');
}

// The sample of GB 32100-2015, and codes printed by their owners.
TEST(Uscc, SamplesAreValid) {
  for (const char* code : {"91350100M000100Y43", "9144030071526726XG", "914403001922038216", "91110000802100433B"}) {
    const CodeReport report = CheckCode(code);
    // 18 digits have the shape of a citizen number too, and are taken as one.
    const bool digits = std::string_view(code).find_first_not_of("0123456789") == std::string_view::npos;
    EXPECT_EQ(report.kind, digits ? CodeKind::kCitizenId : CodeKind::kUscc);
    if (!digits) {
      EXPECT_TRUE(report.valid) << code << " " << report.reason;
      EXPECT_EQ(report.code, code);
    }
    EXPECT_EQ(UsccCheckCharacter(std::string_view(code).substr(0, 17)), code[17]) << code;
  }
  EXPECT_THAT(CheckCode("91350100M000100Y43").parts,
              ElementsAre(Pair("authority", "9"), Pair("category", "1"), Pair("region", "350100"),
                          Pair("organisation", "M000100Y4"), Pair("check", "3")));
}

TEST(Uscc, WrongCheckCharacterIsFound) {
  for (const char check : std::string("012456789ABCDEFGHJKLMNPQRTUWXY")) {
    const CodeReport report = CheckCode(std::string("91350100M000100Y4") + check);
    EXPECT_EQ(report.kind, CodeKind::kUscc);
    EXPECT_FALSE(report.valid);
    EXPECT_EQ(report.reason, "CHECK_CHARACTER");
  }
}

TEST(Uscc, LettersThatLookLikeDigitsAreNotOfTheAlphabet) {
  for (const char* code : {"91350100MOOO100Y43", "9135010IM000100Y43", "91350100M000100S43", "91350100M000100V43",
                           "91350100M000100Z43", "91350100m000100y43", "91350100M000100-43"}) {
    const CodeReport report = CheckCode(code);
    EXPECT_EQ(report.kind, CodeKind::kUscc) << code;
    EXPECT_EQ(report.reason, "ALPHABET") << code;
    EXPECT_TRUE(report.parts.empty());
  }
  EXPECT_EQ(UsccCheckCharacter("91350100MOOO100Y4"), '\0');
  EXPECT_EQ(UsccCheckCharacter("91350100M000100Y43"), '\0');
}

TEST(Uscc, EighteenCharactersAreCountedNotBytes) {
  EXPECT_EQ(CheckCode("一二三四五六").kind, CodeKind::kUnknown);  // 18 bytes
  EXPECT_EQ(CheckCode("９１350100M000100Y43").kind, CodeKind::kUscc);
  EXPECT_EQ(CheckCode("９１350100M000100Y43").reason, "ALPHABET");
}

TEST(Division, CodesAreRecognisedByTheirLength) {
  for (const char* code : {"32", "3201", "320102", "320102002", "320102002001"}) {
    const CodeReport report = CheckCode(code);
    EXPECT_EQ(report.kind, CodeKind::kDivision) << code;
    EXPECT_TRUE(report.valid) << code;
    EXPECT_EQ(report.parts.back().second, code);
    EXPECT_TRUE(IsUnitCode(code));
  }
  EXPECT_THAT(CheckCode("320102002001").parts,
              ElementsAre(Pair("province", "32"), Pair("prefecture", "3201"), Pair("county", "320102"),
                          Pair("township", "320102002"), Pair("village", "320102002001")));
  EXPECT_THAT(CheckCode("320102000000").parts,
              ElementsAre(Pair("province", "32"), Pair("prefecture", "3201"), Pair("county", "320102")));
}

TEST(Division, ZeroPaddedAndShortCodesAreOneUnit) {
  EXPECT_EQ(CanonicalDivisionCode("320102000000"), "320102");
  EXPECT_EQ(CanonicalDivisionCode("320102"), "320102");
  EXPECT_EQ(CanonicalDivisionCode("320000"), "32");
  EXPECT_EQ(CanonicalDivisionCode("3200"), "32");
  EXPECT_EQ(CanonicalDivisionCode("320100000000"), "3201");
  EXPECT_EQ(CanonicalDivisionCode("320102002000"), "320102002");
  EXPECT_EQ(CanonicalDivisionCode("320102002"), "320102002");
  EXPECT_EQ(CanonicalDivisionCode("320102000"), "320102");
  EXPECT_EQ(CanonicalDivisionCode("000000000000"), "00");
}

TEST(Division, AGroupOfZerosInsideIsNotPadding) {
  // 东莞 has no county level: its towns hang under the city with 00 in the county's place.
  EXPECT_EQ(CanonicalDivisionCode("441900003000"), "441900003");
  EXPECT_EQ(CanonicalDivisionCode("441900003"), "441900003");
  EXPECT_EQ(CanonicalDivisionCode("441900"), "4419");
  EXPECT_EQ(CanonicalDivisionCode("441900003001"), "441900003001");
  // Zeros that do not fill a group belong to the number of the unit.
  EXPECT_EQ(CanonicalDivisionCode("320110"), "320110");
  EXPECT_EQ(CanonicalDivisionCode("320102100"), "320102100");
}

TEST(Division, OtherTextIsLeftAlone) {
  for (const char* code : {"", "3", "32000", "32010200000000", "320102000000000", "32AB00", "江苏", "abcdefghi000"}) {
    EXPECT_EQ(CanonicalDivisionCode(code), code);
  }
}

TEST(Grid, TwelveDigitsAndTwoOrThree) {
  for (const char* code : {"32010200200101", "320102002001001"}) {
    const CodeReport report = CheckCode(code);
    EXPECT_EQ(report.kind, CodeKind::kGrid);
    EXPECT_TRUE(report.valid);
    EXPECT_TRUE(IsUnitCode(code));
  }
  EXPECT_THAT(CheckCode("320102002001007").parts.back(), Pair("sequence", "007"));
}

TEST(Codes, WhatHasNoKnownShapeIsUnknown) {
  EXPECT_EQ(CheckCode("").reason, "LENGTH");
  EXPECT_EQ(CheckCode("32010").reason, "LENGTH");
  EXPECT_EQ(CheckCode("1101051949123100").reason, "LENGTH");
  EXPECT_EQ(CheckCode("32-01").reason, "ALPHABET");
  for (const char* code : {"", "32010", "1101051949123100", "32-01", "\xff\xfe"}) {
    const CodeReport report = CheckCode(code);
    EXPECT_EQ(report.kind, CodeKind::kUnknown);
    EXPECT_FALSE(report.valid);
    EXPECT_EQ(report.code, code);
    EXPECT_FALSE(IsUnitCode(code));
  }
}

TEST(Codes, KindsHaveTheNamesOfTheContract) {
  EXPECT_STREQ(CodeKindName(CodeKind::kCitizenId), "citizen_id");
  EXPECT_STREQ(CodeKindName(CodeKind::kUscc), "uscc");
  EXPECT_STREQ(CodeKindName(CodeKind::kDivision), "division");
  EXPECT_STREQ(CodeKindName(CodeKind::kGrid), "grid");
  EXPECT_STREQ(CodeKindName(CodeKind::kUnknown), "unknown");
}

}  // namespace
}  // namespace jiceng::base
