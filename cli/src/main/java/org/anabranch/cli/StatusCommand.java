// SPDX-License-Identifier: Apache-2.0
package org.anabranch.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.anabranch.cli.output.Format;
import org.anabranch.cli.output.Numbers;
import org.anabranch.cli.output.Table;
import org.anabranch.cli.output.TableText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Shows where a server stands. */
@Command(
    name = "status",
    header = "Show where the server stands.",
    footer = {"Example:", "  anabranch status", ""},
    description = {"", "Shows where the server stands: lanes, lag, cut, views, segments.", ""})
final class StatusCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin private OutputOptions output = new OutputOptions();
  @Mixin private ConnectionOptions connection = new ConnectionOptions();

  StatusCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    Format format = output.format();
    JsonNode status = connection.with(terminal, server -> server.get("/v1/status"));
    if (format == Format.TABLE) {
      show(status);
    } else {
      output.print(terminal, status, status.path("streams"), views(status));
    }
    return status.path("ready").asBoolean() ? ExitCode.OK : ExitCode.UNAVAILABLE;
  }

  private void show(JsonNode status) {
    List<String> lines = new ArrayList<>();
    long seconds = (status.path("asOf").asLong() - status.path("startedAt").asLong()) / 1_000;
    lines.add(
        status.path("architecture").asText()
            + (status.path("ready").asBoolean() ? ", ready" : ", not ready")
            + ", up "
            + Numbers.duration(seconds * 1_000)
            + "; "
            + status.path("durability").asText());
    status.path("waitingFor").forEach(waiting -> lines.add("waiting: " + waiting.asText()));
    status.path("failures").forEach(failure -> lines.add("FAILED: " + failure.asText()));
    status.path("streams").forEach(stream -> lost(stream, lines));
    status.path("notes").forEach(note -> lines.add("note: " + note.asText()));
    lines.forEach(terminal.out()::println);
    TableText text = new TableText(terminal.colour(), "");
    terminal.out().println();
    text.print(lanes(status), terminal.out());
    terminal.out().println();
    text.print(views(status), terminal.out());
    status
        .path("streams")
        .forEach(
            stream ->
                stream
                    .path("views")
                    .forEach(
                        view -> {
                          if (!view.path("reason").asText("").isEmpty()
                              && !view.path("reason").isNull()) {
                            terminal
                                .out()
                                .println(
                                    view.path("name").asText()
                                        + ": "
                                        + view.path("reason").asText());
                          }
                        }));
  }

  /** What was given up stays to be seen. */
  private static void lost(JsonNode stream, List<String> lines) {
    for (JsonNode gap : stream.path("lost")) {
      lines.add(
          "LOST: stream "
              + stream.path("name").asText()
              + ", lane "
              + gap.path("lane").asText()
              + ", positions "
              + gap.path("from").asLong()
              + " to "
              + (gap.path("to").asLong() - 1)
              + ": "
              + gap.path("reason").asText());
    }
  }

  private static Table lanes(JsonNode status) {
    Table table =
        Table.of(
            "stream",
            "lane",
            "frontier>",
            "log end>",
            "lag rows>",
            "lag s>",
            "lake>",
            "cut>",
            "rows/s>");
    for (JsonNode stream : status.path("streams")) {
      boolean first = true;
      for (JsonNode lane : stream.path("lanes")) {
        table.row(
            first ? stream.path("name").asText() : "",
            lane.path("lane").asText(),
            lane.path("frontier").asLong(),
            lane.path("logEnd").asLong(),
            lane.path("lagRows").asLong(),
            Numbers.fixed(lane.path("lagSeconds").asDouble(), 1),
            lane.path("archived").asLong(),
            lane.path("cut").asLong(),
            first ? Math.round(stream.path("rowsPerSecond").asDouble()) : "");
        first = false;
      }
    }
    return table;
  }

  private static Table views(JsonNode status) {
    Table table =
        Table.of(
            "view",
            "stream",
            "state",
            "segments>",
            "groups>",
            "folded>",
            "filtered>",
            "rejected>",
            "late>",
            "quarantined>",
            "state bytes>");
    for (JsonNode stream : status.path("streams")) {
      for (JsonNode view : stream.path("views")) {
        long groups = 0;
        for (JsonNode segment : view.path("segments")) {
          groups += segment.path("groups").asLong();
        }
        JsonNode tally = view.path("tally");
        table.row(
            view.path("name").asText(),
            stream.path("name").asText(),
            view.path("state").asText(),
            view.path("segments").size(),
            groups,
            tally.path("folded").asLong(),
            tally.path("filtered").asLong(),
            tally.path("rejected").asLong(),
            stream.path("late").asLong(),
            stream.path("quarantined").asLong(),
            view.path("stateBytes").asLong());
      }
    }
    return table;
  }
}
