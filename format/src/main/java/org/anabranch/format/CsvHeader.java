// SPDX-License-Identifier: Apache-2.0
package org.anabranch.format;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.anabranch.view.Column;
import org.anabranch.view.StreamDefinition;

/**
 * Which column each field of a CSV row belongs to: -1 for a field that no column asks for. Header
 * names match a column's field, or its name, without regard to case.
 */
final class CsvHeader {
  private final List<String> names;
  private final int[] columns;

  private CsvHeader(List<String> names, int[] columns) {
    this.names = names;
    this.columns = columns;
  }

  /** The declared columns in their order. */
  static CsvHeader declared(StreamDefinition stream) {
    int size = stream.schema().size();
    return new CsvHeader(
        stream.schema().names(), java.util.stream.IntStream.range(0, size).toArray());
  }

  /**
   * Reads a header line.
   *
   * @throws Rejected if it cannot be one
   */
  static CsvHeader parse(
      StreamDefinition stream, byte delimiter, byte[] bytes, int offset, int length) {
    if (Utf8.firstInvalid(bytes, offset, offset + length) >= 0) {
      throw new Rejected("encoding", "", "Cannot read the header line: it is not UTF-8");
    }
    CsvFields fields = new CsvFields(delimiter);
    fields.split(bytes, offset, length);
    List<String> names = new ArrayList<>();
    for (int i = 0; i < fields.count(); i++) {
      if (fields.to(i) - fields.from(i) > Limits.NAME_BYTES) {
        throw JsonScanner.nameTooLong(fields.to(i) - fields.from(i));
      }
      names.add(fields.text(i));
    }
    return new CsvHeader(names, columns(stream, names));
  }

  static CsvHeader parse(StreamDefinition stream, byte delimiter, String line) {
    byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
    return parse(stream, delimiter, bytes, 0, bytes.length);
  }

  private static int[] columns(StreamDefinition stream, List<String> names) {
    Map<String, Integer> known = new HashMap<>();
    List<Column> declared = stream.schema().columns();
    for (int i = 0; i < declared.size(); i++) {
      if (known.put(folded(StreamReaders.field(declared.get(i))), i) != null) {
        throw new Rejected(
            "syntax",
            "",
            "Cannot tell columns apart by a header line: two are named "
                + StreamReaders.field(declared.get(i)));
      }
    }
    Set<String> seen = new HashSet<>();
    int[] columns = new int[names.size()];
    for (int i = 0; i < columns.length; i++) {
      String name = folded(names.get(i));
      columns[i] = known.getOrDefault(name, -1);
      if (!seen.add(columns[i] < 0 ? names.get(i) : name)) {
        throw new Rejected(
            "duplicate", "", "Cannot read a header line that has \"" + names.get(i) + "\" twice");
      }
    }
    if (Arrays.stream(columns).allMatch(column -> column < 0)) {
      throw new Rejected(
          "syntax",
          "",
          "Cannot find any column of "
              + stream.name()
              + " in the header line "
              + Excerpt.of(utf8(names), 0, utf8(names).length)
              + ": is the header line missing? The columns are "
              + String.join(", ", declared.stream().map(StreamReaders::field).toList()));
    }
    return columns;
  }

  private static byte[] utf8(List<String> names) {
    return StreamReaders.utf8(String.join(",", names));
  }

  private static String folded(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  /** Whether these are just the declared columns in their order. */
  boolean isDeclared(StreamDefinition stream) {
    boolean same = columns.length == stream.schema().size();
    for (int i = 0; same && i < columns.length; i++) {
      same = columns[i] == i;
    }
    return same;
  }

  int size() {
    return columns.length;
  }

  int column(int field) {
    return columns[field];
  }

  String name(int field) {
    return names.get(field);
  }
}
