package org.jiceng;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.jna.NativeLibrary;
import java.io.BufferedReader;
import java.io.File;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Where the library is looked for, and that it stays to itself. */
class LoaderTest {
  /** What a virtual machine of its own prints. */
  public static void main(String[] arguments) {
    try {
      System.out.println("version " + Catalogue.version());
    } catch (LinkageError e) {
      System.out.println("refused " + e.getMessage());
    }
  }

  private static String run(String variable, String... options) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(System.getProperty("java.home") + File.separator + "bin" + File.separator + "java");
    command.addAll(Arrays.asList(options));
    command.addAll(Arrays.asList("-cp", System.getProperty("java.class.path"), "org.jiceng.LoaderTest"));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().remove(Loader.VARIABLE);
    if (variable != null) {
      builder.environment().put(Loader.VARIABLE, variable);
    }
    Process process = builder.start();
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      String output = reader.lines().collect(Collectors.joining("\n"));
      assertEquals(0, process.waitFor(), output);
      return output;
    }
  }

  @Test
  void whatIsNamedIsMeant() throws Exception {
    String library = System.getProperty(Loader.PROPERTY);
    String version = "version " + Catalogue.version();
    assertEquals(version, run(null, "-Djiceng.library=" + library));
    assertEquals(version, run(library));
    assertEquals(version, run("/nowhere/libjiceng.so", "-Djiceng.library=" + library));
    assertTrue(run(library, "-Djiceng.library=/nowhere/libjiceng.so").startsWith("refused "));
    assertTrue(run("/nowhere/libjiceng.so").startsWith("refused "));
  }

  @Test
  void namesOfTheLibraryAreNotTheProcesss() {
    assertTrue(!Catalogue.version().isEmpty());
    assertThrows(UnsatisfiedLinkError.class, () -> NativeLibrary.getProcess().getFunction("jiceng_version"));
  }
}
