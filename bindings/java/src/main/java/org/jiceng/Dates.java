package org.jiceng;

import java.time.Instant;
import java.time.LocalDate;

/** Days and moments as the library writes them. */
final class Dates {
  private Dates() {}

  /** YYYYMMDD; 0 for null. */
  static int number(LocalDate day) {
    return day == null ? 0 : day.getYear() * 10000 + day.getMonthValue() * 100 + day.getDayOfMonth();
  }

  static LocalDate date(long number) {
    int n = (int) number;
    return n == 0 ? null : LocalDate.of(n / 10000, n / 100 % 100, n % 100);
  }

  static long seconds(Instant moment) {
    return moment.getEpochSecond();
  }
}
