#include "cli/calendar_output.h"

#include <algorithm>
#include <map>

#include "cli/moment.h"

namespace jiceng::cli {
namespace {

constexpr size_t kMostOctets = 75;  // of a line, its end not counted (RFC 5545, 3.1)

// Backslash, comma and semicolon mean something, a line end is \n, and other control characters may not occur
// (RFC 5545, 3.3.11).
std::string Escaped(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    if (c == '\\' || c == ';' || c == ',') escaped += '\\';
    if (c == '\n') {
      escaped += "\\n";
    } else if (static_cast<unsigned char>(c) >= 0x20 && c != 0x7f) {
      escaped += c;
    }
  }
  return escaped;
}

bool BeginsCharacter(char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; }

// Appends the line; what is too long goes on in lines that begin with a space, and no character is cut in two.
void AppendLine(std::string_view line, std::string* out) {
  size_t room = kMostOctets;
  while (line.size() > room) {
    size_t cut = room;
    while (cut > 0 && !BeginsCharacter(line[cut])) --cut;
    if (cut == 0) cut = room;  // no text of ours, but it has to end
    out->append(line.substr(0, cut));
    out->append("\r\n ");
    line.remove_prefix(cut);
    room = kMostOctets - 1;
  }
  out->append(line);
  out->append("\r\n");
}

void AppendProperty(std::string_view name, std::string_view value, std::string* out) {
  AppendLine(std::string(name).append(value), out);
}

std::string Day(int32_t day) {
  std::string digits = std::to_string(day);
  digits.insert(0, 8 - std::min<size_t>(digits.size(), 8), '0');
  return digits;
}

// The day after, in civil days.
int32_t NextDay(int32_t day) {
  const auto begins = ParseTime(FormatDate(day), BareDate::kStartOfDay);
  return begins.has_value() ? DayOf(*begins + 86400) : day;
}

// "2026-06-30T08:00:00Z" as 20260630T080000Z.
std::string Instant(int64_t seconds) {
  std::string instant;
  for (const char c : FormatTime(seconds)) {
    if (c != '-' && c != ':') instant += c;
  }
  return instant;
}

}  // namespace

std::string ToCalendar(const std::vector<CalendarEvent>& events, int64_t stamp, std::string_view name) {
  std::string out;
  AppendLine("BEGIN:VCALENDAR", &out);
  AppendLine("VERSION:2.0", &out);
  AppendLine("PRODID:-//jiceng//upcoming//EN", &out);
  AppendLine("CALSCALE:GREGORIAN", &out);
  AppendProperty("X-WR-CALNAME:", Escaped(name), &out);
  std::map<std::string, int> seen;
  for (const CalendarEvent& event : events) {
    const int before = seen[event.key]++;
    AppendLine("BEGIN:VEVENT", &out);
    AppendProperty(
        "UID:", Escaped(event.key) + (before == 0 ? std::string() : "-" + std::to_string(before + 1)) + "@jiceng",
        &out);
    AppendProperty("DTSTAMP:", Instant(stamp), &out);
    AppendProperty("DTSTART;VALUE=DATE:", Day(event.day), &out);
    AppendProperty("DTEND;VALUE=DATE:", Day(NextDay(event.day)), &out);
    AppendProperty("SUMMARY:", Escaped(event.summary), &out);
    if (!event.description.empty()) AppendProperty("DESCRIPTION:", Escaped(event.description), &out);
    AppendLine("TRANSP:TRANSPARENT", &out);
    AppendLine("END:VEVENT", &out);
  }
  AppendLine("END:VCALENDAR", &out);
  return out;
}

}  // namespace jiceng::cli
