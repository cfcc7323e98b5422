// SPDX-License-Identifier: Apache-2.0
package org.anabranch.serving;

import java.io.IOException;
import java.io.Writer;
import java.util.List;
import org.anabranch.view.Column;

/** Answers as CSV. */
final class CsvText {
  private CsvText() {}

  static void write(Answer answer, Writer out) throws IOException {
    List<Column> columns = answer.schema().columns();
    for (int i = 0; i < columns.size(); i++) {
      out.append(i == 0 ? "" : ",").append(quoted(columns.get(i).name()));
    }
    out.append("\r\n");
    for (Object[] row = answer.next(); row != null; row = answer.next()) {
      for (int i = 0; i < row.length; i++) {
        out.append(i == 0 ? "" : ",");
        if (row[i] != null) {
          out.append(quoted(ValueText.of(row[i], columns.get(i).type())));
        }
      }
      out.append("\r\n");
    }
  }

  /** A line of one NULL is empty, and no line of one empty text is. */
  private static String quoted(String text) {
    boolean plain = !text.isEmpty() && text.chars().noneMatch(CsvText::isSpecial);
    return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
  }

  private static boolean isSpecial(int c) {
    return c == '"' || c == ',' || c == '\n' || c == '\r';
  }
}
