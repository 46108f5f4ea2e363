package org.jiceng;

import com.sun.jna.Memory;
import java.time.LocalDate;
import java.util.Arrays;

/** What the library knows without any store. */
public final class Catalogue {
  private Catalogue() {}

  /** @return the library's version, for instance 0.1.0 */
  public static String version() {
    return Utf8.read(LibJiceng.jiceng_version());
  }

  /**
   * The rules.
   *
   * @param language of the titles
   * @return id, level, title, citations, parameters, evaluable
   */
  public static Table rules(Language language) {
    return new Table(Failures.pointer((out, error) -> LibJiceng.jiceng_rules(language.number(), out, error)));
  }

  /**
   * Checks a policy pack against the catalogue compiled in.
   *
   * @param pack the bytes of a jiceng.v1.PolicyPack
   * @return what it sets: rule, setting, value, document, confidence
   */
  public static Table checkPolicy(byte[] pack) {
    return new Table(
        Failures.pointer((out, error) -> LibJiceng.jiceng_policy_check(null, pack, pack.length, out, error)));
  }

  /**
   * The templates of procedures.
   *
   * @param language of the titles
   * @return id, version, title, subjects, states, steps, clocks, citations, parameters, tallies
   */
  public static Table procedures(Language language) {
    return new Table(Failures.pointer((out, error) -> LibJiceng.jiceng_procedures(language.number(), out, error)));
  }

  /**
   * The steps of one procedure.
   *
   * @param id its id
   * @param language of the titles
   * @return step, title, from, to, actors, fields, guards, ties
   */
  public static Table procedure(String id, Language language) {
    byte[] i = Utf8.terminated(id);
    return new Table(Failures.pointer((out, error) -> LibJiceng.jiceng_procedure(i, language.number(), out, error)));
  }

  /**
   * Kinds of organisation.
   *
   * @param language of the titles
   * @return number, id, title
   */
  public static Table organizationKinds(Language language) {
    return new Table(
        Failures.pointer((out, error) -> LibJiceng.jiceng_organization_kinds(language.number(), out, error)));
  }

  /**
   * Roles, as posts have them.
   *
   * @param language of the titles
   * @return number, id, title
   */
  public static Table roles(Language language) {
    return new Table(Failures.pointer((out, error) -> LibJiceng.jiceng_roles(language.number(), out, error)));
  }

  /**
   * Kinds of tie.
   *
   * @param language of the titles
   * @return number, id, title
   */
  public static Table tieKinds(Language language) {
    return new Table(Failures.pointer((out, error) -> LibJiceng.jiceng_tie_kinds(language.number(), out, error)));
  }

  /**
   * What each code is and whether it is well formed; citizen numbers come back masked.
   *
   * @param codes divisions, grids, citizen numbers, credit codes
   * @return code, kind, valid, reason, parts
   */
  public static Table checkCodes(String... codes) {
    Memory array = Utf8.array(Arrays.asList(codes));
    return new Table(
        Failures.pointer((out, error) -> LibJiceng.jiceng_codes_check(array, codes.length, out, error)));
  }

  /**
   * The n-th working day after a day, which does not count itself, by the State Council's schedules.
   *
   * @param from that day
   * @param days how many
   * @return the day; a year without a schedule throws, never a guess
   */
  public static LocalDate workingDay(LocalDate from, int days) {
    int[] due = new int[1];
    Failures.check(error -> LibJiceng.jiceng_calendar_due(Dates.number(from), days, due, error));
    return Dates.date(due[0]);
  }

  /**
   * Working days in [from, to).
   *
   * @param from the first day
   * @param to the day after the last
   * @return how many
   */
  public static int workingDays(LocalDate from, LocalDate to) {
    int[] days = new int[1];
    Failures.check(error -> LibJiceng.jiceng_calendar_count(Dates.number(from), Dates.number(to), days, error));
    return days[0];
  }
}
