package org.jiceng;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** protobuf-java is loaded before the library; every test class has a virtual machine of its own. */
class ProtobufBeforeTest {
  private static final String RENAME =
      "rename { node: 'org:1001' name: '桂花党支部' on { year: 2026 month: 1 day: 1 } }";

  @TempDir Path folder;

  @Test
  void changesMadeWithItAreApplied() throws Exception {
    byte[] changes = Protobuf.changes(folder, RENAME);
    try (Store store = Fixture.organization()) {
      Protobuf.renameABranch(store, changes);
    }
  }
}
