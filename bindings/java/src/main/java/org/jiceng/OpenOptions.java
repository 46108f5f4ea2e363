package org.jiceng;

import com.sun.jna.Memory;
import java.time.Duration;

/**
 * How a store is opened.  What no answer tells, such as a base file that could not be used, goes to the {@link
 * java.util.logging.Logger} "org.jiceng".
 */
public final class OpenOptions {
  private static final int CREATE = 1;
  private static final int READ_ONLY = 2;
  private static final int NO_MMAP = 4;

  private int flags;
  private Duration busyTimeout = Duration.ofSeconds(5);
  private long seed;
  private byte[] catalogue = new byte[0];
  private Progress progress;

  /** Opens a store that is there, for reading and writing. */
  public OpenOptions() {}

  /**
   * Makes a new store; it must not exist.
   *
   * @return this
   */
  public OpenOptions create() {
    flags |= CREATE;
    return this;
  }

  /**
   * Never writes.
   *
   * @return this
   */
  public OpenOptions readOnly() {
    flags |= READ_ONLY;
    return this;
  }

  /**
   * Reads the base file instead of mapping it: for disks that are not trusted.
   *
   * @return this
   */
  public OpenOptions withoutMmap() {
    flags |= NO_MMAP;
    return this;
  }

  /**
   * How long to wait for another process's lock.
   *
   * @param timeout 5 seconds unless given
   * @return this
   */
  public OpenOptions busyTimeout(Duration timeout) {
    busyTimeout = timeout;
    return this;
  }

  /**
   * Makes uuid, key and salts of a new store reproducible, for tests only.
   *
   * @param seed not 0
   * @return this
   */
  public OpenOptions seed(long seed) {
    this.seed = seed;
    return this;
  }

  /**
   * Replaces the compiled-in catalogue.
   *
   * @param catalogue a binary jiceng.v1.Catalogue
   * @return this
   */
  public OpenOptions catalogue(byte[] catalogue) {
    this.catalogue = catalogue.clone();
    return this;
  }

  /**
   * Tells how the base is built when there is none.
   *
   * @param progress told
   * @return this
   */
  public OpenOptions progress(Progress progress) {
    this.progress = progress;
    return this;
  }

  ProgressCall progressCall() {
    return new ProgressCall(progress);
  }

  LibJiceng.jiceng_open_options toStruct(ProgressCall call) {
    LibJiceng.jiceng_open_options options = new LibJiceng.jiceng_open_options();
    options.flags = flags;
    options.busy_timeout_ms = Math.max(1, busyTimeout.toMillis()); // 0 would be the default
    options.seed = seed;
    if (catalogue.length > 0) {
      Memory memory = new Memory(catalogue.length);
      memory.write(0, catalogue, 0, catalogue.length);
      options.catalogue = memory;
      options.catalogue_len = catalogue.length;
    }
    options.progress = call.callback();
    options.notice = Notices.CALLBACK;
    return options;
  }
}
