// Days that something falls due as an iCalendar file (RFC 5545), for any calendar program.
#ifndef JICENG_CLI_CALENDAR_OUTPUT_H_
#define JICENG_CLI_CALENDAR_OUTPUT_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace jiceng::cli {

// One whole day.  Two events with the same key are told apart by their order.
struct CalendarEvent {
  int32_t day = 0;  // 20260630
  std::string key;  // what it is about, whatever the language: the stable part of the UID
  std::string summary, description;
};

// The calendar as its bytes: lines end in CRLF and are folded at 75 octets between characters, texts are escaped, and no
// clock is asked: every event carries `stamp` (seconds since 1970, UTC).  An event's UID is its key, the same in every
// export.
std::string ToCalendar(const std::vector<CalendarEvent>& events, int64_t stamp, std::string_view name);

}  // namespace jiceng::cli

#endif  // JICENG_CLI_CALENDAR_OUTPUT_H_
