#include "benchmarks/sql_side.h"

#include <ctime>

namespace jiceng::benchmarks {

int32_t DayBefore(int32_t date, int days) {
  std::tm day{};
  day.tm_year = date / 10000 - 1900;
  day.tm_mon = date / 100 % 100 - 1;
  day.tm_mday = date % 100 - days;
  day.tm_hour = 12;
  const std::time_t time = timegm(&day);
  gmtime_r(&time, &day);
  return (day.tm_year + 1900) * 10000 + (day.tm_mon + 1) * 100 + day.tm_mday;
}

}  // namespace jiceng::benchmarks
