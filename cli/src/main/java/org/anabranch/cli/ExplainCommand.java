// SPDX-License-Identifier: Apache-2.0
package org.anabranch.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.Callable;
import org.anabranch.cli.client.Server;
import org.anabranch.cli.output.Format;
import org.anabranch.cli.output.Table;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Shows what a view is made of. */
@Command(
    name = "explain",
    header = "Show how a view is computed.",
    footer = {"Example:", "  anabranch explain delays", ""},
    description = {
      "",
      "Shows which rows a view takes, what it stores for each group, what it shows of that,",
      "which segments answer for it, and how its definition changed the answer.",
      ""
    })
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
      new ViewReport(terminal, answer).print();
    } else {
      Table segments = ViewReport.segments(answer);
      output.print(terminal, answer, answer.path("segments"), segments);
    }
    return ExitCode.OK;
  }
}
