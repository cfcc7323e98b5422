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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
    server.on("GET /v1/streams", 200, "{\"streams\":[{\"name\":\"Flights\",\"delimiter\":\";\"}]}");
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
            .matches(
                "(?s)file,rows,accepted,rejected,repeated,unknown,ms,outcome\n"
                    + file
                    + ",2,2,0,0,0,[0-9]+,taken\n"),
        run.out());
    FakeServer.Seen request = server.seen(PATH).get(0);
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
        server.seen(PATH).stream().map(seen -> seen.headers().get("Idempotency-key")).toList();
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
    assertEquals("{\"origin\":\"ORD\"}\n{\"origin\":\"LAX\"}\n", server.seen(PATH).get(0).text());
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
  void aBadFileIsNamedWithItsReasonAndTheOthersAreSent() throws IOException {
    server.on(EVENTS, 200, TAKEN);
    Path gone = directory.resolve("nothing.csv");
    Path cut = Files.write(directory.resolve("cut.csv.gz"), new byte[] {0x1f, (byte) 0x8b, 8});
    Path open = Files.writeString(directory.resolve("open.csv"), "a\n1\n\"2\n");
    Path odd = Files.writeString(directory.resolve("odd.parquet"), "PAR1 is not enough");
    Path last = Files.writeString(directory.resolve("last.csv"), "origin,delay\nSFO,2\n");
    CommandRun run =
        ingest(
            gone.toString(),
            file.toString(),
            cut.toString(),
            directory.toString(),
            open.toString(),
            odd.toString(),
            last.toString(),
            "-o",
            "csv");
    assertEquals(ExitCode.FAILED, run.exitCode(), run.err());
    assertEquals(
        List.of(
            "Cannot read " + gone + ": there is no such file",
            "Cannot inflate " + cut + ": it is cut short",
            "Cannot read " + directory + ": it is a folder; name its files",
            "Cannot read " + open + " at line 3: a quoted field in the row there is never closed",
            "Cannot read "
                + odd
                + ": it does not end with PAR1 as a Parquet file does; it is"
                + " damaged, or not all of it was written",
            "Could not take 5 of 7 files whole: "
                + String.join(
                    ", ",
                    java.util.stream.Stream.of(gone, cut, directory, open, odd)
                        .map(bad -> bad + " (not taken)")
                        .toList()),
            "  the others need not be sent again; if they are, nothing counts twice"),
        run.err().lines().toList());
    List<String> outcomes =
        run.out().lines().skip(1).map(line -> line.replaceAll(".*,", "")).toList();
    assertEquals(
        List.of("not taken", "taken", "not taken", "not taken", "not taken", "not taken", "taken"),
        outcomes);
    assertEquals(
        List.of("origin,delay\nORD,1\nLAX,x\n", "origin,delay\nSFO,2\n"),
        server.seen(PATH).stream().map(FakeServer.Seen::text).toList());
  }

  @Test
  void aRefusalOfOneFileStopsNoOther() throws IOException {
    server.on(EVENTS, 400, "{\"detail\":\"Cannot find any column\"}");
    server.on(EVENTS, 422, "{\"detail\":\"the key belongs to another body\"}");
    server.on(EVENTS, 200, TAKEN);
    Path other = Files.writeString(directory.resolve("other.csv"), "origin,delay\nSFO,2\n");
    Path last = Files.writeString(directory.resolve("last.csv"), "origin,delay\nSFO,3\n");
    CommandRun run = ingest(file.toString(), other.toString(), last.toString(), "-o", "json");
    assertEquals(ExitCode.FAILED, run.exitCode());
    assertTrue(run.err().startsWith(file + ": Cannot find any column\n" + other + ": the key"));
    assertTrue(run.err().contains("Could not take 2 of 3 files whole"), run.err());
    assertTrue(
        run.out().contains("\"problem\" : \"" + file + ": Cannot find any column\""), run.out());
  }

  @Test
  void whereTheServerCannotGoOnTheOthersAreNotTriedAndItIsNotSaidOfAFile() throws IOException {
    server.on(EVENTS, 200, TAKEN);
    server.on(EVENTS, 503, "{\"detail\":\"the log does not answer\"}");
    Path other = Files.writeString(directory.resolve("other.csv"), "origin,delay\nSFO,2\n");
    Path last = Files.writeString(directory.resolve("last.csv"), "origin,delay\nSFO,3\n");
    CommandRun run =
        ingest(
            file.toString(), other.toString(), last.toString(), "--retry-for", "0s", "-o", "csv");
    assertEquals(ExitCode.UNAVAILABLE, run.exitCode());
    assertEquals("the log does not answer\n", run.err());
    assertEquals(
        List.of("taken", "interrupted", "not tried"),
        run.out().lines().skip(1).map(line -> line.replaceAll(".*,", "")).toList());
  }

  @Test
  void aStreamThatIsNotThereIsSaidOnceForAllFiles() throws IOException {
    Path other = Files.writeString(directory.resolve("other.csv"), "origin,delay\nSFO,2\n");
    server.on(EVENTS, 404, "{\"detail\":\"Cannot find stream\"}");
    CommandRun run = ingest(file.toString(), other.toString());
    assertEquals(ExitCode.FAILED, run.exitCode());
    assertEquals("Cannot find stream\n", run.err());
    assertEquals(1, server.seen(PATH).size());
  }

  @Test
  void theStandardInputThatBreaksOffSaysHowFarItCame() {
    server.on(EVENTS, 200, TAKEN);
    String line = "{\"origin\":\"" + "x".repeat(1_000) + "\"}\n";
    String rows = line.repeat(1_100) + "\"" + "x".repeat(17 << 20);
    CommandRun run =
        new CommandRun.Setup()
            .environment("ANABRANCH_URL", server.url())
            .in(rows)
            .run("ingest", "flights", "-", "--format", "ndjson");
    assertEquals(ExitCode.FAILED, run.exitCode());
    assertTrue(run.err().startsWith("Cannot read standard input at line 1101: "), run.err());
    assertTrue(run.err().contains("its first 2 rows are in the log; send only what follows"));
  }

  @Test
  void fieldsThatNoColumnTakesAreToldOnceAFileWithTheNearestColumn() {
    String unknown =
        TAKEN.replace(
            "\"rejects\"",
            "\"unknownFields\":{\"count\":5,\"names\":{\"orgin\":2,\"x\":1},\"unnamed\":2,"
                + "\"nearest\":{\"orgin\":\"origin\"}},\"rejects\"");
    server.on(EVENTS, 200, unknown);
    CommandRun run = ingest(file.toString(), "-o", "csv");
    assertEquals(ExitCode.OK, run.exitCode());
    assertEquals(
        file
            + ": no column takes \"orgin\" of 2 rows (did you mean \"origin\"?), \"x\" of 1 row,"
            + " and others (5 fields in all)\n",
        run.err());
    assertTrue(run.out().contains(",0,5,"), run.out());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      textBlock =
          """
          a;b,c   !                            ! %3B ! double
          a,b     !                            ! %2C ! double
          a       !                            ! %3B ! double
          a,b     ! --delimiter=|              ! %7C ! double
          a,b     ! --delimiter=tab            ! %09 ! double
          a,b     ! --quote=none               ! %2C ! none
          """)
  void whatSeparatesFieldsIsToldToTheServer(
      String header, String option, String delimiter, String quote) throws IOException {
    server.on(EVENTS, 200, TAKEN);
    Files.writeString(file, header + "\n1\n");
    CommandRun run = option == null ? ingest(file.toString()) : ingest(file.toString(), option);
    assertEquals(ExitCode.OK, run.exitCode(), run.err());
    assertEquals(
        "text/csv;delimiter=" + delimiter + ";quote=" + quote,
        server.seen(PATH).get(0).headers().get("Content-type"));
  }

  @Test
  void whatCannotBeADelimiterIsRefusedBeforeAnythingIsSent() {
    for (String option : List.of("--delimiter=ab", "--delimiter=", "--quote='")) {
      CommandRun run = ingest(file.toString(), option);
      assertEquals(ExitCode.USAGE, run.exitCode(), option);
      assertTrue(run.err().startsWith("Cannot use "), run.err());
    }
    assertEquals(0, server.seen().size());
  }

  @Test
  void whatBecameOfTheFilesBeforeAFaultIsReported() {
    server.on(EVENTS, 200, TAKEN);
    CommandRun run = ingest(file.toString(), directory.resolve("nothing.csv").toString());
    assertEquals(ExitCode.FAILED, run.exitCode());
    assertTrue(run.out().contains("f.csv"), run.out());
  }
}
