package org.jiceng;

import java.time.LocalDate;

/** How ledgers are read. */
public final class ImportOptions {
  private static final int DRY_RUN = 1;
  private static final int KEEP_GOOD = 2;
  private static final int SNAPSHOT = 4;

  private int flags;
  private LocalDate date;
  private Language language = Language.ZH;
  private String scope;
  private long maxClosures = -1;
  private String under;

  /** Merges: keeps everything or nothing. */
  public ImportOptions() {}

  /**
   * Makes all checks and keeps nothing.
   *
   * @return this
   */
  public ImportOptions dryRun() {
    flags |= DRY_RUN;
    return this;
  }

  /**
   * Leaves out bad rows and keeps the others, instead of keeping nothing.
   *
   * @return this
   */
  public ImportOptions keepGood() {
    flags |= KEEP_GOOD;
    return this;
  }

  /**
   * Changed facts and structure hold from a day; without one they correct what was believed.
   *
   * @param day that day
   * @return this
   */
  public ImportOptions date(LocalDate day) {
    date = day;
    return this;
  }

  /**
   * The ledgers list all that holds on the date within a node: ties not listed end.
   *
   * @param node in text
   * @return this
   */
  public ImportOptions snapshotOf(String node) {
    flags |= SNAPSHOT;
    scope = node;
    return this;
  }

  /**
   * More ends than this are refused; no limit unless given.
   *
   * @param closures how many
   * @return this
   */
  public ImportOptions maxClosures(long closures) {
    maxClosures = closures;
    return this;
  }

  /**
   * Registers: names of bodies and communities are looked for at or below a node.
   *
   * @param node in text
   * @return this
   */
  public ImportOptions under(String node) {
    under = node;
    return this;
  }

  /**
   * Of messages; Chinese unless given.
   *
   * @param language which
   * @return this
   */
  public ImportOptions language(Language language) {
    this.language = language;
    return this;
  }

  LibJiceng.jiceng_import_options toStruct() {
    LibJiceng.jiceng_import_options options = new LibJiceng.jiceng_import_options();
    options.flags = flags;
    options.date = Dates.number(date);
    options.lang = language.number();
    options.scope = Utf8.memory(scope);
    options.max_closures = maxClosures;
    options.under = Utf8.memory(under);
    return options;
  }
}
