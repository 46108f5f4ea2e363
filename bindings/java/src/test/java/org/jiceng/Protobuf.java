package org.jiceng;

import static org.jiceng.Fixture.DAY;
import static org.jiceng.Fixture.MOMENT;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.TextFormat;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** A host that has its own protobuf and makes change sets with it, from the schemas we publish. */
final class Protobuf {
  private Protobuf() {}

  /** The changes, one text each, as the library takes them. */
  static byte[] changes(Path folder, String... texts) throws Exception {
    Descriptor change = descriptor(folder);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (String text : texts) {
      DynamicMessage.Builder builder = DynamicMessage.newBuilder(change);
      TextFormat.merge(text, builder);
      builder.build().writeDelimitedTo(bytes);
    }
    return bytes.toByteArray();
  }

  private static Descriptor descriptor(Path folder) throws Exception {
    File set = folder.resolve("change.binpb").toFile();
    Process protoc =
        new ProcessBuilder(
                "protoc", "-I", Fixture.SOURCE.resolve("proto").toString(), "--include_imports",
                "--descriptor_set_out=" + set, "jiceng/v1/change.proto")
            .inheritIO()
            .start();
    assertEquals(0, protoc.waitFor());
    Map<String, FileDescriptor> files = new HashMap<>();
    for (FileDescriptorProto file : FileDescriptorSet.parseFrom(Files.readAllBytes(set.toPath())).getFileList()) {
      FileDescriptor[] imports = file.getDependencyList().stream().map(files::get).toArray(FileDescriptor[]::new);
      files.put(file.getName(), FileDescriptor.buildFrom(file, imports));
    }
    return files.get("jiceng/v1/change.proto").findMessageTypeByName("Change");
  }

  /** A change made with protobuf-java is what the library then believes. */
  static void renameABranch(Store store, byte[] changes) {
    try (Writer writer = store.writer(MOMENT)) {
      assertEquals(2, writer.apply(changes));
    }
    try (Snapshot snapshot = store.snapshot();
        Table found = snapshot.search("桂花", DAY)) {
      assertEquals("org:1001", found.get(0).text("node"));
    }
  }
}
