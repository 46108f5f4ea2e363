package org.jiceng;

import com.sun.jna.Pointer;
import java.time.Instant;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.RandomAccess;

/**
 * An answer that is a list: rows under named, typed columns.  An immutable {@link List}, so it is walked, streamed and
 * cut like any other; a row is read when it is asked for.  May be shared between threads.
 *
 * <p>Close it when done; one that is forgotten is given back too, later.  The tables of an {@link ImportReport} are
 * closed with it.
 */
public final class Table extends AbstractList<Row> implements RandomAccess, AutoCloseable {
  private static final int BOOL = 2;
  private static final int DATE = 3;
  private static final int TIME = 4;
  private static final int TEXT = 5;
  private static final int TEXT_LIST = 6;

  private final Handle handle;
  private final Object lender; // what a borrowed table lives in, and with; null for one of its own
  private final Pointer pointer;
  private final Map<String, Integer> places = new LinkedHashMap<>();
  private final int[] types;
  private final int size;

  /** A table that came through an out parameter. */
  Table(Pointer owned) {
    this.pointer = owned;
    this.lender = null;
    this.handle = new Handle(this, owned, LibJiceng::jiceng_table_free);
    this.types = readColumns();
    this.size = Math.toIntExact(LibJiceng.jiceng_table_rows(owned));
  }

  /** A table that lives in something else. */
  Table(Object lender, Handle handle, Pointer borrowed) {
    this.pointer = borrowed;
    this.lender = lender;
    this.handle = handle;
    this.types = readColumns();
    this.size = Math.toIntExact(LibJiceng.jiceng_table_rows(borrowed));
  }

  private int[] readColumns() {
    int[] read = new int[LibJiceng.jiceng_table_columns(pointer)];
    for (int i = 0; i < read.length; ++i) {
      places.put(Utf8.read(LibJiceng.jiceng_table_column_name(pointer, i)), i);
      read[i] = LibJiceng.jiceng_table_column_type(pointer, i);
    }
    return read;
  }

  /** @return the names of the columns */
  public List<String> columns() {
    return Collections.unmodifiableList(new ArrayList<>(places.keySet()));
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public Row get(int row) {
    if (row < 0 || row >= size) {
      throw new IndexOutOfBoundsException("row " + row + " of " + size);
    }
    Object[] cells = new Object[types.length];
    handle.acquire();
    try {
      for (int column = 0; column < cells.length; ++column) {
        cells[column] = cell(row, column);
      }
    } finally {
      handle.release();
    }
    return new Row(places, cells);
  }

  /**
   * A whole column of numbers at once.
   *
   * @param column its name; numbers, yes or no as 1 or 0, days as YYYYMMDD, moments as seconds since 1970 UTC
   * @return one number a row, 0 where there is nothing
   */
  public long[] numbers(String column) {
    int place = Row.place(places, column);
    handle.acquire();
    try {
      Pointer numbers = LibJiceng.jiceng_table_int64_column(pointer, place);
      if (types[place] == TEXT || types[place] == TEXT_LIST) {
        throw new IllegalArgumentException(column + " is no column of numbers");
      }
      return size == 0 ? new long[0] : numbers.getLongArray(0, size);
    } finally {
      handle.release();
    }
  }

  /**
   * Fills an Arrow C stream, for instance that of {@code ArrowArrayStream.allocateNew(allocator)} in arrow-c-data.
   *
   * @param stream the address of the struct, which its owner releases; it may outlive the table
   */
  public void exportArrow(long stream) {
    handle.acquire();
    try {
      Failures.check(
          error -> LibJiceng.jiceng_table_arrow(pointer, new Pointer(stream), error), ProgressCall.NONE);
    } finally {
      handle.release();
    }
  }

  private Object cell(int row, int column) {
    if (LibJiceng.jiceng_table_is_null(pointer, row, column) != 0) {
      return null;
    }
    switch (types[column]) {
      case TEXT:
        return Utf8.read(LibJiceng.jiceng_table_text(pointer, row, column, null));
      case TEXT_LIST:
        return list(row, column);
      case BOOL:
        return LibJiceng.jiceng_table_int64(pointer, row, column) != 0;
      case DATE:
        return Dates.date(LibJiceng.jiceng_table_int64(pointer, row, column));
      case TIME:
        return Instant.ofEpochSecond(LibJiceng.jiceng_table_int64(pointer, row, column));
      default:
        return LibJiceng.jiceng_table_int64(pointer, row, column);
    }
  }

  private List<String> list(int row, int column) {
    int items = Math.toIntExact(LibJiceng.jiceng_table_list_size(pointer, row, column));
    List<String> texts = new ArrayList<>(items);
    for (int item = 0; item < items; ++item) {
      texts.add(Utf8.read(LibJiceng.jiceng_table_list_text(pointer, row, column, item, null)));
    }
    return Collections.unmodifiableList(texts);
  }

  /** Gives the table back.  A second call does nothing. */
  @Override
  public void close() {
    if (lender == null) {
      handle.close();
    }
  }

  /** Not the rows, there may be a million. */
  @Override
  public String toString() {
    return "Table" + columns() + ", " + size + " rows";
  }

  /** A small table of a text and a number in each row, read whole. */
  static Map<String, Long> toMap(Pointer owned, String key, String value) {
    try (Table table = new Table(owned)) {
      Map<String, Long> map = new LinkedHashMap<>();
      table.forEach(row -> map.put(row.text(key), row.number(value)));
      return Collections.unmodifiableMap(map);
    }
  }
}
