// SPDX-License-Identifier: Apache-2.0
package org.anabranch.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server as a process of its own. */
final class RunTest {
  private static final Pattern READY =
      Pattern.compile("Ready at (http://127\\.0\\.0\\.1:[0-9]+) as ([a-z]+) after .*");

  @TempDir Path directory;
  private final List<Process> started = new ArrayList<>();
  private int files;

  @BeforeEach
  void pipeline() throws IOException {
    Files.writeString(
        directory.resolve("pipeline.sql"),
        """
        CREATE STREAM s (a INTEGER);
        CREATE VIEW totals AS SELECT COUNT(*) AS n, SUM(a) AS a FROM s;
        """);
  }

  @AfterEach
  void stop() throws InterruptedException {
    for (Process process : started) {
      process.destroyForcibly().waitFor();
    }
  }

  private record Running(Process process, Path out, Path err) {
    String said() throws IOException {
      return Files.readString(out) + Files.readString(err);
    }

    int ended() throws InterruptedException, IOException {
      assertTrue(process.waitFor(60, TimeUnit.SECONDS), "it ends; it said: " + said());
      return process.exitValue();
    }
  }

  private Running start(String... more) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-XX:TieredStopAtLevel=1",
                "-Xmx512m",
                "--add-opens=java.base/java.nio=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                "org.anabranch.cli.Main",
                "run",
                "pipeline.sql"));
    command.addAll(List.of(more));
    if (!command.contains("--listen")) {
      command.addAll(List.of("--listen", "127.0.0.1:0"));
    }
    Path out = directory.resolve("out" + ++files);
    Path err = directory.resolve("err" + files);
    Process process =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    started.add(process);
    return new Running(process, out, err);
  }

  /** Waits for the line that says so; gives the URL. */
  private static String ready(Running running, String architecture) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (System.nanoTime() < deadline && running.process().isAlive()) {
      Matcher line = READY.matcher(Files.readString(running.out()).strip());
      if (line.matches()) {
        assertEquals(architecture, line.group(2));
        return line.group(1);
      }
      Thread.sleep(10);
    }
    throw new AssertionError("not ready; it said: " + running.said());
  }

  @Test
  void aServerSaysWhenItIsReadyKeepsItsDirectoryForItselfAndStopsWithZero() throws Exception {
    Running first = start("--data", "data");
    String url = ready(first, "lambda");
    CommandRun sent =
        new CommandRun.Setup()
            .environment("ANABRANCH_URL", url)
            .in("{\"a\":1}\n{\"a\":\"x\"}\n{\"a\":2}\n")
            .run("ingest", "s", "-", "--format", "ndjson", "--wait", "--strict", "-o", "ndjson");
    assertEquals(ExitCode.DATA, sent.exitCode(), sent.err());
    assertTrue(sent.out().contains("\"accepted\":2,\"rejected\":1"), sent.out());
    assertTrue(sent.err().startsWith("-:2: a: "), sent.err());

    Running second = start("--data", "data");
    assertEquals(ExitCode.REFUSED, second.ended(), second.said());
    assertTrue(second.said().contains("process " + first.process().pid()), second.said());

    Running third = start("--data", "other", "--listen", url.replace("http://", ""));
    assertEquals(ExitCode.REFUSED, third.ended(), third.said());
    assertTrue(third.said().contains("the port is taken"), third.said());

    first.process().destroy();
    assertEquals(ExitCode.OK, first.ended(), first.said());

    Running again = start("--data", "data", "--architecture", "kappa");
    String newUrl = ready(again, "kappa");
    CommandRun verified =
        new CommandRun.Setup().environment("ANABRANCH_URL", newUrl).run("verify", "-o", "csv");
    assertEquals(ExitCode.OK, verified.exitCode(), verified.err());
    assertTrue(verified.out().contains("totals,identical,1,0,2,"), verified.out());
    new ProcessBuilder("kill", "-INT", Long.toString(again.process().pid())).start().waitFor();
    assertEquals(ExitCode.INTERRUPTED, again.ended(), again.said());
  }

  @Test
  void aPublicInterfaceIsRefusedWithoutTheLoudFlag() throws Exception {
    Files.writeString(directory.resolve("anabranch.yaml"), "data: data\nlisten: 0.0.0.0:0\n");
    Files.writeString(directory.resolve("p.sql"), "CREATE STREAM s (a INTEGER);\n");
    CommandRun run = new CommandRun.Setup().directory(directory).run("run", "p.sql");
    assertEquals(ExitCode.REFUSED, run.exitCode());
    assertTrue(run.err().contains("--accept-public-bind"), run.err());
  }
}
