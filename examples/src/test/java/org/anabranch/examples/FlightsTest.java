// SPDX-License-Identifier: Apache-2.0
package org.anabranch.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FlightsTest {
  private static final Path FLIGHTS = Path.of("flights/flights-2001-01.csv.gz");

  @TempDir Path directory;

  @Test
  void bothArchitecturesGiveTheSameExactAnswer() throws Exception {
    String delays = "SELECT * FROM delays ORDER BY origin, day";
    List<String> lambda;
    try (Example flights = Example.start("lambda", "flights", directory.resolve("lambda"))) {
      flights.ingest("flights", FLIGHTS);
      List<String> before = flights.sql(delays);
      flights.runBatch();
      lambda = flights.sql(delays);
      assertEquals(before, lambda, "a number jumped when the batch took over");
      assertEquals(
          List.of("[312664, 2493529, 227638485]"),
          flights.sql("SELECT flights, delay, distance FROM totals"));
      flights.verified();
    }
    try (Example flights = Example.start("kappa", "flights", directory.resolve("kappa"))) {
      flights.ingest("flights", FLIGHTS);
      assertEquals(lambda, flights.sql(delays));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"lambda", "kappa"})
  void allThreeMillionFlightsGiveTheKnownFacts(String architecture) throws Exception {
    Path file = SharedData.need("flights_3m/flights-3m.parquet");
    try (Example flights = Example.start(architecture, "flights", directory.resolve("data"))) {
      flights.ingest("flights", file);
      if (architecture.equals("lambda")) {
        flights.runBatch();
      }
      assertEquals(
          List.of("[3000000, 20003603, 2194861208, -1116, 1688]"),
          flights.sql("SELECT * FROM totals"));
      assertEquals(
          List.of(
              "[ORD, 166341]", "[DFW, 157162]", "[ATL, 124711]", "[LAX, 115245]", "[PHX, 93036]"),
          flights.sql(
              "SELECT origin, SUM(flights) AS n FROM delays GROUP BY origin ORDER BY n DESC LIMIT 5"));
      assertEquals(
          List.of("[626590]"), flights.sql("SELECT SUM(late_flights) AS late FROM delays"));
    }
  }
}
