package org.jiceng;

import com.sun.jna.Pointer;

/**
 * What an import did.  Bad rows are no exception: {@link #problems()} says what and where.  Its tables are closed with
 * it.
 */
public final class ImportReport extends Resource {
  private final ImportOutcome outcome;
  private final long seq;
  private final long rejected;
  private final Table rows;
  private final Table warnings;
  private final Table problems;
  private final Table warningRows;
  private final Table closures;

  ImportReport(Pointer pointer) {
    super(pointer, LibJiceng::jiceng_import_report_free);
    outcome = ImportOutcome.of(LibJiceng.jiceng_import_report_outcome(pointer));
    seq = LibJiceng.jiceng_import_report_seq(pointer);
    rejected = LibJiceng.jiceng_import_report_rejected(pointer);
    rows = new Table(this, handle, LibJiceng.jiceng_import_report_rows(pointer));
    warnings = new Table(this, handle, LibJiceng.jiceng_import_report_warnings(pointer));
    problems = new Table(this, handle, LibJiceng.jiceng_import_report_problems(pointer));
    warningRows = new Table(this, handle, LibJiceng.jiceng_import_report_warning_rows(pointer));
    closures = new Table(this, handle, LibJiceng.jiceng_import_report_closures(pointer));
  }

  /** @return what came of it */
  public ImportOutcome outcome() {
    return outcome;
  }

  /** @return the head after the import */
  public long seq() {
    return seq;
  }

  /** @return how many rows were bad */
  public long rejected() {
    return rejected;
  }

  /** @return accepted rows: file, rows */
  public Table rows() {
    return rows;
  }

  /** @return how many warnings of each code: code, rows */
  public Table warnings() {
    return warnings;
  }

  /** @return bad rows: file, row (as in Excel), column, cell, code, message */
  public Table problems() {
    return problems;
  }

  /** @return the first warnings of each code, in the columns of {@link #problems()} */
  public Table warningRows() {
    return warningRows;
  }

  /** @return planned ends of snapshot mode: tie, kind, from_node, to_node, from, to */
  public Table closures() {
    return closures;
  }

  @Override
  public String toString() {
    return "ImportReport " + outcome + ", seq " + seq + ", rejected " + rejected;
  }
}
