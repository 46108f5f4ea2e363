// The calendar's bytes against RFC 5545; a parser of somebody else's reads whole files in calendar_test.py.
#include "cli/calendar_output.h"

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace jiceng::cli {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr int64_t kStamp = 1782777600;  // 2026-06-30T00:00:00Z

std::vector<std::string> Lines(const std::string& calendar) {
  std::vector<std::string> lines;
  for (size_t at = 0; at < calendar.size();) {
    const size_t end = calendar.find("\r\n", at);
    EXPECT_NE(end, std::string::npos) << "every line ends in CRLF";
    if (end == std::string::npos) break;
    lines.push_back(calendar.substr(at, end - at));
    at = end + 2;
  }
  return lines;
}

// What a reader joins again: CRLF and the one space behind it are taken out.
std::string Unfolded(const std::string& calendar) {
  std::string text;
  for (size_t i = 0; i < calendar.size(); ++i) {
    if (calendar.compare(i, 3, "\r\n ") == 0) {
      i += 2;
    } else {
      text += calendar[i];
    }
  }
  return text;
}

bool WholeCharacters(const std::string& line) {
  for (size_t i = 0; i < line.size();) {
    const auto lead = static_cast<unsigned char>(line[i]);
    const size_t size = lead < 0x80 ? 1 : lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc0 ? 2 : 0;
    if (size == 0 || i + size > line.size()) return false;
    i += size;
  }
  return true;
}

TEST(Calendar, OneEventADayWithTheDayAfterAsItsEnd) {
  const std::string calendar = ToCalendar({{20261231, "2026-12-31-term_ends-org:11", "任期届满", ""}}, kStamp, "到期");
  EXPECT_EQ(calendar,
            "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//jiceng//upcoming//EN\r\nCALSCALE:GREGORIAN\r\n"
            "X-WR-CALNAME:到期\r\nBEGIN:VEVENT\r\nUID:2026-12-31-term_ends-org:11@jiceng\r\n"
            "DTSTAMP:20260630T000000Z\r\nDTSTART;VALUE=DATE:20261231\r\nDTEND;VALUE=DATE:20270101\r\n"
            "SUMMARY:任期届满\r\nTRANSP:TRANSPARENT\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n");
}

TEST(Calendar, LeapDaysAndMonthEnds) {
  EXPECT_THAT(ToCalendar({{20280228, "a", "a", ""}}, kStamp, ""), HasSubstr("DTEND;VALUE=DATE:20280229\r\n"));
  EXPECT_THAT(ToCalendar({{20280229, "a", "a", ""}}, kStamp, ""), HasSubstr("DTEND;VALUE=DATE:20280301\r\n"));
  EXPECT_THAT(ToCalendar({{20270228, "a", "a", ""}}, kStamp, ""), HasSubstr("DTEND;VALUE=DATE:20270301\r\n"));
}

// Section 3.1: no line longer than 75 octets, its end not counted, and no character cut in two.
TEST(Calendar, FoldsBetweenCharactersWhereverTheyFall) {
  // Characters of one, two, three and four octets, at every distance from the fold.
  const std::string wide[] = {"x", "é", "党", "𠮷"};
  for (const std::string& character : wide) {
    for (size_t shift = 0; shift < 8; ++shift) {
      std::string text(shift, 'a');
      for (int i = 0; i < 120; ++i) text += character;
      const std::string calendar = ToCalendar({{20260701, "k", text, text}}, kStamp, text);
      for (const std::string& line : Lines(calendar)) {
        EXPECT_LE(line.size(), 75u) << line;
        EXPECT_TRUE(WholeCharacters(line)) << line;
      }
      EXPECT_THAT(Unfolded(calendar), HasSubstr("SUMMARY:" + text + "\r\n"));
      EXPECT_THAT(Unfolded(calendar), HasSubstr("DESCRIPTION:" + text + "\r\n"));
    }
  }
}

TEST(Calendar, ALineOfJust75OctetsIsNotFolded) {
  const std::string fits(75 - 8, 'a');  // behind "SUMMARY:"
  EXPECT_THAT(ToCalendar({{20260701, "k", fits, ""}}, kStamp, ""), HasSubstr("\r\nSUMMARY:" + fits + "\r\n"));
  EXPECT_THAT(ToCalendar({{20260701, "k", fits + "b", ""}}, kStamp, ""),
              HasSubstr("\r\nSUMMARY:" + fits + "\r\n b\r\n"));
}

// Section 3.3.11.
TEST(Calendar, TextsAreEscaped) {
  const std::string calendar = ToCalendar({{20260701, "k", "a,b;c\\d", "one\ntwo\r\x01\x7f"}}, kStamp, "");
  EXPECT_THAT(calendar, HasSubstr("SUMMARY:a\\,b\\;c\\\\d\r\n"));
  EXPECT_THAT(calendar, HasSubstr("DESCRIPTION:one\\ntwo\r\n"));
  EXPECT_THAT(calendar, Not(HasSubstr("\x01")));
}

TEST(Calendar, EqualKeysAreToldApartByTheirOrder) {
  const std::string calendar = ToCalendar({{20260701, "k", "a", ""}, {20260701, "k", "b", ""}}, kStamp, "");
  EXPECT_THAT(calendar, HasSubstr("UID:k@jiceng\r\n"));
  EXPECT_THAT(calendar, HasSubstr("UID:k-2@jiceng\r\n"));
}

TEST(Calendar, MayBeEmpty) {
  EXPECT_THAT(ToCalendar({}, kStamp, ""), HasSubstr("BEGIN:VCALENDAR\r\n"));
  EXPECT_THAT(ToCalendar({}, kStamp, ""), Not(HasSubstr("VEVENT")));
}

}  // namespace
}  // namespace jiceng::cli
