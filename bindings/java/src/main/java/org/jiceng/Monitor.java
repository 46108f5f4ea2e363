package org.jiceng;

import com.sun.jna.Pointer;
import java.time.LocalDate;
import java.util.Optional;

/**
 * The findings of a whole store and its indicators on one date, kept current as commits come.  Any thread may read while
 * another follows.
 */
public final class Monitor extends Resource {
  Monitor(Pointer pointer) {
    super(pointer, LibJiceng::jiceng_monitor_close);
  }

  /** What one step brought. */
  public static final class Change implements AutoCloseable {
    private final Findings appeared;
    private final Findings gone;

    Change(Findings appeared, Findings gone) {
      this.appeared = appeared;
      this.gone = gone;
    }

    /** @return findings that are new */
    public Findings appeared() {
      return appeared;
    }

    /** @return findings that are no longer */
    public Findings gone() {
      return gone;
    }

    @Override
    public void close() {
      appeared.close();
      gone.close();
    }
  }

  /** Members at or below a unit. */
  public static final class Members {
    private final long full;
    private final long probationary;

    Members(long full, long probationary) {
      this.full = full;
      this.probationary = probationary;
    }

    /** @return full members */
    public long full() {
      return full;
    }

    /** @return probationary members */
    public long probationary() {
      return probationary;
    }

    @Override
    public String toString() {
      return full + " full, " + probationary + " probationary";
    }
  }

  /** @return the commit it stands at */
  public long seq() {
    return handle.use(LibJiceng::jiceng_monitor_seq);
  }

  /** @return the day it judges */
  public LocalDate date() {
    return Dates.date((int) handle.use(LibJiceng::jiceng_monitor_date));
  }

  /**
   * Goes on to a later snapshot.
   *
   * @param snapshot of the same store
   * @return what that brought
   */
  public Change follow(Snapshot snapshot) {
    return follow(snapshot, null);
  }

  /**
   * Goes on to a later snapshot and to another date.
   *
   * @param snapshot of the same store
   * @param date the day; null: as before
   * @return what that brought
   */
  public Change follow(Snapshot snapshot, LocalDate date) {
    long[] gone = new long[1];
    Pointer to = snapshot.handle.acquire();
    try {
      Findings appeared =
          new Findings(
              handle.ask(
                  (monitor, out, error) ->
                      LibJiceng.jiceng_monitor_follow(monitor, to, Dates.number(date), out, gone, error)));
      return new Change(appeared, new Findings(new Pointer(gone[0])));
    } finally {
      snapshot.handle.release();
    }
  }

  /** @return all findings, as {@link Snapshot#audit} gives them */
  public Findings findings() {
    return new Findings(handle.ask(LibJiceng::jiceng_monitor_findings));
  }

  /**
   * An indicator at every unit, as {@link Snapshot#rollup} gives it.
   *
   * @param indicator such as members.full, report.rate or report.feedback-rate
   * @param level of the units; null: all
   * @return node, name, level, numerator, denominator
   */
  public Table rollup(String indicator, String level) {
    byte[] i = Utf8.terminated(indicator);
    byte[] l = Utf8.terminated(level);
    return table((monitor, out, error) ->
        LibJiceng.jiceng_monitor_rollup(monitor, i, l, out, error));
  }

  /**
   * Full and probationary members at or below a unit.
   *
   * @param unit its number
   * @return nothing when it is no unit
   */
  public Optional<Members> members(long unit) {
    long[] full = new long[1];
    long[] probationary = new long[1];
    boolean found = handle.use(m -> LibJiceng.jiceng_monitor_members(m, unit, full, probationary)) != 0;
    return found ? Optional.of(new Members(full[0], probationary[0])) : Optional.empty();
  }
}
