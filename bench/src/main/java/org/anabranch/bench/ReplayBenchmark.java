// SPDX-License-Identifier: Apache-2.0
package org.anabranch.bench;

import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.anabranch.log.Appended;
import org.anabranch.log.Durability;
import org.anabranch.log.EmbeddedBroker;
import org.anabranch.log.Event;
import org.anabranch.log.KafkaLog;
import org.anabranch.log.StreamLog;
import org.anabranch.sql.Script;
import org.anabranch.view.Clock;
import org.anabranch.view.View;

/**
 * A topic of JSON events into a view, beside a consumer that only reads it and beside the loop one
 * writes by hand, in turns.
 */
final class ReplayBenchmark implements Benchmark {
  private static final String SUMS =
      """
      CREATE VIEW sums AS
      SELECT origin, window_start AS day, COUNT(*) AS flights, SUM(delay) AS delay
      FROM TABLE(TUMBLE(TABLE flights, DESCRIPTOR(date), INTERVAL '1' DAY))
      WHERE delay IS NOT NULL
      GROUP BY origin, window_start;
      """;
  private static final int REQUEST = 5_000;
  private static final long DAY_MILLIS = 86_400_000;

  private static final String RAW = "raw consumer";
  private static final String NAIVE = "naive loop";
  private static final String SAME = "anabranch, the same count and sum";
  private static final String WHOLE = "anabranch, the whole view 'delays'";

  @Override
  public void run(Settings settings, PrintStream out) throws Exception {
    Flights flights = new Flights(settings.flights());
    Script script = flights.script(SUMS);
    try (Scratch scratch = Scratch.create();
        EmbeddedBroker broker = EmbeddedBroker.start(scratch.path(), Durability.PROCESS);
        KafkaLog log = new KafkaLog(broker, Clock.SYSTEM)) {
      StreamLog stream = log.open(script.streams().get(0));
      append(stream, flights.events(settings.events()), out);
      RawScan scan = new RawScan(broker, stream.stream().topic(), stream.partitions());
      measure(settings, ways(scan, stream, script, settings.events()), out);
    }
  }

  private static void append(StreamLog stream, List<byte[]> events, PrintStream out) {
    long started = System.nanoTime();
    List<CompletableFuture<Appended>> open = new ArrayList<>();
    for (List<byte[]> batch : Flights.batches(events, REQUEST)) {
      open.add(stream.append(batch.stream().map(Event::of).toList()));
    }
    open.forEach(CompletableFuture::join);
    double rate = Samples.perSecond(events.size(), started);
    long bytes = events.stream().mapToLong(event -> event.length).sum() / events.size();
    out.printf(
        Locale.ROOT, "%,d events of %d bytes appended, %,.0f/s%n", events.size(), bytes, rate);
  }

  /** The ways to read the topic, each with what it makes of it as a checksum. */
  private static Map<String, Callable<String>> ways(
      RawScan scan, StreamLog stream, Script script, long events) {
    Map<String, Callable<String>> ways = new LinkedHashMap<>();
    ways.put(
        RAW,
        () -> {
          long[] bytes = {0};
          long count = scan.apart(value -> bytes[0] += value.remaining());
          return count + " events, " + bytes[0] + " bytes";
        });
    ways.put(
        NAIVE,
        () -> {
          NaiveLoop loop = new NaiveLoop();
          scan.together(loop::add);
          return loop.checksum();
        });
    ways.put(SAME, () -> sums(new TailFold(stream).rows(view(script, "sums"), events)));
    ways.put(WHOLE, () -> means(new TailFold(stream).rows(view(script, "delays"), events)));
    return ways;
  }

  private static View view(Script script, String name) {
    return script.views().stream().filter(view -> view.name().equals(name)).findFirst().get();
  }

  private static String sums(List<Object[]> rows) {
    Checksum checksum = new Checksum();
    for (Object[] row : rows) {
      checksum.add((String) row[0], day(row[1]), (Long) row[2], ((Number) row[3]).longValue());
    }
    return checksum.text();
  }

  /** The sum is the mean times the count, which a DOUBLE holds closely enough to round. */
  private static String means(List<Object[]> rows) {
    Checksum checksum = new Checksum();
    for (Object[] row : rows) {
      long flights = (Long) row[2];
      checksum.add((String) row[0], day(row[1]), flights, Math.round((Double) row[3] * flights));
    }
    return checksum.text();
  }

  private static long day(Object timestamp) {
    return (Long) timestamp / DAY_MILLIS;
  }

  /** What was measured of one way. */
  private record Measured(Samples rates, Samples processorNanos, String answer) {}

  private static void measure(
      Settings settings, Map<String, Callable<String>> ways, PrintStream out) throws Exception {
    Map<String, Measured> measured = new LinkedHashMap<>();
    for (Map.Entry<String, Callable<String>> way : ways.entrySet()) {
      String answer = way.getValue().call();
      measured.put(way.getKey(), new Measured(new Samples(), new Samples(), answer));
    }
    for (int round = 0; round < settings.rounds(); round++) {
      for (Map.Entry<String, Callable<String>> way : ways.entrySet()) {
        measure(way.getKey(), way.getValue(), settings.events(), measured.get(way.getKey()));
      }
    }
    requireEqual(SAME, measured.get(SAME).answer(), measured.get(NAIVE).answer());
    requireEqual(WHOLE, measured.get(WHOLE).answer(), measured.get(NAIVE).answer());
    measured.forEach((way, what) -> print(way, what, out));
    ratios(measured, out);
  }

  private static void measure(String name, Callable<String> way, long events, Measured measured)
      throws Exception {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long processor = threads.getCurrentThreadCpuTime();
    long started = System.nanoTime();
    String answer = way.call();
    measured.rates().add(Samples.perSecond(events, started));
    processor = threads.getCurrentThreadCpuTime() - processor;
    measured.processorNanos().add((double) processor / events);
    requireEqual(name, answer, measured.answer());
  }

  private static void print(String way, Measured measured, PrintStream out) {
    out.printf(
        "%s: %s events/s, %s ns of its thread's processor an event, answer %s%n",
        way, measured.rates().spread(), measured.processorNanos().spread(), measured.answer());
  }

  private static void requireEqual(String way, String answer, String expected) {
    if (!answer.equals(expected)) {
      throw new IllegalStateException(
          "The answer of '" + way + "' is " + answer + ", expected " + expected);
    }
  }

  private static void ratios(Map<String, Measured> measured, PrintStream out) {
    for (String ours : List.of(SAME, WHOLE)) {
      double rate = measured.get(ours).rates().median();
      double nanos = measured.get(ours).processorNanos().median();
      out.printf(
          Locale.ROOT,
          "%s: rate %.2f of the raw consumer's, %.2f of the naive loop's;"
              + " processor time %.2f of the raw consumer's, %.2f of the naive loop's%n",
          ours,
          rate / measured.get(RAW).rates().median(),
          rate / measured.get(NAIVE).rates().median(),
          nanos / measured.get(RAW).processorNanos().median(),
          nanos / measured.get(NAIVE).processorNanos().median());
    }
  }
}
