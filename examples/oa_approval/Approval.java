import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jiceng.Language;
import org.jiceng.ImportOutcome;
import org.jiceng.ImportReport;
import org.jiceng.Row;
import org.jiceng.Snapshot;
import org.jiceng.Store;
import org.jiceng.Table;
import org.jiceng.Tie;
import org.jiceng.Writer;

/**
 * Who decides on a request: Approval.java LEDGER-FOLDER
 *
 * <p>A request goes up the line of command, which is what the ties say it was on that day and not what an organisation
 * chart said once. At every body it asks for the head of the body: someone who acts for a head decides as acting head; a
 * post that nobody holds is passed by, and so is a head who has declared a conflict with whoever asks. What a person is
 * elsewhere does not count: she decides in the one capacity in which the request reaches her.
 */
public final class Approval {
  private static final String HEAD = "director";

  public static void main(String[] args) {
    try (Store store = Store.create("memory:")) {
      try (Writer writer = store.writer(Instant.parse("2026-06-30T00:00:00Z"));
          ImportReport report = writer.importLedgers(java.nio.file.Paths.get(args[0]))) {
        if (report.outcome() != ImportOutcome.DONE) {
          throw new IllegalStateException(report.problems().toString());
        }
      }
      try (Snapshot snapshot = store.snapshot()) {
        for (String day : new String[] {"2026-02-01", "2026-03-15", "2026-06-30"}) {
          route(snapshot, "person:p1", "org:111", "org:100", LocalDate.parse(day));
        }
      }
    }
  }

  /** Prints each station of the way, and who decides. */
  private static void route(Snapshot snapshot, String who, String from, String to, LocalDate day) {
    System.out.println(day + "  " + name(snapshot, who, day) + " asks at " + name(snapshot, from, day));
    List<String> line = snapshot.path(from, to, day, "admin_line");
    for (String body : line) {
      Row post = head(snapshot, body, day);
      String place = "  " + name(snapshot, body, day) + ": ";
      if (post == null) {
        System.out.println(place + "the post is vacant, on to the next");
      } else if (conflict(snapshot, who, post.text("node"), day)) {
        System.out.println(place + post.text("name") + " has declared a conflict, on to the next");
      } else {
        System.out.println(place + post.text("name") + " decides" + capacity(post));
        return;
      }
    }
    System.out.println("  nobody on the line can decide");
  }

  /** The holder of the head's post in the body itself; null when it is vacant. */
  private static Row head(Snapshot snapshot, String body, LocalDate day) {
    try (Table officers = snapshot.officers(body, HEAD, day)) {
      return officers.stream().filter(row -> row.text("body").equals(body)).findFirst().orElse(null);
    }
  }

  private static boolean conflict(Snapshot snapshot, String one, String other, LocalDate day) {
    long a = snapshot.find(one);
    long b = snapshot.find(other);
    for (Tie recusal : snapshot.ties(a, "recusal", Tie.Ends.BOTH, day)) {
      if (recusal.from() == b || recusal.to() == b) {
        return true;
      }
    }
    return false;
  }

  private static String capacity(Row post) {
    boolean acting = "acting".equals(post.text("manner"));
    return " as " + (acting ? "acting " : "") + HEAD + " since " + post.date("from");
  }

  private static String name(Snapshot snapshot, String node, LocalDate day) {
    try (Table known = snapshot.show(node, day, Language.EN)) {
      return known.stream()
          .filter(row -> row.text("section").equals("node") && row.text("key").equals("name"))
          .map(row -> row.text("value"))
          .findFirst()
          .orElse(node);
    }
  }
}
