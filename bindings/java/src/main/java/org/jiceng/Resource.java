package org.jiceng;

import com.sun.jna.Pointer;
import java.util.function.Consumer;

/** What every object over a handle is: closed once, used never after that. */
abstract class Resource implements AutoCloseable {
  final Handle handle;

  Resource(Pointer pointer, Consumer<Pointer> free) {
    handle = new Handle(this, pointer, free);
  }

  /**
   * Gives it back.  A second call does nothing; any other call after it throws IllegalStateException.  Calls under way
   * in other threads come to their end.
   */
  @Override
  public void close() {
    handle.close();
  }

  /** Makes a call that gives a table. */
  final Table table(Handle.Call call) {
    return table(call, ProgressCall.NONE);
  }

  /** The same with a progress function. */
  final Table table(Handle.Call call, ProgressCall progress) {
    return new Table(handle.ask(call, progress));
  }

  /** @return whether it was closed */
  public boolean isClosed() {
    return handle.isClosed();
  }
}
