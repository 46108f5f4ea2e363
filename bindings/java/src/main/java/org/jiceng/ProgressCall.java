package org.jiceng;

import com.sun.jna.Pointer;

/** A progress function as the library calls it.  Must be reachable as long as the library may call. */
final class ProgressCall implements LibJiceng.ProgressCallback {
  static final ProgressCall NONE = new ProgressCall(null);

  private final Progress progress;
  private Throwable thrown;

  ProgressCall(Progress progress) {
    this.progress = progress;
  }

  /** What goes into the call. */
  LibJiceng.ProgressCallback callback() {
    return progress == null ? null : this;
  }

  @Override
  public int invoke(Pointer stage, long done, long total, Pointer user) {
    try {
      return progress.update(Utf8.read(stage), done, total) ? 0 : 1;
    } catch (Throwable caught) { // must not pass through C
      thrown = caught;
      return 1;
    }
  }

  /** After the call: what the function threw, or null; once. */
  Throwable takeThrown() {
    Throwable taken = thrown;
    thrown = null;
    return taken;
  }
}
