#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <iconv.h>

#include "base/status.h"
#include "tests/ledgers/fixtures.h"

namespace jiceng::ledgers {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using std::string_literals::operator""s;

const char kPeople[] = "person_id,name,party_status,joined_on,in_service\n1,王伟,full,1998,1\n2,李娜,none,,0\n";

std::string Convert(const char* to, std::string_view text) {
  const iconv_t converter = iconv_open(to, "UTF-8");
  std::string out(text.size() * 4, '\0');
  char* in = const_cast<char*>(text.data());
  char* next = out.data();
  size_t in_left = text.size(), out_left = out.size();
  EXPECT_EQ(iconv(converter, &in, &in_left, &next, &out_left), 0u);
  iconv_close(converter);
  out.resize(out.size() - out_left);
  return out;
}

TEST(Encoding, Utf8WithAndWithoutAMark) {
  for (const std::string& text : {std::string(kPeople), "\xEF\xBB\xBF"s + kPeople}) {
    const Outcome o = ReadText(Ledger::kPeople, text);
    ASSERT_THAT(o.rows, SizeIs(2)) << o.status;
    EXPECT_EQ(o.rows[0].cells[kPersonId].text, "1");
    EXPECT_EQ(o.rows[1].cells[kPersonName].text, "李娜");
  }
}

TEST(Encoding, Gb18030IsConvertedWhole) {
  for (const char* rare : {"王伟", "𠮷䶮", "买买提·艾力"}) {  // four bytes, and two planes
    const std::string text = std::string("person_id,name,party_status,joined_on,in_service\n1,") + rare + ",full,,1\n";
    const Outcome o = ReadText(Ledger::kPeople, Convert("GB18030", text));
    ASSERT_THAT(o.rows, SizeIs(1)) << o.status;
    EXPECT_EQ(o.rows[0].cells[kPersonName].text, rare);
  }
}

// 镕 is E9 46 in GBK: the second byte of a character may be an ASCII letter, but never a separator, a quote or a line
// end.
TEST(Encoding, SecondBytesOfGbkAreNoSeparators) {
  const Outcome o = ReadText(
      Ledger::kPeople, Convert("GB18030", "person_id,name,party_status,joined_on,in_service\n1,镕堃喆,full,,1\n"));
  ASSERT_THAT(o.rows, SizeIs(1));
  EXPECT_EQ(o.rows[0].cells[kPersonName].text, "镕堃喆");
}

TEST(Encoding, WhatIsNeitherSaysByteAndRow) {
  const std::string text = Convert("GB18030", kPeople) + "3,\xFF\xFF,none,,0\n";
  const Outcome o = ReadText(Ledger::kPeople, text);
  EXPECT_EQ(base::ErrorReason(o.status), "BAD_ENCODING");
  ASSERT_THAT(o.Errors(), ElementsAre("4::BAD_ENCODING"));
  EXPECT_THAT(o.FirstMessage(), HasSubstr("GB18030 (wrong at byte " + std::to_string(text.find('\xFF'))));
}

TEST(Encoding, DamagedUtf8IsNotTakenForGb18030) {
  std::string text = kPeople;
  text += "3,张三丰四五六,none,,0\n";
  text.insert(text.size() - 3, "\xE5\x8F");  // a character cut in two
  for (const std::string& damaged : {text, "\xEF\xBB\xBF"s + text}) {
    const Outcome o = ReadText(Ledger::kPeople, damaged);
    EXPECT_THAT(o.Errors(), ElementsAre("4::BAD_ENCODING"));
    EXPECT_THAT(o.FirstMessage(), HasSubstr("damaged at byte"));
    EXPECT_THAT(o.rows, IsEmpty());
  }
}

TEST(Encoding, Utf16IsNamed) {
  for (const char* to : {"UTF-16", "UTF-16LE", "UTF-16BE"}) {
    const Outcome o = ReadText(Ledger::kPeople, Convert(to, kPeople));
    EXPECT_EQ(base::ErrorReason(o.status), "UTF16") << to;
    EXPECT_THAT(o.FirstMessage(), HasSubstr("save it as CSV UTF-8"));
  }
}

TEST(Encoding, OtherFormatsUnderACsvNameAreNamed) {
  EXPECT_THAT(ReadText(Ledger::kPeople, "PK\x03\x04rest"s).FirstMessage(), HasSubstr(".xlsx"));
  EXPECT_THAT(ReadText(Ledger::kPeople, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1rest"s).FirstMessage(), HasSubstr(".xls"));
  EXPECT_THAT(ReadText(Ledger::kPeople, "\xEF\xBB\xBF\r\n<TABLE border=1>"s).FirstMessage(), HasSubstr("web page"));
  EXPECT_EQ(base::ErrorReason(ReadText(Ledger::kPeople, "PK\x03\x04"s).status), "NOT_CSV");
}

TEST(Encoding, AZeroByteSaysItsRow) {
  const Outcome o = ReadText(Ledger::kPeople, kPeople + "3,a\0b,none,,0\n"s);
  EXPECT_THAT(o.Errors(), ElementsAre("4::NUL_BYTE"));
}

}  // namespace
}  // namespace jiceng::ledgers
