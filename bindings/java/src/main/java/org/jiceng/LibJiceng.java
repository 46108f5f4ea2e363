package org.jiceng;

import com.sun.jna.Callback;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.Structure;
import com.sun.jna.Structure.FieldOrder;

/**
 * The C interface as include/jiceng/*.h declares it; a test compares every line here with the headers.
 *
 * <p>Handles are {@link Pointer}s.  What arrives through an {@code out_} parameter, a number, a handle or an error,
 * lies in an array of one, which costs JNA nothing.  A text is UTF-8 in a {@code byte[]}, with its length or ending in a
 * NUL.  Pointers and size_t are long: the library runs on 64-bit machines only.  JNA reads the structs by reflection, hence
 * public within a class that is not.
 */
final class LibJiceng {
  static {
    Native.register(LibJiceng.class, Loader.load());
  }

  private LibJiceng() {}

  /** jiceng_progress_fn. */
  public interface ProgressCallback extends Callback {
    int invoke(Pointer stage, long done, long total, Pointer user);
  }

  /** jiceng_notice_fn. */
  public interface NoticeCallback extends Callback {
    void invoke(int level, Pointer event, Pointer text, Pointer user);
  }

  @FieldOrder({
    "struct_size", "flags", "busy_timeout_ms", "seed", "catalogue", "catalogue_len", "progress", "progress_user",
    "notice", "notice_user"
  })
  public static final class jiceng_open_options extends Structure {
    public int struct_size = size();
    public int flags;
    public long busy_timeout_ms;
    public long seed;
    public Pointer catalogue;
    public long catalogue_len;
    public ProgressCallback progress;
    public Pointer progress_user;
    public NoticeCallback notice;
    public Pointer notice_user;
  }

  @FieldOrder({
    "struct_size", "flags", "recorded_at", "expected_seq", "author", "reason", "basis", "progress", "progress_user"
  })
  public static final class jiceng_writer_options extends Structure {
    public int struct_size = size();
    public int flags;
    public long recorded_at;
    public long expected_seq = -1;
    public Pointer author;
    public Pointer reason;
    public Pointer basis;
    public ProgressCallback progress;
    public Pointer progress_user;
  }

  @FieldOrder({"struct_size", "flags", "date", "lang", "scope", "max_closures", "under"})
  public static final class jiceng_import_options extends Structure {
    public int struct_size = size();
    public int flags;
    public int date;
    public int lang;
    public Pointer scope;
    public long max_closures = -1;
    public Pointer under;
  }

  @FieldOrder({
    "struct_size", "flags", "rules", "rule_count", "parameters", "parameter_count", "progress", "progress_user",
    "max_threads", "reserved"
  })
  public static final class jiceng_audit_options extends Structure {
    public int struct_size = size();
    public int flags;
    public Pointer rules;
    public long rule_count;
    public Pointer parameters;
    public long parameter_count;
    public ProgressCallback progress;
    public Pointer progress_user;
    public int max_threads;
    public int reserved;
  }

  @FieldOrder({"number", "from", "to", "valid_from", "valid_to", "kind", "role", "manner", "reserved"})
  public static final class jiceng_tie extends Structure {
    public long number;
    public long from;
    public long to;
    public int valid_from;
    public int valid_to;
    public int kind;
    public int role;
    public int manner;
    public int reserved;
  }

  // base.h
  static native Pointer jiceng_version();
  static native int jiceng_error_code(Pointer error);
  static native Pointer jiceng_error_reason(Pointer error);
  static native Pointer jiceng_error_message(Pointer error);
  static native Pointer jiceng_error_field(Pointer error);
  static native Pointer jiceng_error_text(Pointer error, int lang);
  static native void jiceng_error_free(Pointer error);

