// SPDX-License-Identifier: Apache-2.0
package org.anabranch.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.anabranch.architecture.Architecture;
import org.anabranch.cli.demo.Show;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows the main job. */
@Command(
    name = "demo",
    header = "Show the main job on real flights.",
    footer = {"Example:", "  anabranch demo", ""},
    description = {
      "",
      "Plays the main job on real flights, each step with its check: the speed layer answers, a"
          + " batch takes over, a late day changes, kill -9, lambda and kappa, verify. Then the"
          + " server stays up until Ctrl-C.",
      ""
    })
final class DemoCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Option(
      names = "--architecture",
      paramLabel = "NAME",
      defaultValue = "lambda",
      description = "Which one to begin with, lambda or kappa; default ${DEFAULT-VALUE}.")
  private String architecture;

  @Option(
      names = "--file",
      paramLabel = "PATH",
      description =
          "All 3,000,000 flights: package/data/flights-3m.parquet of 'npm pack"
              + " vega-datasets@3.2.1'. Default: the 312,664 that come along.")
  private String file;

  @Option(names = "--exit", description = "End with 0 if all checks held, else with 1.")
  private boolean exit;

  DemoCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    try {
      Architecture.of(architecture);
    } catch (IllegalArgumentException e) {
      throw new CommandException(ExitCode.USAGE, e.getMessage(), e);
    }
    Path examples = examples();
    Path flights = file == null ? examples.resolve("flights-2001-01.csv.gz") : terminal.path(file);
    if (!Files.isRegularFile(flights)) {
      throw CommandException.failed("Cannot read " + flights + ": there is no such file");
    }
    Show show = new Show(terminal, examples.resolve("pipeline.sql"), flights, architecture);
    return show.run(exit);
  }

  private Path examples() {
    String home = System.getProperty("anabranch.home");
    Path base = home == null ? terminal.path("") : Path.of(home);
    Path examples = base.resolve("examples/flights");
    if (!Files.isDirectory(examples)) {
      throw CommandException.failed(
          "Cannot find examples/flights in "
              + base.toAbsolutePath()
              + ": run ./anabranch demo from a checkout");
    }
    return examples;
  }
}
