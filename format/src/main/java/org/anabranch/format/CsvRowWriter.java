// SPDX-License-Identifier: Apache-2.0
package org.anabranch.format;

import java.util.List;
import org.anabranch.view.Vector;

/**
 * Writes CSV rows; a field is quoted where its bare text would be read as something else. Where
 * quoting is off there is no place for such a field.
 */
final class CsvRowWriter implements RowWriter {
  private final ColumnWriter[] columns;
  private final CsvStyle style;
  private final List<byte[]> nullTokens;
  private final ByteSink text = new ByteSink();

  CsvRowWriter(ColumnWriter[] columns, CsvStyle style, List<String> nullTokens) {
    this.columns = columns;
    this.style = style;
    this.nullTokens =
        nullTokens.stream().map(t -> t == null ? new byte[0] : StreamReaders.utf8(t)).toList();
  }

  @Override
  public void write(List<Vector> vectors, int row, ByteSink out) {
    for (int i = 0; i < columns.length; i++) {
      if (i > 0) {
        out.add(style.delimiter());
      }
      if (!vectors.get(i).isNull(row)) {
        text.clear();
        columns[i].write(vectors.get(i), row, text);
        field(text.bytes(), 0, text.length(), style, nullTokens.get(i), out);
      }
    }
  }

  static void field(byte[] text, int from, int to, CsvStyle style, byte[] nullToken, ByteSink out) {
    if (!needsQuotes(text, from, to, style, nullToken)) {
      out.add(text, from, to);
      return;
    }
    if (!style.quoted()) {
      throw new Rejected(
          "syntax",
          "",
          "Cannot write " + Excerpt.of(text, from, to) + " as a field of CSV without quotes");
    }
    out.add('"');
    for (int i = from; i < to; i++) {
      if (text[i] == '"') {
        out.add('"');
      }
      out.add(text[i]);
    }
    out.add('"');
  }

  private static boolean needsQuotes(
      byte[] text, int from, int to, CsvStyle style, byte[] nullToken) {
    boolean isToken =
        nullToken != null
            && java.util.Arrays.equals(text, from, to, nullToken, 0, nullToken.length);
    boolean needed = from == to || isToken;
    for (int i = from; !needed && i < to; i++) {
      byte next = text[i];
      needed =
          next == style.delimiter()
              || (next == '"' && style.quoted())
              || next == '\n'
              || next == '\r';
    }
    return needed;
  }
}
