package org.jiceng;

/**
 * Someone on whose behalf one reads, limited to what lies at or below one node.  May be shared between threads.
 */
public final class Actor extends Resource {
  private final String name;
  private final String scope;

  /**
   * Names someone.
   *
   * @param name free text
   * @param scope a node in text
   */
  public Actor(String name, String scope) {
    this(name, scope, Utf8.bytes(name), Utf8.bytes(scope));
  }

  private Actor(String name, String scope, byte[] nameBytes, byte[] scopeBytes) {
    super(
        Failures.pointer(
            (out, error) ->
                LibJiceng.jiceng_actor_create(
                    nameBytes, Utf8.length(nameBytes), scopeBytes, Utf8.length(scopeBytes), out, error)),
        LibJiceng::jiceng_actor_free);
    this.name = name;
    this.scope = scope;
  }

  @Override
  public String toString() {
    return "Actor " + name + " in " + scope;
  }
}
