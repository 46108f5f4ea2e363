package org.jiceng;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;

/** A dated link between two nodes.  A value: it lives on when everything is closed. */
public final class Tie {
  /** Which end of a tie a node is. */
  public enum Ends {
    /** Ties that leave the node. */
    FROM,
    /** Ties that reach it. */
    TO,
    /** Both. */
    BOTH;

    int number() {
      return ordinal() + 1;
    }
  }

  private final long number;
  private final long from;
  private final long to;
  private final LocalDate validFrom;
  private final LocalDate validTo;
  private final String kind;
  private final int role;
  private final int manner;

  Tie(LibJiceng.jiceng_tie read) {
    number = read.number;
    from = read.from;
    to = read.to;
    validFrom = Dates.date(read.valid_from);
    validTo = Dates.date(read.valid_to);
    kind = Kinds.BY_NUMBER.get(read.kind);
    role = read.role;
    manner = read.manner;
  }

  /** 0 for null. */
  static int kindNumber(String kind) {
    if (kind == null) {
      return 0;
    }
    Integer found = Kinds.BY_NAME.get(kind);
    if (found == null) {
      throw new IllegalArgumentException("no kind of tie '" + kind + "'; there are " + Kinds.BY_NAME.keySet());
    }
    return found;
  }

  /** Read when first asked for. */
  private static final class Kinds {
    static final Map<String, Integer> BY_NAME = new HashMap<>();
    static final Map<Integer, String> BY_NUMBER = new HashMap<>();

    static {
      try (Table kinds = Catalogue.tieKinds(Language.EN)) {
        for (Row row : kinds) {
          int number = (int) (long) row.number("number");
          BY_NAME.put(row.text("id"), number);
          BY_NUMBER.put(number, row.text("id"));
        }
      }
    }
  }

  /** @return its number, permanent within the store and kept through amendments */
  public long number() {
    return number;
  }

  /** @return its kind, for instance affiliation */
  public String kind() {
    return kind;
  }

  /** @return the number of the node it leaves, the lower one of a hierarchy */
  public long from() {
    return from;
  }

  /** @return the number of the node it reaches */
  public long to() {
    return to;
  }

  /** @return the first day; null: before everything */
  public LocalDate validFrom() {
    return validFrom;
  }

  /** @return the first day on which it no longer holds; null: there is none */
  public LocalDate validTo() {
    return validTo;
  }

  /** @return of an appointment the number of its role in {@link Catalogue#roles}; 0: none */
  public int role() {
    return role;
  }

  /** @return how it came about, as jiceng_tie of the C header lists; 0: not said */
  public int manner() {
    return manner;
  }

  @Override
  public String toString() {
    return kind + " " + from + " -> " + to + " [" + validFrom + ", " + validTo + ")";
  }
}
