// Ledgers in, findings out: Quick LEDGER-FOLDER
import java.nio.file.Paths;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import org.jiceng.Findings;
import org.jiceng.Row;
import org.jiceng.Snapshot;
import org.jiceng.Store;
import org.jiceng.Writer;

public final class Quick {
  public static void main(String[] args) {
    LocalDate day = LocalDate.of(2026, 6, 30);
    try (Store store = Store.create("memory:")) {
      try (Writer writer = store.writer(day.atStartOfDay(ZoneOffset.UTC).toInstant())) {
        writer.importLedgers(Paths.get(args[0])).close();
      }
      try (Snapshot snapshot = store.snapshot();
          Findings findings = snapshot.audit(day)) {
        Map<String, Long> counts = snapshot.count("unit:320102", day);
        for (String measure : new String[] {"members.full", "members.probationary"}) {
          System.out.println(measure + " " + counts.get(measure));
        }
        for (Row finding : findings) {
          System.out.println(finding.text("subject") + " " + finding.text("rule") + " " + finding.text("status"));
        }
      }
    }
  }
}
