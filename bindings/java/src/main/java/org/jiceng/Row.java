package org.jiceng;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One row of a {@link Table}: cells by the names of their columns, null where there is nothing (an open end).  A value
 * of its own: it stays when the table is closed.
 */
public final class Row {
  private final Map<String, Integer> places;
  private final Object[] cells;

  Row(Map<String, Integer> places, Object[] cells) {
    this.places = places;
    this.cells = cells;
  }

  /**
   * A text.
   *
   * @param column its column
   * @return the cell
   */
  public String text(String column) {
    return cell(column, String.class);
  }

  /**
   * A number.
   *
   * @param column its column
   * @return the cell
   */
  public Long number(String column) {
    return cell(column, Long.class);
  }

  /**
   * A yes or no.
   *
   * @param column its column
   * @return the cell
   */
  public Boolean truth(String column) {
    return cell(column, Boolean.class);
  }

  /**
   * A day.
   *
   * @param column its column
   * @return the cell; null is an open end
   */
  public LocalDate date(String column) {
    return cell(column, LocalDate.class);
  }

  /**
   * A moment.
   *
   * @param column its column
   * @return the cell
   */
  public Instant time(String column) {
    return cell(column, Instant.class);
  }

  /**
   * A list of texts.
   *
   * @param column its column
   * @return the cell; cannot be changed
   */
  @SuppressWarnings("unchecked") // a column's lists hold texts
  public List<String> texts(String column) {
    return cell(column, List.class);
  }

  /**
   * A cell whatever it is.
   *
   * @param column its column
   * @return String, Long, Boolean, LocalDate, Instant, a List of String, or null
   */
  public Object get(String column) {
    return cell(column, Object.class);
  }

  /**
   * The row as a map from columns to cells, in the table's order.
   *
   * @return a map that cannot be changed
   */
  public Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    places.forEach((name, place) -> map.put(name, cells[place]));
    return Collections.unmodifiableMap(map);
  }

  private <T> T cell(String column, Class<T> type) {
    Object cell = cells[place(places, column)];
    if (cell != null && !type.isInstance(cell)) {
      throw new ClassCastException(column + " holds a " + cell.getClass().getSimpleName());
    }
    return type.cast(cell);
  }

  static int place(Map<String, Integer> places, String column) {
    Integer place = places.get(column);
    if (place == null) {
      throw new IllegalArgumentException("no column " + column + "; there are " + String.join(", ", places.keySet()));
    }
    return place;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Row && toMap().equals(((Row) other).toMap());
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(cells);
  }

  @Override
  public String toString() {
    return toMap().toString();
  }
}
