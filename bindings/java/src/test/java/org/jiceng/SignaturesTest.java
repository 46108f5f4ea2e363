package org.jiceng;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.jna.Pointer;
import com.sun.jna.Structure;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What {@link LibJiceng} declares is what the headers declare. */
class SignaturesTest {
  private static final Map<String, Class<?>> SCALARS = new HashMap<>();
  private static final Map<String, Class<? extends Structure>> STRUCTS = new HashMap<>();

  static {
    SCALARS.put("void", void.class);
    SCALARS.put("int32_t", int.class);
    SCALARS.put("uint32_t", int.class);
    SCALARS.put("int64_t", long.class);
    SCALARS.put("uint64_t", long.class);
    SCALARS.put("size_t", long.class);
    SCALARS.put("jiceng_status", int.class);
    SCALARS.put("jiceng_progress_fn", LibJiceng.ProgressCallback.class);
    SCALARS.put("jiceng_notice_fn", LibJiceng.NoticeCallback.class);
    for (Class<?> nested : LibJiceng.class.getDeclaredClasses()) {
      if (Structure.class.isAssignableFrom(nested)) {
        STRUCTS.put(nested.getSimpleName(), nested.asSubclass(Structure.class));
      }
    }
  }

  private static String read(String pattern) throws IOException {
    try (Stream<Path> files = Files.list(Fixture.SOURCE.resolve("include/jiceng"))) {
      StringBuilder all = new StringBuilder();
      for (Path file : files.filter(f -> f.toString().endsWith(pattern)).sorted().collect(Collectors.toList())) {
        all.append(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
      }
      return all.toString().replaceAll("(?s)/\\*.*?\\*/", "");
    }
  }

  /** The Java types that fit a C type. */
  private static List<Class<?>> expected(String declared) {
    String type = declared.replaceAll("\\bconst\\b", "");
    int stars = type.length() - type.replace("*", "").length();
    String name = type.replace("*", "").trim();
    if (stars == 0) {
      return Collections.singletonList(SCALARS.get(name));
    }
    if (stars == 1) {
      switch (name) {
        case "char":
        case "void":
          return Arrays.asList(byte[].class, Pointer.class);
        case "int32_t":
          return Arrays.asList(int[].class, Pointer.class);
        case "int64_t":
        case "size_t":
          return Arrays.asList(long[].class, Pointer.class);
        default:
          return Collections.singletonList(STRUCTS.containsKey(name) ? STRUCTS.get(name) : Pointer.class);
      }
    }
    return Collections.singletonList(name.equals("char") ? Pointer.class : long[].class);
  }

  private static String withoutName(String parameter) {
    return parameter.trim().replaceAll("\\b\\w+$", "").trim();
  }

  @Test
  void everyFunctionIsDeclaredAsTheHeaderHasIt() throws IOException {
    Map<String, Method> mine = new TreeMap<>();
    for (Method method : LibJiceng.class.getDeclaredMethods()) {
      if (Modifier.isNative(method.getModifiers())) {
        mine.put(method.getName(), method);
      }
    }
    Matcher matcher =
        Pattern.compile("JICENG_API\\s+([^;()]*?)\\b(jiceng_\\w+)\\s*\\(([^;]*)\\)\\s*;").matcher(read(".h"));
    TreeSet<String> declared = new TreeSet<>();
    while (matcher.find()) {
      String name = matcher.group(2);
      declared.add(name);
      Method method = mine.get(name);
      if (method == null) {
        continue; // the comparison of the names below says which
      }
      assertTrue(expected(matcher.group(1)).contains(method.getReturnType()), name + " gives " + matcher.group(1));
      List<String> parameters = new ArrayList<>();
      if (!matcher.group(3).trim().equals("void")) {
        Arrays.stream(matcher.group(3).split(",")).map(SignaturesTest::withoutName).forEach(parameters::add);
      }
      assertEquals(parameters.size(), method.getParameterCount(), name);
      for (int i = 0; i < parameters.size(); ++i) {
        assertTrue(
            expected(parameters.get(i)).contains(method.getParameterTypes()[i]), name + ", " + parameters.get(i));
      }
    }
    assertEquals(declared, mine.keySet());
  }

  @Test
  void everyStructHasTheHeadersFields() throws IOException {
    Matcher struct = Pattern.compile("(?s)typedef struct (\\w+) \\{(.*?)\\} \\1;").matcher(read(".h"));
    TreeSet<String> declared = new TreeSet<>();
    while (struct.find()) {
      declared.add(struct.group(1));
      Class<? extends Structure> mine = STRUCTS.get(struct.group(1));
      List<String> names = new ArrayList<>();
      for (String field : struct.group(2).trim().split("\\s*;\\s*")) {
        String name = field.replaceAll("(?s).*\\b(\\w+)$", "$1");
        names.add(name);
        Class<?> type = field(mine, name);
        assertTrue(expected(withoutName(field)).contains(type), struct.group(1) + "." + name + " is " + type);
      }
      assertEquals(names, Arrays.asList(mine.getAnnotation(Structure.FieldOrder.class).value()));
    }
    assertEquals(declared, new TreeSet<>(STRUCTS.keySet()));
  }

  private static Class<?> field(Class<?> in, String name) {
    try {
      return in.getField(name).getType();
    } catch (NoSuchFieldException e) {
      throw new AssertionError(in + " has no " + name, e);
    }
  }

  /** As tests/abi/layout.c pins it. */
  @Test
  void structsLieInMemoryAsTheyArePinned() throws Exception {
    String pinned =
        new String(Files.readAllBytes(Fixture.SOURCE.resolve("tests/abi/layout.c")), StandardCharsets.UTF_8);
    Matcher matcher = Pattern.compile("(SIZE|AT)\\((jiceng_\\w+_options)(?:, (\\w+))?, (\\d+)\\);").matcher(pinned);
    int checked = 0;
    for (; matcher.find(); ++checked) {
      Offsets struct = new Offsets(STRUCTS.get(matcher.group(2)).getDeclaredConstructor().newInstance());
      int is = matcher.group(1).equals("SIZE") ? struct.size() : struct.of(matcher.group(3));
      assertEquals(Integer.parseInt(matcher.group(4)), is, matcher.group());
    }
    assertTrue(checked > 30, "only " + checked);
  }

  /** Offsets are found by writing one field at a time: JNA keeps them to itself. */
  private static final class Offsets {
    private final Structure struct;

    Offsets(Structure struct) {
      this.struct = struct;
    }

    int size() {
      return struct.size();
    }

    int of(String field) throws Exception {
      byte[] before = written();
      Class<?> type = struct.getClass().getField(field).getType();
      struct.getClass().getField(field).set(struct, another(type));
      byte[] after = written();
      for (int i = 0; i < after.length; ++i) {
        if (before[i] != after[i]) {
          return i;
        }
      }
      throw new AssertionError(field + " is nowhere");
    }

    /** A value whose every byte may differ from what an option starts with. */
    private static Object another(Class<?> type) {
      if (type == int.class) {
        return 0x01010101;
      }
      if (type == long.class) {
        return 0x0101010101010101L;
      }
      if (type == LibJiceng.NoticeCallback.class) {
        LibJiceng.NoticeCallback untold = (level, event, text, user) -> {};
        return untold;
      }
      LibJiceng.ProgressCallback nothing = (stage, done, total, user) -> 0;
      return type == Pointer.class ? new Pointer(0x0101010101010101L) : nothing;
    }

    private byte[] written() {
      struct.write();
      return struct.getPointer().getByteArray(0, struct.size());
    }
  }

  /** Enums have the header's numbers. */
  @Test
  void enumsHaveTheHeadersNumbers() throws IOException {
    Map<String, Integer> header = new HashMap<>();
    Matcher matcher = Pattern.compile("\\bJICENG_(\\w+)\\s*=\\s*(\\d+)").matcher(read(".h"));
    while (matcher.find()) {
      header.put(matcher.group(1), Integer.parseInt(matcher.group(2)));
    }
    for (ErrorCode code : ErrorCode.values()) {
      assertEquals(header.get(code.name()), code.number(), code.name());
    }
    for (Language language : Language.values()) {
      assertEquals(header.get("LANG_" + language), language.number());
    }
    for (ImportOutcome outcome : ImportOutcome.values()) {
      assertEquals(header.get("IMPORT_" + outcome), outcome.number());
    }
  }
}
