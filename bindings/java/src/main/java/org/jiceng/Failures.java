package org.jiceng;

import com.sun.jna.Pointer;

/** Calls that may fail, and their errors as exceptions. */
final class Failures {
  /** A call that gives nothing but its status. */
  interface Call {
    int invoke(long[] error);
  }

  /** A call that gives a pointer. */
  interface PointerCall {
    int invoke(long[] out, long[] error);
  }

  private Failures() {}

  static Pointer pointer(PointerCall call, ProgressCall progress) {
    long[] out = new long[1];
    check(error -> call.invoke(out, error), progress);
    return new Pointer(out[0]);
  }

  static Pointer pointer(PointerCall call) {
    return pointer(call, ProgressCall.NONE);
  }

  /**
   * What a progress function threw comes before the error it caused; from work that came to its end all the same it is
   * dropped.
   */
  static void check(Call call, ProgressCall progress) {
    long[] error = new long[1];
    int status = call.invoke(error);
    Throwable thrown = progress.takeThrown();
    if (status == 0) {
      return;
    }
    Pointer cause = error[0] == 0 ? null : new Pointer(error[0]);
    try {
      if (thrown != null) {
        Failures.<RuntimeException>rethrow(thrown);
      }
      throw exception(status, cause);
    } finally {
      LibJiceng.jiceng_error_free(cause);
    }
  }

  static void check(Call call) {
    check(call, ProgressCall.NONE);
  }

  private static JicengException exception(int status, Pointer error) {
    return new JicengException.Failure(
            ErrorCode.of(status),
            Utf8.read(LibJiceng.jiceng_error_reason(error)),
            Utf8.read(LibJiceng.jiceng_error_field(error)),
            Utf8.read(LibJiceng.jiceng_error_message(error)),
            Utf8.read(LibJiceng.jiceng_error_text(error, Language.ZH.number())))
        .exception();
  }

  /** As it is: nothing checked, unless the function was made to throw that. */
  @SuppressWarnings("unchecked")
  private static <T extends Throwable> void rethrow(Throwable thrown) throws T {
    throw (T) thrown;
  }
}
