package org.jiceng;

import com.sun.jna.Pointer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Verdicts of one audit, ordered by subject and rule.  Walking them reads them page by page with their texts in
 * Chinese.  Immutable: share them between threads.
 */
public final class Findings extends Resource implements Iterable<Row> {
  private static final int PAGE = 1000;

  private final int size;

  Findings(Pointer pointer) {
    super(pointer, LibJiceng::jiceng_findings_free);
    size = Math.toIntExact(LibJiceng.jiceng_findings_count(pointer));
  }

  /** @return how many there are */
  public int size() {
    return size;
  }

  /** @return unmet and not waived, for every rule that was evaluated */
  public Map<String, Long> counts() {
    return Table.toMap(handle.ask(LibJiceng::jiceng_findings_counts), "rule", "findings");
  }

  /**
   * All findings with their texts.
   *
   * @param language of the messages
   * @return rule, subject, name, status, waived, level, message, citation, facts, since, place, value, comparator,
   *     threshold, object, missing
   */
  public Table table(Language language) {
    return table(language, 0, 0);
  }

  /**
   * A page of the findings with their texts.
   *
   * @param language of the messages
   * @param first index of the first
   * @param limit at most so many; 0: all
   * @return rule, subject, name, status, waived, level, message, citation, facts, since, place, value, comparator,
   *     threshold, object, missing
   */
  public Table table(Language language, long first, long limit) {
    return table((findings, out, error) ->
        LibJiceng.jiceng_findings_table(findings, language.number(), first, limit, out, error));
  }

  /**
   * What one of them rests on, node by node and tie by tie.
   *
   * @param row its index
   * @return kind, tie_kind, from_node, to_node, role, manner, from, to, node, fact, value
   */
  public Table evidence(long row) {
    return table((findings, out, error) ->
        LibJiceng.jiceng_findings_evidence(findings, row, out, error));
  }

  /**
   * Fills an Arrow C stream with the findings and their texts, rendered as they are read.
   *
   * @param language of the messages
   * @param stream the address of the struct, which its owner releases; it may outlive the findings
   */
  public void exportArrow(Language language, long stream) {
    handle.tell(
        (findings, error) ->
            LibJiceng.jiceng_findings_arrow(findings, language.number(), new Pointer(stream), error),
        ProgressCall.NONE);
  }

  /** @return the subjects' node numbers, without their texts */
  public long[] subjects() {
    Pointer findings = handle.acquire();
    try {
      return size == 0 ? new long[0] : LibJiceng.jiceng_findings_subjects(findings).getLongArray(0, size);
    } finally {
      handle.release();
    }
  }

  /** @return the rules as rows of {@link Catalogue#rules}, one for each subject */
  public int[] rules() {
    Pointer findings = handle.acquire();
    try {
      return size == 0 ? new int[0] : LibJiceng.jiceng_findings_rules(findings).getIntArray(0, size);
    } finally {
      handle.release();
    }
  }

  @Override
  public Iterator<Row> iterator() {
    return new Pages();
  }

  /** @return the findings with their texts in Chinese, one after the other */
  public Stream<Row> stream() {
    return StreamSupport.stream(
        Spliterators.spliterator(iterator(), size, Spliterator.ORDERED | Spliterator.NONNULL | Spliterator.IMMUTABLE),
        false);
  }

  @Override
  public String toString() {
    return "Findings " + size;
  }

  /** Reads a page, closes its table, hands out its rows. */
  private final class Pages implements Iterator<Row> {
    private final List<Row> page = new ArrayList<>();
    private int next;

    @Override
    public boolean hasNext() {
      return next < size;
    }

    @Override
    public Row next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      if (next % PAGE == 0) {
        page.clear();
        try (Table table = table(Language.ZH, next, PAGE)) {
          page.addAll(table);
        }
      }
      return page.get(next++ % PAGE);
    }
  }
}
