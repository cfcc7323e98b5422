// SPDX-License-Identifier: Apache-2.0
package org.anabranch.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.anabranch.cli.client.Server;
import org.anabranch.cli.client.Verification;
import org.anabranch.cli.output.ProgressBar;
import org.anabranch.cli.output.Table;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Recomputes views and compares. */
@Command(
    name = "verify",
    header = "Recompute views and compare.",
    footer = {"Example:", "  anabranch verify delays", ""},
    description = {
      "",
      "Recomputes views with the reference engine from the raw log (from the lake below its start)"
          + " and compares every row. Ends with 3 if one differs.",
      ""
    })
final class VerifyCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(arity = "0..*", paramLabel = "VIEW", description = "Views; all where none is named.")
  private List<String> views = List.of();

  @Mixin private OutputOptions output = new OutputOptions();
  @Mixin private ConnectionOptions connection = new ConnectionOptions();

  VerifyCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    output.format();
    JsonNode answer = connection.with(terminal, this::verify);
    JsonNode reports = answer.path("reports");
    output.print(terminal, answer, reports, table(reports));
    reports.forEach(this::explain);
    return answer.path("identical").asBoolean() ? ExitCode.OK : ExitCode.DATA;
  }

  private JsonNode verify(Server server) throws IOException {
    try (ProgressBar progress =
        new ProgressBar(terminal.err(), terminal.errIsTerminal(), System::currentTimeMillis)) {
      return Verification.run(
          server,
          views,
          now ->
              progress.show(
                  now.path("positions").asLong(),
                  now.path("wantedPositions").asLong(),
                  "verifying " + now.path("view").asText()));
    }
  }

  private static Table table(JsonNode reports) {
    Table table =
        Table.of("view", "result", "groups>", "differ>", "rows>", "from log>", "from lake>", "ms>");
    for (JsonNode report : reports) {
      JsonNode difference = report.path("difference");
      long differ =
          difference.path("onlyLeft").asLong()
              + difference.path("onlyRight").asLong()
              + difference.path("different").asLong();
      table.row(
          report.path("view").asText(),
          differ == 0 ? "identical" : "DIFFERENT",
          report.path("groups").asLong(),
          differ,
          report.path("rows").asLong(),
          report.path("positionsFromLog").asLong(),
          report.path("positionsFromLake").asLong(),
          report.path("durationMillis").asLong());
    }
    return table;
  }

  private void explain(JsonNode report) {
    for (JsonNode sample : report.path("difference").path("samples")) {
      terminal
          .err()
          .println(
              report.path("view").asText()
                  + " "
                  + sample.path("key").asText()
                  + "\n  recomputed: "
                  + sample.path("left").asText("nothing")
                  + "\n  answered:   "
                  + sample.path("right").asText("nothing"));
    }
  }
}
