package org.jiceng;

import static org.jiceng.Fixture.DAY;
import static org.jiceng.Fixture.LEDGERS;
import static org.jiceng.Fixture.MOMENT;
import static org.jiceng.Fixture.organization;
import static org.jiceng.Fixture.texts;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreTest {
  @TempDir Path folder;

  @Test
  void anImportIsOneCommitAndSaysWhatItRead() {
    try (Store store = organization();
        Table log = store.log();
        Writer writer = store.writer(MOMENT);
        ImportReport again = writer.importLedgers(LEDGERS)) {
      assertEquals(1, log.size());
      assertEquals("import", log.get(0).text("operation"));
      assertEquals("测试", log.get(0).text("author")); // the JVM's charset is ISO-8859-1 in these tests
      assertEquals(MOMENT, log.get(0).time("recorded_at"));
      assertEquals(ImportOutcome.DONE, again.outcome());
      assertEquals(1, again.seq());
      assertEquals(0, again.rejected());
      Row people = again.rows().stream().filter(row -> row.text("file").equals("people.csv")).findFirst().get();
      assertEquals(3L, people.number("rows"));
      assertTrue(again.closures().isEmpty());
    }
  }

  @Test
  void badRowsAreNamedAndKeepEverythingOut() throws IOException {
    Path file = folder.resolve("people.csv");
    String ledger = "person_id,name,party_status,joined_on,in_service\np9,某某,full,2026-02-30,0\n";
    Files.write(file, ledger.getBytes(StandardCharsets.UTF_8));
    try (Store store = organization();
        Writer writer = store.writer(MOMENT);
        ImportReport report = writer.importLedgers(file);
        ImportReport english = writer.importLedgers(new ImportOptions().language(Language.EN), file)) {
      assertEquals(ImportOutcome.REJECTED, report.outcome());
      Row problem = report.problems().get(0);
      assertEquals("people.csv", problem.text("file"));
      assertEquals(2L, problem.number("row"));
      assertEquals("joined_on", problem.text("column"));
      assertEquals("2026-02-30", problem.text("cell"));
      assertTrue(!problem.text("message").equals(english.problems().get(0).text("message")));
      try (Table log = store.log()) {
        assertEquals(1, log.size());
      }
    }
  }

  @Test
  void whatNoAnswerTellsGoesToTheLogger() throws IOException {
    String path = folder.resolve("told.jiceng").toString();
    try (Store store = Store.create(path); Writer writer = store.writer(MOMENT)) {
      writer.importLedgers(LEDGERS).close();
      store.optimize(null);
    }
    Files.write(folder.resolve("told.jiceng.base"), new byte[] {1, 2, 3});
    List<String> told = new ArrayList<>();
    Handler handler =
        new Handler() {
          @Override
          public void publish(LogRecord record) {
            told.add(record.getLevel() + " " + record.getParameters()[0]);
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    Logger logger = Logger.getLogger("org.jiceng");
    logger.addHandler(handler);
    try (Store store = Store.open(path, new OpenOptions()); Snapshot snapshot = store.snapshot()) {
      assertEquals(1, snapshot.seq());
    } finally {
      logger.removeHandler(handler);
    }
    assertEquals(Collections.singletonList("WARNING BASE_UNUSABLE"), told);
  }

  @Test
  void aDryRunKeepsNothing() {
    try (Store store = Store.create("memory:");
        Writer writer = store.writer(MOMENT);
        ImportReport report = writer.importLedgers(new ImportOptions().dryRun(), LEDGERS);
        Snapshot snapshot = store.snapshot()) {
      assertEquals(ImportOutcome.CHECKED, report.outcome());
      assertEquals(0, snapshot.seq());
    }
  }

  @Test
  void exportGivesLedgersThatImportToTheSame() {
    try (Store store = organization();
        Snapshot snapshot = store.snapshot();
        Store other = Store.create("memory:");
        Writer writer = other.writer(MOMENT)) {
      assertEquals(3L, snapshot.export(folder.resolve("out")).get("people.csv"));
      writer.importLedgers(folder.resolve("out")).close();
      try (Snapshot same = other.snapshot()) {
        assertEquals(snapshot.count("unit:320102", DAY), same.count("unit:320102", DAY));
      }
    }
  }

  @Test
  void earlierCommitsAreStillThere() {
    try (Store store = organization();
        Writer writer = store.writer(MOMENT)) {
      assertEquals(2, writer.revert(1));
      assertEquals(2, store.seqAt(MOMENT));
      assertEquals(0, store.seqAt(MOMENT.minusSeconds(1)));
      try (Snapshot now = store.snapshot();
          Snapshot before = store.snapshot(null, 1);
          Table page = store.log(2, 1)) {
        assertThrows(JicengException.NotFound.class, () -> now.count("unit:320102", DAY));
        assertEquals(2L, before.count("unit:320102", DAY).get("members.full"));
        assertEquals(1L, page.get(0).number("seq"));
      }
    }
  }

  /** The names are the library's to write: a JVM in the C locale could not. */
  @Test
  void filesMayHaveChineseNames() {
    String file = folder + "/玄武区.jiceng";
    try (Store store = organization()) {
      store.optimize();
      store.backup(file);
      JicengException twice = assertThrows(JicengException.AlreadyExists.class, () -> store.backup(file));
      assertEquals("STORE_EXISTS", twice.reason());
    }
    OpenOptions options = new OpenOptions().readOnly().withoutMmap().busyTimeout(Duration.ofMillis(10));
    try (Store copy = Store.open(file, options);
        Table problems = copy.verify();
        Snapshot snapshot = copy.snapshot()) {
      assertTrue(problems.isEmpty());
      assertEquals(2L, snapshot.count("unit:320102", DAY).get("members.full"));
      assertEquals("READ_ONLY", assertThrows(JicengException.class, () -> copy.writer(MOMENT)).reason());
    }
  }

  @Test
  void twoStoresOfOneSeedAreTheSame() {
    List<String> hashes = new ArrayList<>();
    for (int i = 0; i < 2; ++i) {
      try (Store store = Store.open("memory:", new OpenOptions().create().seed(7));
          Writer writer = store.writer(MOMENT)) {
        writer.importLedgers(new ImportOptions(), Collections.singletonList(LEDGERS.toString())).close();
        try (Table log = store.log()) {
          hashes.addAll(texts(log, "hash"));
        }
      }
    }
    assertEquals(hashes.get(0), hashes.get(1));
  }

  @Test
  void aHeadThatMovedAborts() {
    try (Store store = organization();
        Writer writer = store.writer(new WriterOptions(MOMENT).expectedSeq(0).reason("测试").basis("文件"))) {
      assertEquals(
          "SEQ_MOVED", assertThrows(JicengException.Aborted.class, () -> writer.revert(1)).reason());
    }
  }

  @Test
  void progressIsToldAndStopsTheWork() {
    List<String> stages = new ArrayList<>();
    Progress remember = (stage, done, total) -> stages.add(stage);
    try (Store store = Store.create("memory:");
        Writer writer = store.writer(new WriterOptions(MOMENT).progress(remember))) {
      writer.importLedgers(LEDGERS).close();
      assertTrue(stages.contains("read"), stages.toString());
      assertThrows(JicengException.Cancelled.class, () -> store.verify((stage, done, total) -> false));
      ArithmeticException mine = new ArithmeticException("mine");
      assertSame(
          mine,
          assertThrows(
              ArithmeticException.class,
              () -> store.verify((stage, done, total) -> {
                throw mine;
              })));
    }
  }
}
