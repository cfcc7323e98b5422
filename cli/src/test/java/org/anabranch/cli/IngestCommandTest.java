// SPDX-License-Identifier: Apache-2.0
package org.anabranch.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.anabranch.cli.client.FakeServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class IngestCommandTest {
  private static final String EVENTS = "POST /v1/streams/flights/events";
  private static final String PATH = "/v1/streams/flights/events";
  private static final String TAKEN =
      "{\"stream\":\"flights\",\"accepted\":2,\"rejected\":0,\"repeated\":false,"
          + "\"receipt\":\"r1\",\"coverage\":\"\",\"rejects\":[]}";
  private static final String PARTLY =
      "{\"stream\":\"flights\",\"accepted\":1,\"rejected\":1,\"repeated\":false,"
          + "\"receipt\":\"r1\",\"coverage\":\"\",\"rejects\":[{\"line\":3,\"column\":\"delay\","
          + "\"code\":\"type\",\"reason\":\"'x' is no INTEGER\"}]}";

  @TempDir Path directory;
  private final FakeServer server = FakeServer.start();
  private Path file;

  @BeforeEach
  void write() throws IOException {
    file = Files.writeString(directory.resolve("f.csv"), "origin,delay\nORD,1\nLAX,x\n");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private CommandRun ingest(String... more) {
    return new CommandRun.Setup()
        .environment("ANABRANCH_URL", server.url())
        .in("{\"origin\":\"ORD\"}\n{\"origin\":\"LAX\"}\n")
        .run(
            java.util.stream.Stream.concat(
                    java.util.stream.Stream.of("ingest", "flights"), java.util.Arrays.stream(more))
                .toArray(String[]::new));
  }

  @Test
  void aFileIsSentAndItsRowsAreReported() {
    server.on(EVENTS, 200, TAKEN);
    CommandRun run = ingest(file.toString(), "-o", "csv");
    assertEquals(ExitCode.OK, run.exitCode(), run.err());
    assertTrue(
        run.out()
            .matches("(?s)file,rows,accepted,rejected,repeated,ms\n" + file + ",2,2,0,0,[0-9]+\n"),
        run.out());
    FakeServer.Seen request = server.seen().get(0);
    assertEquals("origin,delay\nORD,1\nLAX,x\n", request.text());
    assertTrue(request.headers().get("Content-type").startsWith("text/csv"), "content type");
  }

  @Test
  void theSameFileHasTheSameKeyAndAnotherHasAnother() throws IOException {
    server.on(EVENTS, 200, TAKEN);
    Path copy = Files.copy(file, directory.resolve("copy.csv"));
    Path other = Files.writeString(directory.resolve("other.csv"), "origin,delay\nORD,2\n");
    ingest(file.toString(), copy.toString(), other.toString());
    List<String> keys =
        server.seen().stream().map(seen -> seen.headers().get("Idempotency-key")).toList();
    assertEquals(3, keys.size());
    assertEquals(keys.get(0), keys.get(1));
    assertNotEquals(keys.get(0), keys.get(2));
  }

  @Test
  void rejectedRowsAreListedAndEndWithZeroUnlessStrict() {
    server.on(EVENTS, 200, PARTLY);
    CommandRun run = ingest(file.toString());
    assertEquals(ExitCode.OK, run.exitCode(), run.err());
    assertEquals(file + ":3: delay: 'x' is no INTEGER\n", run.err());
    assertEquals(ExitCode.DATA, ingest(file.toString(), "--strict").exitCode());
  }

  @Test
  void aBusyAServerAwayAndALostConnectionAreTriedAgainWithTheSameKey() {
    server.on(EVENTS, 429, "application/problem+json", "{\"detail\":\"busy\"}", Map.of());
    server.on(EVENTS, 503, "{\"detail\":\"not ready\"}");
    server.dropOn(EVENTS);
    server.on(EVENTS, 200, TAKEN);
    CommandRun run = ingest(file.toString());
    assertEquals(ExitCode.OK, run.exitCode(), run.err());
    List<FakeServer.Seen> tries = server.seen(PATH);
    assertTrue(tries.size() >= 4, "tries: " + tries.size());
    assertEquals(
        1, tries.stream().map(seen -> seen.headers().get("Idempotency-key")).distinct().count());
  }

  @Test
  void patienceEnds() {
    server.on(EVENTS, 503, "{\"detail\":\"not ready\"}");
    CommandRun run = ingest(file.toString(), "--retry-for", "100ms");
    assertEquals(ExitCode.UNAVAILABLE, run.exitCode());
    assertTrue(run.err().contains("not ready"), run.err());
  }

  @Test
  void aRefusedBodyIsNotTriedAgainAndNamesTheFile() {
    server.on(EVENTS, 400, "{\"detail\":\"Cannot read line 3\"}");
    CommandRun run = ingest(file.toString());
    assertEquals(ExitCode.FAILED, run.exitCode());
    assertEquals(file + ": Cannot read line 3\n", run.err());
    assertEquals(1, server.seen(PATH).size());
  }

  @Test
  void theStandardInputIsAFileToo() {
    server.on(EVENTS, 200, TAKEN);
    CommandRun run = ingest("-", "--format", "ndjson");
    assertEquals(ExitCode.OK, run.exitCode(), run.err());
    assertEquals("{\"origin\":\"ORD\"}\n{\"origin\":\"LAX\"}\n", server.seen().get(0).text());
  }

  @Test
  void waitingEndsWhenTheReceiptIsReached() {
    server.on(EVENTS, 200, TAKEN);
    server.on("GET /v1/receipts/r1", 200, "{\"token\":\"r1\",\"reached\":false}");
    server.on("GET /v1/receipts/r1", 200, "{\"token\":\"r1\",\"reached\":true}");
    CommandRun run = ingest(file.toString(), "--wait");
    assertEquals(ExitCode.OK, run.exitCode(), run.err());
    assertEquals(2, server.seen("/v1/receipts").size());
  }

  @Test
  void aFileThatIsNotThereEndsWithOne() {
    CommandRun run = ingest(directory.resolve("nothing.csv").toString());
    assertEquals(ExitCode.FAILED, run.exitCode());
    assertTrue(run.err().contains("there is no such file"), run.err());
  }

  @Test
  void whatBecameOfTheFilesBeforeAFaultIsReported() {
    server.on(EVENTS, 200, TAKEN);
    CommandRun run = ingest(file.toString(), directory.resolve("nothing.csv").toString());
    assertEquals(ExitCode.FAILED, run.exitCode());
    assertTrue(run.out().contains("f.csv"), run.out());
  }
}
