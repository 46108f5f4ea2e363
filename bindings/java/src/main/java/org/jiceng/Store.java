package org.jiceng;

import com.sun.jna.Pointer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;

/**
 * A store.  May be used from any thread; not in a child process after fork.  What was opened from it stays good when it
 * is closed; its file is let go with the last of them.
 */
public final class Store extends Resource {
  private final String url;

  private Store(Pointer pointer, String url) {
    super(pointer, LibJiceng::jiceng_store_close);
    this.url = url;
  }

  /**
   * Opens a store.
   *
   * @param url a path, "sqlite:/path" or "memory:"
   * @return the store
   */
  public static Store open(String url) {
    return open(url, new OpenOptions());
  }

  /**
   * Opens a store.
   *
   * @param file its file
   * @return the store
   */
  public static Store open(Path file) {
    return open(file.toString());
  }

  /**
   * Makes a store, which must not exist.
   *
   * @param url a path, "sqlite:/path" or "memory:"
   * @return the store
   */
  public static Store create(String url) {
    return open(url, new OpenOptions().create());
  }

  /**
   * Makes a store, which must not exist.
   *
   * @param file its file
   * @return the store
   */
  public static Store create(Path file) {
    return create(file.toString());
  }

  /**
   * Opens a store.
   *
   * @param url a path, "sqlite:/path" or "memory:"
   * @param options how
   * @return the store
   */
  public static Store open(String url, OpenOptions options) {
    byte[] bytes = Utf8.bytes(url);
    ProgressCall call = options.progressCall();
    LibJiceng.jiceng_open_options struct = options.toStruct(call);
    Pointer pointer =
        Failures.pointer(
            (out, error) -> LibJiceng.jiceng_store_open(bytes, Utf8.length(bytes), struct, out, error), call);
    return new Store(pointer, url);
  }

  /** @return the organisation as the head believes it, for the host itself */
  public Snapshot snapshot() {
    return snapshot(null, 0);
  }

  /**
   * The organisation as the head believes it.
   *
   * @param actor on whose behalf
   * @return what the actor may see of it
   */
  public Snapshot snapshot(Actor actor) {
    return snapshot(actor, 0);
  }

  /**
   * The organisation as a commit left it.
   *
   * @param actor on whose behalf; null: the host itself
   * @param seq the commit; 0: the head
   * @return the organisation
   */
  public Snapshot snapshot(Actor actor, long seq) {
    return as(actor, who -> new Snapshot(
        handle.ask((store, out, error) -> LibJiceng.jiceng_snapshot_open(store, who, seq, out, error))));
  }

  /**
   * For changes.
   *
   * @param recordedAt when they are made; the library has no clock
   * @return a writer
   */
  public Writer writer(Instant recordedAt) {
    return writer(new WriterOptions(recordedAt));
  }

  /**
   * For changes.
   *
   * @param options when, by whom and why they are made
   * @return a writer
   */
  public Writer writer(WriterOptions options) {
    ProgressCall call = options.progressCall();
    LibJiceng.jiceng_writer_options struct = options.toStruct(call);
    return as(options.actor(), who -> new Writer(
        handle.ask((store, out, error) -> LibJiceng.jiceng_writer_open(store, who, struct, out, error)), call));
  }

  /**
   * The last commit recorded at or before a moment.
   *
   * @param moment to the second
   * @return its number; 0 when there is none
   */
  public long seqAt(Instant moment) {
    return handle.askNumber(
        (store, out, error) -> LibJiceng.jiceng_store_seq_at(store, Dates.seconds(moment), out, error),
        ProgressCall.NONE);
  }

  /** @return all commits, newest first: seq, recorded_at, operation, author, reason, basis, rows, hash */
  public Table log() {
    return log(0, 0);
  }

  /**
   * A page of the commits, newest first.
   *
   * @param beforeSeq those before this one; 0: from the head
   * @param limit at most so many; 0: all
   * @return the commits
   */
  public Table log(long beforeSeq, long limit) {
    return table((store, out, error) ->
        LibJiceng.jiceng_store_log(store, beforeSeq, limit, out, error));
  }

