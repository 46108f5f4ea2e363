package org.jiceng;

import com.sun.jna.Pointer;
import com.sun.jna.Structure;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The organisation as one commit left it.  Immutable: share it between threads.
 *
 * <p>Every question takes a date: "what held on that day".  Nodes are named in text, {@code unit:ID}, {@code org:ID},
 * {@code person:ID}; where it says so null means everything one may see.
 */
public final class Snapshot extends ReadsMatters {
  private static final int UNITS_ONLY = 1;

  Snapshot(Pointer pointer) {
    super(pointer, LibJiceng::jiceng_snapshot_close);
  }

  /** @return the number of the commit */
  public long seq() {
    return handle.use(LibJiceng::jiceng_snapshot_seq);
  }

  /**
   * The number of a node, permanent within a store.
   *
   * @param node its id, or its latest code
   * @return its number
   */
  public long find(String node) {
    return find(node, null);
  }

  /**
   * The number of a node, permanent within a store.
   *
   * @param node its id, or a code in force on the day
   * @param date the day; null: the latest
   * @return its number
   */
  public long find(String node, LocalDate date) {
    byte[] n = Utf8.bytes(node);
    return handle.askNumber(
        (snapshot, out, error) ->
            LibJiceng.jiceng_find(snapshot, n, Utf8.length(n), Dates.number(date), out, error),
        ProgressCall.NONE);
  }

  /**
   * The text form of a number.
   *
   * @param number of a node
   * @return for instance unit:320102; "" for no such node
   */
  public String text(long number) {
    byte[] buffer = new byte[(int) handle.use(s -> LibJiceng.jiceng_node_text(s, number, null, 0)) + 1];
    handle.use(s -> LibJiceng.jiceng_node_text(s, number, buffer, buffer.length));
    return new String(buffer, 0, buffer.length - 1, StandardCharsets.UTF_8);
  }

  /**
   * Whether a node was at or below another.  By number, for hot paths.
   *
   * @param node the lower one
   * @param ancestor the upper one
   * @param date the day
   * @return false also when either is no node
   */
  public boolean isUnder(long node, long ancestor, LocalDate date) {
    int day = Dates.number(date);
    return handle.use(s -> LibJiceng.jiceng_is_under(s, node, ancestor, day)) != 0;
  }

  /**
   * Whether a node was at or below another.
   *
   * @param node the lower one
   * @param ancestor the upper one
   * @param date the day
   * @return whether it was
   */
  public boolean isUnder(String node, String ancestor, LocalDate date) {
    return isUnder(find(node, date), find(ancestor, date), date);
  }

  /**
   * The way up from a node.
   *
   * @param node the lower one
   * @param ancestor the upper one
   * @param date the day
   * @return the nodes on the way, both included; empty when there is none
   */
  public List<String> path(String node, String ancestor, LocalDate date) {
    return path(node, ancestor, date, null);
  }

  /**
   * The way up from a node by one kind of tie.
   *
   * @param node the lower one
   * @param ancestor the upper one
   * @param date the day
   * @param via the kind of tie, for instance party_line; null: the usual ways
   * @return the nodes on the way, both included; empty when there is none
   */
  public List<String> path(String node, String ancestor, LocalDate date, String via) {
    byte[] n = Utf8.bytes(node);
    byte[] a = Utf8.bytes(ancestor);
    byte[] v = Utf8.terminated(via);
    try (Table table = table((snapshot, out, error) ->
        LibJiceng.jiceng_path(
            snapshot, n, Utf8.length(n), a, Utf8.length(a), Dates.number(date), v, out, error))) {
      return table.stream().map(row -> row.text("node")).collect(Collectors.toList());
    }
  }

  /**
   * The ties of a node.
   *
   * @param node its number
   * @param kind for instance appointment; null: all kinds
   * @param ends which end of them the node is
   * @param date holding on this day; null: over the whole history
   * @return the ties
   */
  public List<Tie> ties(long node, String kind, Tie.Ends ends, LocalDate date) {
    int kindNumber = Tie.kindNumber(kind);
    int day = Dates.number(date);
    Pointer snapshot = handle.acquire();
    try {
      long size = LibJiceng.jiceng_node_ties(snapshot, node, kindNumber, ends.number(), day, null, 0);
      if (size == 0) {
        return Collections.emptyList();
      }
      LibJiceng.jiceng_tie first = new LibJiceng.jiceng_tie();
      Structure[] found = first.toArray(Math.toIntExact(size));
      LibJiceng.jiceng_node_ties(snapshot, node, kindNumber, ends.number(), day, first, size);
      return Arrays.stream(found).map(tie -> new Tie((LibJiceng.jiceng_tie) tie)).collect(Collectors.toList());
    } finally {
      handle.release();
    }
  }

