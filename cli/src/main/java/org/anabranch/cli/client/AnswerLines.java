// SPDX-License-Identifier: Apache-2.0
package org.anabranch.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** An answer of one object a line, whose last line says that it is whole and is not a row. */
public final class AnswerLines {
  private AnswerLines() {}

  /**
   * Prints the rows.
   *
   * @return how many there are
   * @throws CutAnswerException if the last line is missing or counts otherwise
   */
  public static long print(InputStream answer, PrintStream out) throws IOException {
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(answer, StandardCharsets.UTF_8));
    long rows = 0;
    String held = lines.readLine();
    for (String next = lines.readLine(); next != null; next = lines.readLine()) {
      out.print(held);
      out.print('\n');
      rows++;
      held = next;
    }
    out.flush();
    if (!isEnd(held, rows)) {
      throw new CutAnswerException(
          "its last line does not say that it is complete with " + rows + " rows", null);
    }
    return rows;
  }

  private static boolean isEnd(String line, long rows) {
    try {
      JsonNode end = line == null ? null : Server.JSON.readTree(line);
      return end != null
          && end.path("complete").asBoolean(false)
          && end.path("rows").asLong(-1) == rows;
    } catch (IOException notJson) {
      return false;
    }
  }
}
