package org.jiceng;

/**
 * A call failed.  {@link #reason()} is stable and for programs, the messages are for people.  Findings of an audit and
 * bad rows of an import are answers, not exceptions.
 */
public class JicengException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final ErrorCode code;
  private final String reason;
  private final String field;
  private final String messageZh;

  JicengException(Failure failure) {
    super(failure.message);
    code = failure.code;
    reason = failure.reason;
    field = failure.field;
    messageZh = failure.messageZh;
  }

  /** @return the kind of failure */
  public ErrorCode code() {
    return code;
  }

  /** @return what happened, as a stable word such as {@code UNKNOWN_NODE} */
  public String reason() {
    return reason;
  }

  /** @return the part of the input at fault, or "" */
  public String field() {
    return field;
  }

  /**
   * The message in a language; {@link #getMessage()} is the English one.
   *
   * @param language of the message
   * @return one line
   */
  public String message(Language language) {
    return language == Language.ZH ? messageZh : getMessage();
  }

  @Override
  public String toString() {
    return super.toString() + " [" + reason + "]";
  }

  /** What the library says of a failure. */
  static final class Failure {
    final ErrorCode code;
    final String reason;
    final String field;
    final String message;
    final String messageZh;

    Failure(ErrorCode code, String reason, String field, String message, String messageZh) {
      this.code = code;
      this.reason = reason;
      this.field = field;
      this.message = message;
      this.messageZh = messageZh;
    }

    JicengException exception() {
      switch (code) {
        case CANCELLED:
          return new Cancelled(this);
        case INVALID_ARGUMENT:
          return new InvalidArgument(this);
        case NOT_FOUND:
          return new NotFound(this);
        case ALREADY_EXISTS:
          return new AlreadyExists(this);
        case PERMISSION_DENIED:
          return new PermissionDenied(this);
        case FAILED_PRECONDITION:
          return new FailedPrecondition(this);
        case ABORTED:
          return new Aborted(this);
        case OUT_OF_RANGE:
          return new OutOfRange(this);
        case UNAVAILABLE:
          return new Unavailable(this);
        case DATA_LOSS:
          return new DataLoss(this);
        default:
          return new JicengException(this);
      }
    }
  }

  /** A progress function said so. */
  public static final class Cancelled extends JicengException {
    private static final long serialVersionUID = 1;

    Cancelled(Failure failure) {
      super(failure);
    }
  }

  /** An argument that no store could accept. */
  public static final class InvalidArgument extends JicengException {
    private static final long serialVersionUID = 1;

    InvalidArgument(Failure failure) {
      super(failure);
    }
  }

  /** No such node, file or store. */
  public static final class NotFound extends JicengException {
    private static final long serialVersionUID = 1;

    NotFound(Failure failure) {
      super(failure);
    }
  }

  /** What was to be made is there. */
  public static final class AlreadyExists extends JicengException {
    private static final long serialVersionUID = 1;

    AlreadyExists(Failure failure) {
      super(failure);
    }
  }

  /** Outside the actor's scope. */
  public static final class PermissionDenied extends JicengException {
    private static final long serialVersionUID = 1;

    PermissionDenied(Failure failure) {
      super(failure);
    }
  }

  /** Not in this state of the store. */
  public static final class FailedPrecondition extends JicengException {
    private static final long serialVersionUID = 1;

    FailedPrecondition(Failure failure) {
      super(failure);
    }
  }

  /** Someone else wrote meanwhile: look again and retry. */
  public static final class Aborted extends JicengException {
    private static final long serialVersionUID = 1;

    Aborted(Failure failure) {
      super(failure);
    }
  }

  /** A commit or a year that there is not. */
  public static final class OutOfRange extends JicengException {
    private static final long serialVersionUID = 1;

    OutOfRange(Failure failure) {
      super(failure);
    }
  }

  /** A lock or the disk: may work later. */
  public static final class Unavailable extends JicengException {
    private static final long serialVersionUID = 1;

    Unavailable(Failure failure) {
      super(failure);
    }
  }

  /** The file is no store, or is damaged. */
  public static final class DataLoss extends JicengException {
    private static final long serialVersionUID = 1;

    DataLoss(Failure failure) {
      super(failure);
    }
  }
}
