// SPDX-License-Identifier: Apache-2.0
package org.anabranch.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.anabranch.cli.output.Format;
import org.anabranch.cli.output.Table;
import org.anabranch.cli.output.TableText;
import picocli.CommandLine.Option;

/** In which form a command's data are written. */
final class OutputOptions {
  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      defaultValue = "table",
      description = "table, json, ndjson or csv; default ${DEFAULT-VALUE}.")
  private String format;

  Format format() {
    try {
      return Format.valueOf(format.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw CommandException.usage(
          "Cannot write '" + format + "': -o takes table, json, ndjson or csv");
    }
  }

  /**
   * Writes an answer of the server.
   *
   * @param answer the answer as it came, for JSON
   * @param items its list, for NDJSON
   * @param table its table, for everything else
   */
  void print(Terminal terminal, JsonNode answer, JsonNode items, Table table) {
    PrintStream out = terminal.out();
    switch (format()) {
      case JSON -> out.println(answer.toPrettyString());
      case NDJSON -> {
        if (items.isArray()) {
          items.forEach(item -> out.println(item.toString()));
        } else {
          out.println(items.toString());
        }
      }
      case CSV -> printCsv(table, out);
      case TABLE -> new TableText(terminal.colour(), "").print(table, out);
    }
  }

  private static void printCsv(Table table, PrintStream out) {
    out.println(csv(table.columns().stream().map(c -> Optional.of(c.name())).toList()));
    table.rows().forEach(row -> out.println(csv(row)));
  }

  /** An empty field is NULL, a quoted empty one an empty text, as in our own CSV answers. */
  private static String csv(List<Optional<String>> cells) {
    List<String> fields = new ArrayList<>();
    for (Optional<String> cell : cells) {
      fields.add(cell.map(OutputOptions::field).orElse(""));
    }
    return String.join(",", fields);
  }

  private static String field(String text) {
    boolean quoted = text.isEmpty() || text.chars().anyMatch(c -> ",\"\r\n".indexOf(c) >= 0);
    return quoted ? '"' + text.replace("\"", "\"\"") + '"' : text;
  }
}
