package org.jiceng;

import com.sun.jna.Pointer;
import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;

/**
 * Something of the library's that belongs to a Java object.
 *
 * <p>Its pointer reaches the library only between {@link #acquire} and {@link #release}, and not once it is closed; one
 * that is closed during calls in other threads is given back when the last of them returns.  When its owner was
 * forgotten instead of closed, it is given back the next time anything is opened: a safety net without a thread.
 */
final class Handle {
  /** A call that may fail and gives something through {@code out}. */
  interface Call {
    int invoke(Pointer self, long[] out, long[] error);
  }

  /** A call that may fail and gives nothing. */
  interface Order {
    int invoke(Pointer self, long[] error);
  }

  private static final ReferenceQueue<Object> FORGOTTEN = new ReferenceQueue<>();
  private static final Set<Owner> OWNERS = ConcurrentHashMap.newKeySet();

  private final Pointer pointer;
  private final Consumer<Pointer> free;
  private final String name;
  private final Owner owner;
  private final AtomicBoolean closed = new AtomicBoolean();
  private final AtomicInteger users = new AtomicInteger(1); // the owner, and every call under way

  /** Takes over {@code pointer} for {@code owner}, whose class names it in messages. */
  Handle(Object owner, Pointer pointer, Consumer<Pointer> free) {
    closeForgotten();
    this.pointer = pointer;
    this.free = free;
    this.name = owner.getClass().getSimpleName();
    this.owner = new Owner(owner, this);
    OWNERS.add(this.owner);
  }

  /** Runs what reads the pointer and cannot fail. */
  long use(ToLongFunction<Pointer> body) {
    acquire();
    try {
      return body.applyAsLong(pointer);
    } finally {
      release();
    }
  }

  /** Makes a call that gives another handle or a table. */
  Pointer ask(Call call) {
    return ask(call, ProgressCall.NONE);
  }

  /** The same with a progress function. */
  Pointer ask(Call call, ProgressCall progress) {
    acquire();
    try {
      return Failures.pointer((out, error) -> call.invoke(pointer, out, error), progress);
    } finally {
      release();
    }
  }

  /** Makes a call that gives a number. */
  long askNumber(Call call, ProgressCall progress) {
    acquire();
    try {
      long[] out = new long[1];
      Failures.check(error -> call.invoke(pointer, out, error), progress);
      return out[0];
    } finally {
      release();
    }
  }

  /** Makes a call that gives nothing. */
  void tell(Order order, ProgressCall progress) {
    acquire();
    try {
      Failures.check(error -> order.invoke(pointer, error), progress);
    } finally {
      release();
    }
  }

  void close() {
    if (closed.compareAndSet(false, true)) {
      OWNERS.remove(owner);
      owner.clear();
      release();
    }
  }

  boolean isClosed() {
    return closed.get();
  }

  /** For what must hold the pointer over more than one call; release() follows in a finally. */
  Pointer acquire() {
    int now;
    do {
      now = users.get();
      if (closed.get() || now == 0) {
        throw new IllegalStateException("this " + name + " is closed");
      }
    } while (!users.compareAndSet(now, now + 1));
    return pointer;
  }

  void release() {
    if (users.decrementAndGet() == 0) {
      free.accept(pointer);
    }
  }

  private static void closeForgotten() {
    for (Object found = FORGOTTEN.poll(); found != null; found = FORGOTTEN.poll()) {
      ((Owner) found).handle.close();
    }
  }

  /** Tells when the owner is gone. */
  private static final class Owner extends PhantomReference<Object> {
    private final Handle handle;

    Owner(Object owner, Handle handle) {
      super(owner, FORGOTTEN);
      this.handle = handle;
    }
  }
}
