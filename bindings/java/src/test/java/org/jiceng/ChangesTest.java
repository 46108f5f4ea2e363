package org.jiceng;

import static org.jiceng.Fixture.DAY;
import static org.jiceng.Fixture.MOMENT;
import static org.jiceng.Fixture.organization;
import static org.jiceng.Fixture.texts;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.jna.Function;
import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The change feed, ties in bulk, erasing. */
class ChangesTest {
  @Test
  void aFeedGoesOnFromAnyPlace() {
    try (Store store = organization();
        Table all = store.changes(0)) {
      Row last = all.get(all.size() - 1);
      try (Table first = store.changes(0, -1, 1);
          Table rest = store.changes(last.number("seq"), last.number("row"), 0)) {
        assertEquals(0L, first.get(0).number("row"));
        assertEquals(all.get(0).text("node"), first.get(0).text("node"));
        assertTrue(rest.isEmpty());
      }
      assertThrows(JicengException.OutOfRange.class, () -> store.changes(9));
    }
  }

  @Test
  void waitingEndsWithACommitAndWithItsTime() throws InterruptedException {
    try (Store store = organization()) {
      assertEquals(1, store.awaitCommit(0, null));
      assertEquals(1, store.awaitCommit(1, Duration.ofMillis(20)));
      Thread other =
          new Thread(
              () -> {
                try (Writer writer = store.writer(MOMENT)) {
                  writer.revert(1);
                }
              });
      other.start();
      assertEquals(2, store.awaitCommit(1, null));
      other.join();
    }
  }

  @Test
  void anInterruptEndsWaiting() throws InterruptedException {
    try (Store store = organization()) {
      AtomicBoolean interrupted = new AtomicBoolean();
      Thread waiting =
          new Thread(
              () -> {
                try {
                  store.awaitCommit(1, null);
                } catch (InterruptedException e) {
                  interrupted.set(true);
                }
              });
      waiting.start();
      waiting.interrupt();
      waiting.join();
      assertTrue(interrupted.get());
    }
  }

  @Test
  void tiesOfANodeAreThoseInTheColumns() {
    try (Store store = organization();
        Snapshot snapshot = store.snapshot();
        Table table = snapshot.ties("affiliation", DAY)) {
      long branch = snapshot.find("org:1001");
      List<Tie> members = snapshot.ties(branch, "affiliation", Tie.Ends.TO, DAY);
      Set<Long> numbers = members.stream().map(Tie::number).collect(Collectors.toSet());
      Set<Long> columns =
          table.stream()
              .filter(row -> row.number("to_number") == branch)
              .map(row -> row.number("tie"))
              .collect(Collectors.toSet());
      assertEquals(columns, numbers);
      for (Tie tie : members) {
        assertEquals("affiliation", tie.kind());
        assertEquals(branch, tie.to());
        assertTrue(snapshot.text(tie.from()).startsWith("person:"));
      }
      assertTrue(snapshot.ties(branch, "recusal", Tie.Ends.BOTH, null).isEmpty());
      assertThrows(IllegalArgumentException.class, () -> snapshot.ties(branch, "friendship", Tie.Ends.TO, DAY));
    }
  }

  @Test
  void numbersAreNamedInTheirOrder() {
    try (Store store = organization();
        Snapshot snapshot = store.snapshot();
        Table nodes = snapshot.nodesByNumber(new long[] {snapshot.find("org:1001"), 0}, DAY)) {
      assertEquals("org:1001", nodes.get(0).text("node"));
      assertEquals(null, nodes.get(1).get("node"));
      assertEquals(2, nodes.size());
    }
  }

  @Test
  void anArrowStreamIsFilledIn() {
    try (Store store = organization();
        Snapshot snapshot = store.snapshot();
        Table nodes = snapshot.nodes("person", null);
        Findings findings = snapshot.audit(DAY);
        Memory stream = new Memory(40)) {
      nodes.exportArrow(Pointer.nativeValue(stream));
      assertEquals(nodes.size(), rows(stream));
      findings.exportArrow(Language.EN, Pointer.nativeValue(stream));
      assertEquals(findings.size(), rows(stream));
    }
  }

  /** Reads a stream as include/jiceng/arrow.h lays it out, and releases it. */
  private static long rows(Memory stream) {
    long rows = 0;
    try (Memory batch = new Memory(80)) {
      while (true) {
        assertEquals(0, Function.getFunction(stream.getPointer(8)).invokeInt(new Object[] {stream, batch}));
        if (batch.getPointer(64) == null) {
          break;
        }
        rows += batch.getLong(0);
        Function.getFunction(batch.getPointer(64)).invokeVoid(new Object[] {batch});
      }
    }
    Function.getFunction(stream.getPointer(24)).invokeVoid(new Object[] {stream});
    return rows;
  }

