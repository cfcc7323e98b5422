// SPDX-License-Identifier: Apache-2.0
package org.anabranch.bench;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.anabranch.ingest.Acknowledgement;
import org.anabranch.ingest.IngestRequest;
import org.anabranch.ingest.IngestStream;

/** From before an event is appended until every view's answer has it, one at a time at a rate. */
final class FreshnessBenchmark implements Benchmark {
  @Override
  public void run(Settings settings, PrintStream out) throws Exception {
    Flights flights = new Flights(settings.flights());
    List<byte[]> events = flights.events(settings.requests() + warmUp(settings));
    Samples visible = new Samples();
    Samples acknowledged = new Samples();
    try (Node node = Node.start(flights.script(""))) {
      int warmUp = warmUp(settings);
      send(node, events.subList(0, warmUp), settings.rate(), new Samples(), new Samples());
      send(node, events.subList(warmUp, events.size()), settings.rate(), acknowledged, visible);
    }
    out.printf(Locale.ROOT, "%,d events at up to %d/s%n", settings.requests(), settings.rate());
    out.println("append to acknowledged: " + acknowledged.latencies());
    out.println("append to visible: " + visible.latencies());
  }

  private static void send(
      Node node, List<byte[]> events, int rate, Samples acknowledged, Samples visible)
      throws Exception {
    IngestStream ingest = node.pipeline().ingest("flights");
    long interval = TimeUnit.SECONDS.toNanos(1) / rate;
    long due = System.nanoTime();
    for (byte[] event : events) {
      due = Math.max(due + interval, System.nanoTime());
      waitUntil(due);
      long started = System.nanoTime();
      Acknowledgement answer = ingest.accept(IngestRequest.of(event, Node.NDJSON));
      acknowledged.addSince(started);
      node.awaitVisible(answer);
      visible.addSince(started);
    }
  }

  private static int warmUp(Settings settings) {
    return settings.requests() / 5;
  }

  private static void waitUntil(long due) {
    for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }
}
