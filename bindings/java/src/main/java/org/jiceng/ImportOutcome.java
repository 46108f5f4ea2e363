package org.jiceng;

/** What came of an import. */
public enum ImportOutcome {
  /** Kept, or nothing to change. */
  DONE(1),
  /** A dry run that would have been kept. */
  CHECKED(2),
  /** Bad rows; nothing kept. */
  REJECTED(3),
  /** More closures than allowed, or a blocking rule; nothing kept. */
  REFUSED(4);

  private final int number;

  ImportOutcome(int number) {
    this.number = number;
  }

  int number() {
    return number;
  }

  static ImportOutcome of(int number) {
    for (ImportOutcome outcome : values()) {
      if (outcome.number == number) {
        return outcome;
      }
    }
    throw new IllegalStateException("an outcome of a newer library: " + number);
  }
}