  @Test
  void ledgersNeedNoFiles() {
    try (Store store = organization();
        Snapshot snapshot = store.snapshot();
        Store other = Store.create("memory:");
        Writer writer = other.writer(MOMENT)) {
      Map<String, String> texts = snapshot.exportTexts();
      Map<String, byte[]> ledgers = new HashMap<>();
      texts.forEach((file, text) -> ledgers.put(file, text.getBytes(StandardCharsets.UTF_8)));
      try (ImportReport report = writer.importLedgers(new ImportOptions(), ledgers);
          Snapshot same = other.snapshot()) {
        assertEquals(ImportOutcome.DONE, report.outcome());
        assertEquals(texts, same.exportTexts());
      }
    }
  }

  @Test
  void aMatterIsOpenedRefusedAndLookedAt() {
    Map<String, String> subjects = new HashMap<>();
    subjects.put("member", "person:p1");
    subjects.put("community", "unit:320102002001");
    subjects.put("host", "org:1001");
    Map<String, String> nothing = Collections.emptyMap();
    try (Store store = organization();
        Writer writer = store.writer(MOMENT);
        Table procedures = Catalogue.procedures(Language.EN);
        Table steps = Catalogue.procedure("report.member", Language.EN)) {
      assertTrue(texts(procedures, "id").contains("deliberation"));
      assertEquals("open", steps.get(0).text("step"));
      assertEquals(2, writer.openMatter("report.member", "R1", "2026-03-02 09:30", "person:p1", subjects, nothing));
      assertFalse(writer.refusedStep(Language.EN).isPresent());
      assertEquals(0, writer.takeStep("R1", "report", "2026-03-03", "person:p1", nothing)); // she lives nowhere
      try (Table reasons = writer.refusedStep(Language.EN).get()) {
        assertEquals(Collections.singletonList("resides"), texts(reasons, "place"));
      }
      assertFalse(writer.refused().isPresent());
      assertEquals(3, writer.takeStep("R1", "withdraw", "2026-03-03", "person:p1", nothing));
      try (Snapshot after = store.snapshot();
          Table then = after.matters("2026-03-02 10:00", null, null, false, Language.EN);
          Table open = after.matters("2026-03-04", "report.member", "unit:320102", true, Language.EN);
          Table told = after.mattersWithTold("2026-03-02 10:00", null, null, true, Language.EN);
          Table late = after.lateMatters("2026-03-04", null, Language.EN);
          Table handed = after.handovers("2026-03-04", null, Language.EN);
          Table taken = after.matterSteps("R1", "2026-03-04", Language.EN);
          Table clocks = after.matterClocks("R1", "2026-03-04", Language.EN);
          Table matter = after.matter("R1", "2026-03-04", Language.EN)) {
        assertEquals(Collections.singletonList("announced"), texts(then, "state"));
        assertEquals(0, open.size());
        assertNull(then.get(0).get("told"));
        assertEquals(Collections.emptyList(), told.get(0).get("told"));
        assertEquals(0, late.size());
        assertEquals(0, handed.size());
        assertEquals(Arrays.asList("open", "withdraw"), texts(taken, "step"));
        assertEquals(0, clocks.size());
        assertEquals("withdrawn", matter.get(1).text("id"));
      }
    }
  }

  @Test
  void anOverdueMatterIsAFindingAndIsCounted() {
    Map<String, String> subjects = new HashMap<>();
    subjects.put("place", "unit:320102002001");
    subjects.put("platform", "org:1001");
    try (Store store = organization();
        Writer writer = store.writer(MOMENT)) {
      writer.openMatter("case.four-orders", "C1", "2026-03-02", null, subjects, Collections.singletonMap("matter", "x"));
      try (Snapshot after = store.snapshot();
          Table overdue = after.rollup("case.orders-overdue", java.time.LocalDate.of(2026, 3, 3), "community");
          Table closed = after.rollup("case.on-time-rate", java.time.LocalDate.of(2026, 3, 3), null)) {
        assertEquals(1, overdue.size());
        assertEquals(0, overdue.get(0).number("numerator"));
        assertEquals(1, overdue.get(0).number("denominator"));
        assertEquals(0, closed.size());
      }
    }
  }

  @Test
  void anErasedPersonIsANumber() {
    try (Store store = organization();
        Writer writer = store.writer(MOMENT);
        Snapshot before = store.snapshot();
        Table people = before.nodes("person", null)) {
      Row person = people.get(0);
      assertEquals(2, writer.erase(Collections.singletonList(person.text("node"))));
      assertEquals(2, writer.erase(Collections.emptyList()));
      try (Snapshot after = store.snapshot();
          Table said = store.changes(1)) {
        assertEquals("person:#" + person.number("number"), after.text(person.number("number")));
        assertEquals(before.count("unit:320102", DAY), after.count("unit:320102", DAY));
        assertEquals(Collections.singletonList("erased"), texts(said, "what"));
      }
    }
  }
}
