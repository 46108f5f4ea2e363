package org.jiceng;

import java.nio.file.Path;
import java.nio.file.Paths;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The organisation of tests/abi/ledgers. */
final class Fixture {
  static final Path SOURCE = Paths.get(System.getProperty("jiceng.source"));
  static final Path LEDGERS = SOURCE.resolve("tests/abi/ledgers");
  static final LocalDate DAY = LocalDate.of(2026, 6, 30);
  static final Instant MOMENT = Instant.parse("2026-06-30T00:00:00Z");

  private Fixture() {}

  static Store organization() {
    return organization("memory:");
  }

  static Store organization(String url) {
    Store store = Store.create(url);
    try (Writer writer = store.writer(new WriterOptions(MOMENT).author("测试"));
        ImportReport report = writer.importLedgers(LEDGERS)) {
      if (report.outcome() != ImportOutcome.DONE) {
        throw new AssertionError(report.problems().get(0));
      }
    }
    return store;
  }

  static List<String> texts(Iterable<Row> rows, String column) {
    List<Row> all = new ArrayList<>();
    rows.forEach(all::add);
    return all.stream().map(row -> row.text(column)).collect(Collectors.toList());
  }
}
