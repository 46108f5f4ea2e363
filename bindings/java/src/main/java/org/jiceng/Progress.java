package org.jiceng;

/**
 * Told now and then during long work, on the thread that makes the call.  It must not use the object the call was made
 * on.  What it throws stops the work and comes out of the call.
 */
@FunctionalInterface
public interface Progress {
  /**
   * Says how far the work is.
   *
   * @param stage a stable English word: read, check, write
   * @param done how much is done
   * @param total of how much; 0 when that is not known
   * @return false to stop the work, which then throws {@link JicengException.Cancelled}
   */
  boolean update(String stage, long done, long total);
}
