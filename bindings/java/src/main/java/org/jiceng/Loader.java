package org.jiceng;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import java.io.IOException;
import java.util.Collections;
import java.util.Map;

/**
 * Finds the shared library: the file named in the system property {@code jiceng.library} or the environment variable
 * {@code JICENG_LIBRARY}, and then no other; else the installed one; else the copy in the jar.
 */
final class Loader {
  static final String PROPERTY = "jiceng.library";
  static final String VARIABLE = "JICENG_LIBRARY";
  private static final String SONAME = "libjiceng.so.1";

  /** RTLD_NOW without RTLD_GLOBAL: what the library is made of is nobody else's. */
  private static final Map<String, ?> OPEN_FLAGS = Collections.singletonMap(Library.OPTION_OPEN_FLAGS, 2);

  private Loader() {}

  static NativeLibrary load() {
    if (Native.SIZE_T_SIZE != 8 || Native.POINTER_SIZE != 8) {
      throw new UnsatisfiedLinkError("jiceng runs on 64-bit machines only");
    }
    String named = System.getProperty(PROPERTY, "");
    if (named.isEmpty()) {
      named = System.getenv().getOrDefault(VARIABLE, "");
    }
    if (!named.isEmpty()) {
      return open(named);
    }
    try {
      return open(SONAME);
    } catch (UnsatisfiedLinkError notInstalled) {
      try {
        return open(Native.extractFromResourcePath("jiceng", Loader.class.getClassLoader()).getPath());
      } catch (IOException notInTheJar) {
        UnsatisfiedLinkError error =
            new UnsatisfiedLinkError(
                SONAME + " was not found; install it, or name the file in the system property " + PROPERTY
                    + " or the environment variable " + VARIABLE);
        error.addSuppressed(notInstalled);
        error.addSuppressed(notInTheJar);
        throw error;
      }
    }
  }

  private static NativeLibrary open(String name) {
    return NativeLibrary.getInstance(name, OPEN_FLAGS);
  }
}
