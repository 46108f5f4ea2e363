package org.jiceng;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What an audit looks at. */
public final class AuditOptions {
  private String node;
  private final List<String> rules = new ArrayList<>();
  private final List<String> parameters = new ArrayList<>();
  private Progress progress;
  private int maxThreads;

  /** Everything, by all rules. */
  public AuditOptions() {}

  /**
   * Only what lies at or below a node.
   *
   * @param node in text
   * @return this
   */
  public AuditOptions node(String node) {
    this.node = node;
    return this;
  }

  /**
   * Only some rules.
   *
   * @param ids of the rules
   * @return this
   */
  public AuditOptions rules(String... ids) {
    rules.addAll(Arrays.asList(ids));
    return this;
  }

  /**
   * The value of a parameter, over every policy.
   *
   * @param name of the parameter, for instance report.deadline_days
   * @param value its value
   * @return this
   */
  public AuditOptions parameter(String name, Object value) {
    parameters.add(name + "=" + value);
    return this;
  }

  /**
   * How many threads may work on it, the caller's one of them; that one alone unless given.  Findings do not depend on
   * it.
   *
   * @param threads at most
   * @return this
   */
  public AuditOptions maxThreads(int threads) {
    maxThreads = threads;
    return this;
  }

  /**
   * Tells how the audit goes.
   *
   * @param progress told
   * @return this
   */
  public AuditOptions progress(Progress progress) {
    this.progress = progress;
    return this;
  }

  String node() {
    return node;
  }

  ProgressCall progressCall() {
    return new ProgressCall(progress);
  }

  LibJiceng.jiceng_audit_options toStruct(ProgressCall call) {
    LibJiceng.jiceng_audit_options options = new LibJiceng.jiceng_audit_options();
    options.rules = Utf8.array(rules);
    options.rule_count = rules.size();
    options.parameters = Utf8.array(parameters);
    options.parameter_count = parameters.size();
    options.progress = call.callback();
    options.max_threads = maxThreads;
    return options;
  }
}
