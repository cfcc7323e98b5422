// SPDX-License-Identifier: Apache-2.0
package org.anabranch.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.anabranch.cli.client.FakeServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ClientCommandsTest {
  private static final String STATUS =
      """
      {"architecture":"lambda","startedAt":1000,"asOf":6000,"ready":true,"waitingFor":[],
       "durability":"the end of the process","failures":[],"streams":[{"name":"flights",
       "version":1,"lanes":[{"lane":"t.0.0","start":0,"logEnd":1200,"frontier":1100,
       "archived":1000,"cut":900,"lagRows":100,"lagSeconds":0.25}],"accepted":1100,
       "quarantined":3,"late":4,"unknownFields":0,"rowsPerSecond":12.0,"cut":"",
       "views":[{"name":"delays","state":"answering","reason":null,"fold":"f","segments":[
       {"id":"a","origin":"BATCH","durable":true,"coverage":"t.0.0:0-900","groups":7,"bytes":80}],
       "tally":{"folded":1090,"filtered":10,"rejected":0,"samples":[]},"stateBytes":0,
       "stateBudget":1}]}]}
      """;
  private static final String RUN =
      """
      {"id":4,"trigger":"request","stream":"flights","full":true,"startedAt":0,
       "durationMillis":15,"cut":"","rows":12345,"positions":9,"wantedPositions":9,"bytes":77,
       "outcome":"%s","message":"%s"}
      """;

  private final FakeServer server = FakeServer.start();

  @AfterEach
  void stop() {
    server.close();
  }

  private CommandRun run(String... arguments) {
    return new CommandRun.Setup().environment("ANABRANCH_URL", server.url()).run(arguments);
  }

  @Test
  void statusShowsLanesAndViews() {
    server.on("GET /v1/status", 200, STATUS);
    CommandRun run = run("status");
    assertEquals(ExitCode.OK, run.exitCode(), run.err());
    assertTrue(run.out().startsWith("lambda, ready, up 5.0 s"), run.out());
    assertTrue(run.out().contains("1,200"), run.out());
    assertTrue(run.out().contains("answering"), run.out());
    assertEquals("", run.err());
  }

  @Test
  void statusOfAServerThatIsNotReadyEndsWithFour() {
    server.on("GET /v1/status", 200, STATUS.replace("\"ready\":true", "\"ready\":false"));
    assertEquals(ExitCode.UNAVAILABLE, run("status").exitCode());
  }

  @Test
  void statusAsJsonIsWhatTheServerSays() {
    server.on("GET /v1/status", 200, STATUS);
    CommandRun run = run("status", "-o", "json");
    assertTrue(run.out().contains("\"frontier\" : 1100"), run.out());
  }

  @ParameterizedTest
  @CsvSource({"503,4", "400,1", "404,1", "409,1", "429,1", "500,1"})
  void aProblemOfTheServerBecomesAnExitCodeAndItsOwnWords(int status, int exitCode) {
    server.on(
        "GET /v1/status", status, "{\"detail\":\"Cannot do it: facts\",\"hint\":\"do that\"}");
    CommandRun run = run("status");
    assertEquals(exitCode, run.exitCode());
    assertEquals("Cannot do it: facts\n  do that\n", run.err());
    assertEquals("", run.out());
  }

  @Test
  void batchRunWaitsForItsEndAndShowsTheRun() {
    server.on("POST /v1/batch", 202, "{\"run\":4}");
    server.on("GET /v1/batch", 200, "{\"runs\":[]}");
    server.on("GET /v1/batch", 200, "{\"runs\":[" + RUN.formatted("RUNNING", "folding") + "]}");
    server.on("GET /v1/batch", 200, "{\"runs\":[" + RUN.formatted("PUBLISHED", "done") + "]}");
    CommandRun run = run("batch", "run", "--full");
    assertEquals(ExitCode.OK, run.exitCode(), run.err());
    assertTrue(run.out().contains("12,345"), run.out());
    assertTrue(run.out().contains("PUBLISHED"), run.out());
    assertEquals("{\"full\":true}", server.seen("/v1/batch").get(0).text());
  }

  @Test
  void aRejectedBatchRunEndsWithOne() {
    server.on("POST /v1/batch", 202, "{\"run\":4}");
    server.on("GET /v1/batch", 200, "{\"runs\":[" + RUN.formatted("REJECTED", "audit") + "]}");
    CommandRun run = run("batch", "run");
    assertEquals(ExitCode.FAILED, run.exitCode());
    assertTrue(run.out().contains("audit"), run.out());
  }

  @Test
  void batchRunWithoutWaitingPrintsTheRunsNumber() {
    server.on("POST /v1/batch", 202, "{\"run\":4}");
    CommandRun run = run("batch", "run", "--no-wait");
    assertEquals("4\n", run.out());
    assertEquals(1, server.seen().size());
  }

  @Test
  void batchListIsMachineReadable() {
    server.on("GET /v1/batch", 200, "{\"runs\":[" + RUN.formatted("PUBLISHED", "a, b") + "]}");
    CommandRun run = run("batch", "list", "-o", "csv");
    assertEquals(
        """
        run,stream,trigger,kind,started,ms,rows,bytes,outcome,message
        4,flights,request,full,1970-01-01T00:00:00Z,15,12345,77,PUBLISHED,"a, b"
        """,
        run.out());
  }

  @Test
  void replayEncodesTheViewsName() {
    server.on("POST /v1/views/my%20view/replay", 202, "{\"run\":4}");
    assertEquals(ExitCode.OK, run("replay", "my view", "--no-wait").exitCode());
  }

  @Test
  void verifyOfIdenticalViewsEndsWithZero() {
    answerVerify("delays", verification(true));
    CommandRun run = run("verify", "delays");
    assertEquals(ExitCode.OK, run.exitCode(), run.err());
    assertTrue(run.out().contains("identical"), run.out());
    assertEquals("{\"views\":[\"delays\"]}", server.seen().get(0).text());
  }

  @Test
  void verifyOfDifferentViewsEndsWithThreeAndNamesTheKeys() {
    answerVerify("delays", verification(false));
    CommandRun run = run("verify");
    assertEquals(ExitCode.DATA, run.exitCode());
    assertTrue(run.out().contains("DIFFERENT"), run.out());
    assertTrue(run.err().contains("origin=ORD"), run.err());
    assertEquals("{}", server.seen().get(0).text());
  }

  /** A verification that is asked for once before it is done. */
  private void answerVerify(String view, String found) {
    server.on("POST /v1/verify", 202, "{\"verification\":3}");
    server.on(
        "GET /v1/verify/3",
        200,
        "{\"state\":\"RUNNING\",\"view\":\"" + view + "\",\"positions\":1,\"wantedPositions\":9}");
    server.on("GET /v1/verify/3", 200, found);
  }

  @Test
  void aVerificationThatCannotBeDoneEndsAsItsProblemSays() {
    String failed =
        "{\"state\":\"FAILED\",\"problem\":{\"status\":%d,\"detail\":\"Cannot verify: facts\"}}";
    answerVerify("delays", failed.formatted(400));
    CommandRun run = run("verify");
    assertEquals(ExitCode.FAILED, run.exitCode());
    assertEquals("Cannot verify: facts\n", run.err());
  }

  private static String verification(boolean identical) {
    String sample = "{\"key\":\"origin=ORD\",\"left\":\"7\",\"right\":\"8\"}";
    return """
        {"state":"DONE","identical":%s,"reports":[{"view":"delays","rows":9,"groups":5,"positionsFromLog":9,
         "positionsFromLake":0,"durationMillis":3,"difference":{"same":5,"onlyLeft":0,
         "onlyRight":0,"different":%d,"samples":[%s]}}]}
        """
        .formatted(identical, identical ? 0 : 1, identical ? "" : sample);
  }

  private static final String EXPLAINED =
      """
      {"name":"delays","sql":"CREATE VIEW delays","stream":"flights","columns":["date","origin"],
       "window":"TUMBLE(TABLE flights, DESCRIPTOR(date), INTERVAL '1' DAY)","filter":"delay > 0",
       "keys":[{"sql":"origin","type":"VARCHAR"},{"sql":"window_start","type":"TIMESTAMP(3)"}],
       "aggregates":[{"sql":"AVG(delay)","state":"exact sum and number of values","type":"DOUBLE"}],
       "outputs":[{"name":"mean","sql":"AVG(delay)","type":"DOUBLE"}],"fold":"f","state":"answering",
       "tally":{"folded":1500,"filtered":20,"rejected":3},
       "segments":[{"id":"a","origin":"BATCH","durable":true,"rows":1523,"groups":2000,"bytes":1,
         "coverage":"lane:[0,1523)"}]%s}
      """;

  @Test
  void explainShowsWhatIsTakenStoredAndShownAndTheSegments() {
    server.on("GET /v1/views/delays/explain", 200, EXPLAINED.formatted(""));
    CommandRun run = run("explain", "delays");
    assertEquals(ExitCode.OK, run.exitCode(), run.err());
    assertEquals(
        """
        CREATE VIEW delays

        from     TUMBLE(TABLE flights, DESCRIPTOR(date), INTERVAL '1' DAY)
        columns  date, origin
        rows     WHERE delay > 0
        groups   by origin, window_start
        fold     f
        state    answering

        stored for each group
          aggregate   state                           gives
          ----------  ------------------------------  ------
          AVG(delay)  exact sum and number of values  DOUBLE

        shown of each group
          column  type    expression
          ------  ------  ----------
          mean    DOUBLE  AVG(delay)

        1,500 rows are in groups, 20 are filtered out, 3 rejected; they answer in segments
          segment  origin  durable   rows  groups  bytes  coverage
          -------  ------  -------  -----  ------  -----  -------------
          a        BATCH   yes      1,523   2,000      1  lane:[0,1523)
        """,
        run.out());
  }

  @Test
  void explainShowsHowTheDefinitionChangedTheAnswer() {
    String difference =
        ",\"differenceFromBefore\":{\"same\":5000,\"onlyLeft\":1,\"onlyRight\":2,\"different\":3,"
            + "\"samples\":[{\"key\":\"origin = 'ORD'\",\"left\":\"n = 7\",\"right\":\"n = 8\"}]}";
    server.on("GET /v1/views/delays/explain", 200, EXPLAINED.formatted(difference));
    String shown = run("explain", "delays").out();
    assertTrue(
        shown.contains(
            """
            against the definition before: 5,000 groups the same, 3 changed, 1 gone, 2 new
              group           before  now
              --------------  ------  -----
              origin = 'ORD'  n = 7   n = 8
            """),
        shown);
    String json = run("explain", "delays", "-o", "json").out();
    assertTrue(json.contains("differenceFromBefore") && json.contains("\"different\" : 3"), json);
  }

  private void answerSql() {
    server.on(
        "POST /v1/sql?timeout=300000ms",
        200,
        "{\"columns\":[{\"name\":\"origin\",\"type\":\"VARCHAR\"},{\"name\":\"n\",\"type\":\"BIGINT\"},"
            + "{\"name\":\"mean\",\"type\":\"DOUBLE\"}],\"rows\":[{\"origin\":\"ORD\",\"n\":1234,\"mean\":null},"
            + "{\"origin\":\"X\\u001b[2J\",\"n\":5,\"mean\":0.10}]}");
  }

  @Test
  void sqlShowsATableWithNumbersToTheRightAndNoControlCharacters() {
    answerSql();
    CommandRun run = run("sql", "SELECT 1");
    assertEquals(ExitCode.OK, run.exitCode(), run.err());
    assertEquals(
        """
        origin     n  mean
        ------  ----  ----
        ORD     1234  NULL
        X\ufffd[2J      5  0.10
        """,
        run.out());
    assertEquals("SELECT 1", server.seen().get(0).text());
  }

  @Test
  void colourIsForTerminalsAndNotForThoseWhoDecline() {
    answerSql();
    CommandRun.Setup terminal =
        new CommandRun.Setup().environment("ANABRANCH_URL", server.url()).onTerminal();
    assertTrue(terminal.run("sql", "SELECT 1").out().contains("\u001b[2mNULL"));
    String plain = terminal.environment("NO_COLOR", "1").run("sql", "SELECT 1").out();
    assertFalse(plain.contains("\u001b"), plain);
  }

  @ParameterizedTest
  @CsvSource({"csv,text/csv", "json,application/json"})
  void sqlPassesOtherFormsOnAsTheyCome(String format, String type) {
    server.on("POST /v1/sql?timeout=300000ms", 200, type, "as it came\n", Map.of());
    CommandRun run = run("sql", "SELECT 1", "-o", format);
    assertEquals("as it came\n", run.out());
    assertEquals(type, server.seen().get(0).headers().get("Accept"));
  }

  private static final String NDJSON = "application/x-ndjson";

  @Test
  void rowsOnLinesAreShownWithoutTheLineThatSaysTheyAreAll() {
    String rows = "{\"complete\":true}\n{\"complete\":false}\n";
    String end = "{\"complete\":true,\"rows\":2,\"receipt\":\"r2.AA\"}\n";
    server.on("POST /v1/sql?timeout=300000ms", 200, NDJSON, rows + end, Map.of());
    CommandRun run = run("sql", "SELECT 1", "-o", "ndjson");
    assertEquals(ExitCode.OK, run.exitCode(), run.err());
    assertEquals(rows, run.out());
    assertEquals(NDJSON, server.seen().get(0).headers().get("Accept"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "{\"n\":1}\n", "{\"n\":1}\n{\"complete\":true,\"rows\":2}\n", "{\"n\":"})
  void rowsOnLinesWithoutThatLineAreNotAll(String answer) {
    server.on("POST /v1/sql?timeout=300000ms", 200, NDJSON, answer, Map.of());
    CommandRun run = run("sql", "SELECT 1", "-o", "ndjson");
    assertEquals(ExitCode.FAILED, run.exitCode());
    assertTrue(run.err().startsWith("The answer was cut off: its last line"), run.err());
  }

  @ParameterizedTest
  @CsvSource({
    "csv,text/csv,n",
    "ndjson,application/x-ndjson,'{\"n\":1}'",
    "json,application/json,'{\"columns\":['",
    "table,application/json,'{\"columns\":['"
  })
  void anAnswerThatIsCutOffIsNoSuccessAndNoServerThatIsAway(
      String format, String type, String beginning) {
    server.cutOn("POST /v1/sql?timeout=300000ms", type, beginning);
    CommandRun run = run("sql", "SELECT 1", "-o", format);
    assertEquals(ExitCode.FAILED, run.exitCode(), run.err());
    assertTrue(run.err().startsWith("The answer was cut off: "), run.err());
    assertFalse(run.err().contains("Cannot reach"), run.err());
  }

  @Test
  void sqlWithoutATerminalReadsStatementsFromTheInput() {
    answerSql();
    CommandRun run =
        new CommandRun.Setup()
            .environment("ANABRANCH_URL", server.url())
            .in("SELECT ';';\n-- a comment; with one\nSELECT 2")
            .run("sql");
    assertEquals(ExitCode.OK, run.exitCode(), run.err());
    assertEquals("SELECT ';'", server.seen().get(0).text());
    assertEquals("-- a comment; with one\nSELECT 2", server.seen().get(1).text());
  }

  @Test
  void aRefusedQueryEndsWithOne() {
    server.on(
        "POST /v1/sql?timeout=300000ms",
        400,
        "{\"detail\":\"Cannot use COPY\",\"hint\":\"write SELECT\"}");
    CommandRun run = run("sql", "COPY x");
    assertEquals(ExitCode.FAILED, run.exitCode());
    assertEquals("Cannot use COPY\n  write SELECT\n", run.err());
  }

  @Test
  void theFlagGoesBeforeTheEnvironment() {
    server.on("GET /v1/status", 200, STATUS);
    CommandRun run =
        new CommandRun.Setup()
            .environment("ANABRANCH_URL", "http://127.0.0.1:1")
            .run("status", "--url", server.url() + "/");
    assertEquals(ExitCode.OK, run.exitCode(), run.err());
  }
}
