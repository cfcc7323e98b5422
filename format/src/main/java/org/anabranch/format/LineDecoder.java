// SPDX-License-Identifier: Apache-2.0
package org.anabranch.format;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.anabranch.view.Column;
import org.anabranch.view.StreamDefinition;
import org.anabranch.view.Vector;

/** Decodes one line by a regular expression, in time linear in its length. */
final class LineDecoder implements RowDecoder {
  private final StreamReaders columns;
  private final Matcher matcher;

  /** The group of each column, -1 for a column without one. */
  private final int[] groups;

  LineDecoder(StreamReaders columns) {
    this.columns = columns;
    Pattern pattern = compile(columns.stream);
    this.matcher = pattern.matcher(new byte[0]);
    this.groups = groups(columns.stream, pattern.namedGroups());
  }

  private static Pattern compile(StreamDefinition stream) {
    String text = stream.options().get("pattern");
    if (text == null) {
      throw new IllegalArgumentException(
          "Cannot read lines of stream " + stream.name() + ": it has no 'pattern'");
    }
    try {
      return Pattern.compile(text);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "Cannot use pattern '" + text + "': " + e.getDescription(), e);
    }
  }

  private static int[] groups(StreamDefinition stream, Map<String, Integer> named) {
    Map<String, Integer> free = new HashMap<>();
    named.forEach((name, group) -> free.put(name.toLowerCase(Locale.ROOT), group));
    List<Column> declared = stream.schema().columns();
    int[] groups = new int[declared.size()];
    Arrays.fill(groups, -1);
    for (int i = 0; i < groups.length; i++) {
      Column column = declared.get(i);
      Integer group = free.remove(StreamReaders.field(column).toLowerCase(Locale.ROOT));
      groups[i] = group == null ? -1 : group;
      if (group == null && !column.nullable() && column.defaultValue().isEmpty()) {
        throw new IllegalArgumentException(
            "Cannot fill column "
                + column.name()
                + ": the pattern has no group (?P<"
                + StreamReaders.field(column)
                + ">...), and it is NOT NULL without a DEFAULT");
      }
    }
    if (!free.isEmpty() || named.isEmpty()) {
      throw new IllegalArgumentException(
          "Cannot use the pattern of "
              + stream.name()
              + ": its groups "
              + (named.isEmpty() ? "(none)" : String.join(", ", free.keySet()))
              + " name no column; the columns are "
              + String.join(", ", declared.stream().map(StreamReaders::field).toList()));
    }
    return groups;
  }

  @Override
  public void decode(byte[] bytes, int offset, int length, RowsBuilder rows) {
    byte[] line =
        offset == 0 && length == bytes.length
            ? bytes
            : Arrays.copyOfRange(bytes, offset, offset + length);
    matcher.reset(line);
    if (!matcher.matches()) {
      throw new Rejected(
          "syntax",
          "",
          "Cannot match the line "
              + Excerpt.of(line, 0, line.length)
              + " with the pattern of "
              + columns.stream.name());
    }
    for (int i = 0; i < groups.length; i++) {
      if (groups[i] >= 0) {
        read(line, matcher.start(groups[i]), matcher.end(groups[i]), i, rows.vector(i));
      }
    }
    columns.fillMissing(rows);
    columns.fillRest(null, rows);
  }

  /** A group without part in the match is NULL, and so is an empty one that is not VARCHAR. */
  private void read(byte[] line, int from, int to, int column, Vector out) {
    ColumnReader reader = columns.readers[column];
    boolean empty = from < 0 || (from == to && !reader.isText());
    if (empty || reader.isNullToken(line, from, to)) {
      reader.readNull(out);
    } else {
      reader.readText(line, from, to, out);
    }
  }
}
