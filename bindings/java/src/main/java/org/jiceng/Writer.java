package org.jiceng;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Changes, each call one commit or none.  Calls from several threads wait for each other. */
public final class Writer extends Resource {
  private final ProgressCall progress; // held: the library calls it as long as the writer lives

  Writer(Pointer pointer, ProgressCall progress) {
    super(pointer, LibJiceng::jiceng_writer_close);
    this.progress = progress;
  }

  /**
   * Reads ledgers and registers and keeps what they say, or nothing when a row is bad.
   *
   * @param paths files and folders
   * @return what was done
   */
  public ImportReport importLedgers(Path... paths) {
    return importLedgers(new ImportOptions(), paths);
  }

  /**
   * Reads ledgers and registers.
   *
   * @param options how
   * @param paths files and folders
   * @return what was done
   */
  public ImportReport importLedgers(ImportOptions options, Path... paths) {
    return importLedgers(options, Arrays.stream(paths).map(Path::toString).collect(Collectors.toList()));
  }

  /**
   * Reads ledgers and registers.
   *
   * @param options how
   * @param paths files and folders, where the platform's charset cannot say their names in a Path
   * @return what was done
   */
  public synchronized ImportReport importLedgers(ImportOptions options, List<String> paths) {
    Memory array = Utf8.array(paths);
    LibJiceng.jiceng_import_options struct = options.toStruct();
    return new ImportReport(
        handle.ask(
            (writer, out, error) ->
                LibJiceng.jiceng_writer_import(writer, array, paths.size(), struct, out, error),
            progress));
  }

  /**
   * Reads ledgers and registers in memory.
   *
   * @param options how
   * @param ledgers contents by the names of their files, for instance people.csv
   * @return what was done
   */
  public synchronized ImportReport importLedgers(ImportOptions options, Map<String, byte[]> ledgers) {
    Memory names = Utf8.array(new ArrayList<>(ledgers.keySet()));
    List<Memory> contents = new ArrayList<>();
    long[] starts = new long[Math.max(1, ledgers.size())];
    long[] lengths = new long[starts.length];
    for (byte[] ledger : ledgers.values()) {
      Memory content = new Memory(Math.max(1, ledger.length));
      content.write(0, ledger, 0, ledger.length);
      starts[contents.size()] = Pointer.nativeValue(content);
      lengths[contents.size()] = ledger.length;
      contents.add(content);
    }
    LibJiceng.jiceng_import_options struct = options.toStruct();
    try {
      return new ImportReport(
          handle.ask(
              (writer, out, error) ->
                  LibJiceng.jiceng_writer_import_bytes(
                      writer, names, starts, lengths, ledgers.size(), struct, out, error),
              progress));
    } finally {
      contents.forEach(Memory::close); // and so kept until here
    }
  }

  /**
   * Applies changes, all or nothing.
   *
   * @param changes length-delimited jiceng.v1.Change messages, as protobuf's writeDelimitedTo writes them
   * @return the head after them; 0 when they are refused, see {@link #refused} and {@link #refusedStep}
   */
  public synchronized long apply(byte[] changes) {
    return handle.askNumber(
        (writer, out, error) -> LibJiceng.jiceng_writer_apply(writer, changes, changes.length, out, error), progress);
  }

  /**
   * What the last call was refused for, or would have been: what it newly breaks of the rules that a policy pack blocks.
   *
   * @return the findings, or nothing when it was not refused
   */
  public synchronized Optional<Findings> refused() {
    try {
      return Optional.of(new Findings(handle.ask(LibJiceng::jiceng_writer_refused)));
    } catch (JicengException e) {
      if (e.reason().equals("NOTHING_REFUSED")) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /**
   * Why the last call was refused for a step of a matter, or an opening, that may not be taken.
   *
   * @param language of the messages
   * @return change, code, place, message; nothing when it was not refused for that
   */
  public synchronized Optional<Table> refusedStep(Language language) {
    try {
      return Optional.of(
          table((writer, out, error) ->
              LibJiceng.jiceng_writer_refused_step(writer, language.number(), out, error)));
    } catch (JicengException e) {
      if (e.reason().equals("NOTHING_REFUSED")) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /**
   * Opens a matter.
   *
   * @param procedure the template, for instance report.member
   * @param matter the host's own id for it, never a name
   * @param at the moment, "2026-03-01 09:30" or a day (its beginning)
   * @param actor who opens it, a node; may be null
   * @param subjects the nodes it is about, by the template's parts
   * @param told what is told, by the template's fields
   * @return the head after it; 0 when it is refused, see {@link #refusedStep}
   */
  public synchronized long openMatter(
      String procedure, String matter, String at, String actor, Map<String, String> subjects, Map<String, String> told) {
    byte[] p = Utf8.terminated(procedure);
    byte[] m = Utf8.terminated(matter);
    byte[] a = Utf8.terminated(at);
    byte[] who = Utf8.terminated(actor);
    Memory nodes = Utf8.array(told(subjects));
    Memory fields = Utf8.array(told(told));
    return handle.askNumber(
        (writer, out, error) ->
            LibJiceng.jiceng_writer_matter_open(
                writer, p, m, a, who, nodes, subjects.size(), fields, told.size(), out, error),
        progress);
  }

  /**
   * Takes a step of a matter, with the ties that follow from it.
   *
   * @param matter its id
   * @param step a step of its template
   * @param at the moment, not before that of the last step
   * @param actor who takes it, a node; may be null
   * @param told what is told, by the template's fields
   * @return the head after it; 0 when it is refused, see {@link #refusedStep}
   */
  public synchronized long takeStep(String matter, String step, String at, String actor, Map<String, String> told) {
    byte[] m = Utf8.terminated(matter);
    byte[] s = Utf8.terminated(step);
    byte[] a = Utf8.terminated(at);
    byte[] who = Utf8.terminated(actor);
    Memory fields = Utf8.array(told(told));
    return handle.askNumber(
        (writer, out, error) ->
            LibJiceng.jiceng_writer_matter_step(writer, m, s, a, who, fields, told.size(), out, error),
        progress);
  }

  private static List<String> told(Map<String, String> values) {
    return values.entrySet().stream().map(e -> e.getKey() + "=" + e.getValue()).collect(Collectors.toList());
  }

  /**
   * What the last call would have left, of a writer that only tries.
   *
   * @return a snapshot like any other
   */
  public synchronized Snapshot tried() {
    return new Snapshot(handle.ask(LibJiceng::jiceng_writer_tried));
  }

  /**
   * Takes back what a commit changed, as a commit of its own.
   *
   * @param seq the commit
   * @return the head after it
   */
  public synchronized long revert(long seq) {
    return handle.askNumber(
        (writer, out, error) -> LibJiceng.jiceng_writer_revert(writer, seq, out, error), progress);
  }

  /**
   * Erases people from the store and its files; with none only cleans the files.
   *
   * @param people for instance person:1000023522
   * @return the head after it
   */
  public synchronized long erase(List<String> people) {
    Memory array = Utf8.array(people);
    return handle.askNumber(
        (writer, out, error) -> LibJiceng.jiceng_writer_erase(writer, array, people.size(), out, error), progress);
  }
}
