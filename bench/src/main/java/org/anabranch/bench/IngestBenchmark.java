// SPDX-License-Identifier: Apache-2.0
package org.anabranch.bench;

import java.io.PrintStream;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** NDJSON over HTTP in batches from several connections: events a second that are acknowledged. */
final class IngestBenchmark implements Benchmark {
  @Override
  public void run(Settings settings, PrintStream out) throws Exception {
    Flights flights = new Flights(settings.flights());
    List<byte[]> bodies =
        Flights.batches(flights.events(settings.events()), settings.batch()).stream()
            .map(Flights::lines)
            .toList();
    Samples rates = new Samples();
    Samples latencies = new Samples();
    for (int round = 0; round < settings.rounds(); round++) {
      try (Node node = Node.start(flights.script(""))) {
        long started = System.nanoTime();
        send(node, bodies, settings.senders(), latencies);
        rates.add(Samples.perSecond(settings.events(), started));
        node.requireAccepted(settings.events());
      }
    }
    out.printf(
        Locale.ROOT,
        "%,d events in requests of %,d over %d connections: %s events/s; request %s%n",
        settings.events(),
        settings.batch(),
        settings.senders(),
        rates.spread(),
        latencies.latencies());
  }

  private static void send(Node node, List<byte[]> bodies, int senders, Samples latencies)
      throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(senders);
    try {
      List<Future<?>> running = new ArrayList<>();
      for (int sender = 0; sender < senders; sender++) {
        int first = sender;
        running.add(
            threads.submit(
                () -> {
                  HttpClient http = HttpClient.newHttpClient();
                  for (int i = first; i < bodies.size(); i += senders) {
                    long started = System.nanoTime();
                    node.post(http, "/v1/streams/flights/events", bodies.get(i));
                    latencies.addSince(started);
                  }
                  return null;
                }));
      }
      for (Future<?> each : running) {
        each.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }
}
