// SPDX-License-Identifier: Apache-2.0
package org.anabranch.cli.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.anabranch.cli.client.Server;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FlightsTest {
  private static final Path FILE = Path.of("../examples/flights/flights-2001-01.csv.gz");

  @TempDir Path directory;

  private Flights small() throws IOException {
    return Flights.read(
        Files.writeString(
            directory.resolve("f.csv"),
            """
            date,delay,distance,origin,destination
            2001-01-01T23:50:00,30,100,ORD,LAX
            2001-01-01T10:00:00,-5,200,ORD,SFO
            2001-01-02T00:05:30,15,300,LAX,ORD
            2001-01-02T00:30:00,,400,ORD,LAX
            """));
  }

  @Test
  void flightsComeInOrderOfArrivalAndTiesInOrderOfTheFile() throws IOException {
    Flights flights = small();
    assertEquals(4, flights.size());
    String sent = new String(flights.body(0, 4), StandardCharsets.UTF_8);
    assertEquals(
        """
        {"date":"2001-01-01T10:00:00","delay":-5,"distance":200,"origin":"ORD","destination":"SFO"}
        {"date":"2001-01-01T23:50:00","delay":30,"distance":100,"origin":"ORD","destination":"LAX"}
        {"date":"2001-01-02T00:05:30","delay":15,"distance":300,"origin":"LAX","destination":"ORD"}
        {"date":"2001-01-02T00:30:00","delay":null,"distance":400,"origin":"ORD","destination":"LAX"}
        """,
        sent);
  }

  @Test
  void theLoopFindsWhatDiffers() throws IOException {
    Expected expected = new Expected(small());
    expected.add(0, 4);
    assertEquals("4 flights, 40 minutes of delay, 1,000 miles", expected.totals());
    ArrayNode rows = Server.JSON.createArrayNode();
    rows.add(row("ORD", "2001-01-01", 2, 12.5, 1, 2));
    rows.add(row("LAX", "2001-01-02", 1, 15, 1, 1));
    assertTrue(expected.difference(rows).isEmpty(), () -> expected.difference(rows).toString());
    for (String column : new String[] {"flights", "mean_delay", "late_flights", "destinations"}) {
      ArrayNode wrong = rows.deepCopy();
      ((ObjectNode) wrong.get(0)).put(column, 99);
      assertTrue(expected.difference(wrong).isPresent(), column);
    }
    rows.remove(1);
    assertTrue(expected.difference(rows).isPresent(), "a missing row");
  }

  private static JsonNode row(
      String origin, String day, int flights, double mean, int late, int destinations) {
    return Server.JSON
        .createObjectNode()
        .put("origin", origin)
        .put("day", day + "T00:00:00.000")
        .put("flights", flights)
        .put("mean_delay", mean)
        .put("late_flights", late)
        .put("destinations", destinations);
  }

  @Test
  void theFlightsThatComeAlongAreThoseOfTheNotice() throws IOException {
    Flights flights = Flights.read(FILE);
    Expected expected = new Expected(flights);
    expected.add(0, flights.size());
    assertEquals(
        "312,664 flights, 2,493,529 minutes of delay, 227,638,485 miles", expected.totals());
    Acts acts = Acts.of(flights);
    assertTrue(acts.late() > 0 && acts.midnight() > 100_000, acts.toString());
    assertTrue(
        acts.morning() > acts.midnight() && acts.morning() < flights.size(), acts.toString());
  }
}
