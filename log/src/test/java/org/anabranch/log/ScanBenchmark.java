// SPDX-License-Identifier: Apache-2.0
package org.anabranch.log;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.anabranch.view.Clock;
import org.anabranch.view.Coverage;
import org.anabranch.view.History;
import org.anabranch.view.Lane;
import org.anabranch.view.Rows;

/**
 * Appends events of about 100 bytes to one lane, then reads them raw and as rows; prints events a
 * second. Not a test: run it by hand.
 */
final class ScanBenchmark {
  private static final int EVENTS = 1_000_000;
  private static final int REQUEST = 5_000;

  private ScanBenchmark() {}

  public static void main(String[] arguments) throws Exception {
    Path directory = Files.createTempDirectory("scan");
    long started = System.nanoTime();
    try (EmbeddedBroker broker = EmbeddedBroker.start(directory, Durability.PROCESS);
        Log log = new KafkaLog(broker, Clock.SYSTEM)) {
      StreamLog stream = log.open(Streams.stream("scan", 1));
      System.out.println("empty directory to open stream: " + millisSince(started) + " ms");
      append(stream);
      latency(stream);
      for (int round = 0; round < 4; round++) {
        raw(stream);
        rows(stream);
      }
    }
  }

  private static long millisSince(long started) {
    return (System.nanoTime() - started) / 1_000_000;
  }

  private static void report(String what, long started, long events) {
    System.out.println(what + ": " + events * 1000 / Math.max(1, millisSince(started)) + " /s");
  }

  private static void append(StreamLog stream) {
    long started = System.nanoTime();
    List<CompletableFuture<Appended>> open = new ArrayList<>();
    for (int first = 0; first < EVENTS; first += REQUEST) {
      List<Event> events = new ArrayList<>();
      for (int id = first; id < first + REQUEST; id++) {
        byte[] value =
            ("{\"id\":" + id + ",\"note\":\"" + "x".repeat(80) + "\"}")
                .getBytes(StandardCharsets.UTF_8);
        events.add(new Event(value, null, 0, Map.of()));
      }
      open.add(stream.append(events));
    }
    open.forEach(CompletableFuture::join);
    report("append", started, EVENTS);
  }

  /** From the call of append to a reader that has the event. */
  private static void latency(StreamLog stream) throws Exception {
    List<Long> micros = new ArrayList<>();
    Lane lane = Streams.lane(stream, 0);
    LaneVersion version = new LaneVersion(0, stream.stream(), Streams.ACCEPT_ALL);
    try (LaneTail tail = new LaneTail(stream, lane, List.of(version), ReadLimits.DEFAULT)) {
      Subscription end = tail.subscribe(chunk -> true, stream.end(0), -1);
      for (int i = 0; i < 500; i++) {
        long position = end.position();
        long started = System.nanoTime();
        CompletableFuture<Appended> appended = stream.append(List.of(Streams.event(i, 0)));
        while (end.position() == position) {
          tail.step();
        }
        micros.add((System.nanoTime() - started) / 1000);
        appended.join();
      }
    }
    micros.sort(null);
    System.out.println(
        "append to visible: p50 " + micros.get(250) + " us, p99 " + micros.get(495) + " us");
  }

  private static void raw(StreamLog stream) {
    long started = System.nanoTime();
    long[] bytes = {0};
    stream.scan(Streams.lane(stream, 0), 0, EVENTS, record -> bytes[0] += record.length());
    report("raw scan of " + bytes[0] / EVENTS + " bytes an event", started, EVENTS);
  }

  private static void rows(StreamLog stream) throws Exception {
    long started = System.nanoTime();
    Lane lane = Streams.lane(stream, 0);
    LaneVersion version = new LaneVersion(0, stream.stream(), Streams.ACCEPT_ALL);
    LogHistory history =
        new LogHistory(stream, Map.of(lane, List.of(version)), ReadLimits.DEFAULT, Clock.SYSTEM);
    long count = 0;
    try (History.RowsReader reader =
        history.read(Coverage.of(lane, 0, EVENTS), List.of("id", "note"))) {
      for (Rows chunk = reader.next(); chunk != null; chunk = reader.next()) {
        count += chunk.size();
      }
    }
    report("rows", started, count);
  }
}
