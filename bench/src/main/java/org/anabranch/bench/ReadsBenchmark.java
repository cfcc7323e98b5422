// SPDX-License-Identifier: Apache-2.0
package org.anabranch.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.net.http.HttpClient;
import java.util.Locale;

/** Reads over one HTTP connection that is kept open: one group by its key, and 20 in a range. */
final class ReadsBenchmark implements Benchmark {
  /** How every row of the answers names its airport. */
  private static final String AIRPORT = "\"ATL\"";

  private static final String POINT = "/v1/views/delays?origin=ATL&day=2001-01-01T00:00:00";
  private static final String RANGE = "/v1/views/delays?origin=ATL&day.gte=2001-01-01&limit=20";

  @Override
  public void run(Settings settings, PrintStream out) throws Exception {
    Flights flights = new Flights(settings.flights());
    try (Node node = Node.start(flights.script(""))) {
      node.load(flights.events(settings.events()));
      HttpClient http = HttpClient.newHttpClient();
      measure("point read, 1 row", POINT, node, http, settings, out);
      measure("range read, up to 20 rows", RANGE, node, http, settings, out);
    }
  }

  private static void measure(
      String what, String path, Node node, HttpClient http, Settings settings, PrintStream out)
      throws IOException, InterruptedException {
    String expected = rows(node.get(http, path));
    for (int i = 0; i < settings.requests() / 5; i++) {
      node.get(http, path);
    }
    Samples latencies = new Samples();
    long began = System.nanoTime();
    for (int i = 0; i < settings.requests(); i++) {
      long started = System.nanoTime();
      String body = node.get(http, path);
      latencies.addSince(started);
      if (!rows(body).equals(expected)) {
        throw new IllegalStateException("The answer of " + path + " changed: " + body);
      }
    }
    double rate = Samples.perSecond(settings.requests(), began);
    out.printf(
        Locale.ROOT,
        "%s: %,d requests, %,.0f/s, %s; %d rows, answer %08x%n",
        what,
        settings.requests(),
        rate,
        latencies.latencies(),
        expected.split(AIRPORT, -1).length - 1,
        expected.hashCode());
  }

  /** The rows of an answer, without what its receipt says. */
  private static String rows(String body) throws IOException {
    int from = body.indexOf("\"rows\":");
    int to = body.indexOf("\"receipt\":");
    if (from < 0 || to < from || !body.substring(from, to).contains(AIRPORT)) {
      throw new IOException("There are no rows in the answer " + body);
    }
    return body.substring(from, to);
  }
}
