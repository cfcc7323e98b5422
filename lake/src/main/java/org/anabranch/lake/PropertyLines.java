// SPDX-License-Identifier: Apache-2.0
package org.anabranch.lake;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A text of lines {@code name value}: how the lake writes records into table properties. */
final class PropertyLines {
  private record Line(String name, String value) {}

  private final List<Line> lines = new ArrayList<>();

  PropertyLines add(String name, Object value) {
    lines.add(new Line(name, String.valueOf(value)));
    return this;
  }

  static PropertyLines parse(String text) {
    PropertyLines parsed = new PropertyLines();
    for (String line : text.split("\n", -1)) {
      int blank = line.indexOf(' ');
      if (blank <= 0) {
        throw new LakeException("Cannot read the property line '" + line + "': no name in it");
      }
      parsed.add(line.substring(0, blank), unescaped(line.substring(blank + 1)));
    }
    return parsed;
  }

  String get(String name) {
    return find(name)
        .orElseThrow(() -> new LakeException("Cannot read a property without '" + name + "'"));
  }

  long number(String name) {
    return Long.parseLong(get(name));
  }

  Optional<String> find(String name) {
    return all(name).stream().findFirst();
  }

  List<String> all(String name) {
    return lines.stream().filter(line -> line.name.equals(name)).map(Line::value).toList();
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (Line line : lines) {
      text.append(text.length() == 0 ? "" : "\n").append(line.name).append(' ');
      text.append(escaped(line.value));
    }
    return text.toString();
  }

  private static String escaped(String value) {
    return value.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r");
  }

  private static String unescaped(String value) {
    StringBuilder text = new StringBuilder(value.length());
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '\\' && i + 1 < value.length()) {
        i++;
        char next = value.charAt(i);
        text.append(next == 'n' ? '\n' : next == 'r' ? '\r' : next);
      } else {
        text.append(c);
      }
    }
    return text.toString();
  }
}
