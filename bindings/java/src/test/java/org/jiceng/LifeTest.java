package org.jiceng;

import static org.jiceng.Fixture.DAY;
import static org.jiceng.Fixture.LEDGERS;
import static org.jiceng.Fixture.MOMENT;
import static org.jiceng.Fixture.organization;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** Closing, forgetting, and many threads. */
class LifeTest {
  @TempDir Path folder;

  @Test
  void whatIsClosedSaysSoWhateverIsAsked() {
    Store store = organization();
    Snapshot snapshot = store.snapshot();
    Writer writer = store.writer(MOMENT);
    ImportReport report = writer.importLedgers(LEDGERS);
    Findings findings = snapshot.audit(DAY);
    Table table = findings.table(Language.ZH);
    Table borrowed = report.rows();
    Actor actor = new Actor("街道", "unit:320102002");
    List<AutoCloseable> all = Arrays.asList(actor, table, findings, report, writer, snapshot, store);
    for (int twice = 0; twice < 2; ++twice) {
      for (AutoCloseable one : all) {
        closeQuietly(one);
      }
    }
    List<Executable> misuses =
        Arrays.asList(
            () -> store.snapshot(),
            () -> store.log(),
            () -> store.verify(),
            () -> store.optimize(),
            () -> store.backup("x"),
            () -> store.writer(MOMENT),
            () -> store.seqAt(MOMENT),
            () -> writer.importLedgers(LEDGERS),
            () -> writer.revert(1),
            () -> writer.apply(new byte[0]),
            () -> snapshot.seq(),
            () -> snapshot.find("org:1001"),
            () -> snapshot.text(1),
            () -> snapshot.isUnder(1, 1, DAY),
            () -> snapshot.tree(null, DAY),
            () -> snapshot.audit(DAY),
            () -> snapshot.export("x", null),
            () -> findings.counts(),
            () -> findings.subjects(),
            () -> findings.iterator().next(),
            () -> table.get(0),
            () -> table.numbers("since"),
            () -> borrowed.get(0));
    for (Executable misuse : misuses) {
      assertTrue(assertThrows(IllegalStateException.class, misuse).getMessage().endsWith("is closed"));
    }
    try (Store another = organization()) {
      assertThrows(IllegalStateException.class, () -> another.snapshot(actor));
    }
    assertTrue(store.isClosed());
  }

  private static void closeQuietly(AutoCloseable one) {
    try {
      one.close();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void whatWasOpenedKeepsTheStore() {
    Store store = organization();
    try (Snapshot snapshot = store.snapshot()) {
      store.close();
      assertEquals(2L, snapshot.count("unit:320102", DAY).get("members.full"));
    }
  }

  @Test
  void rowsOutliveTheirTable() {
    Row first;
    try (Store store = organization();
        Snapshot snapshot = store.snapshot();
        Table tree = snapshot.tree(null, DAY)) {
      first = tree.get(0);
    }
    assertEquals("玄武区", first.text("name"));
  }

  /** A forgotten store lets go of its file: another may then hold it. */
  @Test
  void whatIsForgottenIsGivenBack() throws InterruptedException {
    String file = folder.resolve("a.jiceng").toString();
    WeakReference<Store> forgotten = new WeakReference<>(organization(file));
    for (int i = 0; i < 100 && forgotten.get() != null; ++i) {
      System.gc();
      Thread.sleep(10);
    }
    Thread.sleep(50); // the queue is filled after the reference is cleared
    try (Table opened = Catalogue.roles(Language.ZH)) {
      assertFalse(opened.isEmpty());
    }
    assertEquals(0, heldFiles(file));
  }

  /** How many descriptors of this process are open on a store. */
  private static long heldFiles(String file) {
    File[] descriptors = new File("/proc/self/fd").listFiles();
    return Arrays.stream(descriptors)
        .filter(one -> {
          try {
            return one.getCanonicalPath().startsWith(file);
          } catch (IOException gone) {
            return false;
          }
        })
        .count();
  }

  @Test
  void tablesKeepTheirForgottenReport() {
    Table rows;
    try (Store store = organization();
        Writer writer = store.writer(MOMENT)) {
      rows = writer.importLedgers(LEDGERS).rows();
    }
    for (int i = 0; i < 5; ++i) {
      System.gc();
      Catalogue.roles(Language.ZH).close();
    }
    assertEquals("affiliations.csv", rows.get(0).text("file"));
  }

  @Test
  void eightThreadsAskWhileOneWrites() throws Exception {
    AtomicBoolean done = new AtomicBoolean();
    ExecutorService threads = Executors.newFixedThreadPool(9);
    try (Store store = organization(folder.resolve("b.jiceng").toString())) {
      List<Future<Integer>> asking = new ArrayList<>();
      for (int i = 0; i < 8; ++i) {
        asking.add(
            threads.submit(
                () -> {
                  int asked = 0;
                  for (; !done.get() || asked == 0; ++asked) {
                    try (Snapshot snapshot = store.snapshot(null, 1);
                        Findings findings = snapshot.audit(DAY);
                        Table shown = snapshot.show("org:1001", DAY)) {
                      assertEquals(4, findings.size());
                      assertEquals(2L, snapshot.count("unit:320102", DAY).get("members.full"));
                      assertEquals("第一党支部", shown.get(0).text("value"));
                    }
                  }
                  return asked;
                }));
      }
      Future<?> writing =
          threads.submit(
              () -> {
                try (Writer writer = store.writer(MOMENT)) {
                  for (int seq = 1; seq <= 40; seq += 2) {
                    assertEquals(seq + 1, writer.revert(seq));
                    writer.importLedgers(LEDGERS).close();
                  }
                } finally {
                  done.set(true);
                }
              });
      writing.get();
      for (Future<Integer> one : asking) {
        assertTrue(one.get() > 0);
      }
      try (Table problems = store.verify()) {
        assertTrue(problems.isEmpty());
      }
    } finally {
      threads.shutdownNow();
    }
  }

  /** Calls under way come to their end, later ones are told; nobody reads freed memory. */
  @Test
  void closingUnderOtherThreadsIsSafe() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try (Store store = organization()) {
      for (int round = 0; round < 50; ++round) {
        Snapshot snapshot = store.snapshot();
        Table tree = snapshot.tree(null, DAY);
        Callable<Integer> ask =
            () -> {
              int asked = 0;
              try {
                while (true) {
                  snapshot.audit(DAY).close();
                  tree.get(asked++ % tree.size());
                }
              } catch (IllegalStateException closed) {
                return asked;
              }
            };
        List<Future<Integer>> asking = new ArrayList<>();
        for (int i = 0; i < 8; ++i) {
          asking.add(threads.submit(ask));
        }
        Thread.sleep(5);
        snapshot.close();
        tree.close();
        for (Future<Integer> one : asking) {
          one.get();
        }
      }
    } finally {
      threads.shutdownNow();
    }
  }
}
