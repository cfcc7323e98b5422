// SPDX-License-Identifier: Apache-2.0
package org.anabranch.cli.shell;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import org.anabranch.cli.client.AnswerLines;
import org.anabranch.cli.client.CutAnswerException;
import org.anabranch.cli.client.Server;
import org.anabranch.cli.output.Format;
import org.anabranch.cli.output.Table;
import org.anabranch.cli.output.TableText;

/** Asks the server and prints what it answers; other forms than a table as they come. */
public final class QueryPrinter {
  private final Server server;
  private final Format format;
  private final PrintStream out;
  private final boolean colour;

  public QueryPrinter(Server server, Format format, PrintStream out, boolean colour) {
    this.server = server;
    this.format = format;
    this.out = out;
    this.colour = colour;
  }

  /**
   * Prints the answer to one statement.
   *
   * @return how many rows it has, -1 where nobody counted
   */
  public long print(String statement) throws IOException {
    try (InputStream answer = server.sql(statement, format.accept())) {
      if (format == Format.NDJSON) {
        AnswerLines.print(answer, out);
        return -1;
      }
      if (format != Format.TABLE) {
        answer.transferTo(out);
        out.flush();
        return -1;
      }
      JsonNode read = read(answer);
      new TableText(colour, "").print(Table.ofAnswer(read), out);
      return read.path("rows").size();
    }
  }

  private static JsonNode read(InputStream answer) throws IOException {
    try {
      return Server.JSON.readTree(answer);
    } catch (JsonProcessingException e) {
      throw new CutAnswerException("it is no whole JSON: " + e.getOriginalMessage(), e);
    }
  }
}
