// SPDX-License-Identifier: Apache-2.0
package org.anabranch.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.Callable;
import org.anabranch.cli.client.BatchRuns;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists batch runs. */
@Command(
    name = "list",
    header = "List the runs since the start.",
    footer = {"Example:", "  anabranch batch list", ""},
    description = {"", "Lists the runs since the server's start: batch runs and replays.", ""})
final class BatchListCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin private OutputOptions output = new OutputOptions();
  @Mixin private ConnectionOptions connection = new ConnectionOptions();

  BatchListCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    output.format();
    JsonNode answer = connection.with(terminal, server -> server.get("/v1/batch"));
    JsonNode runs = answer.path("runs");
    output.print(terminal, answer, runs, BatchRuns.table(runs));
    return ExitCode.OK;
  }
}
