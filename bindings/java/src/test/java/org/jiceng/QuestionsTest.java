package org.jiceng;

import static org.jiceng.Fixture.DAY;
import static org.jiceng.Fixture.texts;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class QuestionsTest {
  private final Store store = Fixture.organization();
  private final Snapshot snapshot = store.snapshot();

  @AfterEach
  void close() {
    snapshot.close();
    store.close();
  }

  @Test
  void counts() {
    Map<String, Long> counts = snapshot.count("unit:320102", DAY);
    assertEquals(2L, counts.get("members.full"));
    assertEquals(1L, counts.get("members.probationary"));
  }

  @Test
  void aMonitorFollowsWhatIsTried() {
    AuditOptions only = new AuditOptions().rules("branch.min-members").maxThreads(2);
    long district = snapshot.find("unit:320102");
    try (Monitor monitor = snapshot.monitor(DAY, only);
        Writer writer = store.writer(new WriterOptions(Fixture.MOMENT).tryOnly())) {
      assertEquals(2L, monitor.members(district).get().full());
      assertFalse(monitor.members(snapshot.find("org:1001")).isPresent());
      assertEquals("NOTHING_TRIED", assertThrows(JicengException.class, writer::tried).reason());
      assertEquals(1L, writer.revert(1)); // everything taken back, and nothing kept
      try (Snapshot tried = writer.tried();
          Monitor.Change change = monitor.follow(tried);
          Findings left = monitor.findings();
          Snapshot kept = store.snapshot();
          Findings audited = kept.audit(DAY)) {
        assertEquals(1, change.gone().size());
        assertEquals(0, change.appeared().size());
        assertEquals(0, left.size());
        assertEquals(4, audited.size());
        assertEquals(DAY, monitor.date());
      }
    }
  }

  @Test
  void noPackIsAttachedAndNothingRefused() {
    try (Table policies = snapshot.policies(Language.EN);
        Table rules = snapshot.rules(Language.EN);
        Table known = Catalogue.rules(Language.EN);
        Table waivers = snapshot.waivers();
        Table effective = snapshot.effectivePolicy("org:1001", DAY, "report.member-unreported");
        Writer writer = store.writer(new WriterOptions(Fixture.MOMENT))) {
      assertEquals(0, policies.size());
      assertEquals(known.size(), rules.size());
      assertEquals(0, waivers.size());
      assertEquals("catalogue", effective.get(0).text("source"));
      assertFalse(writer.refused().isPresent());
      byte[] none = {(byte) 0xff};
      assertEquals("BAD_MESSAGE", assertThrows(JicengException.class, () -> Catalogue.checkPolicy(none)).reason());
    }
  }

  @Test
  void nodesByTextAndNumber() {
    long branch = snapshot.find("org:1001");
    assertEquals("org:1001", snapshot.text(branch));
    assertEquals("", snapshot.text(987654321));
    assertTrue(snapshot.isUnder(branch, snapshot.find("unit:320102", DAY), DAY));
    assertFalse(snapshot.isUnder("unit:320102", "org:1001", DAY));
    assertEquals(
        Arrays.asList("org:1001", "unit:320102002001", "unit:320102002", "unit:320102"),
        snapshot.path("org:1001", "unit:320102", DAY));
    assertEquals(
        Arrays.asList("org:1001", "unit:320102002001"), snapshot.path("org:1001", "unit:320102002001", DAY, "seat"));
    assertEquals(Collections.emptyList(), snapshot.path("unit:320102", "org:1001", DAY));
  }

  @Test
  void findings() {
    List<String> subjects = Arrays.asList("org:1001", "org:1001", "store:", "unit:32010200200101");
    try (Findings findings = snapshot.audit(DAY);
        Table english = findings.table(Language.EN);
        Table second = findings.table(Language.ZH, 2, 1);
        Table rules = Catalogue.rules(Language.ZH)) {
      assertEquals(4, findings.size());
      assertEquals(subjects, texts(findings, "subject"));
      assertEquals(subjects, findings.stream().map(row -> row.text("subject")).collect(Collectors.toList()));
      assertEquals(1L, findings.counts().get("branch.min-members"));
      assertEquals(Collections.singletonList("store:"), texts(second, "subject"));
      assertTrue(findings.iterator().next().text("message").contains("正式党员"));
      assertTrue(english.get(0).text("message").contains("full member"));
      assertEquals(snapshot.find("org:1001"), findings.subjects()[0]);
      assertEquals("branch.min-members", rules.get(findings.rules()[0]).text("id"));
    }
  }

  @Test
  void rulesAndParametersAreChosen() {
    AuditOptions options =
        new AuditOptions().node("unit:320102").rules("report.member-unreported").parameter("report.deadline_days", 30);
    try (Findings findings = snapshot.audit(DAY, options)) {
      findings.forEach(row -> assertEquals("unmet", row.text("status")));
    }
    JicengException unknown =
        assertThrows(
            JicengException.InvalidArgument.class,
            () -> snapshot.audit(DAY, new AuditOptions().parameter("no.such", 1)));
    assertEquals("UNKNOWN_PARAMETER", unknown.reason());
  }

  @Test
  void aVerdictIsExplainedWhateverItIs() {
    Row unmet = snapshot.explain("branch.min-members", "org:1001", DAY);
    assertEquals("unmet", unmet.text("status"));
    assertTrue(unmet.texts("facts").stream().anyMatch(fact -> fact.contains("p1")));
    assertEquals("met", snapshot.explain("branch.max-members", "org:1001", DAY).text("status"));
    assertEquals("not_applicable", snapshot.explain("branch.max-members", "person:p1", DAY).text("status"));
    assertThrows(JicengException.InvalidArgument.class, () -> snapshot.explain("no.such", "org:1001", DAY));
  }

  @Test
  void tablesAreLists() {
    try (Table tree = snapshot.tree(null, DAY);
        Table units = snapshot.tree("unit:320102", DAY, 1, true);
        Table shown = snapshot.show("org:1001", DAY, Language.EN)) {
      assertEquals("unit:320102", tree.get(0).text("node"));
      assertEquals(2, tree.subList(1, 3).size());
      assertEquals(Arrays.asList("unit:320102", "unit:320102002"), texts(units, "node"));
      assertEquals(tree.columns(), Arrays.asList("depth", "node", "name", "kind", "members"));
      assertArrayEquals(tree.stream().mapToLong(row -> row.number("depth")).toArray(), tree.numbers("depth"));
      assertEquals(tree.get(1), tree.get(1));
      assertTrue(tree.get(0).toString().contains("玄武区"));
      Row seat = shown.stream().filter(row -> "seat".equals(row.text("key"))).findFirst().get();
      assertEquals(LocalDate.of(2015, 3, 1), seat.date("from"));
      assertNull(seat.date("to"));
      assertThrows(IndexOutOfBoundsException.class, () -> tree.get(tree.size()));
      assertThrows(IllegalArgumentException.class, () -> tree.get(0).text("nothing"));
      assertThrows(IllegalArgumentException.class, () -> tree.numbers("node"));
      assertThrows(ClassCastException.class, () -> tree.get(0).number("node"));
    }
  }

  @Test
  void lists() {
    try (Table found = snapshot.search("支部", DAY);
        Table officers = snapshot.officers(null, "secretary", DAY);
        Table ofBranches = snapshot.officers(null, "secretary", "party_branch", DAY);
        Table unreported = snapshot.unreported(null, DAY);
        Table cross = snapshot.crossAppointments("unit:320102", DAY);
        Table rate = snapshot.rollup("members.full", DAY, "district");
        Table across = snapshot.rollupAcross("members.full", DAY, DAY, "district");
        Table register = snapshot.register("unit:320102", DAY, 0, Language.ZH);
        Table services = snapshot.services(null, DAY, 2026, Language.ZH);
        Table line = snapshot.rollupPartyLine("members.full", DAY);
        Table seats = snapshot.seatChanges(snapshot, DAY);
        Table upcoming = snapshot.upcoming(null, DAY, DAY.plusYears(1), Language.ZH)) {
      assertTrue(texts(found, "node").contains("org:1001"));
      assertTrue(officers.isEmpty() && ofBranches.isEmpty() && unreported.isEmpty() && cross.isEmpty());
      assertEquals(2L, rate.get(0).number("numerator"));
      assertNull(rate.get(0).number("denominator"));
      assertEquals("exact", across.get(0).text("mapping"));
      assertTrue(register.isEmpty() && services.isEmpty());
      assertEquals(2L, line.get(texts(line, "node").indexOf("org:1001")).number("numerator"));
      assertTrue(seats.isEmpty());
      assertTrue(upcoming.columns().contains("due"));
    }
  }

  @Test
  void anActorSeesNoMoreThanTheScope() {
    try (Actor actor = new Actor("街道", "unit:320102002");
        Snapshot inside = store.snapshot(actor);
        Table tree = inside.tree(null, DAY)) {
      assertEquals("unit:320102002", tree.get(0).text("node"));
      assertThrows(JicengException.PermissionDenied.class, () -> inside.count("unit:320102", DAY));
    }
  }

  @Test
  void errorsHaveCodeReasonFieldAndBothLanguages() {
    JicengException error = assertThrows(JicengException.NotFound.class, () -> snapshot.count("org:none", DAY));
    assertEquals(ErrorCode.NOT_FOUND, error.code());
    assertEquals("UNKNOWN_NODE", error.reason());
    assertTrue(error.message(Language.ZH).contains("没有"));
    assertEquals(error.getMessage(), error.message(Language.EN));
    assertTrue(error.toString().endsWith("[UNKNOWN_NODE]"));
    assertEquals("MISSING_DATE", assertThrows(JicengException.class, () -> snapshot.audit(null)).reason());
    assertEquals("date", assertThrows(JicengException.class, () -> snapshot.audit(null)).field());
    assertThrows(IllegalArgumentException.class, () -> snapshot.find("org:\uD800"));
    assertThrows(IllegalArgumentException.class, () -> snapshot.officers(null, "a\0b", DAY));
    assertEquals("NUL_BYTE", assertThrows(JicengException.class, () -> snapshot.find("org:a\0b")).reason());
  }

  @Test
  void theCatalogueNeedsNoStore() {
    try (Table rules = Catalogue.rules(Language.ZH);
        Table kinds = Catalogue.organizationKinds(Language.EN);
        Table roles = Catalogue.roles(Language.ZH);
        Table codes = Catalogue.checkCodes("320102", "320102198001011238")) {
      assertTrue(texts(rules, "id").contains("branch.min-members"));
      assertTrue(rules.get(0).truth("evaluable") != null);
      assertTrue(texts(kinds, "id").contains("party_branch"));
      assertTrue(texts(roles, "id").contains("secretary"));
      assertEquals(Arrays.asList("division", "citizen_id"), texts(codes, "kind"));
      assertFalse(codes.get(1).toString().contains("19800101"));
    }
    // The State Council's schedule of 2026: 1 to 7 October are holidays, Saturday 10 October is worked.
    assertEquals(LocalDate.of(2026, 10, 8), Catalogue.workingDay(LocalDate.of(2026, 9, 30), 1));
    assertEquals(3, Catalogue.workingDays(LocalDate.of(2026, 10, 1), LocalDate.of(2026, 10, 11)));
    assertThrows(JicengException.OutOfRange.class, () -> Catalogue.workingDay(LocalDate.of(2035, 1, 1), 1));
    assertTrue(Catalogue.version().matches("\\d+\\.\\d+\\.\\d+"));
  }
}
