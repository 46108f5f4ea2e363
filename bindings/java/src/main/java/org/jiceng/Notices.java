package org.jiceng;

import java.util.logging.Level;
import java.util.logging.Logger;

/** What no answer tells, on its way to the logger "org.jiceng".  For all stores and for good: none can outlive it. */
final class Notices {
  private static final Logger LOGGER = Logger.getLogger("org.jiceng");
  private static final int WARNING = 2;

  static final LibJiceng.NoticeCallback CALLBACK =
      (level, event, text, user) -> {
        try {
          LOGGER.log(level == WARNING ? Level.WARNING : Level.FINE, "{0}: {1}",
              new Object[] {Utf8.read(event), Utf8.read(text)});
        } catch (RuntimeException thrown) { // a handler of the host's; it must not pass through C
          return;
        }
      };

  private Notices() {}
}
