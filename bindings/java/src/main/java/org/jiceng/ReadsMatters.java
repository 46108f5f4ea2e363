package org.jiceng;

import com.sun.jna.Pointer;
import java.time.LocalDate;
import java.util.function.Consumer;

/** What a snapshot says of matters (事项), and of those who have reported to a community. */
abstract class ReadsMatters extends Resource {
  private static final int OPEN = 1;
  private static final int TOLD = 2;

  ReadsMatters(Pointer pointer, Consumer<Pointer> free) {
    super(pointer, free);
  }

  /**
   * The register (台账) of double reporting: who had reported by the end of a day, a row a matter.
   *
   * @param node a unit, for who reported at or below it; an organisation, for who works there and those whose matter
   *     names it; a person; null: everybody
   * @param date the day
   * @param year only matters with a step in it, and services of it; 0: all
   * @param language of posts, uses and states
   * @return matter, node, name, employer, community, host and home with their names, register_no, reported_on,
   *     appraisal_on, posts, services, hours, fed_back_on, form, published_on, published_at, used_for, used_for_title,
   *     moved_on, state, state_title
   */
  public Table register(String node, LocalDate date, int year, Language language) {
    byte[] n = Utf8.bytes(node);
    return table((snapshot, out, error) ->
        LibJiceng.jiceng_list_register(
            snapshot, n, Utf8.length(n), Dates.number(date), year, language.number(), out, error));
  }

  /**
   * The records of service in the register, in its order.
   *
   * @param node as for the register
   * @param date the day
   * @param year services of it; 0: all
   * @param language of posts
   * @return matter, node, name, served_on, post, hours, noted_on, noted_by, noted_by_name
   */
  public Table services(String node, LocalDate date, int year, Language language) {
    byte[] n = Utf8.bytes(node);
    return table((snapshot, out, error) ->
        LibJiceng.jiceng_list_services(
            snapshot, n, Utf8.length(n), Dates.number(date), year, language.number(), out, error));
  }

  /**
   * The matters there were at a moment.
   *
   * @param at the moment, "2026-03-01 09:30" or a day (its beginning)
   * @param procedure the only procedure asked for; may be null
   * @param node a node, with what lies at or below it; may be null
   * @param openOnly leaves out those that are over
   * @param language of the titles
   * @return matter, procedure, title, about, name, state, state_title, opened, entered, over, told (always null)
   */
  public Table matters(String at, String procedure, String node, boolean openOnly, Language language) {
    return matters(at, procedure, node, openOnly ? OPEN : 0, language);
  }

  /**
   * The same with what was told of them.
   *
   * @param at the moment, "2026-03-01 09:30" or a day (its beginning)
   * @param procedure the only procedure asked for; may be null
   * @param node a node, with what lies at or below it; may be null
   * @param openOnly leaves out those that are over
   * @param language of the titles
   * @return matter, procedure, title, about, name, state, state_title, opened, entered, over, told: what was last told of
   *     each field, and how many other matters refer to it, as name=value
   */
  public Table mattersWithTold(String at, String procedure, String node, boolean openOnly, Language language) {
    return matters(at, procedure, node, openOnly ? OPEN | TOLD : TOLD, language);
  }

  private Table matters(String at, String procedure, String node, int flags, Language language) {
    byte[] p = procedure == null ? null : Utf8.terminated(procedure);
    byte[] n = Utf8.bytes(node);
    byte[] a = Utf8.terminated(at);
    return table((snapshot, out, error) ->
        LibJiceng.jiceng_matters(snapshot, p, n, Utf8.length(n), a, flags, language.number(), out, error));
  }

  /**
   * The clocks of matters that had run out at a moment and still ran.
   *
   * @param at the moment
   * @param node a node, with what lies at or below it; may be null
   * @param language of the titles
   * @return due, matter, procedure, clock, title, about, name, begun
   */
  public Table lateMatters(String at, String node, Language language) {
    byte[] n = Utf8.bytes(node);
    byte[] a = Utf8.terminated(at);
    return table((snapshot, out, error) ->
        LibJiceng.jiceng_matters_late(snapshot, n, Utf8.length(n), a, language.number(), out, error));
  }

  /**
   * Who had passed on what by a moment.
   *
   * @param at the moment
   * @param node a node, with what lies at or below it; may be null
   * @param language of the titles
   * @return matter, procedure, part, depth, at, from_node, from_name, to_node, to_name, withheld, only_relayed
   */
  public Table handovers(String at, String node, Language language) {
    byte[] n = Utf8.bytes(node);
    byte[] a = Utf8.terminated(at);
    return table((snapshot, out, error) ->
        LibJiceng.jiceng_matters_handovers(snapshot, n, Utf8.length(n), a, language.number(), out, error));
  }

  /**
   * How a matter stood at a moment.
   *
   * @param matter its id
   * @param at the moment
   * @param language of the titles
   * @return what, id, title, value, value_title
   */
  public Table matter(String matter, String at, Language language) {
    return aboutMatter(LibJiceng::jiceng_matter, matter, at, language);
  }

  /**
   * The steps of a matter up to a moment.
   *
   * @param matter its id
   * @param at the moment
   * @param language of the titles
   * @return number, at, step, title, actor, state, told
   */
  public Table matterSteps(String matter, String at, Language language) {
    return aboutMatter(LibJiceng::jiceng_matter_steps, matter, at, language);
  }

  /**
   * The clocks of a matter up to a moment.
   *
   * @param matter its id
   * @param at the moment
   * @param language of the titles
   * @return clock, title, begun, since, until, due, status, reason
   */
  public Table matterClocks(String matter, String at, Language language) {
    return aboutMatter(LibJiceng::jiceng_matter_clocks, matter, at, language);
  }

  private interface MatterQuestion {
    int ask(Pointer snapshot, byte[] matter, byte[] at, int language, long[] out, long[] error);
  }

  private Table aboutMatter(MatterQuestion question, String matter, String at, Language language) {
    byte[] m = Utf8.terminated(matter);
    byte[] a = Utf8.terminated(at);
    return table((snapshot, out, error) ->
        question.ask(snapshot, m, a, language.number(), out, error));
  }
}
