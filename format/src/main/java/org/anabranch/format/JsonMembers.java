// SPDX-License-Identifier: Apache-2.0
package org.anabranch.format;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The members of an object in canonical form: sorted by the names' bytes, without white space,
 * strings as {@link JsonText} writes them, numbers as they were written.
 */
final class JsonMembers {
  private final TreeMap<byte[], byte[]> members = new TreeMap<>(Arrays::compareUnsigned);

  boolean isEmpty() {
    return members.isEmpty();
  }

  Map<byte[], byte[]> members() {
    return members;
  }

  /** Adds a member whose value is canonical JSON text. */
  void put(byte[] name, byte[] value) {
    if (members.put(name, value) != null) {
      throw duplicate(name, "");
    }
  }

  static Rejected duplicate(byte[] name, String column) {
    return new Rejected(
        "duplicate",
        column,
        "Cannot take the field " + Excerpt.of(name, 0, name.length) + " twice in one object");
  }

  void write(ByteSink out) {
    out.add('{');
    boolean first = true;
    for (Map.Entry<byte[], byte[]> member : members.entrySet()) {
      if (!first) {
        out.add(',');
      }
      first = false;
      JsonText.quote(member.getKey(), 0, member.getKey().length, out);
      out.add(':');
      out.add(member.getValue());
    }
    out.add('}');
  }

  byte[] toBytes() {
    ByteSink out = new ByteSink();
    write(out);
    return out.toBytes();
  }

  /** Reads any value in canonical form. */
  static byte[] value(JsonScanner in, int depth) {
    ByteSink out = new ByteSink();
    copy(in, depth, out);
    return out.toBytes();
  }

  private static void copy(JsonScanner in, int depth, ByteSink out) {
    switch (in.peek()) {
      case '"' -> {
        in.position++;
        in.string();
        JsonText.quote(in.text, in.textFrom, in.textTo, out);
      }
      case '{' -> object(in, JsonScanner.nested(depth)).write(out);
      case '[' -> array(in, JsonScanner.nested(depth), out);
      case 't', 'f' -> out.add(in.truth() ? "true" : "false");
      case 'n' -> {
        in.word("null");
        out.add("null");
      }
      default -> {
        in.number();
        out.add(in.number.bytes, in.number.from, in.number.to);
      }
    }
  }

  /** Reads an object at whose opening brace the scanner stands. */
  static JsonMembers object(JsonScanner in, int depth) {
    JsonMembers members = new JsonMembers();
    in.position++;
    if (in.peek() == '}') {
      in.position++;
      return members;
    }
    do {
      in.expect('"');
      in.name();
      byte[] name = Arrays.copyOfRange(in.text, in.textFrom, in.textTo);
      in.expect(':');
      members.put(name, value(in, depth));
    } while (in.another('}'));
    return members;
  }

  /** The elements of an array in canonical form; null for each that is null. */
  static List<byte[]> elements(byte[] array) {
    JsonScanner in = new JsonScanner();
    in.reset(array, 0, array.length);
    in.expect('[');
    List<byte[]> elements = new ArrayList<>();
    do {
      byte[] value = value(in, 1);
      elements.add(value.length == 4 && value[0] == 'n' ? null : value);
    } while (in.another(']'));
    return elements;
  }

  private static void array(JsonScanner in, int depth, ByteSink out) {
    out.add('[');
    in.position++;
    if (in.peek() == ']') {
      in.position++;
    } else {
      copy(in, depth, out);
      while (in.another(']')) {
        out.add(',');
        copy(in, depth, out);
      }
    }
    out.add(']');
  }
}
