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

  /** @return whether it was closed */
  public boolean isClosed() {
    return handle.isClosed();
  }
}
