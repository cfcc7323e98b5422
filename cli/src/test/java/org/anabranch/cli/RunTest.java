// SPDX-License-Identifier: Apache-2.0
package org.anabranch.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.spi.SLF4JServiceProvider;

/** The server as a process of its own. */
final class RunTest {
  private static final String[] INGEST = {"ingest", "s", "-", "--format", "ndjson", "--wait"};

  @TempDir Path directory;
  private final List<CommandProcess> started = new ArrayList<>();

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
  void stop() {
    for (CommandProcess process : started) {
      process.kill();
    }
  }

  private CommandProcess start(String... more) throws IOException {
    List<String> words = new ArrayList<>(List.of("run", "pipeline.sql"));
    words.addAll(List.of(more));
    if (!words.contains("--listen")) {
      words.addAll(List.of("--listen", "127.0.0.1:0"));
    }
    CommandProcess process = CommandProcess.start(directory, Map.of(), words);
    started.add(process);
    return process;
  }

  @Test
  void aServerSaysWhenItIsReadyKeepsItsDirectoryForItselfAndStopsWithZero() throws Exception {
    CommandProcess first = start("--data", "data");
    String url = first.ready("lambda");
    CommandRun sent =
        new CommandRun.Setup()
            .environment("ANABRANCH_URL", url)
            .in("{\"a\":1}\n{\"a\":\"x\"}\n{\"a\":2}\n")
            .run("ingest", "s", "-", "--format", "ndjson", "--wait", "--strict", "-o", "ndjson");
    assertEquals(ExitCode.DATA, sent.exitCode(), sent.err());
    assertTrue(sent.out().contains("\"accepted\":2,\"rejected\":1"), sent.out());
    assertTrue(sent.err().startsWith("-:2: a: "), sent.err());

    CommandProcess second = start("--data", "data");
    assertEquals(ExitCode.REFUSED, second.ended(), second.said());
    assertTrue(second.said().contains("process " + first.process().pid()), second.said());

    CommandProcess third = start("--data", "other", "--listen", url.replace("http://", ""));
    assertEquals(ExitCode.REFUSED, third.ended(), third.said());
    assertTrue(third.said().contains("the port is taken"), third.said());

    first.process().destroy();
    assertEquals(ExitCode.OK, first.ended(), first.said());

    CommandProcess again = start("--data", "data", "--architecture", "kappa");
    String newUrl = again.ready("kappa");
    CommandRun verified =
        new CommandRun.Setup().environment("ANABRANCH_URL", newUrl).run("verify", "-o", "csv");
    assertEquals(ExitCode.OK, verified.exitCode(), verified.err());
    assertTrue(verified.out().contains("totals,identical,1,0,2,"), verified.out());
    boolean hears = again.hearsInterrupts();
    String pid = Long.toString(again.process().pid());
    new ProcessBuilder("kill", hears ? "-INT" : "-TERM", pid).start().waitFor();
    assertEquals(hears ? ExitCode.INTERRUPTED : ExitCode.OK, again.ended(), again.said());
  }

  @Test
  void aStartAnIngestAndAStopSayNothingButThatItIsReady() throws Exception {
    CommandProcess server = start("--data", "data");
    String url = server.ready("lambda");
    CommandRun sent =
        new CommandRun.Setup()
            .environment("ANABRANCH_URL", url)
            .in("{\"a\":1}\n{\"a\":2}\n")
            .run("ingest", "s", "-", "--format", "ndjson", "--wait", "-o", "csv");
    assertEquals(ExitCode.OK, sent.exitCode(), sent.err());
    assertEquals("", sent.err());
    CommandRun batch = new CommandRun.Setup().environment("ANABRANCH_URL", url).run("batch", "run");
    assertEquals(ExitCode.OK, batch.exitCode(), batch.err());
    server.process().destroy();
    assertEquals(ExitCode.OK, server.ended(), server.said());
    assertEquals("", Files.readString(server.err()));
    assertEquals(1, Files.readString(server.out()).lines().count(), server.said());
  }

  @Test
  void oneBackendTakesTheLog() throws IOException {
    List<String> providers = new ArrayList<>();
    for (SLF4JServiceProvider provider : ServiceLoader.load(SLF4JServiceProvider.class)) {
      providers.add(provider.getClass().getName());
    }
    assertEquals(List.of("org.slf4j.jul.JULServiceProvider"), providers);
    for (String other :
        List.of(
            "org/apache/logging/log4j/core/Logger.class",
            "org/apache/log4j/Logger.class",
            "ch/qos/logback/classic/Logger.class")) {
      assertEquals(List.of(), Collections.list(RunTest.class.getClassLoader().getResources(other)));
    }
  }

  @Test
  void aServerWhoseBrokerDiesSaysWhyAndEndsAndTheNextOneGoesOn() throws Exception {
    CommandProcess first = start("--data", "data");
    String url = first.ready("lambda");
    CommandRun.Setup sent = new CommandRun.Setup().environment("ANABRANCH_URL", url);
    assertEquals(ExitCode.OK, sent.in("{\"a\":1}\n").run(INGEST).exitCode());
    Path log = directory.resolve("data").resolve("log");
    Path away = directory.resolve("away");
    Files.move(log, away);
    assertEquals(ExitCode.FAILED, first.ended(), first.said());
    assertTrue(first.said().contains("Cannot go on: the embedded broker stopped"), first.said());
    assertTrue(first.said().contains(log.toString().substring(1)), first.said());
    assertFalse(first.said().contains("\tat "), first.said());
    Files.move(away, log);
    CommandProcess second = start("--data", "data");
    CommandRun rows =
        new CommandRun.Setup()
            .environment("ANABRANCH_URL", second.ready("lambda"))
            .run("sql", "SELECT n FROM totals", "-o", "csv");
    assertEquals(List.of("n", "1"), rows.out().lines().toList(), rows.err());
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
