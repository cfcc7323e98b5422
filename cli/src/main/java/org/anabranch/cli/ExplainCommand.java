// SPDX-License-Identifier: Apache-2.0
package org.anabranch.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.Callable;
import org.anabranch.cli.client.Server;
import org.anabranch.cli.output.Format;
import org.anabranch.cli.output.Numbers;
import org.anabranch.cli.output.Table;
import org.anabranch.cli.output.TableText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Shows what a view is made of. */
@Command(
    name = "explain",
    header = "Show how a view is computed.",
    footer = {"Example:", "  anabranch explain delays", ""},
    description = {"", "Shows how a view is computed and which segments answer for it.", ""})
final class ExplainCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(paramLabel = "VIEW", description = "The view.")
  private String view;

  @Mixin private OutputOptions output = new OutputOptions();
  @Mixin private ConnectionOptions connection = new ConnectionOptions();

  ExplainCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    Format format = output.format();
    JsonNode answer =
        connection.with(
            terminal, server -> server.get("/v1/views/" + Server.encoded(view) + "/explain"));
    if (format == Format.TABLE) {
      show(answer);
    } else {
      output.print(terminal, answer, answer.path("segments"), segments(answer));
    }
    return ExitCode.OK;
  }

  private void show(JsonNode answer) {
    terminal.out().println(answer.path("sql").asText().strip());
    terminal.out().println();
    line("stream", answer.path("stream"));
    line("fold", answer.path("fold"));
    line("window", answer.path("window"));
    line("filter", answer.path("filter"));
    answer.path("keys").forEach(key -> line("key", key));
    answer.path("aggregates").forEach(aggregate -> line("aggregate", aggregate));
    line("having", answer.path("having"));
    terminal.out().println();
    new TableText(terminal.colour(), "").print(segments(answer), terminal.out());
    if (answer.has("differenceFromBefore")) {
      difference(answer.path("differenceFromBefore"));
    }
  }

  private void difference(JsonNode difference) {
    terminal.out().println();
    terminal
        .out()
        .println(
            "When this definition took the place of the one before: "
                + groups(difference, "same")
                + " equal, "
                + groups(difference, "different")
                + " different, "
                + groups(difference, "onlyLeft")
                + " only before, "
                + groups(difference, "onlyRight")
                + " only now");
    for (JsonNode sample : difference.path("samples")) {
      terminal.out().println(sample.path("key").asText());
      terminal.out().println("  before: " + said(sample.path("left")));
      terminal.out().println("  now:    " + said(sample.path("right")));
    }
  }

  private static String groups(JsonNode difference, String which) {
    return Numbers.grouped(difference.path(which).asLong());
  }

  private static String said(JsonNode values) {
    return values.asText().isEmpty() ? "nothing" : values.asText();
  }

  private void line(String name, JsonNode value) {
    if (!value.isMissingNode() && !value.isNull()) {
      terminal.out().println(String.format("%-10s %s", name, value.asText()));
    }
  }

  private static Table segments(JsonNode answer) {
    Table table = Table.of("segment", "origin", "durable", "groups>", "bytes>", "coverage");
    for (JsonNode segment : answer.path("segments")) {
      table.row(
          segment.path("id").asText(),
          segment.path("origin").asText(),
          segment.path("durable").asBoolean() ? "yes" : "no",
          segment.path("groups").asLong(),
          segment.path("bytes").asLong(),
          segment.path("coverage").asText());
    }
    return table;
  }
}
