// Days and instants as they are written on a command line and in answers.  Strict: what does not exist is refused,
// never rolled over.
#ifndef JICENG_CLI_MOMENT_H_
#define JICENG_CLI_MOMENT_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace jiceng::cli {

// "2026-06-30" as 20260630, the library's form; nothing for any other spelling and for days that do not exist.  Years 1
// to 9999.
std::optional<int32_t> ParseDate(std::string_view text);

// 20260630 as "2026-06-30".
std::string FormatDate(int64_t yyyymmdd);

// What a day without a time of day stands for.
enum class BareDate { kStartOfDay, kEndOfDay };

// Seconds since 1970-01-01T00:00:00Z of "2026-06-30", "2026-06-30T08:00[:00]" or the same with "Z" or "+08:00" behind
// it.  Without an offset it is UTC: the command reads no time zone from its surroundings.
std::optional<int64_t> ParseTime(std::string_view text, BareDate bare_date);

// "2026-06-30T00:00:00Z"
std::string FormatTime(int64_t seconds);

// The day, in UTC, on which an instant lies, as 20260630.
int32_t DayOf(int64_t seconds);

}  // namespace jiceng::cli

#endif  // JICENG_CLI_MOMENT_H_