  // table.h
  static native long jiceng_table_rows(Pointer table);
  static native int jiceng_table_columns(Pointer table);
  static native Pointer jiceng_table_column_name(Pointer table, int column);
  static native int jiceng_table_column_type(Pointer table, int column);
  static native int jiceng_table_find_column(Pointer table, byte[] name);
  static native int jiceng_table_is_null(Pointer table, long row, int column);
  static native long jiceng_table_int64(Pointer table, long row, int column);
  static native Pointer jiceng_table_text(Pointer table, long row, int column, long[] outLength);
  static native long jiceng_table_list_size(Pointer table, long row, int column);
  static native Pointer jiceng_table_list_text(Pointer table, long row, int column, long item, long[] outLength);
  static native Pointer jiceng_table_int64_column(Pointer table, int column);
  static native int jiceng_table_arrow(Pointer table, Pointer outStream, long[] error);
  static native void jiceng_table_free(Pointer table);

  // store.h
  static native int jiceng_store_open(
      byte[] url, long urlLength, jiceng_open_options options, long[] out, long[] error);
  static native void jiceng_store_close(Pointer store);
  static native int jiceng_store_seq_at(Pointer store, long time, long[] outSeq, long[] error);
  static native int jiceng_store_backup(Pointer store, byte[] file, long fileLength, long[] error);
  static native int jiceng_store_verify(
      Pointer store, ProgressCallback progress, Pointer user, long[] out, long[] error);
  static native int jiceng_store_optimize(
      Pointer store, ProgressCallback progress, Pointer user, long[] error);
  static native int jiceng_store_log(
      Pointer store, long beforeSeq, long limit, long[] out, long[] error);
  static native int jiceng_store_changes(
      Pointer store, long afterSeq, long afterRow, long limit, long[] out, long[] error);
  static native int jiceng_store_wait(
      Pointer store, long seq, long timeout, ProgressCallback progress, Pointer user, long[] outSeq, long[] error);
  static native int jiceng_actor_create(
      byte[] name, long nameLength, byte[] scope, long scopeLength, long[] out, long[] error);
  static native void jiceng_actor_free(Pointer actor);
  static native int jiceng_snapshot_open(
      Pointer store, Pointer actor, long seq, long[] out, long[] error);
  static native void jiceng_snapshot_close(Pointer snapshot);
  static native long jiceng_snapshot_seq(Pointer snapshot);
  static native int jiceng_snapshot_export(
      Pointer snapshot, byte[] folder, long folderLength, ProgressCallback progress, Pointer user,
      long[] out, long[] error);
  static native int jiceng_snapshot_export_bytes(
      Pointer snapshot, ProgressCallback progress, Pointer user, long[] out, long[] error);
  static native int jiceng_writer_open(
      Pointer store, Pointer actor, jiceng_writer_options options, long[] out, long[] error);
  static native void jiceng_writer_close(Pointer writer);
  static native int jiceng_writer_import(
      Pointer writer, Pointer paths, long pathCount, jiceng_import_options options, long[] out,
      long[] error);
  static native int jiceng_writer_import_bytes(
      Pointer writer, Pointer names, long[] bytes, long[] lengths, long count, jiceng_import_options options,
      long[] out, long[] error);
  static native int jiceng_writer_apply(
      Pointer writer, byte[] changes, long changesLength, long[] outSeq, long[] error);
  static native int jiceng_writer_erase(
      Pointer writer, Pointer people, long count, long[] outSeq, long[] error);
  static native int jiceng_writer_revert(Pointer writer, long seq, long[] outSeq, long[] error);
  static native int jiceng_writer_matter_open(
      Pointer writer, byte[] procedure, byte[] matter, byte[] at, byte[] actor, Pointer subjects, long subjectCount,
      Pointer fields, long fieldCount, long[] outSeq, long[] error);
  static native int jiceng_writer_matter_step(
      Pointer writer, byte[] matter, byte[] step, byte[] at, byte[] actor, Pointer fields, long fieldCount,
      long[] outSeq, long[] error);
  static native int jiceng_writer_refused_step(Pointer writer, int lang, long[] out, long[] error);
  static native int jiceng_procedures(int lang, long[] out, long[] error);
  static native int jiceng_procedure(byte[] id, int lang, long[] out, long[] error);
  static native int jiceng_matters(
      Pointer snapshot, byte[] procedure, byte[] node, long nodeLength, byte[] at, int flags, int lang, long[] out,
      long[] error);
  static native int jiceng_matters_late(
      Pointer snapshot, byte[] node, long nodeLength, byte[] at, int lang, long[] out, long[] error);
  static native int jiceng_matters_handovers(
      Pointer snapshot, byte[] node, long nodeLength, byte[] at, int lang, long[] out, long[] error);
  static native int jiceng_matter(Pointer snapshot, byte[] matter, byte[] at, int lang, long[] out, long[] error);
  static native int jiceng_matter_steps(Pointer snapshot, byte[] matter, byte[] at, int lang, long[] out, long[] error);
  static native int jiceng_matter_clocks(Pointer snapshot, byte[] matter, byte[] at, int lang, long[] out, long[] error);
  static native int jiceng_writer_tried(Pointer writer, long[] out, long[] error);
  static native int jiceng_import_report_outcome(Pointer report);
  static native long jiceng_import_report_seq(Pointer report);
  static native long jiceng_import_report_rejected(Pointer report);
  static native Pointer jiceng_import_report_rows(Pointer report);
  static native Pointer jiceng_import_report_warnings(Pointer report);
  static native Pointer jiceng_import_report_problems(Pointer report);
  static native Pointer jiceng_import_report_warning_rows(Pointer report);
  static native Pointer jiceng_import_report_closures(Pointer report);
  static native void jiceng_import_report_free(Pointer report);

