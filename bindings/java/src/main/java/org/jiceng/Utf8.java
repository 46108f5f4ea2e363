package org.jiceng;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Texts as bytes and back.  UTF-8 always: the platform's charset is asked nowhere. */
final class Utf8 {
  private Utf8() {}

  /** The bytes; null for null. */
  static byte[] bytes(String text) {
    if (text == null) {
      return null;
    }
    try {
      ByteBuffer encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
      return Arrays.copyOf(encoded.array(), encoded.limit());
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("half a surrogate pair is no text", e);
    }
  }

  static long length(byte[] bytes) {
    return bytes == null ? 0 : bytes.length;
  }

  /** The bytes and a NUL, for a text that comes without its length; null for null. */
  static byte[] terminated(String text) {
    if (text == null) {
      return null;
    }
    if (text.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("a NUL inside a text");
    }
    byte[] bytes = bytes(text);
    return Arrays.copyOf(bytes, bytes.length + 1);
  }

  /** The same outside the heap, for a field of a struct; null for null. */
  static Memory memory(String text) {
    if (text == null) {
      return null;
    }
    byte[] bytes = terminated(text);
    Memory memory = new Memory(bytes.length);
    memory.write(0, bytes, 0, bytes.length);
    return memory;
  }

  static String read(Pointer text) {
    return text == null ? "" : text.getString(0, "UTF-8");
  }

  /** An array of texts outside the heap; null for none. */
  static Memory array(List<String> texts) {
    return texts.isEmpty() ? null : new Texts(texts);
  }

  /** Keeps the texts as long as the array that points to them. */
  private static final class Texts extends Memory {
    private final List<Memory> texts;

    Texts(List<String> list) {
      super((long) list.size() * Long.BYTES);
      texts = list.stream().map(Utf8::memory).collect(Collectors.toList());
      for (int i = 0; i < texts.size(); ++i) {
        setPointer((long) i * Long.BYTES, texts.get(i));
      }
    }
  }
}