  /**
   * All ties of a kind in columns.
   *
   * @param kind for instance affiliation
   * @param date holding on this day; null: over the whole history
   * @return tie, from_number, to_number, valid_from, valid_to, role, manner, attributes
   */
  public Table ties(String kind, LocalDate date) {
    byte[] k = Utf8.terminated(kind);
    return table((snapshot, out, error) -> LibJiceng.jiceng_ties(snapshot, k, Dates.number(date), out, error));
  }

  /**
   * All nodes of a kind.
   *
   * @param kind unit, org or person
   * @param date existing on this day; null: ever
   * @return number, node, name, kind, from, to
   */
  public Table nodes(String kind, LocalDate date) {
    byte[] k = Utf8.terminated(kind);
    return table((snapshot, out, error) -> LibJiceng.jiceng_nodes(snapshot, k, Dates.number(date), out, error));
  }

  /**
   * What numbers stand for.
   *
   * @param numbers of nodes
   * @param date names as they are on this day; null: the latest
   * @return number, node, name, kind, from, to, in the order of the numbers; all but the number is null where that is
   *     nothing to be seen
   */
  public Table nodesByNumber(long[] numbers, LocalDate date) {
    return table(
        (snapshot, out, error) ->
            LibJiceng.jiceng_nodes_by_number(snapshot, numbers, numbers.length, Dates.number(date), out, error));
  }

  /**
   * What exists at or below a unit or organisation, in numbers.
   *
   * @param node the unit or organisation
   * @param date the day
   * @return members.full, members.probationary, units, grids, organizations, branches
   */
  public Map<String, Long> count(String node, LocalDate date) {
    byte[] n = Utf8.bytes(node);
    return Table.toMap(
        handle.ask((snapshot, out, error) ->
            LibJiceng.jiceng_count(snapshot, n, Utf8.length(n), Dates.number(date), out, error)),
        "measure",
        "value");
  }

  /**
   * An indicator at every unit with something to count.
   *
   * @param indicator such as members.full, report.rate or report.feedback-rate
   * @param date the day
   * @return node, name, level, numerator, denominator (null for a plain count)
   */
  public Table rollup(String indicator, LocalDate date) {
    return rollup(indicator, date, null);
  }

  /**
   * An indicator at every unit of one level with something to count.
   *
   * @param indicator such as members.full, report.rate or report.feedback-rate
   * @param date the day
   * @param level for instance street; null: all
   * @return node, name, level, numerator, denominator (null for a plain count)
   */
  public Table rollup(String indicator, LocalDate date, String level) {
    byte[] i = Utf8.terminated(indicator);
    byte[] l = Utf8.terminated(level);
    return table((snapshot, out, error) ->
        LibJiceng.jiceng_rollup(snapshot, i, l, Dates.number(date), out, error));
  }

  /**
   * An indicator of a day as it was, and by the territory of another day as it is.
   *
   * @param indicator members.full, report.rate or the id of a rule
   * @param date the day
   * @param territoryOf the other day
   * @param level for instance street; null: all
   * @return node, name, level, was_numerator, was_denominator, is_numerator, is_denominator, mapping
   */
  public Table rollupAcross(String indicator, LocalDate date, LocalDate territoryOf, String level) {
    byte[] i = Utf8.terminated(indicator);
    byte[] l = Utf8.terminated(level);
    return table((snapshot, out, error) ->
        LibJiceng.jiceng_rollup_across(
            snapshot, i, l, Dates.number(date), Dates.number(territoryOf), out, error));
  }

  /**
   * The same at every organisation, along the Party line.
   *
   * @param indicator such as members.full, or the id of a rule
   * @param date the day
   * @return node, name, kind, numerator, denominator
   */
  public Table rollupPartyLine(String indicator, LocalDate date) {
    byte[] i = Utf8.terminated(indicator);
    return table((snapshot, out, error) ->
        LibJiceng.jiceng_rollup_party_line(snapshot, i, Dates.number(date), out, error));
  }