  // snapshot.h
  static native int jiceng_find(
      Pointer snapshot, byte[] node, long nodeLength, int date, long[] outNumber, long[] error);
  static native long jiceng_node_text(Pointer snapshot, long number, byte[] buffer, long size);
  static native int jiceng_is_under(Pointer snapshot, long node, long ancestor, int date);
  static native int jiceng_path(
      Pointer snapshot, byte[] node, long nodeLength, byte[] ancestor, long ancestorLength, int date, byte[] via,
      long[] out, long[] error);
  static native long jiceng_node_ties(
      Pointer snapshot, long node, int kind, int ends, int date, jiceng_tie ties, long size);
  static native int jiceng_ties(Pointer snapshot, byte[] kind, int date, long[] out, long[] error);
  static native int jiceng_nodes(Pointer snapshot, byte[] kind, int date, long[] out, long[] error);

  static native int jiceng_nodes_by_number(
      Pointer snapshot, long[] numbers, long count, int date, long[] out, long[] error);
  static native int jiceng_count(
      Pointer snapshot, byte[] node, long nodeLength, int date, long[] out, long[] error);
  static native int jiceng_rollup(
      Pointer snapshot, byte[] indicator, byte[] level, int date, long[] out, long[] error);
  static native int jiceng_rollup_across(
      Pointer snapshot, byte[] indicator, byte[] level, int date, int territoryOf, long[] out,
      long[] error);
  static native int jiceng_rollup_party_line(
      Pointer snapshot, byte[] indicator, int date, long[] out, long[] error);
  static native int jiceng_list_register(
      Pointer snapshot, byte[] node, long nodeLength, int date, int year, int lang, long[] out,
      long[] error);
  static native int jiceng_list_services(
      Pointer snapshot, byte[] node, long nodeLength, int date, int year, int lang, long[] out,
      long[] error);
  static native int jiceng_list_unreported(
      Pointer snapshot, byte[] node, long nodeLength, int date, long[] out, long[] error);
  static native int jiceng_list_cross_appointments(
      Pointer snapshot, byte[] node, long nodeLength, int date, long[] out, long[] error);
  static native int jiceng_list_officers(
      Pointer snapshot, byte[] node, long nodeLength, byte[] role, int date, long[] out,
      long[] error);
  static native int jiceng_list_officers_at(
      Pointer snapshot, byte[] node, long nodeLength, byte[] role, byte[] where, int date, long[] out,
      long[] error);
  static native int jiceng_list_posts(
      Pointer snapshot, byte[] node, long nodeLength, byte[] role, byte[] where, int date, long[] out,
      long[] error);
  static native int jiceng_list_pairings(
      Pointer snapshot, byte[] node, long nodeLength, int date, long[] out, long[] error);
  static native int jiceng_list_seat_changes(
      Pointer before, Pointer after, int date, long[] out, long[] error);
  static native int jiceng_show(
      Pointer snapshot, byte[] node, long nodeLength, int date, int lang, long[] out,
      long[] error);
  static native int jiceng_tree(
      Pointer snapshot, byte[] node, long nodeLength, int date, int maxDepth, int flags, long[] out,
      long[] error);
  static native int jiceng_search(
      Pointer snapshot, byte[] text, long textLength, int date, long limit, long[] out,
      long[] error);
  static native int jiceng_upcoming(
      Pointer snapshot, byte[] node, long nodeLength, int date, int until, int lang, long[] out,
      long[] error);

