// SPDX-License-Identifier: Apache-2.0
package org.anabranch.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.Callable;
import org.anabranch.cli.client.BatchRuns;
import org.anabranch.cli.client.Server;
import org.anabranch.cli.output.ProgressBar;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A command that starts a run on the server and follows it to its end. */
abstract class RunWatch implements Callable<Integer> {
  private final Terminal terminal;

  @Option(names = "--no-wait", description = "Return as soon as the run has started.")
  private boolean noWait;

  @Mixin private OutputOptions output = new OutputOptions();
  @Mixin private ConnectionOptions connection = new ConnectionOptions();

  RunWatch(Terminal terminal) {
    this.terminal = terminal;
  }

  abstract String path();

  abstract JsonNode request();

  @Override
  public Integer call() {
    output.format();
    return connection.with(
        terminal,
        server -> {
          JsonNode started = server.post(path(), request());
          long run = started.path("run").asLong();
          if (noWait) {
            terminal.out().println(run);
            return ExitCode.OK;
          }
          return follow(server, run);
        });
  }

  private int follow(Server server, long run) throws java.io.IOException {
    JsonNode runs;
    try (ProgressBar progress =
        new ProgressBar(terminal.err(), terminal.errIsTerminal(), System::currentTimeMillis)) {
      runs = BatchRuns.await(server, run, items -> show(progress, run, items));
    }
    output.print(terminal, runs, runs, BatchRuns.table(runs));
    return BatchRuns.succeeded(runs) ? ExitCode.OK : ExitCode.FAILED;
  }

  private static void show(ProgressBar progress, long run, JsonNode items) {
    long done = 0;
    long wanted = 0;
    String message = "waiting to start";
    for (JsonNode item : items) {
      done += item.path("positions").asLong();
      wanted += item.path("wantedPositions").asLong();
      if ("RUNNING".equals(item.path("outcome").asText())) {
        message = item.path("stream").asText() + " " + item.path("message").asText();
      }
    }
    progress.show(done, wanted, "run " + run + ": " + message);
  }
}