  /**
   * In-service members living at or below a node without an open report to their community.
   *
   * @param node the node; null: everything
   * @param date the day
   * @return node, name
   */
  public Table unreported(String node, LocalDate date) {
    byte[] n = Utf8.bytes(node);
    return table((snapshot, out, error) ->
        LibJiceng.jiceng_list_unreported(snapshot, n, Utf8.length(n), Dates.number(date), out, error));
  }

  /**
   * People with open posts in two or more kinds of organisation seated in one community.
   *
   * @param node the node; null: everything
   * @param date the day
   * @return node, name, community, kinds
   */
  public Table crossAppointments(String node, LocalDate date) {
    byte[] n = Utf8.bytes(node);
    return table((snapshot, out, error) ->
        LibJiceng.jiceng_list_cross_appointments(snapshot, n, Utf8.length(n), Dates.number(date), out, error));
  }

  /**
   * Who holds a role at or below a node.
   *
   * @param node the node; null: everything
   * @param role for instance secretary
   * @param date the day
   * @return node, name, body, body_name, role, manner, from
   */
  public Table officers(String node, String role, LocalDate date) {
    byte[] n = Utf8.bytes(node);
    byte[] r = Utf8.terminated(role);
    return table((snapshot, out, error) ->
        LibJiceng.jiceng_list_officers(snapshot, n, Utf8.length(n), r, Dates.number(date), out, error));
  }

  /**
   * Who holds a role on the units of a level, or the organisations of a kind, at or below a node.
   *
   * @param node the node; null: everything
   * @param role for instance secretary
   * @param where the level of the units, or the kind of the organisations
   * @param date the day
   * @return node, name, body, body_name, role, manner, from
   */
  public Table officers(String node, String role, String where, LocalDate date) {
    byte[] n = Utf8.bytes(node);
    byte[] r = Utf8.terminated(role);
    byte[] w = Utf8.terminated(where);
    return table((snapshot, out, error) ->
        LibJiceng.jiceng_list_officers_at(snapshot, n, Utf8.length(n), r, w, Dates.number(date), out, error));
  }

  /**
   * The posts of a role, filled and vacant.
   *
   * @param node the node; null: everything
   * @param role for instance grid_head
   * @param where the level of the units, or the kind of the organisations, that have the post
   * @param date the day
   * @return node, name, state (vacant, own, also, several), holders, holder, holder_name, held, first
   */
  public Table posts(String node, String role, String where, LocalDate date) {
    byte[] n = Utf8.bytes(node);
    byte[] r = Utf8.terminated(role);
    byte[] w = Utf8.terminated(where);
    return table((snapshot, out, error) ->
        LibJiceng.jiceng_list_posts(snapshot, n, Utf8.length(n), r, w, Dates.number(date), out, error));
  }

  /**
   * Paired organisations with the tier that follows from where both stand.
   *
   * @param node the area; null: everything
   * @param date the day
   * @return node, name, other, other_name, tier, from
   */
  public Table pairings(String node, LocalDate date) {
    byte[] n = Utf8.bytes(node);
    return table((snapshot, out, error) ->
        LibJiceng.jiceng_list_pairings(snapshot, n, Utf8.length(n), Dates.number(date), out, error));
  }

  /**
   * What becomes of posts in another snapshot of the store, such as {@link Writer#tried}.
   *
   * @param after the other one
   * @param date the day
   * @return what (begins, ends, vacant, filled), body, body_name, role, person, person_name, manner, before, after
   */
  public Table seatChanges(Snapshot after, LocalDate date) {
    Pointer to = after.handle.acquire();
    try {
      return table((snapshot, out, error) ->
          LibJiceng.jiceng_list_seat_changes(snapshot, to, Dates.number(date), out, error));
    } finally {
      after.handle.release();
    }
  }

  /**
   * What the store knows of a node, in Chinese.
   *
   * @param node the node
   * @param date the day
   * @return section (node, fact, text, tie), key, value, node, from, to
   */
  public Table show(String node, LocalDate date) {
    return show(node, date, Language.ZH);
  }

