// SPDX-License-Identifier: Apache-2.0
package org.anabranch.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

final class HelpTest {
  @TempDir Path directory;

  private static List<CommandLine> all() {
    List<CommandLine> found = new ArrayList<>();
    collect(Commands.of(Terminal.ofProcess()), found);
    return found;
  }

  private static void collect(CommandLine line, List<CommandLine> found) {
    found.add(line);
    line.getSubcommands().values().forEach(next -> collect(next, found));
  }

  @Test
  void everyCommandOfTheIssueIsThere() {
    assertEquals(
        List.of(
            "anabranch",
            "anabranch run",
            "anabranch ingest",
            "anabranch sql",
            "anabranch status",
            "anabranch batch",
            "anabranch batch run",
            "anabranch batch list",
            "anabranch replay",
            "anabranch verify",
            "anabranch explain",
            "anabranch check",
            "anabranch demo",
            "anabranch completion",
            "anabranch version"),
        all().stream().map(line -> line.getCommandSpec().qualifiedName()).toList());
  }

  @Test
  void everyHelpOpensWithAnExampleOfItsOwnCommand() {
    for (CommandLine line : all()) {
      String[] arguments =
          (line.getCommandSpec().qualifiedName().replaceFirst("anabranch ?", "") + " --help")
              .strip()
              .split(" ", -1);
      CommandRun run = CommandRun.of(arguments);
      List<String> lines = run.out().lines().toList();
      assertEquals(ExitCode.OK, run.exitCode());
      assertEquals("Example:", lines.get(0));
      assertTrue(
          lines.get(1).contains(line.getCommandSpec().qualifiedName()),
          lines.get(1) + " is no example of " + line.getCommandSpec().qualifiedName());
      assertTrue(run.err().isEmpty(), run.err());
    }
  }

  @Test
  void everyOptionIsDescribed() {
    for (CommandLine line : all()) {
      line.getCommandSpec()
          .options()
          .forEach(
              option ->
                  assertFalse(
                      !option.hidden() && option.description().length == 0,
                      option.longestName() + " of " + line.getCommandName()));
    }
  }

  @Test
  void everySettingIsAFlagOfRun() {
    CommandLine run = Commands.of(Terminal.ofProcess()).getSubcommands().get("run");
    for (String key : org.anabranch.cli.config.Setting.keys()) {
      assertTrue(run.getCommandSpec().findOption("--" + key) != null, key);
    }
  }

  @Test
  void theCompletionScriptIsOneThatBashReads() throws IOException, InterruptedException {
    CommandRun run = CommandRun.of("completion");
    assertEquals(ExitCode.OK, run.exitCode());
    assertTrue(run.out().contains("--batch-every"), "a flag of run is completed");
    Path script = Files.writeString(directory.resolve("completion"), run.out());
    Process bash = new ProcessBuilder("bash", "-n", script.toString()).inheritIO().start();
    assertTrue(bash.waitFor(30, TimeUnit.SECONDS));
    assertEquals(0, bash.exitValue());
  }

  @Test
  void theVersionIsTheBuilds() {
    CommandRun run = CommandRun.of("version");
    assertEquals(ExitCode.OK, run.exitCode());
    assertTrue(run.out().matches("(?s)anabranch [0-9].* \\(Java .*\\)\\R"), run.out());
  }
}
