/**
 * jiceng (基层): the organisation of grassroots governance in China as a library.
 *
 * <pre>{@code
 * LocalDate day = LocalDate.of(2026, 6, 30);
 * try (Store store = Store.open("demo.jiceng");
 *     Snapshot snapshot = store.snapshot();
 *     Findings findings = snapshot.audit(day)) {
 *   for (Row finding : findings) {
 *     System.out.println(finding.text("subject") + " " + finding.text("message"));
 *   }
 * }
 * }</pre>
 *
 * <p>What is opened is closed, best by try-with-resources; using it after that throws IllegalStateException and never
 * reaches the library.  {@link org.jiceng.Store}, {@link org.jiceng.Snapshot}, {@link org.jiceng.Findings} and
 * {@link org.jiceng.Table} may be shared between threads.  Days are {@link java.time.LocalDate}, null being an open
 * end; a call that fails throws {@link org.jiceng.JicengException}.
 */
package org.jiceng;