  /**
   * What all commits after one have said, about 10,000 rows of it.
   *
   * @param afterSeq the commit; 0: from the beginning
   * @return a page as {@link #changes(long, long, long)} gives it
   */
  public Table changes(long afterSeq) {
    return changes(afterSeq, -1, 0);
  }

  /**
   * What commits have said after a place in the log, row after row, for tables that are to be kept in step.  The last
   * row's seq and row are what the next call takes; an empty page: there is nothing new.
   *
   * @param afterSeq the commit
   * @param afterRow the row in it; -1: after the whole commit
   * @param limit about so many rows; 0: 10,000
   * @return seq, row, recorded_at, what (node, fact, text, term, tie), node, kind, value, to_node, role, manner,
   *     valid_from, valid_to, attributes, withdrawn, tie, node_number, to_number
   */
  public Table changes(long afterSeq, long afterRow, long limit) {
    return table((store, out, error) ->
        LibJiceng.jiceng_store_changes(store, afterSeq, afterRow, limit, out, error));
  }

  /**
   * Waits for a commit after one, of this process or another.
   *
   * @param seq the commit one has seen
   * @param timeout how long; null: without end
   * @return the head then; seq itself when the time has passed
   * @throws InterruptedException when the thread is interrupted meanwhile
   */
  public long awaitCommit(long seq, Duration timeout) throws InterruptedException {
    long milliseconds = timeout == null ? -1 : Math.max(0, timeout.toMillis());
    ProgressCall call = new ProgressCall((stage, done, total) -> !Thread.currentThread().isInterrupted());
    try {
      return handle.askNumber(
          (store, out, error) ->
              LibJiceng.jiceng_store_wait(store, seq, milliseconds, call.callback(), null, out, error),
          call);
    } catch (JicengException e) {
      if (e.code() == ErrorCode.CANCELLED && Thread.interrupted()) {
        throw new InterruptedException();
      }
      throw e;
    }
  }

  /** @return what is wrong with the file: seq, what; empty when all is well */
  public Table verify() {
    return verify(null);
  }

  /**
   * Walks the hash chain, re-checks the laws and the base file.
   *
   * @param progress told
   * @return what is wrong: seq, what; empty when all is well
   */
  public Table verify(Progress progress) {
    ProgressCall call = new ProgressCall(progress);
    return table((store, out, error) ->
        LibJiceng.jiceng_store_verify(store, call.callback(), null, out, error), call);
  }

  /** Folds everything into a new base file, so that opening reads no rows. */
  public void optimize() {
    optimize(null);
  }

  /**
   * Folds everything into a new base file, so that opening reads no rows.
   *
   * @param progress told
   */
  public void optimize(Progress progress) {
    ProgressCall call = new ProgressCall(progress);
    handle.tell((store, error) -> LibJiceng.jiceng_store_optimize(store, call.callback(), null, error), call);
  }

  /**
   * Copies the store into a new file.
   *
   * @param file must not exist
   */
  public void backup(String file) {
    byte[] bytes = Utf8.bytes(file);
    handle.tell(
        (store, error) -> LibJiceng.jiceng_store_backup(store, bytes, Utf8.length(bytes), error), ProgressCall.NONE);
  }

  /**
   * Copies the store into a new file.
   *
   * @param file must not exist
   */
  public void backup(Path file) {
    backup(file.toString());
  }

  /** Runs with the pointer of an actor, which is not given back meanwhile. */
  private static <T> T as(Actor actor, Function<Pointer, T> body) {
    if (actor == null) {
      return body.apply(null);
    }
    Pointer pointer = actor.handle.acquire();
    try {
      return body.apply(pointer);
    } finally {
      actor.handle.release();
    }
  }

  @Override
  public String toString() {
    return "Store " + url;
  }
}