  /**
   * What the store knows of a node.
   *
   * @param node the node
   * @param date the day
   * @param language of the values
   * @return section (node, fact, text, tie), key, value, node, from, to
   */
  public Table show(String node, LocalDate date, Language language) {
    byte[] n = Utf8.bytes(node);
    return table((snapshot, out, error) ->
        LibJiceng.jiceng_show(snapshot, n, Utf8.length(n), Dates.number(date), language.number(), out, error));
  }

  /**
   * All nodes below a node, depth first.
   *
   * @param node the node; null: from the top
   * @param date the day
   * @return depth, node, name, kind, members
   */
  public Table tree(String node, LocalDate date) {
    return tree(node, date, 0, false);
  }

  /**
   * The nodes below a node, depth first.
   *
   * @param node the node; null: from the top
   * @param date the day
   * @param maxDepth how far down; 0: all the way
   * @param unitsOnly without organisations
   * @return depth, node, name, kind, members
   */
  public Table tree(String node, LocalDate date, int maxDepth, boolean unitsOnly) {
    byte[] n = Utf8.bytes(node);
    int flags = unitsOnly ? UNITS_ONLY : 0;
    return table((snapshot, out, error) ->
        LibJiceng.jiceng_tree(snapshot, n, Utf8.length(n), Dates.number(date), maxDepth, flags, out, error));
  }

  /**
   * Nodes whose name contains a text; at most 100.
   *
   * @param text part of a name
   * @param date the day
   * @return node, name, kind, place
   */
  public Table search(String text, LocalDate date) {
    return search(text, date, 0);
  }

  /**
   * Nodes whose name contains a text.
   *
   * @param text part of a name
   * @param date the day
   * @param limit at most so many; 0: 100
   * @return node, name, kind, place
   */
  public Table search(String text, LocalDate date, long limit) {
    byte[] t = Utf8.bytes(text);
    return table((snapshot, out, error) ->
        LibJiceng.jiceng_search(snapshot, t, Utf8.length(t), Dates.number(date), limit, out, error));
  }

  /**
   * What turns by time alone in (date, until]: terms that end, probation that is over, ties that end or begin.
   *
   * @param node the node; null: everything
   * @param date after this day
   * @param until up to this day
   * @param language of the details
   * @return due, what, node, name, detail
   */
  public Table upcoming(String node, LocalDate date, LocalDate until, Language language) {
    byte[] n = Utf8.bytes(node);
    return table((snapshot, out, error) ->
        LibJiceng.jiceng_upcoming(
            snapshot, n, Utf8.length(n), Dates.number(date), Dates.number(until), language.number(), out, error));
  }

  /**
   * The verdicts that turn by time alone in (date, until], each with its first day.
   *
   * @param date after this day
   * @param until up to this day
   * @param language of the messages
   * @param options node, rules and parameters
   * @return due, rule, node, name, status, level, message
   */
  public Table turns(LocalDate date, LocalDate until, Language language, AuditOptions options) {
    byte[] n = Utf8.bytes(options.node());
    LibJiceng.jiceng_audit_options struct = options.toStruct(ProgressCall.NONE);
    return table((snapshot, out, error) ->
        LibJiceng.jiceng_turns(
            snapshot, n, Utf8.length(n), Dates.number(date), Dates.number(until), struct, language.number(), out,
            error));
  }

  /**
   * Checks everything by all rules.  Findings are an answer, not an exception.
   *
   * @param date the day
   * @return the verdicts
   */
  public Findings audit(LocalDate date) {
    return audit(date, new AuditOptions());
  }

  /**
   * Checks what the options say.  Findings are an answer, not an exception.
   *
   * @param date the day
   * @param options where, by which rules, with which parameters
   * @return the verdicts
   */
  public Findings audit(LocalDate date, AuditOptions options) {
    byte[] n = Utf8.bytes(options.node());
    ProgressCall call = options.progressCall();
    LibJiceng.jiceng_audit_options struct = options.toStruct(call);
    return new Findings(
        handle.ask(
            (snapshot, out, error) ->
                LibJiceng.jiceng_audit(snapshot, n, Utf8.length(n), Dates.number(date), struct, out, error),
            call));
  }

