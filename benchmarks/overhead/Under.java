import java.time.LocalDate;
import java.util.Random;
import org.jiceng.OpenOptions;
import org.jiceng.Snapshot;
import org.jiceng.Store;
import org.jiceng.Table;

/** {@code java -cp JAR:DEPENDENCIES Under.java STORE}: how long "under" takes from Java, the compiler warmed up. */
final class Under {
  private static final int PAIRS = 1024;
  private static final int ROUNDS = 400;

  public static void main(String[] arguments) {
    LocalDate day = LocalDate.of(2026, 6, 30);
    long[] people = new long[PAIRS];
    long[] units = new long[PAIRS];
    try (Store store = Store.open(arguments[0], new OpenOptions().readOnly());
        Snapshot snapshot = store.snapshot();
        Table all = snapshot.nodes("unit", day);
        Table living = snapshot.ties("residence", day)) {
      Random random = new Random(1);
      for (int i = 0; i < PAIRS; ++i) {
        people[i] = living.get(random.nextInt(living.size())).number("from_number");
        // Half of them all the way up to the first unit, where the answer is yes.
        units[i] = all.get(i % 2 == 0 ? 0 : random.nextInt(all.size())).number("number");
      }
      long least = Long.MAX_VALUE;
      int yes = 0;
      for (int round = 0; round < ROUNDS; ++round) {
        long begun = System.nanoTime();
        for (int i = 0; i < PAIRS; ++i) {
          yes += snapshot.isUnder(people[i], units[i], day) ? 1 : 0;
        }
        least = Math.min(least, System.nanoTime() - begun);
      }
      System.out.printf("java, under: %d ns a call (%d yes)%n", least / PAIRS, yes / ROUNDS);
    }
  }
}
