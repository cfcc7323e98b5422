// SPDX-License-Identifier: Apache-2.0
package org.anabranch.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class UsageTest {
  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "stats                          | Did you mean status",
        "status --urll=http://x         | Did you mean --url",
        "run p.sql --achitecture kappa  | Did you mean --architecture",
        "status --timeout 0s            | give more",
        "status -o yaml                 | table, json, ndjson or csv",
        "status --url localhost         | http://HOST:PORT",
        "status --timeout 5             | 250ms",
        "batch                          | run or list",
        "replay                         | VIEW",
        "ingest flights                 | FILE",
        "ingest flights x --format xml  | csv, json, ndjson, lines or parquet",
        "ingest flights x --retry-for 1 | --retry-for",
        "demo --architecture gamma      | lambda and kappa",
        "run                            | PIPELINE.sql"
      })
  void aWrongCommandLineEndsWithTwoAndSaysWhatWouldBeRight(String line, String expected) {
    CommandRun run = CommandRun.of(line.strip().split(" +", -1));
    assertEquals(ExitCode.USAGE, run.exitCode(), run.err());
    assertTrue(run.err().contains(expected.strip()), run.err());
    assertFalse(run.err().contains("\tat "), run.err());
    assertEquals("", run.out());
  }

  @Test
  void withoutACommandTheHelpIsShown() {
    CommandRun run = CommandRun.of();
    assertEquals(ExitCode.USAGE, run.exitCode());
    assertTrue(run.err().contains("Commands:"), run.err());
  }

  @Test
  void aServerThatIsAwayEndsWithFour() throws IOException {
    int free;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      free = socket.getLocalPort();
    }
    CommandRun run =
        new CommandRun.Setup()
            .environment("ANABRANCH_URL", "http://127.0.0.1:" + free)
            .run("status");
    assertEquals(ExitCode.UNAVAILABLE, run.exitCode());
    assertTrue(run.err().contains("http://127.0.0.1:" + free), run.err());
    assertTrue(run.err().contains("anabranch run"), run.err());
  }

  @Test
  void checkShowsAllProblemsOfAPipelineWithTheirPlaces() throws IOException {
    Path file =
        Files.writeString(
            directory.resolve("bad.sql"),
            "CREATE STREAM s (a INTEGR);\nCREATE VIEW v AS SELECT COUNT(*) FROM t;\n");
    CommandRun run = CommandRun.of("check", file.toString());
    assertEquals(ExitCode.FAILED, run.exitCode());
    assertTrue(run.err().contains("bad.sql:1:"), run.err());
    assertTrue(run.err().contains("bad.sql:2:"), run.err());
  }

  @Test
  void checkListsWhatAPipelineDefines() throws IOException {
    Path file =
        Files.writeString(
            directory.resolve("good.sql"),
            "CREATE STREAM s (a INTEGER);\nCREATE VIEW v AS SELECT COUNT(*) AS n FROM s;\n");
    CommandRun run =
        new CommandRun.Setup().directory(directory).run("check", "good.sql", "-o", "csv");
    assertEquals(ExitCode.OK, run.exitCode(), run.err());
    assertEquals("kind,name,of,columns\nstream,s,json,a\nview,v,s,n\n", run.out());
    assertTrue(CommandRun.of("check", file.toString()).out().startsWith("kind    name"));
  }

  @Test
  void aPipelineThatIsNotThereIsNamed() {
    CommandRun run = CommandRun.of("check", "/nowhere/pipeline.sql");
    assertEquals(ExitCode.FAILED, run.exitCode());
    assertEquals("Cannot read /nowhere/pipeline.sql: there is no such file\n", run.err());
  }

  @Test
  void runReportsAllFaultsOfTheConfigurationAtOnce() throws IOException {
    Path file = Files.writeString(directory.resolve("p.sql"), "CREATE STREAM s (a INTEGER);\n");
    Files.writeString(directory.resolve("anabranch.yaml"), "durabilty: power\nlisten: 80\n");
    CommandRun run =
        new CommandRun.Setup()
            .environment("ANABRANCH_STATE_BUDGET", "much")
            .run("run", file.toString(), "--batch-every", "often");
    assertEquals(ExitCode.USAGE, run.exitCode());
    assertTrue(run.err().startsWith("Cannot use the configuration: 4 faults"), run.err());
    assertTrue(run.err().contains("anabranch.yaml:1: durabilty: "), run.err());
    assertTrue(run.err().contains("did you mean 'durability'?"), run.err());
    assertTrue(run.err().contains("anabranch.yaml:2: listen = '80'"), run.err());
    assertTrue(run.err().contains("environment ANABRANCH_STATE_BUDGET"), run.err());
    assertTrue(run.err().contains("flag --batch-every"), run.err());
  }
}
