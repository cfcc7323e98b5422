// SPDX-License-Identifier: Apache-2.0
package org.anabranch.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.anabranch.format.UnknownFields;
import org.anabranch.ingest.IngestLimits.Requests;
import org.anabranch.log.Event;
import org.anabranch.log.MemoryLog;
import org.anabranch.log.StreamLog;
import org.anabranch.view.Chunk;
import org.anabranch.view.Coverage;
import org.anabranch.view.ManualClock;
import org.anabranch.view.Quarantined;
import org.anabranch.view.Receipt;
import org.anabranch.view.Rejection;
import org.anabranch.view.StreamDefinition;
import org.anabranch.view.Trials;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class IngestStreamTest {
  @TempDir Path directory;
  private final ManualClock clock = new ManualClock(1_700_000_000_000L);
  private final MemoryLog memory = new MemoryLog(clock);

  private IngestStream open(StreamLog log) throws IOException {
    return Flows.ingest(log, directory, clock, IngestLimits.DEFAULT);
  }

  private static IngestRequest ndjson(String... lines) {
    return IngestRequest.of(Flows.bytes(String.join("\n", lines)), Flows.NDJSON);
  }

  private static IngestException.Kind kind(IngestStream ingest, IngestRequest request) {
    return assertThrows(IngestException.class, () -> ingest.accept(request)).kind();
  }

  @Test
  void everyFramedEventIsAppendedAndJudgedAsItsReadersJudgeIt() {
    String[] formats = {"json", "csv", "regex"};
    Trials.run(
        90,
        random -> {
          String format = formats[random.nextInt(3)];
          StreamDefinition stream =
              Flows.stream(
                  "s" + random.nextLong(),
                  format,
                  1,
                  "unknown",
                  random.nextBoolean() ? "keep" : "count");
          StreamLog log = memory.open(stream);
          IngestStream ingest = Flows.ingest(log, directory, clock, IngestLimits.DEFAULT);
          Map<Long, Rejection> announced = new HashMap<>();
          long accepted = 0;
          long rejected = 0;
          for (int i = 0; i < 4; i++) {
            RandomBodies.Body body = new RandomBodies(random).next(format, 25);
            Acknowledgement answer =
                ingest.accept(IngestRequest.of(body.bytes(), body.contentType()));
            assertEquals(body.events(), answer.accepted() + answer.rejected());
            assertEquals(body.events(), answer.coverage().positions());
            assertEquals(answer.rejected(), answer.rejects().size());
            accepted += answer.accepted();
            rejected += answer.rejected();
            collect(log, answer, announced);
          }
          assertEquals(log.end(0), accepted + rejected);
          requireSameAtTheTail(log, announced, accepted);
        });
  }

  /** One partition takes a body in order, so that the n-th reject is the n-th one there. */
  private static void collect(StreamLog log, Acknowledgement answer, Map<Long, Rejection> announced)
      throws Exception {
    List<RejectedRow> rejects = new ArrayList<>(answer.rejects());
    for (Chunk chunk : Flows.read(log, 0)) {
      for (Quarantined event : chunk.quarantined()) {
        if (answer.coverage().contains(event.lane(), event.position())) {
          announced.put(event.position(), rejects.remove(0).rejection());
        }
      }
    }
    assertEquals(List.of(), rejects);
  }

  private static void requireSameAtTheTail(
      StreamLog log, Map<Long, Rejection> announced, long accepted) throws Exception {
    Map<Long, Rejection> read = new HashMap<>();
    long rows = 0;
    for (Chunk chunk : Flows.read(log, 0)) {
      rows += chunk.rows().size();
      chunk.quarantined().forEach(event -> read.put(event.position(), event.rejection()));
    }
    assertEquals(announced, read);
    assertEquals(accepted, rows);
  }

  @Test
  void rejectsAreListedByLineColumnCodeAndReasonUpToTheLimit() throws Exception {
    IngestStream ingest = open(memory.open(Flows.stream("s", "json", 1)));
    Acknowledgement answer =
        ingest.accept(
            new IngestRequest(
                () ->
                    new ByteArrayInputStream(
                        Flows.bytes(
                            "{\"id\":1,\"delay\":3}\n\n{\"id\":2,\"delay\":-3}\n{\"id\":\"x\"}")),
                Flows.NDJSON,
                "",
                java.util.Optional.empty(),
                101));
    assertEquals(1, answer.accepted());
    assertEquals(2, answer.rejected());
    assertEquals(List.of(103L, 104L), answer.rejects().stream().map(RejectedRow::line).toList());
    assertEquals("check", answer.rejects().get(0).rejection().code());
    assertEquals("delay", answer.rejects().get(0).rejection().column());
    assertTrue(answer.rejects().get(0).rejection().reason().contains("delay = -3"));
    assertEquals("type", answer.rejects().get(1).rejection().code());
    String[] bad = new String[250];
    java.util.Arrays.fill(bad, "{}");
    Acknowledgement many = ingest.accept(ndjson(bad));
    assertEquals(250, many.rejected());
    assertEquals(100, many.rejects().size());
    Receipt read = Receipt.parse(many.receipt().token());
    assertEquals(many.coverage().ends(), read.coverages().get("s").ends());
  }

  @Test
  void anEventGoesWhereAnyProducerSendsItsKeysText() throws Exception {
    StreamDefinition byOrigin = Flows.stream("o", "json", 7, "key", "Origin");
    StreamDefinition byId = Flows.stream("i", "csv", 7, "key", "id");
    for (StreamDefinition stream : List.of(byOrigin, byId)) {
      StreamLog log = memory.open(stream);
      IngestStream ingest = open(log);
      for (int i = 0; i < 40; i++) {
        String json = "{\"id\":" + i + ",\"origin\":\"Ä" + i + "\"}";
        Acknowledgement answer = ingest.accept(ndjson(json));
        byte[] key = Flows.bytes(stream.equals(byOrigin) ? "Ä" + i : "" + i);
        int expected =
            log.append(List.of(new Event(key, key, Event.ANY_PARTITION, Map.of())))
                .join()
                .partition(0);
        assertEquals(expected, answer.coverage().ranges().firstKey().partition());
      }
    }
  }

  @Test
  void eventsWithoutKeyOfOneRequestStayTogetherAndRequestsTakeTurns() throws Exception {
    IngestStream ingest = open(memory.open(Flows.stream("s", "json", 3)));
    List<Integer> partitions = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      Coverage coverage = ingest.accept(ndjson("{\"id\":1}", "{\"id\":2}", "{")).coverage();
      assertEquals(1, coverage.ranges().size());
      partitions.add(coverage.ranges().firstKey().partition());
    }
    assertEquals(List.of(0, 1, 2, 0, 1, 2), partitions);
  }

  @Test
  void aBodyThatCannotBeFramedAppendsNothingAndNamesTheLine() throws Exception {
    StreamLog log = memory.open(Flows.stream("s", "json", 1));
    IngestStream ingest = open(log);
    IngestRequest open =
        new IngestRequest(
            () -> new ByteArrayInputStream(Flows.bytes("[{\"id\":1},\n{\"id\":2}\n{\"id\":3}]")),
            "application/json",
            "",
            java.util.Optional.empty(),
            11);
    IngestException failed = assertThrows(IngestException.class, () -> ingest.accept(open));
    assertEquals(IngestException.Kind.UNREADABLE_BODY, failed.kind());
    assertEquals(13, failed.line());
    assertEquals(
        IngestException.Kind.UNREADABLE_BODY,
        kind(ingest, IngestRequest.of(Flows.bytes("id,note\n1,\"x"), "text/csv")));
    assertEquals(
        IngestException.Kind.UNREADABLE_BODY,
        kind(ingest, ndjson("{\"id\":1}").withEncoding("gzip")));
    assertEquals(0, log.end(0));
  }

  @Test
  void typesEncodingsKeysAndSizesThatCannotBeTakenAreNamed() throws Exception {
    StreamLog log = memory.open(Flows.stream("s", "json", 1));
    IngestStream ingest =
        Flows.ingest(
            log, directory, clock, IngestLimits.DEFAULT.with(new Requests(4, 1000, 1000, 100)));
    IngestRequest good = ndjson("{\"id\":1}");
    assertEquals(
        IngestException.Kind.UNSUPPORTED_TYPE,
        kind(ingest, IngestRequest.of(bytes(good), "text/plain")));
    assertEquals(IngestException.Kind.UNSUPPORTED_TYPE, kind(ingest, good.withEncoding("br")));
    for (String key : List.of("", " a", "a\n", "ä", "x".repeat(257))) {
      assertEquals(IngestException.Kind.UNUSABLE_KEY, kind(ingest, good.withKey(key)), key);
    }
    IngestRequest large = ndjson("{\"id\":1,\"note\":\"" + "x".repeat(2000) + "\"}");
    assertEquals(IngestException.Kind.TOO_LARGE, kind(ingest, large));
    assertEquals(
        IngestException.Kind.TOO_LARGE,
        kind(ingest, IngestRequest.of(gzip(bytes(large)), Flows.NDJSON).withEncoding("gzip")));
    assertEquals(0, log.end(0));
    Acknowledgement answer =
        ingest.accept(IngestRequest.of(gzip(bytes(good)), Flows.NDJSON).withEncoding("gzip"));
    assertEquals(1, answer.accepted());
    ingest.accept(good.withKey("x".repeat(256)));
    assertEquals(new IngestStream.Progress(0, 0, 1, 0), ingest.progress());
  }

  private static byte[] bytes(IngestRequest request) throws IOException {
    try (InputStream body = request.body().get()) {
      return body.readAllBytes();
    }
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    }
    return out.toByteArray();
  }

  @Test
  void anEventThatTheTopicDoesNotTakeNamesItsLine() throws Exception {
    StreamLog log = memory.open(Flows.stream("s", "json", 1));
    StreamLog strict =
        new FaultyLog(log, () -> FaultyLog.Fate.GOOD, new Random(1)) {
          @Override
          public CompletableFuture<org.anabranch.log.Appended> append(List<Event> events) {
            return CompletableFuture.failedFuture(
                new org.anabranch.log.EventTooLargeException("s", 1, 5, 4));
          }
        };
    IngestStream ingest = open(strict);
    IngestRequest request = ndjson("{\"id\":1}", "", "{\"id\":2}");
    for (IngestRequest one : List.of(request, request.withKey("k"))) {
      IngestException failed = assertThrows(IngestException.class, () -> ingest.accept(one));
      assertEquals(IngestException.Kind.TOO_LARGE, failed.kind());
      assertEquals(3, failed.line());
    }
    assertEquals(0, ingest.progress().knownKeys());
  }

  @Test
  void tooManyRequestsAtOnceAreToldToComeBack() throws Exception {
    StreamLog log = memory.open(Flows.stream("s", "json", 1));
    CountDownLatch entered = new CountDownLatch(2);
    CompletableFuture<Void> gate = new CompletableFuture<>();
    StreamLog slow =
        new FaultyLog(log, () -> FaultyLog.Fate.GOOD, new Random(1)) {
          @Override
          public CompletableFuture<org.anabranch.log.Appended> append(List<Event> events) {
            entered.countDown();
            return gate.thenCompose(nothing -> log.append(events));
          }
        };
    IngestStream ingest =
        Flows.ingest(
            slow,
            directory,
            clock,
            IngestLimits.DEFAULT.with(new Requests(2, 1 << 20, 1 << 20, 100)));
    List<CompletableFuture<Long>> running = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      running.add(
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  return ingest.accept(ndjson("{\"id\":1}")).accepted();
                } catch (IngestException e) {
                  throw new AssertionError(e);
                }
              }));
    }
    assertTrue(entered.await(20, TimeUnit.SECONDS));
    IngestException busy =
        assertThrows(IngestException.class, () -> ingest.accept(ndjson("{\"id\":1}")));
    assertEquals(IngestException.Kind.BUSY, busy.kind());
    assertTrue(busy.retryAfterMillis() > 0);
    gate.complete(null);
    for (CompletableFuture<Long> one : running) {
      assertEquals(1, one.get(20, TimeUnit.SECONDS));
    }
    assertEquals(1, ingest.accept(ndjson("{\"id\":1}")).accepted());
    assertEquals(3, log.end(0));
  }

  @Test
  void theLogsFailuresKeepTheirMeaning() throws Exception {
    StreamLog log = memory.open(Flows.stream("s", "json", 1));
    IngestStream ingest = open(log);
    memory.setReachable(false);
    assertEquals(IngestException.Kind.LOG_UNAVAILABLE, kind(ingest, ndjson("{\"id\":1}")));
    assertEquals(
        IngestException.Kind.LOG_UNAVAILABLE, kind(ingest, ndjson("{\"id\":1}").withKey("k")));
    memory.setReachable(true);
    memory.setAcknowledges(false);
    IngestException unknown =
        assertThrows(IngestException.class, () -> ingest.accept(ndjson("{\"id\":1}")));
    assertEquals(IngestException.Kind.UNKNOWN_OUTCOME, unknown.kind());
    assertEquals(0, unknown.retryAfterMillis(), "repeating without a key is not safe");
    memory.setAcknowledges(true);
    memory.recreate("s");
    assertEquals(IngestException.Kind.LOG_REFUSED, kind(ingest, ndjson("{\"id\":1}")));
    ingest.close();
    assertEquals(IngestException.Kind.LOG_UNAVAILABLE, kind(ingest, ndjson("{\"id\":1}")));
  }

  @Test
  void aBodyWithoutEventsIsAcknowledgedWithNothing() throws Exception {
    IngestStream ingest = open(memory.open(Flows.stream("s", "json", 1)));
    for (IngestRequest request :
        List.of(
            ndjson("", ""),
            ndjson("").withKey("k"),
            IngestRequest.of(Flows.bytes("id,note\n"), "text/csv"),
            IngestRequest.of(Flows.bytes("[]"), "application/json"))) {
      Acknowledgement answer = ingest.accept(request);
      assertEquals(
          new Acknowledgement(
              "s", Coverage.EMPTY, 0, 0, List.of(), false, UnknownFields.NONE, Map.of()),
          answer);
    }
  }
}
