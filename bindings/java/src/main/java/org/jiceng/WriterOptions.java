package org.jiceng;

import java.time.Instant;
import java.util.Objects;

/** On whose behalf and when a {@link Writer} writes. */
public final class WriterOptions {
  private static final int TRY = 1;

  private final Instant recordedAt;
  private String author;
  private String reason;
  private String basis;
  private long expectedSeq = -1;
  private Actor actor;
  private Progress progress;
  private boolean keep = true;

  /**
   * Writes at a moment.  The library has no clock.
   *
   * @param recordedAt to the second; never before the head's
   */
  public WriterOptions(Instant recordedAt) {
    this.recordedAt = Objects.requireNonNull(recordedAt, "recordedAt");
  }

  /**
   * Who writes.
   *
   * @param author free text
   * @return this
   */
  public WriterOptions author(String author) {
    this.author = author;
    return this;
  }

  /**
   * Why.
   *
   * @param reason free text
   * @return this
   */
  public WriterOptions reason(String reason) {
    this.reason = reason;
    return this;
  }

  /**
   * The document the change rests on.
   *
   * @param basis free text
   * @return this
   */
  public WriterOptions basis(String basis) {
    this.basis = basis;
    return this;
  }

  /**
   * The head one has seen: when it is another, writing throws {@link JicengException.Aborted}.
   *
   * @param seq a commit's number
   * @return this
   */
  public WriterOptions expectedSeq(long seq) {
    expectedSeq = seq;
    return this;
  }

  /**
   * On whose behalf; the host itself unless given.
   *
   * @param actor who
   * @return this
   */
  public WriterOptions actor(Actor actor) {
    this.actor = actor;
    return this;
  }

  /**
   * To try only: every call does all but keep, and {@link Writer#tried} is the organisation as it would be.
   *
   * @return this
   */
  public WriterOptions tryOnly() {
    keep = false;
    return this;
  }

  /**
   * Tells how the writer's work goes.
   *
   * @param progress told
   * @return this
   */
  public WriterOptions progress(Progress progress) {
    this.progress = progress;
    return this;
  }

  Actor actor() {
    return actor;
  }

  ProgressCall progressCall() {
    return new ProgressCall(progress);
  }

  LibJiceng.jiceng_writer_options toStruct(ProgressCall call) {
    LibJiceng.jiceng_writer_options options = new LibJiceng.jiceng_writer_options();
    options.flags = keep ? 0 : TRY;
    options.recorded_at = Dates.seconds(recordedAt);
    options.expected_seq = expectedSeq;
    options.author = Utf8.memory(author);
    options.reason = Utf8.memory(reason);
    options.basis = Utf8.memory(basis);
    options.progress = call.callback();
    return options;
  }
}
