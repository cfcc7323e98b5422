// SPDX-License-Identifier: Apache-2.0
package org.anabranch.format;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
   * Reads a header line, its names being just what stands there: the verdict of every row that was
   * stored with the line depends on it.
   *
   * @throws Rejected if it cannot be one
   */
  static CsvHeader parse(StreamDefinition stream, CsvStyle style, String line) {
    List<String> names = names(style, StreamReaders.utf8(line));
    return new CsvHeader(names, columns(stream, style, names));
  }

  /** The names in a header line, as they stand there. */
  static List<String> names(CsvStyle style, byte[] line) {
    if (Utf8.firstInvalid(line, 0, line.length) >= 0) {
      throw new Rejected("encoding", "", "Cannot read the header line: it is not UTF-8");
    }
    CsvFields fields = new CsvFields(style);
    fields.split(line, 0, line.length);
    List<String> names = new ArrayList<>();
    for (int i = 0; i < fields.count(); i++) {
      if (fields.to(i) - fields.from(i) > Limits.NAME_BYTES) {
        throw JsonScanner.nameTooLong(fields.to(i) - fields.from(i));
      }
      names.add(fields.text(i));
    }
    return names;
  }

  private static int[] columns(StreamDefinition stream, CsvStyle style, List<String> names) {
    Map<String, Integer> known = known(stream);
    Map<String, Integer> seen = new HashMap<>();
    int[] columns = new int[names.size()];
    for (int i = 0; i < columns.length; i++) {
      String name = folded(names.get(i));
      columns[i] = known.getOrDefault(name, -1);
      Integer before = seen.put(columns[i] < 0 ? names.get(i) : name, i);
      if (before != null) {
        throw new Rejected("duplicate", "", twice(names, before, i));
      }
    }
    if (Arrays.stream(columns).allMatch(column -> column < 0)) {
      throw new Rejected("syntax", "", nothingFound(stream, style, names));
    }
    return columns;
  }

  private static Map<String, Integer> known(StreamDefinition stream) {
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
    return known;
  }

  private static String twice(List<String> names, int first, int second) {
    String places = " (fields " + (first + 1) + " and " + (second + 1) + ")";
    return names.get(second).isEmpty()
        ? "Cannot read a header line of which two fields have no name" + places
        : "Cannot read a header line that has \"" + names.get(second) + "\" twice" + places;
  }

  private static String nothingFound(StreamDefinition stream, CsvStyle style, List<String> names) {
    byte[] line = StreamReaders.utf8(String.join(Character.toString(style.delimiter()), names));
    return "Cannot find any column of "
        + stream.name()
        + " in the header line "
        + Excerpt.of(line, 0, line.length)
        + OtherDelimiter.of(stream, style, names)
            .map(CsvHeader::fitting)
            .orElse(": is the header line missing?")
        + " The columns are "
        + String.join(", ", stream.schema().columns().stream().map(StreamReaders::field).toList());
  }

  private static String fitting(CsvStyle other) {
    return ": the delimiter in force is another, and '"
        + other.delimiterText()
        + "' would fit (--delimiter "
        + other.delimiterWord()
        + ", Content-Type: text/csv; delimiter="
        + other.delimiterWord()
        + ").";
  }

  /** How many of the names a column of the stream reads. */
  static int found(StreamDefinition stream, List<String> names) {
    Map<String, Integer> known = known(stream);
    return (int) names.stream().filter(name -> known.containsKey(folded(name.strip()))).count();
  }

  private static String folded(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  /** The line that is stored with rows whose fields have these names. */
  static String line(CsvStyle style, List<String> names) {
    if (!style.quoted()) {
      return String.join(Character.toString(style.delimiter()), names);
    }
    ByteSink out = new ByteSink();
    for (int i = 0; i < names.size(); i++) {
      if (i > 0) {
        out.add(style.delimiter());
      }
      byte[] name = StreamReaders.utf8(names.get(i));
      CsvRowWriter.field(name, 0, name.length, style, null, out);
    }
    return new String(out.toBytes(), StandardCharsets.UTF_8);
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