  /**
   * Judges everything once; what it gives follows later snapshots at the cost of what they changed.
   *
   * @param date the day
   * @param options by which rules, with which parameters; the node is not looked at
   * @return a monitor of the whole store
   */
  public Monitor monitor(LocalDate date, AuditOptions options) {
    ProgressCall call = options.progressCall();
    LibJiceng.jiceng_audit_options struct = options.toStruct(call);
    return new Monitor(
        handle.ask(
            (snapshot, out, error) ->
                LibJiceng.jiceng_monitor_open(snapshot, Dates.number(date), struct, out, error),
            call));
  }

  /**
   * How a rule judges a node and what that rests on, whatever the verdict; in Chinese.
   *
   * @param rule id of the rule
   * @param node the node
   * @param date the day
   * @return a row as those of {@link Findings#table}
   */
  public Row explain(String rule, String node, LocalDate date) {
    return explain(rule, node, date, Language.ZH, new AuditOptions());
  }

  /**
   * How a rule judges a node and what that rests on, whatever the verdict.
   *
   * @param rule id of the rule
   * @param node the node
   * @param date the day
   * @param language of the texts
   * @param options of which the parameters count
   * @return a row as those of {@link Findings#table}
   */
  public Row explain(String rule, String node, LocalDate date, Language language, AuditOptions options) {
    byte[] r = Utf8.terminated(rule);
    byte[] n = Utf8.bytes(node);
    LibJiceng.jiceng_audit_options struct = options.toStruct(ProgressCall.NONE);
    Pointer pointer =
        handle.ask((snapshot, out, error) ->
            LibJiceng.jiceng_explain(snapshot, r, n, Utf8.length(n), Dates.number(date), struct, out, error));
    try (Findings findings = new Findings(pointer);
        Table table = findings.table(language)) {
      return table.get(0);
    }
  }

  /**
   * The rules: the catalogue's, and behind them those that attached packs carry.
   *
   * @param language of the titles
   * @return as {@link Catalogue#rules}, and the pack
   */
  public Table rules(Language language) {
    return table((snapshot, out, error) ->
        LibJiceng.jiceng_snapshot_rules(snapshot, language.number(), out, error));
  }

  /**
   * The policy packs attached, on whatever days.
   *
   * @param language of the titles
   * @return pack, version, title, unit, from, to, priority, document, confidence
   */
  public Table policies(Language language) {
    return table((snapshot, out, error) ->
        LibJiceng.jiceng_policies(snapshot, language.number(), out, error));
  }

  /**
   * What the rules are where a node lies, and where each value comes from.
   *
   * @param node the node
   * @param date the day
   * @param rule the only rule asked for; may be null
   * @return rule, setting, value, override, source, pack, version, unit, document, confidence
   */
  public Table effectivePolicy(String node, LocalDate date, String rule) {
    byte[] n = Utf8.bytes(node);
    byte[] r = rule == null ? null : Utf8.terminated(rule);
    return table((snapshot, out, error) ->
        LibJiceng.jiceng_policy_effective(snapshot, n, Utf8.length(n), Dates.number(date), r, out, error));
  }

  /**
   * The findings that are borne with, on whatever days.
   *
   * @return rule, node, from, to, reason, basis
   */
  public Table waivers() {
    return table(LibJiceng::jiceng_waivers);
  }

  /**
   * Writes the ledgers into a folder.
   *
   * @param folder new or existing
   * @return how many rows each file has
   */
  public Map<String, Long> export(Path folder) {
    return export(folder.toString(), null);
  }

  /**
   * Writes the ledgers into a folder.
   *
   * @param folder new or existing
   * @param progress told; may be null
   * @return how many rows each file has
   */
  public Map<String, Long> export(String folder, Progress progress) {
    byte[] f = Utf8.bytes(folder);
    ProgressCall call = new ProgressCall(progress);
    return Table.toMap(
        handle.ask(
            (snapshot, out, error) ->
                LibJiceng.jiceng_snapshot_export(
                    snapshot, f, Utf8.length(f), call.callback(), null, out, error),
            call),
        "file",
        "rows");
  }

  /**
   * The ledgers as texts.
   *
   * @return contents by the names of their files
   */
  public Map<String, String> exportTexts() {
    Map<String, String> ledgers = new LinkedHashMap<>();
    try (Table files = table((snapshot, out, error) ->
        LibJiceng.jiceng_snapshot_export_bytes(snapshot, null, null, out, error))) {
      files.forEach(row -> ledgers.put(row.text("file"), row.text("content")));
    }
    return ledgers;
  }
}