  // audit.h
  static native int jiceng_audit(
      Pointer snapshot, byte[] node, long nodeLength, int date, jiceng_audit_options options, long[] out,
      long[] error);
  static native int jiceng_turns(
      Pointer snapshot, byte[] node, long nodeLength, int date, int until, jiceng_audit_options options, int lang,
      long[] out, long[] error);
  static native int jiceng_findings_evidence(Pointer findings, long row, long[] out, long[] error);
  static native int jiceng_explain(
      Pointer snapshot, byte[] rule, byte[] node, long nodeLength, int date, jiceng_audit_options options,
      long[] out, long[] error);
  static native long jiceng_findings_count(Pointer findings);
  static native Pointer jiceng_findings_subjects(Pointer findings);
  static native Pointer jiceng_findings_rules(Pointer findings);
  static native int jiceng_findings_counts(Pointer findings, long[] out, long[] error);
  static native int jiceng_findings_table(
      Pointer findings, int lang, long first, long limit, long[] out, long[] error);
  static native int jiceng_findings_arrow(Pointer findings, int lang, Pointer outStream, long[] error);
  static native void jiceng_findings_free(Pointer findings);

  // policy.h
  static native int jiceng_policy_check(Pointer store, byte[] pack, long packLength, long[] out, long[] error);
  static native int jiceng_snapshot_rules(Pointer snapshot, int lang, long[] out, long[] error);
  static native int jiceng_policies(Pointer snapshot, int lang, long[] out, long[] error);
  static native int jiceng_policy_effective(
      Pointer snapshot, byte[] node, long nodeLength, int date, byte[] rule, long[] out, long[] error);
  static native int jiceng_waivers(Pointer snapshot, long[] out, long[] error);
  static native int jiceng_writer_refused(Pointer writer, long[] out, long[] error);

  // monitor.h
  static native int jiceng_monitor_open(
      Pointer snapshot, int date, jiceng_audit_options options, long[] out, long[] error);
  static native int jiceng_monitor_follow(
      Pointer monitor, Pointer snapshot, int date, long[] outAppeared, long[] outGone, long[] error);
  static native long jiceng_monitor_seq(Pointer monitor);
  static native int jiceng_monitor_date(Pointer monitor);
  static native int jiceng_monitor_findings(Pointer monitor, long[] out, long[] error);
  static native int jiceng_monitor_rollup(
      Pointer monitor, byte[] indicator, byte[] level, long[] out, long[] error);
  static native int jiceng_monitor_members(
      Pointer monitor, long unit, long[] outFull, long[] outProbationary);
  static native void jiceng_monitor_close(Pointer monitor);

  // catalogue.h
  static native int jiceng_rules(int lang, long[] out, long[] error);
  static native int jiceng_organization_kinds(int lang, long[] out, long[] error);
  static native int jiceng_roles(int lang, long[] out, long[] error);
  static native int jiceng_tie_kinds(int lang, long[] out, long[] error);
  static native int jiceng_codes_check(Pointer codes, long count, long[] out, long[] error);
  static native int jiceng_calendar_due(int from, int workingDays, int[] outDue, long[] error);
  static native int jiceng_calendar_count(int from, int to, int[] outDays, long[] error);
}
